//! The library that ships, and what a malformed file is told.

use catalog::Catalog;
use motion::spec::{Kind, Statistic};
use units::Language;

fn builtin() -> Catalog {
    Catalog::builtin().expect("the exercise files are well-formed")
}

#[test]
fn every_exercise_is_whole() {
    let catalog = builtin();
    assert!(catalog.exercises().len() >= 19);
    for exercise in catalog.exercises() {
        let id = &exercise.id;
        assert!(exercise.movement.checks.len() >= 2, "{id} has fewer than two form checks");
        assert!(!exercise.movement.technique.is_empty(), "{id} has no technique joints");
        assert!((3..=6).contains(&exercise.steps.len()), "{id} has {} steps", exercise.steps.len());
        assert!(!exercise.direct.is_empty(), "{id} trains nothing");
        let tempo: Vec<f64> =
            exercise.tempo.split('-').filter_map(|phase| phase.parse().ok()).collect();
        assert_eq!(tempo.len(), 4, "{id} has tempo {}", exercise.tempo);
        for criterion in &exercise.movement.standards.default.criteria {
            assert!(
                !criterion.text.is_empty() && !criterion.tip.is_empty(),
                "{id}: {}",
                criterion.id
            );
        }
        let head = exercise.family == exercise.id;
        assert_eq!(
            head,
            !exercise.movement.signature.is_empty(),
            "{id}: only a family's head is recognized"
        );
    }
}

#[test]
fn exercises_are_found_by_id_and_by_the_first_specifications_names() {
    let catalog = builtin();
    let check = |name: &str, expected: &str| {
        assert_eq!(catalog.get(name).expect(name).id.as_str(), expected);
    };
    check("push_up", "push_up");
    check("ex_pushup", "push_up");
    check("ex_squat", "squat");
    check("ex_bird_dog", "bird_dog");
    let unknown = catalog.get("moon_walk").expect_err("no such exercise").to_string();
    assert!(unknown.contains("`moon_walk`") && unknown.contains("push_up"), "{unknown}");
}

#[test]
fn references_cover_every_direction_and_every_technique_joint() {
    for exercise in builtin().exercises() {
        let reference = exercise.reference();
        assert_eq!(reference.views.len(), 12, "{}", exercise.id);
        for view in &reference.views {
            assert_eq!(view.curves.len(), exercise.movement.technique.len());
            for value in view.curves.iter().flat_map(|curve| curve.sides.iter().flatten()).flatten()
            {
                assert!(value.is_finite(), "{}", exercise.id);
            }
        }
    }
}

#[test]
fn a_reference_starts_where_the_engines_repetition_starts() {
    // Seen from the side, the first technique joint is far from its start at the middle of the repetition.
    for exercise in builtin().exercises().iter().filter(|e| e.movement.kind == Kind::Reps) {
        let view = exercise.reference().nearest(-90.0).expect("a view");
        let curve = view.curves[0].sides[0].as_ref().expect("a left side");
        let other = view.curves[0].sides[1].as_ref().expect("a right side");
        let swing = |curve: &[f64]| (curve[20] - curve[0]).abs();
        let returns = |curve: &[f64]| (curve[47] - curve[0]).abs();
        assert!(swing(curve).max(swing(other)) > 15.0, "{}: {curve:?}", exercise.id);
        assert!(returns(curve).max(returns(other)) < 8.0, "{}: {curve:?}", exercise.id);
    }
}

/// A file that is right; tests break one thing at a time.
const RIGHT: &str = r#"id = "nod"
name = "Nod"
pattern = "neck"
level = "beginner"
muscles = { direct = ["neck_flexors"] }
kit = []
contraindications = ["neck_pain"]
tempo = "2-0-1-0"
camera = "side"

[figure]
contact = "feet"

[[figure.keyframes]]
at = 0.0
phase = "top"

[[figure.keyframes]]
at = 0.5
phase = "bottom"
joints = { neck_flexion = 40 }

[[figure.keyframes]]
at = 1.0
phase = "top"

[movement]
kind = "reps"
plane = "sagittal"
primary = [{ signal = "head_forward", start = 60, turn = 30 }]
signature = [{ signal = "head_forward", of = "range", min = 20, soft = 5 }]

[movement.standards.default]
source = "none"
criteria = []

[[movement.checks]]
id = "a"
signal = "trunk_lean"
max = 10
text = "t"
tip = "t"
cue = "c"

[[movement.checks]]
id = "b"
signal = "trunk_lean"
min = -10
text = "t"
tip = "t"
cue = "c"
"#;

/// The same for one that the camera does not judge.
fn unjudged() -> (String, String) {
    let (english, _) = RIGHT.split_once("[movement]").expect("a movement");
    let (german, _) = GERMAN.split_once("[standards").expect("standards");
    let faults = "faults = [{ text = \"Too far.\", tip = \"Stop before.\" }]\n";
    (
        english.replacen("[figure]", &format!("{faults}\n[figure]"), 1),
        format!("{german}faults = [{{ text = \"Zu weit.\", tip = \"Hör früher auf.\" }}]\n"),
    )
}

/// Its words in German.
const GERMAN: &str = r#"name = "Nicken"
aliases = ["Kopfnicken"]
steps = []
cues = []

[standards.default]
source = "keine"

[checks.a]
text = "x"
tip = "x"
cue = "x"

[checks.b]
text = "x"
tip = "x"
cue = "x"
"#;

#[test]
fn a_new_exercise_needs_no_code() {
    let files = [("nod.toml", RIGHT), ("de/nod.toml", GERMAN)];
    let catalog = Catalog::parse(&files).expect("well-formed files");
    assert_eq!(catalog.signatures()[0][0].of, Statistic::Range);
}

#[test]
fn an_exercise_is_told_in_the_language_asked_for_and_found_in_any() {
    let english = builtin();
    let german = english.in_language(Language::German);
    for catalog in [&english, &german] {
        for name in ["push_up", "ex_pushup", "press-up", "Push-up", "Liegestütz", "Liegestütze"] {
            assert_eq!(catalog.get(name).expect(name).id.as_str(), "push_up");
        }
    }
    assert_eq!(english.get("Kniebeuge").expect("found").name, "Squat");
    assert_eq!(german.get("ex_squat").expect("found").name, "Kniebeuge");
    assert_eq!(german.get("squat").expect("found").movement.language, Language::German);
    assert_eq!(english.language(), Language::English);
}

#[test]
fn missing_and_unknown_words_stop_the_start() {
    let check = |right: &str, wrong: &str, expected: &str| {
        assert!(GERMAN.contains(right), "{right}");
        let text = GERMAN.replacen(right, wrong, 1);
        let files = [("nod.toml", RIGHT), ("de/nod.toml", text.as_str())];
        let error = Catalog::parse(&files).expect_err(wrong).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    check("name = \"Nicken\"\n", "", "de/nod.toml:1: missing field `name`");
    check("name = \"Nicken\"", "name = \"\"", "de/nod.toml:1: the `name` is empty");
    check("aliases", "alias", "de/nod.toml:2: unknown field `alias`");
    check(
        "steps = []",
        "steps = [\"x\"]",
        "de/nod.toml:3: there are 1 `steps`; in English there are 0",
    );
    check("tip = \"x\"\n", "", "de/nod.toml:9: missing field `tip`");
    check("cue = \"x\"", "cue = \"\"", "de/nod.toml:9: check `a` has an empty text, tip or cue");
    check("[checks.a]", "[checks.c]", "de/nod.toml:9: the words of check `a` are missing");
    check(
        "[checks.a]",
        "[checks.c]\ntext = \"x\"\ntip = \"x\"\ncue = \"x\"\n\n[checks.a]",
        "de/nod.toml:9: the exercise has no check `c`",
    );
    check(
        "source = \"keine\"",
        "source = \"keine\"\ncriteria.low = { text = \"x\", tip = \"x\" }",
        "de/nod.toml:8: the default standard has no criterion `low`",
    );
    check(
        "[checks.a]",
        "[standards.strict]\nsource = \"x\"\n\n[checks.a]",
        "de/nod.toml:9: the exercise has no strict standard",
    );
    let error = |files: &[(&str, &str)]| Catalog::parse(files).expect_err("malformed").to_string();
    assert_eq!(error(&[("nod.toml", RIGHT)]), "de/nod.toml:1: the words of `nod` are missing");
    assert_eq!(
        error(&[("nod.toml", RIGHT), ("de/nod.toml", GERMAN), ("de/shake.toml", GERMAN)]),
        "de/shake.toml:1: there is no exercise `shake` to speak of"
    );
    let twice = RIGHT.replacen("id = \"b\"", "id = \"a\"", 1);
    assert_eq!(error(&[("nod.toml", &twice)]), "nod.toml:38: there are two checks `a`");
}

#[test]
fn a_malformed_file_is_told_where_and_why() {
    let check = |right: &str, wrong: &str, expected: &str| {
        assert!(RIGHT.contains(right), "{right}");
        let text = RIGHT.replacen(right, wrong, 1);
        let error = Catalog::parse(&[("nod.toml", &text)]).expect_err(wrong).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    check("id = \"nod\"", "id = \"No d\"", "nod.toml:1: `No d` is not an exercise id");
    check("name = \"Nod\"", "nmae = \"Nod\"", "nod.toml:2: unknown field `nmae`");
    check(
        "\"head_forward\", start",
        "\"head_foward\", start",
        "nod.toml:30: unknown variant `head_foward`",
    );
    check(
        "start = 60, turn = 30",
        "start = 60, turn = 60",
        "nod.toml:30: a primary signal's `start` and `turn`",
    );
    check(
        "turn = 30 }",
        "turn = 30, weight = nan }",
        "nod.toml:30: a primary signal's `start` and `turn`",
    );
    check("max = 10\n", "", "nod.toml:38: check `a` has neither `min` nor `max`");
    check("[movement]\n", "[movement]\nkind = 3\n", "nod.toml:29: duplicate key");
    check("[movement]\n", "[movement]\ncompany = 5\n", "nod.toml:28: `company` is 5; give 2 to 4");
    check("at = 1.0", "at = 0.9", "nod.toml:11: ");
    check("contact = \"feet\"", "contact = \"feet", "nod.toml:12: ");
    check("id = \"nod\"\n", "", "nod.toml:1: missing field `id`");
}

#[test]
fn two_files_may_not_share_a_name_and_families_must_exist() {
    let check = |files: &[(&str, &str)], expected: &str| {
        let error = Catalog::parse(files).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(&[("nod.toml", RIGHT), ("nod2.toml", RIGHT)], "the name `nod` is already used");
    let orphan = RIGHT.replacen("name", "family = \"shake\"\nname", 1);
    check(&[("nod.toml", &orphan)], "family `shake` is not an exercise");
}

#[test]
fn the_library_also_has_what_the_camera_cannot_judge() {
    let (nod, nicken) = unjudged();
    let shake = RIGHT.replace("nod", "shake").replace("Nod", "Shake");
    let schuetteln = GERMAN.replace("Nicken", "Schütteln").replace("Kopfnicken", "Kopfschütteln");
    let files = [
        ("nod.toml", nod.as_str()),
        ("de/nod.toml", &nicken),
        ("shake.toml", &shake),
        ("de/shake.toml", &schuetteln),
    ];
    let catalog = Catalog::parse(&files).expect("well-formed files").in_language(Language::German);
    let ids = |entry: &std::sync::Arc<catalog::Entry>| entry.id.to_string();
    assert_eq!(catalog.library().iter().map(ids).collect::<Vec<_>>(), ["nod", "shake"]);
    assert_eq!(catalog.exercises().iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["shake"]);
    assert_eq!(catalog.entry("Nod").expect("there").faults[0].text, "Zu weit.");
    let refused = catalog.get("Kopfnicken").expect_err("not judged").to_string();
    assert_eq!(
        refused,
        "the camera cannot judge `Kopfnicken` yet: count its sets yourself, or choose one of auto, shake"
    );
    let unknown = catalog.entry("moon_walk").expect_err("no such exercise").to_string();
    assert_eq!(unknown, "there is no exercise `moon_walk`; known are auto, nod, shake");
}

#[test]
fn what_the_camera_does_not_judge_says_its_faults_and_no_judgement() {
    let check = |edit: fn(&mut String, &mut String), expected: &str| {
        let (mut english, mut german) = unjudged();
        edit(&mut english, &mut german);
        let error = Catalog::parse(&[("nod.toml", &english), ("de/nod.toml", &german)])
            .expect_err(expected)
            .to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(
        |english, _| {
            *english = english.replacen(
                "faults = [{ text = \"Too far.\", tip = \"Stop before.\" }]",
                "",
                1,
            );
        },
        "nod.toml:1: an exercise that the camera does not judge needs `faults`",
    );
    check(
        |english, _| *english = english.replacen("kit = []", "kit = []\nfamily = \"nod\"", 1),
        "nod.toml:7: an exercise that the camera does not judge has no `family`",
    );
    check(
        |_, german| *german = german.replacen("faults", "#", 1),
        "there are 0 `faults`; in English there are 1",
    );
    check(
        |_, german| german.push_str("[standards.default]\nsource = \"keine\"\n"),
        "the camera does not judge it",
    );
}

#[test]
fn what_a_planner_must_know_is_complete_and_makes_sense() {
    let check = |right: &str, wrong: &str, expected: &str| {
        assert!(RIGHT.contains(right), "{right}");
        let text = RIGHT.replacen(right, wrong, 1);
        let files = [("nod.toml", text.as_str()), ("de/nod.toml", GERMAN)];
        let error = Catalog::parse(&files).expect_err(wrong).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    check(
        "contraindications = [\"neck_pain\"]\n",
        "",
        "nod.toml:1: missing field `contraindications`",
    );
    check("kit = []\n", "", "nod.toml:1: missing field `kit`");
    check("\"neck\"", "\"nek\"", "nod.toml:3: unknown variant `nek`");
    check("[\"neck_pain\"]", "[\"sore\"]", "nod.toml:7: unknown variant `sore`");
    check("kit = []", "kit = [\"mat\", \"mat\"]", "nod.toml:6: something is named twice in `kit`");
    check("[\"neck_flexors\"]", "[]", "nod.toml:5: `muscles.direct` is empty");
    check(
        "[\"neck_flexors\"]",
        "[\"traps\"], indirect = [\"traps\"]",
        "nod.toml:5: the muscle `traps` is named twice",
    );
    check("2-0-1-0", "2-0-1", "nod.toml:8: `tempo` is four numbers");
    check("camera = \"side\"", "camera = \"back\"", "nod.toml:9: `camera` is");
    check(
        "kit = []",
        "kit = []\nprogressions = [\"moon\"]",
        "nod.toml:1: progression `moon` is not",
    );
    check(
        "kit = []",
        "kit = []\nregressions = [\"nod\"]",
        "nod.toml:1: regression `nod` is not easier",
    );
    check(
        "kit = []",
        "kit = []\nfaults = [{ text = \"t\", tip = \"t\" }]",
        "nod.toml:7: with a `[movement]`",
    );
}

/// Such ids are those of exercises that an import brings along.
#[test]
fn no_exercise_of_the_library_is_called_custom() {
    let library = builtin();
    assert!(library.library().iter().all(|entry| !entry.facts.id.as_str().starts_with("custom_")));
}
