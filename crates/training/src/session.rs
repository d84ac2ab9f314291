//! The record: a training session that was done, its sets, and what a person said about it.
//!
//! Loads are grams, reserve is counted in halves of a repetition, lengths are seconds. What is unknown is none, never zero.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use units::{ExerciseId, Side};

use crate::athlete::PlanId;
use crate::exercise::{Limit, names};
use crate::program::{Target, Weekday};

/// The name of a session; the device that begins it makes it.
pub type SessionId = uuid::Uuid;
/// The name of a set; the device that logs it makes it.
pub type SetId = uuid::Uuid;

names! {
    /// What a set was for.
    SetKind {
        /// Getting ready. Never part of records, trends and targets.
        WarmUp = "warm_up",
        /// A set as planned.
        Work = "work",
        /// Less load right after another set, with no rest.
        Drop = "drop",
        /// As many repetitions as possible.
        Amrap = "amrap",
    }
}

names! {
    /// How exercises that are done together are done.
    GroupKind {
        /// One set of each in turn, rest after the round.
        Superset = "superset",
        /// Several exercises in turn, for rounds.
        Circuit = "circuit",
        /// A set at the start of every minute.
        Emom = "emom",
    }
}

names! {
    /// Where a session comes from.
    Origin {
        /// Logged in the app.
        Logged = "logged",
        /// Read from another program's file.
        Imported = "imported",
    }
}

/// Exercises that are done together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The same for all of them, different from the session's other groups.
    pub number: u16,
    /// How.
    pub kind: GroupKind,
}

/// What the camera saw of a set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Repetitions that did not meet the standard.
    pub attempts: u16,
    /// Technique, 0..=100.
    pub technique: Option<f64>,
    /// Range of motion of the first primary angle, degrees, mean over the counted repetitions.
    pub rom_deg: Option<f64>,
    /// Seconds of a repetition, mean over the counted repetitions.
    pub rep_secs: Option<f64>,
    /// Mean concentric velocity of the fastest repetition, meters per second.
    pub best_velocity_mps: Option<f64>,
    /// What of it the last repetition lost, as a fraction 0..=1.
    pub velocity_loss: Option<f64>,
    /// Repetitions in reserve that the engine estimates, with half a repetition as the step.
    pub rir_halves: Option<u8>,
}

/// A set that was done. What is unknown is left out where it is kept: there are tens of thousands of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerformedSet {
    /// Its name.
    pub id: SetId,
    /// What was done.
    pub exercise: ExerciseId,
    /// The exercise's place in the session, from 0. Sets of one place follow each other in the order of `done_at_ms`, then `id`.
    pub place: u16,
    /// What is done together with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What it was for.
    pub kind: SetKind,
    /// One side, where sides work alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Repetitions (of the side), 0..=1000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<u16>,
    /// External load, grams, `-500_000..=1_000_000`; less than none is help, as on an assisted pull-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load_g: Option<i32>,
    /// Seconds, `0..=86_400`, where it was held or done for time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secs: Option<u32>,
    /// Meters, `0..=1_000_000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meters: Option<f64>,
    /// Repetitions left in reserve, in halves, 0..=20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rir_halves: Option<u8>,
    /// What the person wrote, up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was asked for when it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Asked>,
    /// What the camera saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// When it ended, milliseconds since 1970.
    pub done_at_ms: i64,
}

/// What a set asked for when it was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Repetitions or seconds, and reserve.
    pub target: Target,
    /// Load, grams.
    pub load_g: Option<i32>,
}

/// The workout of a plan that a session follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPlan {
    /// The plan.
    pub plan: PlanId,
    /// The week, from 0.
    pub week: u16,
    /// The day of the week that it was planned for.
    pub weekday: Weekday,
}

/// A pain that was told. Health data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PainReport {
    /// Its name.
    pub id: uuid::Uuid,
    /// The day.
    pub on: Date,
    /// Where it hurts, in the words of the limits that exercises know.
    pub limit: Limit,
    /// How much, 1..=10.
    pub level: u8,
    /// What brought it on.
    pub exercise: Option<ExerciseId>,
    /// During which session.
    pub session: Option<SessionId>,
    /// What the person wrote, up to 500 characters.
    pub note: Option<String>,
}

/// How somebody feels on a day, each 1 (bad) ..= 5 (good). Health data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The day; a later check-in of the same day takes its place.
    pub on: Date,
    /// Slept well.
    pub sleep: Option<u8>,
    /// Not sore.
    pub soreness: Option<u8>,
    /// Not stressed.
    pub stress: Option<u8>,
    /// Wants to train.
    pub motivation: Option<u8>,
}

/// A session, with what is known of it so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// The day, where the athlete was.
    pub on: Date,
    /// Milliseconds since 1970.
    pub started_at_ms: i64,
    /// Milliseconds since 1970; none while it goes on.
    pub ended_at_ms: Option<i64>,
    /// A name for people, up to 120 characters; may be empty.
    pub title: String,
    /// Whether it was logged here.
    pub origin: Origin,
    /// The workout that it follows.
    pub from_plan: Option<FromPlan>,
    /// Whether it was meant to be easier. Such sessions are never part of records, trends and targets.
    pub deload: bool,
    /// How hard all of it was, CR10 in halves, 0..=20.
    pub srpe_halves: Option<u8>,
    /// How long it took, minutes, 1..=1440, as the person says; else it is counted from the times.
    pub minutes: Option<u16>,
    /// What the person wrote, up to 2000 characters.
    pub note: Option<String>,
    /// What was done, in order of place, time and id.
    pub sets: Vec<PerformedSet>,
}

impl Session {
    /// The set of a name.
    #[must_use]
    pub fn set(&self, id: SetId) -> Option<&PerformedSet> {
        self.sets.iter().find(|set| set.id == id)
    }

    /// Puts a set where it belongs. There must be none of its name.
    pub(crate) fn put(&mut self, set: PerformedSet) {
        let at = self.sets.partition_point(|one| one.order() < set.order());
        self.sets.insert(at, set);
    }

    /// Takes a set out.
    pub(crate) fn take(&mut self, id: SetId) -> Option<PerformedSet> {
        let at = self.sets.iter().position(|set| set.id == id)?;
        Some(self.sets.remove(at))
    }

    /// Brings the sets in order.
    pub(crate) fn sort(&mut self) {
        self.sets.sort_by_key(PerformedSet::order);
    }
}

impl PerformedSet {
    /// What sets of a session are in order of.
    fn order(&self) -> (u16, i64, SetId) {
        (self.place, self.done_at_ms, self.id)
    }

    /// Whether it is part of records, trends and targets: neither getting ready nor a drop right after another set.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.kind, SetKind::Work | SetKind::Amrap)
    }
}
