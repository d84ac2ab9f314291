//! Tables as Strong and Hevy write them, for people who leave. Both programs, and most others, read one of the two.
//!
//! Lost on the way: sides, groups but supersets, targets, what the camera saw, plans. Help is written as a load below zero.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use training::session::{GroupKind, PerformedSet, Session, SetKind};

use super::{Named, kg, table, told};
use crate::clean::guard;

const STRONG: [&str; 12] = [
    "Date",
    "Workout Name",
    "Duration",
    "Exercise Name",
    "Set Order",
    "Weight (kg)",
    "Reps",
    "Distance (meters)",
    "Seconds",
    "Notes",
    "Workout Notes",
    "RPE",
];

const HEVY: [&str; 14] = [
    "title",
    "start_time",
    "end_time",
    "description",
    "exercise_title",
    "superset_id",
    "exercise_notes",
    "set_index",
    "set_type",
    "weight_kg",
    "reps",
    "distance_km",
    "duration_seconds",
    "rpe",
];

/// A table as Strong writes it. Times are local in `zone`.
#[must_use]
pub fn write_strong_csv(sessions: &[Session], named: Named<'_>, zone: &TimeZone) -> Vec<u8> {
    let rows = sessions.iter().flat_map(|session| {
        numbered(&session.sets).map(move |(index, set)| {
            let order = match set.kind {
                SetKind::WarmUp => "W".to_owned(),
                SetKind::Drop => "D".to_owned(),
                SetKind::Work | SetKind::Amrap => (index + 1).to_string(),
            };
            [
                local(session.started_at_ms, zone, "%Y-%m-%d %H:%M:%S"),
                guard(&session.title),
                duration(session),
                guard(&named.of(&set.exercise)),
                order,
                told(set.load_g.map(kg)),
                told(set.reps),
                told(set.meters),
                told(set.secs),
                guard(set.note.as_deref().unwrap_or_default()),
                guard(session.note.as_deref().unwrap_or_default()),
                rpe(set),
            ]
        })
    });
    table(STRONG, rows)
}

/// A table as Hevy writes it. Times are local in `zone`.
#[must_use]
pub fn write_hevy_csv(sessions: &[Session], named: Named<'_>, zone: &TimeZone) -> Vec<u8> {
    let rows = sessions.iter().flat_map(|session| {
        numbered(&session.sets).map(move |(index, set)| {
            let kind = match set.kind {
                SetKind::WarmUp => "warmup",
                SetKind::Drop => "dropset",
                SetKind::Work | SetKind::Amrap if set.rir_halves == Some(0) => "failure",
                SetKind::Work | SetKind::Amrap => "normal",
            };
            let superset = set.group.filter(|group| group.kind == GroupKind::Superset);
            let ended = session.ended_at_ms.unwrap_or(session.started_at_ms);
            [
                guard(&session.title),
                local(session.started_at_ms, zone, "%-d %b %Y, %H:%M"),
                local(ended, zone, "%-d %b %Y, %H:%M"),
                guard(session.note.as_deref().unwrap_or_default()),
                guard(&named.of(&set.exercise)),
                told(superset.map(|group| group.number)),
                guard(set.note.as_deref().unwrap_or_default()),
                index.to_string(),
                kind.to_owned(),
                told(set.load_g.map(kg)),
                told(set.reps),
                told(set.meters.map(|meters| meters / 1000.0)),
                told(set.secs),
                rpe(set),
            ]
        })
    });
    table(HEVY, rows)
}

/// Sets with their index at their place.
fn numbered(sets: &[PerformedSet]) -> impl Iterator<Item = (usize, &PerformedSet)> {
    let mut before: Option<(u16, usize)> = None;
    sets.iter().map(move |set| {
        let index = match before {
            Some((place, index)) if place == set.place => index + 1,
            _ => 0,
        };
        before = Some((set.place, index));
        (index, set)
    })
}

fn local(ms: i64, zone: &TimeZone, format: &str) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    zone.to_datetime(at).strftime(format).to_string()
}

/// `1h 5m`, as Strong writes it.
fn duration(session: &Session) -> String {
    let counted =
        session.ended_at_ms.map(|ended| ended.saturating_sub(session.started_at_ms) / 60_000);
    let minutes = session.minutes.map(i64::from).or(counted).filter(|minutes| *minutes > 0);
    minutes.map_or_else(String::new, |minutes| match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    })
}

/// `rpe = 10 - rir`, from 1.
fn rpe(set: &PerformedSet) -> String {
    let rpe = set.rir_halves.map(|halves| 10.0 - f64::from(halves) / 2.0);
    told(rpe.filter(|rpe| *rpe >= 1.0))
}
