//! The motion engine: poses in, joint angles, phases, repetitions, findings and technique out.
//!
//! Pure: no clock, no threads, no files, no randomness; the same input gives the same bytes natively and in WASM. It
//! cannot fail: bad input becomes low confidence or a finding.
#![warn(missing_docs)]

pub mod math;
pub mod pose;
