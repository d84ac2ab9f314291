//! Small synthetic sets of every exercise, through the whole analysis: one line per set.

use catalog::Catalog;
use motion::analysis;
use motion::engine::StandardName;
use testkit::{Idle, Scene, Stream, synth};

fn told(exercise: &str, stream: &Stream) -> String {
    let catalog = Catalog::builtin().unwrap();
    let exercise = catalog.get(exercise).unwrap();
    let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
    let n_counted = engine.reps().iter().filter(|rep| rep.counted).count();
    let mut missed: Vec<&str> = engine
        .reps()
        .iter()
        .flat_map(|rep| rep.missed.iter().map(|&k| engine.standard().criteria[k].id.as_str()))
        .collect();
    missed.dedup();
    let sides: String = engine
        .reps()
        .iter()
        .map(|rep| match rep.side {
            Some(units::Side::Left) => 'L',
            Some(units::Side::Right) => 'R',
            None => '-',
        })
        .collect();
    let hold = if engine.hold().held_ms > 0.0 { format!(" held {:.1} s", engine.hold().held_ms / 1000.0) } else { String::new() };
    let missed = if missed.is_empty() { String::new() } else { format!(" {}", missed.join(",")) };
    format!("{n_counted}+{} {sides}{missed}{hold}", engine.reps().len() - n_counted)
}

/// Reps and attempts, sides, missed criteria, time held.
fn check(exercise: &str, set: impl for<'a> Fn(Scene<'a>) -> Scene<'a>, expected: &str) {
    let catalog = Catalog::builtin().unwrap();
    let stream = set(synth(catalog.get(exercise).unwrap())).stream();
    let got = told(exercise, &stream);
    assert_eq!(got.trim_end(), expected, "{exercise}");
}
