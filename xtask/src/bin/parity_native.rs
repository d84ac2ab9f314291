//! The native half of `cargo xtask parity`: answers every line of the job list with the engine's report.
//!
//! Calls the very functions that the WASM module exports. `parity.cjs` is the same program in JavaScript.

use std::fs;

use anyhow::{Context as _, Result, bail};

fn main() -> Result<()> {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    let [jobs, questions, answers] = &args[..] else {
        bail!("usage: parity_native JOBS.tsv QUESTIONS.jsonl ANSWERS.txt");
    };
    for job in fs::read_to_string(jobs)?.lines() {
        let [stream, width, height, exercise, standard, answer, _] =
            job.split('\t').collect::<Vec<_>>()[..]
        else {
            bail!("not a job: `{job}`");
        };
        let jsonl = fs::read_to_string(stream)?;
        let mut report = motion_wasm::analyze_stream(
            &jsonl,
            width.parse()?,
            height.parse()?,
            exercise,
            standard,
        );
        for hands_free in [false, true] {
            let start = format!(
                r#"{{"type":"start","exercise_id":"{exercise}","width":{width},"height":{height},"standard":"{standard}","hands_free":{hands_free}}}"#
            );
            report.push_str(&live(&start, &jsonl)?);
        }
        fs::write(answer, report)?;
    }
    let mut told = String::new();
    for question in fs::read_to_string(questions)?.lines() {
        let answer = motion_wasm::next_set(question, "en");
        told.push_str(&answer.ok().with_context(|| format!("no answer to {question}"))?);
        told.push('\n');
    }
    fs::write(answers, told)?;
    Ok(())
}

/// Every tick of the live coach and its report. Every other frame goes in as numbers, the rest as text.
fn live(start: &str, jsonl: &str) -> Result<String> {
    let mut coach = motion_wasm::LiveCoach::begin(start, None).map_err(anyhow::Error::msg)?;
    let mut told = String::new();
    for (index, line) in jsonl.lines().filter(|line| !line.is_empty()).enumerate() {
        told.push('\n');
        if index % 2 == 0 {
            told.push_str(&coach.push(line));
        } else {
            let frame: Frame = serde_json::from_str(line)?;
            let (lm, world) = (frame.lm.concat(), frame.world.concat());
            told.push_str(&coach.push_landmarks(frame.t_ms, &lm, &world));
        }
    }
    Ok(format!("{told}\n{}", coach.finish()))
}

/// A line of a landmark stream.
#[derive(serde::Deserialize)]
struct Frame {
    t_ms: f64,
    #[serde(default)]
    lm: Vec<Vec<f64>>,
    #[serde(default)]
    world: Vec<Vec<f64>>,
}
