//! One progress signal out of several: both sides and all primary signals, each trusted by its credibility.
//!
//! In three-quarter views one limb's estimate often collapses while the other is right, so neither a plain average nor
//! a fixed choice works. Live, a candidate is credible when its joints are seen, the view suits it, it moves over a
//! good part of the expected range, and it does not jitter. After a first pass over a recording, [`crate::consensus`]
//! tells better: who moves together with the others.

use crate::consensus::Alignment;
use crate::math;
use crate::spec::Primary;

/// How fast the shown range of a candidate forgets, seconds.
const RANGE_MEMORY_SECS: f64 = 8.0;
/// Smoothing of noise and weights, seconds.
const WEIGHT_SECS: f64 = 0.7;
/// How fast what was said last stops to count while the joint is lost, seconds.
const LOST_SECS: f64 = 0.25;
/// Jitter at which a candidate loses half its weight, in progress.
const TOLERATED_JITTER: f64 = 0.05;

/// One primary signal on one side.
#[derive(Debug, Clone)]
pub struct Candidate {
    primary: Primary,
    high: f64,
    low: f64,
    jitter: f64,
    credibility: Option<f64>,
    alignment: Option<Alignment>,
    /// Sum of credibility over time, to know which side is trusted.
    total: f64,
    last: Vote,
}

/// A candidate's reading at one time.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The filtered value of the signal.
    pub value: f64,
    /// The value before filtering.
    pub raw: f64,
    /// 0..=1.
    pub confidence: f64,
}

/// What a candidate says at one time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Vote {
    /// Progress by this candidate alone.
    pub progress: f64,
    /// How much it counts among the others; 0 means not seen.
    pub weight: f64,
}

impl Candidate {
    /// A candidate that has seen nothing; `alignment` is what a first pass has learnt about it.
    #[must_use]
    pub fn new(primary: Primary, alignment: Option<Alignment>) -> Self {
        let (high, low) = (f64::NEG_INFINITY, f64::INFINITY);
        Self {
            primary,
            high,
            low,
            jitter: 0.0,
            credibility: None,
            alignment,
            total: 0.0,
            last: Vote::default(),
        }
    }

    /// Which signal it follows, from where to where.
    #[must_use]
    pub fn primary(&self) -> &Primary {
        &self.primary
    }

    /// How well the view suits the signal, times its weight in the exercise.
    #[must_use]
    pub fn prior(&self, side_on: f64) -> f64 {
        self.primary.weight * (0.1 + 0.9 * self.primary.view.suits(side_on))
    }

    /// Takes in a reading.
    pub fn read(&mut self, reading: Reading, side_on: f64, dt_secs: f64) -> Vote {
        let progress = self.primary.progress(reading.value);
        let confidence = reading.confidence;
        if confidence < 0.1 {
            // A joint lost for a moment must not leave the floor to others that see another depth.
            self.last.weight *= math::exp(-dt_secs / LOST_SECS);
            return self.last;
        }
        let forget = 1.0 - math::exp(-dt_secs / RANGE_MEMORY_SECS);
        self.high = if self.high < progress {
            progress
        } else {
            self.high - forget * (self.high - progress)
        };
        self.low =
            if self.low > progress { progress } else { self.low + forget * (progress - self.low) };
        let smooth = 1.0 - math::exp(-dt_secs / WEIGHT_SECS);
        let jitter = (self.primary.progress(reading.raw) - progress).abs();
        self.jitter += smooth * (jitter - self.jitter);
        let range = (self.high - self.low).clamp(0.15, 1.0);
        let calm =
            1.0 / (1.0 + (self.jitter / TOLERATED_JITTER) * (self.jitter / TOLERATED_JITTER));
        let now = self.prior(side_on) * confidence * confidence * range * range * calm;
        let credibility = match self.credibility {
            None => now,
            Some(before) => before + smooth * (now - before),
        };
        self.credibility = Some(credibility);
        self.total += credibility * dt_secs;
        if let Some(alignment) = self.alignment {
            self.last = Vote {
                progress: alignment.apply(progress),
                weight: alignment.weight * confidence.max(0.2),
            };
            return self.last;
        }
        // A place in the picture says nothing by itself: it is read against where the person rests.
        let progress = if self.primary.signal.is_place() { progress - self.low } else { progress };
        self.last = Vote { progress, weight: credibility };
        self.last
    }

    /// The unaligned progress at a value, for a first pass.
    #[must_use]
    pub fn plain_progress(&self, value: f64) -> f64 {
        self.primary.progress(value)
    }

    /// Whether only its changes mean something.
    #[must_use]
    pub fn is_place(&self) -> bool {
        self.primary.signal.is_place()
    }

    /// How much it has counted over time.
    #[must_use]
    pub fn total_credibility(&self) -> f64 {
        self.total
    }
}
