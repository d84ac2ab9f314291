//! What is told about a recording that can be analyzed.

use std::fs;

use expect_test::expect;
use serde_json::Value;

use crate::{CURL, SIZE, folder, spotter};

/// Somebody who stands still for three seconds.
pub(crate) fn standing() -> Vec<u8> {
    // Nose, eyes, ears, mouth, then left and right of shoulder, elbow, wrist, three fingers, hip, knee, ankle, heel, toe.
    let heights = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12, 0.12];
    let limbs = [0.2, 0.33, 0.45, 0.47, 0.47, 0.47, 0.5, 0.7, 0.9, 0.92, 0.92];
    let middle = heights.map(|y| format!("[0.5,{y},0,1]"));
    let pairs = limbs.map(|y| format!("[0.55,{y},0,1],[0.45,{y},0,1]"));
    let landmarks = [middle.join(","), pairs.join(",")].join(",");
    (0..90)
        .map(|k| format!("{{\"t_ms\":{},\"lm\":[{landmarks}]}}\n", k * 33))
        .collect::<String>()
        .into_bytes()
}

/// The shape of a JSON value: numbers become their kind, lists their first element, so that tuning the engine does not
/// change it.
fn shape(value: &Value, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::Object(_) => {
                        *out += &format!("{pad}{name}:\n");
                        shape(value, indent + 1, out);
                    }
                    Value::Array(items) => {
                        *out += &format!("{pad}{name}: list\n");
                        if let Some(first) = items.first().filter(|item| item.is_object()) {
                            shape(first, indent + 1, out);
                        }
                    }
                    _ => *out += &format!("{pad}{name}: {}\n", kind(value)),
                }
            }
        }
        _ => *out += &format!("{pad}{}\n", kind(value)),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "whole number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn json(args: &[&str]) -> Value {
    let mut all = vec!["analyze", "--poses", CURL, "--json"];
    all.extend(SIZE);
    all.extend(args);
    let output = spotter(&folder("json"), &all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        output.stdout.iter().filter(|&&byte| byte == b'\n').count(),
        1,
        "one line, nothing else"
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn json_has_the_documented_shape() {
    let report = json(&[]);
    let mut out = String::new();
    shape(&report, 0, &mut out);
    expect![[r#"
        assumptions: list
        attempts: whole number
        camera_advice: list
        consistency: null
        detected_exercise: text
        detection_confidence: number
        duration_ms: whole number
        effort: null
        exercise: text
        frames: whole number
        frames_with_person: whole number
        hold_breaks: null
        hold_ms: null
        issues: list
        left: null
        processing:
          fps: number
          network: null
          runtime: null
        reference: text
        rep_list: list
          confidence: number
          counted: bool
          end_ms: whole number
          mean_concentric_speed: number
          number: whole number
          peak_speed: number
          reasons: list
          rom_deg: number
          score: number
          score_parts:
            depth: number
            shape: number
            smoothness: number
            symmetry: null
            tempo: number
          side: text
          start_ms: whole number
          tempo_s:
            bottom: number
            concentric: number
            eccentric: number
            top: number
          turn_ms: whole number
        reps: whole number
        right: null
        score: number
        standard:
          name: text
          source: text
        tips: list
        view:
          angle_interval_deg: number
          interval: number
          yaw_deg: number
        warnings: list
    "#]]
    .assert_eq(&out);
}

#[test]
fn json_tells_what_was_done() {
    let report = json(&[]);
    let rep = &report["rep_list"][0];
    let told = format!(
        "{} {} frames {} ms {} reps {} attempts {}; rep {} {} counted {}",
        report["exercise"],
        report["detected_exercise"],
        report["frames"],
        report["duration_ms"],
        report["reps"],
        report["attempts"],
        rep["number"],
        rep["side"],
        rep["counted"]
    );
    expect![[r#""bicep_curl" "bicep_curl" frames 144 ms 4800 reps 1 attempts 0; rep 1 "both" counted true"#]].assert_eq(&told);
}

#[test]
fn the_detected_exercise_is_told_although_another_was_asked_for() {
    let report = json(&["--exercise", "squat"]);
    assert_eq!(
        (report["exercise"].as_str(), report["detected_exercise"].as_str()),
        (Some("squat"), Some("bicep_curl"))
    );
}

#[test]
fn an_alias_names_an_exercise() {
    assert_eq!(json(&["--exercise", "ex_squat"])["exercise"], "squat");
}

#[test]
fn speeds_grow_with_the_body_height() {
    let speed =
        |cm: &str| json(&["--height-cm", cm])["rep_list"][0]["peak_speed"].as_f64().unwrap();
    let ratio = speed("200") / speed("100");
    assert!((ratio - 2.0).abs() < 0.05, "{ratio}");
}

#[test]
fn an_unknown_exercise_is_reported_honestly() {
    let folder = folder("unknown");
    fs::write(folder.join("standing.jsonl"), standing()).unwrap();
    let args =
        ["analyze", "--poses", "standing.jsonl", "--width", "600", "--height", "800", "--json"];
    let output = spotter(&folder, &args);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = format!(
        "{} {} {} {}",
        output.status, report["exercise"], report["reps"], report["tips"][0]
    );
    expect![[r#"exit status: 0 "unknown" 0 "Name the exercise with --exercise ID; `spotter exercises` lists them.""#]].assert_eq(&told);
}

#[test]
fn the_page_is_self_contained_and_escaped() {
    let folder = folder("page");
    let name = "<script>alert(1)</script>.jsonl.gz".replace('/', "\u{2215}");
    fs::copy(CURL, folder.join(&name)).unwrap();
    let mut args = vec!["analyze", "--poses", &name, "--html", "report.html"];
    args.extend(SIZE);
    let output = spotter(&folder, &args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    let linked = page.replace("http://www.w3.org/2000/svg", "");
    for banned in [
        "http:", "https:", "<script", "<link", "<img", "<image", " src=", "href=", "url(",
        "@import", "data:",
    ] {
        assert!(!linked.contains(banned), "the page has `{banned}`");
    }
    for wanted in ["Biceps curl", "default-src 'none'", "&lt;script&gt;", "How sure is this?"] {
        assert!(page.contains(wanted), "the page lacks `{wanted}`");
    }
}

#[test]
fn nothing_is_colored_in_a_pipe() {
    let mut args = vec!["analyze", "--poses", CURL];
    args.extend(SIZE);
    let output = spotter(&folder("plain"), &args);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains('\u{1b}') && output.stderr.is_empty());
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 80, "{widest} columns");
}

#[test]
fn a_template_becomes_the_reference() {
    let template = r#"{"id":"mine","exercise_id":"bicep_curl","fps":10,"joint_angles":[160,120,60,40,60,120,160],"phase_labels":[],"metadata":{"by":"me"}}"#;
    let folder = folder("template");
    fs::write(folder.join("mine.json"), template).unwrap();
    let path = folder.join("mine.json");
    assert_eq!(
        json(&["--reference", path.to_str().unwrap()])["reference"],
        "reference template `mine`"
    );
}

#[test]
fn exercises_are_listed() {
    let output = spotter(&folder("usage"), &["exercises"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.lines().count() > 15, "{said}");
    assert!(
        said.lines().any(|line| line.starts_with("push_up ") && line.contains("Push-up")),
        "{said}"
    );
}

#[test]
fn findings_and_tips_are_german_when_asked_to() {
    let args = ["--exercise", "squat", "--standard", "strict"];
    let english = json(&args);
    let german = json(&[&args[..], &["--lang", "de"]].concat());
    for part in ["/tips/0", "/standard/source", "/reference", "/assumptions/0"] {
        let [before, after] = [&english, &german].map(|report| report.pointer(part));
        assert_ne!(before, after, "{part}: {before:?}");
    }
    assert_eq!(english["reps"], german["reps"]);
}
