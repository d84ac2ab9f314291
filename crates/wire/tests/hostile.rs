//! What must hold for any stream and any message: no panic, no count that shrinks, one answer to each message.

mod recordings;

use std::sync::LazyLock;

use catalog::Catalog;
use coach::live::{LiveSet, LiveStart, Stage};
use motion::engine::{Engine, StandardName};
use motion::pose::{Joint, N_JOINTS, Pose, WorldPoint};
use proptest::prelude::*;
use recordings::{Clip, clips};
use units::{ImageSize, MediaTime};
use wire::live::LiveProtocol;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::builtin().expect("the exercise files are well-formed"));
static CLIPS: LazyLock<Vec<Clip>> = LazyLock::new(clips);

/// Numbers that bad networks and broken files give.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -2000.0_f64..2000.0,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(1e300),
    ]
}

fn pose() -> impl Strategy<Value = Pose> {
    let points = proptest::collection::vec((number(), number(), number()), N_JOINTS);
    let sure = prop_oneof![Just(0.0), Just(1.0), 0.0_f64..1.0, Just(f64::NAN)];
    let confidences = proptest::collection::vec(sure, N_JOINTS);
    let times = prop_oneof![6 => 0_i64..20_000_000, 1 => any::<i64>()];
    (points, confidences, times, any::<bool>()).prop_map(|(points, confidences, micros, deep)| {
        let mut pose = Pose::nobody(MediaTime { micros });
        let mut world = [WorldPoint::default(); N_JOINTS];
        for (index, ((x, y, z), confidence)) in points.into_iter().zip(confidences).enumerate() {
            pose.keypoints[index].x = x;
            pose.keypoints[index].y = y;
            pose.keypoints[index].confidence = confidence;
            world[index] = WorldPoint { x: x / 1000.0, y: y / 1000.0, z: z / 1000.0 };
        }
        pose.world = deep.then_some(world);
        pose
    })
}

/// A start with any exercise, or none.
fn start() -> impl Strategy<Value = LiveStart> {
    (0_usize..40, any::<bool>(), any::<bool>(), 1_usize..200).prop_map(
        |(which, strict, hands_free, max_poses)| LiveStart {
            exercise: CATALOG.exercises().get(which).map(|exercise| exercise.id.clone()),
            standard: if strict { StandardName::Strict } else { StandardName::Default },
            hands_free,
            max_poses,
            ..LiveStart::default()
        },
    )
}

/// What a broken camera, network or clock does to a frame.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Nothing,
    Drop,
    Nobody,
    Twice,
    Late,
    ClockRestarts,
    Nan,
    Pause,
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        60 => Just(Harm::Nothing),
        4 => Just(Harm::Drop),
        2 => Just(Harm::Nobody),
        2 => Just(Harm::Twice),
        2 => Just(Harm::Late),
        1 => Just(Harm::ClockRestarts),
        2 => Just(Harm::Nan),
        1 => Just(Harm::Pause),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nonsense_never_panics(start in start(), poses in proptest::collection::vec(pose(), 1..150)) {
        let mut set = LiveSet::new(&CATALOG, &start);
        for pose in &poses {
            let tick = set.push(pose);
            prop_assert!((0.0..=1.0).contains(&tick.progress), "progress {}", tick.progress);
            prop_assert!((0.0..=1.0).contains(&tick.ready_progress));
            prop_assert!(tick.technique.is_none_or(|technique| (0.0..=1.0).contains(&technique)));
        }
        prop_assert!(set.poses().len() <= start.max_poses.max(10));
        set.finish();
        let score = set.judge().set.and_then(|set| set.report.score);
        prop_assert!(score.is_none_or(|score| (0.0..=100.0).contains(&score)));
    }

    #[test]
    fn counts_never_shrink_and_ends_are_final(
        which in 0_usize..14,
        auto: bool,
        hands_free: bool,
        harms in proptest::collection::vec(harm(), 300),
    ) {
        let clip = &CLIPS[which % CLIPS.len()];
        let exercise = CATALOG.get(&clip.exercise).expect("ours").id.clone();
        let exercise = (!auto).then_some(exercise);
        let start = LiveStart { exercise, hands_free, image: clip.image, ..LiveStart::default() };
        let mut set = LiveSet::new(&CATALOG, &start);
        let (mut before, mut ended, mut restarted_at) = ((0, 0), false, 0);
        for (pose, harm) in clip.poses().into_iter().zip(harms.iter().cycle()) {
            let mut pose = pose;
            pose.time.micros -= restarted_at;
            let pushed = match harm {
                Harm::Nothing => vec![pose],
                Harm::Drop => vec![],
                Harm::Nobody => vec![Pose::nobody(pose.time)],
                Harm::Twice => vec![pose, pose],
                Harm::Late => {
                    let mut late = pose;
                    late.time.micros -= 100_000;
                    vec![pose, late]
                }
                Harm::ClockRestarts => {
                    restarted_at += pose.time.micros;
                    pose.time.micros = 0;
                    vec![pose]
                }
                Harm::Nan => {
                    pose.keypoints[Joint::LeftKnee as usize].x = f64::NAN;
                    vec![pose]
                }
                Harm::Pause => {
                    set.pause();
                    set.push(&pose);
                    set.resume();
                    vec![]
                }
            };
            for pose in pushed {
                let tick = set.push(&pose);
                let now = (tick.n_reps, tick.n_reps + tick.n_attempts);
                prop_assert!(now.0 >= before.0 && now.1 >= before.1, "{before:?} then {now:?}");
                prop_assert!(!ended || (tick.stage == Stage::Ended && now == before));
                prop_assert!(tick.reps.len() == (now.1 - before.1) as usize, "{before:?} then {now:?}");
                (before, ended) = (now, tick.stage == Stage::Ended);
            }
        }
    }

    #[test]
    fn any_text_has_one_answer(text in any::<String>(), middle in "[\\[\\]{}:,\"a-z0-9 .e-]{0,80}") {
        let mut protocol = LiveProtocol::new(&CATALOG, "abc");
        for text in [text, format!("{{{middle}}}"), format!("{{\"ts_ms\":0,\"keypoints\":{{{middle}}}}}")] {
            prop_assert_eq!(protocol.receive(&text).messages.len(), 1, "{}", text);
        }
    }
}

/// Live means causal: at every frame the set says what the engine says at that frame.
#[test]
fn a_repetition_is_told_at_the_frame_that_completes_it() {
    for clip in CLIPS.iter() {
        let exercise = CATALOG.get(&clip.exercise).expect("ours");
        let given = Some(exercise.id.clone());
        let start = LiveStart { exercise: given, image: clip.image, ..LiveStart::default() };
        let mut set = LiveSet::new(&CATALOG, &start);
        let mut engine = Engine::new(&exercise.movement, StandardName::Default, None);
        let mut last: Option<MediaTime> = None;
        for pose in clip.poses() {
            let (tick, told) = (set.push(&pose), engine.push(&pose));
            assert_eq!((tick.n_reps, tick.n_attempts), (told.n_reps, told.n_attempts));
            for rep in &tick.reps {
                // The engine waits for 150 ms back in the start position, and frames come when they come.
                let frame_secs = last.map_or(0.0, |last| pose.time.secs_since(last));
                let late_secs = pose.time.secs_since(rep.rep.end);
                assert!(late_secs <= 0.151 + frame_secs, "{}: {late_secs} s late", clip.name);
            }
            last = Some(pose.time);
        }
    }
}

/// The last frames again and again: the person stays as they are.
fn frozen(poses: &[Pose], secs: i64) -> Vec<Pose> {
    let last = *poses.last().expect("frames");
    let later = (1..=secs * 30).map(|k| {
        let mut pose = last;
        pose.time.micros += k * 33_333;
        pose
    });
    later.collect()
}

fn hands_free(clip: &Clip) -> LiveSet {
    let exercise = Some(CATALOG.get(&clip.exercise).expect("ours").id.clone());
    let image: ImageSize = clip.image;
    LiveSet::new(&CATALOG, &LiveStart { exercise, hands_free: true, image, ..LiveStart::default() })
}

#[test]
fn a_hold_ends_when_its_position_is_left() {
    let plank = CLIPS.iter().find(|clip| clip.name == "plank").expect("a recorded plank");
    let standing = CLIPS.iter().find(|clip| clip.name == "squat_after_standing_idle");
    let (mut set, poses) = (hands_free(plank), plank.poses());
    for pose in &poses {
        set.push(pose);
    }
    assert!(set.tick().hold_ms.is_some_and(|ms| ms > 10_000.0), "{:?}", set.tick().hold_ms);
    let end = poses.last().expect("frames").time.micros;
    let mut upright = standing.expect("a recorded idle").poses();
    upright.truncate(1);
    for pose in frozen(&upright, 9) {
        let mut pose = pose;
        pose.time.micros += end;
        set.push(&pose);
    }
    assert_eq!(set.tick().stage, Stage::Ended);
}

#[test]
fn a_set_ends_when_the_picture_is_left() {
    let clip = CLIPS.iter().find(|clip| clip.name == "push_up_hip_sag").expect("push-ups");
    let (mut set, poses) = (hands_free(clip), clip.poses());
    for pose in &poses {
        set.push(pose);
    }
    let end = poses.last().expect("frames").time.micros;
    let empty = |ms: i64| Pose::nobody(MediaTime { micros: end + ms * 1000 });
    assert_ne!(set.push(&empty(4000)).stage, Stage::Ended);
    assert_eq!(set.push(&empty(5100)).stage, Stage::Ended);
    let judged = set.judge();
    assert_eq!(judged.set.expect("push-ups").report.n_reps, 5);
}
