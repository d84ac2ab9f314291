//! Recorded landmark streams through the live set: what a person in front of the camera would have been told, when.
//!
//! Golden means *unchanged*, not *right*: a change is reviewed, then accepted with `UPDATE_EXPECT=1`.

mod recordings;

use std::fmt::Write as _;

use catalog::Catalog;
use coach::live::{LiveSet, LiveStart, LiveTick, Stage};
use expect_test::expect_file;
use motion::pose::Pose;
use recordings::clips;

/// What changes from tick to tick, one line a change.
#[derive(Default)]
struct Log {
    text: String,
    stage: Stage,
    placement: Vec<&'static str>,
    exercise: String,
}

impl Log {
    fn take(&mut self, tick: &LiveTick) {
        let mut line = |what: std::fmt::Arguments<'_>| {
            writeln!(self.text, "{:7.2}  {what}", tick.time.as_secs()).expect("a string takes it");
        };
        if tick.stage != self.stage {
            line(format_args!("stage {:?}", tick.stage));
        }
        let placement: Vec<&str> = tick.placement.iter().map(|problem| problem.id()).collect();
        if placement != self.placement {
            line(format_args!("placement {}", placement.join(" ")));
        }
        let exercise = tick.exercise.as_ref().map_or("", |(id, _)| id.as_str()).to_owned();
        if exercise != self.exercise {
            line(format_args!("exercise {exercise}"));
        }
        for rep in &tick.reps {
            line(format_args!(
                "cycle {} ended {:.2}, {} + {} so far, technique {:.1}{}",
                rep.number,
                rep.rep.end.as_secs(),
                tick.n_reps,
                tick.n_attempts,
                tick.technique.unwrap_or(f64::NAN),
                rep.reasons.iter().map(|(id, _)| format!(" {id}")).collect::<String>(),
            ));
        }
        if let Some(cue) = &tick.cue {
            line(format_args!("says {:?}: {}", cue.kind, cue.text));
        }
        self.stage = tick.stage;
        self.placement = placement;
        self.exercise = exercise;
    }
}

fn log(poses: &[Pose], start: &LiveStart, catalog: &Catalog) -> String {
    let mut set = LiveSet::new(catalog, start);
    let mut log = Log::default();
    for pose in poses {
        log.take(set.push(pose));
    }
    let tick = set.tick();
    let held = tick.hold_ms.map_or_else(String::new, |ms| format!(", held {ms:.0} ms"));
    let sides = tick.n_per_side.map_or_else(String::new, |sides| format!(", sides {sides:?}"));
    let n_kept = set.poses().len();
    format!(
        "{}         {} reps, {} attempts{held}{sides}, {n_kept} of {} poses kept\n",
        log.text,
        tick.n_reps,
        tick.n_attempts,
        poses.len()
    )
}

/// The last pose of a clip again and again: whoever it is stands still.
fn and_still(poses: &[Pose], secs: i64) -> Vec<Pose> {
    let last = *poses.last().expect("a clip has frames");
    let still = (1..secs * 30).map(|k| {
        let mut pose = last;
        pose.time.micros += k * 33_333;
        pose
    });
    poses.iter().copied().chain(still).collect()
}

#[test]
fn recorded_sets_are_counted_live() {
    let catalog = Catalog::builtin().expect("the exercise files are well-formed");
    let mut text = String::new();
    for clip in clips() {
        let poses = clip.poses();
        let id = catalog.get(&clip.exercise).expect("a known exercise").id.clone();
        let auto = LiveStart { image: clip.image, ..LiveStart::default() };
        let given = LiveStart { exercise: Some(id), ..auto.clone() };
        let hands_free = LiveStart { hands_free: true, ..given.clone() };
        for (how, start, poses) in [
            ("given", &given, poses.clone()),
            ("auto", &auto, poses.clone()),
            ("hands-free, then still", &hands_free, and_still(&poses, 12)),
        ] {
            writeln!(text, "{} as {}, {how}", clip.name, clip.exercise).expect("text");
            writeln!(text, "{}", log(&poses, start, &catalog)).expect("text");
        }
    }
    expect_file!["./live.expected.txt"].assert_eq(&text);
}
