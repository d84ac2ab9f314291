//! How hard a set was, from how much the repetitions slowed down.
//!
//! Velocity loss within the set tells the share of possible repetitions done: in the squat 20 % of loss is about half
//! of them and 40–50 % is at or near failure (formulas: enode; Rodríguez-Rosell 2020). Reps in reserve follow as
//! `done · (100 / share − 1)`.

/// An effort estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Share of the possible repetitions done, 0..=1.
    pub share_done: f64,
    /// Repetitions in reserve.
    pub reps_in_reserve: f64,
    /// 90 % interval of the reps in reserve: low, high.
    pub reps_in_reserve_interval: (f64, f64),
}

/// Standard error of the share, as a fraction (SEE 7–10 % on bench, more here for the camera's own error).
const SHARE_SD: f64 = 0.12;
/// Fewer repetitions tell nothing.
const MIN_REPS: usize = 4;

/// The effort of a set from its repetitions' mean concentric speeds, first to last; none under four repetitions or
/// without speeds.
#[must_use]
pub fn effort(speeds: &[f64]) -> Option<(f64, Effort)> {
    if speeds.len() < MIN_REPS || !speeds.iter().all(|&speed| speed > 0.0) {
        return None;
    }
    // The best and the last two are averaged over two: one repetition's speed has a camera's error in it.
    let pairs: Vec<f64> = speeds.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
    let best = pairs.iter().copied().fold(0.0, f64::max);
    let last = *pairs.last()?;
    let velocity_loss = (1.0 - last / best).clamp(0.0, 1.0);
    // Through (0, 0.25), (0.2, 0.5), (0.45, 1): a set always uses something, and 45 % is failure.
    let share = |loss: f64| {
        if loss <= 0.2 { 0.25 + 1.25 * loss } else { 0.5 + 2.0 * (loss - 0.2) }.clamp(0.1, 1.0)
    };
    #[expect(clippy::cast_precision_loss, reason = "a set has few repetitions")]
    let n_done = speeds.len() as f64;
    let reserve = |share: f64| (n_done * (1.0 / share.clamp(0.1, 1.0) - 1.0)).min(30.0);
    let share_done = share(velocity_loss);
    let spread = 1.645 * SHARE_SD;
    let effort = Effort {
        share_done,
        reps_in_reserve: reserve(share_done),
        reps_in_reserve_interval: (reserve(share_done + spread), reserve(share_done - spread)),
    };
    Some((velocity_loss, effort))
}
