//! One progress signal out of several: both sides and all primary signals, each trusted by its credibility.
//!
//! In three-quarter views one limb's estimate often collapses while the other is right, so neither a plain average nor
//! a fixed choice works. A candidate is credible when its joints are seen, the view suits it, it moves over a good part
//! of the expected range, and it does not jitter.

use crate::math;
use crate::spec::Primary;

/// How fast the shown range of a candidate forgets, seconds.
const RANGE_MEMORY_SECS: f64 = 8.0;
/// Smoothing of noise and weights, seconds.
const WEIGHT_SECS: f64 = 0.7;
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
    calibrated: Option<f64>,
    /// Sum of credibility over time, for calibration.
    total: f64,
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

impl Candidate {
    /// A candidate that has seen nothing; `calibrated` is its credibility where a first pass has measured it.
    #[must_use]
    pub fn new(primary: Primary, calibrated: Option<f64>) -> Self {
        let (high, low) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { primary, high, low, jitter: 0.0, credibility: None, calibrated, total: 0.0 }
    }

    fn progress(&self, value: f64) -> f64 {
        (value - self.primary.start) / (self.primary.turn - self.primary.start)
    }

    /// Takes in a reading; gives progress and weight.
    pub fn read(&mut self, reading: Reading, side_on: f64, dt_secs: f64) -> (f64, f64) {
        let progress = self.progress(reading.value);
        let confidence = reading.confidence;
        if confidence < 0.1 {
            return (progress, 0.0);
        }
        let forget = 1.0 - math::exp(-dt_secs / RANGE_MEMORY_SECS);
        self.high = if self.high < progress { progress } else { self.high - forget * (self.high - progress) };
        self.low = if self.low > progress { progress } else { self.low + forget * (progress - self.low) };
        let smooth = 1.0 - math::exp(-dt_secs / WEIGHT_SECS);
        let jitter = (self.progress(reading.raw) - progress).abs();
        self.jitter += smooth * (jitter - self.jitter);
        let range = (self.high - self.low).clamp(0.15, 1.0);
        let calm = 1.0 / (1.0 + (self.jitter / TOLERATED_JITTER) * (self.jitter / TOLERATED_JITTER));
        let suits = 0.1 + 0.9 * self.primary.view.suits(side_on);
        let now = self.primary.weight * confidence * confidence * suits * range * range * calm;
        let credibility = match self.credibility {
            None => now,
            Some(before) => before + smooth * (now - before),
        };
        self.credibility = Some(credibility);
        self.total += credibility * dt_secs;
        let weight = self.calibrated.map_or(credibility, |calibrated| calibrated * confidence.max(0.2));
        (progress, weight)
    }

    /// The credibility summed over time, for a second pass.
    #[must_use]
    pub fn total_credibility(&self) -> f64 {
        self.total
    }
}
