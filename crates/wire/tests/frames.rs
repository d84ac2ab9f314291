//! What opens a stream of pictures, and what stands before each.

use wire::frames::{FoundPose, FramesAnswer, PoseNetwork, StartFrames, time_of_frame};

/// The sides announced, or the complaint.
fn start(text: &str, expected: &str) {
    let told = match StartFrames::read(text, 1920) {
        Ok(start) => format!("{}×{} {:?}", start.longer, start.shorter, start.network),
        Err(error) => error.to_string(),
    };
    assert!(told.starts_with(expected), "{text}: {told}");
}

#[test]
fn only_a_start_with_consent_opens_a_stream() {
    start(r#"{"type":"start","consent":true,"width":640,"height":480}"#, "640×480 Full");
    start(r#"{"type":"start","consent":true,"width":480.0,"height":640,"more":1}"#, "640×480 Full");
    let sized = |network: &str| {
        format!(
            r#"{{"type":"start","consent":true,"width":640,"height":480,"network":"{network}"}}"#
        )
    };
    start(&sized("lite"), "640×480 Lite");
    start(&sized("full"), "640×480 Full");
    start(&sized("huge"), "`network`: it must be `lite` or `full`");
    let agreed = "`consent`: it must be `true`: pictures are looked at only when";
    start(r#"{"type":"start","width":640,"height":480}"#, agreed);
    start(r#"{"type":"start","consent":false,"width":640,"height":480}"#, agreed);
    start(r#"{"type":"start","consent":null,"width":640,"height":480}"#, agreed);
    start(r#"{"type":"start","consent":"true","width":640,"height":480}"#, "`message`: invalid");
    start(r#"{"consent":true,"width":640,"height":480}"#, "`type`: it must be `start`, as in");
    start(r#"{"type":"ping"}"#, "`type`: it must be `start`");
    start("", "`message`: EOF");
    start("[]", "`message`: invalid");
    let sides = "it must be whole pixels from 16 to 1920";
    start(r#"{"type":"start","consent":true,"height":480}"#, &format!("`width`: {sides}"));
    for height in ["15", "1921", "-640", "640.5", "1e30"] {
        let text = format!(r#"{{"type":"start","consent":true,"width":640,"height":{height}}}"#);
        start(&text, &format!("`height`: {sides}"));
    }
}

#[test]
fn a_picture_may_be_turned_but_not_larger_than_announced() {
    let start = StartFrames { longer: 640, shorter: 480, network: PoseNetwork::Full };
    for (width, height) in [(640, 480), (480, 640), (16, 16)] {
        assert_eq!(start.admits(width, height), Ok(()));
    }
    for (width, height) in [(641, 480), (640, 481), (480, 641), (15, 480)] {
        let error = start.admits(width, height).unwrap_err();
        assert!(error.message.contains(&format!("{width}×{height}")), "{error}");
    }
}

#[test]
fn times_are_little_endian_doubles() {
    let message = |ts_ms: f64| [&ts_ms.to_le_bytes()[..], b"JPEG"].concat();
    for ts_ms in [0.0, 33.366, -5.0, 1e13] {
        assert_eq!(time_of_frame(&message(ts_ms)), Ok(ts_ms));
    }
    for ts_ms in [f64::NAN, f64::INFINITY, 1e15] {
        assert_eq!(time_of_frame(&message(ts_ms)).unwrap_err().field, "ts_ms");
    }
    for n in 0..8 {
        assert_eq!(time_of_frame(&vec![0; n]).unwrap_err().field, "frame");
    }
}

#[test]
fn answers_read_as_documented() {
    let check = |answer: &FramesAnswer, expected: &str| {
        assert_eq!(serde_json::to_string(answer).unwrap(), expected);
    };
    let pose =
        |pose| FramesAnswer::Pose { ts_ms: 33.5, width: 640, height: 480, took_ms: 9.0, pose };
    let head = r#"{"type":"pose","ts_ms":33.5,"width":640,"height":480,"took_ms":9.0,"pose":"#;
    check(&pose(None), &format!("{head}null}}"));
    let found = FoundPose { lm: vec![[0.1, 0.2, -0.3, 1.0]], world: vec![[0.0, 0.5, 1.0]] };
    check(
        &pose(Some(found)),
        &format!(r#"{head}{{"lm":[[0.1,0.2,-0.3,1.0]],"world":[[0.0,0.5,1.0]]}}}}"#),
    );
    check(&FramesAnswer::Skipped { ts_ms: 1.0 }, r#"{"type":"skipped","ts_ms":1.0}"#);
    check(
        &FramesAnswer::Started { max_frame_bytes: 9 },
        r#"{"type":"started","max_frame_bytes":9}"#,
    );
    let (field, message) = ("frame".to_owned(), "no".to_owned());
    check(
        &FramesAnswer::Error { field, message, ts_ms: None },
        r#"{"type":"error","field":"frame","message":"no"}"#,
    );
}
