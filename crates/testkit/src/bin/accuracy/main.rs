//! `cargo xtask accuracy`: one table of what the product gets right, against labels, bars and its own budget.
#![expect(clippy::print_stdout, reason = "a program that prints a table")]

mod budget;
mod clips;
mod countix;
mod lab;
mod npz;
mod parallel;
mod postures;
mod sheet;
mod unsqueeze;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use budget::{Budget, Mode};
use catalog::Catalog;
use sheet::Section;

const HELP: &str = "\
usage: accuracy [--synthetic] [--clips] [--streams] [--keypoints] [--quick] [--failures] [--accept] [--poses FOLDER]
  without a section, all of them run
  --quick     fewer sets and only short clips: for CI
  --failures  list every single set that went wrong
  --accept    make today's figures the budget
  --poses     landmark streams of the clips from another folder";

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    if has("--help") || has("-h") {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let mode = if has("--quick") { Mode::Quick } else { Mode::Full };
    let sections = ["--synthetic", "--clips", "--streams", "--keypoints"];
    let all = !sections.into_iter().any(has);
    let poses = arguments
        .iter()
        .position(|argument| argument == "--poses")
        .and_then(|at| arguments.get(at + 1));
    let catalog = Catalog::builtin()?;
    let shared = shared();
    let mut table: Vec<Section> = Vec::new();
    let mut take = |made: Result<Vec<Section>>, since: Instant| -> Result<()> {
        for section in made? {
            println!("{}", section.text(has("--failures")).trim_end());
            table.push(section);
        }
        println!("  ({:.1} s)", since.elapsed().as_secs_f64());
        Ok(())
    };
    let absent =
        "the shared folder is not there; set SPOTTER_SHARED or put it beside the repository";
    for (flag, title) in [("--clips", "clips: videos"), ("--streams", "clips: streams")] {
        if !(all || has(flag)) {
            continue;
        }
        let since = Instant::now();
        let made = match &shared {
            None => Ok(Section::skipped(title, absent)),
            Some(shared) if flag == "--clips" => clips::videos(shared, &catalog, mode),
            Some(shared) => clips::streams(shared, &catalog, poses.map(Path::new)),
        };
        take(made.map(|section| vec![section]), since)?;
    }
    if all || has("--keypoints") {
        let since = Instant::now();
        let made = match &shared {
            None => Ok(vec![Section::skipped("keypoints", absent)]),
            Some(shared) => countix::run(shared, &catalog).and_then(|mut sections| {
                sections.push(postures::run(shared, &catalog)?);
                Ok(sections)
            }),
        };
        take(made, since)?;
    }
    if all || has("--synthetic") {
        for part in lab::PARTS {
            let since = Instant::now();
            take(Ok(part(&catalog, mode)), since)?;
        }
    }
    let figures: Vec<_> = table.iter().flat_map(|section| &section.figures).collect();
    let mut budget = Budget::load()?;
    if has("--accept") {
        budget.accept(mode, &figures)?;
        println!("\nThe budget is what was measured now.");
        return Ok(ExitCode::SUCCESS);
    }
    let (worse, better) = budget.compare(mode, &figures);
    println!("\n── budget ──");
    for line in &better {
        println!("  better: {line}: tighten it with `cargo xtask accuracy -- --accept`");
    }
    for line in &worse {
        println!("  WORSE: {line}");
    }
    println!("  {} figures, {} worse, {} better", figures.len(), worse.len(), better.len());
    Ok(if worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The shared folder: `SPOTTER_SHARED`, or `shared` beside the repository.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("SPOTTER_SHARED").map_or(beside, PathBuf::from);
    folder.join("clips/labels.json").is_file().then_some(folder)
}
