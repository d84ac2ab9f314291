//! Frames of a video file, decoded ahead in a child process.

use std::{
    io::Read as _,
    path::Path,
    process::{Child, ChildStdout, Stdio},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::JoinHandle,
};

use units::{ImageSize, Language, MediaTime};

use crate::{
    Error, VideoInfo,
    ffmpeg::{FILES_ONLY, Program, input_name},
    timing::{ANNOUNCE, Announced, read_log},
};

/// How many decoded frames wait at most; more would only cost memory.
const N_AHEAD: usize = 4;
/// How many announced times wait at most. ffmpeg announces only a few frames before it delivers them.
const N_TIMES: usize = 512;

/// One upright image with square pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// When it is to be shown, from the first frame on.
    pub time: MediaTime,
    /// The size of `rgb`, which may be smaller than the video's.
    pub size: ImageSize,
    /// Rows from the top, three bytes a pixel, no padding.
    pub rgb: Vec<u8>,
}

/// How a video is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeOptions {
    /// Frames whose sides are no longer than this keep their own pixels.
    pub keep_up_to: u32,
    /// Others are made so small that their longer side is this.
    pub shrink_to: u32,
    /// What warnings are told in.
    pub language: Language,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        // 720p costs less as it is than made smaller; from 1080p on, fewer pixels to convert and carry win. 960 of them
        // are still more than twice what the networks look at.
        Self { keep_up_to: 1280, shrink_to: 960, language: Language::default() }
    }
}

/// The frames of one video file, in order. Dropping it ends the child process.
#[derive(Debug)]
pub struct Frames {
    info: VideoInfo,
    language: Language,
    warnings: Vec<String>,
    n_given: u64,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    /// Nothing once it is to end.
    frames: Option<Receiver<Frame>>,
    used: SyncSender<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    log: Option<JoinHandle<Vec<String>>>,
}

impl Frames {
    /// Opens a video file and starts decoding it.
    pub fn open(path: &Path, options: &DecodeOptions) -> Result<Self, Error> {
        let info = VideoInfo::probe(path)?;
        let running = Running::start(&info, options)?;
        let language = options.language;
        Ok(Self { info, language, warnings: Vec::new(), n_given: 0, running: Some(running) })
    }

    /// What is known of the video.
    #[must_use]
    pub fn info(&self) -> &VideoInfo {
        &self.info
    }

    /// What was wrong with the file, in plain words; complete once the frames have ended.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Gives a frame's memory back to be used for a later one.
    pub fn recycle(&self, frame: Frame) {
        if let Some(running) = &self.running {
            // Full or closed: the memory is simply freed.
            drop(running.used.try_send(frame.rgb));
        }
    }

    /// Waits for the child and judges how it ended.
    fn finish(&mut self) -> Option<Error> {
        let (succeeded, complaints) = self.running.take()?.finish();
        let complaint = complaints.last().cloned();
        if self.n_given == 0 {
            let reason = complaint.unwrap_or_else(|| "the video stream is empty".to_owned());
            return Some(Error::NoFrames { path: self.info.path.clone(), reason });
        }
        // Counts in headers are often off by a frame or two; a tenth missing is a file cut short.
        let expected = self.info.n_frames.unwrap_or(0);
        let short = self.n_given.saturating_mul(10) < expected.saturating_mul(9);
        if short || !succeeded {
            let detail = complaint.map_or_else(String::new, |complaint| format!(" ({complaint})"));
            let (n, language) = (self.n_given, self.language);
            let of = if expected > n {
                language.pick(
                    format!(" of about {expected} frames"),
                    format!(" von etwa {expected} Bildern"),
                )
            } else {
                language.pick(" frames", " Bilder").to_owned()
            };
            self.warnings.push(language.pick(
                format!("the video is damaged or cut short: {n}{of} could be read{detail}"),
                format!("das Video ist beschädigt oder abgebrochen: {n}{of} waren lesbar{detail}"),
            ));
        } else if let Some(complaint) = complaint {
            self.warnings.push(self.language.pick(
                format!("the video is damaged in places ({complaint})"),
                format!("das Video ist stellenweise beschädigt ({complaint})"),
            ));
        }
        None
    }
}

impl Iterator for Frames {
    type Item = Result<Frame, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.running.as_ref()?.frames.as_ref()?.recv();
        let Ok(frame) = next else { return self.finish().map(Err) };
        self.n_given += 1;
        Some(Ok(frame))
    }
}

impl Running {
    fn start(info: &VideoInfo, options: &DecodeOptions) -> Result<Self, Error> {
        let size = fitted(info.display, options);
        let mut command = Program::Ffmpeg.command();
        command.args(["-hide_banner", "-nostats", "-loglevel", "level+info"]).args(FILES_ONLY);
        command.arg("-i").arg(input_name(&info.path));
        let scale =
            format!("scale={}:{}:flags=fast_bilinear,setsar=1,{ANNOUNCE}", size.width, size.height);
        // Every frame once, at its own time: by default ffmpeg repeats and drops frames to make the rate even.
        let untouched =
            if info.ffmpeg_major.is_some_and(|major| major < 6) { "-vsync" } else { "-fps_mode" };
        command.args([
            "-map",
            &format!("0:{}", info.stream_index),
            "-vf",
            &scale,
            untouched,
            "passthrough",
        ]);
        command.args(["-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Program::Ffmpeg.start_error(error))?;
        let (times_in, times) = sync_channel(N_TIMES);
        let (frames_in, frames) = sync_channel(N_AHEAD);
        let (used, used_out) = sync_channel(N_AHEAD + 2);
        let log =
            child.stderr.take().map(|log| std::thread::spawn(move || read_log(log, &times_in)));
        let reader = child.stdout.take().map(|pixels| {
            widen(&pixels);
            let reader = Reader { pixels, size, times, used: used_out, first: None, last: None };
            std::thread::spawn(move || reader.run(&frames_in))
        });
        Ok(Self { child, frames: Some(frames), used, reader, log })
    }

    /// Ends everything. Whether the child said it succeeded, and the errors it mentioned.
    fn finish(mut self) -> (bool, Vec<String>) {
        self.frames = None;
        let reader = self.reader.take().map(JoinHandle::join);
        let status = self.child.wait();
        let log = self.log.take().map(JoinHandle::join);
        let succeeded =
            status.is_ok_and(|status| status.success()) && matches!(reader, Some(Ok(())));
        let complaints = if let Some(Ok(complaints)) = log { complaints } else { Vec::new() };
        (succeeded, complaints)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.frames = None;
        // Already ended, or about to; either way it is waited for, so that no zombie stays.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(self.reader.take().map(JoinHandle::join));
        drop(self.log.take().map(JoinHandle::join));
    }
}

/// The largest pipe that Linux gives everybody; the usual 64 KB cost 40 switches between processes for every frame.
#[cfg(target_os = "linux")]
const PIPE_BYTES: usize = 1 << 20;

#[cfg(target_os = "linux")]
fn widen(pipe: &ChildStdout) {
    // A smaller pipe works too, only slower.
    rustix::pipe::fcntl_setpipe_size(pipe, PIPE_BYTES).ok();
}

#[cfg(not(target_os = "linux"))]
fn widen(_pipe: &ChildStdout) {}

/// Reads pixels off the pipe and puts frames together.
struct Reader {
    pixels: ChildStdout,
    size: ImageSize,
    times: Receiver<Announced>,
    used: Receiver<Vec<u8>>,
    first: Option<i64>,
    last: Option<i64>,
}

impl Reader {
    /// Runs until the video ends, or until nobody wants frames any more.
    fn run(mut self, frames: &SyncSender<Frame>) {
        let n_pixels = u64::from(self.size.width) * u64::from(self.size.height);
        let Ok(n_bytes) = usize::try_from(n_pixels * 3) else { return };
        loop {
            let mut rgb = self.used.try_recv().unwrap_or_default();
            rgb.resize(n_bytes, 0);
            if self.pixels.read_exact(&mut rgb).is_err() {
                return;
            }
            let announced = self.times.recv().ok().and_then(|announced| announced.micros);
            let time = self.time(announced);
            if frames.send(Frame { time, size: self.size, rgb }).is_err() {
                return;
            }
        }
    }

    /// Time from the first frame on, always later than the frame before. A frame without a time follows the last one.
    fn time(&mut self, announced: Option<i64>) -> MediaTime {
        let earliest = self.last.map_or(i64::MIN, |last| last.saturating_add(1));
        let micros = announced.unwrap_or_else(|| earliest.max(0)).max(earliest);
        self.last = Some(micros);
        MediaTime { micros: micros.saturating_sub(*self.first.get_or_insert(micros)) }
    }
}

/// The size at which frames are delivered.
fn fitted(size: ImageSize, options: &DecodeOptions) -> ImageSize {
    let long = size.width.max(size.height);
    if long <= options.keep_up_to {
        return size;
    }
    let shrink_to = options.shrink_to;
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(shrink_to) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(side).unwrap_or(shrink_to).max(1)
    };
    ImageSize { width: scaled(size.width), height: scaled(size.height) }
}
