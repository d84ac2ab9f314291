//! Events as they are written and read: a kind, a schema version and JSON. Old ones are brought up to date on reading.
//!
//! What is under `tests/events` was written by some version once, and every later one must read it: samples there are
//! added, never changed.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Event, NewPlan, PlanId, Profile};
use crate::edit::Change;

/// An event as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Such as `plan_edited`.
    pub kind: &'static str,
    /// The version of the kind's JSON, from 1.
    pub schema_version: u32,
    /// JSON.
    pub data: String,
}

/// An event that this version cannot read: written by a later one, or damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// As it is kept.
    pub kind: String,
    /// As it is kept.
    pub schema_version: u32,
    /// Why not.
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, schema_version, reason } = self;
        write!(f, "an event `{kind}` of version {schema_version} cannot be read: {reason}")
    }
}

impl std::error::Error for Unreadable {}

/// Every kind, with the version that is written.
pub(super) const KINDS: [(&str, u32); 24] = [
    ("user_onboarded", 1),
    ("profile_updated", 1),
    ("plan_generated", 1),
    ("plan_edited", 1),
    ("plan_edit_undone", 1),
    ("session_started", 1),
    ("set_logged", 1),
    ("set_corrected", 1),
    ("set_voided", 1),
    ("session_completed", 1),
    ("session_noted", 1),
    ("session_reopened", 1),
    ("session_removed", 1),
    ("session_imported", 1),
    ("pain_reported", 1),
    ("pain_withdrawn", 1),
    ("checked_in", 1),
    ("prescriptions_decided", 1),
    ("prescription_reversed", 1),
    ("deload_started", 1),
    ("deload_ended", 1),
    ("deload_declined", 1),
    ("loading_chosen", 1),
    ("exercise_named", 1),
];

/// What turns JSON of a kind's version into JSON of the next.
type Upcaster = (&'static str, u32, fn(Value) -> Value);

/// None so far.
const UPCASTERS: [Upcaster; 0] = [];

/// An event as it is kept.
#[must_use]
pub fn write(event: &Event) -> Stored {
    let (kind, data) = match event {
        Event::UserOnboarded(profile) => ("user_onboarded", to_json(profile)),
        Event::ProfileUpdated(profile) => ("profile_updated", to_json(profile)),
        Event::PlanGenerated(plan) => ("plan_generated", to_json(plan)),
        Event::PlanEdited { plan, change } => {
            ("plan_edited", json!({ "plan": plan, "change": to_json(change) }))
        }
        Event::PlanEditUndone { plan } => ("plan_edit_undone", json!({ "plan": plan })),
        Event::SessionStarted(started) => ("session_started", to_json(started)),
        Event::SetLogged { session, set } => {
            ("set_logged", json!({ "session": session, "set": to_json(set) }))
        }
        Event::SetCorrected { session, set } => {
            ("set_corrected", json!({ "session": session, "set": to_json(set) }))
        }
        Event::SetVoided { session, set } => {
            ("set_voided", json!({ "session": session, "set": set }))
        }
        Event::SessionCompleted(completed) => ("session_completed", to_json(completed)),
        Event::SessionNoted(noted) => ("session_noted", to_json(noted)),
        Event::SessionReopened { session } => ("session_reopened", json!({ "session": session })),
        Event::SessionRemoved { session } => ("session_removed", json!({ "session": session })),
        Event::SessionImported(session) => ("session_imported", to_json(session)),
        Event::PainReported(report) => ("pain_reported", to_json(report)),
        Event::PainWithdrawn { report } => ("pain_withdrawn", json!({ "report": report })),
        Event::CheckedIn(check_in) => ("checked_in", to_json(check_in)),
        Event::PrescriptionsDecided { session, decisions } => (
            "prescriptions_decided",
            json!({ "session": session, "decisions": to_json(decisions) }),
        ),
        Event::PrescriptionReversed { session, exercise } => {
            ("prescription_reversed", json!({ "session": session, "exercise": exercise }))
        }
        Event::DeloadStarted(deload) => ("deload_started", to_json(deload)),
        Event::DeloadEnded { on } => ("deload_ended", json!({ "on": on })),
        Event::DeloadDeclined { on } => ("deload_declined", json!({ "on": on })),
        Event::LoadingChosen(loading) => ("loading_chosen", to_json(loading)),
        Event::ExerciseNamed(own) => ("exercise_named", to_json(own)),
    };
    let schema_version =
        KINDS.iter().find(|(known, _)| *known == kind).map_or(1, |(_, version)| *version);
    Stored { kind, schema_version, data: data.to_string() }
}

/// Nothing that is written has keys that are no text, so this cannot fail.
fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// An event that was kept, of whatever version.
///
/// # Errors
/// When a later version wrote it, or it is damaged.
pub fn read(kind: &str, schema_version: u32, data: &str) -> Result<Event, Unreadable> {
    let unreadable = |reason: String| Unreadable { kind: kind.to_owned(), schema_version, reason };
    let Some((_, newest)) = KINDS.iter().find(|(known, _)| *known == kind) else {
        return Err(unreadable("this version does not know the kind".to_owned()));
    };
    if !(1..=*newest).contains(&schema_version) {
        return Err(unreadable(format!("this version knows versions 1 to {newest}")));
    }
    let mut value: Value =
        serde_json::from_str(data).map_err(|error| unreadable(error.to_string()))?;
    for version in schema_version..*newest {
        let step = UPCASTERS.iter().find(|(of, from, _)| *of == kind && *from == version);
        let (.., upcast) = step.ok_or_else(|| unreadable(format!("no step from {version}")))?;
        value = upcast(value);
    }
    typed(kind, value).map_err(|error| unreadable(error.to_string()))
}

fn typed(kind: &str, value: Value) -> Result<Event, serde_json::Error> {
    Ok(match kind {
        "user_onboarded" => Event::UserOnboarded(from(value)?),
        "profile_updated" => Event::ProfileUpdated(from::<Profile>(value)?),
        "plan_generated" => Event::PlanGenerated(Box::new(from::<NewPlan>(value)?)),
        "plan_edited" => {
            let (plan, change) =
                (part::<PlanId>(&value, "plan")?, part::<Change>(&value, "change")?);
            Event::PlanEdited { plan, change }
        }
        "plan_edit_undone" => Event::PlanEditUndone { plan: part(&value, "plan")? },
        "session_started" => Event::SessionStarted(from(value)?),
        "set_logged" => {
            Event::SetLogged { session: part(&value, "session")?, set: part(&value, "set")? }
        }
        "set_corrected" => {
            Event::SetCorrected { session: part(&value, "session")?, set: part(&value, "set")? }
        }
        "set_voided" => {
            Event::SetVoided { session: part(&value, "session")?, set: part(&value, "set")? }
        }
        "session_completed" => Event::SessionCompleted(from(value)?),
        "session_noted" => Event::SessionNoted(from(value)?),
        "session_reopened" => Event::SessionReopened { session: part(&value, "session")? },
        "session_removed" => Event::SessionRemoved { session: part(&value, "session")? },
        "session_imported" => Event::SessionImported(from(value)?),
        "pain_reported" => Event::PainReported(from(value)?),
        "pain_withdrawn" => Event::PainWithdrawn { report: part(&value, "report")? },
        "checked_in" => Event::CheckedIn(from(value)?),
        "prescriptions_decided" => Event::PrescriptionsDecided {
            session: part(&value, "session")?,
            decisions: part(&value, "decisions")?,
        },
        "prescription_reversed" => Event::PrescriptionReversed {
            session: part(&value, "session")?,
            exercise: part(&value, "exercise")?,
        },
        "deload_started" => Event::DeloadStarted(from(value)?),
        "deload_ended" => Event::DeloadEnded { on: part(&value, "on")? },
        "deload_declined" => Event::DeloadDeclined { on: part(&value, "on")? },
        "loading_chosen" => Event::LoadingChosen(from(value)?),
        // Kinds are checked against the list before.
        _ => Event::ExerciseNamed(from(value)?),
    })
}

fn from<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    serde_json::from_value(value)
}

fn part<T: DeserializeOwned>(value: &Value, key: &str) -> Result<T, serde_json::Error> {
    T::deserialize(value.get(key).unwrap_or(&Value::Null))
}
