//! Judges a finished cycle against a standard: the criteria's values, their intervals, and what was missed.

use units::Side;

use crate::channel::{MIN_CONFIDENCE, Pair};
use crate::cycle::Cycle;
use crate::interval;
use crate::kinematics::median3;
use crate::rep::Measured;
use crate::spec::{Bound, Criterion, Extreme, Plane, Standard};
use crate::trace::Trace;
use crate::view::View;

/// What a judgement needs to know about the camera and the sides.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The camera's view.
    pub view: &'a View,
    /// The plane of the movement.
    pub plane: Plane,
    /// How much each side is trusted, left then right.
    pub trust: [f64; 2],
    /// Seconds between frames.
    pub frame_secs: f64,
    /// How well each channel follows the shared motion, where that is known; see [`crate::consensus`].
    pub agreement: &'a [Option<f64>],
}

/// A channel that follows the shared motion less than this is a limb that the network guesses: with the benefit of the
/// doubt nothing is held against its owner.
const MIN_AGREEMENT: f64 = 0.85;

/// The values of all criteria over a cycle and the indices of those missed. `pairs` are the criteria's channels.
#[must_use]
pub fn judge(
    standard: &Standard,
    pairs: &[Pair],
    trace: &Trace,
    cycle: &Cycle,
    around: &Circumstances<'_>,
) -> (Vec<Measured>, Vec<usize>) {
    let (mut measured, mut missed) = (Vec::new(), Vec::new());
    for (index, (criterion, &pair)) in standard.criteria.iter().zip(pairs).enumerate() {
        let guessed = |channel: usize| {
            around.agreement[channel].is_some_and(|agreement| agreement < MIN_AGREEMENT)
        };
        if standard.benefit_of_doubt && guessed(pair.left) && guessed(pair.right) {
            continue;
        }
        let suits = criterion.view.suits(around.view.side_on());
        if standard.benefit_of_doubt && suits < 0.5 {
            continue;
        }
        let Some((value, confidence)) = both_sides(criterion, pair, trace, cycle, around) else {
            continue;
        };
        let margin =
            interval::margin(around.view, around.plane, confidence, around.frame_secs, 0.0);
        let bound = Bound {
            signal: criterion.signal,
            min: criterion.min,
            max: criterion.max,
            view: criterion.view,
        };
        let excess = bound.excess(value);
        measured.push(Measured { criterion: index, value, margin, excess });
        let allowed = if standard.benefit_of_doubt { margin } else { 0.0 };
        if excess > allowed {
            missed.push(index);
        }
    }
    (measured, missed)
}

fn both_sides(
    criterion: &Criterion,
    pair: Pair,
    trace: &Trace,
    cycle: &Cycle,
    around: &Circumstances<'_>,
) -> Option<(f64, f64)> {
    let (mut sum, mut weights, mut sure) = (0.0, 0.0, 0.0_f64);
    for side in Side::BOTH {
        if pair.single() && side == Side::Right {
            break;
        }
        let agreement = around.agreement[pair.on(side)].unwrap_or(1.0).max(0.0);
        let trust = if pair.single() { 1.0 } else { around.trust[side as usize] * agreement };
        let Some((value, confidence)) = over_cycle(criterion, pair.on(side), trace, cycle) else {
            continue;
        };
        // Squared, so that the better side decides where one has collapsed and both count where they are alike.
        let weight = (trust * confidence) * (trust * confidence);
        sum += weight * value;
        weights += weight;
        sure = sure.max(confidence);
    }
    (weights > 0.0).then(|| (sum / weights, sure))
}

/// One channel's value over a cycle and the mean confidence. Extremes are of the median of three neighbours, so that a
/// single wild frame does not decide.
///
/// The value at the end is the best on the way back: a lockout is reached, however briefly, and the filtered signal still
/// comes nearer to it for a moment after the cycle's end.
fn over_cycle(
    criterion: &Criterion,
    channel: usize,
    trace: &Trace,
    cycle: &Cycle,
) -> Option<(f64, f64)> {
    let told = trace.latest().map_or(cycle.end.time, |row| row.time.max(cycle.end.time));
    let (from, to) = match criterion.of {
        Extreme::AtEnd => (cycle.turn.time, told),
        Extreme::Lowest | Extreme::Highest | Extreme::Spread => (cycle.start.time, cycle.end.time),
    };
    let (mut n, mut sure, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
    let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut last = [0.0; 3];
    let mut n_last = 0_usize;
    for (_, value, confidence) in trace.channel(channel, from, to) {
        if confidence < MIN_CONFIDENCE {
            continue;
        }
        n += 1.0;
        sure += confidence;
        sum += value;
        squares += value * value;
        last = [last[1], last[2], value];
        n_last += 1;
        if n_last >= 3 {
            let middle = median3(last);
            lowest = lowest.min(middle);
            highest = highest.max(middle);
        }
    }
    if n_last < 3 {
        return None;
    }
    let mean = sum / n;
    let value = match criterion.of {
        Extreme::Lowest => lowest,
        Extreme::Highest => highest,
        Extreme::AtEnd if criterion.max.is_some() => lowest,
        Extreme::AtEnd => highest,
        Extreme::Spread => (squares / n - mean * mean).max(0.0).sqrt(),
    };
    Some((value, sure / n))
}
