//! Transcendental functions with the same bits on every target, from the `libm` crate.
//!
//! Call these as free functions: the standard library's `x.exp()` and `x.powf(y)` give other bits natively than in
//! WebAssembly.

pub(crate) use libm::{exp, pow};
