//! `cargo xtask setup`: everything a machine with only Rust and Node still lacks.
//!
//! Every step looks first and acts only if something is missing, so a second run is quick and works offline.

mod networks;
mod npm;
mod onnxruntime;
pub(crate) mod postgres;
mod system;

use anyhow::{Result, bail};

use crate::web;

#[derive(Default, clap::Args)]
pub(crate) struct Args {
    /// Also install the browsers of the end-to-end tests
    #[arg(long)]
    e2e: bool,
}

/// One thing a machine needs. `ensure` answers with a line about what is there now.
struct Step {
    name: &'static str,
    ensure: fn() -> Result<String>,
}

const STEPS: [Step; 6] = [
    Step { name: "wasm target", ensure: system::wasm_target },
    Step { name: "node", ensure: system::node },
    Step { name: "ffmpeg", ensure: system::ffmpeg },
    Step { name: "pose networks", ensure: networks::ensure },
    Step { name: "onnx runtime", ensure: onnxruntime::ensure },
    Step { name: "web packages", ensure: web::install },
];

/// A browser for the end-to-end tests.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Browser {
    #[default]
    Chromium,
    Firefox,
    Webkit,
}

impl Browser {
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// As Playwright's projects are called, too.
    pub(crate) const fn name(self) -> &'static str {
        self.step().name
    }

    /// Installs it where it is missing, and answers with the program.
    pub(crate) fn ensure(self) -> Result<String> {
        (self.step().ensure)()
    }

    const fn step(self) -> Step {
        match self {
            Self::Chromium => Step { name: "chromium", ensure: system::chromium },
            Self::Firefox => Step { name: "firefox", ensure: system::firefox },
            Self::Webkit => Step { name: "webkit", ensure: system::webkit },
        }
    }
}

/// Installs what is missing. Does every step before it complains, so one run shows everything that is wrong.
pub(crate) fn run(args: &Args) -> Result<()> {
    let browsers = Browser::ALL.into_iter().filter(|_| args.e2e).map(Browser::step);
    let failed: Vec<&str> = STEPS
        .into_iter()
        .chain(browsers)
        .filter(|step| !ensure(step, "FAILED"))
        .map(|step| step.name)
        .collect();
    if !failed.is_empty() {
        bail!("setup is not complete: {}. See the lines marked FAILED above", failed.join(", "));
    }
    Ok(())
}

/// The same steps, but a missing part is only reported: the tests that need it say so and are skipped.
pub(crate) fn prepare_for_tests() {
    for step in &STEPS {
        ensure(step, "missing");
    }
}

fn ensure(step: &Step, on_failure: &str) -> bool {
    match (step.ensure)() {
        Ok(what) => line("ok", step.name, &what),
        Err(error) => line(on_failure, step.name, &format!("{error:#}")),
    }
}

/// Prints one aligned line, and answers whether it was good news.
fn line(state: &str, name: &str, what: &str) -> bool {
    println!("{state:<11} {name:<14} {what}");
    state == "ok"
}

/// Says that a step has to do something slow.
fn announce(name: &str, what: &str) {
    line("installing", name, what);
}
