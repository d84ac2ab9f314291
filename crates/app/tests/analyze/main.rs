//! The built command from the outside: what it prints, writes and refuses.
#![expect(clippy::unwrap_used, reason = "tests")]

mod german;
mod refusals;
mod reports;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::Expect;
use flate2::Compression;
use flate2::write::GzEncoder;

const CURL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/curl.jsonl.gz");
const SIZE: [&str; 4] = ["--width", "406", "--height", "720"];

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn spotter(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spotter")).args(args).current_dir(folder).output().unwrap()
}

/// Runs the command in a folder with some files and compares the exit code and what it says.
fn check(files: &[(&str, &[u8])], args: &[&str], expected: &Expect) {
    let folder = folder(&format!(
        "check-{}",
        args.join("-").replace(['/', '.'], "_").chars().take(80).collect::<String>()
    ));
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let output = spotter(&folder, args);
    let code = output.status.code().unwrap();
    let said = String::from_utf8(if code == 0 { output.stdout } else { output.stderr }).unwrap();
    assert!(code == 0 || !said.contains("panicked"), "{said}");
    expected.assert_eq(&format!("exit {code}\n{said}"));
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn analyze_curl<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["analyze", "--poses", CURL, "--width", "406", "--height", "720"];
    args.extend(more);
    args
}
