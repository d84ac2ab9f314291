//! Rules about single files and packages: heads, sizes, names, and what must not be in git at all.

use serde_json::Value;

use super::{Complaint, SourceFile, extension};

/// Past this many lines a file probably holds a second idea.
const LONG: usize = 400;
const TOO_LONG: usize = 600;

/// Files that may be longer, each with a reason.
const MAY_BE_LONG: [(&str, &str); 1] =
    [("web/src/lib/wire/schema.ts", "made by `cargo xtask codegen`, read by the compiler")];

const MOST_BYTES: u64 = 1_500_000;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "stuff"];

/// Endings of media, weights and models. Pictures we draw ourselves (svg, png) are fine.
const NOT_IN_GIT: [&str; 20] = [
    "mp4",
    "mov",
    "avi",
    "mkv",
    "webm",
    "mjpeg",
    "y4m",
    "wav",
    "mp3",
    "m4a",
    "gif",
    "jpg",
    "jpeg",
    "heic",
    "onnx",
    "tflite",
    "pt",
    "pth",
    "safetensors",
    "wasm",
];

const CODE: [&str; 6] = ["rs", "ts", "js", "cjs", "mjs", "svelte"];

pub(super) fn check(file: &SourceFile) -> Vec<Complaint> {
    let path = &file.path;
    let mut complaints = Vec::new();
    let mut error = |why: String| complaints.push(Complaint::Error(format!("{path}: {why}")));
    if NOT_IN_GIT.contains(&extension(path)) {
        error("media, weights and built modules do not belong in git".to_owned());
    }
    if file.n_bytes > MOST_BYTES {
        error(format!("{} bytes is more than the {MOST_BYTES} a file may have", file.n_bytes));
    }
    if CODE.contains(&extension(path)) {
        if let Some(name) = path.split(['/', '.']).find(|part| EMPTY_NAMES.contains(part)) {
            error(format!("`{name}` says nothing; name the idea"));
        }
        if let Some(text) = &file.text {
            if extension(path) == "rs" && !text.starts_with("//!") {
                error("does not open with `//!`: what this is, in plain words".to_owned());
            }
            complaints.extend(check_length(path, text.lines().count()));
        }
    }
    complaints
}

fn check_length(path: &str, n_lines: usize) -> Option<Complaint> {
    if n_lines <= LONG || MAY_BE_LONG.iter().any(|(listed, _)| *listed == path) {
        return None;
    }
    let why = format!("{path}: {n_lines} lines; look for the second idea hiding in it");
    Some(if n_lines > TOO_LONG { Complaint::Error(why) } else { Complaint::Warning(why) })
}

/// Ours is an application: nothing is published, so nothing has a version of its own.
pub(super) fn check_package(package: &Value) -> Option<Complaint> {
    let (name, version) = (&package["name"], &package["version"]);
    if version != "0.0.0" {
        return Some(Complaint::error(format!(
            "crate {name} has version {version}, not \"0.0.0\""
        )));
    }
    let published = package["publish"].as_array().is_none_or(|registries| !registries.is_empty());
    published.then(|| Complaint::error(format!("crate {name} lacks `publish.workspace = true`")))
}
