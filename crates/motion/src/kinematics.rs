//! Speeds, ranges and smoothness of one repetition.

use units::{MediaTime, Side};

use crate::channel::{MIN_CONFIDENCE, Pair};
use crate::cycle::Cycle;
use crate::math::as_f64;
use crate::pose::{Limb, Pose};
use crate::signal::{Signal, midpoint};
use crate::smoothness::sparc;
use crate::spec::{LoadPoint, Muscle};
use crate::technique::{Curve, N_CURVE};
use crate::tempo::{Tempo, tempo};
use crate::trace::Trace;

/// Where the load is, in torso lengths from the image's corner: x to the right, y down.
#[must_use]
pub fn load_point(pose: &Pose, point: LoadPoint, torso_px: f64) -> (f64, f64) {
    let limb = match point {
        LoadPoint::Hips => Limb::Hip,
        LoadPoint::Shoulders => Limb::Shoulder,
        LoadPoint::Hands => Limb::Wrist,
    };
    let middle = midpoint(pose, limb);
    if torso_px <= 0.0 { (0.0, 0.0) } else { (middle.x / torso_px, middle.y / torso_px) }
}

/// How one cycle was moved.
#[derive(Debug, Clone, Copy)]
pub struct CycleMotion {
    /// Seconds per phase.
    pub tempo: Tempo,
    /// Peak speed of the load point, torso lengths per second.
    pub peak_speed: f64,
    /// Mean speed of the load point over the concentric phase, torso lengths per second.
    pub mean_concentric_speed: f64,
    /// Spectral arc length of the concentric phase's progress speed.
    pub sparc: f64,
}

/// The motion of a cycle; `tracker` 1 reads the right side's progress.
#[must_use]
pub fn of_cycle(
    trace: &Trace,
    cycle: &Cycle,
    tracker: usize,
    way_out: Muscle,
    previous_end: Option<MediaTime>,
) -> CycleMotion {
    let rows: Vec<_> = trace.rows(cycle.start.time, cycle.end.time).collect();
    let progress_of =
        |row: &crate::trace::Row| if tracker == 1 { row.progress_right } else { row.progress };
    let samples: Vec<(f64, f64)> =
        rows.iter().map(|row| (row.time.as_secs(), progress_of(row))).collect();
    let rest_secs = previous_end.map_or(0.0, |end| cycle.start.time.secs_since(end).max(0.0));
    let tempo = tempo(&samples, way_out, rest_secs);
    let (from, to) = match way_out {
        Muscle::Eccentric => (cycle.turn.time, cycle.end.time),
        Muscle::Concentric => (cycle.start.time, cycle.turn.time),
    };
    let mut peak_speed = 0.0_f64;
    // Speed over about a tenth of a second: a single frame's step is mostly noise.
    for (k, row) in rows.iter().enumerate() {
        let Some(later) = rows[k..].iter().find(|later| later.time.secs_since(row.time) >= 0.1)
        else {
            break;
        };
        let (dx, dy) =
            (later.load_point.0 - row.load_point.0, later.load_point.1 - row.load_point.1);
        peak_speed = peak_speed.max((dx * dx + dy * dy).sqrt() / later.time.secs_since(row.time));
    }
    let concentric: Vec<_> = rows.iter().filter(|row| row.time >= from && row.time <= to).collect();
    let mean_concentric_speed = match (concentric.first(), concentric.last()) {
        (Some(first), Some(last)) if last.time > first.time => {
            let (dx, dy) =
                (last.load_point.0 - first.load_point.0, last.load_point.1 - first.load_point.1);
            (dx * dx + dy * dy).sqrt() / last.time.secs_since(first.time)
        }
        _ => 0.0,
    };
    let curve: Vec<(f64, f64)> =
        concentric.iter().map(|row| (row.time.as_secs(), progress_of(row))).collect();
    CycleMotion { tempo, peak_speed, mean_concentric_speed, sparc: sparc(&curve) }
}

/// What a pair of channels shows over a cycle, per side; none where the side was not seen.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    per_side: [Option<ShownSide>; 2],
}

#[derive(Debug, Clone, Copy)]
struct ShownSide {
    out: Way,
    back: Option<Way>,
}

/// One way of a cycle, out or back.
#[derive(Debug, Clone, Copy)]
struct Way {
    first: f64,
    last: f64,
    low: f64,
    high: f64,
    /// The longest way down from an earlier value, and up.
    fall: f64,
    rise: f64,
}

impl Way {
    fn from(value: f64) -> Self {
        Self { first: value, last: value, low: value, high: value, fall: 0.0, rise: 0.0 }
    }

    fn go_on(&mut self, value: f64) {
        self.last = value;
        self.low = self.low.min(value);
        self.high = self.high.max(value);
        self.fall = self.fall.max(self.high - value);
        self.rise = self.rise.max(value - self.low);
    }

    /// The longest way against the direction of the whole.
    fn detour(&self) -> f64 {
        if self.last >= self.first { self.fall } else { self.rise }
    }
}

impl ShownSide {
    fn ways(&self) -> impl Iterator<Item = &Way> {
        core::iter::once(&self.out).chain(&self.back)
    }

    fn low(&self) -> f64 {
        self.ways().fold(f64::INFINITY, |low, way| low.min(way.low))
    }

    fn high(&self) -> f64 {
        self.ways().fold(f64::NEG_INFINITY, |high, way| high.max(way.high))
    }

    fn gap(&self) -> f64 {
        (self.back.unwrap_or(self.out).last - self.out.first).abs()
    }

    fn detour(&self) -> f64 {
        self.ways().fold(0.0, |detour, way| detour.max(way.detour()))
    }
}

/// One number per side: left then right; none where the side was not seen.
#[derive(Debug, Clone, Copy)]
pub struct Ranges {
    per_side: [Option<f64>; 2],
}

/// What both sides of a pair show over a cycle; a side seen in less than half of the frames is left out.
#[must_use]
pub fn shown(trace: &Trace, pair: Pair, cycle: &Cycle) -> Shown {
    let per_side = Side::BOTH.map(|side| {
        let mut shown = None::<ShownSide>;
        let (mut recent, mut n, mut n_rows) = ([0.0; 3], 0, 0);
        for (time, value, confidence) in
            trace.channel(pair.on(side), cycle.start.time, cycle.end.time)
        {
            n_rows += 1;
            if confidence < MIN_CONFIDENCE {
                continue;
            }
            recent = [recent[1], recent[2], value];
            n += 1;
            if n < 3 {
                continue;
            }
            let value = median3(recent);
            match &mut shown {
                None => shown = Some(ShownSide { out: Way::from(value), back: None }),
                Some(side) if time <= cycle.turn.time => side.out.go_on(value),
                Some(side) => side.back.get_or_insert_with(|| Way::from(value)).go_on(value),
            }
        }
        shown.filter(|_| 2 * n >= n_rows)
    });
    Shown { per_side }
}

impl Shown {
    /// How far each side moved.
    #[must_use]
    pub fn ranges(&self) -> Ranges {
        self.of(|side| side.high() - side.low())
    }

    /// Each side's highest value.
    #[must_use]
    pub fn highest(&self) -> Ranges {
        self.of(|side| side.high())
    }

    /// Each side's lowest value.
    #[must_use]
    pub fn lowest(&self) -> Ranges {
        self.of(|side| side.low())
    }

    /// How far each side's last value is from its first.
    #[must_use]
    pub fn gaps(&self) -> Ranges {
        self.of(|side| side.gap())
    }

    /// How far each side goes back on its way out, or out on its way back.
    #[must_use]
    pub fn detours(&self) -> Ranges {
        self.of(|side| side.detour())
    }

    fn of(&self, number: impl Fn(ShownSide) -> f64) -> Ranges {
        Ranges { per_side: self.per_side.map(|side| side.map(&number)) }
    }
}

/// Ranges of both sides of a pair over a cycle.
#[must_use]
pub fn ranges(trace: &Trace, pair: Pair, cycle: &Cycle) -> Ranges {
    shown(trace, pair, cycle).ranges()
}

impl Ranges {
    /// The larger and the smaller of the sides that were seen.
    #[must_use]
    pub fn extremes(&self) -> Option<(f64, f64)> {
        match self.per_side {
            [Some(left), Some(right)] => Some((left.max(right), left.min(right))),
            [Some(one), None] | [None, Some(one)] => Some((one, one)),
            [None, None] => None,
        }
    }

    /// The range, sides weighted by trust.
    #[must_use]
    pub fn fused(&self, trust: [f64; 2]) -> f64 {
        match self.per_side {
            [Some(left), Some(right)] => {
                let (l, r) = (trust[0] * trust[0], trust[1] * trust[1]);
                if l + r > 0.0 { (l * left + r * right) / (l + r) } else { left.max(right) }
            }
            [Some(range), None] | [None, Some(range)] => range,
            [None, None] => 0.0,
        }
    }

    /// Left over the sides' mean, less 1; none where a side was not seen.
    #[must_use]
    pub fn asymmetry(&self) -> Option<f64> {
        let [Some(left), Some(right)] = self.per_side else { return None };
        let mean = 0.5 * (left + right);
        (mean > 1.0).then(|| (left - right) / mean)
    }
}

/// One signal over a stretch of time, resampled to [`N_CURVE`] equal steps; a side seen in less than half of the frames
/// is left out.
#[must_use]
pub fn curve(trace: &Trace, signal: Signal, pair: Pair, from: MediaTime, to: MediaTime) -> Curve {
    let sides = Side::BOTH.map(|side| {
        let (mut samples, mut n) = (Vec::new(), 0);
        for (time, value, confidence) in trace.channel(pair.on(side), from, to) {
            n += 1;
            if confidence >= MIN_CONFIDENCE {
                samples.push((time.as_secs(), value));
            }
        }
        (samples.len() >= 3 && 2 * samples.len() >= n).then(|| resample(&samples, N_CURVE))
    });
    Curve { signal, sides }
}

/// Linear resampling of (seconds, value) to `n` equal steps from the first to the last; `samples` has at least one.
#[must_use]
pub fn resample(samples: &[(f64, f64)], n: usize) -> Vec<f64> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return vec![0.0; n] };
    let step_secs = (last.0 - first.0) / as_f64(n.saturating_sub(1).max(1));
    let mut k = 0;
    (0..n)
        .map(|i| {
            let t = first.0 + step_secs * as_f64(i);
            while k + 2 < samples.len() && samples[k + 1].0 < t {
                k += 1;
            }
            let (a, b) = (samples[k], samples[(k + 1).min(samples.len() - 1)]);
            let share = if b.0 > a.0 { ((t - a.0) / (b.0 - a.0)).clamp(0.0, 1.0) } else { 0.0 };
            a.1 + share * (b.1 - a.1)
        })
        .collect()
}

/// How alike left and right move over a cycle: the correlation of the two channels, −1..=1; none where a side is not
/// seen well or hardly moves.
#[must_use]
pub fn togetherness(trace: &Trace, pair: Pair, cycle: &Cycle) -> Option<f64> {
    let (from, to) = (cycle.start.time, cycle.end.time);
    let (mut n, mut means) = (0.0, [0.0; 2]);
    let both = || trace.channel(pair.left, from, to).zip(trace.channel(pair.right, from, to));
    let seen = |left: f64, right: f64| left.min(right) >= 0.5;
    for ((_, left, left_seen), (_, right, right_seen)) in both() {
        if seen(left_seen, right_seen) {
            n += 1.0;
            means[0] += left;
            means[1] += right;
        }
    }
    if n < 5.0 || pair.single() {
        return None;
    }
    let (mut cross, mut squares) = (0.0, [0.0; 2]);
    for ((_, left, left_seen), (_, right, right_seen)) in both() {
        if seen(left_seen, right_seen) {
            let (a, b) = (left - means[0] / n, right - means[1] / n);
            cross += a * b;
            squares[0] += a * a;
            squares[1] += b * b;
        }
    }
    // A side with a standard deviation under 6° has collapsed or rests: it has nothing to say.
    let least = 6.0 * 6.0 * n;
    (squares[0] > least && squares[1] > least).then(|| cross / (squares[0] * squares[1]).sqrt())
}

/// The middle of three: a single wild frame does not decide.
pub(crate) fn median3([a, b, c]: [f64; 3]) -> f64 {
    a.max(b).min(a.min(b).max(c))
}
