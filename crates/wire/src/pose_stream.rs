//! Landmark streams as JSON lines: what `--save-poses` writes and `--poses` reads.
//!
//! One frame a line: `t_ms`, and where somebody was seen `lm` (33×[x, y, z, visibility] or 17×[x, y, visibility],
//! x and y as fractions of the image) and `world` (33×[x, y, z] in metres). A frame with nobody has neither.

use motion::pose::{Joint, NormalizedKeypoint, Pose, Skeleton, WorldPoint};
use serde::{Deserialize, Serialize};
use units::{ImageSize, MediaTime};

use crate::live::MAX_TIME_MS;
use crate::report::rounded;

/// The most bytes one line may have; a frame with 33 landmarks has about 3,000.
const MAX_LINE_BYTES: usize = 64 * 1024;

/// One frame of a landmark stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PoseLine {
    /// Milliseconds from the start of the stream.
    pub t_ms: f64,
    /// Landmarks: rows of x, y, z, visibility (33 rows) or x, y, visibility (17 rows).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lm: Option<Vec<Vec<f64>>>,
    /// Metric landmarks: rows of x, y, z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world: Option<Vec<[f64; 3]>>,
}

/// Why a landmark stream cannot be read; says where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PoseStreamError {
    /// A line is not a frame.
    #[error(
        "line {line}: {reason}; each line must be one JSON object such as `{{\"t_ms\": 33.3, \"lm\": [[x, y, z, visibility], …]}}`"
    )]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// There is no frame at all.
    #[error(
        "the stream has no frames; record one with `spotter analyze VIDEO --save-poses FILE.jsonl.gz`"
    )]
    Empty,
}

impl PoseLine {
    /// Reads one line; `line` is its number for the error.
    ///
    /// # Errors
    /// When the line is too long, not JSON, has a time that is not finite, or rows of another shape.
    pub fn parse(text: &str, line: usize) -> Result<Self, PoseStreamError> {
        let wrong = |reason: String| PoseStreamError::Line { line, reason };
        if text.len() > MAX_LINE_BYTES {
            return Err(wrong(format!("{} bytes are more than a frame can have", text.len())));
        }
        let frame: Self = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if !frame.t_ms.is_finite() || frame.t_ms.abs() > MAX_TIME_MS {
            return Err(wrong(format!("`t_ms` is `{}`, not a time in milliseconds", frame.t_ms)));
        }
        if let Some(rows) = &frame.lm {
            let columns = match rows.len() {
                33 => 4,
                17 => 3,
                n => return Err(wrong(format!("`lm` has {n} rows, not 33 or 17"))),
            };
            if let Some(bad) = rows.iter().position(|row| row.len() != columns) {
                return Err(wrong(format!(
                    "`lm[{bad}]` has {} numbers, not {columns}",
                    rows[bad].len()
                )));
            }
            if let Some(world) = &frame.world
                && world.len() != rows.len()
            {
                return Err(wrong(format!(
                    "`world` has {} rows but `lm` has {}",
                    world.len(),
                    rows.len()
                )));
            }
        }
        Ok(frame)
    }

    /// A line of MediaPipe's landmarks made of a pose. Landmarks that our skeleton lacks are told as not seen.
    #[must_use]
    pub fn of(pose: &Pose, image: ImageSize) -> Self {
        let t_ms = rounded(pose.time.as_ms(), 3);
        if !pose.shows_person() {
            return Self { t_ms, ..Self::default() };
        }
        let n = Skeleton::BlazePose33.n_points();
        let mut lm = vec![vec![0.0; 4]; n];
        let mut world = pose.world.map(|_| vec![[0.0; 3]; n]);
        for joint in Joint::ALL {
            let Some(index) = Skeleton::BlazePose33.index_of(joint) else { continue };
            let point = pose.at(joint);
            let (x, y) = (point.x / f64::from(image.width), point.y / f64::from(image.height));
            lm[index] = [x, y, 0.0, point.confidence].map(|value| rounded(value, 6)).to_vec();
            if let (Some(rows), Some(points)) = (&mut world, &pose.world) {
                let point = points[joint as usize];
                rows[index] = [point.x, point.y, point.z].map(|value| rounded(value, 5));
            }
        }
        Self { t_ms, lm: Some(lm), world }
    }

    /// The pose in pixels of an image of that size.
    #[must_use]
    pub fn pose(&self, image: ImageSize) -> Pose {
        let time = MediaTime::from_ms(self.t_ms);
        let Some(rows) = &self.lm else { return Pose::nobody(time) };
        let skeleton = if rows.len() == 17 { Skeleton::Coco17 } else { Skeleton::BlazePose33 };
        let mut points = [NormalizedKeypoint::default(); 33];
        for (point, row) in points.iter_mut().zip(rows) {
            if let (Some(&x), Some(&y), Some(&confidence)) = (row.first(), row.get(1), row.last()) {
                *point = NormalizedKeypoint { x, y, confidence };
            }
        }
        let world: Option<Vec<WorldPoint>> = self
            .world
            .as_ref()
            .map(|rows| rows.iter().map(|&[x, y, z]| WorldPoint { x, y, z }).collect());
        skeleton.pose(time, &points[..rows.len().min(33)], world.as_deref(), image)
    }
}

/// Reads a whole stream, one frame a line; blank lines are passed over.
///
/// # Errors
/// As [`PoseLine::parse`], and when there is no frame.
pub fn read(text: &str) -> Result<Vec<PoseLine>, PoseStreamError> {
    let mut frames = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            frames.push(PoseLine::parse(line, index + 1)?);
        }
    }
    if frames.is_empty() { Err(PoseStreamError::Empty) } else { Ok(frames) }
}
