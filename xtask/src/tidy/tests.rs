//! Each rule on the smallest input that shows it, and all of them on the repository itself.

use serde_json::json;

use super::*;

#[test]
fn the_repository_is_tidy() {
    let complaints = complaints().unwrap();
    let errors: Vec<_> =
        complaints.iter().filter(|complaint| matches!(complaint, Complaint::Error(_))).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn imports_only_point_down() {
    check_imports("motion", &["units"], &[], "");
    check_imports("motion", &["units"], &["testkit"], "");
    check_imports("app", &["units", "motion", "vision"], &[], "");
    check_imports(
        "body",
        &["motion"],
        &[],
        "error: `body` must not import `motion`: the floors have no such arrow",
    );
    check_imports(
        "units",
        &[],
        &["body"],
        "error: tests of `units` must not import `body`: the floors have no such arrow",
    );
    check_imports(
        "app",
        &["testkit"],
        &[],
        "error: `app` must not import `testkit`: the floors have no such arrow",
    );
    check_imports(
        "gadget",
        &[],
        &[],
        "error: crate `gadget` is not in the table of floors; see ARCHITECTURE.md and xtask/src/tidy/imports.rs",
    );
}

#[test]
fn a_file_opens_with_its_purpose_has_a_name_and_ends_in_time() {
    check_file("a/rep.rs", "//! Reps.\n", "");
    check_file(
        "a/rep.rs",
        "use std::fs;\n",
        "error: a/rep.rs: does not open with `//!`: what this is, in plain words",
    );
    check_file(
        "a/utils.rs",
        "//! Odds.\n",
        "error: a/utils.rs: `utils` says nothing; name the idea",
    );
    check_file(
        "a/common/rep.ts",
        "",
        "error: a/common/rep.ts: `common` says nothing; name the idea",
    );
    check_file("docs/common.md", "", "");
    check_file("a/b.rs", &"//!\n".repeat(400), "");
    check_file(
        "a/b.rs",
        &"//!\n".repeat(401),
        "warning: a/b.rs: 401 lines; look for the second idea hiding in it",
    );
    check_file(
        "a/b.rs",
        &"//!\n".repeat(601),
        "error: a/b.rs: 601 lines; look for the second idea hiding in it",
    );
}

#[test]
fn media_weights_and_giants_stay_out_of_git() {
    check_file(
        "a/squat.mp4",
        "",
        "error: a/squat.mp4: media, weights and built modules do not belong in git",
    );
    check_file(
        "a/net.onnx",
        "",
        "error: a/net.onnx: media, weights and built modules do not belong in git",
    );
    check_file("docs/pictures/report.png", "", "");
    check_file(
        "a/big.json",
        &"x".repeat(1_500_001),
        "error: a/big.json: 1500001 bytes is more than the 1500000 a file may have",
    );
}

#[test]
fn crates_have_no_version_and_are_not_published() {
    check_package("0.0.0", Some(&[]), "");
    check_package("0.1.0", Some(&[]), r#"error: crate "motion" has version "0.1.0", not "0.0.0""#);
    check_package("0.0.0", None, r#"error: crate "motion" lacks `publish.workspace = true`"#);
}

#[test]
fn banned_words_are_found_where_they_count() {
    check_words(
        "a.md",
        "Knees in: a high Injury Risk.",
        "error: a.md:1: not `injury risk` but the measured deviation: we make no medical claims",
    );
    check_words(
        "a.rs",
        "\nlet weight_kg = 20.0;",
        "error: a.rs:2: not `weight_kg` but `load_kg` (lifted) or `body_mass_kg`",
    );
    check_words(
        "a.rs",
        "struct Set {",
        "error: a.rs:1: not `struct Set` but `PlannedSet` or `PerformedSet`",
    );
    check_words("a.rs", "struct Settings {", "");
    check_words("a.rs", "let x = 1; // The centre of mass.", "");
    check_words("a.rs", r#"parse("weight_kg")"#, "");
    check_words("a.md", "`weight_kg` is their name for it", "");
    check_words("docs/glossary.md", "never say injury risk", "");
}

#[test]
fn the_docs_index_lists_every_page_and_no_other() {
    check_index("- [Style](style.md)\n", &["docs/style.md"], "");
    check_index("- [Site](https://a.b/c.md) [Up](../README.md)\n", &[], "");
    check_index("", &["docs/adr/0001-a.md"], "error: docs/README.md does not list `adr/0001-a.md`");
    check_index(
        "- [Old](old.md#part)\n",
        &[],
        "error: docs/README.md lists `old.md`, which is not there",
    );
    check_index("", &["docs/pictures/report.png"], "");
}

fn check_imports(name: &str, to: &[&str], dev: &[&str], expected: &str) {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let from =
        imports::Crate { name: name.to_owned(), imports: owned(to), dev_imports: owned(dev) };
    assert_eq!(shown(&imports::check(&[from])), expected);
}

fn check_file(path: &str, text: &str, expected: &str) {
    assert_eq!(shown(&files::check(&source(path, text))), expected);
}

fn check_package(version: &str, publish: Option<&[&str]>, expected: &str) {
    let package = json!({ "name": "motion", "version": version, "publish": publish });
    assert_eq!(shown(&Vec::from_iter(files::check_package(&package))), expected);
}

fn check_words(path: &str, text: &str, expected: &str) {
    assert_eq!(shown(&words::check(&source(path, text))), expected);
}

fn check_index(index: &str, pages: &[&str], expected: &str) {
    let mut files = vec![source("docs/README.md", index)];
    files.extend(pages.iter().map(|page| source(page, "")));
    assert_eq!(shown(&docs_index::check(&files)), expected);
}

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), n_bytes: text.len() as u64, text: Some(text.to_owned()) }
}

fn shown(complaints: &[Complaint]) -> String {
    let lines = complaints.iter().map(|complaint| match complaint {
        Complaint::Error(text) => format!("error: {text}"),
        Complaint::Warning(text) => format!("warning: {text}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
