//! What comes from the system: the WASM target, Node, ffmpeg, browsers.
//!
//! Debian packages are installed only when we are root; otherwise the error is the command to type.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::announce;
use crate::command::{Command, on_path};
use crate::wasm::TARGET;

const OLDEST_NODE: u32 = 18;

pub(super) fn wasm_target() -> Result<String> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    if !library.is_dir() {
        announce("wasm target", &format!("{TARGET} with rustup"));
        Command::new("rustup").args(["target", "add", TARGET]).output().with_context(|| {
            format!("install Rust with https://rustup.rs, then `rustup target add {TARGET}`")
        })?;
    }
    Ok(TARGET.to_owned())
}

pub(super) fn node() -> Result<String> {
    let remedy = format!("install Node {OLDEST_NODE} or newer from https://nodejs.org");
    let Some(version) = Command::new("node").arg("--version").output_if_installed()? else {
        bail!("there is no `node` on PATH; {remedy}");
    };
    let version = version.trim();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("node `{version}` is too old; {remedy}");
    }
    Ok(version.to_owned())
}

pub(super) fn ffmpeg() -> Result<String> {
    if on_path("ffmpeg").is_none() || on_path("ffprobe").is_none() {
        apt_install("ffmpeg")?;
    }
    let banner = Command::new("ffmpeg").arg("-version").output()?;
    let version = banner.split_whitespace().nth(2).unwrap_or("of unknown version");
    Ok(version.to_owned())
}

pub(super) fn chromium() -> Result<String> {
    let find = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path);
    if find().is_none() {
        apt_install("chromium")?;
    }
    let found = find().context("`chromium` was installed but is not on PATH")?;
    Ok(found.display().to_string())
}

pub(super) fn firefox() -> Result<String> {
    let find = || ["firefox-esr", "firefox"].into_iter().find_map(on_path);
    if find().is_none() {
        apt_install("firefox-esr")?;
    }
    let found = find().context("`firefox-esr` was installed but is not on PATH")?;
    Ok(found.display().to_string())
}

/// The driver of `WebKitGTK`, which knows where its own browser is. That one needs a screen, and `xvfb-run` makes one.
pub(super) fn webkit() -> Result<String> {
    let needed =
        [("xvfb-run", "xvfb"), ("xauth", "xauth"), ("WebKitWebDriver", "webkit2gtk-driver")];
    for (program, package) in needed {
        if on_path(program).is_none() {
            apt_install(package)?;
        }
    }
    let found = on_path("WebKitWebDriver")
        .context("`webkit2gtk-driver` was installed but `WebKitWebDriver` is not on PATH")?;
    Ok(found.display().to_string())
}

pub(super) fn apt_install(package: &str) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!(
            "put `{package}` on PATH, for example with `brew install {package}` or your system's package manager"
        );
    }
    let by_hand = format!("apt-get install --no-install-recommends {package}");
    if Command::new("id").arg("-u").output()?.trim() != "0" {
        bail!("type `sudo {by_hand}`, then run this again");
    }
    announce(package, "with apt-get");
    // Somebody else may hold the lock for a moment, and a mirror may stumble over a file.
    let apt = |args: &[&str]| {
        Command::new("apt-get")
            .args(["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=5"])
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output()
    };
    let install = ["install", "--yes", "--no-install-recommends", package];
    // A fresh machine has no package lists, and an old one stale lists; both make the first attempt fail. An update
    // that reached nothing still ends well, so that what the second attempt says is the one to show.
    if apt(&install).is_err() {
        apt(&["update"])?;
        apt(&["--fix-broken", "install", "--yes", "--no-install-recommends", package])
            .inspect_err(|error| println!("{error:#}"))
            .with_context(|| format!("`{by_hand}` did not work; is the network reachable?"))?;
    }
    Ok(())
}
