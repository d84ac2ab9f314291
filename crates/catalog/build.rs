//! Lists the exercise files, and those with their words in other languages, so that adding one needs no code.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=exercises");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let mut names = toml_files(&folder, "")?;
    names.extend(toml_files(&folder, "de/")?);
    names.sort();
    let lines: Vec<String> = names
        .iter()
        .map(|name| {
            format!("    ({name:?}, include_str!({:?})),", folder.join(name).display().to_string())
        })
        .collect();
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("files.rs"), format!("&[\n{}\n]\n", lines.join("\n")))
}

/// The names of the files in `inside` of a folder.
fn toml_files(folder: &Path, inside: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join(inside))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(format!("{inside}{name}"));
        }
    }
    Ok(names)
}
