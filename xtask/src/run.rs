//! `cargo xtask run`: from a bare clone to an analyzed set in one command.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::clips::Clip;
use crate::command::Command;
use crate::{repo, setup};

/// The landmark stream that stands in for a video when none is given.
const DEMO: &str = "crates/motion/tests/golden/clips/squat_side.jsonl.gz";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A video of one person training, then anything `spotter analyze` understands, for example
    /// `--exercise squat --html report.html`; without a video, a recorded landmark stream is analyzed
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "VIDEO")]
    rest: Vec<OsString>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let video = args.rest.first().filter(|arg| !arg.as_encoded_bytes().starts_with(b"-"));
    if let Some(video) = video {
        ensure!(Path::new(video).is_file(), "there is no file `{}`", video.display());
    }
    setup::run(&setup::Args::default())?;
    Command::cargo(["build", "--release", "--package", "app", "--bin", "spotter"]).run()?;
    // Paths are the caller's, so the caller's folder counts, not the root.
    let spotter = Command::new(repo::target()?.join("release").join("spotter"))
        .dir(&std::env::current_dir()?);
    let analyze = spotter.arg("analyze");
    if video.is_some() {
        return analyze.args(&args.rest).run();
    }
    let demo = Clip::open(&repo::root().join(DEMO))?;
    println!("no video given: analyzing {DEMO}, the landmarks of a recorded set");
    analyze
        .arg("--poses")
        .arg(&demo.path)
        .args(["--width", &demo.width.to_string(), "--height", &demo.height.to_string()])
        .args(&args.rest)
        .run()
}
