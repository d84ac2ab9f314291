//! The landmark streams that ship with the project, each with a sidecar that says how to read it.
//!
//! Beside `squat.poses.jsonl.gz` (or `squat.jsonl.gz`) lies `squat.meta.json`:
//! `{"width": 1280, "height": 720, "exercise": "squat", "standard": "default"}`. Width and height are those of the video
//! the stream was recorded from: without them angles are wrong on anything but a square picture.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use serde_json::Value;

/// One recorded stream of landmarks.
pub(crate) struct Clip {
    pub(crate) path: PathBuf,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// An exercise of the catalog, or `auto`.
    pub(crate) exercise: String,
    pub(crate) standard: String,
}

const ENDINGS: [&str; 2] = [".poses.jsonl.gz", ".jsonl.gz"];

impl Clip {
    /// Reads the sidecar of `path`.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let sidecar = sidecar(path)?;
        let text = fs::read_to_string(&sidecar).with_context(|| {
            format!("`{}` needs a sidecar `{}`", path.display(), sidecar.display())
        })?;
        let meta: Value =
            serde_json::from_str(&text).with_context(|| format!("`{}`", sidecar.display()))?;
        let pixels = |key: &str| {
            let number = meta[key].as_u64().and_then(|number| u32::try_from(number).ok());
            number.with_context(|| format!("`{}` has no whole number `{key}`", sidecar.display()))
        };
        let word = |key: &str, default: &str| meta[key].as_str().unwrap_or(default).to_owned();
        Ok(Self {
            path: path.to_path_buf(),
            width: pixels("width")?,
            height: pixels("height")?,
            exercise: word("exercise", "auto"),
            standard: word("standard", "default"),
        })
    }

    /// The stream as text, one frame per line.
    pub(crate) fn jsonl(&self) -> Result<String> {
        let mut text = String::new();
        GzDecoder::new(File::open(&self.path)?)
            .read_to_string(&mut text)
            .with_context(|| format!("`{}` is not gzipped text", self.path.display()))?;
        Ok(text)
    }
}

/// Every stream in `folder` and below, in the order of their paths. No folder, no streams.
pub(crate) fn all_in(folder: &Path) -> Result<Vec<Clip>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    paths.iter().map(|path| Clip::open(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if sidecar(&path).is_ok() {
            paths.push(path);
        }
    }
    Ok(())
}

fn sidecar(path: &Path) -> Result<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    let stem = stem.with_context(|| format!("`{}` does not end in `.jsonl.gz`", path.display()))?;
    Ok(path.with_file_name(format!("{stem}.meta.json")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_lies_beside_its_stream() {
        check("a/squat.poses.jsonl.gz", Some("a/squat.meta.json"));
        check("a/squat.jsonl.gz", Some("a/squat.meta.json"));
        check("a/squat.meta.json", None);
        check("a/squat.mp4", None);
    }

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(sidecar(Path::new(path)).ok(), expected.map(PathBuf::from));
    }
}
