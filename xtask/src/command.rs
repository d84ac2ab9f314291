//! Child processes: run one, or read what it prints, with errors that say what was run.
//!
//! Everything runs in the repository's root.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};

use crate::repo;

/// A child process that has not been started.
pub(crate) struct Command {
    inner: std::process::Command,
    shown: String,
}

impl Command {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let shown = program.as_ref().to_string_lossy().into_owned();
        let mut inner = std::process::Command::new(program);
        inner.current_dir(repo::root());
        Self { inner, shown }
    }

    /// The cargo that runs us.
    pub(crate) fn cargo<const N: usize>(args: [&str; N]) -> Self {
        let mut command =
            Self::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        "cargo".clone_into(&mut command.shown);
        command.args(args)
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&arg.as_ref().to_string_lossy());
        self.inner.arg(arg);
        self
    }

    pub(crate) fn args(self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(key, value);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.inner.current_dir(dir);
        self
    }

    /// Runs to the end with our own standard streams. A non-zero exit is an error.
    pub(crate) fn run(mut self) -> Result<()> {
        let status =
            self.inner.status().with_context(|| format!("could not start `{}`", self.shown))?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }

    /// Runs to the end and returns what it printed. On failure the error carries the end of what it complained about.
    pub(crate) fn output(mut self) -> Result<String> {
        self.inner.stdin(Stdio::null());
        let output =
            self.inner.output().with_context(|| format!("could not start `{}`", self.shown))?;
        if !output.status.success() {
            let complaint = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = complaint.lines().collect();
            let end = lines[lines.len().saturating_sub(12)..].join("\n");
            bail!("{}", format!("`{}` failed ({})\n{end}", self.shown, output.status).trim_end());
        }
        String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` printed something that is not UTF-8", self.shown))
    }

    /// What it printed, or `None` when there is no such program. Other failures stay errors.
    pub(crate) fn output_if_installed(mut self) -> Result<Option<String>> {
        match self.inner.stdin(Stdio::null()).output() {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            _ => self.output().map(Some),
        }
    }
}

/// The first file called `program` on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}
