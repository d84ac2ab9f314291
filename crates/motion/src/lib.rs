//! The motion engine: poses in, joint angles, phases, repetitions, findings and technique out.
//!
//! Pure: no clock, no threads, no files, no randomness; the same input gives the same bytes natively and in WASM. It
//! cannot fail: bad input becomes low confidence or a finding.
#![warn(missing_docs)]

pub mod advice;
pub mod analysis;
pub mod channel;
pub mod classify;
pub mod consensus;
pub mod cycle;
pub mod dtw;
pub mod effort;
pub mod engine;
pub mod form;
pub mod fusion;
pub mod hold;
pub mod interval;
pub mod judge;
pub mod kinematics;
mod labels;
pub mod math;
pub mod one_euro;
pub mod plane;
pub mod pose;
pub mod rep;
pub mod report;
pub mod signal;
pub mod smoothness;
pub mod spec;
pub mod technique;
pub mod tempo;
pub mod trace;
pub mod view;
