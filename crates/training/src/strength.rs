//! How strong somebody is in an exercise: the estimated one-repetition maximum of a set.
//!
//! It is about external load only. The body, bands and help from a machine have no kilograms to reckon with, so pull-ups
//! have none, not even with a belt: what share of the body is lifted is unknown. Warm-up sets have none either.

use crate::exercise::{Facts, LoadKind, names};
use crate::math::{exp, pow};
use crate::measured::{Confidence, Measurement, Missing, measured, unknown};
use crate::session::{PerformedSet, SetKind};

/// How [`one_rep_max_kg`] finds its value.
pub const METHOD: &str = "mean_of_epley_and_brzycki";

/// From more repetitions (done and in reserve) than this, nobody can tell; formulas differ by 15 % at 17.
const MOST_REPS: f64 = 12.0;
/// To so many the formulas agree within 4 %.
const MOST_SURE_REPS: f64 = 10.0;

names! {
    /// A published formula from load and repetitions to failure to the one-repetition maximum.
    Formula {
        /// Epley 1985; gives 103 % for a single.
        Epley = "epley",
        /// Brzycki 1993; without bounds at 37 repetitions.
        Brzycki = "brzycki",
        /// Lombardi 1989.
        Lombardi = "lombardi",
        /// Wathan 1994.
        Wathan = "wathan",
        /// Mayhew 1992.
        Mayhew = "mayhew",
        /// O'Conner 1989.
        OConner = "o_conner",
    }
}

impl Formula {
    /// The one-repetition maximum as multiple of the load, for repetitions to failure in 1..=36.
    #[must_use]
    pub fn factor(self, reps: f64) -> f64 {
        match self {
            Self::Epley => 1.0 + reps / 30.0,
            Self::Brzycki => 36.0 / (37.0 - reps),
            Self::Lombardi => pow(reps, 0.1),
            Self::Wathan => 100.0 / (48.8 + 53.8 * exp(-0.075 * reps)),
            Self::Mayhew => 100.0 / (52.2 + 41.9 * exp(-0.055 * reps)),
            Self::OConner => 1.0 + 0.025 * reps,
        }
    }
}

/// The one-repetition maximum as multiple of the load that somebody can lift so often (done and in reserve together):
/// the mean of Epley and Brzycki, and 1 at a single, with a straight line between 1 and 2. Rises with `reps`.
///
/// None below 1 and above 12.
#[must_use]
pub fn factor(reps: f64) -> Option<f64> {
    let mean = |reps| f64::midpoint(Formula::Epley.factor(reps), Formula::Brzycki.factor(reps));
    if !(1.0..=MOST_REPS).contains(&reps) {
        None
    } else if reps < 2.0 {
        Some(1.0 + (reps - 1.0) * (mean(2.0) - 1.0))
    } else {
        Some(mean(reps))
    }
}

/// The estimated one-repetition maximum, kilograms, of a set with a load in kilograms, its repetitions, and the
/// repetitions that were left in reserve, in halves.
///
/// Low confidence above 10 repetitions, with more than 4 in reserve (people misjudge those), and where the reserve is
/// unknown: then it is a lower bound. High to 6 repetitions with at most 3 in reserve. Standard error 2.7 to 3.2 kg on a
/// bench press (Lacio).
pub fn one_rep_max_kg(load_kg: f64, reps: u16, rir_halves: Option<u8>) -> Measurement<f64> {
    if !load_kg.is_finite() || load_kg <= 0.0 {
        return unknown(Missing::NoLoad);
    }
    if reps == 0 {
        return unknown(Missing::NoReps);
    }
    let rir = rir_halves.map(|halves| f64::from(halves) / 2.0);
    let to_failure = f64::from(reps) + rir.unwrap_or(0.0);
    let Some(factor) = factor(to_failure) else { return unknown(Missing::TooManyReps) };
    let confidence = match rir {
        Some(rir) if to_failure <= 6.0 && rir <= 3.0 => Confidence::High,
        Some(rir) if to_failure <= MOST_SURE_REPS && rir <= 4.0 => Confidence::Medium,
        _ => Confidence::Low,
    };
    measured(load_kg * factor, METHOD, confidence, 1)
}

/// The estimated one-repetition maximum of a set that was done, kilograms. The reserve is what the person said, else what
/// the camera saw. See [`one_rep_max_kg`].
pub fn of_set(set: &PerformedSet, facts: &Facts) -> Measurement<f64> {
    if facts.dose.is_timed() {
        return unknown(Missing::Timed);
    }
    if facts.load != LoadKind::Weight || set.kind == SetKind::WarmUp {
        return unknown(Missing::NoLoad);
    }
    let Some(load_g) = set.load_g else { return unknown(Missing::NoLoad) };
    let Some(reps) = set.reps else { return unknown(Missing::NoReps) };
    one_rep_max_kg(f64::from(load_g) / 1000.0, reps, rir_halves(set))
}

/// Repetitions that were left in reserve, in halves: what the person said, else what the camera saw.
#[must_use]
pub fn rir_halves(set: &PerformedSet) -> Option<u8> {
    set.rir_halves.or_else(|| set.seen.as_ref()?.rir_halves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_give_what_their_authors_say() {
        fn check(formula: Formula, at_5: f64, at_10: f64) {
            for (reps, expected) in [(5.0, at_5), (10.0, at_10)] {
                let got = 100.0 * formula.factor(reps);
                assert!((got - expected).abs() < 0.005, "{}: {got}", formula.as_str());
            }
        }
        check(Formula::Epley, 116.67, 133.33);
        check(Formula::Brzycki, 112.50, 133.33);
        check(Formula::Lombardi, 117.46, 125.89);
        check(Formula::Wathan, 116.58, 134.75);
        check(Formula::Mayhew, 119.01, 130.93);
        check(Formula::OConner, 112.50, 125.00);
    }

    #[test]
    fn a_set_says_how_strong_somebody_is() {
        fn check(load_kg: f64, reps: u16, rir_halves: Option<u8>, expected: &str) {
            let got = match one_rep_max_kg(load_kg, reps, rir_halves) {
                Ok(measured) => format!("{:.2} {}", measured.value, measured.confidence.as_str()),
                Err(unknown) => unknown.why.as_str().to_owned(),
            };
            assert_eq!(got, expected, "{load_kg} kg x {reps} @ {rir_halves:?}");
        }
        check(100.0, 1, Some(0), "100.00 high");
        check(100.0, 1, Some(1), "102.38 high");
        check(100.0, 2, Some(0), "104.76 high");
        check(100.0, 5, Some(0), "114.58 high");
        check(100.0, 5, Some(4), "121.67 medium");
        check(100.0, 8, Some(4), "133.33 medium");
        check(100.0, 10, None, "133.33 low");
        check(100.0, 11, Some(0), "137.56 low");
        check(100.0, 12, Some(0), "142.00 low");
        check(100.0, 12, Some(1), "too_many_reps");
        check(100.0, 1000, None, "too_many_reps");
        check(100.0, 0, Some(2), "no_reps");
        check(100.0, 3, Some(10), "125.40 low");
        check(0.0, 5, Some(2), "no_load");
        check(-20.0, 5, Some(2), "no_load");
        check(f64::NAN, 5, Some(2), "no_load");
        check(f64::INFINITY, 5, Some(2), "no_load");
        check(f64::MAX, 5, Some(2), "out_of_range");
    }

    #[test]
    fn more_repetitions_mean_more_strength() {
        let factors: Vec<f64> =
            (2..=24).filter_map(|halves| factor(f64::from(halves) / 2.0)).collect();
        assert_eq!(factors.len(), 23);
        assert!(factors.windows(2).all(|two| two[0] < two[1]), "{factors:?}");
    }
}
