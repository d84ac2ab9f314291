//! Recorded landmark streams in, a readable table of repetitions and findings out, compared with the table on file.
//!
//! Golden means *unchanged*, not *right*: a change is reviewed, then accepted with `cargo xtask golden --accept`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use catalog::Catalog;
use flate2::read::GzDecoder;
use motion::analysis;
use motion::engine::{Engine, StandardName};
use motion::pose::Pose;
use motion::report::{SetReport, report};
use units::{ImageSize, Side};

#[derive(serde::Deserialize)]
struct Meta {
    width: u32,
    height: u32,
    exercise: String,
}

#[test]
fn recorded_sets_give_the_reports_on_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../motion/tests/golden/clips");
    let catalog = Catalog::builtin().expect("the exercise files are well-formed");
    let accept = std::env::var_os("SPOTTER_ACCEPT").is_some();
    let mut clips: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the clips are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.to_string_lossy().ends_with(".jsonl.gz"))
        .collect();
    clips.sort();
    assert!(clips.len() >= 10, "only {} clips in {}", clips.len(), folder.display());
    let mut changed = Vec::new();
    for clip in clips {
        let text = table(&clip, &catalog);
        let golden = PathBuf::from(clip.to_string_lossy().replace(".jsonl.gz", ".expected.txt"));
        if fs::read_to_string(&golden).unwrap_or_default() == text {
            continue;
        }
        if accept {
            fs::write(&golden, &text).expect("the golden file is writable");
        } else {
            changed.push(format!("{}:\n{text}", golden.display()));
        }
    }
    assert!(
        changed.is_empty(),
        "reports have changed; review them and run `cargo xtask golden --accept`:\n{}",
        changed.join("\n")
    );
}

fn table(clip: &Path, catalog: &Catalog) -> String {
    let meta = fs::read_to_string(clip.to_string_lossy().replace(".jsonl.gz", ".meta.json"))
        .expect("a sidecar");
    let meta: Meta = serde_json::from_str(&meta).expect("a well-formed sidecar");
    let mut jsonl = String::new();
    GzDecoder::new(File::open(clip).expect("a clip"))
        .read_to_string(&mut jsonl)
        .expect("gzipped text");
    let image = ImageSize { width: meta.width, height: meta.height };
    let poses: Vec<Pose> = wire::pose_stream::read(&jsonl)
        .expect("a landmark stream")
        .iter()
        .map(|frame| frame.pose(image))
        .collect();
    let exercise = catalog.get(&meta.exercise).expect("a known exercise");
    let seen = catalog.recognize(&poses).map_or("unknown", |(exercise, _)| exercise.id.as_str());
    let mut live = Engine::new(&exercise.movement, StandardName::Default, None);
    for pose in &poses {
        live.push(pose);
    }
    live.finish();
    let engine = analysis::run(&poses, &exercise.movement, StandardName::Default);
    let set = report(&engine, Some(exercise.reference()));
    render(&meta.exercise, seen, poses.len(), live.reps().len(), &set)
}

fn render(exercise: &str, seen: &str, n_frames: usize, n_live: usize, set: &SetReport) -> String {
    let mut text = String::new();
    let mut line =
        |cells: std::fmt::Arguments<'_>| writeln!(text, "{cells}").expect("a string takes it");
    line(format_args!(
        "{exercise}, recognized as {seen}, {n_frames} frames, yaw {:.0} ± {:.0}°",
        set.yaw_deg, set.yaw_margin_deg
    ));
    line(format_args!(
        "{} reps, {} attempts (live: {n_live} cycles), left {:?}, right {:?}, held {:?} ms, score {:?}",
        set.n_reps,
        set.n_attempts,
        set.n_left,
        set.n_right,
        set.hold_ms.map(f64::round),
        set.score.map(f64::round),
    ));
    line(format_args!("start s   turn s    end s  side   rom°  score  missed"));
    for reported in &set.reps {
        let rep = &reported.rep;
        let side = match rep.side {
            None => "both",
            Some(Side::Left) => "left",
            Some(Side::Right) => "right",
        };
        let score = reported.technique.as_ref().map_or(0.0, |technique| technique.total);
        line(format_args!(
            "{:7.2}  {:7.2}  {:7.2}  {side:5}  {:4.0}  {score:5.0}  {}",
            rep.start.as_secs(),
            rep.turn.as_secs(),
            rep.end.as_secs(),
            rep.rom_deg,
            reported.reasons.join(" ")
        ));
    }
    for issue in &set.issues {
        line(format_args!(
            "issue {} in rep {:?} at {:.1} s: {:.0} ± {:.0} past the limit, {:?}",
            issue.id,
            issue.rep.map(|rep| rep + 1),
            issue.time.as_secs(),
            issue.excess,
            issue.margin,
            issue.severity
        ));
    }
    for tip in set.tips.iter().chain(&set.camera_advice) {
        line(format_args!("tip {tip}"));
    }
    text
}
