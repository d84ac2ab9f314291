//! `spotter serve`: settings, logs, signals; the service itself is the `server` crate.

mod config;
mod finder;
mod keys;
mod logs;

use std::io::Write as _;
use std::net::IpAddr;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use server::{Server, Settings};

use crate::cli::ServeArgs;
use crate::serve::config::Config;

pub(crate) fn run(args: &ServeArgs) -> Result<()> {
    let started = Instant::now();
    let mut config = Config::read(args, std::env::vars_os())?;
    if args.print_config {
        write!(anstream::stdout(), "{}", config.print())?;
        return Ok(());
    }
    logs::start(&config)?;
    config.settings.addresses = own_addresses();
    config.settings.clock = wall_clock;
    config.settings.build = build();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads can be started for the server")?;
    runtime.block_on(serve(config.settings, started))
}

/// Another program has another size or date.
fn build() -> String {
    let about = std::env::current_exe().and_then(std::fs::metadata);
    let date = |about: &std::fs::Metadata| about.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    about.map_or_else(
        |_unknown| String::new(),
        |about| format!("{:x}{:x}", about.len(), date(&about).unwrap_or_default().as_secs()),
    )
}

async fn serve(settings: Settings, started: Instant) -> Result<()> {
    let is_home = settings.is_home();
    // Before anything is announced: whoever starts us may stop us as soon as it reads the address.
    let stop = stop_signal()?;
    let server = Server::bind(settings, finder::finders()).await?;
    let mut out = anstream::stdout();
    let bold = anstyle::Style::new().bold();
    writeln!(out, "Spotter is at {bold}{}{bold:#}", server.url())?;
    match server.invite()? {
        Some(invitation) => {
            writeln!(out, "\nOn a phone in the same network, scan this within 15 minutes:\n")?;
            writeln!(out, "{}\n{}\n", invitation.qr, invitation.url)?;
            writeln!(
                out,
                "The phone warns about the certificate, which this computer made itself. To stop that,"
            )?;
            writeln!(out, "open /tls/ca.crt there once and trust it.")?;
        }
        None if is_home => {
            writeln!(out, "Only this computer can open it; `spotter serve --tls` lets phones in.")?;
        }
        None => {
            writeln!(out, "This computer has no address in a network, so no phone can open it.")?;
        }
    }
    out.flush()?;
    let started_ms = started.elapsed().as_millis();
    tracing::info!(
        listen = %server.address(),
        started_ms,
        "Serving at {} after {started_ms} ms",
        server.url()
    );
    server.run(stop).await;
    tracing::info!("Stopped");
    Ok(())
}

/// Done when somebody asks us to stop: Ctrl-C, or `SIGTERM` from a service manager.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

/// This machine's addresses, those of a home network first.
fn own_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut addresses: Vec<IpAddr> = interfaces
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .collect();
    let is_private = |ip: &IpAddr| matches!(ip, IpAddr::V4(ip) if ip.is_private());
    addresses.sort_by_key(|ip| (!is_private(ip), *ip));
    addresses
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that everything is handed")]
fn wall_clock() -> SystemTime {
    SystemTime::now()
}
