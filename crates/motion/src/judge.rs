//! Judges a finished cycle against a standard: the criteria's values, their intervals, and what was missed.

use units::{MediaTime, Side};

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
    /// Which tracker's progress the cycle follows: 1 for the right side where sides work alone.
    pub tracker: usize,
    /// Whether what is not seen well is believed to be right.
    pub benefit_of_doubt: bool,
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

/// A judgement: the values of all criteria over a cycle and the indices of those missed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// What was seen well enough to be measured.
    pub measured: Vec<Measured>,
    /// Indices into the standard's criteria.
    pub missed: Vec<usize>,
}

/// Judges a cycle; `pairs` are the criteria's channels. `known` is an earlier judgement of the same cycle, whose memory is
/// used again.
#[must_use]
pub fn judge(
    known: Judgement,
    standard: &Standard,
    pairs: &[Pair],
    trace: &Trace,
    cycle: &Cycle,
    around: &Circumstances<'_>,
) -> Judgement {
    let Judgement { mut measured, mut missed } = known;
    measured.clear();
    missed.clear();
    measured.reserve(standard.criteria.len());
    missed.reserve(standard.criteria.len());
    for (index, (criterion, &pair)) in standard.criteria.iter().zip(pairs).enumerate() {
        let guessed = |channel: usize| {
            around.agreement[channel].is_some_and(|agreement| agreement < MIN_AGREEMENT)
        };
        if around.benefit_of_doubt && guessed(pair.left) && guessed(pair.right) {
            continue;
        }
        let suits = criterion.view.suits(around.view.side_on());
        if around.benefit_of_doubt && suits < 0.5 {
            continue;
        }
        let Some((value, confidence)) = both_sides(criterion, pair, trace, cycle, around) else {
            continue;
        };
        let plane = interval::plane_of(criterion.signal, criterion.view, around.plane);
        let margin = interval::margin(around.view, plane, confidence, around.frame_secs, 0.0);
        let bound = Bound {
            signal: criterion.signal,
            min: criterion.min,
            max: criterion.max,
            view: criterion.view,
        };
        let excess = bound.excess(value);
        measured.push(Measured { criterion: index, value, margin, excess });
        let allowed = if around.benefit_of_doubt { margin } else { 0.0 };
        if excess > allowed {
            missed.push(index);
        }
    }
    Judgement { measured, missed }
}

/// What one channel shows over a cycle.
struct Seen {
    value: f64,
    /// Mean over the frames that were used.
    confidence: f64,
    /// Whether it was in sight where the movement ends: what happened out of sight is not held against anybody.
    whole: bool,
}

fn both_sides(
    criterion: &Criterion,
    pair: Pair,
    trace: &Trace,
    cycle: &Cycle,
    around: &Circumstances<'_>,
) -> Option<(f64, f64)> {
    let doubts = around.benefit_of_doubt;
    let (mut sum, mut weights, mut sure) = (0.0, 0.0, 0.0_f64);
    for side in Side::BOTH {
        if pair.single() && side == Side::Right {
            break;
        }
        let agreement = around.agreement[pair.on(side)].unwrap_or(1.0).max(0.0);
        let trust = if pair.single() { 1.0 } else { around.trust[side as usize] * agreement };
        let Some(seen) = over_cycle(criterion, pair.on(side), trace, cycle, around) else {
            continue;
        };
        if doubts && !seen.whole {
            continue;
        }
        let Seen { value, confidence, .. } = seen;
        // Squared, so that the better side decides where one has collapsed and both count where they are alike.
        let weight = (trust * confidence) * (trust * confidence);
        sum += weight * value;
        weights += weight;
        sure = sure.max(confidence);
    }
    (weights > 0.0).then(|| (sum / weights, sure))
}

/// How far before its end, in parts of the cycle's excursion, a movement may go out of sight.
const OUT_OF_SIGHT: f64 = 0.12;

/// A middle frame this far from both of its neighbours' range is a slip of the network, degrees.
const SPIKE: f64 = 12.0;
/// Values are averaged over so long, seconds: long enough for jitter, too short to shave a turning point.
const SMOOTH_SECS: f64 = 0.11;
/// How many values that can be at 60 frames per second.
const N_SMOOTH: usize = 6;

/// The middle of three values, or the median where the middle one is a spike.
fn without_spike(last: [f64; 3]) -> f64 {
    let median = median3(last);
    if (last[1] - median).abs() > SPIKE { median } else { last[1] }
}

/// The last values, for a short mean.
#[derive(Default)]
struct Recent {
    values: [(MediaTime, f64); N_SMOOTH],
    n: usize,
}

impl Recent {
    /// The mean of the values of the last [`SMOOTH_SECS`], this one included.
    fn smooth(&mut self, time: MediaTime, value: f64) -> f64 {
        self.values[self.n % N_SMOOTH] = (time, value);
        self.n += 1;
        let known = &self.values[..self.n.min(N_SMOOTH)];
        let fresh = known.iter().filter(|known| time.secs_since(known.0) < SMOOTH_SECS);
        let (n, sum) = fresh.fold((0.0, 0.0), |(n, sum), known| (n + 1.0, sum + known.1));
        sum / n
    }
}

/// One channel's value over a cycle and the mean confidence. Extremes are of values before filtering, averaged over a
/// tenth of a second and without spikes, so that a single wild frame does not decide and nothing is shaved off.
///
/// The value at the end is the best on the way back: a lockout is reached, however briefly, and the filtered signal still
/// comes nearer to it for a moment after the cycle's end.
fn over_cycle(
    criterion: &Criterion,
    channel: usize,
    trace: &Trace,
    cycle: &Cycle,
    around: &Circumstances<'_>,
) -> Option<Seen> {
    let told = trace.latest().map_or(cycle.end.time, |row| row.time.max(cycle.end.time));
    let (from, to) = match criterion.of {
        Extreme::AtEnd => (cycle.turn.time, told),
        Extreme::Lowest | Extreme::Highest | Extreme::Spread => (cycle.start.time, cycle.end.time),
    };
    let (mut n, mut sure, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
    let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut farthest, mut nearest) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut last, mut at) = ([0.0; 3], [0.0; 3]);
    let mut n_last = 0_usize;
    let mut recent = Recent::default();
    let raw = trace.raw_channel(channel, from, to);
    for (row, (_, value, confidence)) in trace.rows(from, to).zip(raw) {
        if confidence < MIN_CONFIDENCE {
            continue;
        }
        let progress = if around.tracker == 1 { row.progress_right } else { row.progress };
        n += 1.0;
        sure += confidence;
        sum += value;
        squares += value * value;
        last = [last[1], last[2], value];
        at = [at[1], at[2], progress];
        n_last += 1;
        if n_last >= 3 {
            let smooth = recent.smooth(row.time, without_spike(last));
            lowest = lowest.min(smooth);
            highest = highest.max(smooth);
            farthest = farthest.max(median3(at));
            if row.time >= cycle.turn.time {
                nearest = nearest.min(median3(at));
            }
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
    let unseen = match criterion.of {
        Extreme::Lowest | Extreme::Highest => cycle.turn.progress - farthest,
        Extreme::AtEnd => nearest - cycle.end.progress,
        Extreme::Spread => 0.0,
    };
    let whole = unseen <= OUT_OF_SIGHT * cycle.excursion();
    Some(Seen { value, confidence: sure / n, whole })
}
