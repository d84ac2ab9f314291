//! `cargo xtask check`: what every change must pass before anyone reads it.

use anyhow::Result;

use crate::command::Command;
use crate::tidy;

pub(crate) fn run() -> Result<()> {
    fmt()?;
    clippy()?;
    tidy::run()
}

pub(crate) fn fmt() -> Result<()> {
    Command::cargo(["fmt", "--all", "--check"]).run()
}

/// Lints everything, including the binaries of xtask that hide behind features.
pub(crate) fn clippy() -> Result<()> {
    Command::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()
}
