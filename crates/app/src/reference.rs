//! A technique reference of the user's own: angles as a `ReferenceTemplate`, or recorded repetitions.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use catalog::Exercise;
use motion::technique::Reference;
use units::ImageSize;
use wire::reference::{ReferenceTemplate, of_recording};

use crate::pose_file;

/// Bytes of a reference file, after decompression.
const MAX_BYTES: u64 = 64 << 20;

/// A reference as it was given, not yet fitted to an exercise.
#[derive(Debug)]
pub(crate) enum Given {
    /// One repetition's angles.
    Template(ReferenceTemplate),
    /// The text of a landmark stream.
    Stream { name: String, text: Vec<u8> },
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
        let template: ReferenceTemplate = serde_json::from_slice(&text).with_context(|| {
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

/// Fits a given reference to an exercise. `image` is the size of the set's own images, which a recorded reference is
/// taken to share.
pub(crate) fn reference(given: &Given, exercise: &Exercise, image: ImageSize) -> Result<Reference> {
    match given {
        Given::Template(template) => Ok(template.reference(exercise)?),
        Given::Stream { name, text } => {
            let poses = pose_file::poses(text.as_slice(), image)
                .with_context(|| format!("`{name}` is not a landmark stream"))?;
            let reference = of_recording(&poses, exercise, name);
            Ok(reference.with_context(|| format!("`{name}` is no usable reference"))?)
        }
    }
}
