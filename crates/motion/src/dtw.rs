//! Dynamic time warping with a Sakoe–Chiba band (Sakoe and Chiba 1978) of two curves of one signal.

use crate::math::as_f64;
use crate::signal::Signal;
use crate::technique::{JointDeviation, N_CURVE};

/// Half-width of the band as a fraction of the length.
pub const BAND: f64 = 0.15;

/// The cheapest path that aligns two curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// Measured less expected at each step of the path.
    pub distances: Vec<f64>,
    /// Index into the expected curve at each step.
    pub expected_at: Vec<usize>,
}

impl Alignment {
    /// Steps of the path, at least 1.
    #[must_use]
    pub fn n_steps(&self) -> f64 {
        as_f64(self.distances.len().max(1))
    }

    /// The mean and the largest distance.
    #[must_use]
    pub fn deviation(&self, signal: Signal) -> JointDeviation {
        let worst = (0..self.distances.len())
            .max_by(|&a, &b| self.distances[a].abs().total_cmp(&self.distances[b].abs()));
        JointDeviation {
            signal,
            mean_deg: self.distances.iter().map(|d| d.abs()).sum::<f64>() / self.n_steps(),
            worst_deg: worst.map_or(0.0, |k| self.distances[k]),
            worst_at: worst.map_or(0.0, |k| as_f64(self.expected_at[k]) / as_f64(N_CURVE - 1)),
        }
    }
}

/// Aligns two curves; empty curves give an empty path.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by the curve's length"
)]
pub fn align(measured: &[f64], expected: &[f64], band: f64) -> Alignment {
    let (n, m) = (measured.len(), expected.len());
    if n == 0 || m == 0 {
        return Alignment { distances: Vec::new(), expected_at: Vec::new() };
    }
    let slope = as_f64(m) / as_f64(n);
    let half = (band * as_f64(m)).max(slope.max(1.0)).ceil();
    let mut cost = vec![f64::INFINITY; n * m];
    for i in 0..n {
        let middle = as_f64(i) * slope;
        let from = (middle - half).max(0.0) as usize;
        let to = ((middle + half) as usize).min(m - 1);
        for j in from..=to {
            let here = (measured[i] - expected[j]).abs();
            let before = if i == 0 && j == 0 {
                0.0
            } else {
                let up = if i > 0 { cost[(i - 1) * m + j] } else { f64::INFINITY };
                let left = if j > 0 { cost[i * m + j - 1] } else { f64::INFINITY };
                let diagonal =
                    if i > 0 && j > 0 { cost[(i - 1) * m + j - 1] } else { f64::INFINITY };
                up.min(left).min(diagonal)
            };
            cost[i * m + j] = here + before;
        }
    }
    let (mut i, mut j) = (n - 1, m - 1);
    let (mut distances, mut expected_at) = (Vec::with_capacity(n + m), Vec::with_capacity(n + m));
    loop {
        distances.push(measured[i] - expected[j]);
        expected_at.push(j);
        if i == 0 && j == 0 {
            break;
        }
        // Along an edge there is one way only, also where values beyond all measure left no finite cost.
        if i == 0 {
            j -= 1;
            continue;
        }
        if j == 0 {
            i -= 1;
            continue;
        }
        let (up, left) = (cost[(i - 1) * m + j], cost[i * m + j - 1]);
        let diagonal = cost[(i - 1) * m + j - 1];
        if diagonal <= up && diagonal <= left {
            (i, j) = (i - 1, j - 1);
        } else if up <= left {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    distances.reverse();
    expected_at.reverse();
    Alignment { distances, expected_at }
}
