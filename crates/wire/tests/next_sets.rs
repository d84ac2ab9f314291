//! What is told about the next set, question by question. `cargo xtask parity` asks the same in WASM.

use std::fmt::Write as _;

use expect_test::expect_file;
use units::Language;
use wire::sessions::NextSetAsked;

#[test]
fn each_question_has_its_answer() {
    let mut told = String::new();
    for question in include_str!("next_sets.jsonl").lines() {
        for language in [Language::English, Language::German] {
            let answer = NextSetAsked::answer(question, language).map_or_else(
                |error| error.to_string(),
                |answer| serde_json::to_string_pretty(&answer).expect("JSON"),
            );
            writeln!(told, "{answer}").expect("memory");
        }
    }
    expect_file!["next_sets.expected.txt"].assert_eq(&told);
}

#[test]
fn what_is_no_question_is_told() {
    let first = include_str!("next_sets.jsonl").lines().next().expect("a question");
    let check = |from: &str, to: &str, expected: &str| {
        assert!(first.contains(from), "{from}");
        let asked = first.replacen(from, to, 1);
        let error = NextSetAsked::answer(&asked, Language::English).expect_err(to).to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("\"sets\": []", "\"weight\": 3", "unknown field `weight`");
    check("\"kit\": [\"barbell\"", "\"kit\": [\"anvil\"", "unknown variant `anvil`");
    check("\"reps_low\": 8", "\"reps_low\": null", "either `reps_low`");
    check("\"bars_kg\": [20.0]", "\"bars_kg\": [0.0]", "1 to 8 bars");
    check("{", "[", "is no NextSetAsked");
}
