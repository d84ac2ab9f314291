//! What a video file says about itself, from `ffprobe`.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use units::ImageSize;

use crate::{
    Error,
    ffmpeg::{FILES_ONLY, Program, input_name},
};

/// What is known of a video before its first frame.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoInfo {
    /// The file.
    pub path: PathBuf,
    /// The size to show it at: upright, with square pixels.
    pub display: ImageSize,
    /// Mean frames per second, where known.
    pub fps: Option<f64>,
    /// Length in seconds, where known.
    pub duration_secs: Option<f64>,
    /// How many frames to expect, where known; a damaged file has fewer.
    pub n_frames: Option<u64>,
    pub(crate) stream_index: u32,
    /// ffmpeg's major version: options were renamed in 5.1.
    pub(crate) ffmpeg_major: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Probed {
    #[serde(default)]
    program_version: Version,
    #[serde(default)]
    streams: Vec<ProbedStream>,
    #[serde(default)]
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
struct Version {
    #[serde(default)]
    version: String,
}

#[derive(Debug, Default, Deserialize)]
struct Format {
    duration: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ProbedStream {
    index: u32,
    codec_type: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    sample_aspect_ratio: Option<String>,
    avg_frame_rate: Option<String>,
    r_frame_rate: Option<String>,
    duration: Option<String>,
    nb_frames: Option<String>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    tags: Tags,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

#[derive(Debug, Default, Deserialize)]
struct Tags {
    rotate: Option<String>,
}

#[derive(Debug, Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

impl VideoInfo {
    /// Asks `ffprobe` about a file.
    pub fn probe(path: &Path) -> Result<Self, Error> {
        readable(path)?;
        let mut command = Program::Ffprobe.command();
        command.args([
            "-v",
            "error",
            "-of",
            "json",
            "-show_program_version",
            "-show_streams",
            "-show_format",
        ]);
        let output = command.args(FILES_ONLY).arg(input_name(path)).output();
        let output = output.map_err(|error| Program::Ffprobe.start_error(error))?;
        let not_a_video =
            |reason: &str| Error::NotAVideo { path: path.to_owned(), reason: reason.to_owned() };
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            let last = message
                .lines()
                .rev()
                .find(|line| !line.trim().is_empty())
                .unwrap_or("unknown format");
            // ffprobe opens its message with the name of the file, which ours has already.
            let name = input_name(path).to_string_lossy().into_owned();
            return Err(not_a_video(
                last.trim_start_matches(&name).trim_start_matches(": ").trim(),
            ));
        }
        let probed: Probed = serde_json::from_slice(&output.stdout)
            .map_err(|error| not_a_video(&error.to_string()))?;
        from_probed(path, &probed)
    }
}

/// Says what is wrong with a path before ffmpeg has a chance to say it less well.
fn readable(path: &Path) -> Result<(), Error> {
    let unreadable = |reason: String| Error::FileUnreadable { path: path.to_owned(), reason };
    match path.metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::FileMissing { path: path.to_owned() });
        }
        Err(error) => return Err(unreadable(error.to_string())),
        Ok(metadata) if metadata.is_dir() => return Err(unreadable("it is a folder".to_owned())),
        Ok(metadata) if metadata.len() == 0 && metadata.is_file() => {
            return Err(Error::NotAVideo {
                path: path.to_owned(),
                reason: "the file is empty".to_owned(),
            });
        }
        Ok(_) => {}
    }
    File::open(path).map(drop).map_err(|error| unreadable(error.to_string()))
}

fn from_probed(path: &Path, probed: &Probed) -> Result<VideoInfo, Error> {
    // A cover picture in a song is a "video stream" of one frame.
    let is_video = |stream: &&ProbedStream| {
        stream.codec_type.as_deref() == Some("video") && stream.disposition.attached_pic == 0
    };
    let Some(stream) = probed.streams.iter().find(is_video) else {
        let path = path.to_owned();
        let sound =
            probed.streams.iter().any(|stream| stream.codec_type.as_deref() == Some("audio"));
        let reason = "it has neither picture nor sound".to_owned();
        return Err(if sound {
            Error::NoPicture { path }
        } else {
            Error::NotAVideo { path, reason }
        });
    };
    let (Some(width @ 1..), Some(height @ 1..)) = (stream.width, stream.height) else {
        return Err(Error::NoFrames {
            path: path.to_owned(),
            reason: "the picture has no size".to_owned(),
        });
    };
    let seconds =
        |text: &Option<String>| text.as_ref()?.parse::<f64>().ok().filter(|&secs| secs > 0.0);
    let duration_secs = seconds(&stream.duration).or_else(|| seconds(&probed.format.duration));
    let rate = |text: &Option<String>| ratio(text.as_ref()?, '/').filter(|&rate| rate <= 1000.0);
    let fps = rate(&stream.avg_frame_rate).or_else(|| rate(&stream.r_frame_rate));
    let counted =
        stream.nb_frames.as_ref().and_then(|text| text.parse::<u64>().ok()).filter(|&n| n > 0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is an estimate"
    )]
    let estimated = || Some((fps? * duration_secs?).round() as u64);
    Ok(VideoInfo {
        path: path.to_owned(),
        display: display_size(stream, width, height),
        fps,
        duration_secs,
        n_frames: counted.or_else(estimated),
        stream_index: stream.index,
        ffmpeg_major: probed
            .program_version
            .version
            .split('.')
            .next()
            .and_then(|major| major.parse().ok()),
    })
}

/// The stored size with pixel shape and rotation applied.
fn display_size(stream: &ProbedStream, width: u32, height: u32) -> ImageSize {
    let pixel_shape =
        stream.sample_aspect_ratio.as_ref().and_then(|text| ratio(text, ':')).unwrap_or(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let width = ((f64::from(width) * pixel_shape).round() as u32).max(1);
    let matrix = stream.side_data_list.iter().find_map(|data| data.rotation);
    let tag = || stream.tags.rotate.as_ref()?.parse::<f64>().ok();
    let rotation_deg = matrix.or_else(tag).unwrap_or(0.0);
    let sideways = (rotation_deg.abs().rem_euclid(180.0) - 90.0).abs() < 1.0;
    if sideways { ImageSize { width: height, height: width } } else { ImageSize { width, height } }
}

/// `30000/1001` or `4:3` as a number; nothing when it is zero or undefined.
fn ratio(text: &str, separator: char) -> Option<f64> {
    let (above, below) = text.split_once(separator)?;
    let ratio = above.parse::<f64>().ok()? / below.parse::<f64>().ok()?;
    (ratio.is_finite() && ratio > 0.0).then_some(ratio)
}
