//! `cargo xtask run`: from a bare clone to the live coach in a browser, or to the report of a video, in one command.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::command::Command;
use crate::{repo, setup, web};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A video of one person training, then anything `spotter analyze` understands, for example
    /// `--exercise squat --html report.html`; without a video the site is built and served, with anything
    /// `spotter serve` understands, for example `--tls`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "VIDEO")]
    rest: Vec<OsString>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let video = args.rest.first().filter(|arg| !arg.as_encoded_bytes().starts_with(b"-"));
    if let Some(video) = video {
        ensure!(Path::new(video).is_file(), "there is no file `{}`", video.display());
    }
    setup::run(&setup::Args::default())?;
    if video.is_none() {
        // Before the program: it embeds what is built.
        web::run()?;
    }
    Command::cargo(["build", "--release", "--package", "app", "--bin", "spotter"]).run()?;
    // Paths are the caller's, so the caller's folder counts, not the root.
    let spotter = Command::new(repo::target()?.join("release").join("spotter"))
        .dir(&std::env::current_dir()?);
    spotter.arg(if video.is_some() { "analyze" } else { "serve" }).args(&args.rest).run()
}
