//! The native half of `cargo xtask parity`: answers every line of the job list with the engine's report.
//!
//! Calls the very function that the WASM module exports. `parity.cjs` is the same program in JavaScript.

use std::fs;

use anyhow::{Context as _, Result};

fn main() -> Result<()> {
    let jobs = std::env::args_os().nth(1).context("usage: parity_native JOBS.tsv")?;
    for job in fs::read_to_string(jobs)?.lines() {
        let [stream, width, height, exercise, standard, answer, _] =
            job.split('\t').collect::<Vec<_>>()[..]
        else {
            anyhow::bail!("not a job: `{job}`");
        };
        let jsonl = fs::read_to_string(stream)?;
        let report = motion_wasm::analyze_stream(
            &jsonl,
            width.parse()?,
            height.parse()?,
            exercise,
            standard,
        );
        fs::write(answer, report)?;
    }
    Ok(())
}
