//! The WebAssembly shell over the engine: text in, text out, no logic.
//!
//! The same functions are plain Rust natively, which is how `cargo xtask parity` compares the two.

mod library;
mod live;
mod next_set;
mod tracker;

use std::fmt::Debug;

use catalog::Catalog;
use motion::analysis;
use motion::engine::{Engine, StandardName};
use motion::pose::Pose;
use motion::report::report;
use serde::Serialize;
use units::ImageSize;
use wasm_bindgen::prelude::wasm_bindgen;
use wire::pose_stream;
use wire::report::{Analysis, UNKNOWN, rounded};

pub use library::{catalog, exercise_figure};
pub use live::LiveCoach;
pub use next_set::next_set;
pub use tracker::{PersonTracker, TrackStep};

/// Body height that speeds rest on, centimetres.
const HEIGHT_CM: f64 = 170.0;

/// An answer or what was wrong with the question.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// The report, and a digest of every bit that the live engine and the report told.
    Analysis { analysis: Box<Analysis>, digest: String },
    /// What is wrong and what to do.
    Error(String),
}

/// Analyzes a landmark stream (JSON lines) from a picture of the given size. `exercise` is an id, an alias or `auto`;
/// `standard` is `default` or `strict`. Gives `{"analysis": …, "digest": …}` or `{"error": …}`.
#[wasm_bindgen]
#[must_use]
pub fn analyze_stream(
    jsonl: &str,
    width: u32,
    height: u32,
    exercise: &str,
    standard: &str,
) -> String {
    let answer = analyze(jsonl, ImageSize { width, height }, exercise, standard)
        .unwrap_or_else(Answer::Error);
    serde_json::to_string(&answer).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"))
}

fn analyze(
    jsonl: &str,
    image: ImageSize,
    exercise: &str,
    standard: &str,
) -> Result<Answer, String> {
    if image.width == 0 || image.height == 0 {
        return Err(format!(
            "the picture is {}×{}; both must be at least 1",
            image.width, image.height
        ));
    }
    let standard = match standard {
        "default" => StandardName::Default,
        "strict" => StandardName::Strict,
        other => return Err(format!("there is no standard `{other}`; use `default` or `strict`")),
    };
    let frames = pose_stream::read(jsonl).map_err(|error| error.to_string())?;
    let catalog = Catalog::builtin().map_err(|error| error.to_string())?;
    let poses: Vec<Pose> = frames.iter().map(|frame| frame.pose(image)).collect();
    let recognized = catalog.recognize(&poses);
    let detected = recognized.map(|(exercise, _)| exercise);
    let chosen = match exercise {
        "auto" => detected,
        id => Some(catalog.get(id).map_err(|error| error.to_string())?),
    };
    let analysis = Analysis {
        exercise: chosen.map_or(UNKNOWN, |exercise| exercise.id.as_str()).to_owned(),
        detected_exercise: detected.map_or(UNKNOWN, |exercise| exercise.id.as_str()).to_owned(),
        detection_confidence: recognized.map_or(0.0, |(_, belief)| rounded(belief, 2)),
        frames: frames.len() as u64,
        ..Analysis::default()
    };
    let mut told = Digest::default();
    told.take(&recognized.map(|(exercise, belief)| (&exercise.id, belief)));
    let Some(exercise) = chosen else {
        return Ok(Answer::Analysis { analysis: Box::new(analysis), digest: told.hex() });
    };
    let mut live = Engine::new(&exercise.movement, standard, None);
    for pose in &poses {
        told.take(&live.push(pose));
    }
    let set =
        report(&analysis::run(&poses, &exercise.movement, standard), Some(exercise.reference()));
    told.take(&set);
    Ok(Answer::Analysis {
        analysis: Box::new(analysis.with_set(&set, HEIGHT_CM)),
        digest: told.hex(),
    })
}

/// FNV-1a over text; Rust prints floats so that they read back to the same bits.
struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn take(&mut self, told: &impl Debug) {
        for byte in format!("{told:?}").bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}
