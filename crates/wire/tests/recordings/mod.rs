//! The recorded landmark streams that `motion` keeps, for tests.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use motion::pose::Pose;
use units::ImageSize;

#[derive(serde::Deserialize)]
struct Meta {
    width: u32,
    height: u32,
    exercise: String,
}

/// A recorded set.
pub(crate) struct Clip {
    pub(crate) name: String,
    pub(crate) image: ImageSize,
    pub(crate) exercise: String,
    pub(crate) jsonl: String,
}

impl Clip {
    pub(crate) fn poses(&self) -> Vec<Pose> {
        let frames = wire::pose_stream::read(&self.jsonl).expect("a landmark stream");
        frames.iter().map(|frame| frame.pose(self.image)).collect()
    }
}

/// Every recorded set.
pub(crate) fn clips() -> Vec<Clip> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../motion/tests/golden/clips");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the clips are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.to_string_lossy().ends_with(".jsonl.gz"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 10, "only {} clips in {}", paths.len(), folder.display());
    paths.iter().map(|path| clip(path)).collect()
}

fn clip(path: &Path) -> Clip {
    let text = path.to_string_lossy();
    let meta = fs::read_to_string(text.replace(".jsonl.gz", ".meta.json")).expect("a sidecar");
    let meta: Meta = serde_json::from_str(&meta).expect("a well-formed sidecar");
    let mut jsonl = String::new();
    GzDecoder::new(File::open(path).expect("a clip")).read_to_string(&mut jsonl).expect("text");
    let image = ImageSize { width: meta.width, height: meta.height };
    let name = path.file_name().expect("a file").to_string_lossy().replace(".jsonl.gz", "");
    Clip { name, image, exercise: meta.exercise, jsonl }
}
