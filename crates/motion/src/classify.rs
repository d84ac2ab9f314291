//! Names the exercise from the last few seconds, or says that it does not know.
//!
//! Each exercise's signature is a list of soft limits on statistics of signals; the belief in it is the product of how
//! well each limit is kept. Rules, not a trained network: every answer can be explained by the rule that failed.

use units::{MediaTime, Side};

use crate::channel::MIN_CONFIDENCE;
use crate::pose::Pose;
use crate::signal::Signal;
use crate::spec::{SideChoice, SignatureRule, Statistic};
use crate::view::View;

/// Length of the window, seconds.
const WINDOW_SECS: f64 = 6.0;
/// Least time between samples, seconds.
const SAMPLE_SECS: f64 = 0.1;
/// Most samples in a window.
const N_SAMPLES: usize = 60;
/// Least time between answers, seconds.
const ANSWER_SECS: f64 = 0.5;
/// Least filled part of the window before the first answer, seconds.
const FIRST_ANSWER_SECS: f64 = 2.0;
/// Beliefs below this mean "unknown".
pub const LEAST_BELIEF: f64 = 0.3;

/// An answer: which of the signatures, and how sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Index into the signatures given to [`Classifier::new`].
    pub exercise: usize,
    /// 0..=1.
    pub confidence: f64,
}

/// The state of the classifier for one person.
#[derive(Debug, Clone)]
pub struct Classifier {
    signatures: Vec<Vec<(SignatureRule, usize)>>,
    signals: Vec<Signal>,
    /// Per signal and side, a ring of samples; NaN where not measured.
    rings: Vec<[[f64; N_SAMPLES]; 2]>,
    times: [MediaTime; N_SAMPLES],
    n_pushed: usize,
    view: View,
    answered_at: Option<MediaTime>,
    beliefs: Vec<f64>,
}

impl Classifier {
    /// A classifier for these exercises' signatures; an empty signature is never believed.
    #[must_use]
    pub fn new(signatures: &[&[SignatureRule]]) -> Self {
        let mut signals: Vec<Signal> = Vec::new();
        let signatures: Vec<Vec<(SignatureRule, usize)>> = signatures
            .iter()
            .map(|rules| {
                rules
                    .iter()
                    .map(|rule| {
                        let known = signals.iter().position(|&signal| signal == rule.signal);
                        let index = known.unwrap_or_else(|| {
                            signals.push(rule.signal);
                            signals.len() - 1
                        });
                        (*rule, index)
                    })
                    .collect()
            })
            .collect();
        Self {
            beliefs: vec![0.0; signatures.len()],
            rings: vec![[[f64::NAN; N_SAMPLES]; 2]; signals.len()],
            signals,
            signatures,
            times: [MediaTime::ZERO; N_SAMPLES],
            n_pushed: 0,
            view: View::default(),
            answered_at: None,
        }
    }

    /// The belief in each exercise, in the order of the signatures, from the last full answer.
    #[must_use]
    pub fn beliefs(&self) -> &[f64] {
        &self.beliefs
    }

    /// The answer from the beliefs: the best, if good enough.
    #[must_use]
    pub fn best(&self) -> Option<Belief> {
        best_of(&self.beliefs)
    }

    /// Takes in one pose. Gives true when the beliefs were made anew, twice a second.
    pub fn push(&mut self, pose: &Pose) -> bool {
        if let Some(last) = self.last_time() {
            let gap_secs = pose.time.secs_since(last);
            if gap_secs < SAMPLE_SECS {
                return false;
            }
            if gap_secs > WINDOW_SECS {
                self.n_pushed = 0;
            }
        }
        self.view.see(pose);
        let slot = self.n_pushed % N_SAMPLES;
        self.times[slot] = pose.time;
        for (signal, ring) in self.signals.iter().zip(&mut self.rings) {
            for side in Side::BOTH {
                let signal = if pose.world.is_some() { *signal } else { signal.in_image() };
                let measure = signal.measure(pose, side, &self.view);
                let seen = measure.confidence >= MIN_CONFIDENCE;
                ring[side as usize][slot] = if seen { measure.value } else { f64::NAN };
            }
        }
        self.n_pushed += 1;
        let n = self.n_pushed.min(N_SAMPLES);
        let oldest = self.times[(self.n_pushed - n) % N_SAMPLES];
        let due = self.answered_at.is_none_or(|before| pose.time.secs_since(before) >= ANSWER_SECS);
        if !due || pose.time.secs_since(oldest) < FIRST_ANSWER_SECS {
            return false;
        }
        self.answered_at = Some(pose.time);
        for index in 0..self.signatures.len() {
            self.beliefs[index] = self.believe(index, pose.time);
        }
        true
    }

    fn last_time(&self) -> Option<MediaTime> {
        (self.n_pushed > 0).then(|| self.times[(self.n_pushed - 1) % N_SAMPLES])
    }

    /// How well each rule of a signature is kept over the window that ends now: for explanations.
    #[must_use]
    pub fn explain(&self, exercise: usize, now: MediaTime) -> Vec<(SignatureRule, f64)> {
        self.signatures[exercise]
            .iter()
            .map(|&(rule, signal)| (rule, self.kept(&rule, signal, now).unwrap_or(1.0)))
            .collect()
    }

    fn believe(&self, exercise: usize, now: MediaTime) -> f64 {
        let rules = &self.signatures[exercise];
        if rules.is_empty() {
            return 0.0;
        }
        let (mut belief, mut n_judged) = (1.0, 0);
        for &(rule, signal) in rules {
            if let Some(kept) = self.kept(&rule, signal, now) {
                belief *= kept;
                n_judged += 1;
            }
        }
        // What could not be looked at cannot be believed: at least two thirds of the rules must have been judged.
        if 3 * n_judged >= 2 * rules.len() { belief } else { 0.0 }
    }

    fn kept(&self, rule: &SignatureRule, signal: usize, now: MediaTime) -> Option<f64> {
        if rule.view.suits(self.view.side_on()) < 0.5 {
            return None;
        }
        let left = self.statistics(signal, Side::Left, now);
        let right =
            if rule.signal.per_side() { self.statistics(signal, Side::Right, now) } else { None };
        let chosen = match (left, right) {
            (Some(left), Some(right)) => {
                let left_busier = left.range() >= right.range();
                match rule.side {
                    SideChoice::Busier => {
                        if left_busier {
                            left
                        } else {
                            right
                        }
                    }
                    SideChoice::Calmer => {
                        if left_busier {
                            right
                        } else {
                            left
                        }
                    }
                    SideChoice::Seen => match left.n.cmp(&right.n) {
                        core::cmp::Ordering::Greater => left,
                        core::cmp::Ordering::Less => right,
                        core::cmp::Ordering::Equal => left.mean_with(&right),
                    },
                }
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return None,
        };
        let value = match rule.of {
            Statistic::Low => chosen.low,
            Statistic::Middle => chosen.middle,
            Statistic::High => chosen.high,
            Statistic::Range => chosen.range(),
        };
        let below = rule.min.map_or(0.0, |min| min - value);
        let above = rule.max.map_or(0.0, |max| value - max);
        let excess = below.max(above).max(0.0) / rule.soft;
        Some(1.0 / (1.0 + excess * excess))
    }

    fn statistics(&self, signal: usize, side: Side, now: MediaTime) -> Option<Statistics> {
        let mut values = [0.0; N_SAMPLES];
        let mut n = 0;
        let n_kept = self.n_pushed.min(N_SAMPLES);
        for k in 0..n_kept {
            let slot = (self.n_pushed - 1 - k) % N_SAMPLES;
            let value = self.rings[signal][side as usize][slot];
            if now.secs_since(self.times[slot]) <= WINDOW_SECS && value.is_finite() {
                values[n] = value;
                n += 1;
            }
        }
        // A signal seen in less than half of the window says little about it.
        if n < 5 || 2 * n < n_kept {
            return None;
        }
        let values = &mut values[..n];
        values.sort_unstable_by(f64::total_cmp);
        Some(Statistics {
            n,
            low: values[n / 10],
            middle: values[n / 2],
            high: values[n - 1 - n / 10],
        })
    }
}

/// The best of a list of beliefs, if good enough.
#[must_use]
pub fn best_of(beliefs: &[f64]) -> Option<Belief> {
    let (exercise, &confidence) = beliefs.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    (confidence >= LEAST_BELIEF).then_some(Belief { exercise, confidence })
}

#[derive(Debug, Clone, Copy)]
struct Statistics {
    n: usize,
    low: f64,
    middle: f64,
    high: f64,
}

impl Statistics {
    fn range(&self) -> f64 {
        self.high - self.low
    }

    fn mean_with(&self, other: &Self) -> Self {
        Self {
            n: self.n,
            low: 0.5 * (self.low + other.low),
            middle: 0.5 * (self.middle + other.middle),
            high: 0.5 * (self.high + other.high),
        }
    }
}
