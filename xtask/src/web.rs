//! The site: `cargo xtask web` builds it into `web/build`, `cargo xtask e2e` walks through it in browsers.
//!
//! npm's own scripts stay inside `web/package.json`; these are the doors to them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::command::Command;
use crate::setup::Browser;
use crate::{repo, wasm};

#[derive(clap::Args)]
pub(crate) struct E2eArgs {
    /// Which browser to walk in
    #[arg(long, value_enum, default_value_t)]
    browser: Browser,
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

/// The journeys through the product: a debug build of `spotter serve`, which reads the built site when it starts.
pub(crate) fn e2e(args: &E2eArgs) -> Result<()> {
    let program = args.browser.ensure()?;
    install()?;
    Command::cargo(["build", "--package", "app", "--bin", "spotter"]).run()?;
    Command::new("npx")
        .args(["playwright", "test", "--project"])
        .arg(args.browser.name())
        .args(&args.rest)
        .env("SPOTTER", repo::target()?.join("debug").join("spotter"))
        // Where the tests look for the program: CHROMIUM, FIREFOX or WEBKIT.
        .env(&args.browser.name().to_uppercase(), program)
        .dir(&folder())
        .run()
}

/// All journeys in one browser.
pub(crate) fn all_e2e(browser: Browser) -> Result<()> {
    e2e(&E2eArgs { browser, rest: Vec::new() })
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
