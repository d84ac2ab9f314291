//! A small random number generator (`SplitMix64`, Steele 2014): the same seed gives the same numbers on every machine.

use libm::{cos, log};

/// The generator.
#[derive(Debug, Clone, Copy)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// A generator that starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed ^ 0x5851_f42d_4c95_7f2d }
    }

    /// A generator for one purpose, so that more draws for another purpose change nothing here.
    #[must_use]
    pub fn stream(seed: u64, purpose: u64) -> Self {
        let mut mixed = Self::new(seed ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed.next_u64();
        Self::new(mixed.next_u64())
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly spread over 0..1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a float exactly")]
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly spread between two values.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Normally distributed with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * log(1.0 - self.unit())).sqrt();
        radius * cos(core::f64::consts::TAU * self.unit())
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the first `n` numbers.
    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below n")]
    pub fn below(&mut self, n: usize) -> usize {
        (self.next_u64() % n.max(1) as u64) as usize
    }
}

/// A slow random curve with mean 0 and standard deviation 1: three sines.
#[derive(Debug, Clone, Copy)]
pub struct Drift {
    waves: [(f64, f64); 3],
}

impl Drift {
    /// A curve whose slowest wave takes about `period_secs`.
    pub fn new(rng: &mut Rng, period_secs: f64) -> Self {
        let wave = |factor: f64, rng: &mut Rng| {
            let hz = factor * rng.between(0.8, 1.25) / period_secs;
            (core::f64::consts::TAU * hz, rng.between(0.0, core::f64::consts::TAU))
        };
        Self { waves: [wave(1.0, rng), wave(1.7, rng), wave(2.9, rng)] }
    }

    /// Its value at a time.
    #[must_use]
    pub fn at(&self, secs: f64) -> f64 {
        let sum: f64 = self.waves.iter().map(|(rate, phase)| libm::sin(rate * secs + phase)).sum();
        sum * (2.0_f64 / 3.0).sqrt()
    }
}
