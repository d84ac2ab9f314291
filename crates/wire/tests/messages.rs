//! The live conversation as text: what is answered to good, wrong and hostile messages.

use catalog::Catalog;
use expect_test::{Expect, expect};
use wire::live::{Close, LiveProtocol};

fn protocol() -> LiveProtocol {
    LiveProtocol::new(&Catalog::builtin().expect("the exercise files are well-formed"), "abc")
}

/// Sends messages one after the other; the answers, one a line.
#[track_caller]
fn check(messages: &[&str], expected: &Expect) {
    let mut protocol = protocol();
    let mut answers = String::new();
    for message in messages {
        let reply = protocol.receive(message);
        for answer in &reply.messages {
            answers.push_str(answer);
            answers.push('\n');
        }
        if reply.report_due || reply.close.is_some() {
            answers.push_str(&format!("report {}, close {:?}\n", reply.report_due, reply.close));
        }
    }
    expected.assert_eq(&answers);
}

#[test]
fn a_set_is_begun_paused_and_finished() {
    check(
        &[
            r#"{"type":"ping"}"#,
            r#"{"type":"start","exercise_id":"ex_squat","width":640,"height":480}"#,
            r#"{"ts_ms":33,"keypoints":{}}"#,
            r#"{"type":"pause"}"#,
            r#"{"type":"resume"}"#,
            r#"{"type":"finish"}"#,
        ],
        &expect![[r#"
            {"type":"pong"}
            {"type":"started","session":"abc","exercise_id":"squat","resumed":false,"rep_count":0}
            {"type":"tick","ts_ms":33,"rep_count":0,"attempt_count":0,"phase":"unknown","feedback":[],"stage":"placing","exercise_id":"squat","exercise_confidence":1.0,"progress":0.0,"confidence":0.0,"in_posture":false,"hold_ms":null,"left":null,"right":null,"technique":null,"cue":null,"placement":[],"ready_progress":0.0,"reps":[]}
            {"type":"tick","ts_ms":33,"rep_count":0,"attempt_count":0,"phase":"unknown","feedback":[],"stage":"paused","exercise_id":"squat","exercise_confidence":1.0,"progress":0.0,"confidence":0.0,"in_posture":false,"hold_ms":null,"left":null,"right":null,"technique":null,"cue":null,"placement":[],"ready_progress":0.0,"reps":[]}
            {"type":"tick","ts_ms":33,"rep_count":0,"attempt_count":0,"phase":"unknown","feedback":[],"stage":"placing","exercise_id":"squat","exercise_confidence":1.0,"progress":0.0,"confidence":0.0,"in_posture":false,"hold_ms":null,"left":null,"right":null,"technique":null,"cue":null,"placement":[],"ready_progress":0.0,"reps":[]}
            {"type":"tick","ts_ms":33,"rep_count":0,"attempt_count":0,"phase":"unknown","feedback":[],"stage":"ended","exercise_id":"squat","exercise_confidence":1.0,"progress":0.0,"confidence":0.0,"in_posture":false,"hold_ms":null,"left":null,"right":null,"technique":null,"cue":null,"placement":[],"ready_progress":0.0,"reps":[]}
            report true, close Some(Normal)
        "#]],
    );
}

#[test]
fn a_bare_frame_begins_a_set_of_an_exercise_to_be_recognized() {
    check(
        &[
            r#"{"ts_ms":33,"keypoints":{"left_shoulder":{"x":0.5,"y":0.4,"score":0.9},"left_hip":{"x":0.5,"y":0.6,"score":0.9}},"device":"mine"}"#,
        ],
        &expect![[r#"
            {"type":"tick","ts_ms":33,"rep_count":0,"attempt_count":0,"phase":"unknown","feedback":[],"stage":"working","exercise_id":null,"exercise_confidence":0.0,"progress":0.0,"confidence":0.0,"in_posture":false,"hold_ms":null,"left":null,"right":null,"technique":null,"cue":null,"placement":[],"ready_progress":1.0,"reps":[]}
        "#]],
    );
}

#[test]
fn what_is_wrong_is_named_with_a_remedy() {
    check(
        &[
            "",
            "[]",
            "nonsense",
            r#"{"type":"dance"}"#,
            r#"{"type":7}"#,
            r#"{"type":"finish"}"#,
            r#"{"type":"start","exercise_id":"tango"}"#,
            r#"{"type":"start","width":0}"#,
            r#"{"type":"start","standard":"olympic"}"#,
            r#"{"type":"start","height_cm":7}"#,
            r#"{"keypoints":{}}"#,
            r#"{"ts_ms":"now","keypoints":{}}"#,
            r#"{"ts_ms":1e300}"#,
            r#"{"ts_ms":0,"keypoints":{"left_kne":{"x":0,"y":0,"score":1}}}"#,
            r#"{"ts_ms":0,"keypoints":{"left_knee":{"x":"a","y":0,"score":1}}}"#,
            r#"{"ts_ms":0,"keypoints":{"left_knee":{"y":0,"score":1}}}"#,
            r#"{"ts_ms":0,"keypoints":{"left_knee":{"x":640,"y":0,"score":1}}}"#,
            r#"{"ts_ms":0,"keypoints":{"left_knee":{"x":NaN,"y":0,"score":1}}}"#,
            r#"{"ts_ms":0,"lm":[[0,0,0,1]]}"#,
            r#"{"ts_ms":0,"lm":[],"keypoints":{}}"#,
        ],
        &expect![[r#"
            {"type":"error","field":"message","message":"EOF while parsing a value at line 1 column 0; send one JSON object such as {\"ts_ms\": 33, \"keypoints\": {\"left_knee\": {\"x\": 0.5, \"y\": 0.7, \"score\": 0.9}}}"}
            {"type":"error","field":"message","message":"invalid length 1, expected struct Fields with 13 elements at line 1 column 2; send one JSON object such as {\"ts_ms\": 33, \"keypoints\": {\"left_knee\": {\"x\": 0.5, \"y\": 0.7, \"score\": 0.9}}}"}
            {"type":"error","field":"message","message":"expected ident at line 1 column 2; send one JSON object such as {\"ts_ms\": 33, \"keypoints\": {\"left_knee\": {\"x\": 0.5, \"y\": 0.7, \"score\": 0.9}}}"}
            {"type":"error","field":"type","message":"there is no message `dance`; send start, pause, resume, finish, ping, or a frame, which has no type"}
            {"type":"error","field":"type","message":"`7` is not text"}
            {"type":"error","field":"type","message":"there is no set to finish; send start or a frame first"}
            {"type":"error","field":"exercise_id","message":"there is no exercise `tango`; known are auto, alternating_bicep_curl, barbell_squat, bicep_curl, bird_dog, deadlift, dip, glute_bridge, goblet_squat, incline_push_up, jumping_jack, lateral_raise, lunge, plank, pull_up, push_up, romanian_deadlift, shoulder_press, sit_up, squat"}
            {"type":"error","field":"width","message":"`0` is no picture size; give 1 to 16384 pixels"}
            {"type":"error","field":"standard","message":"there is no standard `olympic`; use default or strict"}
            {"type":"error","field":"height_cm","message":"`7` is no body height; give 50 to 260 centimetres"}
            {"type":"error","field":"ts_ms","message":"it is missing; give the frame's time in milliseconds, such as 33"}
            {"type":"error","field":"ts_ms","message":"`\"now\"` is not a number"}
            {"type":"error","field":"ts_ms","message":"`1e300` is no time in milliseconds"}
            {"type":"error","field":"keypoints.left_kne","message":"it is no landmark of MediaPipe's; known are nose, left_eye_inner, left_eye, left_eye_outer, right_eye_inner, right_eye, right_eye_outer, left_ear, right_ear, mouth_left, mouth_right, left_shoulder, right_shoulder, left_elbow, right_elbow, left_wrist, right_wrist, left_pinky, right_pinky, left_index, right_index, left_thumb, right_thumb, left_hip, right_hip, left_knee, right_knee, left_ankle, right_ankle, left_heel, right_heel, left_foot_index, right_foot_index"}
            {"type":"error","field":"keypoints.left_knee.x","message":"`\"a\"` is not a number"}
            {"type":"error","field":"keypoints.left_knee.x","message":"it is missing; give a number"}
            {"type":"error","field":"keypoints.left_knee.x","message":"`640` is too large: x and y are fractions of the image, 0 to 1, not pixels"}
            {"type":"error","field":"message","message":"expected value at line 1 column 42; send one JSON object such as {\"ts_ms\": 33, \"keypoints\": {\"left_knee\": {\"x\": 0.5, \"y\": 0.7, \"score\": 0.9}}}"}
            {"type":"error","field":"lm","message":"it has 1 rows; give 33 as MediaPipe does, or 17 as COCO does"}
            {"type":"error","field":"lm","message":"send either `keypoints` or `lm`, not both"}
        "#]],
    );
}

#[test]
fn a_client_that_never_learns_is_told_to_go() {
    let mut protocol = protocol();
    for n in 1..=100 {
        let close = protocol.receive("{").close;
        assert_eq!(close, (n == 100).then_some(Close::TooManyErrors), "error {n}");
    }
}

#[test]
fn a_message_has_a_largest_size() {
    let long = format!(r#"{{"ts_ms":0,"note":"{}"}}"#, "x".repeat(70_000));
    let reply = protocol().receive(&long);
    assert!(reply.messages[0].contains("at most 65536 bytes"), "{}", reply.messages[0]);
}

#[test]
fn a_session_is_resumed_with_its_count() {
    let mut protocol = protocol();
    let start = r#"{"type":"start","exercise_id":"squat","session":"abc"}"#;
    protocol.receive(start);
    assert_eq!(wire::live::session_asked_for(start).as_deref(), Some("abc"));
    assert_eq!(wire::live::session_asked_for(r#"{"ts_ms":0}"#), None);
    assert_eq!(
        protocol.resumed(),
        r#"{"type":"started","session":"abc","exercise_id":"squat","resumed":true,"rep_count":0}"#
    );
}
