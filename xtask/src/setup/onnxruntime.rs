//! ONNX Runtime's shared library, which Spotter loads at run time.
//!
//! It is an accelerator, not a requirement: where there is none for this machine, or it cannot be fetched, the pure-Rust
//! tract runtime does the work, so this step never fails.

use std::env::consts::{ARCH, OS};
use std::path::PathBuf;

use anyhow::Result;

use super::npm::{self, Wanted};
use crate::repo;

const PACKAGE: &str = "onnxruntime-node@1.30.0";

/// System, processor, file in the package, SHA-256. The package has nothing for Macs with Intel processors.
const LIBRARIES: [(&str, &str, &str, &str); 3] = [
    (
        "linux",
        "x86_64",
        "bin/napi-v6/linux/x64/libonnxruntime.so.1",
        "ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23",
    ),
    (
        "linux",
        "aarch64",
        "bin/napi-v6/linux/arm64/libonnxruntime.so.1",
        "1f549d46250b005580b597f4164984aaf75b3bcb9f3aeb07c7f8a8fe60b23c76",
    ),
    (
        "macos",
        "aarch64",
        "bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib",
        "685d2be5dba1309c89d3a5324b7fd06a5c42f1a61bfea32d14c4cc28d072121d",
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "a step of setup; this one always has an answer")]
pub(super) fn ensure() -> Result<String> {
    if let Some(own) = std::env::var_os("ORT_DYLIB_PATH") {
        return Ok(format!("{} (ORT_DYLIB_PATH)", own.display()));
    }
    let Some(library) = library() else {
        return Ok(format!("none for {OS} on {ARCH}; the tract runtime will be used"));
    };
    let shown = repo::shown(&library.to);
    Ok(match npm::take("onnx runtime", PACKAGE, &[library]) {
        Ok(()) => shown,
        Err(error) => format!("not available, the tract runtime will be used: {error:#}"),
    })
}

fn library() -> Option<Wanted> {
    let (_, _, entry, sha256) =
        LIBRARIES.into_iter().find(|(os, arch, ..)| (*os, *arch) == (OS, ARCH))?;
    let name = entry.rsplit('/').next()?;
    Some(Wanted { entry, to: folder().join(name), sha256 })
}

fn folder() -> PathBuf {
    repo::build().join("onnxruntime")
}
