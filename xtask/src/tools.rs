//! Cargo plug-ins that CI needs, at pinned versions.
//!
//! One found on `PATH` is used as it is; otherwise the pinned version is built once for all clones of whoever runs this
//! (measured on two busy cores: cargo-deny 3 minutes, cargo-machete 1).

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::command::{Command, on_path};
use crate::repo;

/// A program from crates.io.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    /// More arguments for `cargo install`.
    install_args: &'static [&'static str],
}

/// Checks licences, bans and sources of every dependency. Its default features only serve the advisory database.
pub(crate) const DENY: Tool =
    Tool { name: "cargo-deny", version: "0.20.2", install_args: &["--no-default-features"] };

/// Finds dependencies that nothing uses.
pub(crate) const MACHETE: Tool =
    Tool { name: "cargo-machete", version: "0.9.2", install_args: &[] };

impl Tool {
    /// The program, installed first if need be.
    pub(crate) fn path(&self) -> Result<PathBuf> {
        if let Some(found) = on_path(self.name) {
            return Ok(found);
        }
        let folder = kept_in();
        let program =
            folder.join(format!("{}-{}", self.name, self.version)).join("bin").join(self.name);
        if program.is_file() {
            return Ok(program);
        }
        println!("installing {} {} into {}", self.name, self.version, folder.display());
        Command::cargo(["install", "--quiet", "--locked"])
            .args([self.name, "--version", self.version])
            .args(self.install_args)
            .arg("--root")
            .arg(folder.join(format!("{}-{}", self.name, self.version)))
            .run()
            .with_context(|| {
                format!("install it yourself with `cargo install --locked {}`", self.name)
            })?;
        Ok(program)
    }
}

/// `spotter/tools` in the user's cache folder; where there is none, `build/tools`.
fn kept_in() -> PathBuf {
    let set =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")));
    cache.map_or_else(|| repo::build().join("tools"), |cache| cache.join("spotter/tools"))
}
