//! How far our landmarks are from MediaPipe's own on the shared clips, as a table.
//!
//! `cargo run --release -p vision --example parity [CLIPS_FOLDER] [CLIP…]`. Body height is, per clip, the median over
//! MediaPipe's frames of ankle–knee–hip–shoulder–nose, the longer side of the body, in pixels. `TRACT=1` runs tract,
//! `PRETEND_30=1` smooths with MediaPipe's pretended clock instead of the frames' own.

use std::{
    error::Error,
    io::{BufRead as _, BufReader},
    path::Path,
};

use camera::{DecodeOptions, Frames};
use flate2::read::GzDecoder;
use serde_json::Value;
use units::MediaTime;
use vision::{NetworkChoice, Networks, PersonPoser, Runtime};

type Landmarks = Vec<[f32; 4]>;

fn reference(path: &Path) -> Result<Vec<Option<Landmarks>>, Box<dyn Error>> {
    let lines = BufReader::new(GzDecoder::new(std::fs::File::open(path)?)).lines();
    let mut frames = Vec::new();
    for line in lines {
        let mut frame: Value = serde_json::from_str(&line?)?;
        let landmarks = frame.get_mut("lm").map(Value::take).filter(|value| !value.is_null());
        frames.push(landmarks.map(serde_json::from_value).transpose()?);
    }
    Ok(frames)
}

fn distance(a: &[f32; 4], b: &[f32; 4], [width, height]: [f32; 2]) -> f32 {
    ((a[0] - b[0]) * width).hypot((a[1] - b[1]) * height)
}

fn body_height(frames: &[Option<Landmarks>], size: [f32; 2]) -> f32 {
    let side = |one: &Landmarks, offset: usize| {
        [27, 25, 23, 11]
            .windows(2)
            .map(|pair| distance(&one[pair[0] + offset], &one[pair[1] + offset], size))
            .sum::<f32>()
            + distance(&one[11 + offset], &one[0], size)
    };
    let mut heights: Vec<f32> =
        frames.iter().flatten().map(|one| side(one, 0).max(side(one, 1))).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(1.0)
}

#[expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "an example that prints a table"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "../shared/clips".to_owned());
    let only: Vec<String> = arguments.collect();
    // MediaPipe's Python wrapper tells its filters that every video has 30 frames a second.
    let pretend_30 = std::env::var_os("PRETEND_30").is_some();
    let runtime =
        if std::env::var_os("TRACT").is_some() { Runtime::Tract } else { Runtime::find().0 };
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "mp4"));
    paths.retain(|path| {
        only.is_empty() || only.iter().any(|name| path.to_string_lossy().contains(name.as_str()))
    });
    paths.sort();
    println!(
        "{:<36}{:>7}{:>7}{:>7}{:>9}{:>9}{:>8}{:>6}{:>8}",
        "clip", "frames", "ours", "theirs", "mean %", "p95 %", "px", "det", "fps"
    );
    let (mut sum, mut n_clips) = (0.0, 0.0);
    for path in paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let theirs =
            reference(&Path::new(&folder).join(format!("mediapipe-landmarks/{stem}.jsonl.gz")))?;
        let mut frames = Frames::open(&path, &DecodeOptions::default())?;
        let mut poser = PersonPoser::load(&NetworkChoice::Full, &Networks::find(), &runtime)?;
        let start = std::time::Instant::now();
        let display = frames.info().display;
        let size = [display.width as f32, display.height as f32];
        let mut ours: Vec<Option<Landmarks>> = Vec::new();
        while let Some(frame) = frames.next() {
            let mut frame = frame?;
            if pretend_30 {
                frame.time = MediaTime::from_ms(ours.len() as f64 * 33.333);
            }
            ours.push(poser.see(&frame)?.map(|person| person.landmarks));
            frames.recycle(frame);
        }
        let fps = ours.len() as f32 / start.elapsed().as_secs_f32();
        let height = body_height(&theirs, size);
        let pairs = ours.iter().flatten().count();
        let both = ours
            .iter()
            .zip(&theirs)
            .filter_map(|(ours, theirs)| ours.as_ref().zip(theirs.as_ref()));
        let mut distances: Vec<f32> = both
            .flat_map(|(ours, theirs)| ours.iter().zip(theirs))
            .filter(|(ours, theirs)| ours[3] > 0.5 && theirs[3] > 0.5)
            .map(|(ours, theirs)| distance(ours, theirs, size))
            .collect();
        distances.sort_by(f32::total_cmp);
        let mean = distances.iter().sum::<f32>() / distances.len().max(1) as f32;
        let p95 = distances.get(distances.len() * 95 / 100).copied().unwrap_or(0.0);
        let (mean_percent, p95_percent) = (100.0 * mean / height, 100.0 * p95 / height);
        println!(
            "{stem:<36}{:>7}{pairs:>7}{:>7}{mean_percent:>9.3}{p95_percent:>9.3}{mean:>8.2}{:>6}{fps:>8.1}",
            ours.len(),
            theirs.iter().flatten().count(),
            poser.n_detector_runs()
        );
        (sum, n_clips) = (sum + mean_percent, n_clips + 1.0);
    }
    println!("mean over clips: {:.3} %", sum / n_clips);
    Ok(())
}
