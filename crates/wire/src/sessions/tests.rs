//! Sets on the way in and out, and what cannot be kept exactly.

use training::progression::Decision;

use super::*;

const WHOLE: &str = r#"{"id":"019a9f00-0000-7000-8000-000000000001","exercise_id":"pull_up","place":2,
    "group":{"number":1,"kind":"superset"},"kind":"amrap","side":"left","reps":9,"load_kg":-12.5,"seconds":null,"meters":null,
    "rir":1.5,"note":"with \"band\"","target":{"reps_low":6,"reps_high":10,"seconds_low":null,"seconds_high":null,"rir":2,"load_kg":-15.0},
    "seen":{"attempts":1,"technique":88.5,"rom_deg":120.0,"rep_seconds":2.5,"best_velocity_mps":0.5,"velocity_loss":0.2,"rir":2.0},
    "done_at_ms":1799990000000}"#;

#[test]
fn a_set_survives_the_way_in_and_out() {
    let kept = PerformedSet::read(WHOLE).expect("a set");
    assert_eq!((kept.load_g, kept.rir_halves), (Some(-12_500), Some(3)));
    let told = serde_json::to_value(PerformedSet::from(&kept)).expect("JSON");
    assert_eq!(told, serde_json::from_str::<serde_json::Value>(WHOLE).expect("JSON"));
}

#[test]
fn loads_are_kept_to_the_gram() {
    for lb in 1..=1000 {
        let kg = f64::from(lb) * 0.453_592_37;
        let grams = grams("load_kg", kg).expect("a load");
        assert!((kilograms(grams) - kg).abs() <= 0.0005, "{lb} lb");
    }
}

#[test]
fn what_is_no_set_is_refused_by_field() {
    let check = |from: &str, to: &str, expected: &str| {
        assert!(WHOLE.contains(from), "{from}");
        let error = PerformedSet::read(&WHOLE.replace(from, to)).expect_err(to).to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(r#""rir":1.5"#, r#""rir":1.2"#, "steps of 0.5");
    check(r#""rir":1.5"#, r#""rir":-1"#, "steps of 0.5");
    check("-12.5", "1e9", "-500 to 1000");
    check(r#""reps_low":6"#, r#""reps_low":null"#, "either `reps_low`");
    check(r#""kind":"amrap""#, r#""kind":"lazy""#, "unknown variant `lazy`");
    check(r#""place":2"#, r#""place":2,"weight":3"#, "unknown field `weight`");
    check(r#""reps":9"#, r#""reps":-9"#, "invalid value");
}

/// Whatever rule decides, there is a sentence about it in each language, and no two rules say the same.
#[test]
fn every_decision_explains_itself() {
    use coach::decisions::why;
    use coach::voice::Voice;
    use training::progression::{Because, Kind, Rule};
    let english = catalog::Catalog::builtin().expect("well-formed");
    let german = english.in_language(units::Language::German);
    let asked = PerformedSet::read(WHOLE).expect("a set").target.expect("a target");
    let (mut seen, own) = (std::collections::BTreeSet::new(), std::collections::BTreeMap::new());
    let unit = training::loading::MassUnit::Kilogram;
    let to = |catalog| Voice { catalog, own: &own, unit };
    for &rule in Rule::ALL {
        let decision = Decision {
            exercise: "pull_up".to_owned().try_into().expect("an id"),
            kind: Kind::Hold,
            rule,
            base: asked,
            next: asked,
            n_sets: 3,
            instead: Some("lat_pulldown".to_owned().try_into().expect("an id")),
            why: vec![Because::Did {
                n_sets: 3,
                n_asked: 3,
                least: 8,
                most: 10,
                load_g: Some(2_500),
            }],
        };
        let (said, gesagt) = (why(&decision, to(&english)), why(&decision, to(&german)));
        assert_eq!(said[1], "Done: 3 of 3 sets, 8–10 with 2.5 kg.");
        assert_eq!(gesagt[1], "Gemacht: 3 von 3 Sätzen, 8–10 mit 2,5 kg.");
        assert_ne!(said[0], gesagt[0]);
        assert!(seen.insert(said[0].clone()), "{}", said[0]);
    }
}
