//! How fresh each muscle is, for the body map. It decides nothing.
//!
//! A picture of hard sets that fade, not a measurement: the times come from how long soreness and loss of strength last in
//! most people.

use crate::exercise::{Facts, Muscle};
use crate::lookup::Lookup;
use crate::math::exp;
use crate::measured::{Confidence, Measurement, Missing, measured, unknown};
use crate::session::Session;
use crate::strength;
use crate::volume::{hard_set, shares};

/// So many hard sets at once leave a muscle with 37 % of its freshness. A judgement.
const SETS_PER_E: f64 = 6.0;
/// After so many days less than a hundredth is left, whatever was done.
const DAYS_LEFT: i64 = 15;
const MS_PER_HOUR: f64 = 3_600_000.0;
const MS_PER_DAY: i64 = 86_400_000;

/// Hours until 37 % of a set's fatigue is left: 36 in small muscles, 72 in the largest, else 48.
#[must_use]
pub fn fading_hours(muscle: Muscle) -> f64 {
    match muscle {
        Muscle::Quads | Muscle::Hamstrings | Muscle::Glutes | Muscle::LowerBack => 72.0,
        Muscle::NeckFlexors
        | Muscle::NeckExtensors
        | Muscle::SideDelts
        | Muscle::RearDelts
        | Muscle::RotatorCuff
        | Muscle::Forearms
        | Muscle::Abs
        | Muscle::Obliques
        | Muscle::HipFlexors
        | Muscle::Calves
        | Muscle::Shins => 36.0,
        Muscle::Traps
        | Muscle::FrontDelts
        | Muscle::Chest
        | Muscle::Serratus
        | Muscle::Lats
        | Muscle::UpperBack
        | Muscle::Biceps
        | Muscle::Triceps
        | Muscle::Adductors => 48.0,
    }
}

/// Freshness of each muscle at a moment, percent, in order of [`Muscle::ALL`]: 100 · e^(−F/6), where F adds up the hard sets
/// (direct 1, indirect 0.5, times effort; see [`crate::volume::weeks`]) · e^(−hours since / [`fading_hours`]).
///
/// `now_ms` is in milliseconds since 1970; later sets do not count. `n` counts sets of the last 15 days. Unknown where nothing
/// was ever logged; low confidence where the reserve of most of the sets is unknown, else medium.
#[must_use]
pub fn freshness(
    sessions: &[&Session],
    library: &[Facts],
    now_ms: i64,
) -> Vec<(Muscle, Measurement<f64>)> {
    let lookup = Lookup::new(library);
    let oldest_ms = now_ms.saturating_sub(DAYS_LEFT * MS_PER_DAY);
    let mut any = false;
    let mut all = [(0.0, 0, 0); Muscle::ALL.len()];
    for session in sessions.iter().filter(|session| session.started_at_ms <= now_ms) {
        any = true;
        for set in session.sets.iter().filter(|set| (oldest_ms..=now_ms).contains(&set.done_at_ms))
        {
            let Some(facts) = lookup.get(&set.exercise) else { continue };
            let Some(amount) = hard_set(set, facts) else { continue };
            let hours = hours(now_ms.saturating_sub(set.done_at_ms));
            for (muscle, share) in shares(facts) {
                let (fatigue, n, n_unknown) = &mut all[muscle as usize];
                *fatigue += share * amount * exp(-hours / fading_hours(muscle));
                *n += 1;
                *n_unknown += usize::from(strength::rir_halves(set).is_none());
            }
        }
    }
    let of = |muscle: Muscle| {
        let (fatigue, n, n_unknown) = all[muscle as usize];
        let confidence = if 2 * n_unknown > n { Confidence::Low } else { Confidence::Medium };
        if !any {
            return unknown(Missing::NothingLogged);
        }
        measured(100.0 * exp(-fatigue / SETS_PER_E), "fading_hard_sets", confidence, n)
    };
    Muscle::ALL.iter().map(|&muscle| (muscle, of(muscle))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "at most 15 days of milliseconds")]
fn hours(ms: i64) -> f64 {
    ms as f64 / MS_PER_HOUR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{DAY_0_MS, library, refs, sessions};

    #[test]
    fn a_muscle_is_tired_and_comes_back() {
        fn check(all: &[(i64, &str)], hours_after: i64, expected: &str) {
            let now_ms = DAY_0_MS + hours_after * 3_600_000;
            let got: Vec<String> = freshness(&refs(&sessions(all)), &library(), now_ms)
                .into_iter()
                .filter(|(muscle, _)| {
                    matches!(muscle, Muscle::Chest | Muscle::Triceps | Muscle::Quads)
                })
                .map(|(muscle, value)| match value {
                    Ok(value) => format!(
                        "{} {:.0} {}",
                        muscle.as_str(),
                        value.value,
                        value.confidence.as_str()
                    ),
                    Err(unknown) => unknown.why.as_str().to_owned(),
                })
                .collect();
            assert_eq!(got.join(", "), expected, "{all:?} {hours_after}");
        }
        let day =
            &[(0, "bench w20x9 100x5@2 100x5@2 100x5@2 100x5@2 100x5@2 100x5@2; squat 100x5")];
        check(&[], 0, "nothing_logged, nothing_logged, nothing_logged");
        check(day, -1, "nothing_logged, nothing_logged, nothing_logged");
        check(day, 1, "chest 37 medium, triceps 61 medium, quads 88 low");
        check(day, 24, "chest 54 medium, triceps 74 medium, quads 91 low");
        check(day, 48, "chest 69 medium, triceps 83 medium, quads 94 low");
        check(day, 168, "chest 97 medium, triceps 98 medium, quads 99 low");
        check(day, 900, "chest 100 medium, triceps 100 medium, quads 100 medium");
    }
}
