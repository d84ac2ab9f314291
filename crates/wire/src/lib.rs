//! Every type that crosses a process or language boundary, with its validation.
#![warn(missing_docs)]

pub mod pose_stream;
pub mod report;
