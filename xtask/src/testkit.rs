//! `cargo xtask accuracy` and `cargo xtask bench`: programs of the `testkit` crate, built for speed.
//!
//! They link the whole pipeline, so they are not part of this binary; this file only starts them.

use anyhow::Result;

use crate::command::Command;
use crate::setup;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed on to the program; `-- --help` prints its own help
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn accuracy(args: &Args) -> Result<()> {
    start("accuracy", args)
}

pub(crate) fn bench(args: &Args) -> Result<()> {
    // Live sockets are measured with the server alone: `cargo xtask bench -- sockets [STREAMS] [SECONDS] [seed]`.
    if let Some((first, rest)) = args.rest.split_first()
        && first == "sockets"
    {
        return Command::cargo([
            "run",
            "--release",
            "--package",
            "server",
            "--example",
            "load",
            "--",
        ])
        .args(rest)
        .run();
    }
    start("bench", args)
}

fn start(program: &str, args: &Args) -> Result<()> {
    setup::prepare_for_tests();
    Command::cargo(["run", "--release", "--package", "testkit", "--bin", program, "--"])
        .args(&args.rest)
        .run()
}
