//! The page's coach with the user's own references: used where they can be, refused by name where they cannot.

use flate2::read::GzDecoder;

use super::LiveCoach;

const START: &str =
    r#"{"type":"start","exercise_id":"squat","width":768,"height":432,"hands_free":false}"#;
const OWN: &str = r#"[{"id":"mine","exercise_id":"ex_squat","fps":10,
    "joint_angles":[170,140,110,90,110,140,170],"metadata":{"name":"my best day"}}]"#;

/// A recorded set of squats through the coach, and its report.
fn report(references: Option<&str>) -> serde_json::Value {
    let clip = include_bytes!("../../../motion/tests/golden/clips/squat_side.jsonl.gz");
    let jsonl = std::io::read_to_string(GzDecoder::new(&clip[..])).expect("a recorded set");
    let mut coach = LiveCoach::begin(START, references).expect("a good start");
    for line in jsonl.lines().filter(|line| !line.is_empty()) {
        coach.push(line);
    }
    serde_json::from_str(&coach.finish()).expect("a report")
}

#[test]
fn a_set_is_compared_with_the_users_own_reference() {
    let (usual, own, none) = (report(None), report(Some(OWN)), report(Some("[]")));
    assert_eq!(usual["analysis"]["reference"], "Spotter's template for Squat");
    assert_eq!(own["analysis"]["reference"], "reference template `my best day`");
    assert_ne!(usual["analysis"]["score"], own["analysis"]["score"]);
    assert_ne!(
        usual["figures"]["curves"][0]["reference"],
        own["figures"]["curves"][0]["reference"]
    );
    assert_eq!(usual, none);
}

#[test]
fn references_that_cannot_be_read_are_refused() {
    let refused = LiveCoach::begin(START, Some(&OWN.replace("10", "0"))).expect_err("a refusal");
    assert_eq!(refused, "`references[0].fps`: `0` is not a frame rate from 1 to 1000");
}
