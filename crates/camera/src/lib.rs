//! Video files as timed RGB frames, decoded by an `ffmpeg` child process: a broken stream kills a child, not us.
//!
//! Easy to get wrong: frames come upright and with square pixels (rotation and pixel shape are applied), and may be
//! smaller than the video. [`VideoInfo::display`] is the video's own size; landmarks are fractions, so both fit.
#![warn(missing_docs)]

mod decode;
mod error;
mod ffmpeg;
mod probe;
mod timing;

pub use decode::{DecodeOptions, Frame, Frames};
pub use error::Error;
pub use probe::VideoInfo;

#[cfg(test)]
mod tests;
