//! `cargo xtask golden`: frames in, readable tables out, compared with what was accepted before.
//!
//! A golden test says *unchanged*, not *right*. `--accept` rewrites the expectations; the diff is what gets reviewed.

use anyhow::Result;

use crate::command::Command;

/// The crates that hold golden tests.
const CRATES: [&str; 3] = ["testkit", "body", "wire"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rewrite the expected files and show what changed
    #[arg(long)]
    accept: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let tests = Command::cargo(["test"]).args(CRATES.iter().flat_map(|name| ["-p", name]));
    if !args.accept {
        return tests.run();
    }
    // `SPOTTER_ACCEPT` is ours; `UPDATE_EXPECT` does the same for inline `expect![]` blocks.
    tests.env("SPOTTER_ACCEPT", "1").env("UPDATE_EXPECT", "1").run()?;
    println!("\nchanged since the last commit:");
    Command::new("git").args(["diff", "--stat", "--", "crates"]).run()?;
    Command::new("git").args(["ls-files", "--others", "--exclude-standard", "--", "crates"]).run()
}
