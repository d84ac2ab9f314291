//! What a device sends of a session besides its sets, of pain, and of how somebody feels.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use training::athlete::{Command, Completed, Noted, Started};
use training::exercise::Limit;
use training::session::{CheckIn, FromPlan, PainReport, Session};
use units::ExerciseId;
use uuid::Uuid;

use super::halves;
use crate::live::WireError;
use crate::plans::Day;

/// A session that begins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// Its name; the device that begins it makes it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// The day, where the athlete is: `2026-11-21`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Date,
    /// Milliseconds since 1970.
    pub started_at_ms: i64,
    /// A name for people, up to 120 characters.
    #[serde(default)]
    pub title: String,
    /// The workout that it follows.
    #[serde(default)]
    pub from_plan: Option<PlannedFrom>,
    /// Whether it is meant to be easier. Such sessions are never part of records, trends and targets.
    #[serde(default)]
    pub deload: bool,
}

/// A workout of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedFrom {
    /// The plan.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub plan_id: Uuid,
    /// The week, from 1.
    pub week: u16,
    /// `mon` to `sun`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub day: Day,
}

/// What changes in a session; what is left out stays. The first `ended_at_ms` completes it, and decides what comes next; null
/// there lets it go on, and forgets what was decided.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionChange {
    /// Milliseconds since 1970; null where it goes on after all.
    #[serde(default, deserialize_with = "ending")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub ended_at_ms: Option<Ending>,
    /// Up to 120 characters.
    #[serde(default)]
    pub title: Option<String>,
    /// How hard all of it was, 0..=10 in halves.
    #[serde(default)]
    pub srpe: Option<f64>,
    /// How long it took, 1..=1440.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// In the person's words, up to 2000 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// A pain.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPainReport {
    /// Its name; the device makes it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// The day: `2026-11-21`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Date,
    /// Where: a limit that exercises know, such as `knee_pain`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub limit: Limit,
    /// How much, 1..=10.
    pub level: u8,
    /// What brought it on.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub exercise_id: Option<ExerciseId>,
    /// During which session.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub session_id: Option<Uuid>,
    /// In the person's words, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// How somebody feels on a day, each 1 (bad) to 5 (good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewCheckIn {
    /// The day; a later check-in of the same day takes its place.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Date,
    /// Slept well.
    #[serde(default)]
    pub sleep: Option<u8>,
    /// Not sore.
    #[serde(default)]
    pub soreness: Option<u8>,
    /// Not stressed.
    #[serde(default)]
    pub stress: Option<u8>,
    /// Wants to train.
    #[serde(default)]
    pub motivation: Option<u8>,
}

/// When a session ended, or that it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Milliseconds since 1970.
    At(i64),
    /// It was not over after all.
    GoesOn,
}

/// A time, or null; what is left out is the field's default.
fn ending<'a, D: serde::Deserializer<'a>>(from: D) -> Result<Option<Ending>, D::Error> {
    Ok(Some(Option::<i64>::deserialize(from)?.map_or(Ending::GoesOn, Ending::At)))
}

/// None where nothing is said.
fn spoken(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn read<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, WireError> {
    serde_json::from_str(text)
        .map_err(|error| WireError::new("body", format!("is no {what}: {error}")))
}

impl NewSession {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or of the wrong kind.
    pub fn read(text: &str) -> Result<Self, WireError> {
        read(text, "NewSession")
    }

    /// As the domain says it.
    ///
    /// # Errors
    /// When the plan's week is 0.
    pub fn begun(self) -> Result<Started, WireError> {
        let followed = |from: PlannedFrom| {
            let first = || WireError::new("from_plan.week", "weeks are counted from 1");
            let week = from.week.checked_sub(1).ok_or_else(first)?;
            Ok::<_, WireError>(FromPlan { plan: from.plan_id, week, weekday: from.day.into() })
        };
        Ok(Started {
            id: self.id,
            on: self.on,
            started_at_ms: self.started_at_ms,
            title: self.title.trim().to_owned(),
            from_plan: self.from_plan.map(followed).transpose()?,
            deload: self.deload,
        })
    }
}

impl SessionChange {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is unknown or of the wrong kind.
    pub fn read(text: &str) -> Result<Self, WireError> {
        read(text, "SessionChange")
    }

    /// What is said of a session from now on: what is left out stays.
    ///
    /// # Errors
    /// When the effort is no half between 0 and 10.
    pub fn noted(&self, known: &Session) -> Result<Noted, WireError> {
        let srpe_halves = self.srpe.map(|srpe| halves("srpe", srpe)).transpose()?;
        let note = self.note.as_ref().map_or_else(|| known.note.clone(), |note| spoken(note));
        Ok(Noted {
            session: known.id,
            title: self.title.as_ref().unwrap_or(&known.title).trim().to_owned(),
            srpe_halves: srpe_halves.or(known.srpe_halves),
            minutes: self.minutes.or(known.minutes),
            note,
        })
    }

    /// How it ends, or goes on, where it does either.
    #[must_use]
    pub fn ending(&self, known: &Session) -> Option<Command> {
        let session = known.id;
        Some(match self.ended_at_ms? {
            Ending::At(ended_at_ms) => Command::CompleteSession(Completed {
                session,
                ended_at_ms,
                srpe_halves: None,
                minutes: None,
                note: None,
            }),
            Ending::GoesOn => Command::ReopenSession { session },
        })
    }
}

impl NewPainReport {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or of the wrong kind.
    pub fn read(text: &str) -> Result<PainReport, WireError> {
        let told: Self = read(text, "NewPainReport")?;
        Ok(PainReport {
            id: told.id,
            on: told.on,
            limit: told.limit,
            level: told.level,
            exercise: told.exercise_id,
            session: told.session_id,
            note: told.note.as_deref().and_then(spoken),
        })
    }
}

impl From<CheckIn> for NewCheckIn {
    fn from(CheckIn { on, sleep, soreness, stress, motivation }: CheckIn) -> Self {
        Self { on, sleep, soreness, stress, motivation }
    }
}

impl NewCheckIn {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or of the wrong kind.
    pub fn read(text: &str) -> Result<CheckIn, WireError> {
        let Self { on, sleep, soreness, stress, motivation } = read(text, "NewCheckIn")?;
        Ok(CheckIn { on, sleep, soreness, stress, motivation })
    }
}
