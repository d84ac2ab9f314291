//! Labelled single frames: does the engine's own limit on a signal tell the label? No filter, no counting.
//!
//! What is measured is written beside every figure. Labels that need more than one frame (a curl's lean back is judged
//! against the repetition's start) are not measured.

use std::path::Path;

use anyhow::{Context as _, Result};
use catalog::Catalog;
use motion::form::excess;
use motion::pose::{NormalizedKeypoint, Pose, Skeleton};
use motion::signal::Signal;
use motion::spec::FormCheck;
use motion::view::View;
use units::{ImageSize, MediaTime, Side};

use crate::sheet::{Bar, Section};

/// One labelled frame.
struct Labelled {
    label: String,
    pose: Pose,
}

pub(crate) fn run(shared: &Path, catalog: &Catalog) -> Result<Section> {
    let mut section = Section::new(
        "keypoints: labelled single frames against our limits (pictures taken as 16:9)",
    );
    let folder = shared.join("keypoints/exercise-correction");
    if folder.is_dir() {
        plank(&mut section, &folder, catalog)?;
        squat(&mut section, &folder, catalog)?;
        lunge(&mut section, &folder, catalog)?;
        section.line("curl test.csv (C/L lean back): not measured, our check compares with the repetition's start");
        section.line("plank kaggle.csv, lunge knee_angle*.csv, squat analyze_pose.csv: no labels of ours, not measured");
    } else {
        section.line("exercise-correction: skipped, the folder is not there");
    }
    let poses = shared.join("keypoints/fitness-poses/fitness_pose_samples.csv");
    if poses.is_file() {
        fitness(&mut section, &poses, catalog)?;
    } else {
        section.line("fitness-poses: skipped, the file is not there");
    }
    Ok(section)
}

/// The value of a signal on the better seen side, or the mean of both where both are seen alike.
fn value(pose: &Pose, signal: Signal) -> Option<f64> {
    let mut view = View::default();
    view.see(pose);
    let [left, right] = Side::BOTH.map(|side| signal.measure(pose, side, &view));
    if left.confidence.max(right.confidence) <= 0.0 {
        None
    } else if (left.confidence - right.confidence).abs() < 0.1 {
        Some(0.5 * (left.value + right.value))
    } else if left.confidence > right.confidence {
        Some(left.value)
    } else {
        Some(right.value)
    }
}

fn check<'a>(catalog: &'a Catalog, exercise: &str, id: &str) -> Option<&'a FormCheck> {
    catalog.get(exercise).ok()?.movement.checks.iter().find(|check| check.id == id)
}

/// Counts how often a verdict equals the label.
fn agreement(
    section: &mut Section,
    key: &str,
    what: &str,
    rows: &[Labelled],
    verdict: impl Fn(&Pose) -> Option<&'static str>,
) {
    let judged: Vec<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.label.as_str(), verdict(&row.pose)?))).collect();
    let mut labels: Vec<&str> = judged.iter().map(|(label, _)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    section.line(format!("{what}: {} frames", judged.len()));
    for label in labels {
        let of: Vec<&str> =
            judged.iter().filter(|(known, _)| *known == label).map(|(_, told)| *told).collect();
        let mut told: Vec<&str> = of.clone();
        told.sort_unstable();
        told.dedup();
        let text: Vec<String> = told
            .iter()
            .map(|one| format!("{one} {}", of.iter().filter(|other| *other == one).count()))
            .collect();
        section.line(format!("    label {label:<14} told {}", text.join(", ")));
    }
    let n_right = judged.iter().filter(|(label, told)| label == told).count();
    section.share(&format!("postures.{key}"), n_right, judged.len(), Bar::None);
}

fn plank(section: &mut Section, folder: &Path, catalog: &Catalog) -> Result<()> {
    let rows = read_named(&folder.join("plank_model/test.csv"), |label| label.to_owned())?;
    let (Some(sag), Some(pike)) =
        (check(catalog, "plank", "hip_sag"), check(catalog, "plank", "pike"))
    else {
        return Ok(());
    };
    agreement(
        section,
        "plank_back",
        "plank: correct, high or low back by our hip_sag and pike limits",
        &rows,
        |pose| {
            Some(if excess(sag, value(pose, sag.signal)?) > 0.0 {
                "L"
            } else if excess(pike, value(pose, pike.signal)?) > 0.0 {
                "H"
            } else {
                "C"
            })
        },
    );
    Ok(())
}

/// Halfway between an exercise's start and turning point on its first signal.
fn halfway(catalog: &Catalog, exercise: &str) -> Option<(Signal, f64, bool)> {
    let primary = catalog.get(exercise).ok()?.movement.primary.first()?;
    Some((primary.signal, 0.5 * (primary.start + primary.turn), primary.turn < primary.start))
}

fn squat(section: &mut Section, folder: &Path, catalog: &Catalog) -> Result<()> {
    let rows = read_named(&folder.join("squat_model/test.csv"), |label| label.to_owned())?;
    let Some((signal, middle, _)) = halfway(catalog, "squat") else { return Ok(()) };
    agreement(
        section,
        "squat_stage",
        "squat: up or down by the knee's halfway angle",
        &rows,
        |pose| Some(if value(pose, signal)? < middle { "down" } else { "up" }),
    );
    Ok(())
}

fn lunge(section: &mut Section, folder: &Path, catalog: &Catalog) -> Result<()> {
    let rows = read_named(&folder.join("lunge_model/stage.test.csv"), |label| label.to_owned())?;
    let Some((signal, middle, _)) = halfway(catalog, "lunge") else { return Ok(()) };
    let rows: Vec<Labelled> = rows.into_iter().filter(|row| row.label != "M").collect();
    agreement(
        section,
        "lunge_stage",
        "lunge: initial or down by the knee's halfway angle (middle left out)",
        &rows,
        |pose| Some(if value(pose, signal)? < middle { "D" } else { "I" }),
    );
    let rows = read_named(&folder.join("lunge_model/err.test.csv"), |label| label.to_owned())?;
    if let Some(past) = check(catalog, "lunge", "knee_past_toe") {
        agreement(
            section,
            "lunge_knee",
            "lunge: knee over toe (L) or not (C) by our knee_past_toe limit",
            &rows,
            |pose| Some(if excess(past, value(pose, past.signal)?) > 0.0 { "L" } else { "C" }),
        );
    }
    Ok(())
}

fn fitness(section: &mut Section, path: &Path, catalog: &Catalog) -> Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))?;
    let rows: Vec<Labelled> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',').skip(1);
            let label = cells.next()?.to_owned();
            let numbers: Vec<f64> = cells.filter_map(|cell| cell.trim().parse().ok()).collect();
            let points: Vec<NormalizedKeypoint> = numbers
                .chunks_exact(3)
                .map(|p| NormalizedKeypoint { x: p[0] / 1000.0, y: p[1] / 1000.0, confidence: 0.9 })
                .collect();
            let image = ImageSize { width: 1000, height: 1000 };
            (points.len() == 33).then(|| Labelled {
                label,
                pose: Skeleton::BlazePose33.pose(MediaTime::ZERO, &points, None, image),
            })
        })
        .collect();
    for (exercise, prefix, up, down) in [
        ("push_up", "pushups", "pushups_up", "pushups_down"),
        ("squat", "squats", "squats_up", "squats_down"),
    ] {
        let Some((signal, middle, falls)) = halfway(catalog, exercise) else { continue };
        let own: Vec<Labelled> = rows
            .iter()
            .filter(|row| row.label.starts_with(prefix))
            .map(|row| Labelled { label: row.label.clone(), pose: row.pose })
            .collect();
        let what =
            format!("{exercise} (fitness-poses, pixels): up or down by halfway of {signal:?}");
        agreement(section, &format!("{exercise}_pixels"), &what, &own, |pose| {
            let out = (value(pose, signal)? < middle) == falls;
            Some(if out { down } else { up })
        });
    }
    Ok(())
}

/// Frames of a file whose head names its columns: `label`, `left_knee_x`, … `left_knee_v`.
fn read_named(path: &Path, label: impl Fn(&str) -> String) -> Result<Vec<Labelled>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().context("an empty file")?.split(',').collect();
    let names = Skeleton::BlazePose33.names();
    let columns: Vec<Option<(usize, u8)>> = head
        .iter()
        .map(|column| {
            let (joint, part) = column.rsplit_once('_')?;
            let index = names.iter().position(|name| *name == joint)?;
            Some((index, *part.as_bytes().first()?))
        })
        .collect();
    let image = ImageSize { width: 1280, height: 720 };
    let rows = lines.filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let of = cells.first()?;
        if of.is_empty() || *of == "label" {
            return None;
        }
        let mut points = [NormalizedKeypoint::default(); 33];
        for (column, cell) in columns.iter().zip(&cells) {
            let (Some((index, part)), Ok(number)) = (column, cell.parse::<f64>()) else { continue };
            match part {
                b'x' => points[*index].x = number,
                b'y' => points[*index].y = number,
                b'v' => points[*index].confidence = number,
                _ => {}
            }
        }
        Some(Labelled {
            label: label(of),
            pose: Skeleton::BlazePose33.pose(MediaTime::ZERO, &points, None, image),
        })
    });
    Ok(rows.collect())
}
