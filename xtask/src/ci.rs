//! `cargo xtask ci`: everything CI runs, fastest first, nothing a developer cannot run.
//!
//! A failed step does not stop the later ones: one run shows everything that is wrong.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::command::Command;
use crate::setup::Browser;
use crate::tools::{DENY, MACHETE};
use crate::{check, parity, setup, test, tidy, wasm, web};

struct Step {
    name: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: [Step; 20] = [
    Step { name: "setup", run: || setup::run(&setup::Args::default()) },
    Step { name: "postgres", run: || setup::postgres::ensure().map(|url| println!("{url}")) },
    Step { name: "lock file", run: lock_file },
    Step { name: "format", run: check::fmt },
    Step { name: "tidy", run: tidy::run },
    Step { name: "clippy", run: check::clippy },
    Step { name: "docs", run: docs },
    Step { name: "tests", run: test::all },
    Step { name: "wasm", run: wasm::run },
    Step { name: "parity", run: || parity::run(&parity::Args::strict()) },
    Step { name: "web shapes", run: web::shapes },
    Step { name: "web lint", run: web::lint },
    Step { name: "web types", run: web::check },
    Step { name: "web tests", run: web::unit },
    Step { name: "web build", run: web::build },
    Step { name: "e2e", run: || web::all_e2e(Browser::Chromium) },
    Step { name: "firefox", run: || web::all_e2e(Browser::Firefox) },
    Step { name: "webkit", run: || web::all_e2e(Browser::Webkit) },
    Step { name: "deny", run: deny },
    Step { name: "machete", run: machete },
];

pub(crate) fn run() -> Result<()> {
    let mut results = Vec::new();
    for step in &STEPS {
        println!("\n== {} ==", step.name);
        let start = Instant::now();
        let result = (step.run)();
        if let Err(error) = &result {
            println!("{}: {error:#}", step.name);
        }
        results.push((step.name, start.elapsed(), result.err().map(|error| format!("{error:#}"))));
    }
    println!("\n{}", table(&results));
    let failed: Vec<&str> =
        results.iter().filter(|(.., error)| error.is_some()).map(|(name, ..)| *name).collect();
    if !failed.is_empty() {
        bail!("CI failed: {}", failed.join(", "));
    }
    Ok(())
}

/// A stale lock file would be rewritten by whichever step comes first, and nobody would notice.
fn lock_file() -> Result<()> {
    Command::cargo(["metadata", "--locked", "--format-version", "1"]).output().map(drop)
}

fn docs() -> Result<()> {
    Command::cargo([
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        check::ALL_BINARIES,
    ])
    .env("RUSTDOCFLAGS", "-D warnings")
    .run()
}

/// Everything but advisories, which need a database from the network.
fn deny() -> Result<()> {
    Command::new(DENY.path()?).args(["check", "bans", "licenses", "sources"]).run()
}

fn machete() -> Result<()> {
    Command::new(MACHETE.path()?).run()
}

fn table(results: &[(&str, Duration, Option<String>)]) -> String {
    let row = |name: &str, time: Duration, note: &str| {
        format!("{name:<10} {:>7.1} s  {note}", time.as_secs_f64())
    };
    let mut rows: Vec<String> = results
        .iter()
        .map(|(name, time, error)| {
            let first_line = error.as_deref().map(|error| error.lines().next().unwrap_or_default());
            row(
                name,
                *time,
                &first_line.map_or_else(|| "ok".to_owned(), |why| format!("FAILED: {why}")),
            )
        })
        .collect();
    rows.push(row("total", results.iter().map(|(_, time, _)| *time).sum(), ""));
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_what_failed_and_adds_up() {
        check(
            &[("format", 1.25, None), ("tests", 60.0, Some("`cargo test` failed\nlong story"))],
            "format         1.2 s  ok\n\
             tests         60.0 s  FAILED: `cargo test` failed\n\
             total         61.2 s  ",
        );
    }

    fn check(results: &[(&str, f64, Option<&str>)], expected: &str) {
        let owned: Vec<_> = results
            .iter()
            .map(|(name, secs, error)| {
                (*name, Duration::from_secs_f64(*secs), error.map(str::to_owned))
            })
            .collect();
        assert_eq!(table(&owned), expected);
    }
}
