//! Where the networks' files are, and what each of them gives.

use std::path::{Path, PathBuf};

use crate::{Error, tflite::onnx_from_tflite};

/// Which network sees the pose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkChoice {
    /// BlazePose lite: fastest.
    Lite,
    /// BlazePose full: the default.
    Full,
    /// BlazePose heavy: most accurate.
    Heavy,
    /// A YOLO-pose network as an ONNX file: 640 × 640 in, 56 × 8400 out.
    YoloPose(PathBuf),
}

impl NetworkChoice {
    /// The name in reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lite => "lite",
            Self::Full => "full",
            Self::Heavy => "heavy",
            Self::YoloPose(_) => "yolo-pose",
        }
    }

    pub(crate) fn file_name(&self) -> &'static str {
        match self {
            Self::Lite => "pose_landmark_lite.tflite",
            Self::Full => "pose_landmark_full.tflite",
            Self::Heavy => "pose_landmark_heavy.tflite",
            Self::YoloPose(_) => "",
        }
    }
}

/// The detector's file.
pub(crate) const DETECTOR_FILE: &str = "pose_detection.tflite";

/// The folders that may hold the networks.
#[derive(Debug, Clone)]
pub struct Networks {
    folders: Vec<PathBuf>,
}

impl Networks {
    /// The usual places, best first: `SPOTTER_NETWORKS`, `networks` beside the executable and in the folders above it
    /// that have a `build` or `share/spotter`, the workspace's `build/networks`, the user's data folder.
    #[must_use]
    pub fn find() -> Self {
        let mut folders: Vec<PathBuf> =
            std::env::var_os("SPOTTER_NETWORKS").into_iter().map(PathBuf::from).collect();
        folders.extend(build_folders().into_iter().map(|folder| folder.join("networks")));
        let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
        let data =
            data.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
        folders.extend(data.map(|data| data.join("spotter/networks")));
        Self { folders }
    }

    /// Only this folder.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folders: vec![folder] }
    }

    /// The path of a network's file.
    pub fn path(&self, name: &str) -> Result<PathBuf, Error> {
        let found = self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
        found.ok_or_else(|| Error::NetworkMissing {
            name: name.to_owned(),
            searched: self.folders.clone(),
        })
    }
}

/// Folders in which setup may have put what is not in the repository: beside and above the executable, and in the
/// workspace this was compiled in.
pub(crate) fn build_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(executable) = std::env::current_exe() {
        let mut above = executable.parent();
        folders.extend(above.map(PathBuf::from));
        for _level in 0..4 {
            above = above.and_then(Path::parent);
            folders.extend(
                above
                    .iter()
                    .flat_map(|folder| [folder.join("share/spotter"), folder.join("build")]),
            );
        }
    }
    folders.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../build")));
    folders
}

/// A `TFLite` network's file as ONNX, with only the wanted outputs.
pub(crate) fn onnx_bytes(path: &Path, wanted: &[&str]) -> Result<Vec<u8>, Error> {
    let unusable = |reason: String| Error::NetworkUnusable { path: path.to_owned(), reason };
    let bytes = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    onnx_from_tflite(&bytes, wanted).map_err(|error| unusable(error.to_string()))
}
