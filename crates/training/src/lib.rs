//! The domain of training: what exercises train and ask for, programs, sessions and the maths over them.
//!
//! Pure: no clock, no I/O, no randomness that is not seeded; the same input gives the same bytes everywhere.
#![warn(missing_docs)]

pub mod athlete;
pub mod calendar;
pub mod copilot;
mod days;
pub mod deload;
pub mod edit;
pub mod exercise;
pub mod findings;
pub mod freshness;
pub mod load;
pub mod load_state;
pub mod loading;
mod lookup;
#[cfg(test)]
mod made_up;
mod math;
pub mod measured;
pub mod planner;
pub mod program;
pub mod progress;
pub mod progression;
pub mod readiness;
pub mod records;
pub mod review;
pub mod series;
pub mod session;
pub mod strength;
pub mod trend;
pub mod volume;
