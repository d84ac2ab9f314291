//! Frames to poses: runtimes, networks and the person followed.
//!
//! [`PoseReader`] reads a file; [`PersonPoser`] sees one frame after the other, for cameras and servers.
#![warn(missing_docs)]

mod error;
mod networks;
mod onnx;
mod poser;
mod reader;
mod runtime;
mod seen;
mod tflite;

pub use error::Error;
pub use networks::{NetworkChoice, Networks};
pub use poser::PersonPoser;
pub use reader::{PoseReader, ReadOptions, ReaderInfo};
pub use runtime::{OrtLibrary, Runtime, RuntimeKind};
pub use seen::{SeenPerson, SeenPose};

#[cfg(test)]
mod tests;
