//! What must hold for any stream: no allocation per frame, no panic, and nothing changes with time, size or mirror.

use catalog::{Catalog, Exercise};
use motion::analysis;
use motion::engine::{Engine, StandardName};
use motion::pose::{Limb, N_JOINTS, Pose, WorldPoint};
use proptest::prelude::*;
use testkit::allocations::{self, CountingAllocator};
use testkit::synth;
use units::{MediaTime, Side};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn exercise(catalog: &Catalog, id: &str) -> Exercise {
    catalog.get(id).expect("an exercise of ours").clone()
}

fn count(poses: &[Pose], exercise: &Exercise) -> usize {
    analysis::run(poses, &exercise.movement, StandardName::Default).reps().len()
}

#[test]
fn a_warm_frame_allocates_nothing() {
    let catalog = Catalog::builtin().expect("the exercise files are well-formed");
    for exercise in catalog.exercises() {
        let stream = synth(exercise).reps(4).noise(2, 1.0).drop_out(0.02).play();
        let mut engine = Engine::new(&exercise.movement, StandardName::Default, None);
        for (frame, pose) in stream.poses.iter().enumerate() {
            let known = engine.reps().len();
            let n = allocations::during(|| {
                engine.push(pose);
            });
            // A finished repetition makes its own record.
            assert!(
                n == 0 || engine.reps().len() > known,
                "{}: frame {frame} allocated {n} times",
                exercise.id
            );
        }
    }
}

fn mirrored(pose: &Pose, width: f64) -> Pose {
    let mut mirrored = *pose;
    for keypoint in &mut mirrored.keypoints {
        keypoint.x = width - keypoint.x;
    }
    if let Some(world) = &mut mirrored.world {
        for point in world.iter_mut() {
            point.x = -point.x;
        }
    }
    for limb in Limb::ALL {
        let (left, right) = (limb.on(Side::Left) as usize, limb.on(Side::Right) as usize);
        mirrored.keypoints.swap(left, right);
        if let Some(world) = &mut mirrored.world {
            world.swap(left, right);
        }
    }
    mirrored
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn time_size_and_mirror_change_no_count(
        which in 0_usize..4,
        shift_ms in -1e9_f64..1e9,
        size in 0.1_f64..8.0,
        flip: bool,
    ) {
        let catalog = Catalog::builtin().expect("the exercise files are well-formed");
        let exercise = exercise(&catalog, ["squat", "push_up", "bicep_curl", "deadlift"][which]);
        let stream = synth(&exercise).reps(4).noise(3, 1.0).play();
        let changed: Vec<Pose> = stream
            .poses
            .iter()
            .map(|pose| {
                let mut pose = if flip { mirrored(pose, 1280.0) } else { *pose };
                pose.time = MediaTime { micros: pose.time.micros + MediaTime::from_ms(shift_ms).micros };
                for keypoint in &mut pose.keypoints {
                    keypoint.x *= size;
                    keypoint.y *= size;
                }
                pose
            })
            .collect();
        prop_assert_eq!(count(&changed, &exercise), count(&stream.poses, &exercise));
    }

    #[test]
    fn dropped_frames_never_panic(which in 0_usize..19, keep in proptest::collection::vec(any::<bool>(), 400)) {
        let catalog = Catalog::builtin().expect("the exercise files are well-formed");
        let exercise = &catalog.exercises()[which % catalog.exercises().len()];
        let stream = synth(exercise).reps(3).noise(4, 1.0).play();
        let kept: Vec<Pose> =
            stream.poses.iter().zip(keep.iter().cycle()).filter(|(_, keep)| **keep).map(|(pose, _)| *pose).collect();
        let n = count(&kept, exercise);
        prop_assert!(n <= 12, "{} cycles of 3", n);
    }

    #[test]
    fn nonsense_never_panics(which in 0_usize..19, poses in proptest::collection::vec(nonsense(), 1..120)) {
        let catalog = Catalog::builtin().expect("the exercise files are well-formed");
        let exercise = &catalog.exercises()[which % catalog.exercises().len()];
        let engine = analysis::run(&poses, &exercise.movement, StandardName::Default);
        let report = motion::report::report(&engine, Some(exercise.reference()));
        prop_assert!(report.score.is_none_or(|score| (0.0..=100.0).contains(&score)));
        let beliefs = analysis::classify(&poses, &catalog.signatures());
        prop_assert!(beliefs.iter().all(|belief| (0.0..=1.0).contains(belief)));
    }
}

/// Numbers that bad networks and broken files give.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -2000.0_f64..2000.0,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(1e300),
    ]
}

fn nonsense() -> impl Strategy<Value = Pose> {
    let points = proptest::collection::vec((number(), number(), number()), N_JOINTS);
    let confidences = proptest::collection::vec(
        prop_oneof![Just(0.0), Just(1.0), 0.0_f64..1.0, Just(f64::NAN)],
        N_JOINTS,
    );
    let times = prop_oneof![4 => 0_i64..20_000_000, 1 => any::<i64>()];
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
