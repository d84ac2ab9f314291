//! `cargo xtask wasm`: the motion engine for browsers (`build/wasm/web`) and for Node (`build/wasm/node`).
//!
//! The JavaScript around the module is written by wasm-bindgen's own library, in a second binary of this crate, so its
//! version cannot differ from the one in `Cargo.lock`. `wasm-opt` shrinks the result further where it is installed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::command::{Command, on_path};
use crate::repo;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What a phone downloads: the module, gzipped. Growing past this needs a reason, and a new number here.
const BUDGET_GZIPPED_KB: usize = 600;

/// Version 108, which Debian 12 has, confuses the exported tables: the module then throws as soon as it is loaded.
const OLDEST_WASM_OPT: u32 = 116;

/// Where Rust 1.95 and newer go beyond WASM's first version; all of it is in every browser since 2023.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds both flavors and prints their size.
pub(crate) fn run() -> Result<()> {
    Command::cargo([
        "build",
        "--package",
        "motion_wasm",
        "--lib",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ])
    .run()?;
    let module = repo::target()?.join(TARGET).join("wasm").join("motion_wasm.wasm");
    Command::cargo([
        "run",
        "--package",
        "xtask",
        "--features",
        "bindgen",
        "--bin",
        "bindgen",
        "--",
    ])
    .arg(&module)
    .arg(folder())
    .run()?;
    for flavor in ["node", "web"] {
        shrink(&folder().join(flavor).join("motion_wasm_bg.wasm"))?;
    }
    check_size(&folder().join("web").join("motion_wasm_bg.wasm"))
}

/// What Node's `require` loads.
pub(crate) fn node_module() -> PathBuf {
    folder().join("node").join("motion_wasm.js")
}

fn folder() -> PathBuf {
    repo::build().join("wasm")
}

fn shrink(module: &Path) -> Result<()> {
    let Some(wasm_opt) = on_path("wasm-opt") else { return Ok(()) };
    let banner = Command::new(&wasm_opt).arg("--version").output()?;
    let version = banner.split_whitespace().find_map(|word| word.parse::<u32>().ok());
    if version.is_none_or(|version| version < OLDEST_WASM_OPT) {
        println!("not shrunk: `{}` is older than {OLDEST_WASM_OPT}", banner.trim());
        return Ok(());
    }
    Command::new(wasm_opt).arg("-Os").args(FEATURES).arg(module).arg("-o").arg(module).run()
}

fn check_size(module: &Path) -> Result<()> {
    let bytes = fs::read(module).with_context(|| format!("`{}`", module.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    let (kb, gzipped_kb) = (bytes.len().div_ceil(1024), gzip.finish()?.len().div_ceil(1024));
    println!(
        "{}: {kb} KB, {gzipped_kb} KB gzipped (budget {BUDGET_GZIPPED_KB} KB)",
        repo::shown(module)
    );
    ensure!(gzipped_kb <= BUDGET_GZIPPED_KB, "the WASM module is over its budget");
    Ok(())
}
