//! Files that are broken or made to break things: whatever they hold, the answer is a preview or a refusal, soon.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use interop::{
    At, Choice, Error, Format, LoadUnit, MOST_BYTES, Named, WarningKind, read, write_csv,
    write_fit, write_json,
};
use jiff::civil::date;
use proptest::collection;
use proptest::prelude::*;
use support::{CATALOG, options};
use training::athlete::{Event, Now, believable};

const STRONG: &str = "Date;Workout Name;Exercise Name;Set Order;Weight;Reps;Notes\n";

/// Good files of every format, to be broken.
fn good() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 8] = [
        include_bytes!("files/strong.csv"),
        include_bytes!("files/strong_old.csv"),
        include_bytes!("files/hevy.csv"),
        include_bytes!("files/fitnotes.csv"),
        include_bytes!("files/stronglifts.csv"),
        include_bytes!("files/table_de.csv"),
        include_bytes!("files/spotter.csv"),
        include_bytes!("files/spotter.json"),
    ];
    let mut all: Vec<Vec<u8>> = texts.into_iter().map(<[u8]>::to_vec).collect();
    let preview = read(texts[0], &CATALOG, &options()).expect("a good file");
    let none = BTreeMap::new();
    let named = Named { catalog: &CATALOG, custom: &none };
    all.push(write_csv(&preview.sessions, named));
    all.push(write_json(&preview.sessions, named));
    all.push(write_fit(&preview.sessions[0], named, &options().zone).expect("a FIT file"));
    let utf16 = include_str!("files/table_de.csv").encode_utf16().flat_map(u16::to_le_bytes);
    all.push([0xff, 0xfe].into_iter().chain(utf16).collect());
    all
}

/// Whatever comes out holds to what our types say.
fn survives(bytes: &[u8], said: Format) {
    for format in [None, Some(said)] {
        let mut options = options();
        options.format = format;
        options.load_unit = Some(LoadUnit::Pounds);
        let Ok(preview) = read(bytes, &CATALOG, &options) else { continue };
        assert!(preview.warnings.first.len() <= 100);
        assert!(preview.n_skipped <= preview.n_rows, "{}", support::told(&preview));
        for session in &preview.sessions {
            let event = Event::SessionImported(Arc::new(session.clone()));
            let then = Now { ms: options.now.as_millisecond(), today: date(2026, 8, 1) };
            assert_eq!(believable(&event, then), Ok(()), "{}", support::told(&preview));
            assert!(!session.title.chars().any(char::is_control));
        }
        // What was read can be written and read again.
        let none = BTreeMap::new();
        let named = Named { catalog: &CATALOG, custom: &none };
        let again = write_csv(&preview.sessions, named);
        let again = read(&again, &CATALOG, &options_of(Format::SpotterCsv)).expect("our own");
        assert!(again.sessions == preview.sessions, "{}", support::told(&preview));
    }
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(Format::ALL.to_vec())
}

fn options_of(format: Format) -> interop::Options {
    let mut options = options();
    options.format = Some(format);
    options
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn mutated_files_never_panic(
        which in 0..12_usize,
        changes in collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
        said in format(),
    ) {
        let mut bytes = good().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            // Bytes that mean something hurt more than others.
            bytes[at] = match byte { 0..=40 => b",;\"\n\r'=-.0"[usize::from(byte) % 10], other => other };
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes, said);
    }

    #[test]
    fn noise_never_panics(
        bytes in collection::vec(any::<u8>(), 0..2_000),
        said in format(),
    ) {
        survives(&bytes, said);
        let mut fit = b"\x0e\x20\x00\x08\x00\x01\x00\x00.FIT\x00\x00".to_vec();
        fit.extend(&bytes);
        survives(&fit, said);
        let mut json = b"{\"format\":\"spotter-sessions\",\"version\":1,\"sessions\":".to_vec();
        json.extend(&bytes);
        survives(&json, said);
    }

    #[test]
    fn any_text_in_any_column(
        cells in collection::vec(collection::vec("\\PC{0,12}", 13), 1..8),
        said in format(),
    ) {
        let mut text = include_str!("files/strong.csv").lines().next().unwrap_or_default().to_owned();
        for row in cells {
            text += "\n";
            text += &row.join(";");
        }
        survives(text.as_bytes(), said);
    }
}

#[test]
fn hostile_fields_cost_their_row_and_are_told_with_its_line() {
    let long = "x".repeat(70_000);
    let cells = "1;".repeat(300);
    let cases: [(&str, WarningKind); 14] = [
        ("2025-01-08;A;Squat;1;NaN;5;", WarningKind::NoNumber),
        ("2025-01-08;A;Squat;1;inf;5;", WarningKind::NoNumber),
        ("2025-01-08;A;Squat;1;1e308;5;", WarningKind::OutOfRange),
        ("2025-01-08;A;Squat;1;-1e308;5;", WarningKind::OutOfRange),
        ("2025-01-08;A;Squat;1;100;-5;", WarningKind::OutOfRange),
        ("2025-01-08;A;Squat;1;100;1001;", WarningKind::OutOfRange),
        ("2025-01-08;A;Squat;1;100;5.5;", WarningKind::OutOfRange),
        ("2025-01-08;A;Squat;1;=1+1;5;", WarningKind::NoNumber),
        ("2025-01-08;A;Squat;1;100;;", WarningKind::NothingDone),
        ("2025-01-08;A;;1;100;5;", WarningKind::NoExercise),
        (";A;Squat;1;100;5;", WarningKind::NoDate),
        ("0000-00-00;A;Squat;1;100;5;", WarningKind::NoDate),
        ("9999-12-31;A;Squat;1;100;5;", WarningKind::Future),
        ("1066-10-14;A;Squat;1;100;5;", WarningKind::Future),
    ];
    let long = format!("2025-01-08;A;Squat;1;100;5;{long}");
    let wide = format!("2025-01-08;A;{cells}");
    let more = [(long.as_str(), WarningKind::LongField), (wide.as_str(), WarningKind::ManyColumns)];
    for (row, kind) in cases.into_iter().chain(more) {
        let good = "2025-01-08;A;Squat;1;100;5;\n";
        let text = format!("{STRONG}{good}{row}\n{good}");
        let preview = read(text.as_bytes(), &CATALOG, &options()).expect("a file that is read");
        let told = &preview.warnings.first[0];
        assert_eq!((told.at, told.kind), (At::Line(3), kind), "{row:.60}");
        assert_eq!((preview.n_rows, preview.n_skipped), (3, 1), "{row:.60}");
        assert!(told.value.chars().count() <= 80);
    }
}

#[test]
fn what_hides_in_names_is_taken_out_and_formulas_stay_text() {
    let text = format!(
        "{STRONG}2025-01-08;=cmd|' /C calc'!A0;Sq\u{202e}tau\u{0}q;1;100;5;@SUM(A1)\u{7}\n"
    );
    let mut options = options();
    options.load_unit = Some(LoadUnit::Kilograms);
    options.choices.insert("Sqtau q".to_owned(), Choice::Custom);
    let preview = read(text.as_bytes(), &CATALOG, &options).expect("a file that is read");
    assert_eq!(preview.exercises[0].name, "Sqtau q");
    assert_eq!(preview.sessions[0].title, "=cmd|' /C calc'!A0");
    assert_eq!(preview.sessions[0].sets[0].note.as_deref(), Some("@SUM(A1)"));
    let custom = BTreeMap::new();
    let named = Named { catalog: &CATALOG, custom: &custom };
    let written = String::from_utf8(write_csv(&preview.sessions, named)).expect("UTF-8");
    assert!(written.contains(",'=cmd|") && written.contains(",'@SUM("), "{written}");
}

#[test]
fn limits_are_named() {
    let code = |bytes: &[u8]| read(bytes, &CATALOG, &options()).expect_err("too much").code();
    assert_eq!(code(&vec![b'a'; MOST_BYTES + 1]), "too_large");
    assert_eq!(code(format!("{}\n", "a,".repeat(300)).as_bytes()), "too_many_columns");
    let mut names = STRONG.to_owned();
    for n in 0..2_001 {
        writeln!(names, "2025-01-08;A;Exercise {n};1;100;5;").expect("memory");
    }
    assert_eq!(code(names.as_bytes()), "too_many_names");
    let mut sets = STRONG.to_owned();
    for n in 0..200_001 {
        let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
        writeln!(sets, "20{:02}-{month:02}-{day:02};;Squat;;9;5;", n % 20).expect("memory");
    }
    assert_eq!(code(sets.as_bytes()), "too_many_sets");
    let rows = "Date,Exercise\n".to_owned() + &"a,\n".repeat(1_000_001);
    assert_eq!(code(rows.as_bytes()), "too_many_rows");
    let newer = br#"{"format":"spotter-sessions","version":2,"sessions":[]}"#;
    assert_eq!(read(newer, &CATALOG, &options()), Err(Error::Newer { version: 2 }));
    let deep = format!("{{\"format\":\"spotter-sessions\",\"x\":{}", "[".repeat(1_000_000));
    assert_eq!(code(deep.as_bytes()), "damaged");
    let session = STRONG.to_owned() + &"2025-01-08;A;Squat;;100;5;\n".repeat(502);
    let preview = read(session.as_bytes(), &CATALOG, &options()).expect("a file that is read");
    assert_eq!((preview.n_skipped, preview.warnings.first[0].kind), (2, WarningKind::ManySets));
    let warned = STRONG.to_owned() + &"soon;A;Squat;;x;5;\n".repeat(5_000);
    let preview = read(warned.as_bytes(), &CATALOG, &options()).expect("a file that is read");
    assert_eq!((preview.warnings.first.len(), preview.warnings.n), (100, 5_000));
}
