//! Everything of an account in one ZIP, and such a ZIP into an empty account.
//!
//! The log and the documents come back to the letter, so that the state is the same afterwards; tables for spreadsheets are
//! made from them and not read again. What comes in is bounded before it is believed.

use std::io::{Cursor, Read as _, Write as _};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use store::{Account, Document, NewEvent, Recorded};
use training::athlete::{self, Followed};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::clock::at;
use crate::problem::{Problem, shown};

/// More than a lifetime of training; a bomb is larger.
const MOST_BYTES: u64 = 64 << 20;
const MOST_LINES: usize = 200_000;
/// The longest line is a drawn picture's.
const MOST_LINE_BYTES: usize = 5 << 20;
/// A plan has at most so many weeks, a week so many workouts, a workout so many items.
const MOST_OF_A_PLAN: [usize; 3] = [60, 7, 60];
const MOST_FILES: usize = 100;

const EVENTS: &str = "events.jsonl";
const DOCUMENTS: &str = "documents.jsonl";
/// What each file means, for whoever opens the ZIP.
const README: &str = include_str!("takeout/README.md");
/// JSON Schemas of what is in the files.
pub(crate) const SCHEMAS: [(&str, &str); 25] = [
    ("event", include_str!("takeout/schemas/event.json")),
    ("document", include_str!("takeout/schemas/document.json")),
    ("profile", include_str!("takeout/schemas/profile.json")),
    ("plan_generated", include_str!("takeout/schemas/plan_generated.json")),
    ("plan_edited", include_str!("takeout/schemas/plan_edited.json")),
    ("plan_edit_undone", include_str!("takeout/schemas/plan_edit_undone.json")),
    ("session_started", include_str!("takeout/schemas/session_started.json")),
    ("set_logged", include_str!("takeout/schemas/set_logged.json")),
    ("set_corrected", include_str!("takeout/schemas/set_corrected.json")),
    ("set_voided", include_str!("takeout/schemas/set_voided.json")),
    ("session_completed", include_str!("takeout/schemas/session_completed.json")),
    ("session_noted", include_str!("takeout/schemas/session_noted.json")),
    ("session_reopened", include_str!("takeout/schemas/session_reopened.json")),
    ("session_removed", include_str!("takeout/schemas/session_removed.json")),
    ("session_imported", include_str!("takeout/schemas/session_imported.json")),
    ("pain_reported", include_str!("takeout/schemas/pain_reported.json")),
    ("pain_withdrawn", include_str!("takeout/schemas/pain_withdrawn.json")),
    ("checked_in", include_str!("takeout/schemas/checked_in.json")),
    ("prescriptions_decided", include_str!("takeout/schemas/prescriptions_decided.json")),
    ("prescription_reversed", include_str!("takeout/schemas/prescription_reversed.json")),
    ("deload_started", include_str!("takeout/schemas/deload_started.json")),
    ("deload_ended", include_str!("takeout/schemas/deload_ended.json")),
    ("deload_declined", include_str!("takeout/schemas/deload_declined.json")),
    ("loading_chosen", include_str!("takeout/schemas/loading_chosen.json")),
    ("exercise_named", include_str!("takeout/schemas/exercise_named.json")),
];

/// Everything that an account has.
#[derive(Debug)]
pub(crate) struct Everything {
    pub(crate) account: Account,
    pub(crate) events: Vec<Recorded>,
    /// With their kinds.
    pub(crate) documents: Vec<(String, Document)>,
    pub(crate) plan: Option<Followed>,
}

/// What a ZIP brings.
#[derive(Debug)]
pub(crate) struct Brought {
    pub(crate) events: Vec<NewEvent>,
    pub(crate) documents: Vec<(String, Document)>,
}

/// An event, with the attribute names of `CloudEvents` 1.0.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventLine<'a> {
    specversion: String,
    id: Uuid,
    source: String,
    #[serde(rename = "type")]
    kind: String,
    dataschemaversion: u32,
    /// When it happened, RFC 3339.
    time: Timestamp,
    timezone: String,
    localdate: String,
    recordedtime: Timestamp,
    actorkind: String,
    #[serde(borrow)]
    data: &'a RawValue,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLine<'a> {
    kind: String,
    id: String,
    changed: Timestamp,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// The ZIP.
///
/// # Errors
/// When something kept is damaged.
pub(crate) fn pack(everything: &Everything) -> Result<Vec<u8>, Problem> {
    let internal = |error: &dyn std::fmt::Display| Problem::internal(error);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut file = |name: &str, text: &str| -> Result<(), Problem> {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        zip.start_file(name, options).map_err(|error| internal(&error))?;
        zip.write_all(text.as_bytes()).map_err(|error| internal(&error))
    };
    file("README.md", README)?;
    file("account.json", &account(&everything.account))?;
    file(EVENTS, &lines(&everything.events, event_line)?)?;
    file(DOCUMENTS, &lines(&everything.documents, document_line)?)?;
    file("events.csv", &events_table(&everything.events)?)?;
    file("plan.csv", &plan_table(everything.plan.as_ref())?)?;
    for (name, schema) in SCHEMAS {
        file(&format!("schemas/{name}.json"), schema)?;
    }
    Ok(zip.finish().map_err(|error| internal(&error))?.into_inner())
}

fn account(account: &Account) -> String {
    let told = serde_json::json!({
        "name": account.name,
        "role": account.role,
        "created": at(account.created_at_ms),
    });
    format!("{told:#}\n")
}

fn lines<T>(
    all: &[T],
    line: impl Fn(&T) -> Result<String, serde_json::Error>,
) -> Result<String, Problem> {
    let mut text = String::new();
    for one in all {
        text += &line(one).map_err(|error| Problem::internal(&error))?;
        text.push('\n');
    }
    Ok(text)
}

fn event_line(event: &Recorded) -> Result<String, serde_json::Error> {
    serde_json::to_string(&EventLine {
        specversion: "1.0".to_owned(),
        id: event.event_id,
        source: "spotter".to_owned(),
        kind: event.kind.clone(),
        dataschemaversion: event.schema_version,
        time: at(event.occurred_at_ms),
        timezone: event.tz.clone(),
        localdate: event.local_date.clone(),
        recordedtime: at(event.recorded_at_ms),
        actorkind: event.actor_kind.clone(),
        data: serde_json::from_str(&event.data)?,
    })
}

fn document_line((kind, document): &(String, Document)) -> Result<String, serde_json::Error> {
    serde_json::to_string(&DocumentLine {
        kind: kind.clone(),
        id: document.id.clone(),
        changed: at(document.changed_at_ms),
        body: serde_json::from_str(&document.body)?,
    })
}

fn events_table(events: &[Recorded]) -> Result<String, Problem> {
    let rows = events.iter().map(|event| {
        let when = at(event.occurred_at_ms).to_string();
        [when, event.local_date.clone(), event.kind.clone(), event.actor_kind.clone()]
    });
    table(["time", "local_date", "kind", "actor"], rows)
}

fn plan_table(plan: Option<&Followed>) -> Result<String, Problem> {
    let mut rows = Vec::new();
    let program = plan.map(Followed::program);
    for (n, week) in (1..).zip(program.iter().flat_map(|program| &program.weeks)) {
        for workout in &week.workouts {
            for item in &workout.items {
                let target = &item.target;
                rows.push([
                    u32::to_string(&n),
                    week.kind.as_str().to_owned(),
                    workout.weekday.as_str().to_owned(),
                    item.exercise.to_string(),
                    item.role.as_str().to_owned(),
                    item.n_sets.to_string(),
                    target.low.to_string(),
                    target.high.to_string(),
                    target.dose.as_str().to_owned(),
                    target.rir.map_or_else(String::new, |rir| rir.to_string()),
                    item.rest_secs.to_string(),
                    item.load_g.map_or_else(String::new, |load_g| load_g.to_string()),
                ]);
            }
        }
    }
    let names = [
        "week",
        "kind",
        "day",
        "exercise",
        "role",
        "sets",
        "low",
        "high",
        "unit",
        "in_reserve",
        "rest_s",
        "load_g",
    ];
    table(names, rows)
}

fn table<const N: usize>(
    names: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<String, Problem> {
    let failed = |error: csv::Error| Problem::internal(&error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Problem::internal(&error))?;
    String::from_utf8(bytes).map_err(|error| Problem::internal(&error))
}

/// What is in a ZIP, if every line of it can be read.
///
/// # Errors
/// With the file and the line that cannot be used.
pub(crate) fn unpack(zip: &[u8], actor: Uuid) -> Result<Brought, Problem> {
    let mut zip = ZipArchive::new(Cursor::new(zip)).map_err(|_damaged| {
        Problem::invalid("body", "it is no ZIP").remedy("Send the file that /api/v1/export gave.")
    })?;
    if zip.len() > MOST_FILES {
        return Err(Problem::invalid("body", "there are too many files in it"));
    }
    let events = text_of(&mut zip, EVENTS)?;
    let documents = text_of(&mut zip, DOCUMENTS)?;
    Ok(Brought {
        events: each_line(EVENTS, &events, |line| event(line, actor))?,
        documents: each_line(DOCUMENTS, &documents, document)?,
    })
}

fn text_of(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Problem> {
    let missing = |_error| {
        Problem::invalid(name, "it is not in the ZIP")
            .remedy("Send the file that /api/v1/export gave.")
    };
    let file = zip.by_name(name).map_err(missing)?;
    let mut text = String::new();
    let read = file.take(MOST_BYTES + 1).read_to_string(&mut text);
    match read {
        Ok(n_bytes) if n_bytes as u64 <= MOST_BYTES => Ok(text),
        Ok(_) => Err(Problem::invalid(name, "it is larger than a lifetime of training")),
        Err(error) => {
            let detail = format!("it cannot be read: {}", shown(&error.to_string()));
            Err(Problem::invalid(name, detail))
        }
    }
}

fn each_line<T>(
    name: &str,
    text: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Problem> {
    let mut all = Vec::new();
    for (n, line) in (1..).zip(text.lines()) {
        if all.len() >= MOST_LINES {
            return Err(Problem::invalid(name, "it has too many lines"));
        }
        if line.len() > MOST_LINE_BYTES {
            return Err(Problem::invalid(format!("{name}:{n}"), "the line is too long"));
        }
        let one =
            read(line).map_err(|reason| Problem::invalid(format!("{name}:{n}"), shown(&reason)))?;
        all.push(one);
    }
    Ok(all)
}

fn event(line: &str, actor: Uuid) -> Result<NewEvent, String> {
    let told: EventLine<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let data = told.data.get().to_owned();
    let event = athlete::read(&told.kind, told.dataschemaversion, &data);
    believable(&event.map_err(|error| error.to_string())?, told.time)?;
    let short = |text: &str| text.len() <= 64 && !text.contains(char::is_control);
    if ![&told.timezone, &told.localdate, &told.actorkind].into_iter().all(|text| short(text)) {
        return Err("a text is too long".to_owned());
    }
    Ok(NewEvent {
        event_id: told.id,
        kind: told.kind,
        schema_version: told.dataschemaversion,
        actor,
        actor_kind: told.actorkind,
        occurred_at_ms: told.time.as_millisecond(),
        tz: told.timezone,
        local_date: told.localdate,
        recorded_at_ms: told.recordedtime.as_millisecond(),
        data,
    })
}

/// Whether an event says what this program could have written.
fn believable(event: &athlete::Event, time: Timestamp) -> Result<(), String> {
    match event {
        athlete::Event::PlanGenerated(plan) => {
            let [weeks, workouts, items] = MOST_OF_A_PLAN;
            let fits = plan.program.weeks.len() <= weeks
                && plan.program.weeks.iter().all(|week| {
                    week.workouts.len() <= workouts
                        && week.workouts.iter().all(|workout| workout.items.len() <= items)
                });
            if fits { Ok(()) } else { Err("the plan is too long".to_owned()) }
        }
        other => {
            let today = time.to_zoned(jiff::tz::TimeZone::UTC).date();
            let then = athlete::Now { today, ms: time.as_millisecond() };
            athlete::believable(other, then)
                .map_err(|invalid| format!("`{}`: {}", invalid.field, invalid.remedy))
        }
    }
}

fn document(line: &str) -> Result<(String, Document), String> {
    let told: DocumentLine<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let _checked: Value =
        serde_json::from_str(told.body.get()).map_err(|error| error.to_string())?;
    let document = Document {
        id: told.id,
        body: told.body.get().to_owned(),
        changed_at_ms: told.changed.as_millisecond(),
    };
    Ok((told.kind, document))
}
