//! The one door for chores: `cargo xtask <command>`.
//!
//! Each command is one file. Whatever is slow to compile lives behind a feature in `src/bin`, so this binary builds in
//! seconds on a bare clone.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on its standard streams"
)]

mod check;
mod ci;
mod clips;
mod command;
mod golden;
mod parity;
mod repo;
mod run;
mod setup;
mod test;
mod testkit;
mod tidy;
mod tools;
mod wasm;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Every chore of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Door {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install whatever this machine lacks: ffmpeg, the WASM target, pose networks, ONNX Runtime
    Setup(setup::Args),
    /// Prepare everything, then analyze a video, or without one serve the live coach
    Run(run::Args),
    /// Run every test
    Test(test::Args),
    /// Format check, clippy and tidy: the fast half of CI
    Check,
    /// Import directions, file sizes and heads, docs index, banned words
    Tidy,
    /// Build the motion engine for browsers and Node
    Wasm,
    /// Make the page's types from the server's OpenAPI document
    Codegen,
    /// Build the site, with the engine inside it, into `web/build`
    Web,
    /// Walk through the product, with the built site, in headless Chromium or another browser
    E2e(web::E2eArgs),
    /// Run every fixture natively and in Node, and compare the answers byte for byte
    Parity(parity::Args),
    /// Run the golden tests, or with `--accept` rewrite what they expect
    Golden(golden::Args),
    /// Print the accuracy table: clips, landmark streams, keypoint sets, synthetic lab
    Accuracy(testkit::Args),
    /// Print the cost table: engine per frame, technique per rep, frames per second end to end
    Bench(testkit::Args),
    /// Everything CI runs, with a timing table
    Ci,
}

fn main() -> ExitCode {
    match run(Door::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    match chore {
        Chore::Setup(args) => setup::run(&args),
        Chore::Run(args) => run::run(&args),
        Chore::Test(args) => test::run(&args),
        Chore::Check => check::run(),
        Chore::Tidy => tidy::run(),
        Chore::Wasm => wasm::run(),
        Chore::Codegen => web::codegen(),
        Chore::Web => web::run(),
        Chore::E2e(args) => web::e2e(&args),
        Chore::Parity(args) => parity::run(&args),
        Chore::Golden(args) => golden::run(&args),
        Chore::Accuracy(args) => testkit::accuracy(&args),
        Chore::Bench(args) => testkit::bench(&args),
        Chore::Ci => ci::run(),
    }
}
