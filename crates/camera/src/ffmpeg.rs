//! Where the ffmpeg programs are, and how a file is named to them.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::Error;

/// The two programs we start.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Program {
    Ffmpeg,
    Ffprobe,
}

impl Program {
    /// `SPOTTER_FFMPEG` names ffmpeg itself; ffprobe is its neighbour. Otherwise PATH decides.
    fn path(self) -> PathBuf {
        let ffmpeg =
            std::env::var_os("SPOTTER_FFMPEG").filter(|path| !path.is_empty()).map(PathBuf::from);
        match (self, ffmpeg) {
            (Self::Ffmpeg, Some(ffmpeg)) => ffmpeg,
            (Self::Ffprobe, Some(ffmpeg)) => {
                let name = ffmpeg
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .replace("ffmpeg", "ffprobe");
                ffmpeg.with_file_name(name)
            }
            (Self::Ffmpeg, None) => PathBuf::from("ffmpeg"),
            (Self::Ffprobe, None) => PathBuf::from("ffprobe"),
        }
    }

    /// The command, deaf to our terminal.
    pub(crate) fn command(self) -> Command {
        let mut command = Command::new(self.path());
        command.stdin(Stdio::null());
        command
    }

    /// What failing to start the program means.
    pub(crate) fn start_error(self, source: io::Error) -> Error {
        let program = self.path();
        match source.kind() {
            io::ErrorKind::NotFound => Error::FfmpegMissing { program },
            _ => Error::FfmpegBroken { program, source },
        }
    }
}

/// The file as ffmpeg's input: with a prefix so that neither a leading `-` nor a `scheme:` in its name means anything.
pub(crate) fn input_name(path: &Path) -> OsString {
    let mut name = OsString::from("file:");
    name.push(path);
    name
}

/// Arguments that keep a file from making ffmpeg open anything but files: playlists can name URLs.
pub(crate) const FILES_ONLY: [&str; 2] = ["-protocol_whitelist", "file"];
