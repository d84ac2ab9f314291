//! How long a workout takes.

use crate::exercise::{Dose, Facts};
use crate::program::{Target, Workout};

/// Getting from one exercise to the next and into position, seconds.
const SETTLE_SECS: u32 = 30;

/// One set without rest, seconds.
fn set_secs(facts: &Facts, target: &Target) -> u32 {
    let one_side = match target.dose {
        Dose::Reps | Dose::RepsPerSide => u32::from(target.high) * u32::from(facts.rep_secs),
        Dose::Secs | Dose::SecsPerSide => u32::from(target.high),
    };
    if target.dose.is_per_side() { 2 * one_side } else { one_side }
}

/// An exercise with all its sets and rests, seconds.
#[must_use]
pub fn item_secs(facts: &Facts, target: &Target, n_sets: u8, rest_secs: u16) -> u32 {
    SETTLE_SECS + u32::from(n_sets) * (set_secs(facts, target) + u32::from(rest_secs))
}

/// A workout from warm-up to cool-down, seconds. Exercises that the library does not know take no time.
#[must_use]
pub fn workout_secs(workout: &Workout, library: &[Facts]) -> u32 {
    let one = |item: &crate::program::Item| {
        let facts = library.iter().find(|facts| facts.id == item.exercise)?;
        Some(item_secs(facts, &item.target, item.n_sets, item.rest_secs))
    };
    workout.items.iter().filter_map(one).sum()
}
