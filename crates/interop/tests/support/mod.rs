//! Previews as text that people can read, and the library.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::fmt::Write as _;
use std::sync::LazyLock;

use catalog::Catalog;
use interop::{Choice, Options, Preview};
use jiff::tz::{Offset, TimeZone};
use training::session::{PerformedSet, Session};

pub static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::builtin().expect("the library that comes along"));

/// One hour east of Greenwich, at noon on the first of August 2026.
pub const NOW: &str = "2026-08-01T11:00:00Z";

/// Nothing answered, there and then.
pub fn options() -> Options {
    Options::new(TimeZone::fixed(Offset::constant(1)), NOW.parse().expect("a time"))
}

pub fn told(preview: &Preview) -> String {
    let mut text = format!(
        "{}: {} rows, {} left out; asks {:?}\n",
        preview.format.code(),
        preview.n_rows,
        preview.n_skipped,
        preview.questions.iter().map(|question| question.code()).collect::<Vec<_>>()
    );
    for found in &preview.exercises {
        let chosen = match &found.chosen {
            Some(Choice::Exercise(id)) => id.to_string(),
            Some(Choice::Custom) => "custom".to_owned(),
            Some(Choice::Skip) => "skipped".to_owned(),
            None => {
                let all = found.suggestions.iter().take(2);
                let all: Vec<String> =
                    all.map(|of| format!("{} {:.2}", of.id, of.likeness)).collect();
                format!("? {}", all.join(", "))
            }
        };
        writeln!(text, "  {} x {} -> {chosen}", found.n_sets, found.name).expect("memory");
    }
    for warning in &preview.warnings.first {
        let (at, kind) = (warning.at, warning.kind.code());
        writeln!(text, "  ! {at}: {kind} `{}`", warning.value).expect("memory");
    }
    for session in &preview.sessions {
        text += &told_session(session);
    }
    text
}

fn told_session(session: &Session) -> String {
    let at = |ms: i64| jiff::Timestamp::from_millisecond(ms).expect("a time").to_string();
    let minutes =
        session.ended_at_ms.map(|ended| (ended - session.started_at_ms).div_euclid(60_000));
    let mut text = format!(
        "{} {} `{}` {minutes:?} min, note {:?}\n",
        session.on,
        at(session.started_at_ms),
        session.title,
        session.note
    );
    for set in &session.sets {
        writeln!(text, "  {}", told_set(set)).expect("memory");
    }
    text
}

fn told_set(set: &PerformedSet) -> String {
    let mut text = format!("{} {} {}", set.place, set.exercise, set.kind.as_str());
    let mut add = |part: Option<String>| {
        if let Some(part) = part {
            text.push(' ');
            text += &part;
        }
    };
    add(set.reps.map(|reps| format!("{reps} reps")));
    add(set.load_g.map(|grams| format!("{} kg", f64::from(grams) / 1000.0)));
    add(set.secs.map(|secs| format!("{secs} s")));
    add(set.meters.map(|meters| format!("{meters} m")));
    add(set.rir_halves.map(|halves| format!("rir {}", f64::from(halves) / 2.0)));
    add(set.group.map(|group| format!("{} {}", group.kind.as_str(), group.number)));
    add(set.note.as_ref().map(|note| format!("{note:?}")));
    text
}
