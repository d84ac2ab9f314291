//! Takes single files out of npm packages, without installing the package.
//!
//! Every file is pinned by its SHA-256, so it does not matter which mirror it came from; a file that is there and
//! matches is never fetched again.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};

use super::announce;
use crate::command::Command;
use crate::repo;

/// A file inside a package, and where we want it.
pub(super) struct Wanted {
    /// Its path in the tarball, below `package/`.
    pub(super) entry: &'static str,
    pub(super) to: PathBuf,
    pub(super) sha256: &'static str,
}

/// Makes every wanted file be there and right, downloading `package` (`name@version`) only if one is not.
pub(super) fn take(step: &str, package: &str, wanted: &[Wanted]) -> Result<()> {
    let missing: Vec<&Wanted> = wanted.iter().filter(|file| !is_there(file)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    announce(step, &format!("from npm `{package}`"));
    let tarball = pack(package)?;
    let unpacked = unpack(&tarball, &missing);
    fs::remove_file(&tarball)?;
    unpacked
}

fn is_there(file: &Wanted) -> bool {
    fs::read(&file.to).is_ok_and(|bytes| sha256(&bytes) == file.sha256)
}

fn pack(package: &str) -> Result<PathBuf> {
    let downloads = repo::build().join("downloads");
    fs::create_dir_all(&downloads)?;
    let printed = Command::new("npm")
        .args(["pack", package, "--loglevel=error"])
        // By default npm takes more than two minutes to notice that it is offline.
        .args(["--fetch-retry-mintimeout=1000", "--fetch-retry-factor=3"])
        .arg("--pack-destination")
        .arg(&downloads)
        .output_if_installed()
        .with_context(|| format!("could not download `{package}`; is the npm registry reachable?"))?
        .context("there is no `npm` on PATH; it comes with Node")?;
    let name =
        printed.lines().last().with_context(|| format!("`npm pack {package}` named no file"))?;
    Ok(downloads.join(name.trim()))
}

fn unpack(tarball: &Path, missing: &[&Wanted]) -> Result<()> {
    let mut left = missing.to_vec();
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(tarball)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let inside = path.strip_prefix("package").unwrap_or(&path);
        let Some(idx) = left.iter().position(|file| Path::new(file.entry) == inside) else {
            continue;
        };
        let file = left.swap_remove(idx);
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes)?;
        store(file, &bytes)?;
        if left.is_empty() {
            return Ok(());
        }
    }
    let names: Vec<&str> = left.iter().map(|file| file.entry).collect();
    bail!("`{}` does not contain {}", tarball.display(), names.join(", "));
}

/// Writes beside the goal and renames, so that an interrupted run leaves no half file behind.
fn store(file: &Wanted, bytes: &[u8]) -> Result<()> {
    let found = sha256(bytes);
    ensure!(found == file.sha256, "`{}` has SHA-256 {found}, expected {}", file.entry, file.sha256);
    fs::create_dir_all(file.to.parent().context("a wanted file lies in a folder")?)?;
    let part = file.to.with_extension("part");
    fs::write(&part, bytes)?;
    Ok(fs::rename(&part, &file.to)?)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
