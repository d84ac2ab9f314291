// The Node half of `cargo xtask parity`: answers every line of the job list with the engine's report.
// Usage: node parity.cjs MODULE.js JOBS.tsv. `bin/parity_native.rs` is the same program in Rust.
const fs = require('node:fs');
const [, , modulePath, jobsPath] = process.argv;
const engine = require(modulePath);

for (const job of fs.readFileSync(jobsPath, 'utf8').split('\n').filter(Boolean)) {
  const [stream, width, height, exercise, standard, , answer] = job.split('\t');
  const jsonl = fs.readFileSync(stream, 'utf8');
  fs.writeFileSync(answer, engine.analyze_stream(jsonl, Number(width), Number(height), exercise, standard));
}
