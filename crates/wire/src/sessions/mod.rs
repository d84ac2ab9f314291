//! Sessions and their sets as JSON: what a device sends of them, and what it gets back.
//!
//! Loads are kilograms here and grams inside; a load that is typed in pounds is kept to the gram.

mod asked;
mod loading;
mod next_set;
mod told;

use serde::{Deserialize, Serialize};
use training::exercise::Dose;
use training::session::{self, GroupKind, SetKind};
use units::{ExerciseId, Side};
use uuid::Uuid;

use crate::live::WireError;

pub use asked::{Ending, NewCheckIn, NewPainReport, NewSession, PlannedFrom, SessionChange};
pub use loading::LoadingTold;
pub use next_set::{ExerciseAsked, NextSetAsked, NextSetTold, ReasonTold, in_session};
pub(crate) use told::decision_told;
pub use told::{
    DecisionTold, Exposure, Exposures, InsteadTold, NextTarget, NextTargets, RunningSession,
    SessionInShort, SessionSummary, SessionTold, Sessions, TargetTold, exposures, in_short,
    next_targets, session_told,
};

/// A set that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PerformedSet {
    /// Its name; the device that logs it makes it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// What was done.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub exercise_id: ExerciseId,
    /// The exercise's place in the session, from 0.
    pub place: u16,
    /// What is done together with it.
    #[serde(default)]
    pub group: Option<SetGroup>,
    /// `warm_up`, `work`, `drop` or `amrap`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: SetKind,
    /// `left` or `right`, where sides work alone.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub side: Option<Side>,
    /// Repetitions, 0..=1000.
    #[serde(default)]
    pub reps: Option<u16>,
    /// External load, -500..=1000; less than none is help.
    #[serde(default)]
    pub load_kg: Option<f64>,
    /// Seconds, 0..=86400, where it was held or done for time.
    #[serde(default)]
    pub seconds: Option<u32>,
    /// Meters, 0..=1000000.
    #[serde(default)]
    pub meters: Option<f64>,
    /// Repetitions left in reserve, 0..=10 in halves.
    #[serde(default)]
    pub rir: Option<f64>,
    /// In the person's words, up to 500 characters.
    #[serde(default)]
    pub note: Option<String>,
    /// What was asked for when it was begun.
    #[serde(default)]
    pub target: Option<SetTarget>,
    /// What the camera saw.
    #[serde(default)]
    pub seen: Option<SetSeen>,
    /// When it ended, milliseconds since 1970.
    pub done_at_ms: i64,
}

/// Exercises that are done together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetGroup {
    /// The same for all of them.
    pub number: u16,
    /// `superset`, `circuit` or `emom`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: GroupKind,
}

/// What a set asks for: repetitions or seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetTarget {
    /// At least so many repetitions.
    #[serde(default)]
    pub reps_low: Option<u16>,
    /// At most so many.
    #[serde(default)]
    pub reps_high: Option<u16>,
    /// At least so many seconds.
    #[serde(default)]
    pub seconds_low: Option<u16>,
    /// At most so many.
    #[serde(default)]
    pub seconds_high: Option<u16>,
    /// Repetitions to keep in reserve, 0..=5.
    #[serde(default)]
    pub rir: Option<u8>,
    /// Load, kilograms.
    #[serde(default)]
    pub load_kg: Option<f64>,
}

/// What the camera saw of a set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSeen {
    /// Repetitions that did not meet the standard.
    pub attempts: u16,
    /// Technique, 0..=100.
    #[serde(default)]
    pub technique: Option<f64>,
    /// Range of motion, degrees.
    #[serde(default)]
    pub rom_deg: Option<f64>,
    /// Seconds of a repetition.
    #[serde(default)]
    pub rep_seconds: Option<f64>,
    /// Mean concentric velocity of the fastest repetition, meters per second.
    #[serde(default)]
    pub best_velocity_mps: Option<f64>,
    /// What of it the last repetition lost, 0..=1.
    #[serde(default)]
    pub velocity_loss: Option<f64>,
    /// Repetitions in reserve, as the engine estimates, in halves.
    #[serde(default)]
    pub rir: Option<f64>,
}

impl PerformedSet {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown, or cannot be kept exactly; the domain knows the other ranges.
    pub fn read(text: &str) -> Result<session::PerformedSet, WireError> {
        let told: Self = serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no PerformedSet: {error}")))?;
        told.kept()
    }

    fn kept(self) -> Result<session::PerformedSet, WireError> {
        let side = self.side;
        Ok(session::PerformedSet {
            id: self.id,
            exercise: self.exercise_id,
            place: self.place,
            group: self
                .group
                .map(|group| session::Group { number: group.number, kind: group.kind }),
            kind: self.kind,
            side,
            reps: self.reps,
            load_g: self.load_kg.map(|kg| grams("load_kg", kg)).transpose()?,
            secs: self.seconds,
            meters: self.meters,
            rir_halves: self.rir.map(|rir| halves("rir", rir)).transpose()?,
            note: self.note.filter(|note| !note.trim().is_empty()),
            target: self.target.map(|target| target.kept(side)).transpose()?,
            seen: self.seen.map(SetSeen::kept).transpose()?,
            done_at_ms: self.done_at_ms,
        })
    }
}

impl From<&session::PerformedSet> for PerformedSet {
    fn from(kept: &session::PerformedSet) -> Self {
        Self {
            id: kept.id,
            exercise_id: kept.exercise.clone(),
            place: kept.place,
            group: kept.group.map(|group| SetGroup { number: group.number, kind: group.kind }),
            kind: kept.kind,
            side: kept.side,
            reps: kept.reps,
            load_kg: kept.load_g.map(kilograms),
            seconds: kept.secs,
            meters: kept.meters,
            rir: kept.rir_halves.map(whole),
            note: kept.note.clone(),
            target: kept.target.map(SetTarget::from),
            seen: kept.seen.as_ref().map(SetSeen::from),
            done_at_ms: kept.done_at_ms,
        }
    }
}

impl SetTarget {
    fn kept(self, side: Option<Side>) -> Result<session::Asked, WireError> {
        let per_side = side.is_some();
        let (dose, low, high) = match (self.reps_low, self.seconds_low) {
            (Some(low), None) if per_side => (Dose::RepsPerSide, low, self.reps_high),
            (Some(low), None) => (Dose::Reps, low, self.reps_high),
            (None, Some(low)) if per_side => (Dose::SecsPerSide, low, self.seconds_high),
            (None, Some(low)) => (Dose::Secs, low, self.seconds_high),
            (Some(_), Some(_)) | (None, None) => {
                return Err(WireError::new(
                    "target",
                    "name either `reps_low` and `reps_high`, or `seconds_low` and `seconds_high`",
                ));
            }
        };
        let target =
            training::program::Target { dose, low, high: high.unwrap_or(low), rir: self.rir };
        let load_g = self.load_kg.map(|kg| grams("target.load_kg", kg)).transpose()?;
        Ok(session::Asked { target, load_g })
    }
}

impl From<session::Asked> for SetTarget {
    fn from(kept: session::Asked) -> Self {
        let session::Asked { target, load_g } = kept;
        let (low, high) = (Some(target.low), Some(target.high));
        let common = Self { rir: target.rir, load_kg: load_g.map(kilograms), ..Self::default() };
        if target.dose.is_timed() {
            Self { seconds_low: low, seconds_high: high, ..common }
        } else {
            Self { reps_low: low, reps_high: high, ..common }
        }
    }
}

impl SetSeen {
    fn kept(self) -> Result<session::Seen, WireError> {
        Ok(session::Seen {
            attempts: self.attempts,
            technique: self.technique,
            rom_deg: self.rom_deg,
            rep_secs: self.rep_seconds,
            best_velocity_mps: self.best_velocity_mps,
            velocity_loss: self.velocity_loss,
            rir_halves: self.rir.map(|rir| halves("seen.rir", rir)).transpose()?,
        })
    }
}

impl From<&session::Seen> for SetSeen {
    fn from(kept: &session::Seen) -> Self {
        Self {
            attempts: kept.attempts,
            technique: kept.technique,
            rom_deg: kept.rom_deg,
            rep_seconds: kept.rep_secs,
            best_velocity_mps: kept.best_velocity_mps,
            velocity_loss: kept.velocity_loss,
            rir: kept.rir_halves.map(whole),
        }
    }
}

/// Kilograms as grams, rounded to the nearest.
fn grams(field: &'static str, kg: f64) -> Result<i32, WireError> {
    if !(-1000.0..=1000.0).contains(&kg) {
        return Err(WireError::new(field, "give -500 to 1000 kilograms"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most a million")]
    Ok((kg * 1000.0).round() as i32)
}

fn kilograms(grams: i32) -> f64 {
    f64::from(grams) / 1000.0
}

/// Such as 1.5 as three halves.
fn halves(field: &'static str, value: f64) -> Result<u8, WireError> {
    let doubled = value * 2.0;
    if !(0.0..=20.0).contains(&doubled) || doubled.fract() != 0.0 {
        return Err(WireError::new(field, "give 0 to 10 in steps of 0.5"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=20")]
    Ok(doubled as u8)
}

fn whole(halves: u8) -> f64 {
    f64::from(halves) / 2.0
}

#[cfg(test)]
mod tests;
