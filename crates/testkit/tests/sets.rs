//! Small synthetic sets of every exercise, through the whole analysis: one line per set.

use catalog::Catalog;
use motion::analysis;
use motion::engine::{Engine, StandardName};
use testkit::{FilmedSet, Scene, synth};
use units::Side;

fn engine(catalog: &Catalog, exercise: &str, stream: &FilmedSet) -> Engine {
    analysis::run(
        &stream.poses,
        &catalog.get(exercise).expect("an exercise of ours").movement,
        StandardName::Default,
    )
}

/// `reps+attempts`, the sides where there are any, what was missed, the time held.
fn told(engine: &Engine) -> String {
    let n_counted = engine.reps().iter().filter(|rep| rep.counted).count();
    let mut text = format!("{n_counted}+{}", engine.reps().len() - n_counted);
    let sides: String = engine
        .reps()
        .iter()
        .filter_map(|rep| rep.side.map(|side| if side == Side::Left { 'L' } else { 'R' }))
        .collect();
    if !sides.is_empty() {
        text.push(' ');
        text.push_str(&sides);
    }
    let mut missed: Vec<&str> = engine
        .reps()
        .iter()
        .flat_map(|rep| rep.missed.iter().map(|&k| engine.standard().criteria[k].id.as_str()))
        .collect();
    missed.sort_unstable();
    missed.dedup();
    for id in missed {
        text.push(' ');
        text.push_str(id);
    }
    if engine.hold().held_ms > 0.0 {
        text.push_str(&format!(" held {:.0} s", engine.hold().held_ms / 1000.0));
    }
    text
}

fn check(exercise: &str, set: impl for<'a> Fn(Scene<'a>) -> Scene<'a>, expected: &str) {
    let catalog = Catalog::builtin().expect("the exercise files are well-formed");
    let stream = set(synth(catalog.get(exercise).expect("an exercise of ours"))).play();
    assert_eq!(told(&engine(&catalog, exercise, &stream)), expected, "{exercise}");
}

#[test]
fn clean_sets_are_counted_exactly() {
    for exercise in [
        "barbell_squat",
        "bicep_curl",
        "deadlift",
        "dip",
        "glute_bridge",
        "goblet_squat",
        "incline_push_up",
        "jumping_jack",
        "lateral_raise",
        "pull_up",
        "push_up",
        "romanian_deadlift",
        "shoulder_press",
        "sit_up",
        "squat",
    ] {
        check(exercise, |set| set.reps(4), "4+0");
    }
}

#[test]
fn coming_and_going_adds_nothing() {
    for exercise in ["push_up", "incline_push_up", "squat", "deadlift", "lateral_raise", "dip"] {
        check(exercise, |set| set.reps(3).comes_and_goes(), "3+0");
    }
}

#[test]
fn noise_adds_and_hides_nothing() {
    for exercise in ["push_up", "squat", "deadlift", "romanian_deadlift", "shoulder_press"] {
        check(
            exercise,
            |set| set.reps(5).spread(0.08).noise(7, 1.0).jitter(0.2).fps(24.0).drop_out(0.02),
            "5+0",
        );
    }
}

#[test]
fn a_pause_at_the_bottom_does_not_split_a_repetition() {
    check("squat", |set| set.reps(3).tempo([2.0, 2.5, 1.0, 0.5]), "3+0");
    check("push_up", |set| set.reps(3).tempo([1.5, 2.0, 1.0, 2.0]), "3+0");
}

#[test]
fn a_partial_is_an_attempt_with_its_reason() {
    check("squat", |set| set.depths(&[1.0, 1.0, 0.5, 1.0]), "3+1 shallow_depth");
    check("push_up", |set| set.depths(&[1.0, 0.5, 1.0, 1.0]), "3+1 shallow_depth");
    check("pull_up", |set| set.depths(&[1.0, 0.62, 1.0]), "2+1 chin_below_bar");
}

#[test]
fn sides_take_turns() {
    check("alternating_bicep_curl", |set| set.reps(4).yaw_deg(0.0), "4+0 LRLR");
    check("lunge", |set| set.reps(4), "4+0 LRLR");
}

#[test]
fn both_arms_at_once_are_one_repetition() {
    check("bicep_curl", |set| set.reps(4).yaw_deg(0.0), "4+0");
}

#[test]
fn a_plank_is_timed() {
    check("plank", |set| set.hold(16.0), "0+0 held 16 s");
    check("plank", |set| set.hold(16.0).noise(3, 1.0), "0+0 held 16 s");
}

#[test]
fn slow_cameras_and_fast_ones_tell_the_same() {
    for fps in [10.0, 24.0, 60.0] {
        check("squat", move |set| set.reps(4).fps(fps).jitter(0.3), "4+0");
    }
}

#[test]
fn seventeen_points_without_depth_are_enough() {
    check("squat", |set| set.reps(4).coco(), "4+0");
    check("push_up", |set| set.reps(4).coco(), "4+0");
}
