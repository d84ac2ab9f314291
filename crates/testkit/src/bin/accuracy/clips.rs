//! The shared clips against their labels: videos end to end, and their MediaPipe landmark streams with the engine alone.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use catalog::Catalog;
use motion::analysis;
use motion::classify::best_of;
use motion::engine::StandardName;
use motion::pose::Pose;
use motion::report::report;
use motion::spec::Severity;
use serde::Deserialize;
use units::ImageSize;
use vision::{PoseReader, ReadOptions};

use crate::budget::Mode;
use crate::parallel;
use crate::sheet::{Bar, Better, Section};

#[derive(Debug, Clone, Deserialize)]
struct Label {
    file: String,
    exercise: Option<String>,
    reps: Option<u32>,
    #[serde(default)]
    tolerance: u32,
    persons: u32,
    confidence: String,
    width: u32,
    height: u32,
    duration_s: f64,
    #[serde(default)]
    form: String,
    #[serde(default)]
    faults: Vec<String>,
    hold_s: Option<f64>,
}

/// Exercises whose counts must be exact on every clip of high confidence.
const CORE: [&str; 4] = ["push_up", "squat", "bicep_curl", "lateral_raise"];

#[derive(Debug, Default)]
struct Verdict {
    line: String,
    exact: Option<bool>,
    exact_live: Option<bool>,
    detected: Option<bool>,
    faults: Option<bool>,
    calm: Option<bool>,
    tips: Option<bool>,
    hold_error_secs: Option<f64>,
}

fn labels(shared: &Path) -> Result<Vec<Label>> {
    let path = shared.join("clips/labels.json");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// The landmark streams, engine alone.
pub(crate) fn streams(shared: &Path, catalog: &Catalog, folder: Option<&Path>) -> Result<Section> {
    let folder = folder.map_or_else(|| shared.join("clips/mediapipe-landmarks"), PathBuf::from);
    let labels = labels(shared)?;
    let verdicts = parallel::map(&labels, |label| -> Result<(Label, Verdict)> {
        let path = folder.join(label.file.replace(".mp4", ".jsonl.gz"));
        let poses = read_stream(&path, label)?;
        Ok((label.clone(), judge(label, &poses, catalog)))
    });
    let verdicts: Vec<_> = verdicts.into_iter().collect::<Result<_>>()?;
    Ok(summary("clips: MediaPipe landmark streams, engine alone", "streams", &verdicts))
}

/// The videos, end to end.
pub(crate) fn videos(shared: &Path, catalog: &Catalog, mode: Mode) -> Result<Section> {
    const TITLE: &str = "clips: videos end to end";
    let options = ReadOptions::default();
    let mut verdicts = Vec::new();
    let mut runtime = String::new();
    for label in labels(shared)? {
        if mode == Mode::Quick && label.duration_s > 11.0 {
            continue;
        }
        let path = shared.join("clips").join(&label.file);
        let mut reader = match PoseReader::open(&path, &options) {
            Ok(reader) => reader,
            Err(
                error @ (vision::Error::NetworkMissing { .. }
                | vision::Error::NetworkUnusable { .. }),
            ) => {
                return Ok(Section::skipped(TITLE, &error.to_string()));
            }
            Err(error) => {
                return Err(error).with_context(|| format!("opening `{}`", path.display()));
            }
        };
        runtime = format!("{} network, {}", reader.info().network, reader.info().runtime);
        let poses: Vec<Pose> =
            reader.by_ref().map(|seen| seen.map(|seen| seen.pose())).collect::<Result<_, _>>()?;
        let verdict = judge(&label, &poses, catalog);
        verdicts.push((label, verdict));
    }
    Ok(summary(&format!("{TITLE} ({runtime})"), "clips", &verdicts))
}

fn read_stream(path: &Path, label: &Label) -> Result<Vec<Pose>> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("opening `{}`", path.display()))?;
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    let image = ImageSize { width: label.width, height: label.height };
    Ok(wire::pose_stream::read(&text)?.iter().map(|frame| frame.pose(image)).collect())
}

fn judge(label: &Label, poses: &[Pose], catalog: &Catalog) -> Verdict {
    let beliefs = analysis::classify(poses, &catalog.signatures());
    let best = best_of(&beliefs).map(|belief| &catalog.exercises()[belief.exercise]);
    let name = best.map_or("unknown", |exercise| exercise.id.as_str());
    let Some(exercise) = label.exercise.as_deref().and_then(|id| catalog.get(id).ok()) else {
        // Nobody trains: whatever is asked for, it must not crash.
        for exercise in catalog.exercises() {
            let _engine = analysis::run(poses, &exercise.movement, StandardName::Default);
        }
        return Verdict {
            line: format!("no exercise, did not crash; detected {name}"),
            ..Verdict::default()
        };
    };
    let engine = analysis::run(poses, &exercise.movement, StandardName::Default);
    let told = report(&engine, Some(exercise.reference()));
    let live = count_live(poses, &exercise.movement);
    let found: Vec<&str> = {
        let mut ids: Vec<&str> = told.issues.iter().map(|issue| issue.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let n_cycles = told.n_reps + told.n_attempts;
    let exact = label
        .reps
        .filter(|_| label.hold_s.is_none())
        .map(|want| want.abs_diff(n_cycles) <= label.tolerance);
    let exact_live = label
        .reps
        .filter(|_| label.hold_s.is_none())
        .map(|want| want.abs_diff(live) <= label.tolerance);
    let detected =
        (label.persons == 1).then(|| best.is_some_and(|best| best.family == exercise.family));
    let faults = (!label.faults.is_empty())
        .then(|| label.faults.iter().all(|fault| found.contains(&fault.as_str())));
    let n_high = told.issues.iter().filter(|issue| issue.severity == Severity::High).count();
    let calm = (label.form == "good").then_some(n_high == 0);
    let tips = (!label.faults.is_empty()).then_some(told.tips.len() >= 3);
    let hold_error_secs = label.hold_s.map(|hold| told.hold_ms.unwrap_or(0.0) / 1000.0 - hold);
    let mark = |verdict: Option<bool>| match verdict {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "-",
    };
    let line = format!(
        "{:<14} label {:>4} tol {}  reps+attempts {:>2}+{:<2} exact {:<3} live {:>2} {:<3} detected {:<22}{:<4} faults {:<3} calm {:<3} score {:>4} yaw {:>4.0} hold {} {}",
        exercise.id.as_str(),
        label.reps.map_or_else(|| "?".to_owned(), |reps| reps.to_string()),
        label.tolerance,
        told.n_reps,
        told.n_attempts,
        mark(exact),
        live,
        mark(exact_live),
        name,
        mark(detected),
        mark(faults),
        mark(calm),
        told.score.map_or_else(|| "-".to_owned(), |score| format!("{score:.0}")),
        told.yaw_deg,
        hold_error_secs.map_or_else(|| "-".to_owned(), |error| format!("{error:+.2} s")),
        found.join(" "),
    );
    Verdict { line, exact, exact_live, detected, faults, calm, tips, hold_error_secs }
}

/// Cycles that the live engine tells, without a second look.
pub(crate) fn count_live(poses: &[Pose], spec: &motion::spec::MovementSpec) -> u32 {
    let mut engine = motion::engine::Engine::new(spec, StandardName::Default, None);
    for pose in poses {
        engine.push(pose);
    }
    engine.finish();
    u32::try_from(engine.reps().len()).unwrap_or(u32::MAX)
}

fn summary(title: &str, key: &str, verdicts: &[(Label, Verdict)]) -> Section {
    let mut section = Section::new(title);
    for (label, verdict) in verdicts {
        section.line(format!("{:<36}{}", label.file.trim_end_matches(".mp4"), verdict.line));
    }
    let of_core = |label: &Label| label.exercise.as_deref().is_some_and(|id| CORE.contains(&id));
    let is_core = |label: &Label| label.confidence == "high" && of_core(label);
    let tally = |of: &dyn Fn(&Label, &Verdict) -> Option<bool>| {
        let judged: Vec<bool> =
            verdicts.iter().filter_map(|(label, verdict)| of(label, verdict)).collect();
        (judged.iter().filter(|&&good| good).count(), judged.len())
    };
    let mut add = |name: &str, (n_good, n): (usize, usize), bar: Bar| {
        section.share(&format!("{key}.{name}"), n_good, n, bar);
    };
    add(
        "exact_core",
        tally(&|label, verdict| verdict.exact.filter(|_| is_core(label))),
        Bar::AtLeast(100.0),
    );
    add(
        "exact_other",
        tally(&|label, verdict| verdict.exact.filter(|_| !of_core(label))),
        Bar::AtLeast(90.0),
    );
    let unsure = |label: &Label| of_core(label) && !is_core(label);
    add(
        "exact_unsure_labels",
        tally(&|label, verdict| verdict.exact.filter(|_| unsure(label))),
        Bar::None,
    );
    add("exact_live", tally(&|_, verdict| verdict.exact_live), Bar::None);
    add("detected", tally(&|_, verdict| verdict.detected), Bar::AtLeast(90.0));
    add("faults_found", tally(&|_, verdict| verdict.faults), Bar::AtLeast(100.0));
    add("good_without_high_issue", tally(&|_, verdict| verdict.calm), Bar::AtLeast(100.0));
    add("three_tips_where_faulty", tally(&|_, verdict| verdict.tips), Bar::AtLeast(100.0));
    let hold = verdicts
        .iter()
        .filter_map(|(_, verdict)| verdict.hold_error_secs)
        .map(f64::abs)
        .reduce(f64::max);
    if let Some(error_secs) = hold {
        section.figure(
            &format!("{key}.hold_error_secs"),
            error_secs,
            Better::Lower,
            Bar::AtMost(1.0),
        );
    }
    section
}
