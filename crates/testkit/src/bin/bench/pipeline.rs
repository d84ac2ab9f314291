//! From video file to repetitions, with the share of every stage.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use camera::{DecodeOptions, Frames};
use catalog::Catalog;
use motion::engine::StandardName;
use motion::pose::Pose;
use motion::{analysis, math};
use vision::{NetworkChoice, Networks, PersonPoser, PoseReader, ReadOptions, Runtime};

/// The clip: one person, 1280 × 720.
const CLIP: &str = "clips/pushup-side-good.mp4";

pub(crate) fn run() -> Result<()> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let clip = std::env::var_os("SPOTTER_SHARED").map_or(beside, PathBuf::from).join(CLIP);
    println!("video to repetitions");
    if !clip.is_file() {
        println!("  skipped: `{}` is not there", clip.display());
        return Ok(());
    }
    if let Err(error) = Networks::find().path("pose_landmark_full.tflite") {
        println!("  skipped: {error}");
        return Ok(());
    }
    let (best, why) = Runtime::find();
    if let Some(why) = why {
        println!("  {why}");
    }
    let mut runtimes = vec![best];
    if !matches!(runtimes[0], Runtime::Tract) {
        runtimes.push(Runtime::Tract);
    }
    let mut first_fps = None;
    for runtime in runtimes {
        let fps = with(&clip, &runtime)?;
        let against = first_fps
            .map_or_else(String::new, |first: f64| format!(" ({:.2} × the first)", fps / first));
        println!("  {}: end to end {fps:.1} frames per second{against}", runtime.kind());
        first_fps = first_fps.or(Some(fps));
    }
    Ok(())
}

fn with(clip: &Path, runtime: &Runtime) -> Result<f64> {
    let start = Instant::now();
    let frames: Vec<_> =
        Frames::open(clip, &DecodeOptions::default())?.collect::<Result<_, _>>()?;
    let decode_secs = start.elapsed().as_secs_f64();
    let n = math::as_f64(frames.len());
    let start = Instant::now();
    let mut poser = PersonPoser::load(&NetworkChoice::Full, &Networks::find(), runtime)?;
    let load_secs = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for frame in &frames {
        poser.see(frame)?;
    }
    let see_secs = start.elapsed().as_secs_f64();
    drop(frames);
    let catalog = Catalog::builtin()?;
    let start = Instant::now();
    let options = ReadOptions { runtime: Some(runtime.clone()), ..ReadOptions::default() };
    let mut reader = PoseReader::open(clip, &options)?;
    let poses: Vec<Pose> =
        reader.by_ref().map(|seen| seen.map(|seen| seen.pose())).collect::<Result<_, _>>()?;
    let read_secs = start.elapsed().as_secs_f64();
    let started = Instant::now();
    let beliefs = analysis::classify(&poses, &catalog.signatures());
    let engine = analysis::run(&poses, &catalog.get("push_up")?.movement, StandardName::Default);
    let engine_secs = started.elapsed().as_secs_f64();
    let whole_secs = read_secs + engine_secs;
    println!(
        "  {} full: {n} frames, {} repetitions, {} beliefs; decode alone {:.2} ms, networks alone {:.2} ms, engine and \
         classifier {:.3} ms a frame; load {:.0} ms; the engine is {:.2} % of the whole",
        runtime.kind(),
        engine.reps().len(),
        beliefs.len(),
        1e3 * decode_secs / n,
        1e3 * see_secs / n,
        1e3 * engine_secs / n,
        1e3 * load_secs,
        100.0 * engine_secs / whole_secs,
    );
    Ok(n / whole_secs)
}
