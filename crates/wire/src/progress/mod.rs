//! How somebody gets on, as JSON: today's readiness, the weeks, each exercise's course, records, and the review of a week.
//!
//! Every number says how it was found and how far to trust it; what is unknown is null and says why.

mod told;

use serde::Serialize;

use crate::sessions::{DecisionTold, NewCheckIn};

pub use told::{review_told, summary};

/// A number, with where it comes from and how far to trust it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Null where it is unknown.
    pub value: Option<f64>,
    /// How it was found.
    pub method: Option<&'static str>,
    /// `low`, `medium` or `high`.
    pub confidence: Option<&'static str>,
    /// Inputs that it rests on.
    pub n: usize,
    /// Why it is unknown, such as `nothing_logged` or `too_few`.
    pub unknown: Option<&'static str>,
}

/// How somebody gets on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgressSummary {
    /// The day that it is told for.
    pub today: String,
    /// Sessions that were ever done.
    pub n_sessions: usize,
    /// Weeks in a row with a session.
    pub weeks_in_a_row: usize,
    /// How ready they are.
    pub readiness: ReadinessTold,
    /// What they said of today.
    pub check_in: Option<NewCheckIn>,
    /// The last seven days against the usual ones.
    pub load: LoadTold,
    /// Whether an easier week would do good.
    pub deload: DeloadTold,
    /// Of every muscle, 0..=100.
    pub freshness: Vec<MuscleFigure>,
    /// The last twelve weeks, oldest first.
    pub weeks: Vec<WeekTold>,
    /// Every exercise that was done, by name.
    pub exercises: Vec<ExerciseProgress>,
    /// What stands, newest first.
    pub records: Vec<RecordTold>,
    /// Days of the last year with a session, oldest first.
    pub calendar: Vec<CalendarDayTold>,
}

/// How ready somebody is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessTold {
    /// 0..=100; 70 is a day like any other.
    pub score: Figure,
    /// `recover`, `reduce`, `normal` or `push`; null where it is unknown.
    pub band: Option<&'static str>,
    /// What it is made of.
    pub parts: Vec<ReadinessPart>,
}

/// A part of readiness.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessPart {
    /// `sleep`, `soreness`, `stress`, `motivation` or `load`.
    pub input: &'static str,
    /// An answer 1..=5, or a load.
    pub value: f64,
    /// What it usually is.
    pub usual: f64,
    /// How much better than usual, in standard deviations, -3..=3.
    pub z: f64,
    /// Whether the usual is the person's own.
    pub own: bool,
}

/// The last seven days against the usual ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadTold {
    /// `calibrating`, `low`, `ok`, `high`, `spike` or `returning`; null where nothing is logged.
    pub state: Option<&'static str>,
    /// In a sentence.
    pub says: Option<String>,
    /// The load of the last seven days.
    pub acute: Figure,
    /// The usual load of seven days.
    pub usual: Option<f64>,
    /// Days of the last twelve weeks, oldest first.
    pub days: Vec<LoadDay>,
}

/// A day's load.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadDay {
    /// `2026-11-21`.
    pub on: String,
    /// Effort times minutes; 0 on a day of rest.
    pub load: f64,
    /// Running average of about 7 days.
    pub acute: f64,
    /// Of about 28 days.
    pub chronic: f64,
}

/// Whether an easier week would do good.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeloadTold {
    /// `not_needed`, `suggested`, `cooling_down`, `returning` or `running`.
    pub verdict: &'static str,
    /// What speaks for it, in sentences.
    pub signs: Vec<String>,
    /// The rules behind the signs.
    pub rules: Vec<&'static str>,
    /// The last day of the one that runs.
    pub until: Option<String>,
    /// How long it would be.
    pub days: u8,
    /// Change of the number of sets, percent.
    pub sets_percent: i8,
    /// Change of the load, percent.
    pub load_percent: i8,
    /// More repetitions in reserve.
    pub more_rir: u8,
}

/// A muscle's number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MuscleFigure {
    /// As on the body map.
    pub muscle: &'static str,
    /// Its number.
    pub figure: Figure,
    /// What was planned; null without a plan, or where it means nothing.
    pub planned: Option<f64>,
}

/// A week's volume.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekTold {
    /// Its Monday.
    pub monday: String,
    /// Sessions.
    pub n_sessions: usize,
    /// Sets, warm-up left out.
    pub n_sets: usize,
    /// Repetitions times load, kilograms.
    pub volume_load_kg: Figure,
    /// Hard sets of each muscle.
    pub muscles: Vec<MuscleFigure>,
}

/// How somebody gets on in an exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseProgress {
    /// Which.
    pub exercise_id: String,
    /// Its name for people.
    pub exercise_name: String,
    /// Estimated one-repetition maximum, kilograms.
    pub strength: Course,
    /// Volume of a session.
    pub volume: Course,
    /// `kilograms`, `reps` or `secs`.
    pub volume_unit: &'static str,
    /// Technique, 0..=100.
    pub technique: Course,
}

/// A course over sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Course {
    /// Oldest first.
    pub points: Vec<CoursePoint>,
    /// Where it goes; null where there is too little to say.
    pub trend: Option<TrendTold>,
}

/// A session's point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoursePoint {
    /// The day.
    pub on: String,
    /// The session.
    pub session_id: String,
    /// The value.
    pub value: f64,
    /// `low`, `medium` or `high`.
    pub confidence: &'static str,
}

/// Where a course goes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrendTold {
    /// Change per session, in the course's unit.
    pub slope: f64,
    /// The lower end of its 90 % interval.
    pub slope_low: f64,
    /// The upper end.
    pub slope_high: f64,
    /// `rising`, `falling` or `unclear`.
    pub direction: &'static str,
    /// `low`, `medium` or `high`.
    pub confidence: &'static str,
    /// Sessions that it rests on.
    pub n: usize,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordTold {
    /// In which exercise.
    pub exercise_id: String,
    /// Its name for people.
    pub exercise_name: String,
    /// What in: `reps_1` to `reps_16_up`, `heaviest`, `one_rep_max`, `most_reps` or `longest_hold`.
    pub kind: &'static str,
    /// Kilograms, repetitions or seconds.
    pub value: f64,
    /// Its repetitions.
    pub reps: u16,
    /// The day.
    pub on: String,
    /// The session.
    pub session_id: String,
    /// What was the best until then; null the first time.
    pub beat: Option<f64>,
}

/// A day with training.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDayTold {
    /// The day.
    pub on: String,
    /// Its sessions.
    pub session_ids: Vec<String>,
    /// Sets, warm-up left out.
    pub n_sets: usize,
    /// Effort times minutes; null where nobody knows.
    pub load: Option<f64>,
}

/// The review of a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeeklyReviewTold {
    /// Its Monday.
    pub monday: String,
    /// Sessions that were done.
    pub n_done: usize,
    /// Sessions that were planned; null without a plan.
    pub n_planned: Option<usize>,
    /// Whether any session was meant to be easier.
    pub eased: bool,
    /// Sets, warm-up left out.
    pub n_sets: usize,
    /// Repetitions times load, kilograms.
    pub volume_load_kg: Figure,
    /// Effort times minutes.
    pub load: Figure,
    /// How even the days were.
    pub monotony: Figure,
    /// Load times monotony.
    pub strain: Figure,
    /// How the seven days compare with the usual ones, in a sentence.
    pub load_says: Option<String>,
    /// Hard sets of each muscle, and what was planned.
    pub muscles: Vec<MuscleFigure>,
    /// New ones.
    pub records: Vec<RecordTold>,
    /// What it means.
    pub findings: Vec<FindingTold>,
    /// What changes next.
    pub changes: Vec<DecisionTold>,
}

/// Something that a week means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingTold {
    /// The name of its rule.
    pub rule: &'static str,
    /// In a sentence.
    pub says: String,
}
