//! How much training a day and a week were as a whole: session load, its weekly sum, monotony, strain and running averages.
//!
//! Warm-up and easier sessions count: they cost time and effort. Loads compare a person with themselves, not with others, and
//! say nothing about injury. Time without a session is rest, so a day that was not logged counts as 0.

use jiff::civil::Date;

use crate::days;
use crate::math::{as_f64, mean, population_sd};
use crate::measured::{Confidence, Measurement, Missing, measured, unknown};
use crate::session::{Session, SetKind};
use crate::strength;

/// Days of the acute average.
pub const ACUTE_DAYS: u32 = 7;
/// Days of the chronic average.
pub const CHRONIC_DAYS: u32 = 28;
/// No more monotony than this; seven equal days have no spread at all.
pub const MOST_MONOTONY: f64 = 5.0;
/// Older days than this before `today` are left out, ten years.
const OLDEST_DAYS: i64 = 3660;
/// A session goes on for so long after its last set, minutes; later, somebody forgot to end it.
const MINUTES_AFTER_LAST_SET: f64 = 30.0;
/// Minutes of a set with its rest, where no time is known.
const MINUTES_PER_SET: f64 = 3.0;
/// Minutes of a warm-up set with its rest.
const MINUTES_PER_WARM_UP_SET: f64 = 1.5;
/// A session as a whole feels so much easier than its hard sets, CR10. A judgement, so marked as estimated.
const EASIER_THAN_SETS: f64 = 2.0;
/// Repetitions in reserve of a set where nobody told.
const USUAL_RIR: f64 = 3.0;
/// CR10 of a session of warm-up only: easy.
const WARM_UP_ONLY: f64 = 2.0;

/// The load of a session, Foster's session RPE: CR10 of the whole session times its minutes, arbitrary units, `0..=14_400`.
///
/// High confidence (`srpe_told`) where the person told both, medium where the minutes are counted from the times, low
/// (`srpe_estimated_from_sets`) where the effort is the mean RPE of the work sets less 2, or the minutes are 3 for each set.
/// `n` counts sets.
pub fn session_load(session: &Session) -> Measurement<f64> {
    let n = session.sets.len();
    let counted = session.minutes.is_none();
    let Some(minutes) = session
        .minutes
        .map(f64::from)
        .or_else(|| minutes_by_times(session))
        .or_else(|| minutes_by_sets(session))
    else {
        return unknown(Missing::NothingLogged);
    };
    if let Some(halves) = session.srpe_halves {
        let (method, confidence) = match counted {
            false => ("srpe_told", Confidence::High),
            true if minutes_by_times(session).is_some() => {
                ("srpe_told_minutes_counted", Confidence::Medium)
            }
            true => ("srpe_told_minutes_estimated", Confidence::Low),
        };
        return measured(f64::from(halves.min(20)) / 2.0 * minutes, method, confidence, n);
    }
    let Some(effort) = effort_by_sets(session) else { return unknown(Missing::NothingLogged) };
    measured(effort * minutes, "srpe_estimated_from_sets", Confidence::Low, n)
}

/// Minutes from the start to the end, or to a while after the last set; none where the times say nothing.
fn minutes_by_times(session: &Session) -> Option<f64> {
    let minutes_until = |ms: i64| {
        let minutes = ms.checked_sub(session.started_at_ms)? / 60_000;
        u16::try_from(minutes).ok().filter(|minutes| (1..=1440).contains(minutes)).map(f64::from)
    };
    let last_set = session.sets.iter().map(|set| set.done_at_ms).max().and_then(minutes_until);
    let end = session.ended_at_ms.and_then(minutes_until);
    match (end, last_set) {
        (Some(end), Some(last_set)) => Some(end.min(last_set + MINUTES_AFTER_LAST_SET)),
        (end, last_set) => end.or(last_set),
    }
}

fn minutes_by_sets(session: &Session) -> Option<f64> {
    let n_warm_up = session.sets.iter().filter(|set| set.kind == SetKind::WarmUp).count();
    let n_work = session.sets.len() - n_warm_up;
    (n_warm_up + n_work > 0)
        .then(|| as_f64(n_work) * MINUTES_PER_SET + as_f64(n_warm_up) * MINUTES_PER_WARM_UP_SET)
}

/// CR10, 1..=10.
fn effort_by_sets(session: &Session) -> Option<f64> {
    if session.sets.is_empty() {
        return None;
    }
    let work = session.sets.iter().filter(|set| set.kind != SetKind::WarmUp);
    let rpes: Vec<f64> = work
        .map(|set| {
            10.0 - strength::rir_halves(set).map_or(USUAL_RIR, |halves| f64::from(halves) / 2.0)
        })
        .collect();
    Some(mean(&rpes).map_or(WARM_UP_ONLY, |rpe| (rpe - EASIER_THAN_SETS).clamp(1.0, 10.0)))
}

/// What a day was as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// The day.
    pub on: Date,
    /// The loads of its sessions together; 0 on a day of rest.
    pub load: f64,
    /// Sessions with a load.
    pub n_sessions: usize,
    /// Those of them whose load is of low confidence.
    pub n_estimated: usize,
}

/// Every day from the first session's to `today`, both included; empty where there is no session yet. Sessions after today
/// and sessions without any load do not count; nor do those of more than ten years ago.
#[must_use]
pub fn daily(sessions: &[&Session], today: Date) -> Vec<Day> {
    let oldest = days::after(today, -OLDEST_DAYS);
    let known = || sessions.iter().filter(|session| (oldest..=today).contains(&session.on));
    let Some(first) = known().map(|session| session.on).min() else { return Vec::new() };
    let mut all: Vec<Day> = days::all(first, today)
        .map(|on| Day { on, load: 0.0, n_sessions: 0, n_estimated: 0 })
        .collect();
    for session in known() {
        let day = days::index(first, session.on).and_then(|at| all.get_mut(at));
        if let (Some(day), Ok(load)) = (day, session_load(session)) {
            day.load += load.value;
            day.n_sessions += 1;
            day.n_estimated += usize::from(load.confidence == Confidence::Low);
        }
    }
    all
}

/// The latest seven days as a whole. Shown as they are; thresholds that vendors print for them disagree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// The sum of the loads.
    pub load: Measurement<f64>,
    /// Mean by population standard deviation of the daily loads, rest days as 0; at most 5. Unknown under two days with load.
    pub monotony: Measurement<f64>,
    /// Load times monotony.
    pub strain: Measurement<f64>,
}

/// The last seven of the days, or all of them where there are fewer. `n` counts sessions; the confidence is low where more
/// than half of them are estimated. Monotony and strain need seven days.
#[must_use]
pub fn week(days: &[Day]) -> Week {
    let days = &days[days.len().saturating_sub(7)..];
    let loads: Vec<f64> = days.iter().map(|day| day.load).collect();
    let n = days.iter().map(|day| day.n_sessions).sum();
    let confidence = confidence(days);
    if n == 0 {
        let nothing = unknown(Missing::NothingLogged);
        return Week { load: nothing, monotony: nothing, strain: nothing };
    }
    let sum: f64 = loads.iter().sum();
    let load = measured(sum, "sum_of_session_loads", confidence, n);
    let n_training = loads.iter().filter(|load| **load > 0.0).count();
    let (Some(mean), Some(sd), 2.., 7) =
        (mean(&loads), population_sd(&loads), n_training, loads.len())
    else {
        return Week { load, monotony: unknown(Missing::TooFew), strain: unknown(Missing::TooFew) };
    };
    let monotony = if mean < MOST_MONOTONY * sd { mean / sd } else { MOST_MONOTONY };
    Week {
        load,
        monotony: measured(monotony, "foster_population_sd", confidence, n),
        strain: measured(sum * monotony, "foster_population_sd", confidence, n),
    }
}

/// Low where more than half of the sessions are estimated, high where none is.
pub(crate) fn confidence(days: &[Day]) -> Confidence {
    let n_estimated: usize = days.iter().map(|day| day.n_estimated).sum();
    match n_estimated {
        0 => Confidence::High,
        n if 2 * n > days.iter().map(|day| day.n_sessions).sum() => Confidence::Low,
        _ => Confidence::Medium,
    }
}

/// One step of an exponentially weighted average over so many days: the weight of the new load is 2 / (`n_days` + 1).
#[must_use]
pub fn next_average(average: f64, load: f64, n_days: u32) -> f64 {
    average + 2.0 / (f64::from(n_days) + 1.0) * (load - average)
}

/// Running averages of a day, for a chart; they decide nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averages {
    /// The day.
    pub on: Date,
    /// Of about 7 days, load per day.
    pub acute: f64,
    /// Of about 28 days, load per day.
    pub chronic: f64,
}

/// The running averages of all days. They begin at zero and are corrected for that (divided by what their weights add up
/// to), so the first day's average is its load and a constant plan gives constant averages.
#[must_use]
pub fn averages(days: &[Day]) -> Vec<Averages> {
    // The running average of the loads, and of ones: what the weights add up to.
    let mut acute = (0.0, 0.0);
    let mut chronic = (0.0, 0.0);
    let step = |(loads, ones): (f64, f64), load, n_days| {
        (next_average(loads, load, n_days), next_average(ones, 1.0, n_days))
    };
    days.iter()
        .map(|day| {
            acute = step(acute, day.load, ACUTE_DAYS);
            chronic = step(chronic, day.load, CHRONIC_DAYS);
            Averages { on: day.on, acute: acute.0 / acute.1, chronic: chronic.0 / chronic.1 }
        })
        .collect()
}

#[cfg(test)]
mod tests;
