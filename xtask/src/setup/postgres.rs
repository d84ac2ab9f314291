//! A Postgres server for the tests that want one: the one that is named or runs here already, else one of our own.
//!
//! Our own is a cluster in the temporary folder that only this machine reaches and that holds nothing worth keeping.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::announce;
use super::system::apt_install;
use crate::command::{Command, on_path};

/// Names a server for tests.
pub(crate) const VARIABLE: &str = "TEST_DATABASE_URL";
const OWN_PORT: u16 = 54_329;

/// The address of a server that answers; none where there is none.
pub(crate) fn address() -> Option<String> {
    let named = std::env::var(VARIABLE).ok();
    let local = |port: u16| format!("postgres://postgres@127.0.0.1:{port}/postgres");
    named.or_else(|| [local(5432), local(OWN_PORT)].into_iter().find(|url| answers(url)))
}

fn answers(url: &str) -> bool {
    let ask =
        Command::new("psql").args([url, "--no-password", "--tuples-only", "--command=select 1"]);
    matches!(ask.env("PGCONNECT_TIMEOUT", "3").output_if_installed(), Ok(Some(_)))
}

/// Starts one where none answers, and installs it where there is none to start.
pub(crate) fn ensure() -> Result<String> {
    if let Some(url) = address() {
        return Ok(url);
    }
    if programs().is_none() {
        apt_install("postgresql")?;
    }
    let programs = programs().context("`postgresql` was installed but has no `initdb`")?;
    let data = std::env::temp_dir().join("spotter-postgres");
    announce("postgres", &format!("starting one in {}", data.display()));
    let run = |program: &str, args: &[&str]| {
        let program = programs.join(program).display().to_string();
        // It refuses to run as root.
        let is_root = Command::new("id").arg("-u").output()?.trim() == "0";
        let command = if is_root {
            Command::new("runuser").args(["-u", "postgres", "--", &program])
        } else {
            Command::new(&program)
        };
        command.dir(&std::env::temp_dir()).args(args).run()
    };
    let folder = data.display().to_string();
    if !data.exists() {
        run("initdb", &["--auth=trust", "--username=postgres", "--pgdata", &folder])?;
    }
    let options = format!(
        "-p {OWN_PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
        std::env::temp_dir().display()
    );
    let log = format!("{folder}/log");
    run("pg_ctl", &["start", "--wait", "--pgdata", &folder, "--log", &log, "--options", &options])?;
    address().with_context(|| format!("Postgres was started but does not answer; see `{log}`"))
}

/// The folder with the newest `initdb`.
fn programs() -> Option<PathBuf> {
    if let Some(found) = on_path("initdb") {
        return found.parent().map(PathBuf::from);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> =
        versions.filter_map(|version| Some(version.ok()?.path().join("bin"))).collect();
    folders.sort();
    folders.into_iter().rfind(|folder| folder.join("initdb").is_file())
}
