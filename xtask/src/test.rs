//! `cargo xtask test`: every test of the workspace, and the site's unit tests.
//!
//! Uses cargo-nextest where it is installed, because it runs test binaries side by side; it cannot run documentation
//! tests, so those follow with `cargo test`.

use anyhow::Result;

use crate::command::Command;
use crate::setup::postgres;
use crate::{setup, web};

/// The crates whose documentation examples are tests; all others set `doctest = false`.
const DOC_TESTED: [&str; 3] = ["units", "motion", "wire"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed on to the test runner: a filter, `-p motion`, …
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    setup::prepare_for_tests();
    if !args.rest.is_empty() {
        return runner(&args.rest);
    }
    all()?;
    web::unit()
}

/// Every test there is, documentation examples included.
pub(crate) fn all() -> Result<()> {
    runner(&["--workspace".to_owned()])?;
    let crates = DOC_TESTED.iter().flat_map(|name| ["-p", name]);
    Command::cargo(["test", "--doc"]).args(crates).run()
}

fn runner(args: &[String]) -> Result<()> {
    let has_nextest = Command::cargo(["nextest", "--version"]).output().is_ok();
    let runner =
        if has_nextest { Command::cargo(["nextest", "run"]) } else { Command::cargo(["test"]) };
    // Where there is no Postgres, the tests that want one say that they are skipped.
    let runner = match postgres::address() {
        Some(url) => runner.env(postgres::VARIABLE, url),
        None => runner,
    };
    // The same cases every time: a red run must be about the change at hand. `cargo nextest run` alone draws new ones.
    runner.env("PROPTEST_RNG_SEED", "1").args(args).run()
}
