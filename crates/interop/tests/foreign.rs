//! Files of other programs, written by hand in their forms, and what is read of them.
//!
//! `UPDATE_EXPECT=1 cargo test -p interop` writes the text beside each file anew.

mod support;

use expect_test::{ExpectFile, expect_file};
use interop::{Choice, DateOrder, LoadUnit, Options, Question, read};
use support::{CATALOG, options, told};

fn check(bytes: &[u8], options: &Options, expected: &ExpectFile) {
    let preview = read(bytes, &CATALOG, options).expect("a file that is read");
    expected.assert_eq(&told(&preview));
}

#[test]
fn strong_with_semicolons_notes_and_rest_timers() {
    check(include_bytes!("files/strong.csv"), &options(), &expect_file!["files/strong.txt"]);
}

#[test]
fn strong_of_old_asks_for_the_unit() {
    let bytes = include_bytes!("files/strong_old.csv");
    let asked = read(bytes, &CATALOG, &options()).expect("a file that is read");
    assert!(asked.questions.contains(&Question::LoadUnit));
    assert_eq!(asked.clone().accept(), Err(asked.questions));
    let mut options = options();
    options.load_unit = Some(LoadUnit::Pounds);
    options.choices.insert("Cycling".to_owned(), Choice::Custom);
    check(bytes, &options, &expect_file!["files/strong_old.txt"]);
    let accepted = read(bytes, &CATALOG, &options).expect("a file").accept().expect("answered");
    let custom: Vec<_> = accepted.custom.iter().map(|(id, name)| (id.as_str(), name)).collect();
    assert_eq!(custom, [("custom_cycling", &"Cycling".to_owned())]);
}

#[test]
fn hevy_with_supersets_and_lines_in_notes() {
    check(include_bytes!("files/hevy.csv"), &options(), &expect_file!["files/hevy.txt"]);
}

#[test]
fn hevy_in_pounds_and_in_portuguese() {
    check(include_bytes!("files/hevy_lbs.csv"), &options(), &expect_file!["files/hevy_lbs.txt"]);
}

#[test]
fn fitnotes_is_a_session_a_day() {
    check(include_bytes!("files/fitnotes.csv"), &options(), &expect_file!["files/fitnotes.txt"]);
}

#[test]
fn stronglifts_means_a_barbell_and_keeps_failed_sets() {
    let bytes = include_bytes!("files/stronglifts.csv");
    check(bytes, &options(), &expect_file!["files/stronglifts.txt"]);
}

#[test]
fn a_table_of_ones_own_in_german() {
    check(include_bytes!("files/table_de.csv"), &options(), &expect_file!["files/table_de.txt"]);
}

#[test]
fn a_table_of_ones_own_asks_what_it_does_not_say() {
    let bytes = include_bytes!("files/table_us.csv");
    let asked = read(bytes, &CATALOG, &options()).expect("a file that is read");
    assert_eq!(asked.questions, [Question::LoadUnit, Question::DateOrder]);
    let mut options = options();
    options.load_unit = Some(LoadUnit::Pounds);
    options.date_order = Some(DateOrder::MonthFirst);
    check(bytes, &options, &expect_file!["files/table_us.txt"]);
}

#[test]
fn columns_that_are_not_known_are_mapped_by_the_person() {
    let bytes = b"when,what,how heavy,how often\n2025-01-08,Deadlift,100 kg,5\n";
    let asked = read(bytes, &CATALOG, &options()).expect("a table");
    assert_eq!(asked.questions, [Question::Columns]);
    assert_eq!(asked.columns.len(), 4);
    let mut options = options();
    for (header, column) in [
        ("when", interop::Column::Start),
        ("what", interop::Column::Exercise),
        ("how heavy", interop::Column::Load),
        ("how often", interop::Column::Reps),
    ] {
        options.columns.insert(header.to_owned(), column);
    }
    let read = read(bytes, &CATALOG, &options).expect("a table").accept().expect("answered");
    assert_eq!(read.sessions[0].sets[0].load_g, Some(100_000));
}

#[test]
fn the_same_file_again_and_a_longer_one_bring_the_same_ids() {
    let ids = |text: &str, options: &Options| {
        let preview = read(text.as_bytes(), &CATALOG, options).expect("a file that is read");
        let sets = preview.sessions.iter().flat_map(|session| &session.sets);
        let sets: Vec<_> = sets.map(|set| set.id).collect();
        let sessions: Vec<_> = preview.sessions.iter().map(|session| session.id).collect();
        (sessions, sets)
    };
    let whole = include_str!("files/strong.csv");
    let (sessions, sets) = ids(whole, &options());
    assert_eq!(ids(whole, &options()), (sessions.clone(), sets.clone()));
    // Another zone, a session less, and an exercise that was skipped: no id changes.
    let mut elsewhere = options();
    elsewhere.zone = jiff::tz::TimeZone::UTC;
    elsewhere.choices.insert("Pull Up (Assisted)".to_owned(), Choice::Skip);
    let shorter: Vec<&str> = whole.lines().filter(|line| !line.starts_with("\"2\"")).collect();
    let (fewer_sessions, fewer_sets) = ids(&shorter.join("\n"), &elsewhere);
    assert_eq!(fewer_sessions, sessions[..1]);
    assert_eq!(fewer_sets.len(), 5);
    assert!(fewer_sets.iter().all(|id| sets.contains(id)));
}
