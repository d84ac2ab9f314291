//! `cargo xtask check`: what every change must pass before anyone reads it.

use anyhow::Result;

use crate::command::Command;
use crate::tidy;

/// Binaries that hide behind features are linted and documented too.
pub(crate) const ALL_BINARIES: &str = "--features=xtask/bindgen,xtask/parity";

pub(crate) fn run() -> Result<()> {
    fmt()?;
    clippy()?;
    tidy::run()
}

pub(crate) fn fmt() -> Result<()> {
    Command::cargo(["fmt", "--all", "--check"]).run()
}

pub(crate) fn clippy() -> Result<()> {
    Command::cargo(["clippy", "--workspace", "--all-targets", ALL_BINARIES, "--", "-D", "warnings"])
        .run()
}
