//! What is said about input that cannot be analyzed, and wrong usage.

use std::fs;

use expect_test::{Expect, expect};

use crate::{CURL, analyze_curl, check, folder, gzip, spotter};

#[test]
fn repetitions_are_repeated_as_reference_only_in_threes() {
    check(
        &[],
        &analyze_curl(&["--reference", CURL]),
        &expect![[r#"
            exit 1
            error: `curl.jsonl.gz` is no usable reference: `frames`: they show 1 repetition of `bicep_curl` that meet the standard; a reference needs three to five good ones
        "#]],
    );
}

#[test]
fn bad_templates_say_what_is_wrong() {
    let cases: [(&str, Expect); 5] = [
        (
            r#"{"id":"a","exercise_id":"bicep_curl","fps":0,"joint_angles":[1,2,3,4]}"#,
            expect![[r#"
            exit 1
            error: `bad.json` is no usable ReferenceTemplate: `fps`: `0` is not a frame rate from 1 to 1000
        "#]],
        ),
        (
            r#"{"id":"a","exercise_id":"bicep_curl","fps":30,"joint_angles":[1,2]}"#,
            expect![[r#"
            exit 1
            error: `bad.json` is no usable ReferenceTemplate: `joint_angles`: it has 2 angles; one repetition has at least 4
        "#]],
        ),
        (
            r#"{"id":"a","exercise_id":"bicep_curl","fps":30,"joint_angles":[1,2,3,4],"phase_labels":["up"]}"#,
            expect![[r#"
            exit 1
            error: `bad.json` is no usable ReferenceTemplate: `phase_labels`: it has 1 labels for 4 angles; give one each, or none
        "#]],
        ),
        (
            r#"{"id":"a","exercise_id":"squat","fps":30,"joint_angles":[170,90,80,170]}"#,
            expect![[r#"
            exit 1
            error: the reference is for `squat` but the set is judged as `bicep_curl`: pass --exercise squat or another reference
        "#]],
        ),
        (
            "hello",
            expect![[r#"
            exit 1
            error: `bad.json` is neither a ReferenceTemplate nor a landmark stream of repetitions: expected value at line 1 column 1
        "#]],
        ),
    ];
    for (text, expected) in cases {
        check(
            &[("bad.json", text.as_bytes())],
            &analyze_curl(&["--reference", "bad.json"]),
            &expected,
        );
    }
}

#[test]
fn bad_streams_say_where() {
    let curl = fs::read(CURL).unwrap();
    let nobody = "{\"t_ms\":0}\n{\"t_ms\":33}\n";
    let cases: [(&str, Vec<u8>, Expect); 8] = [
        (
            "empty.jsonl",
            Vec::new(),
            expect![[r#"
            exit 1
            error: `empty.jsonl` is not a landmark stream: the stream has no frames; record one with `spotter analyze VIDEO --save-poses FILE.jsonl.gz`
        "#]],
        ),
        (
            "empty.jsonl.gz",
            gzip(b""),
            expect![[r#"
            exit 1
            error: `empty.jsonl.gz` is not a landmark stream: the stream has no frames; record one with `spotter analyze VIDEO --save-poses FILE.jsonl.gz`
        "#]],
        ),
        (
            "text.jsonl",
            b"hello\n".to_vec(),
            expect![[r#"
            exit 1
            error: `text.jsonl` is not a landmark stream: line 1: expected value at line 1 column 1; each line must be one JSON object such as `{"t_ms": 33.3, "lm": [[x, y, z, visibility], …]}`
        "#]],
        ),
        (
            "bytes.jsonl",
            vec![0xff, 0xfe, 0, 1],
            expect![[r#"
            exit 1
            error: `bytes.jsonl` is not a landmark stream: line 1: it is not text
        "#]],
        ),
        (
            "cut.jsonl.gz",
            curl[..curl.len() / 2].to_vec(),
            expect![[r#"
            exit 1
            error: `cut.jsonl.gz` is not a landmark stream: line 73: the gzip data is cut off
        "#]],
        ),
        (
            "damaged.jsonl.gz",
            [&curl[..10], &[0xff; 40]].concat(),
            expect![[r#"
            exit 1
            error: `damaged.jsonl.gz` is not a landmark stream: line 1: it cannot be unpacked: corrupt deflate stream
        "#]],
        ),
        (
            "shape.jsonl",
            b"{\"t_ms\":0}\n{\"t_ms\":33,\"lm\":[[0.5,0.5,0.0,1.0]]}\n".to_vec(),
            expect![[r#"
            exit 1
            error: `shape.jsonl` is not a landmark stream: line 2: `lm` has 1 rows, not 33 or 17; each line must be one JSON object such as `{"t_ms": 33.3, "lm": [[x, y, z, visibility], …]}`
        "#]],
        ),
        (
            "nobody.jsonl.gz",
            gzip(nobody.as_bytes()),
            expect![[r#"
            exit 1
            error: nobody is to be seen in `nobody.jsonl.gz` (2 frames): film the whole body, in light, from 2 to 4 metres away
        "#]],
        ),
    ];
    for (name, bytes, expected) in cases {
        check(
            &[(name, &bytes)],
            &["analyze", "--poses", name, "--width", "640", "--height", "480"],
            &expected,
        );
    }
}

#[test]
fn missing_files_are_named() {
    check(
        &[],
        &["analyze", "nowhere.mp4"],
        &expect![[r#"
        exit 1
        error: no such file: `nowhere.mp4`
    "#]],
    );
    check(
        &[],
        &["analyze", "--poses", "nowhere.jsonl", "--width", "640", "--height", "480"],
        &expect![[r#"
        exit 1
        error: no such file: `nowhere.jsonl`
    "#]],
    );
    check(
        &[("empty.mp4", b"")],
        &["analyze", "empty.mp4"],
        &expect![[r#"
        exit 1
        error: `empty.mp4` is not a video that ffmpeg can read (the file is empty): convert it to MP4 or check that it is complete
    "#]],
    );
}

#[test]
fn wrong_usage_exits_with_2() {
    for args in [
        &["analyze"][..],
        &["analyze", "a.mp4", "--poses", "b.jsonl"],
        &["analyze", "--poses", CURL],
        &["analyze", "--poses", CURL, "--width", "0", "--height", "480"],
        &["analyze", "a.mp4", "--standard", "lenient"],
        &["analyze", "a.mp4", "--height-cm", "1.7"],
        &["serve", "--no-such-flag"],
    ] {
        assert_eq!(spotter(&folder("usage"), args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn an_unknown_exercise_id_lists_the_known_ones() {
    let output = spotter(&folder("usage"), &analyze_curl(&["--exercise", "sqat"]));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("no exercise `sqat`") && said.contains("push_up"), "{said}");
}

#[test]
fn no_output_takes_the_place_of_an_input_or_of_another_output() {
    let folder = folder("outputs");
    let check = |args: &[&str], status: i32, part: &str| {
        fs::copy(CURL, folder.join("mine.jsonl.gz")).unwrap();
        let size = ["--poses", "mine.jsonl.gz", "--width", "432", "--height", "768"];
        let output = spotter(&folder, &[&["analyze"], &size[..], args].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(status) && said.contains(part), "{args:?}: {said}");
        assert_eq!(fs::read(folder.join("mine.jsonl.gz")).unwrap(), fs::read(CURL).unwrap());
        String::from_utf8(output.stdout).unwrap()
    };
    check(&["--html", "mine.jsonl.gz"], 1, "would be overwritten");
    check(&["--html", "./mine.jsonl.gz"], 1, "would be overwritten");
    fs::write(folder.join("mine.mp4"), "a video").unwrap();
    let apart = ["analyze", "mine.mp4", "--html", "a.html", "--save-poses", "a.html"];
    let output = spotter(&folder, &apart);
    assert!(String::from_utf8(output.stderr).unwrap().contains("would be overwritten"));
    let sized = spotter(&folder, &["analyze", "mine.mp4", "--width", "100", "--height", "100"]);
    assert!(String::from_utf8(sized.stderr).unwrap().contains("a video knows its own size"));
    // The report stands even where the page cannot be kept.
    let told = check(&["--html", "/dev/full/x.html"], 1, "cannot be written");
    assert!(told.is_empty(), "found out before the work: {told}");
    fs::create_dir_all(folder.join("page.html.unfinished")).unwrap();
    let told = check(&["--html", "page.html"], 1, "cannot be written");
    assert!(told.contains("curl"), "{told}");
    assert!(!folder.join("page.html").exists());
}
