//! `spotter analyze`: reads a recording, judges it, tells about it.

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use catalog::Catalog;
use units::ImageSize;
use vision::NetworkChoice;
use wire::report::rounded;

use crate::cli::{AnalyzeArgs, NetworkArg};
use crate::judge::{Question, judge};
use crate::recording::Recording;
use crate::reference::Given;
use crate::{page, pose_file, terminal, video};

pub(crate) fn run(args: &AnalyzeArgs) -> Result<()> {
    let catalog = Catalog::builtin()?.in_language(args.lang);
    let question = Question {
        exercise: (args.exercise != "auto").then(|| args.exercise.clone()),
        standard: args.standard.into(),
        reference: args.reference.as_deref().map(Given::read).transpose()?,
        height_cm: args.height_cm,
    };
    // What can go wrong goes wrong before the video is looked at, which takes a while.
    if let Some(id) = &question.exercise {
        catalog.get(id)?;
    }
    outputs_are_apart(args)?;
    for path in args.html.iter().chain(&args.save_poses) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) || path.is_dir() {
            bail!(
                "`{}` cannot be written: it is a folder, or its folder does not exist",
                path.display()
            );
        }
    }
    let started = Instant::now();
    let recording = read(args)?;
    let mut answer = judge(&recording, &catalog, &question)?;
    #[expect(clippy::cast_precision_loss, reason = "a recording has fewer frames than 2^52")]
    let fps = recording.poses.len() as f64 / started.elapsed().as_secs_f64().max(1e-6);
    answer.analysis.processing.fps = rounded(fps, 1);
    let page = args.html.as_ref().map(|path| (path, page::render(&recording, &answer)));
    let wrote = page.map_or(Ok(()), |(path, page)| write_whole(path, &page));
    if args.json {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, &answer.analysis).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(anstream::stdout(), "{}", terminal::render(&recording, &answer))?;
        for path in args.html.iter().filter(|_| wrote.is_ok()).chain(&args.save_poses) {
            let wrote = args.lang.pick("Wrote", "Gespeichert:");
            writeln!(anstream::stdout(), "  {wrote} {}", path.display())?;
        }
    }
    // Said last: the report stands whether or not the page could be kept.
    wrote
}

/// No output may overwrite an input, or another output.
fn outputs_are_apart(args: &AnalyzeArgs) -> Result<()> {
    let place = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let outputs = args.html.iter().chain(&args.save_poses);
    let mut taken: Vec<_> = [&args.video, &args.poses, &args.reference, &args.yolo]
        .into_iter()
        .flatten()
        .map(|path| place(path))
        .collect();
    for path in outputs {
        let at = place(path);
        if taken.contains(&at) {
            bail!(
                "`{}` would be overwritten; give --html and --save-poses names of their own",
                path.display()
            );
        }
        taken.push(at);
    }
    Ok(())
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, text: &str) -> Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let written =
        std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, path));
    written
        .inspect_err(|_| drop(std::fs::remove_file(&unfinished)))
        .with_context(|| format!("`{}` cannot be written", path.display()))
}

fn read(args: &AnalyzeArgs) -> Result<Recording> {
    match (&args.poses, &args.video, args.width, args.height) {
        (Some(path), _, Some(width), Some(height)) => {
            let image = ImageSize { width, height };
            let poses = pose_file::read(path, image)?;
            Ok(Recording { name: name_of(path), image, poses, seen_by: None, warnings: Vec::new() })
        }
        (None, Some(_), width, height) if width.or(height).is_some() => {
            bail!("--width and --height go with --poses; a video knows its own size")
        }
        (_, Some(path), ..) => {
            let network = match (&args.yolo, args.network) {
                (Some(path), _) => NetworkChoice::YoloPose(path.clone()),
                (None, NetworkArg::Lite) => NetworkChoice::Lite,
                (None, NetworkArg::Full) => NetworkChoice::Full,
                (None, NetworkArg::Heavy) => NetworkChoice::Heavy,
            };
            video::read(name_of(path), path, network, args.save_poses.as_deref(), args.lang)
        }
        _ => bail!("give a video, or a landmark stream with --poses, --width and --height"),
    }
}

/// The file's name as it can be printed: without what could steer a terminal.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    name.replace(char::is_control, "\u{fffd}")
}
