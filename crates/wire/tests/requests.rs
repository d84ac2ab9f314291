//! A set in one request: analyzed, recorded as a reference, drawn.

mod recordings;

use catalog::Catalog;
use expect_test::{Expect, expect};
use recordings::{Clip, clips};
use wire::analyze::Request;
use wire::exercises;
use wire::figures::{self, Drawing, Picture, exercise_figure};
use wire::reference::{self, ReferenceTemplate};

/// The push-up of the seed's text.
const SEED: &str = r#"{
  "id": "ref_pushup_v1", "exercise_id": "ex_pushup", "fps": 30,
  "joint_angles": [145,140,120,80,70,75,90,120,150,165],
  "phase_labels": ["up","up","down","down","bottom","up","up","up","lockout","lockout"],
  "metadata": {"source":"coach_recording","notes":"neutral spine, feet hip-width"}
}"#;

fn catalog() -> Catalog {
    Catalog::builtin().expect("the exercise files are well-formed")
}

fn clip(name: &str) -> Clip {
    clips().into_iter().find(|clip| clip.name == name).expect("a recorded set")
}

/// A request of a clip's own lines.
fn request(clip: &Clip, exercise: &str) -> String {
    let frames: Vec<&str> = clip.jsonl.lines().filter(|line| !line.is_empty()).collect();
    let (width, height) = (clip.image.width, clip.image.height);
    format!(
        r#"{{"exercise_id":"{exercise}","width":{width},"height":{height},"frames":[{}]}}"#,
        frames.join(",")
    )
}

#[test]
fn a_set_is_analyzed() {
    let (catalog, clip) = (catalog(), clip("push_up_hip_sag"));
    let text = request(&clip, "ex_pushup");
    let answer = Request::read(&text, &catalog).expect("a good request").answer(None);
    let mut told = format!("{} in {}\n", answer.score, answer.analysis.exercise);
    for issue in &answer.issues {
        told += &format!("issue {issue}\n");
    }
    for annotation in &answer.timeline_annotations {
        told += &format!("{:.3} {}\n", annotation.t, annotation.note);
    }
    expect![[r#"
        40.9 in push_up
        issue The hips sag below the line from shoulders to feet. Pull your belt buckle towards your chin and squeeze the floor between your feet.
        issue Your arms against the trunk bend more than the reference by up to 39° at the turning point: watch the moving figure and match it there.
        issue Your elbows bend more than the reference by up to 36° at the turning point: watch the moving figure and match it there.
        2.569 The hips sag below the line from shoulders to feet.
        4.838 Repetition 1
        5.739 The hips sag below the line from shoulders to feet.
        7.841 Repetition 2
        8.742 The hips sag below the line from shoulders to feet.
        11.145 Repetition 3
        11.945 The hips sag below the line from shoulders to feet.
        14.515 Repetition 4
        15.282 The hips sag below the line from shoulders to feet.
        17.885 Repetition 5
    "#]].assert_eq(&told);
}

#[test]
fn the_seeds_reference_is_used() {
    let (catalog, clip) = (catalog(), clip("push_up_side"));
    let template: ReferenceTemplate = serde_json::from_str(SEED).expect("a template");
    let exercise = catalog.get(&template.exercise_id).expect("an alias");
    let reference = template.reference(exercise).expect("a usable template");
    let text = request(&clip, "push_up");
    let request = Request::read(&text, &catalog).expect("a good request");
    let (own, given) = (request.answer(None), request.answer(Some(&reference)));
    expect!["96.3 against the built-in one, 99.2 against reference template `ref_pushup_v1`"]
        .assert_eq(&format!(
            "{} against the built-in one, {} against {}",
            own.score,
            given.score,
            given.analysis.reference.expect("a reference")
        ));
}

#[test]
fn a_recorded_reference_survives_being_stored() {
    let (catalog, clip) = (catalog(), clip("push_up_side"));
    let text = request(&clip, "push_up");
    let request = Request::read(&text, &catalog).expect("a good request");
    let template = request.record("mine").expect("eight good repetitions");
    let stored = serde_json::to_string(&template).expect("JSON");
    let template: ReferenceTemplate = serde_json::from_str(&stored).expect("the same");
    let reference = template.reference(request.exercise().expect("named")).expect("usable");
    let score = request.answer(Some(&reference)).score;
    assert!(score > 90.0, "a set compared with itself got {score}");
    assert!(reference.views[0].curves.iter().all(|curve| curve.sides.iter().any(Option::is_some)));
}

#[test]
fn of_ones_own_references_the_last_usable_one_counts() {
    let (catalog, clip) = (catalog(), clip("push_up_side"));
    let seed = SEED.replace("ref_pushup_v1", "first");
    // A newer server may know of references that mean nothing here.
    let unusable = seed.replace("first", "strange").replace("ex_pushup", "tango");
    let named = SEED.replace("\"source\"", "\"name\":\"my best day\",\"source\"");
    let compared_with = |given: &[&str]| {
        let list = reference::read_list(&format!("[{}]", given.join(","))).expect("a list");
        let own = reference::comparing(&catalog, &list.iter().collect::<Vec<_>>());
        let request = Request::read(&request(&clip, "push_up"), &own).expect("a good request");
        request.answer(None).analysis.reference.expect("a reference")
    };
    expect!["Spotter's template for Push-up"].assert_eq(&compared_with(&[&unusable]));
    expect!["reference template `first`"].assert_eq(&compared_with(&[&seed, &unusable]));
    expect!["reference template `my best day`"].assert_eq(&compared_with(&[&seed, &named]));
}

#[test]
fn a_list_of_references_that_cannot_be_read_is_refused_by_field() {
    let refused = |text: &str, expected: Expect| {
        let error = reference::read_list(text).expect_err("a refusal");
        expected.assert_eq(&error.to_string());
    };
    refused(
        "<!doctype html>",
        expect!["`references`: they cannot be read: expected value at line 1 column 1"],
    );
    refused(
        &format!("[{SEED},{}]", SEED.replace("30", "0")),
        expect!["`references[1].fps`: `0` is not a frame rate from 1 to 1000"],
    );
}

#[track_caller]
fn refuses(text: &str, expected: &Expect) {
    let catalog = catalog();
    let error = Request::read(text, &catalog).and_then(|request| request.record("mine"));
    expected.assert_eq(&error.expect_err("a refusal").to_string());
}

#[test]
fn wrong_requests_name_the_field() {
    refuses(
        r#"{"exercise_id":"squat"}"#,
        &expect!["`frames`: there are 0; give 1 to 54000 frames of one set"],
    );
    refuses(
        r#"{"exercise_id":"squat","frames":[]}"#,
        &expect!["`frames`: there are 0; give 1 to 54000 frames of one set"],
    );
    refuses(
        r#"{"exercise_id":"squat","frames":[{"ts_ms":0},{"ts_ms":"x"}]}"#,
        &expect![[r#"`frames[1].ts_ms`: `"x"` is not a number"#]],
    );
    refuses(
        r#"{"exercise_id":"squat","frames":[{"keypoints":{}}]}"#,
        &expect![
            "`frames[0].ts_ms`: it is missing; give the frame's time in milliseconds, such as 33"
        ],
    );
    refuses(
        r#"{"exercise_id":"tango","frames":[{"ts_ms":0}]}"#,
        &expect![
            "`exercise_id`: there is no exercise `tango`; known are auto, alternating_bicep_curl, barbell_squat, bicep_curl, bird_dog, deadlift, dip, glute_bridge, goblet_squat, incline_push_up, jumping_jack, lateral_raise, lunge, plank, pull_up, push_up, romanian_deadlift, shoulder_press, sit_up, squat"
        ],
    );
    refuses(
        r#"{"frames":[{"ts_ms":0}]}"#,
        &expect![
            "`exercise_id`: name the exercise that the frames show; a recording is never guessed at"
        ],
    );
    refuses(
        r#"{"exercise_id":"squat","frames":[{"ts_ms":0}]}"#,
        &expect![
            "`frames`: they show 0 repetitions of `squat` that meet the standard; a reference needs three to five good ones"
        ],
    );
    refuses(
        r#"{"exercise_id":"plank","frames":[{"ts_ms":0}]}"#,
        &expect!["`exercise_id`: `plank` is held, not repeated: it is compared with no reference"],
    );
}

#[test]
fn every_exercise_is_listed_and_drawn() {
    let catalog = catalog();
    let list = serde_json::to_value(exercises::list(&catalog)).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(catalog.library().len()));
    for told in catalog.library() {
        let stills = (1..=told.figure.steps().len()).map(Picture::Step);
        for picture in stills.chain([Picture::Moving, Picture::Still]) {
            for view in ["side", "front"] {
                let drawing = Drawing { view, theme: "any", picture };
                let svg = exercise_figure(told, drawing).expect("a picture");
                let place = format!("{} {view} {picture:?}", told.id);
                assert!(svg.starts_with("<svg id=\"dark\" color=\"#"), "{place}");
                assert!(svg.contains(&format!("<title>{}, ", told.name)), "{place}");
                assert!(svg.contains("#dark:target") && svg.ends_with("</svg>"), "{place}");
                let moves = picture == Picture::Moving && told.figure.moves();
                assert_eq!(svg.contains("<animate"), moves, "{place}");
                assert!(svg.len() <= 25_000, "{place}: {} bytes", svg.len());
            }
        }
    }
    let squat = catalog.entry("squat").expect("ours");
    let refuses = |view, theme, picture| {
        exercise_figure(squat, Drawing { view, theme, picture }).map_err(|error| error.to_string())
    };
    assert!(refuses("above", "light", Picture::Moving).is_err());
    assert!(refuses("side", "sepia", Picture::Still).is_err());
    assert!(refuses("side", "light", Picture::Step(0)).is_err());
}

#[test]
fn only_what_is_judged_has_standards() {
    let catalog = catalog();
    for told in exercises::list(&catalog) {
        let judged = told.camera_judged;
        assert_eq!(judged, catalog.get(told.id).is_ok(), "{}", told.id);
        let judging = [told.family.is_some(), told.kind.is_some(), told.standards.is_some()];
        assert_eq!(judging, [judged; 3], "{}", told.id);
        assert_eq!(told.checks.is_empty(), !judged, "{}", told.id);
        assert!(!told.faults.is_empty() && !told.roles.is_empty(), "{}", told.id);
    }
}

#[test]
fn goals_are_those_that_the_exercise_is_trained_for() {
    let catalog = catalog();
    let goals = |id: &str| exercises::entry(&catalog, catalog.entry(id).expect("ours")).goals;
    assert_eq!(goals("chin_tuck"), ["neck_strength"]);
    assert_eq!(goals("jump_rope"), ["lose_weight"]);
    assert_eq!(goals("pull_up"), ["back_strength", "gain_mass"]);
    assert_eq!(goals("chest_stretch"), [""; 0]);
}

#[test]
fn the_worst_repetition_is_replayed() {
    let (catalog, clip) = (catalog(), clip("push_up_hip_sag"));
    let poses = clip.poses();
    let judged = coach::judged::judge(
        &poses,
        &catalog,
        catalog.get(&clip.exercise).ok(),
        motion::engine::StandardName::Default,
        None,
    );
    let set = judged.set.expect("push-ups");
    let replay = figures::replay(&set, &poses, clip.image).expect("repetitions");
    assert_eq!(replay.frames.len(), 13);
    assert!(replay.frames.iter().all(|frame| frame.person.is_some()));
    // The template starts and ends alike, and is elsewhere in between.
    let [first, .., last] = &replay.frames[..] else { panic!("no frames") };
    assert_eq!(first.reference, last.reference);
    assert_ne!(first.reference, replay.frames[6].reference);
    // The elbow bends by the range that the repetition is told to have, and so does the reference's.
    let elbow = replay.curves.iter().find(|curve| curve.name == "elbow_angle").expect("an elbow");
    let range = |values: &[f64]| {
        values.iter().copied().fold(f64::MIN, f64::max)
            - values.iter().copied().fold(f64::MAX, f64::min)
    };
    assert_eq!(elbow.unit, "°");
    assert!(range(&elbow.person) > 60.0, "{}", range(&elbow.person));
    assert!(range(elbow.reference.as_ref().expect("a reference")) > 60.0);
}
