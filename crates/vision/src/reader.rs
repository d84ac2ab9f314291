//! A video file in, one pose per frame out. Decoding runs ahead in a child process while the networks run here.

use std::path::Path;

use camera::{DecodeOptions, Frames, VideoInfo};

use crate::{Error, NetworkChoice, Networks, PersonPoser, Runtime, RuntimeKind, SeenPose};

/// How a video is read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Which network sees the pose.
    pub network: NetworkChoice,
    /// Where the networks' files are.
    pub networks: Networks,
    /// What runs them; nothing means ONNX Runtime where there is one, tract otherwise.
    pub runtime: Option<Runtime>,
    /// How frames are decoded.
    pub decode: DecodeOptions,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            network: NetworkChoice::Full,
            networks: Networks::find(),
            runtime: None,
            decode: DecodeOptions::default(),
        }
    }
}

/// What is known before the first frame.
#[derive(Debug, Clone, PartialEq)]
pub struct ReaderInfo {
    /// The video.
    pub video: VideoInfo,
    /// The network's name.
    pub network: &'static str,
    /// The runtime in use.
    pub runtime: RuntimeKind,
}

/// The poses of one video, in order.
#[derive(Debug)]
pub struct PoseReader {
    frames: Frames,
    poser: PersonPoser,
    info: ReaderInfo,
    fallback: Option<String>,
}

impl PoseReader {
    /// Opens a video and loads the networks.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Self, Error> {
        // The child starts decoding while the networks are loaded.
        let frames = Frames::open(path, &options.decode)?;
        let (runtime, fallback) = match &options.runtime {
            Some(runtime) => (runtime.clone(), None),
            None => Runtime::find(),
        };
        let poser = PersonPoser::load(&options.network, &options.networks, &runtime)?;
        let info = ReaderInfo {
            video: frames.info().clone(),
            network: options.network.name(),
            runtime: poser.runtime(),
        };
        let fallback = fallback.map(|reason| {
            options.decode.language.pick(
                format!("{reason}; falling back to tract, which is slower"),
                format!("{reason}; stattdessen rechnet tract, das langsamer ist"),
            )
        });
        Ok(Self { frames, poser, info, fallback })
    }

    /// What is known of the video, and what looks at it.
    #[must_use]
    pub fn info(&self) -> &ReaderInfo {
        &self.info
    }

    /// What the user should know though the poses are there: a damaged file, a slower runtime than there could be.
    /// Complete once the poses have ended.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.fallback.iter().chain(self.frames.warnings()).cloned().collect()
    }

    /// How often the detector had to search a whole frame so far.
    #[must_use]
    pub fn n_detector_runs(&self) -> u64 {
        self.poser.n_detector_runs()
    }
}

impl Iterator for PoseReader {
    type Item = Result<SeenPose, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let frame = match self.frames.next()? {
            Ok(frame) => frame,
            Err(error) => return Some(Err(error.into())),
        };
        let seen = self.poser.see(&frame).map(|person| SeenPose {
            time: frame.time,
            image: self.info.video.display,
            skeleton: self.poser.skeleton(),
            person,
        });
        self.frames.recycle(frame);
        Some(seen)
    }
}
