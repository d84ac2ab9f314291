//! Where the time goes between a video and its poses: `fps VIDEO [lite|full|heavy] [onnxruntime|tract]`;
//! `THREADS=n` overrides how many threads ONNX Runtime uses.

use std::{error::Error, path::Path, time::Instant};

use camera::{DecodeOptions, Frames};
use vision::{NetworkChoice, Networks, PersonPoser, PoseReader, ReadOptions, Runtime};

#[expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "an example that prints a table"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let video = Path::new(
        arguments.first().ok_or("usage: fps VIDEO [lite|full|heavy] [onnxruntime|tract]")?,
    );
    let network = match arguments.get(1).map(String::as_str) {
        Some("lite") => NetworkChoice::Lite,
        Some("heavy") => NetworkChoice::Heavy,
        _ => NetworkChoice::Full,
    };
    let mut runtime = if arguments.get(2).is_some_and(|name| name == "tract") {
        Runtime::Tract
    } else {
        Runtime::find().0
    };
    if let (Runtime::OnnxRuntime(library), Ok(n)) = (&mut runtime, std::env::var("THREADS")) {
        library.n_threads = n.parse()?;
    }

    let start = Instant::now();
    let mut frames = Frames::open(video, &DecodeOptions::default())?;
    let mut n = 0.0;
    while let Some(frame) = frames.next() {
        frames.recycle(frame?);
        n += 1.0;
    }
    let decode = start.elapsed().as_secs_f64();
    let frames =
        Frames::open(video, &DecodeOptions::default())?.take(200).collect::<Result<Vec<_>, _>>()?;
    let start = Instant::now();
    let mut poser = PersonPoser::load(&network, &Networks::find(), &runtime)?;
    let load = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for frame in &frames {
        poser.see(frame)?;
    }
    let see = start.elapsed().as_secs_f64();
    let n_kept = frames.len() as f64;
    drop(frames);
    let start = Instant::now();
    let options =
        ReadOptions { network: network.clone(), runtime: Some(runtime), ..ReadOptions::default() };
    let mut reader = PoseReader::open(video, &options)?;
    let n_seen = reader
        .by_ref()
        .filter(|seen| seen.as_ref().is_ok_and(|seen| seen.person.is_some()))
        .count();
    let whole = start.elapsed().as_secs_f64();
    println!(
        "{} {} {}: {n} frames, {n_seen} with a person, {} detector runs; decode alone {:.0} fps, load {:.0} ms, \
         networks alone {:.0} fps ({:.2} ms a frame), end to end {:.1} fps",
        video.file_name().unwrap_or_default().to_string_lossy(),
        network.name(),
        reader.info().runtime,
        reader.n_detector_runs(),
        n / decode,
        load * 1e3,
        n_kept / see,
        see / n_kept * 1e3,
        n / whole,
    );
    Ok(())
}
