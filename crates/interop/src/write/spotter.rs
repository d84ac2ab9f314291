//! Our own table and JSON. Reading them gives the same sessions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;
use training::session::{PerformedSet, Session};
use units::{ExerciseId, Side};

use super::{Named, kg, table, told};
use crate::clean::guard;
use crate::own::{COLUMNS, FORMAT, VERSION};

/// Our table: a row per set, in UTF-8 with commas. Texts that a spreadsheet would compute have a `'` before them.
#[must_use]
pub fn write_csv(sessions: &[Session], named: Named<'_>) -> Vec<u8> {
    let mut names = BTreeMap::new();
    let rows = sessions.iter().flat_map(|session| {
        let empty = session.sets.is_empty().then_some(None);
        session.sets.iter().map(Some).chain(empty).map(move |set| (session, set))
    });
    let rows = rows.map(|(session, set)| {
        let name = set.map(|set| {
            let name = || named.of(&set.exercise);
            names.entry(&set.exercise).or_insert_with(name).as_str()
        });
        row(session, set, name.unwrap_or_default())
    });
    table(COLUMNS, rows)
}

/// Our JSON: the sessions as they are kept, with the names of their exercises. Measurements with more than fifteen digits come
/// back to within the last bit.
#[must_use]
pub fn write_json(sessions: &[Session], named: Named<'_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        version: u64,
        exercises: BTreeMap<&'a ExerciseId, String>,
        sessions: &'a [Session],
    }
    let sets = sessions.iter().flat_map(|session| &session.sets);
    let ids: BTreeSet<&ExerciseId> = sets.map(|set| &set.exercise).collect();
    let exercises = ids.into_iter().map(|id| (id, named.of(id))).collect();
    let file = File { format: FORMAT, version: VERSION, exercises, sessions };
    serde_json::to_vec(&file).expect("all keys are texts, and memory does not fail")
}

fn row(session: &Session, set: Option<&PerformedSet>, name: &str) -> [String; COLUMNS.len()] {
    let plan = session.from_plan;
    let group = set.and_then(|set| set.group);
    let asked = set.and_then(|set| set.target);
    let seen = set.and_then(|set| set.seen.as_ref());
    let text = |text: Option<&String>| text.map_or_else(String::new, |text| guard(text));
    [
        session.id.to_string(),
        session.on.to_string(),
        moment(session.started_at_ms),
        session.ended_at_ms.map_or_else(String::new, moment),
        guard(&session.title),
        session.origin.as_str().to_owned(),
        told(plan.map(|plan| plan.plan)),
        told(plan.map(|plan| plan.week)),
        told(plan.map(|plan| plan.weekday.as_str())),
        session.deload.to_string(),
        half(session.srpe_halves),
        told(session.minutes),
        text(session.note.as_ref()),
        told(set.map(|set| set.id)),
        told(set.map(|set| set.place)),
        told(set.map(|set| &set.exercise)),
        guard(name),
        told(group.map(|group| group.number)),
        told(group.map(|group| group.kind.as_str())),
        told(set.map(|set| set.kind.as_str())),
        told(set.and_then(|set| set.side).map(side)),
        told(set.and_then(|set| set.reps)),
        told(set.and_then(|set| set.load_g).map(kg)),
        told(set.and_then(|set| set.secs)),
        finite(set.and_then(|set| set.meters)),
        half(set.and_then(|set| set.rir_halves)),
        text(set.and_then(|set| set.note.as_ref())),
        told(asked.map(|asked| asked.target.dose.as_str())),
        told(asked.map(|asked| asked.target.low)),
        told(asked.map(|asked| asked.target.high)),
        told(asked.and_then(|asked| asked.target.rir)),
        told(asked.and_then(|asked| asked.load_g).map(kg)),
        told(seen.map(|seen| seen.attempts)),
        finite(seen.and_then(|seen| seen.technique)),
        finite(seen.and_then(|seen| seen.rom_deg)),
        finite(seen.and_then(|seen| seen.rep_secs)),
        finite(seen.and_then(|seen| seen.best_velocity_mps)),
        finite(seen.and_then(|seen| seen.velocity_loss)),
        half(seen.and_then(|seen| seen.rir_halves)),
        set.map_or_else(String::new, |set| moment(set.done_at_ms)),
    ]
}

/// RFC 3339 in UTC. Times beyond the year 9999 are written as its end.
fn moment(ms: i64) -> String {
    let end = if ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(ms).unwrap_or(end).to_string()
}

fn half(halves: Option<u8>) -> String {
    told(halves.map(|halves| f64::from(halves) / 2.0))
}

fn finite(value: Option<f64>) -> String {
    told(value.filter(|value| value.is_finite()))
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
