//! Where logs go: standard error, as text for people or as JSON lines for machines.

use anyhow::{Context as _, Result};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

use super::config::{Config, LogFormat};

pub(crate) fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log).with_context(|| {
        format!("`log` is `{}`; write it like `info` or `info,server=debug`", config.log)
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => {
            builder.json().flatten_event(true).with_current_span(true).with_span_list(false).init();
        }
        LogFormat::Text => {
            builder.with_ansi(std::io::stderr().is_terminal()).with_target(false).compact().init();
        }
    }
    Ok(())
}
