//! Real ffmpeg on videos that the tests make. Without ffmpeg they say so and pass.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use units::ImageSize;

use crate::{DecodeOptions, Error, Frame, Frames};

/// A folder of its own that goes away with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

impl Folder {
    /// Nothing when ffmpeg is not installed.
    fn new(name: &str) -> Option<Self> {
        if Command::new("ffmpeg").arg("-version").output().is_err() {
            println!("skipped: ffmpeg is not installed");
            return None;
        }
        let path =
            std::env::temp_dir().join(format!("spotter-camera-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Some(Self(path))
    }

    /// Runs ffmpeg with the given arguments and a file of this folder as its output.
    fn make(&self, arguments: &str, file: &str) -> PathBuf {
        let path = self.0.join(file);
        let mut command = Command::new("ffmpeg");
        command.args(["-v", "error", "-y"]).args(arguments.split_whitespace());
        let output = command.arg(format!("file:{}", path.display())).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        path
    }
}

fn read(path: &Path) -> Result<(Vec<Frame>, Vec<String>), Error> {
    let mut frames = Frames::open(path, &DecodeOptions::default())?;
    let all = frames.by_ref().collect::<Result<_, _>>()?;
    Ok((all, frames.warnings().to_vec()))
}

fn times_ms(frames: &[Frame]) -> Vec<f64> {
    frames.iter().map(|frame| frame.time.as_ms()).collect()
}

/// The mean level of the three colours in a corner: 0 and 1 say left or right and upper or lower.
fn corner(frame: &Frame, right: u32, lower: u32) -> [u8; 3] {
    let (x, y) = (4 + right * (frame.size.width - 9), 4 + lower * (frame.size.height - 9));
    let at = usize::try_from((y * frame.size.width + x) * 3).unwrap();
    [frame.rgb[at], frame.rgb[at + 1], frame.rgb[at + 2]]
}

#[test]
fn frames_come_whole_in_order_and_in_time() {
    let Some(folder) = Folder::new("plain") else { return };
    let path = folder.make("-f lavfi -i testsrc=size=160x90:rate=25:duration=1", "plain.mp4");
    let (frames, warnings) = read(&path).unwrap();
    assert_eq!(frames.len(), 25);
    assert_eq!(times_ms(&frames)[..3], [0.0, 40.0, 80.0]);
    assert!(frames.iter().all(|frame| frame.rgb.len() == 160 * 90 * 3));
    assert!(warnings.is_empty(), "{warnings:?}");
    let info = Frames::open(&path, &DecodeOptions::default()).unwrap().info().clone();
    assert_eq!((info.fps, info.n_frames, info.duration_secs), (Some(25.0), Some(25), Some(1.0)));
}

#[test]
fn a_variable_frame_rate_keeps_every_frame_at_its_own_time() {
    let Some(folder) = Folder::new("vfr") else { return };
    // Frames 0 to 9, without 3, 4 and 7; a container that keeps exact times.
    let filter = "-vf select=not(eq(n\\,3)+eq(n\\,4)+eq(n\\,7)) -vsync passthrough";
    let path = folder
        .make(&format!("-f lavfi -i testsrc=size=160x90:rate=10:duration=1 {filter}"), "vfr.mp4");
    let (frames, _) = read(&path).unwrap();
    assert_eq!(times_ms(&frames), [0.0, 100.0, 200.0, 500.0, 600.0, 800.0, 900.0]);
}

#[test]
fn a_rotated_phone_video_comes_upright() {
    let Some(folder) = Folder::new("rotated") else { return };
    // Left half red, right half blue, then marked as phones mark a video held upright.
    let source = "-f lavfi -i color=red:size=80x60:rate=5:duration=1 -f lavfi -i color=blue:size=80x60:rate=5:duration=1";
    let path = folder.make(&format!("{source} -filter_complex hstack"), "rotated.mp4");
    let mut bytes = std::fs::read(&path).unwrap();
    let matrix = bytes.windows(4).position(|four| four == b"tkhd").unwrap() + 44;
    let quarter_clockwise =
        [0, 1 << 16, 0, -1 << 16, 0, 0, 60 << 16, 0, 1 << 30].map(i32::to_be_bytes);
    bytes[matrix..matrix + 36].copy_from_slice(quarter_clockwise.as_flattened());
    std::fs::write(&path, bytes).unwrap();
    let frames = Frames::open(&path, &DecodeOptions::default()).unwrap();
    assert_eq!(frames.info().display, ImageSize { width: 60, height: 160 });
    let frame = frames.flatten().next().unwrap();
    assert_eq!(frame.size, ImageSize { width: 60, height: 160 });
    let (upper, lower) = (corner(&frame, 0, 0), corner(&frame, 0, 1));
    assert!(upper[0] > 200 && lower[2] > 200, "red is up and blue is down: {upper:?} {lower:?}");
}

#[test]
fn wide_pixels_are_made_square() {
    let Some(folder) = Folder::new("pixels") else { return };
    let path = folder
        .make("-f lavfi -i testsrc=size=120x90:rate=5:duration=1 -vf setsar=4/3", "anamorphic.mp4");
    let frames = Frames::open(&path, &DecodeOptions::default()).unwrap();
    assert_eq!(frames.info().display, ImageSize { width: 160, height: 90 });
    assert_eq!(frames.flatten().next().unwrap().size, ImageSize { width: 160, height: 90 });
}

#[test]
fn a_4k_video_is_made_smaller_on_the_way() {
    let Some(folder) = Folder::new("4k") else { return };
    let path = folder
        .make("-f lavfi -i testsrc=size=3840x2160:rate=2:duration=1 -preset ultrafast", "4k.mp4");
    let mut frames = Frames::open(&path, &DecodeOptions::default()).unwrap();
    assert_eq!(frames.info().display, ImageSize { width: 3840, height: 2160 });
    assert_eq!(frames.next().unwrap().unwrap().size, ImageSize { width: 960, height: 540 });
}

#[test]
fn a_truncated_video_gives_what_it_has_and_a_warning() {
    let Some(folder) = Folder::new("truncated") else { return };
    let source = "-f lavfi -i testsrc=size=320x180:rate=25:duration=4 -g 5 -movflags +faststart";
    let path = folder.make(source, "whole.mp4");
    let bytes = std::fs::read(&path).unwrap();
    let cut = folder.0.join("cut.mp4");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let (frames, warnings) = read(&cut).unwrap();
    assert!((10..90).contains(&frames.len()), "{} frames", frames.len());
    assert!(warnings.iter().any(|warning| warning.contains("cut short")), "{warnings:?}");
}

#[test]
fn what_is_not_a_video_is_told_apart() {
    let Some(folder) = Folder::new("bad") else { return };
    let text = folder.0.join("text.mp4");
    std::fs::write(&text, "this is not a video, whatever its name says\n".repeat(50)).unwrap();
    let empty = folder.0.join("empty.mp4");
    std::fs::write(&empty, "").unwrap();
    let sound = folder.make("-f lavfi -i sine=duration=1", "sound.m4a");
    let headless = folder.make("-f lavfi -i testsrc=size=160x90:rate=5:duration=1", "headless.mp4");
    let bytes = std::fs::read(&headless).unwrap();
    std::fs::write(&headless, &bytes[..bytes.len() / 2]).unwrap();
    let check = |path: &Path, expected: &str| {
        let error = read(path).expect_err("there is nothing to read");
        let text = error.to_string();
        assert!(
            text.contains(expected) && text.contains(&format!("`{}`", path.display())),
            "{text}"
        );
    };
    check(&folder.0.join("missing.mp4"), "no such file");
    check(&folder.0, "it is a folder");
    check(&text, "is not a video");
    check(&empty, "the file is empty");
    check(&sound, "only sound");
    check(&headless, "is not a video");
}

#[test]
fn a_video_without_frames_is_told() {
    let Some(folder) = Folder::new("zero") else { return };
    let path =
        folder.make("-f lavfi -i testsrc=size=160x90:rate=5:duration=1 -frames:v 0", "zero.mkv");
    let error = read(&path).expect_err("there is no frame");
    assert!(matches!(error, Error::NoFrames { .. } | Error::NotAVideo { .. }), "{error}");
}

#[test]
fn a_file_is_a_file_whatever_its_name() {
    let Some(folder) = Folder::new("names") else { return };
    let path = folder.make("-f lavfi -i testsrc=size=160x90:rate=5:duration=1", "plain.mp4");
    for name in ["-i.mp4", "http:example.mp4", "concat:a|b.mp4", "a file 100% %03d.mp4"] {
        let odd = folder.0.join(name);
        std::fs::copy(&path, &odd).unwrap();
        assert_eq!(read(&odd).unwrap().0.len(), 5, "{name}");
    }
    assert!(matches!(read(Path::new("http://127.0.0.1/x.mp4")), Err(Error::FileMissing { .. })));
}

#[test]
fn leaving_early_ends_the_child() {
    let Some(folder) = Folder::new("early") else { return };
    let path = folder
        .make("-f lavfi -i testsrc=size=640x360:rate=25:duration=4 -preset ultrafast", "long.mp4");
    let mut frames = Frames::open(&path, &DecodeOptions::default()).unwrap();
    assert!(frames.next().unwrap().is_ok());
    // Would wait for ever if the child or a thread did not end.
    drop(frames);
}
