//! Countix' fitness videos: 33 landmarks squeezed into 0..1 in every frame, with the number of repetitions.
//!
//! Squeezing each frame to a unit box bends every angle and pins every place, so counts are the only thing measured.
//! They are measured twice: on the squeezed poses as they are, and on poses whose shape [`crate::unsqueeze`] has restored.
//! Frame rates are not given; 30 is assumed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use catalog::{Catalog, Exercise};
use motion::classify::best_of;
use motion::engine::StandardName;
use motion::pose::{NormalizedKeypoint, Pose, Skeleton, WorldPoint};
use motion::{analysis, math};
use units::{ImageSize, MediaTime};

use crate::npz::{self, Array};
use crate::parallel;
use crate::sheet::{Bar, Better, Section, percent};
use crate::unsqueeze::{Rows, restore};

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

/// How the landmarks are given to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As they are: every frame a unit square.
    Squeezed,
    /// With their shape restored from bone lengths.
    Restored,
}

pub(crate) fn run(shared: &Path, catalog: &Catalog) -> Result<Vec<Section>> {
    let folder = shared.join("keypoints/countix-fitness");
    if !folder.is_dir() {
        return Ok(vec![Section::skipped("keypoints: Countix fitness", "the folder is not there")]);
    }
    let arrays = npz::read(&folder.join("poses.npz"))?;
    let videos = videos(&folder)?;
    let given = |shape| as_given(&videos, &arrays, catalog, shape);
    Ok(vec![given(Shape::Restored), given(Shape::Squeezed)])
}

fn as_given(
    videos: &[Video],
    arrays: &BTreeMap<String, Array>,
    catalog: &Catalog,
    shape: Shape,
) -> Section {
    let told = parallel::map(videos, |video| {
        let array = arrays.get(video.name.trim_end_matches(".mp4"))?;
        let poses = match shape {
            Shape::Squeezed => squeezed(array),
            Shape::Restored => restored(array, held_still(&video.kind)),
        };
        let exercise = match ours(&video.kind) {
            Some(id) => catalog.get(id).ok(),
            None => guess(&poses, catalog),
        }?;
        let engine = analysis::run(&poses, &exercise.movement, StandardName::Default);
        Some((exercise.id.to_string(), u32::try_from(engine.reps().len()).unwrap_or(u32::MAX)))
    });
    let (title, key) = match shape {
        Shape::Restored => ("shape restored from bone lengths", "countix"),
        Shape::Squeezed => ("squeezed as they are", "countix_squeezed"),
    };
    let mut section =
        Section::new(format!("keypoints: Countix fitness, {title}, 30 frames per second assumed"));
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
    let (least, most) = match shape {
        Shape::Restored => (Bar::AtLeast(70.0), Bar::AtMost(0.18)),
        Shape::Squeezed => (Bar::None, Bar::None),
    };
    let off_by_one = percent(named.off_by_one, named.n);
    section.figure(&format!("{key}.off_by_one"), off_by_one, Better::Higher, least);
    section.figure(&format!("{key}.normalised_error"), named.error(), Better::Lower, most);
    section.figure(
        &format!("{key}.exact"),
        percent(named.exact, named.n),
        Better::Higher,
        Bar::None,
    );
    let with_guesses = percent(all.off_by_one, all.n);
    section.figure(
        &format!("{key}.off_by_one_with_guesses"),
        with_guesses,
        Better::Higher,
        Bar::None,
    );
    section
}

/// The joints that stay put in an exercise: the hands on the bar or the floor, the hips on the floor, else the feet.
fn held_still(kind: &str) -> [usize; 2] {
    match kind {
        "pull_ups" | "push_up" => [15, 16],
        "sit_up" => [23, 24],
        _ => [27, 28],
    }
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

fn rows(array: &Array) -> Vec<Option<Rows>> {
    let frames = array.values.chunks_exact(array.n_columns.max(1));
    let body = |row: &[f64]| {
        let seen = row.len() == 99 && row.iter().any(|&value| value != 0.0);
        seen.then(|| core::array::from_fn(|k| [row[3 * k], row[3 * k + 1], row[3 * k + 2]]))
    };
    frames.map(body).collect()
}

fn at(frame: usize) -> MediaTime {
    MediaTime::from_ms(1000.0 * math::as_f64(frame) / 30.0)
}

const SQUARE: ImageSize = ImageSize { width: 1000, height: 1000 };

fn squeezed(array: &Array) -> Vec<Pose> {
    let pose = |(frame, rows): (usize, Option<Rows>)| {
        let Some(rows) = rows else { return Pose::nobody(at(frame)) };
        let points = rows.map(|[x, y, _]| NormalizedKeypoint { x, y, confidence: 0.9 });
        Skeleton::BlazePose33.pose(at(frame), &points, None, SQUARE)
    };
    rows(array).into_iter().enumerate().map(pose).collect()
}

/// Seen without perspective, 0.3 pixels of 1000 to the millimetre.
fn restored(array: &Array, held_still: [usize; 2]) -> Vec<Pose> {
    let pose = |(frame, rows): (usize, Option<Rows>)| {
        let Some(rows) = rows else { return Pose::nobody(at(frame)) };
        let points = rows.map(|[x, y, _]| NormalizedKeypoint {
            x: 0.5 + 0.3 * x,
            y: 0.6 + 0.3 * y,
            confidence: 0.9,
        });
        let hips = [0, 1, 2].map(|axis| 0.5 * (rows[23][axis] + rows[24][axis]));
        let world =
            rows.map(|p| WorldPoint { x: p[0] - hips[0], y: p[1] - hips[1], z: p[2] - hips[2] });
        Skeleton::BlazePose33.pose(at(frame), &points, Some(&world), SQUARE)
    };
    restore(&rows(array), held_still).into_iter().enumerate().map(pose).collect()
}

fn guess<'a>(poses: &[Pose], catalog: &'a Catalog) -> Option<&'a Exercise> {
    let beliefs = analysis::classify(poses, &catalog.signatures());
    best_of(&beliefs)
        .map(|belief| &catalog.exercises()[belief.exercise])
        .filter(|exercise| !exercise.movement.primary.is_empty())
}
