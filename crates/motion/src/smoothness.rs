//! Smoothness as spectral arc length (SPARC; Balasubramanian et al. 2015). Closer to 0 is smoother.

use core::f64::consts::TAU;

use crate::kinematics::resample;
use crate::math;

/// Sampling rate of the resampled speed, Hz.
const RATE_HZ: f64 = 30.0;
/// Highest frequency looked at, Hz.
const MAX_CUTOFF_HZ: f64 = 10.0;
/// Amplitude under which the spectrum is noise, as a fraction of its start.
const MIN_AMPLITUDE: f64 = 0.05;

/// SPARC of a movement given as (seconds, position): its speed is resampled to 30 Hz first. 0 for fewer than four
/// samples or no movement.
#[must_use]
pub fn sparc(position: &[(f64, f64)]) -> f64 {
    let (Some(first), Some(last)) = (position.first(), position.last()) else { return 0.0 };
    let duration_secs = last.0 - first.0;
    if position.len() < 4 || duration_secs <= 0.0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded just before"
    )]
    let n = (duration_secs * RATE_HZ).clamp(4.0, 600.0) as usize;
    let resampled = resample(position, n + 1);
    let rate_hz = math::as_f64(n) / duration_secs;
    let speed: Vec<f64> =
        resampled.windows(2).map(|pair| (pair[1] - pair[0]).abs() * rate_hz).collect();
    sparc_of_speed(&speed, rate_hz)
}

/// SPARC of a speed profile sampled at `rate_hz`, zero-padded sixteenfold as in the reference implementation.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "bin numbers are small")]
pub fn sparc_of_speed(speed: &[f64], rate_hz: f64) -> f64 {
    let n_fft = speed.len().next_power_of_two() * 16;
    let step_hz = rate_hz / n_fft as f64;
    let mut amplitudes = Vec::new();
    for bin in 0..n_fft {
        let frequency_hz = bin as f64 * step_hz;
        if frequency_hz > MAX_CUTOFF_HZ || bin > n_fft / 2 {
            break;
        }
        amplitudes.push(amplitude(speed, TAU * bin as f64 / n_fft as f64));
    }
    let peak = amplitudes.iter().copied().fold(0.0, f64::max);
    if peak <= 0.0 {
        return 0.0;
    }
    let Some(last) = amplitudes.iter().rposition(|&a| a / peak >= MIN_AMPLITUDE) else {
        return 0.0;
    };
    if last == 0 {
        return 0.0;
    }
    let step = 1.0 / last as f64;
    -amplitudes[..=last]
        .windows(2)
        .map(|pair| {
            let rise = (pair[1] - pair[0]) / peak;
            (step * step + rise * rise).sqrt()
        })
        .sum::<f64>()
}

/// The amplitude of one frequency, by Goertzel's recurrence: one multiplication a sample.
fn amplitude(signal: &[f64], radians_per_sample: f64) -> f64 {
    let coefficient = 2.0 * math::cos(radians_per_sample);
    let (mut s1, mut s2) = (0.0, 0.0);
    for &value in signal {
        let s0 = value + coefficient * s1 - s2;
        s2 = s1;
        s1 = s0;
    }
    (s1 * s1 + s2 * s2 - coefficient * s1 * s2).max(0.0).sqrt()
}
