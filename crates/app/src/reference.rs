//! A technique reference of the user's own: angles as a `ReferenceTemplate`, or recorded repetitions.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use catalog::Exercise;
use motion::analysis;
use motion::engine::StandardName;
use motion::rep::Rep;
use motion::spec::Kind;
use motion::technique::{Curve, N_CURVE, Reference, ReferenceView, record};
use serde::Deserialize;
use units::ImageSize;

use crate::{phrases, pose_file};

/// Bytes of a reference file, after decompression.
const MAX_BYTES: u64 = 64 << 20;
/// Repetitions that a recording must show.
const N_LEAST_REPS: usize = 3;

/// A reference as it was given, not yet fitted to an exercise.
#[derive(Debug)]
pub(crate) enum Given {
    /// One repetition's angles.
    Template(Template),
    /// The text of a landmark stream.
    Stream { name: String, text: Vec<u8> },
}

/// The angle of an exercise's first primary joint over one good repetition.
#[derive(Debug, Deserialize)]
pub(crate) struct Template {
    id: String,
    exercise_id: String,
    /// Frames per second of `joint_angles`.
    fps: u32,
    /// Degrees, from the start position out and back.
    joint_angles: Vec<f64>,
    /// One per angle, or none at all.
    #[serde(default)]
    phase_labels: Vec<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "part of the format; must be an object where it is there")]
    metadata: serde_json::Map<String, serde_json::Value>,
}

impl Given {
    /// Reads a reference file and finds out which of the two it is.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let mut text = Vec::new();
        let n_read = pose_file::open(path)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut text)
            .with_context(|| format!("`{shown}` cannot be read"))?;
        if n_read as u64 > MAX_BYTES {
            bail!("`{shown}` is too big for a reference: give three to five repetitions");
        }
        let first_line = text
            .split(|&byte| byte == b'\n')
            .find(|line| !line.trim_ascii().is_empty())
            .unwrap_or(&[]);
        let is_stream = serde_json::from_slice::<serde_json::Value>(first_line)
            .is_ok_and(|value| value.get("t_ms").is_some());
        if is_stream {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            return Ok(Self::Stream { name, text });
        }
        let template: Template = serde_json::from_slice(&text).with_context(|| {
            format!("`{shown}` is neither a ReferenceTemplate nor a landmark stream of repetitions")
        })?;
        template.check().with_context(|| format!("`{shown}` is no usable ReferenceTemplate"))?;
        Ok(Self::Template(template))
    }

    /// The exercise it says it is for.
    pub(crate) fn exercise(&self) -> Option<&str> {
        match self {
            Self::Template(template) => Some(&template.exercise_id),
            Self::Stream { .. } => None,
        }
    }
}

impl Template {
    fn check(&self) -> Result<()> {
        if self.id.is_empty() {
            bail!("`id` is empty");
        }
        if !(1..=1000).contains(&self.fps) {
            bail!("`fps` is `{}`, not a frame rate from 1 to 1000", self.fps);
        }
        if !(4..=100_000).contains(&self.joint_angles.len()) {
            bail!(
                "`joint_angles` has {} angles; one repetition has at least 4",
                self.joint_angles.len()
            );
        }
        let wrong = |angle: &&f64| !(-360.0..=360.0).contains(*angle);
        if let Some(angle) = self.joint_angles.iter().find(wrong) {
            bail!("`joint_angles` has `{angle}`, not an angle in degrees");
        }
        let (n_labels, n_angles) = (self.phase_labels.len(), self.joint_angles.len());
        if n_labels != 0 && n_labels != n_angles {
            bail!(
                "`phase_labels` has {n_labels} labels for {n_angles} angles; give one each, or none"
            );
        }
        Ok(())
    }

    /// The angles at [`N_CURVE`] equal steps of time.
    fn curve(&self) -> Vec<f64> {
        let last = self.joint_angles.len() - 1;
        let at = |step: usize| {
            let (whole, part) = (step * last / (N_CURVE - 1), step * last % (N_CURVE - 1));
            #[expect(clippy::cast_precision_loss, reason = "both are below N_CURVE")]
            let share = part as f64 / (N_CURVE - 1) as f64;
            let next = self.joint_angles[(whole + 1).min(last)];
            self.joint_angles[whole] + share * (next - self.joint_angles[whole])
        };
        (0..N_CURVE).map(at).collect()
    }
}

/// Fits a given reference to an exercise. `image` is the size of the set's own images, which a recorded reference is
/// taken to share.
pub(crate) fn reference(given: &Given, exercise: &Exercise, image: ImageSize) -> Result<Reference> {
    let movement = &exercise.movement;
    if movement.kind == Kind::Hold {
        bail!("`{}` is held, not repeated: it is compared with no reference", exercise.id);
    }
    match given {
        Given::Template(template) => {
            let primary = movement.primary.first().map(|primary| primary.signal);
            let signals = movement.technique.iter().map(|joint| joint.signal);
            let Some(wanted) = signals.clone().find(|&signal| {
                Some(signal) == primary
                    || Some(signal) == primary.map(motion::signal::Signal::in_image)
            }) else {
                bail!(
                    "the technique of `{}` is not judged by one joint's angle; record repetitions instead",
                    exercise.id
                );
            };
            let curve = template.curve();
            let curves = signals.map(|signal| {
                let known = (signal == wanted).then(|| curve.clone());
                Curve { signal, sides: [known.clone(), known] }
            });
            let views = vec![ReferenceView { yaw_deg: None, curves: curves.collect() }];
            Ok(Reference { source: format!("reference template `{}`", template.id), views })
        }
        Given::Stream { name, text } => {
            let poses = pose_file::poses(text.as_slice(), image)
                .with_context(|| format!("`{name}` is not a landmark stream"))?;
            let engine = analysis::run(&poses, movement, StandardName::Default);
            let reps: Vec<Rep> = engine.reps().iter().filter(|rep| rep.counted).cloned().collect();
            if reps.len() < N_LEAST_REPS {
                bail!(
                    "`{name}` shows {} of `{}` that meet the standard; a reference needs three to five good ones",
                    phrases::count(reps.len() as u64, "repetition", "repetitions"),
                    exercise.id
                );
            }
            let source = format!("{} repetitions recorded in `{name}`", reps.len());
            record(&reps, &source).context("the recorded repetitions have no curves")
        }
    }
}
