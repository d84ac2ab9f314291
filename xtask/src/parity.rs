//! `cargo xtask parity`: the engine gives the same bytes natively and in WASM (invariant 1).
//!
//! Every fixture runs as its own exercise and as `auto`, by the `default` and the `strict` standard, through
//! `motion_wasm::analyze_stream` and, with and without a hands-free start, `motion_wasm::LiveCoach` in both worlds. The
//! streams are unpacked first, so both read the same text. Then both are asked for the next set.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::clips::{self, Clip};
use crate::command::Command;
use crate::{repo, wasm};

/// Where landmark streams live.
const FOLDERS: [&str; 2] = ["crates/motion/tests/golden/clips", "fixtures"];

/// Questions about the next set, one a line.
const NEXT_SETS: &str = "crates/wire/tests/next_sets.jsonl";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Fail when there is not a single fixture to compare
    #[arg(long)]
    require_fixtures: bool,
}

impl Args {
    /// As CI runs it: nothing compared is a failure.
    pub(crate) fn strict() -> Self {
        Self { require_fixtures: true }
    }
}

/// One call of the engine, made twice.
struct Job {
    name: String,
    stream: PathBuf,
    native: PathBuf,
    node: PathBuf,
    line: String,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut clips = Vec::new();
    for folder in FOLDERS {
        clips.append(&mut clips::all_in(&repo::root().join(folder))?);
    }
    if clips.is_empty() {
        if args.require_fixtures {
            bail!("no landmark stream in {}: parity was not tested", FOLDERS.join(" or "));
        }
        println!("skipped: no landmark stream in {}", FOLDERS.join(" or "));
        return Ok(());
    }
    wasm::run()?;
    let folder = repo::build().join("parity");
    let jobs = plan(&clips, &folder)?;
    let questions = repo::root().join(NEXT_SETS);
    let [native, node] = ["native", "node"].map(|world| folder.join(format!("next.{world}.txt")));
    let list = folder.join("jobs.tsv");
    fs::write(&list, jobs.iter().map(|job| job.line.as_str()).collect::<Vec<_>>().join("\n"))?;
    Command::cargo([
        "run",
        "--release",
        "--package",
        "xtask",
        "--features",
        "parity",
        "--bin",
        "parity_native",
        "--",
    ])
    .args([&list, &questions, &native])
    .run()?;
    let script = repo::root().join("xtask/src/parity.cjs");
    let module = wasm::node_module();
    Command::new("node").arg(script).args([&module, &list, &questions, &node]).run()?;
    compare(&jobs, clips.len())?;
    let (native, node) = (fs::read(native)?, fs::read(node)?);
    if let Some(difference) = first_difference(&native, &node) {
        bail!("the next set differs between native and WASM\n{difference}");
    }
    let n_lines = native.iter().filter(|&&byte| byte == b'\n').count();
    println!("parity: {n_lines} answers on the next set, equal to the byte");
    Ok(())
}

fn plan(clips: &[Clip], folder: &Path) -> Result<Vec<Job>> {
    // Answers of an earlier run must not pass for answers of this one.
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut jobs = Vec::new();
    for (idx, clip) in clips.iter().enumerate() {
        let stream = folder.join(format!("{idx}.jsonl"));
        fs::write(&stream, clip.jsonl()?)?;
        let exercises = BTreeSet::from([clip.exercise.as_str(), "auto"]);
        let standards = BTreeSet::from([clip.standard.as_str(), "default", "strict"]);
        for exercise in exercises {
            for standard in &standards {
                jobs.push(job(clip, &stream, idx, exercise, standard)?);
            }
        }
    }
    Ok(jobs)
}

fn job(clip: &Clip, stream: &Path, idx: usize, exercise: &str, standard: &str) -> Result<Job> {
    let answer =
        |world: &str| stream.with_file_name(format!("{idx}.{exercise}.{standard}.{world}.json"));
    let (native, node) = (answer("native"), answer("node"));
    let mut line = String::new();
    let (width, height) = (clip.width, clip.height);
    write!(line, "{}\t{width}\t{height}\t{exercise}\t{standard}\t", stream.display())?;
    write!(line, "{}\t{}", native.display(), node.display())?;
    let name = format!("{} as {exercise}, {standard}", repo::shown(&clip.path));
    Ok(Job { name, stream: stream.to_path_buf(), native, node, line })
}

fn compare(jobs: &[Job], n_clips: usize) -> Result<()> {
    let mut n_different = 0;
    for job in jobs {
        let native =
            fs::read(&job.native).with_context(|| format!("no native answer to {}", job.name))?;
        let node =
            fs::read(&job.node).with_context(|| format!("no answer from Node to {}", job.name))?;
        if let Some(difference) = first_difference(&native, &node) {
            n_different += 1;
            println!(
                "different: {}\n  stream {}\n{difference}",
                job.name,
                repo::shown(&job.stream)
            );
        }
    }
    if n_different > 0 {
        bail!("{n_different} of {} answers differ between native and WASM", jobs.len());
    }
    println!("parity: {} answers over {n_clips} streams, equal to the byte", jobs.len());
    Ok(())
}

/// Where two answers part, with what each says there.
fn first_difference(native: &[u8], node: &[u8]) -> Option<String> {
    if native == node {
        return None;
    }
    let at = native
        .iter()
        .zip(node)
        .position(|(a, b)| a != b)
        .unwrap_or_else(|| native.len().min(node.len()));
    let around = |bytes: &[u8]| {
        let end = bytes.len().min(at + 40);
        String::from_utf8_lossy(&bytes[at.saturating_sub(60).min(end)..end]).replace('\n', " ")
    };
    Some(format!("  byte {at}\n  native …{}…\n  node   …{}…", around(native), around(node)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_shown_with_what_surrounds_it() {
        check("same", "same", None);
        check(
            r#"{"reps":5}"#,
            r#"{"reps":6}"#,
            Some("  byte 8\n  native …{\"reps\":5}…\n  node   …{\"reps\":6}…"),
        );
        check("short", "sho", Some("  byte 3\n  native …short…\n  node   …sho…"));
        check("", "x", Some("  byte 0\n  native ……\n  node   …x…"));
    }

    fn check(native: &str, node: &str, expected: Option<&str>) {
        assert_eq!(first_difference(native.as_bytes(), node.as_bytes()).as_deref(), expected);
    }
}
