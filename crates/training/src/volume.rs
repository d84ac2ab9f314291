//! How much a week gives each muscle, in hard sets, and how much was lifted in all.
//!
//! What was done counts, in easier weeks too; only warm-up sets, stretches and work for the heart do not. A set of one side
//! counts half, as the other side has a set of its own.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::athlete::monday_of;
use crate::days;
use crate::exercise::{Facts, Muscle};
use crate::lookup::Lookup;
use crate::math::as_f64;
use crate::measured::{Confidence, Measurement, Missing, measured, unknown};
use crate::session::{PerformedSet, Session, SetKind};
use crate::strength;

/// What a set counts for whose reserve nobody told.
const UNKNOWN_EFFORT: f64 = 0.75;
/// What a set counts for a muscle that helps (Pelland et al. 2024).
const INDIRECT: f64 = 0.5;

/// What a week gave.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekVolume {
    /// Its Monday.
    pub monday: Date,
    /// Sessions of the week.
    pub n_sessions: usize,
    /// Sets besides warm-up, of all exercises.
    pub n_sets: usize,
    /// Hard sets of each muscle, in order of [`Muscle::ALL`]; see [`weeks`]. Unknown in a week with no session.
    pub muscles: Vec<(Muscle, Measurement<f64>)>,
    /// Repetitions times external load, kilograms, over the sets that have both; `n` counts those. Its confidence is low
    /// where half of the sets have none: it says little of somebody who trains with the body.
    pub volume_load_kg: Measurement<f64>,
}

/// What a set counts, 0..=1, by the repetitions left in reserve, in halves: whole up to 4, half at 5, nothing from 6 on,
/// with a straight line between, and 0.75 where nobody told.
#[must_use]
pub fn effort_factor(rir_halves: Option<u8>) -> f64 {
    rir_halves.map_or(UNKNOWN_EFFORT, |halves| ((12.0 - f64::from(halves)) / 4.0).clamp(0.0, 1.0))
}

/// What a set counts as a hard set of its direct muscles, 0..=1; none where it is not such a set at all.
pub(crate) fn hard_set(set: &PerformedSet, facts: &Facts) -> Option<f64> {
    let nothing_done = set.reps == Some(0) || set.reps.is_none() && set.secs == Some(0);
    if set.kind == SetKind::WarmUp || nothing_done || !facts.pattern.counts_as_volume() {
        return None;
    }
    let sides = if set.side.is_some() { 0.5 } else { 1.0 };
    Some(sides * effort_factor(strength::rir_halves(set)))
}

/// The muscles that a hard set counts for, and how much of it, with the larger share of a muscle that is named twice.
pub(crate) fn shares(facts: &Facts) -> impl Iterator<Item = (Muscle, f64)> {
    let helps = facts.indirect.iter().filter(|muscle| !facts.direct.contains(muscle));
    facts.direct.iter().map(|&muscle| (muscle, 1.0)).chain(helps.map(|&muscle| (muscle, INDIRECT)))
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    sets: f64,
    n: usize,
    n_unknown_effort: usize,
}

#[derive(Debug, Default)]
struct Sums {
    n_sessions: usize,
    n_sets: usize,
    muscles: [Sum; Muscle::ALL.len()],
    load_kg: f64,
    n_loaded: usize,
}

/// The weeks from the one of `first` to the one of `last`, Monday to Sunday, both included; at most 1000.
///
/// A muscle's sets are hard sets: 1 for a direct and 0.5 for an indirect one, times [`effort_factor`]. `n` counts the sets
/// that it rests on. Confidence is high where everybody's reserve is known, low where more than half is not, else medium.
#[must_use]
pub fn weeks(sessions: &[&Session], library: &[Facts], first: Date, last: Date) -> Vec<WeekVolume> {
    let lookup = Lookup::new(library);
    let mut by_week: BTreeMap<Date, Sums> = days::all(monday_of(first), last)
        .step_by(7)
        .take(1000)
        .map(|monday| (monday, Sums::default()))
        .collect();
    for session in sessions {
        if let Some(sums) = by_week.get_mut(&monday_of(session.on)) {
            sums.n_sessions += 1;
            for set in &session.sets {
                sums.add(set, lookup.get(&set.exercise));
            }
        }
    }
    by_week.into_iter().map(|(monday, sums)| sums.finish(monday)).collect()
}

impl Sums {
    fn add(&mut self, set: &PerformedSet, facts: Option<&Facts>) {
        if set.kind == SetKind::WarmUp {
            return;
        }
        self.n_sets += 1;
        if let (Some(reps), Some(load_g @ 1..)) = (set.reps, set.load_g) {
            self.load_kg += f64::from(reps) * f64::from(load_g) / 1000.0;
            self.n_loaded += 1;
        }
        let Some((facts, amount)) = facts.and_then(|facts| Some((facts, hard_set(set, facts)?)))
        else {
            return;
        };
        for (muscle, share) in shares(facts) {
            let sum = &mut self.muscles[muscle as usize];
            sum.sets += share * amount;
            sum.n += 1;
            sum.n_unknown_effort += usize::from(strength::rir_halves(set).is_none());
        }
    }

    fn finish(&self, monday: Date) -> WeekVolume {
        let hard_sets = |sum: Sum| {
            if self.n_sessions == 0 {
                return unknown(Missing::NothingLogged);
            }
            let confidence = match sum.n_unknown_effort {
                0 => Confidence::High,
                n if 2 * n > sum.n => Confidence::Low,
                _ => Confidence::Medium,
            };
            measured(sum.sets, "fractional_hard_sets", confidence, sum.n)
        };
        let volume_load_kg = if self.n_loaded == 0 {
            unknown(if self.n_sets == 0 { Missing::NothingLogged } else { Missing::NoLoad })
        } else {
            let confidence = match as_f64(self.n_loaded) / as_f64(self.n_sets) {
                1.0.. => Confidence::High,
                0.5.. => Confidence::Medium,
                _ => Confidence::Low,
            };
            measured(self.load_kg, "reps_times_load", confidence, self.n_loaded)
        };
        let muscles = Muscle::ALL
            .iter()
            .map(|&muscle| (muscle, hard_sets(self.muscles[muscle as usize])))
            .collect();
        WeekVolume {
            monday,
            n_sessions: self.n_sessions,
            n_sets: self.n_sets,
            muscles,
            volume_load_kg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{day, library, refs, sessions};

    #[test]
    fn a_week_gives_each_muscle_so_many_sets() {
        fn check(all: &[(i64, &str)], expected: &str) {
            let weeks = weeks(&refs(&sessions(all)), &library(), day(2), day(2));
            let [week] = weeks.as_slice() else { panic!("one week: {weeks:?}") };
            let mut got: Vec<String> = week
                .muscles
                .iter()
                .filter_map(|(muscle, sets)| {
                    let sets = sets.ok().filter(|sets| sets.n > 0)?;
                    Some(format!("{} {} {}", muscle.as_str(), sets.value, sets.confidence.as_str()))
                })
                .collect();
            got.push(match week.volume_load_kg {
                Ok(load) => format!("{} kg {}", load.value, load.confidence.as_str()),
                Err(unknown) => unknown.why.as_str().to_owned(),
            });
            assert_eq!(got.join(", "), expected, "{all:?}");
        }
        check(&[], "nothing_logged");
        check(&[(-1, "squat 100x5@2"), (7, "squat 100x5@2")], "nothing_logged");
        check(
            &[(0, "squat w60x5 100x5@2 100x5@4"), (6, "squat 100x5@5")],
            "lower_back 1.25 high, glutes 2.5 high, quads 2.5 high, 1500 kg high",
        );
        check(
            &[(0, "deload squat 100x5@2")],
            "lower_back 0.5 high, glutes 1 high, quads 1 high, 500 kg high",
        );
        check(&[(0, "pull_up 0x8@2 0x8 0x6@6")], "lats 1.75 medium, biceps 0.875 medium, no_load");
        check(&[(0, "plank 60s 0s; stretch 60s")], "abs 0.75 low, no_load");
        check(&[(0, "lunge 20x8@2L 20x8@2R")], "glutes 0.5 high, quads 1 high, 320 kg high");
        check(
            &[(0, "lunge 20x0@2; pull_up -20x8@2; unheard_of 10x10")],
            "lats 1 high, biceps 0.5 high, 100 kg medium",
        );
    }

    #[test]
    fn a_week_without_the_muscle_is_zero_and_one_without_a_session_unknown() {
        let weeks = weeks(&refs(&sessions(&[(0, "bench 100x5@2")])), &library(), day(0), day(7));
        let sets = |week: usize, muscle: Muscle| {
            weeks[week].muscles[muscle as usize].1.ok().map(|sets| sets.value)
        };
        assert_eq!((sets(0, Muscle::Quads), sets(1, Muscle::Quads)), (Some(0.0), None));
    }
}
