//! The site: `cargo xtask web` builds it into `web/build`, `cargo xtask e2e` walks through it in a browser.
//!
//! npm's own scripts stay inside `web/package.json`; these are the doors to them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::command::Command;
use crate::{repo, setup, wasm};

#[derive(clap::Args)]
pub(crate) struct E2eArgs {
    /// Passed on to Playwright: a file, `--grep WORDS`, …
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds the engine for browsers, then the site around it.
pub(crate) fn run() -> Result<()> {
    wasm::run()?;
    build()
}

/// Builds the site around the engine that is already in `build/wasm`, and checks its size.
pub(crate) fn build() -> Result<()> {
    install()?;
    npm(&["run", "--silent", "build"])
}

/// Formatting and lints, import walls included.
pub(crate) fn lint() -> Result<()> {
    install()?;
    npm(&["run", "--silent", "lint"])
}

/// Types, in scripts and in markup.
pub(crate) fn check() -> Result<()> {
    install()?;
    npm(&["run", "--silent", "check"])
}

/// The unit tests.
pub(crate) fn unit() -> Result<()> {
    install()?;
    npm(&["run", "--silent", "test"])
}

/// The journeys through the built site, in headless Chromium.
pub(crate) fn e2e(args: &E2eArgs) -> Result<()> {
    setup::ensure_browser()?;
    install()?;
    Command::new("npx").args(["playwright", "test"]).args(&args.rest).dir(&folder()).run()
}

/// All journeys.
pub(crate) fn all_e2e() -> Result<()> {
    e2e(&E2eArgs { rest: Vec::new() })
}

/// Installs the packages that `package-lock.json` names, unless that very list is already installed.
pub(crate) fn install() -> Result<String> {
    let lock = fs::read(folder().join("package-lock.json"))
        .context("`web/package-lock.json` is missing")?;
    let marker = folder().join("node_modules").join(".installed-lock.json");
    if fs::read(&marker).ok().as_ref() != Some(&lock) {
        npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .context("is the npm registry reachable?")?;
        fs::write(&marker, &lock)?;
    }
    Ok("web/node_modules".to_owned())
}

fn npm(args: &[&str]) -> Result<()> {
    Command::new("npm").args(args).dir(&folder()).run()
}

fn folder() -> PathBuf {
    repo::root().join("web")
}
