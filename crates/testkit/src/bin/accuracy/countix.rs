//! Countix' fitness videos: 33 landmarks squeezed into 0..1 in every frame, with the number of repetitions.
//!
//! Squeezing each frame to a unit box keeps periods but bends every angle, so counts are the only thing measured, and
//! against limits written for true angles. Frame rates are not given; 30 is assumed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use catalog::{Catalog, Exercise};
use motion::classify::best_of;
use motion::engine::StandardName;
use motion::pose::{NormalizedKeypoint, Pose, Skeleton};
use motion::{analysis, math};
use units::{ImageSize, MediaTime};

use crate::npz::{self, Array};
use crate::parallel;
use crate::sheet::{Bar, Better, Section, percent};

/// One labelled video.
struct Video {
    kind: String,
    name: String,
    n_true: u32,
}

/// The data set's names that are exercises of ours.
fn ours(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "push_up" => "push_up",
        "pull_ups" => "pull_up",
        "sit_up" => "sit_up",
        "squat" => "squat",
        "lunge" => "lunge",
        "jump_jack" | "jumping_jack" => "jumping_jack",
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy, Default)]
struct Score {
    n: usize,
    exact: usize,
    off_by_one: usize,
    sum_relative: f64,
    uncovered: usize,
}

impl Score {
    fn add(&mut self, told: Option<u32>, truth: u32) {
        let Some(told) = told else {
            self.uncovered += 1;
            return;
        };
        let off = told.abs_diff(truth);
        self.n += 1;
        self.exact += usize::from(off == 0);
        self.off_by_one += usize::from(off <= 1);
        self.sum_relative += f64::from(off) / f64::from(truth.max(1));
    }

    fn error(&self) -> f64 {
        self.sum_relative / math::as_f64(self.n.max(1))
    }

    fn text(&self, name: &str) -> String {
        format!(
            "{name:<18}{:>4} videos  exact {:>4.0} %  off by one at most {:>4.0} %  normalised error {:>5.2}  not covered {}",
            self.n,
            percent(self.exact, self.n),
            percent(self.off_by_one, self.n),
            self.error(),
            self.uncovered
        )
    }
}

pub(crate) fn run(shared: &Path, catalog: &Catalog) -> Result<Section> {
    const TITLE: &str =
        "keypoints: Countix fitness (squeezed landmarks, 30 frames per second assumed)";
    let folder = shared.join("keypoints/countix-fitness");
    if !folder.is_dir() {
        return Ok(Section::skipped(TITLE, "the folder is not there"));
    }
    let arrays = npz::read(&folder.join("poses.npz"))?;
    let videos = videos(&folder)?;
    let told = parallel::map(&videos, |video| {
        let poses = poses(arrays.get(video.name.trim_end_matches(".mp4"))?);
        let exercise = match ours(&video.kind) {
            Some(id) => catalog.get(id).ok(),
            None => guess(&poses, catalog),
        }?;
        let engine = analysis::run(&poses, &exercise.movement, StandardName::Default);
        Some((exercise.id.to_string(), u32::try_from(engine.reps().len()).unwrap_or(u32::MAX)))
    });
    let mut section = Section::new(TITLE);
    let (mut by_kind, mut named, mut all) =
        (BTreeMap::<&str, Score>::new(), Score::default(), Score::default());
    for (video, told) in videos.iter().zip(&told) {
        if !arrays.contains_key(video.name.trim_end_matches(".mp4")) {
            continue;
        }
        let count = told.as_ref().map(|(_, count)| *count);
        by_kind.entry(&video.kind).or_default().add(count, video.n_true);
        all.add(count, video.n_true);
        if ours(&video.kind).is_some() {
            named.add(count, video.n_true);
        }
        if count != Some(video.n_true) {
            section.failures.push(match told {
                Some((id, count)) => {
                    format!("{} as {id}: true {}, told {count}", video.name, video.n_true)
                }
                None => format!("{}: no exercise of ours recognized", video.name),
            });
        }
    }
    for (kind, score) in by_kind {
        section.line(score.text(kind));
    }
    section.line(named.text("our exercises"));
    section.line(all.text("all, guessed too"));
    section
        .line("kinds without an exercise of ours use the classifier's guess, or are not covered");
    section.figure(
        "countix.off_by_one",
        percent(named.off_by_one, named.n),
        Better::Higher,
        Bar::AtLeast(70.0),
    );
    section.figure("countix.normalised_error", named.error(), Better::Lower, Bar::AtMost(0.18));
    section.figure("countix.exact", percent(named.exact, named.n), Better::Higher, Bar::None);
    section.figure(
        "countix.off_by_one_with_guesses",
        percent(all.off_by_one, all.n),
        Better::Higher,
        Bar::None,
    );
    Ok(section)
}

fn videos(folder: &Path) -> Result<Vec<Video>> {
    let path = folder.join("annotation/test.csv");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',').skip(1);
        let (kind, name, count) = (cells.next()?, cells.next()?, cells.next()?);
        let n_true = count.trim().parse::<f64>().ok().and_then(whole)?;
        Some(Video { kind: kind.to_owned(), name: name.to_owned(), n_true })
    });
    Ok(rows.collect())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a small whole number"
)]
fn whole(value: f64) -> Option<u32> {
    (0.0..1e6).contains(&value).then_some(value.round() as u32)
}

fn poses(array: &Array) -> Vec<Pose> {
    // A square picture: the true shape of the box is lost.
    let image = ImageSize { width: 1000, height: 1000 };
    array
        .values
        .chunks_exact(array.n_columns.max(1))
        .enumerate()
        .map(|(frame, row)| {
            let time = MediaTime::from_ms(1000.0 * math::as_f64(frame) / 30.0);
            if row.iter().all(|&value| value == 0.0) {
                return Pose::nobody(time);
            }
            let points: Vec<NormalizedKeypoint> = row
                .chunks_exact(3)
                .map(|point| NormalizedKeypoint { x: point[0], y: point[1], confidence: 0.9 })
                .collect();
            Skeleton::BlazePose33.pose(time, &points, None, image)
        })
        .collect()
}

fn guess<'a>(poses: &[Pose], catalog: &'a Catalog) -> Option<&'a Exercise> {
    let beliefs = analysis::classify(poses, &catalog.signatures());
    best_of(&beliefs)
        .map(|belief| &catalog.exercises()[belief.exercise])
        .filter(|exercise| !exercise.movement.primary.is_empty())
}
