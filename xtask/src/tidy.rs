//! `cargo xtask tidy`: the house rules that no compiler checks. They also run as a test, `the_repository_is_tidy`.
//!
//! Each rule is a function from text to complaints, in a file of its own; this file only feeds them the repository.

mod docs_index;
mod files;
mod imports;
#[cfg(test)]
mod tests;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::command::Command;
use crate::repo;

/// What a rule has to say about a file.
#[derive(Debug, PartialEq, Eq)]
enum Complaint {
    Error(String),
    Warning(String),
}

impl Complaint {
    fn error(text: impl Into<String>) -> Self {
        Self::Error(text.into())
    }
}

/// A file that git knows, or would know after `git add`.
struct SourceFile {
    /// Relative to the root, with `/`.
    path: String,
    n_bytes: u64,
    /// `None` for files that are not text.
    text: Option<String>,
}

pub(crate) fn run() -> Result<()> {
    let complaints = complaints()?;
    let mut n_errors = 0;
    for complaint in &complaints {
        match complaint {
            Complaint::Error(text) => {
                n_errors += 1;
                println!("error: {text}");
            }
            Complaint::Warning(text) => println!("warning: {text}"),
        }
    }
    if n_errors > 0 {
        bail!("{n_errors} untidy things");
    }
    println!("tidy");
    Ok(())
}

fn complaints() -> Result<Vec<Complaint>> {
    let metadata = repo::metadata()?;
    let packages = metadata["packages"].as_array().context("`cargo metadata` names no packages")?;
    let files = source_files()?;
    let mut complaints = Vec::new();
    complaints.extend(imports::check(&arrows(packages)?));
    complaints.extend(packages.iter().filter_map(files::check_package));
    for file in &files {
        complaints.extend(files::check(file));
        complaints.extend(words::check(file));
    }
    complaints.extend(docs_index::check(&files));
    Ok(complaints)
}

/// The arrows between our own crates, as `cargo metadata` draws them.
fn arrows(packages: &[Value]) -> Result<Vec<imports::Crate>> {
    packages
        .iter()
        .map(|package| {
            let dependencies =
                package["dependencies"].as_array().context("a package without dependencies")?;
            let ours = dependencies.iter().filter(|dependency| dependency["path"].is_string());
            let names = |dev: bool| {
                let kind =
                    |dependency: &&Value| (dependency["kind"].as_str() == Some("dev")) == dev;
                let name =
                    |dependency: &Value| dependency["name"].as_str().unwrap_or_default().to_owned();
                ours.clone().filter(kind).map(name).collect()
            };
            let name = package["name"].as_str().context("a package without a name")?.to_owned();
            Ok(imports::Crate { name, imports: names(false), dev_imports: names(true) })
        })
        .collect()
}

fn source_files() -> Result<Vec<SourceFile>> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()?;
    let root = repo::root();
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let on_disk: PathBuf = root.join(path);
        // A file deleted but not yet committed is still listed.
        let Ok(bytes) = fs::read(&on_disk) else { continue };
        let n_bytes = bytes.len() as u64;
        files.push(SourceFile {
            path: path.to_owned(),
            n_bytes,
            text: String::from_utf8(bytes).ok(),
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// The ending of a path, without its dot: `rs`.
fn extension(path: &str) -> &str {
    Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}
