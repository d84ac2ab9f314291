//! The site: `cargo xtask web` builds it into `web/build`, `cargo xtask e2e` walks through it in browsers.
//!
//! npm's own scripts stay inside `web/package.json`; these are the doors to them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

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

/// Makes the page's types of the shapes that cross the border to Rust, from `crates/server/openapi.json`.
pub(crate) fn codegen() -> Result<()> {
    install()?;
    npm(&["run", "--silent", "shapes"])
}

/// Fails where the types that are checked in are not what [`codegen`] makes.
pub(crate) fn shapes() -> Result<()> {
    let path = folder().join("src/lib/wire/schema.ts");
    let before = fs::read(&path).with_context(|| format!("`{}` is missing", path.display()))?;
    codegen()?;
    if fs::read(&path)? != before {
        bail!("`web/src/lib/wire/schema.ts` was out of date; it has been made anew: check it in");
    }
    Ok(())
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
    let spotter = repo::target()?.join("debug").join("spotter");
    let walk = |projects: &[String], n_workers: &str| {
        Command::new("npx")
            .args(["playwright", "test", "--pass-with-no-tests", "--workers", n_workers])
            .args(projects.iter().map(|project| format!("--project={project}")))
            .args(&args.rest)
            .env("SPOTTER", &spotter)
            // Where the tests look for the program: CHROMIUM, FIREFOX or WEBKIT.
            .env(&args.browser.name().to_uppercase(), &program)
            .dir(&folder())
            .run()
    };
    let name = args.browser.name().to_owned();
    if !matches!(args.browser, Browser::Chromium) {
        return walk(&[name], "1");
    }
    let watching = format!("{name}-watching");
    if !args.rest.is_empty() {
        return walk(&[name, watching], "1");
    }
    // What waits for a page more than it computes goes side by side. Both parts run, so that one run shows all that is wrong.
    let (first, second) = (walk(&[name], "2"), walk(&[watching], "1"));
    first.and(second)
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
