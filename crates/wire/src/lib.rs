//! Every type that crosses a process or language boundary, with its validation.
#![warn(missing_docs)]

pub mod analyze;
pub mod curves;
pub mod exercises;
pub mod figures;
pub mod frames;
pub mod judged;
pub mod live;
pub mod plans;
pub mod pose_stream;
pub mod progress;
pub mod reference;
pub mod report;
pub mod sessions;
pub mod state;
