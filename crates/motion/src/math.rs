//! Transcendental functions with the same bits on every target, from the `libm` crate.
//!
//! Call these as free functions. The standard library's methods (`y.atan2(x)`) use the platform's C library and give
//! other bits natively than in WebAssembly; `clippy.toml` bans them.

pub use libm::{acos, asin, atan, atan2, cos, erf, exp, fmax, hypot, log, pow, sin, tan};

/// A count as a float; exact up to 2⁵³.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub fn as_f64(count: usize) -> f64 {
    count as f64
}
