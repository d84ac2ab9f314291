// The Node half of `cargo xtask parity`: answers every line of the job list with the engine's report.
// Usage: node parity.cjs MODULE.js JOBS.tsv QUESTIONS.jsonl ANSWERS.txt. `bin/parity_native.rs` is the same program in Rust.
const fs = require('node:fs');
const [, , modulePath, jobsPath, questionsPath, answersPath] = process.argv;
const engine = require(modulePath);

// Every tick of the live coach and its report. Every other frame goes in as numbers, the rest as text.
function live(start, jsonl) {
  const coach = new engine.LiveCoach(JSON.stringify(start));
  let told = '';
  jsonl.split('\n').filter(Boolean).forEach((line, index) => {
    if (index % 2 === 0) {
      told += '\n' + coach.push(line);
    } else {
      const { t_ms, lm = [], world = [] } = JSON.parse(line);
      told += '\n' + coach.push_landmarks(t_ms, Float64Array.from(lm.flat()), Float64Array.from(world.flat()));
    }
  });
  const report = coach.finish();
  coach.free();
  return `${told}\n${report}`;
}

for (const job of fs.readFileSync(jobsPath, 'utf8').split('\n').filter(Boolean)) {
  const [stream, w, h, exercise_id, standard, , answer] = job.split('\t');
  const [jsonl, width, height] = [fs.readFileSync(stream, 'utf8'), Number(w), Number(h)];
  let report = engine.analyze_stream(jsonl, width, height, exercise_id, standard);
  for (const hands_free of [false, true]) {
    report += live({ type: 'start', exercise_id, width, height, standard, hands_free }, jsonl);
  }
  fs.writeFileSync(answer, report);
}

const questions = fs.readFileSync(questionsPath, 'utf8').split('\n').filter(Boolean);
const answers = questions.map((question) => engine.next_set(question, 'en') + '\n');
fs.writeFileSync(answersPath, answers.join(''));
