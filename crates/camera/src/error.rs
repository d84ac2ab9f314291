//! What can be wrong with a video, named by what the caller can do about it.

use std::{io, path::PathBuf};

/// Why there are no frames.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// ffmpeg is not installed.
    #[error(
        "`{program}` not found: install ffmpeg (`apt install ffmpeg`, `brew install ffmpeg`, `winget install ffmpeg`) \
         or set SPOTTER_FFMPEG to the path of the ffmpeg program"
    )]
    FfmpegMissing {
        /// The program that could not be started.
        program: PathBuf,
    },
    /// ffmpeg is there and would not start.
    #[error("`{program}` could not be started")]
    FfmpegBroken {
        /// The program.
        program: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// There is no such file.
    #[error("no such file: `{path}`")]
    FileMissing {
        /// The path as given.
        path: PathBuf,
    },
    /// The file may not be read, or is a folder.
    #[error("`{path}` cannot be read: {reason}")]
    FileUnreadable {
        /// The path as given.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// The file is not a video, or is damaged from the start.
    #[error(
        "`{path}` is not a video that ffmpeg can read ({reason}): convert it to MP4 or check that it is complete"
    )]
    NotAVideo {
        /// The path as given.
        path: PathBuf,
        /// ffmpeg's reason.
        reason: String,
    },
    /// The file has sound only.
    #[error("`{path}` has no picture, only sound: choose a file with video")]
    NoPicture {
        /// The path as given.
        path: PathBuf,
    },
    /// There is a video stream, and not one frame could be decoded.
    #[error("`{path}` has no readable frame ({reason}): record it again or choose another file")]
    NoFrames {
        /// The path as given.
        path: PathBuf,
        /// ffmpeg's reason, or that it is empty.
        reason: String,
    },
}
