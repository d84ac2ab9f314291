//! The next set, from the sets of today: how much to put on, and how many repetitions to aim for.
//!
//! As long as today's strength keeps a set within its range, the load stays. It changes by a tenth at most from one set to
//! the next, goes up only as far as the estimate carries, and comes down after a set that slowed down or came apart. Pure,
//! so a phone reckons it offline.

use serde::{Deserialize, Serialize};
use units::Side;

use crate::exercise::{Facts, LoadKind};
use crate::loading::rungs::SAME_G;
use crate::loading::{Gear, Loading};
use crate::program::Target;
use crate::session::{Asked, PerformedSet};
use crate::strength;

/// What to do in the next set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Load, grams, as it can be made of what there is; none where there is none, or only the person can find it.
    pub load_g: Option<i32>,
    /// Repetitions, or seconds, to aim for; at least 1.
    pub reps: u16,
    /// Repetitions to leave in reserve; none where a set is counted in seconds.
    pub rir: Option<u8>,
    /// Why, the weightiest first.
    pub why: Vec<Reason>,
}

/// A reason for a suggestion, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The first set of today: as asked for.
    AsAsked,
    /// Nobody asked for anything, so it goes on as today began.
    AsBegun,
    /// The last set slowed down by more than a quarter: sets that lose less make stronger (Hickmott 2022).
    SlowedDown {
        /// Loss of velocity, percent.
        percent: u8,
    },
    /// The technique of the last set was under 60 of 100.
    CameApart {
        /// 0..=59.
        technique: u8,
    },
    /// With this load it would stay below the range.
    TooHeavy {
        /// Repetitions that would be left after the reserve.
        reps: u16,
    },
    /// With this load it would go above the range.
    TooLight {
        /// Repetitions that would be left after the reserve.
        reps: u16,
    },
    /// It stays in the range with this load.
    Fits,
    /// The estimated one-repetition maximum of the last set.
    Estimate {
        /// Grams.
        e1rm_g: i32,
    },
    /// Nobody said what was left in reserve, so nothing can be estimated.
    NoReserve,
    /// The next weight there is would be more than a tenth away.
    NoneNear,
}

/// More than this of the velocity lost: no more load, and less of it.
const MOST_VELOCITY_LOSS: f64 = 0.25;
/// Technique under this: no more load, and less of it.
const LEAST_TECHNIQUE: f64 = 60.0;
/// What a set that slowed down or came apart takes off.
const OFF: f64 = 0.05;
/// From one set to the next at most so much.
const MOST_CHANGE: f64 = 0.1;

/// Where nobody says what to keep in reserve.
const USUAL_RIR: u8 = 2;

/// What to do in the next set: of an exercise, on a side where sides work alone, after its sets of today in order, with what is
/// asked for. What the camera saw is in the sets. Sets that do not count, and those of the other side, are left out.
///
/// None where nothing is asked for and nothing was done yet.
#[must_use]
pub fn next_set(
    facts: &Facts,
    side: Option<Side>,
    sets: &[PerformedSet],
    asked: Option<Asked>,
    loading: &Loading,
) -> Option<Suggestion> {
    let of = |set: &&PerformedSet| set.counts() && set.exercise == facts.id && set.side == side;
    let sets: Vec<&PerformedSet> = sets.iter().filter(of).collect();
    if let Some(asked) = asked {
        return Some(after(facts, sets.last().copied(), asked, loading));
    }
    let (first, last) = (sets.first()?, sets.last()?);
    let mut suggestion = after(facts, Some(last), begun(facts, first)?, loading);
    // There is no plan that it could stay in.
    suggestion.why.retain(|why| *why != Reason::Fits);
    suggestion.why.push(Reason::AsBegun);
    Some(suggestion)
}

/// What somebody asks of themselves who begins like this: about the same again.
fn begun(facts: &Facts, first: &PerformedSet) -> Option<Asked> {
    let (low, high) = if facts.dose.is_timed() {
        let secs = u16::try_from(first.secs?).ok()?;
        (secs, secs)
    } else {
        let reps = first.reps.filter(|&reps| reps > 0)?;
        (reps.saturating_sub(1).max(1), reps.saturating_add(1))
    };
    // Nobody goes to failure set after set with the same numbers.
    let rir = strength::rir_halves(first).map_or(USUAL_RIR, |halves| (halves / 2).max(1));
    let target = Target { dose: facts.dose, low, high, rir: Some(rir) };
    Some(Asked { target, load_g: first.load_g })
}

fn after(
    facts: &Facts,
    last: Option<&PerformedSet>,
    asked: Asked,
    loading: &Loading,
) -> Suggestion {
    let Target { low, high, rir, .. } = asked.target;
    let timed = asked.target.dose.is_timed();
    let Some(last) = last else {
        let gear = Gear::of(facts);
        let load_g = asked.load_g.map(|g| loading.nearest(gear, g).unwrap_or(g));
        return Suggestion { load_g, reps: low.max(1), rir, why: vec![Reason::AsAsked] };
    };
    let warnings = warnings(last);
    let load_g = last.load_g.or(asked.load_g).filter(|&g| g != 0);
    if timed {
        let done = last.secs.map_or(low, |secs| u16::try_from(secs).unwrap_or(u16::MAX));
        let reps = if warnings.is_empty() { done.clamp(low, high.max(low)) } else { low };
        return Suggestion { load_g, reps: reps.max(1), rir, why: or_fits(warnings) };
    }
    // So many could be done with this load, up to the reserve: none where nobody can say.
    let reserve = strength::rir_halves(last);
    let able = last.reps.zip(reserve).map(|(reps, halves)| {
        let wanted = 2 * u16::from(rir.unwrap_or(0));
        (2 * reps + u16::from(halves)).saturating_sub(wanted) / 2
    });
    let mut why = warnings.clone();
    match able {
        None => why.push(Reason::NoReserve),
        Some(reps) if reps < low => why.push(Reason::TooHeavy { reps }),
        Some(reps) if reps > high => why.push(Reason::TooLight { reps }),
        Some(_) => why.push(Reason::Fits),
    }
    // Where nobody said, as many as last time.
    let able = able.or(last.reps).unwrap_or(low);
    let fewer = |reps: u16| if warnings.is_empty() { reps } else { reps.min(low) };
    let (Some(load_g), LoadKind::Weight) = (load_g, facts.load) else {
        return Suggestion { load_g, reps: fewer(able.min(high)).max(1), rir, why };
    };
    let e1rm = strength::of_set(last, facts).ok().filter(|_| reserve.is_some());
    let e1rm_g = e1rm.map(|measured| measured.value * 1000.0);
    let load = f64::from(load_g);
    let at = |reps: u16| {
        let to_failure = f64::from(reps) + f64::from(rir.unwrap_or(0));
        Some(e1rm_g? / strength::factor(to_failure)?)
    };
    let mut ideal = if able < low {
        // The middle of the range: the sets to come are not fresher.
        at(low.midpoint(high)).unwrap_or(load * (1.0 - OFF))
    } else if able > high {
        at(high).unwrap_or(load * (1.0 + OFF))
    } else {
        load
    };
    if !warnings.is_empty() {
        ideal = ideal.min(load * (1.0 - OFF));
    }
    let ideal = ideal.clamp(load * (1.0 - MOST_CHANGE), load * (1.0 + MOST_CHANGE));
    let mut next_g = near(facts, loading, load_g, ideal);
    if next_g.abs_diff(load_g) <= SAME_G.unsigned_abs() {
        // Pounds that plates add up to, a gram beside what was lifted.
        next_g = load_g;
    }
    if next_g == load_g && (ideal - load).abs() > load * OFF / 2.0 {
        why.push(Reason::NoneNear);
    }
    let reps = match e1rm_g {
        Some(e1rm_g) => {
            why.push(Reason::Estimate { e1rm_g: whole(e1rm_g) });
            if next_g == load_g { able } else { able_at(e1rm_g / f64::from(next_g), rir) }
        }
        None => able,
    };
    let reps = fewer(reps.min(high)).max(1);
    Suggestion { load_g: Some(next_g), reps, rir, why }
}

/// What speaks for less after a set.
fn warnings(last: &PerformedSet) -> Vec<Reason> {
    let mut why = Vec::new();
    let Some(seen) = &last.seen else { return why };
    if let Some(loss) = seen.velocity_loss.filter(|loss| *loss > MOST_VELOCITY_LOSS) {
        let percent = u8::try_from(whole(100.0 * loss)).unwrap_or(100);
        why.push(Reason::SlowedDown { percent });
    }
    if let Some(technique) = seen.technique.filter(|score| *score < LEAST_TECHNIQUE) {
        why.push(Reason::CameApart { technique: u8::try_from(whole(technique)).unwrap_or(0) });
    }
    why
}

fn or_fits(warnings: Vec<Reason>) -> Vec<Reason> {
    if warnings.is_empty() { vec![Reason::Fits] } else { warnings }
}

/// The load nearest to the ideal one that can be made, on the way there and not past it; else the same again.
fn near(facts: &Facts, loading: &Loading, load_g: i32, ideal: f64) -> i32 {
    let gear = Gear::of(facts);
    let (load, ideal_g) = (f64::from(load_g), whole(ideal));
    let lighter = ideal < load;
    let mut candidates = vec![loading.at_most(gear, ideal_g)];
    if lighter {
        candidates.push(loading.nearest(gear, ideal_g));
        candidates.push(loading.at_least(gear, ideal_g));
    }
    let most = load * MOST_CHANGE + 20.0;
    candidates
        .into_iter()
        .flatten()
        .filter(|&g| f64::from(g.abs_diff(load_g)) <= most && ((g < load_g) == lighter))
        .min_by_key(|&g| (g.abs_diff(ideal_g), g))
        .unwrap_or(load_g)
}

/// So many repetitions can be done up to the reserve, with a load that the one-repetition maximum is so many times of.
fn able_at(times: f64, rir: Option<u8>) -> u16 {
    let fits = |&n: &u16| strength::factor(f64::from(n)).is_some_and(|factor| factor <= times);
    let to_failure = (1..=12).rfind(fits).unwrap_or(1);
    to_failure.saturating_sub(u16::from(rir.unwrap_or(0)))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "float to int casts saturate, which is what is wanted"
)]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests;
