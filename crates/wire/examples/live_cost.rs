//! What a live frame costs, from text to text: `cargo run --release -p wire --example live_cost STREAM.jsonl`.
#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::hint::black_box;
use std::time::Instant;

use catalog::Catalog;
use wire::live::LiveProtocol;

/// Measurements of which the fastest counts: other programs only ever add time.
const N_RUNS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: live_cost STREAM.jsonl")?;
    let stream = std::fs::read_to_string(path)?;
    let lines: Vec<&str> = stream.lines().filter(|line| !line.is_empty()).collect();
    let catalog = Catalog::builtin()?;
    for exercise in ["push_up", "auto"] {
        let start = format!(r#"{{"type":"start","exercise_id":"{exercise}"}}"#);
        let mut least = f64::INFINITY;
        for _ in 0..N_RUNS {
            let mut protocol = LiveProtocol::new(&catalog, "cost");
            black_box(protocol.receive(&start));
            let begun = Instant::now();
            for line in &lines {
                black_box(protocol.receive(line));
            }
            least = least.min(begun.elapsed().as_secs_f64());
        }
        let n = u32::try_from(lines.len())?;
        println!("{exercise}: {:.1} µs a frame over {n} frames", 1e6 * least / f64::from(n));
    }
    Ok(())
}
