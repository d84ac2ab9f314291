//! Who chose German hears and reads no English: every text of every exercise, and all that is said about recorded sets.

mod recordings;

use std::collections::BTreeSet;

use catalog::Catalog;
use coach::live::Placement;
use motion::advice;
use motion::pose::{Limb, Pose};
use motion::view::View;
use recordings::{Clip, clips};
use serde_json::Value;
use units::{Language, Side};
use wire::analyze::Request;
use wire::exercises;
use wire::figures::{Drawing, Picture, exercise_figure};
use wire::live::{LiveFrame, LiveProtocol};
use wire::pose_stream::PoseLine;

fn catalog() -> Catalog {
    Catalog::builtin().expect("the exercise files are well-formed")
}

/// Every text in some JSON that is more than a name: it has a space. Of pictures, what screen readers say.
fn sentences(told: &Value, into: &mut BTreeSet<String>) {
    match told {
        Value::String(text) if text.starts_with("<svg") => {
            for part in ["title", "desc"] {
                let inner = text.split_once(&format!("<{part}")).and_then(|(_, rest)| {
                    Some(rest.split_once('>')?.1.split_once('<')?.0.to_owned())
                });
                into.extend(inner);
            }
        }
        Value::String(text) if text.contains(' ') => {
            into.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| sentences(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| sentences(value, into)),
        _ => {}
    }
}

/// What is said in German must not be what is said in English. Gives how many sentences there are.
#[track_caller]
fn check(what: &str, english: &[Value], german: &[Value]) -> usize {
    let [mut in_english, mut in_german] = [BTreeSet::new(), BTreeSet::new()];
    english.iter().for_each(|told| sentences(told, &mut in_english));
    german.iter().for_each(|told| sentences(told, &mut in_german));
    let same: Vec<&String> = in_english.intersection(&in_german).collect();
    assert_eq!(same, Vec::<&String>::new(), "{what}: left in English");
    assert_eq!(in_english.is_empty(), in_german.is_empty(), "{what}");
    in_german.len()
}

#[test]
fn every_text_of_every_exercise_has_a_german_version() {
    let english = catalog();
    let german = english.in_language(Language::German);
    assert_eq!(german.library().len(), english.library().len());
    for (before, after) in english.library().iter().zip(german.library()) {
        let id = &before.id;
        assert_eq!(*id, after.id);
        // Names may be alike, and the English name finds the exercise in German, too.
        assert!(
            after.name == before.name || after.aliases.contains(&before.name),
            "{id}: {:?}",
            after.aliases
        );
        assert!(before.aliases.iter().all(|alias| after.aliases.contains(alias)), "{id}");
        let told = [(&english, before), (&german, after)].map(|(catalog, entry)| {
            let mut told = serde_json::to_value(exercises::entry(catalog, entry)).expect("JSON");
            let fields = told.as_object_mut().expect("an object");
            fields.remove("name");
            fields.remove("aliases");
            told
        });
        // Value by value, so that a text is compared with its own translation, however short.
        differ(id.as_str(), &told[0], &told[1]);
        for cue in &after.cues {
            assert!(cue.split_whitespace().count() <= 4, "{id}: `{cue}` is too long");
        }
        for view in ["side", "front"] {
            let drawing = Drawing { view, theme: "light", picture: Picture::Step(1) };
            let [before, after] = [before, after]
                .map(|entry| Value::String(exercise_figure(entry, drawing).expect("a picture")));
            assert_eq!(check(id.as_str(), &[before], &[after]), 2, "{id}");
        }
    }
    for (english, german) in english.exercises().iter().zip(german.exercises()) {
        let id = &english.id;
        let pairs = english.movement.checks.iter().zip(&german.movement.checks);
        for (english, german) in pairs {
            assert_ne!(english.cue, german.cue, "{id}: {}", english.id);
            let cues = german.cue.split_whitespace().count();
            assert!(cues <= 4, "{id}: `{}` is too long to say in a set", german.cue);
        }
    }
}

/// Fields that are codes, not texts.
const CODES: [&str; 20] = [
    "id",
    "family",
    "pattern",
    "level",
    "kind",
    "sides",
    "direct",
    "indirect",
    "kit",
    "contraindications",
    "tempo",
    "camera",
    "severity",
    "roles",
    "goals",
    "dose",
    "load",
    "pictures",
    "regressions",
    "progressions",
];

fn differ(place: &str, english: &Value, german: &Value) {
    match (english, german) {
        (Value::String(english), Value::String(german)) => {
            assert_ne!(english, german, "{place} is left in English");
        }
        (Value::Array(english), Value::Array(german)) => {
            assert_eq!(english.len(), german.len(), "{place}");
            for (english, german) in english.iter().zip(german) {
                differ(place, english, german);
            }
        }
        (Value::Object(english), Value::Object(german)) => {
            for (key, english) in english.iter().filter(|(key, _)| !CODES.contains(&key.as_str())) {
                differ(&format!("{place}.{key}"), english, &german[key]);
            }
        }
        (english, german) => assert_eq!(english, german, "{place}"),
    }
}

#[test]
fn advice_on_where_to_stand_is_german() {
    for problem in Placement::ALL {
        let [english, german] = Language::ALL.map(|language| problem.advice(language));
        assert_ne!(english, german, "{problem:?}");
    }
    let catalog = catalog();
    let mut said = BTreeSet::new();
    for clip in clips() {
        for hidden in [false, true] {
            let mut view = View::default();
            for pose in clip.poses() {
                let mut pose: Pose = pose;
                for joint in [Limb::Ankle, Limb::Wrist].map(|limb| Side::BOTH.map(|s| limb.on(s))) {
                    for joint in joint.into_iter().filter(|_| hidden) {
                        pose.keypoints[joint as usize].confidence = 0.0;
                    }
                }
                view.see(&pose);
            }
            for index in 0..catalog.exercises().len() {
                let [english, german] = Language::ALL.map(|language| {
                    let catalog = catalog.in_language(language);
                    advice::camera(&view, &catalog.exercises()[index].movement)
                });
                assert_eq!(english.len(), german.len());
                for (english, german) in english.into_iter().zip(german) {
                    assert_ne!(english, german);
                    said.insert(german);
                }
            }
        }
    }
    assert_eq!(said.len(), 4, "not all that can be said was: {said:#?}");
}

/// All that a client hears of a set, from the start to the report.
fn conversation(clip: &Clip, start: &str, frames: &[PoseLine]) -> Vec<Value> {
    let mut protocol = LiveProtocol::new(&catalog(), "abc");
    let mut told = protocol.receive(start).messages;
    assert!(told[0].contains("started"), "{}: {}", clip.name, told[0]);
    for frame in frames {
        let line = serde_json::to_string(frame).expect("JSON");
        told.extend(protocol.receive(&line).messages);
    }
    told.extend(protocol.receive(r#"{"type":"finish"}"#).messages);
    told.push(protocol.report());
    told.iter().map(|message| serde_json::from_str(message).expect("JSON")).collect()
}

#[test]
fn a_german_set_has_no_english_sentence() {
    let mut n_sentences = 0;
    for (number, clip) in clips().iter().enumerate() {
        // Each clip in another way and every other frame, so that all are tried without taking minutes.
        let standard = if number % 2 == 0 { "strict" } else { "default" };
        let hands_free = number % 3 == 0;
        let frames: Vec<PoseLine> =
            clip.poses().iter().step_by(2).map(|pose| PoseLine::of(pose, clip.image)).collect();
        let [english, german] = Language::ALL.map(|language| {
            let start = format!(
                r#"{{"type":"start","exercise_id":"{}","width":{},"height":{},"standard":"{standard}","hands_free":{hands_free},"language":"{}"}}"#,
                clip.exercise, clip.image.width, clip.image.height, language.code(),
            );
            conversation(clip, &start, &frames)
        });
        n_sentences += check(&clip.name, &english, &german);
    }
    assert!(n_sentences > 100, "{n_sentences}");
}

#[test]
fn a_set_in_one_request_is_answered_in_its_language_or_the_hosts() {
    let english = catalog();
    let german = english.in_language(Language::German);
    let frames = |clip: &Clip| {
        let lines: Vec<&str> = clip.jsonl.lines().filter(|line| !line.is_empty()).collect();
        lines.join(",")
    };
    let answer = |text: &str, catalog: &Catalog| {
        let request = Request::read(text, catalog).expect("a good request");
        serde_json::to_value(request.answer(None)).expect("JSON")
    };
    let clips = clips();
    let clip = clips.iter().find(|clip| clip.name == "push_up_hip_sag").expect("a recorded set");
    let (width, height, frames) = (clip.image.width, clip.image.height, frames(clip));
    let request = |language: &str| {
        format!(
            r#"{{"exercise_id":"push_up","width":{width},"height":{height},{language}"frames":[{frames}]}}"#
        )
    };
    let (plain, asks) = (request(""), request(r#""language":"de-DE","#));
    let told = answer(&plain, &english);
    assert!(check("the host's", std::slice::from_ref(&told), &[answer(&plain, &german)]) > 5);
    assert!(check("asked for", &[told], &[answer(&asks, &english)]) > 5);
    // Nobody is there, and nothing is recognized.
    let nobody = r#"{"frames":[{"ts_ms":0},{"ts_ms":33}]}"#;
    check("nobody", &[answer(nobody, &english)], &[answer(nobody, &german)]);
    let error = Request::read(&request(r#""language":"tlh","#), &english).expect_err("no Klingon");
    assert_eq!(error.to_string(), "`language`: `tlh` is not spoken here; use en or de");
}

#[test]
fn a_set_that_nobody_asked_german_for_is_english() {
    let frame = LiveFrame::from_rows(0.0, &[], &[]).expect("a frame");
    for start in [None, Some(r#"{"type":"start"}"#), Some(r#"{"type":"start","language":"en-GB"}"#)]
    {
        let mut protocol = LiveProtocol::new(&catalog(), "abc");
        if let Some(start) = start {
            protocol.receive(start);
        }
        let mut told = protocol.frame(&frame).messages;
        for k in 1..60 {
            let frame = LiveFrame::from_rows(f64::from(k) * 33.0, &[], &[]).expect("a frame");
            told.extend(protocol.frame(&frame).messages);
        }
        assert!(told.iter().any(|tick| tick.contains("Step into the picture")), "{start:?}");
    }
    let mut protocol = LiveProtocol::new(&catalog(), "abc");
    let refused = protocol.receive(r#"{"type":"start","language":7}"#).messages;
    assert!(refused[0].contains("\"field\":\"language\""), "{refused:?}");
}
