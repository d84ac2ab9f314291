//! The 1€ filter (Casiez, Roussel and Vogel 2012): smooth when slow, quick when fast, causal.
//!
//! Time comes from the frames, so dropped and jittered frames are handled; a repeated or backward time is ignored.

use core::f64::consts::TAU;

/// Parameters of the filter, with the paper's names plus units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneEuroConfig {
    /// Cut-off at zero speed, Hz. Lower removes more jitter and adds more lag.
    pub min_cutoff_hz: f64,
    /// How much the cut-off grows with speed, Hz per (unit per second).
    pub beta: f64,
    /// Cut-off of the speed estimate, Hz.
    pub derivative_cutoff_hz: f64,
}

impl OneEuroConfig {
    /// For joint angles in degrees at 8 to 60 frames per second: about 60 ms of lag at rest and 15 ms at 300 °/s.
    pub const ANGLE_DEG: Self = Self { min_cutoff_hz: 2.0, beta: 0.04, derivative_cutoff_hz: 1.0 };
}

/// The state of one filtered signal.
#[derive(Debug, Clone, Copy)]
pub struct OneEuroFilter {
    config: OneEuroConfig,
    state: Option<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    value: f64,
    raw: f64,
    speed: f64,
}

/// The smoothing factor of a first-order low-pass: `1 / (1 + τ / dt)` with `τ = 1 / (2π f)`, 0..=1.
#[must_use]
pub fn smoothing_factor(cutoff_hz: f64, dt_secs: f64) -> f64 {
    let tau_secs = 1.0 / (TAU * cutoff_hz);
    1.0 / (1.0 + tau_secs / dt_secs)
}

impl OneEuroFilter {
    /// A filter that has seen nothing.
    #[must_use]
    pub fn new(config: OneEuroConfig) -> Self {
        Self { config, state: None }
    }

    /// Forgets everything; the next value passes through unchanged.
    pub fn reset(&mut self) {
        self.state = None;
    }

    /// The filtered value after `raw`, which came `dt_secs` after the value before it.
    pub fn filter(&mut self, raw: f64, dt_secs: f64) -> f64 {
        let Some(state) = &mut self.state else {
            self.state = Some(State { value: raw, raw, speed: 0.0 });
            return raw;
        };
        if dt_secs <= 0.0 {
            return state.value;
        }
        let raw_speed = (raw - state.raw) / dt_secs;
        state.speed +=
            smoothing_factor(self.config.derivative_cutoff_hz, dt_secs) * (raw_speed - state.speed);
        let cutoff_hz = self.config.min_cutoff_hz + self.config.beta * state.speed.abs();
        state.value += smoothing_factor(cutoff_hz, dt_secs) * (raw - state.value);
        state.raw = raw;
        state.value
    }
}
