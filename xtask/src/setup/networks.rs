//! MediaPipe's BlazePose weights (Apache-2.0), taken from the npm package that carries them.
//!
//! They are a build input: never committed, always checked against these sums.

use anyhow::Result;

use super::npm::{self, Wanted};
use crate::repo;

const PACKAGE: &str = "@mediapipe/pose@0.5.1675469404";

/// File in the package, our name, SHA-256. The "packed assets" are one file, which is the person detector.
const NETWORKS: [(&str, &str, &str); 4] = [
    (
        "pose_solution_packed_assets.data",
        "pose_detection.tflite",
        "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
    ),
    (
        "pose_landmark_lite.tflite",
        "pose_landmark_lite.tflite",
        "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    ),
    (
        "pose_landmark_full.tflite",
        "pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
    (
        "pose_landmark_heavy.tflite",
        "pose_landmark_heavy.tflite",
        "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
    ),
];

pub(super) fn ensure() -> Result<String> {
    let folder = repo::build().join("networks");
    let wanted =
        NETWORKS.map(|(entry, name, sha256)| Wanted { entry, to: folder.join(name), sha256 });
    npm::take("pose networks", PACKAGE, &wanted)?;
    Ok(repo::shown(&folder))
}
