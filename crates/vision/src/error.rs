//! What can go wrong between a video and its poses, named by what the caller can do about it.

use std::path::PathBuf;

/// Why there are no poses.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The video cannot be read; see the inner error.
    #[error(transparent)]
    Video(#[from] camera::Error),
    /// A network's file is in none of the usual places.
    #[error("network `{name}` not found in {}: run `cargo xtask setup`, or set SPOTTER_NETWORKS to the folder that has it", listed(.searched))]
    NetworkMissing {
        /// The file's name.
        name: String,
        /// The folders looked in.
        searched: Vec<PathBuf>,
    },
    /// A network's file is there and no use.
    #[error("network `{}` cannot be used: {reason}", .path.display())]
    NetworkUnusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A runtime failed while running a network that it had accepted.
    #[error("the network failed to run in {runtime}: {reason}")]
    RunFailed {
        /// The runtime's name.
        runtime: &'static str,
        /// What it said.
        reason: String,
    },
}

fn listed(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| format!("`{}`", folder.display())).collect::<Vec<_>>().join(", ")
}
