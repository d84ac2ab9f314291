//! A video's poses, seen while it is decoded, with a progress bar where somebody watches.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use camera::DecodeOptions;
use indicatif::{ProgressBar, ProgressStyle};
use motion::pose::Skeleton;
use units::Language;
use vision::{NetworkChoice, PoseReader, ReadOptions, SeenPose};
use wire::pose_stream::PoseLine;
use wire::report::rounded;

use crate::pose_file::{MAX_FRAMES, PoseFileWriter};
use crate::recording::{Recording, SeenBy};

/// Decimals of a saved coordinate: a twentieth of a pixel in 4K.
const N_DECIMALS: i32 = 5;

/// Reads a whole video. What is saved is what is analyzed, to the last digit.
pub(crate) fn read(
    name: String,
    path: &Path,
    network: NetworkChoice,
    save: Option<&Path>,
    language: Language,
) -> Result<Recording> {
    let decode = DecodeOptions { language, ..DecodeOptions::default() };
    let options = ReadOptions { network, decode, ..ReadOptions::default() };
    let mut reader = PoseReader::open(path, &options)?;
    let (image, seen_by) = {
        let info = reader.info();
        (
            info.video.display,
            SeenBy { runtime: info.runtime.name().to_owned(), network: info.network.to_owned() },
        )
    };
    let bar = progress_bar(reader.info().video.n_frames, language);
    let mut writer = save.map(PoseFileWriter::create).transpose()?;
    let mut poses = Vec::new();
    for seen in &mut reader {
        if poses.len() == MAX_FRAMES {
            bail!("`{name}` has more than {MAX_FRAMES} frames; cut it into sets");
        }
        let line = line(&seen?);
        poses.push(line.pose(image));
        if let Some(writer) = &mut writer {
            writer.write(&line)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(writer) = writer {
        writer.finish()?;
    }
    Ok(Recording { name, image, poses, seen_by: Some(seen_by), warnings: reader.warnings() })
}

fn progress_bar(n_frames: Option<u64>, language: Language) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match n_frames {
        Some(n_frames) => (
            ProgressBar::new(n_frames),
            language.pick(
                "  {bar:40.cyan/dim} {pos}/{len} frames, {per_sec}, {eta} left",
                "  {bar:40.cyan/dim} {pos}/{len} Bilder, {per_sec}, noch {eta}",
            ),
        ),
        None => (
            ProgressBar::new_spinner(),
            language
                .pick("  {spinner} {pos} frames, {per_sec}", "  {spinner} {pos} Bilder, {per_sec}"),
        ),
    };
    bar.enable_steady_tick(Duration::from_millis(200));
    let style = ProgressStyle::with_template(template).expect("the template is one of those above");
    bar.with_style(style.progress_chars("━╸╌"))
}

/// What was seen, as a line of a landmark stream.
fn line(seen: &SeenPose) -> PoseLine {
    let number = |value: f32| rounded(f64::from(value), N_DECIMALS);
    let row = |&[x, y, z, visibility]: &[f32; 4]| match seen.skeleton {
        Skeleton::BlazePose33 => [x, y, z, visibility].map(number).to_vec(),
        Skeleton::Coco17 => [x, y, visibility].map(number).to_vec(),
    };
    let person = seen.person.as_ref();
    PoseLine {
        t_ms: seen.time.as_ms(),
        lm: person.map(|person| person.landmarks.iter().map(row).collect()),
        world: person
            .and_then(|person| person.world.as_ref())
            .map(|world| world.iter().map(|point| point.map(number)).collect()),
    }
}
