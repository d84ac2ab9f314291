//! How fast large files are read, and with how much memory: `cargo run --release -p interop --example figures`.
//!
//! Prints one line per file. Peak memory is Linux's `VmHWM` after the file was read, so it only grows from line to line.
#![expect(clippy::print_stdout, reason = "it is what it is for")]

use std::fmt::Write as _;
use std::time::Instant;

use catalog::Catalog;
use interop::{LoadUnit, Options, read};
use jiff::tz::TimeZone;

fn main() {
    let catalog = Catalog::builtin().expect("the library");
    let names = ["Squat (Barbell)", "Bench Press (Barbell)", "Pull Up", "Plank", "Sled Push"];
    let strong = |n_rows: u64, order: &dyn Fn(u64) -> &'static str| {
        let mut text = "Date;Workout Name;Exercise Name;Set Order;Weight;Reps\n".to_owned();
        for n in 0..n_rows {
            let (session, name) = (n / 25, names[usize::try_from(n / 5 % 5).expect("below 5")]);
            let (year, month, day) =
                (2001 + session / 336 % 24, session / 28 % 12 + 1, session % 28 + 1);
            let hour = session / 8064 % 24;
            writeln!(text, "{year}-{month:02}-{day:02} {hour:02}:00:00;A;{name};{};80;8", order(n))
                .expect("memory");
        }
        text.truncate(text.len().min(interop::MOST_BYTES));
        text
    };
    let sets = |n: u64| ["1", "2", "3", "4", "5"][usize::try_from(n % 5).expect("below 5")];
    tell("a lifetime: 199,000 sets", &strong(199_000, &sets), &catalog);
    tell("rest timers", &strong(330_000, &|_| "Rest Timer"), &catalog);
    let tiny = "Date,Exercise,Reps\n".to_owned() + &"a,b\n".repeat(1_000_000);
    tell("a million rows, all left out", &tiny, &catalog);
    let lines = "Date,Exercise,Set order,Reps\n".to_owned() + &"2025-01-08,,,\n".repeat(999_999);
    tell("a million rows without exercise", &lines, &catalog);
    let mut many = "Date,Exercise,Reps\n".to_owned();
    for n in 0..2_000 {
        writeln!(many, "2025-01-08,half kneeling single arm landmine press with pause grip {n},5")
            .expect("memory");
    }
    tell("two thousand names", &many, &catalog);
    let set = r#"{"id":"00000000-0000-0000-0000-000000000000","exercise":"squat","place":0,"kind":"work","done_at_ms":0},"#;
    let session = r#"{"id":"00000000-0000-0000-0000-000000000000","on":"2025-01-08","started_at_ms":0,"title":"","origin":"logged","deload":false,"sets":["#;
    let json = format!(
        r#"{{"format":"spotter-sessions","version":1,"sessions":[{session}{}]}}]}}"#,
        set.repeat(180_000).trim_end_matches(',')
    );
    tell("JSON as dense as it gets", &json, &catalog);
}

fn tell(what: &str, text: &str, catalog: &Catalog) {
    let now = "2026-08-01T00:00:00Z".parse().expect("a time");
    let mut options = Options::new(TimeZone::UTC, now);
    options.load_unit = Some(LoadUnit::Kilograms);
    let start = Instant::now();
    let read = read(text.as_bytes(), catalog, &options);
    let secs = start.elapsed().as_secs_f64();
    let n_rows = text.lines().count().saturating_sub(1);
    let told = match &read {
        Ok(preview) => {
            let n_sets: usize = preview.sessions.iter().map(|session| session.sets.len()).sum();
            format!(
                "{} sessions, {n_sets} sets kept, {} left out",
                preview.sessions.len(),
                preview.n_skipped
            )
        }
        Err(error) => error.to_string(),
    };
    #[expect(clippy::cast_precision_loss, reason = "a few million")]
    let per_sec = n_rows as f64 / secs;
    println!(
        "{what}: {:.1} MB, {n_rows} rows in {secs:.2} s ({per_sec:.0} rows/s), peak {} MB; {told}",
        text.len() as f64 / 1e6,
        peak_mb()
    );
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kb.unwrap_or_default() / 1024
}
