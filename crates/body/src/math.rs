//! Transcendental functions with the same bits on every target, from the `libm` crate.
//!
//! Call these as free functions. The standard library's methods (`y.atan2(x)`) use the platform's C library and give
//! other bits natively than in WebAssembly; `clippy.toml` bans them.

pub(crate) use libm::{asin, atan2, cos, hypot, round, sin, tan};
