//! Whether to suggest an easier week, and why, with the numbers.
//!
//! Two signs together, or eight weeks without rest. A constant plan gives none, somebody who comes back from a holiday needs
//! none, and pain never leads to one: it stops the exercise instead, elsewhere. It is a suggestion; the person decides.

use jiff::civil::Date;
use units::ExerciseId;

use crate::athlete::Deload;
use crate::days;
use crate::exercise::{Facts, LoadKind};
use crate::load::{self, Day};
use crate::load_state::{State, load_state};
use crate::lookup::Lookup;
use crate::math::percentile;
use crate::readiness::readiness;
use crate::series::series;
use crate::session::{CheckIn, Session};
use crate::trend::trend;

/// So many signs make a suggestion.
const SIGNS: usize = 2;
/// So many days without an easier week or a week off make one too. In a survey of 246 people they took one every 5.8 ± 3.4
/// weeks.
const LONGEST_DAYS: i64 = 56;
/// No suggestion for so many days after an easier week or an answer.
const COOL_DOWN_DAYS: i64 = 21;
/// Days without any training that are as good as an easier week.
const BREAK_DAYS: i64 = 7;
/// So many lifts must go down.
const LIFTS: usize = 2;
/// With more ups among its downs than this (Kendall's tau), a lift's regression is as likely to be noise: of six exposures,
/// eleven of the fifteen pairs must fall.
const MOST_TAU: f64 = -0.4;
/// A lift that was not done for so many days says nothing about today.
const STALE_DAYS: i64 = 14;
/// As long as a trend looks back.
const TREND_DAYS: i64 = 42;
/// A score under this is a bad day, and so many of seven are a sign.
const BAD_SCORE: f64 = 60.0;
const BAD_DAYS: usize = 3;
/// Strain is held against so many days before the last seven, and at least so many.
const STRAIN_DAYS: usize = 84;
const FEWEST_STRAIN_DAYS: usize = 28;

/// What the question rests on.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    /// In order of their days.
    pub sessions: &'a [&'a Session],
    /// The library.
    pub library: &'a [Facts],
    /// In order of their days.
    pub check_ins: &'a [CheckIn],
    /// Easier times, in order of their days.
    pub deloads: &'a [Deload],
    /// When the person last said that they want an easier week.
    pub asked_on: Option<Date>,
    /// When the person last took or refused a suggestion.
    pub answered_on: Option<Date>,
}

/// A sign that an easier week would do good.
#[derive(Debug, Clone, PartialEq)]
pub enum Sign {
    /// Two main lifts or more go down: which, and by how many percent per exposure.
    Regression(Vec<(ExerciseId, f64)>),
    /// The last seven days were more than 1.5 times the usual ones.
    Spike {
        /// How many times.
        ratio: f64,
    },
    /// The strain of the last seven days is above nine tenths of the person's own of the twelve weeks before.
    Strain {
        /// Now.
        strain: f64,
        /// The ninth tenth.
        usual_most: f64,
    },
    /// Readiness by the answers alone was under 60 on three of seven days or more.
    LowReadiness {
        /// On how many.
        n_days: usize,
    },
    /// The person asked for it in the last seven days.
    Asked {
        /// When.
        on: Date,
    },
}

impl Sign {
    /// The name of its rule.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Regression(_) => "deload.regression",
            Self::Spike { .. } => "deload.spike",
            Self::Strain { .. } => "deload.strain",
            Self::LowReadiness { .. } => "deload.low_readiness",
            Self::Asked { .. } => "deload.asked",
        }
    }
}

/// How an easier week differs from a usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prescription {
    /// How long.
    pub n_days: u8,
    /// Change of the number of sets, percent.
    pub sets_percent: i8,
    /// More repetitions in reserve.
    pub more_rir: u8,
    /// Change of the load, percent.
    pub load_percent: i8,
}

/// What is suggested: the same days and exercises, less of each.
pub const PRESCRIPTION: Prescription =
    Prescription { n_days: 7, sets_percent: -40, more_rir: 2, load_percent: -10 };

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks for it.
    NotNeeded,
    /// Several signs at once do.
    BySigns(Prescription),
    /// It has been long.
    ByTime(Prescription),
    /// The last easier week or answer is too recent.
    CoolingDown {
        /// The first day with a suggestion again.
        until: Date,
    },
    /// The person comes back from a break, which was rest enough.
    Returning,
}

/// The answer, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// What comes of it.
    pub verdict: Verdict,
    /// What speaks for it, at most one of each sort; spike and strain are one sort.
    pub signs: Vec<Sign>,
    /// Since when there was neither an easier week nor a week off; none where nothing was trained yet.
    pub training_since: Option<Date>,
}

/// Whether to suggest an easier week today.
#[must_use]
pub fn assess(history: &History<'_>, today: Date) -> Assessment {
    let until = history.sessions.partition_point(|session| session.on <= today);
    let sessions = &history.sessions[..until];
    let loads = load::daily(sessions, today);
    let state = load_state(&loads).ok().map(|state| state.value);
    let signs: Vec<Sign> = [
        regression(sessions, history.library, today),
        state
            .filter(|state| state.state == State::Spike)
            .and_then(|state| Some(Sign::Spike { ratio: state.ratio? }))
            .or_else(|| strain(&loads)),
        low_readiness(history.check_ins, &loads, today),
        history
            .asked_on
            .filter(|on| (0..7).contains(&days::between(*on, today)))
            .map(|on| Sign::Asked { on }),
    ]
    .into_iter()
    .flatten()
    .collect();

    let easy_session =
        sessions.iter().rev().find(|session| session.deload).map(|session| session.on);
    let easy_time = history.deloads.iter().rev().find(|deload| deload.on <= today);
    let last_easy = easy_session.max(easy_time.map(|deload| days::after(deload.until(), -1)));
    let training_since = training_since(&loads, last_easy);
    let cool = last_easy.max(history.answered_on.filter(|on| *on <= today));
    let cool_until = cool.map(|on| days::after(on, COOL_DOWN_DAYS));
    let trains = loads.iter().rev().take(7).any(|day| day.load > 0.0);
    let verdict = match cool_until {
        _ if state.is_some_and(|state| !trains || state.ramp_percent < 100) => Verdict::Returning,
        Some(until) if today < until => Verdict::CoolingDown { until },
        _ if signs.len() >= SIGNS => Verdict::BySigns(PRESCRIPTION),
        _ if training_since.is_some_and(|since| days::between(since, today) >= LONGEST_DAYS) => {
            Verdict::ByTime(PRESCRIPTION)
        }
        _ => Verdict::NotNeeded,
    };
    Assessment { verdict, signs, training_since }
}

/// The day after the last rest: an easier session, or seven days without any.
fn training_since(loads: &[Day], last_easy: Option<Date>) -> Option<Date> {
    let mut since = None;
    let mut n_off = BREAK_DAYS;
    for day in loads {
        n_off = if day.load > 0.0 { 0 } else { n_off + 1 };
        if n_off >= BREAK_DAYS {
            since = None;
        } else if since.is_none() {
            since = Some(day.on);
        }
    }
    since.max(last_easy.map(|on| days::after(on, 1)).filter(|_| since.is_some()))
}

fn regression(sessions: &[&Session], library: &[Facts], today: Date) -> Option<Sign> {
    let lookup = Lookup::new(library);
    let recent = sessions.partition_point(|session| days::between(session.on, today) >= TREND_DAYS);
    let falling: Vec<(ExerciseId, f64)> = series(&sessions[recent..], library)
        .into_iter()
        .filter(|series| {
            lookup
                .get(&series.exercise)
                .is_some_and(|facts| facts.compound && facts.load == LoadKind::Weight)
        })
        .filter(|series| {
            series.strength.last().is_some_and(|last| days::between(last.on, today) < STALE_DAYS)
        })
        .filter_map(|series| {
            let trend = trend(&series.strength, today).ok()?;
            let sure = trend.value.regression && trend.value.tau <= MOST_TAU;
            Some((series.exercise, trend.value.slope_percent().filter(|_| sure)?))
        })
        .collect();
    (falling.len() >= LIFTS).then_some(Sign::Regression(falling))
}

fn strain(loads: &[Day]) -> Option<Sign> {
    let strain_until = |n_days: usize| Some(load::week(loads.get(..n_days)?).strain.ok()?.value);
    let strain = strain_until(loads.len())?;
    let last = loads.len().checked_sub(7)?;
    let usual: Vec<f64> =
        (last.saturating_sub(STRAIN_DAYS)..=last).filter_map(strain_until).collect();
    let usual_most = percentile(&usual, 0.9)?;
    (usual.len() >= FEWEST_STRAIN_DAYS && strain > usual_most)
        .then_some(Sign::Strain { strain, usual_most })
}

/// By answers alone, so that a spike is not two signs, and held against the own usual: what most people say decides nothing.
fn low_readiness(check_ins: &[CheckIn], loads: &[Day], today: Date) -> Option<Sign> {
    let week = readiness(check_ins, loads, days::after(today, -6), today);
    let scores = week.iter().filter_map(|(_, day)| day.as_ref().ok()?.value.own_answers_score());
    let n_days = scores.filter(|score| *score < BAD_SCORE).count();
    (n_days >= BAD_DAYS).then_some(Sign::LowReadiness { n_days })
}

#[cfg(test)]
mod tests;
