//! The `spotter` command. Exit codes: 0 a report was made, 1 the input cannot be analyzed, 2 wrong usage.

mod analyze;
mod cli;
mod exercises;
mod issues;
mod judge;
mod page;
mod phrases;
mod pose_file;
mod recording;
mod reference;
mod serve;
mod terminal;
mod video;

use std::io::{self, Write as _};
use std::process::ExitCode;

use catalog::UnknownExercise;
use clap::Parser as _;

use crate::cli::{Cli, Command};

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Analyze(args) => analyze::run(&args),
        Command::Exercises => exercises::run(),
        Command::Serve(args) => serve::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has heard enough: `spotter analyze … | head`.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(is_closed_pipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let bold = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
            // Nowhere is left to complain to when this fails.
            drop(writeln!(anstream::stderr(), "{bold}error:{bold:#} {error:#}"));
            ExitCode::from(if error.is::<UnknownExercise>() { 2 } else { 1 })
        }
    }
}

fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
