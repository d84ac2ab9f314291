//! The web service: the site, the API, live sets over WebSocket. The only place with HTTP status codes.
//!
//! It reads no arguments and no environment: `app` hands in [`Settings`], and what this crate may not import.

mod accounts;
mod athletes;
mod body;
mod ceremonies;
mod certificate;
mod clock;
mod etag;
mod gate;
mod headers;
mod jpeg;
mod kept;
mod language;
mod limits;
mod listen;
mod live;
mod measures;
mod model;
mod pairing;
mod passkeys;
mod pictures;
mod plan_page;
mod policy;
mod poses;
mod problem;
mod qr;
mod recordings;
mod references;
mod requests;
mod router;
mod routes;
mod secret;
mod settings;
mod site;
mod socket;
mod state;
mod takeout;
#[cfg(test)]
mod tests;
mod who;

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use poses::{Picture, PoseFinder, PoseFinders};
pub use settings::{Error, Features, Limits, Settings};

use crate::clock::Clock;
use crate::limits::Seats;
use crate::state::AppState;

/// A server that has everything it needs and holds its ports, but answers nobody yet.
pub struct Server {
    settings: Settings,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    metrics: Option<(TcpListener, metrics_exporter_prometheus::PrometheusHandle)>,
    state: AppState,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("listener", &self.listener).finish_non_exhaustive()
    }
}

/// What a phone scans to get in.
#[derive(Debug)]
pub struct Invitation {
    /// Works once, for 15 minutes.
    pub url: String,
    /// The same as a QR picture for a terminal.
    pub qr: String,
}

impl Server {
    /// Opens everything: data, certificate, ports. What can go wrong at the start goes wrong here. `finders` find poses
    /// in streamed pictures; they are not asked unless that feature is on.
    ///
    /// # Errors
    /// With the setting to change.
    pub async fn bind(settings: Settings, finders: PoseFinders) -> Result<Self, Error> {
        settings.check()?;
        let finders = Some(finders).filter(|_| settings.features.server_pose);
        if let Some(finders) = &finders {
            let broken = |reason| Error::Feature { name: "server_pose", reason };
            finders.try_once().await.map_err(broken)?;
        }
        kept::folder(&settings.data)?;
        let tls = settings.tls.then(|| certificate::Tls::open(&settings)).transpose()?;
        let listener = bind("listen", settings.listen).await?;
        let address = listener.local_addr().unwrap_or(settings.listen);
        let metrics = match settings.metrics {
            Some(address) => Some((bind("metrics", address).await?, measures::install()?)),
            None => None,
        };
        let state = AppState::open(&settings, address, tls.as_ref(), finders).await?;
        sweep(&state.store, Clock(settings.clock)).await;
        let tls = tls.map(|tls| TlsAcceptor::from(tls.config));
        Ok(Self { settings, listener, tls, metrics, state })
    }

    /// Where somebody at this machine opens it.
    #[must_use]
    pub fn url(&self) -> String {
        let address = self.address();
        let scheme = if self.settings.tls { "https" } else { "http" };
        let host = if address.ip().is_unspecified() {
            "localhost".to_owned()
        } else {
            gate::in_url(address.ip())
        };
        format!("{scheme}://{host}:{}", address.port())
    }

    /// Where it listens; the port is known even if 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(self.settings.listen)
    }

    /// A code for one phone; none where no other device can reach this server.
    ///
    /// # Errors
    /// When this machine gives no random numbers.
    pub fn invite(&self) -> Result<Option<Invitation>, Error> {
        let Some(outside) = &self.state.outside.0 else { return Ok(None) };
        let url = format!(
            "{}/pair/{}",
            outside.base,
            self.state.pairing.new_code(self.state.accounts.home())?
        );
        Ok(qr::text(&url).map(|qr| Invitation { url, qr }))
    }

    /// Serves until `stop` is done, then lets what is open finish.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { settings, listener, tls, metrics, state } = self;
        let limits = &settings.limits;
        let stopping = state.stop.clone();
        let tasks = TaskTracker::new();
        if let Some((listener, handle)) = metrics {
            let seats = Seats::new(16, 16);
            let router = measures::router(handle.clone());
            tasks.spawn(listen::serve(
                listener,
                None,
                router,
                seats,
                stopping.clone(),
                limits.shutdown,
            ));
            tasks.spawn(every(measures::UPKEEP_EVERY, stopping.clone(), move || {
                handle.run_upkeep();
            }));
        }
        let hub = Arc::clone(&state.hub);
        tasks.spawn(every(live::SWEEP_EVERY, stopping.clone(), move || hub.sweep()));
        let (rate, accounts) = (Arc::clone(&state.rate), Arc::clone(&state.accounts));
        tasks.spawn(every(limits::SWEEP_EVERY, stopping.clone(), move || {
            rate.sweep();
            accounts.sweep();
        }));
        let store = state.store.clone();
        tasks.spawn(sweep_hourly(store.clone(), Clock(settings.clock), stopping.clone()));
        let seats = Seats::new(limits.connections, limits.connections_per_address);
        let sockets = state.sockets.open.clone();
        let router = router::router(&settings, state);
        tasks.spawn(listen::serve(listener, tls, router, seats, stopping.clone(), limits.shutdown));
        stop.await;
        tracing::info!("Stopping: open requests may finish, live sockets are told");
        stopping.cancel();
        tasks.close();
        tasks.wait().await;
        sockets.close();
        if tokio::time::timeout(limits.shutdown, sockets.wait()).await.is_err() {
            tracing::warn!("Some live sockets did not say goodbye in time");
        }
        store.close().await;
    }
}

/// Expired devices and answers go, and what is left of deleted accounts.
async fn sweep(store: &store::Store, clock: Clock) {
    match store.sweep(clock.now_ms()).await {
        Ok(swept) => tracing::debug!(?swept, "Swept the database"),
        Err(error) => tracing::warn!(%error, "The database could not be swept"),
    }
}

async fn sweep_hourly(store: store::Store, clock: Clock, stop: CancellationToken) {
    let hour = std::time::Duration::from_hours(1);
    while stop.run_until_cancelled(tokio::time::sleep(hour)).await.is_some() {
        sweep(&store, clock).await;
    }
}

async fn bind(key: &'static str, address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|source| Error::Bind { key, address, source })
}

async fn every(period: std::time::Duration, stop: CancellationToken, mut work: impl FnMut()) {
    while stop.run_until_cancelled(tokio::time::sleep(period)).await.is_some() {
        work();
    }
}
