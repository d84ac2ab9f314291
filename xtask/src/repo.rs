//! Where things are: the repository's root and the folders that chores write to.
//!
//! Only `target/` and `build/` are ever written to, and both are ignored by git.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::command::Command;

/// The folder with the root `Cargo.toml`, whatever folder the command was typed in.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_path_buf()
}

/// What chores fetch or make: networks, runtimes, WASM, tools.
pub(crate) fn build() -> PathBuf {
    root().join("build")
}

/// What `cargo metadata` says, as JSON.
pub(crate) fn metadata() -> Result<Value> {
    let text = Command::cargo(["metadata", "--format-version", "1", "--no-deps"]).output()?;
    serde_json::from_str(&text).context("`cargo metadata` did not print JSON")
}

/// Cargo's target folder, which `CARGO_TARGET_DIR` may have moved.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = metadata()?;
    let dir =
        metadata["target_directory"].as_str().context("`cargo metadata` names no target folder")?;
    Ok(PathBuf::from(dir))
}

/// `path` as a reader types it: relative to the root where it lies inside.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
