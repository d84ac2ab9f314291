//! One exercise on one body, sampled once over its cycle: the solver is too slow to be asked for every frame.

use body::{Moment, Rig};

use crate::lens::Points;

/// Samples of a cycle; the joints turn about 2° between two of them, so straight lines serve.
const N_SAMPLES: usize = 97;

/// The sampled cycle.
#[derive(Debug, Clone)]
pub(crate) struct CycleTable {
    samples: Vec<Points>,
    turn: f64,
}

impl CycleTable {
    /// Samples the cycle with faults, the sides swapped or not.
    #[must_use]
    pub(crate) fn new(rig: &Rig, mirror: bool, faults: &[(&str, f64)]) -> Self {
        let samples = (0..N_SAMPLES)
            .map(|k| {
                let progress = motion::math::as_f64(k) / motion::math::as_f64(N_SAMPLES - 1);
                rig.figure(Moment { progress, mirror, faults }).joints()
            })
            .collect();
        Self { samples, turn: rig.spec().turn() }
    }

    /// The body at a progress of 0..=1.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the table"
    )]
    pub(crate) fn at(&self, progress: f64) -> Points {
        let place = progress.clamp(0.0, 1.0) * motion::math::as_f64(N_SAMPLES - 1);
        let before = (place.floor() as usize).min(N_SAMPLES - 2);
        let share = place - motion::math::as_f64(before);
        let (a, b) = (&self.samples[before], &self.samples[before + 1]);
        core::array::from_fn(|k| a[k].toward(b[k], share))
    }

    /// The body so far out: 0 start position, 1 turning point; on the way back or out.
    #[must_use]
    pub(crate) fn out(&self, depth: f64, way: Way) -> Points {
        match way {
            Way::Out => self.at(self.turn * depth),
            Way::Back => self.at(1.0 - (1.0 - self.turn) * depth),
        }
    }
}

/// Which half of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the start to the turning point.
    Out,
    /// From the turning point to the start.
    Back,
}
