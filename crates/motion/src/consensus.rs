//! Who moves together: after a first pass over a recording, the candidates' shared motion tells whom to believe.
//!
//! The first principal component of the candidates' correlations is the motion that most of them show. Each candidate
//! is then brought to the shared scale and weighted by signal over noise, the best linear unbiased combination when
//! each is `gain · shared motion + its own noise`.

use crate::math::as_f64;

/// How to bring one candidate to the shared motion.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Alignment {
    /// Its mean progress.
    pub mean: f64,
    /// Its motion for one unit of shared motion.
    pub gain: f64,
    /// The shared motion's mean progress.
    pub level: f64,
    /// How much it counts.
    pub weight: f64,
    /// Its correlation with the shared motion, −1..=1.
    pub agreement: f64,
}

impl Alignment {
    /// The shared progress that this candidate's progress stands for.
    #[must_use]
    pub fn apply(&self, progress: f64) -> f64 {
        self.level + (progress - self.mean) / self.gain
    }
}

/// One candidate over a recording: progress and confidence at each frame, the same frames for all.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// (progress, confidence) per frame.
    pub samples: Vec<(f64, f64)>,
    /// Belief before looking, from the exercise and the view.
    pub prior: f64,
    /// Whether only its changes mean something (a place in the picture).
    pub is_place: bool,
}

/// Fewer frames than this teach nothing.
const MIN_FRAMES: usize = 30;
/// Standard deviation of the textbook's progress over a set: a little under that of a sine between 0 and 1.
const TEXTBOOK_SD: f64 = 0.3;
/// Frames over which a limb cannot have moved far: about a tenth of a second.
const JITTER_FRAMES: usize = 3;
/// Jitter that every candidate may have.
const JITTER_FLOOR: f64 = 0.03;
/// Correlation with the shared motion below which a candidate is left out.
const MIN_CORRELATION: f64 = 0.3;

/// The alignment of each candidate; empty when there is too little to learn from.
#[must_use]
pub fn align(candidates: &[Series]) -> Vec<Alignment> {
    let n = candidates.len();
    let moments: Vec<(f64, f64)> =
        candidates.iter().map(|candidate| moments(&candidate.samples)).collect();
    let usable: Vec<bool> = candidates
        .iter()
        .zip(&moments)
        .map(|(c, &(_, sd))| {
            sd > 1e-6 && c.samples.iter().filter(|s| s.1 >= 0.1).count() >= MIN_FRAMES
        })
        .collect();
    if !usable.iter().any(|&u| u) {
        return Vec::new();
    }
    // Belief before looking for agreement: the exercise's weight, the view, how well the joints are seen, whether the
    // candidate moves as far as it should and whether it moves steadily rather than jitters.
    let belief: Vec<f64> = candidates
        .iter()
        .zip(&usable)
        .map(|(c, &usable)| {
            let seen =
                c.samples.iter().map(|s| s.1 * s.1).sum::<f64>() / as_f64(c.samples.len().max(1));
            if usable { c.prior * seen } else { 0.0 }
        })
        .zip(candidates.iter().zip(&moments))
        .map(|(believed, (candidate, &(_, sd)))| {
            let moves = (sd / TEXTBOOK_SD).min(1.0);
            believed * moves * moves / (JITTER_FLOOR + jitter(&candidate.samples, sd))
        })
        .collect();
    let mut correlation = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            if usable[i] && usable[j] {
                correlation[i * n + j] =
                    correlate(&candidates[i], moments[i], &candidates[j], moments[j]);
            }
        }
    }
    let loading = principal(&correlation, &belief);
    // Correlation of each candidate with the weighted sum of all.
    let mut variance = 0.0;
    let mut with_shared = vec![0.0; n];
    for i in 0..n {
        for j in 0..n {
            with_shared[i] += loading[j] * correlation[i * n + j];
        }
        variance += loading[i] * with_shared[i];
    }
    let sd = variance.max(1e-12).sqrt();
    let agreement: Vec<f64> = with_shared.iter().map(|c| (c / sd).clamp(-1.0, 1.0)).collect();
    let (mut gain, mut level, mut total) = (0.0, 0.0, 0.0);
    let mut place_gain = (0.0, 0.0);
    for i in 0..n {
        let share = belief[i] * agreement[i].max(0.0) * agreement[i].max(0.0);
        if candidates[i].is_place {
            place_gain = (place_gain.0 + share * moments[i].1 * agreement[i], place_gain.1 + share);
            continue;
        }
        gain += share * moments[i].1 * agreement[i];
        level += share * moments[i].0;
        total += share;
    }
    // The shared motion is told in the textbook's progress, which a place in the picture does not know.
    let (gain, level) = if total > 1e-9 {
        (gain / total, level / total)
    } else {
        (place_gain.0 / place_gain.1.max(1e-9), 0.5)
    };
    (0..n)
        .map(|i| {
            let agreement = agreement[i];
            if !usable[i] || agreement < MIN_CORRELATION || gain <= 1e-6 {
                return Alignment { gain: 1.0, agreement, ..Alignment::default() };
            }
            let signal_over_noise = agreement * agreement / (1.03 - agreement * agreement);
            Alignment {
                mean: moments[i].0,
                gain: moments[i].1 * agreement / gain,
                level,
                weight: belief[i] * signal_over_noise,
                agreement,
            }
        })
        .collect()
}

/// Share of a candidate's motion that is gone within [`JITTER_FRAMES`]: near 0 for a limb that moves, near 1 for noise.
fn jitter(samples: &[(f64, f64)], sd: f64) -> f64 {
    let (mut sum, mut total) = (0.0, 0.0);
    for (now, later) in samples.iter().zip(samples.iter().skip(JITTER_FRAMES)) {
        let weight = (now.1 * later.1).sqrt();
        sum += weight * (later.0 - now.0) * (later.0 - now.0);
        total += weight;
    }
    if total <= 1e-9 || sd <= 1e-9 { 1.0 } else { (0.5 * sum / total / (sd * sd)).min(1.0) }
}

/// Mean and standard deviation, weighted by confidence.
fn moments(samples: &[(f64, f64)]) -> (f64, f64) {
    let total: f64 = samples.iter().map(|s| s.1).sum();
    if total <= 1e-9 {
        return (0.0, 0.0);
    }
    let mean = samples.iter().map(|s| s.0 * s.1).sum::<f64>() / total;
    let variance = samples.iter().map(|s| s.1 * (s.0 - mean) * (s.0 - mean)).sum::<f64>() / total;
    (mean, variance.max(0.0).sqrt())
}

fn correlate(a: &Series, of_a: (f64, f64), b: &Series, of_b: (f64, f64)) -> f64 {
    let (mut sum, mut total) = (0.0, 0.0);
    for (x, y) in a.samples.iter().zip(&b.samples) {
        let weight = (x.1 * y.1).sqrt();
        sum += weight * (x.0 - of_a.0) * (y.0 - of_b.0);
        total += weight;
    }
    if total <= 1e-9 { 0.0 } else { (sum / total / (of_a.1 * of_b.1)).clamp(-1.0, 1.0) }
}

/// The non-negative leading vector of the correlations between believed candidates, by power iteration.
fn principal(correlation: &[f64], belief: &[f64]) -> Vec<f64> {
    let n = belief.len();
    let mut vector: Vec<f64> = belief.to_vec();
    for _ in 0..50 {
        let mut next = vec![0.0; n];
        for i in 0..n {
            for j in 0..n {
                next[i] += belief[i] * correlation[i * n + j] * vector[j];
            }
            next[i] = next[i].max(0.0);
        }
        let length = next.iter().map(|v| v * v).sum::<f64>().sqrt();
        if length <= 1e-12 {
            return belief.to_vec();
        }
        vector = next.into_iter().map(|v| v / length).collect();
    }
    vector
}
