//! What handlers work with. Each takes the one subsystem it needs.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::FromRef;
use catalog::Catalog;
use store::Store;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::Accounts;
use crate::athletes::Athletes;
use crate::certificate::Tls;
use crate::clock::Clock;
use crate::gate::{Gate, in_url};
use crate::limits::Rate;
use crate::live::Hub;
use crate::model::Improver;
use crate::pairing::Pairing;
use crate::passkeys::Passkeys;
use crate::poses::{PoseFinders, Poses};
use crate::recordings::Turns;
use crate::references::References;
use crate::routes::docs::Docs;
use crate::routes::exercises::Library;
use crate::routes::pairing::{Outside, OutsideUrl};
use crate::routes::session::Sockets;
use crate::settings::{Error, Features, Limits, Settings};
use crate::site::Site;

#[derive(Debug, Clone, FromRef)]
pub(crate) struct AppState {
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) athletes: Arc<Athletes>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) docs: Arc<Docs>,
    pub(crate) features: Features,
    pub(crate) gate: Arc<Gate>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) improver: Improver,
    pub(crate) limits: Arc<Limits>,
    pub(crate) outside: Outside,
    pub(crate) pairing: Arc<Pairing>,
    pub(crate) passkeys: Arc<Passkeys>,
    pub(crate) poses: Poses,
    pub(crate) library: Arc<Library>,
    pub(crate) rate: Arc<Rate>,
    pub(crate) references: Arc<References>,
    pub(crate) site: Arc<Site>,
    pub(crate) sockets: Sockets,
    pub(crate) store: Store,
    /// Cancelled when the server stops.
    pub(crate) stop: CancellationToken,
    pub(crate) turns: Turns,
}

impl AppState {
    pub(crate) async fn open(
        settings: &Settings,
        listening: SocketAddr,
        tls: Option<&Tls>,
        finders: Option<PoseFinders>,
    ) -> Result<Self, Error> {
        let clock = Clock(settings.clock);
        let store = Store::open(&settings.database_url()).await?;
        let accounts = Accounts::open(store.clone(), clock, settings.tls).await?;
        let pairing = Pairing::new(store.clone(), Arc::clone(&accounts), clock);
        let failed = |error: serde_json::Error| Error::Damaged {
            path: "openapi.json".into(),
            reason: error.to_string(),
        };
        let docs = Docs::new(&crate::router::api()).map_err(|error| Error::Damaged {
            path: "openapi.json".into(),
            reason: error.to_string(),
        })?;
        let catalog = Arc::new(Catalog::builtin()?);
        let stop = CancellationToken::new();
        let turns = Turns::new(settings.limits.judging);
        let library = Library::new(&catalog).map_err(failed)?;
        let n_references = settings.limits.references;
        let references = References::new(store.clone(), clock, n_references, Arc::clone(&catalog));
        references.adopt(accounts.home(), &settings.data).await?;
        let facts = catalog.library().iter().map(|entry| entry.facts.clone()).collect();
        Ok(Self {
            library: Arc::new(library),
            references,
            athletes: Athletes::new(store.clone(), facts, clock, settings.build.clone()),
            catalog,
            docs: Arc::new(docs),
            features: settings.features,
            passkeys: Passkeys::new(store.clone(), clock),
            store,
            hub: Hub::new(&settings.limits),
            gate: Arc::new(Gate::new(settings, Arc::clone(&accounts))),
            accounts,
            improver: Improver {
                model: settings.model.clone().filter(|model| model.is_enabled()),
                deadline: settings.limits.model_timeout,
            },
            limits: Arc::new(settings.limits.clone()),
            outside: Outside(tls.and_then(|tls| outside(settings, listening, tls))),
            pairing,
            poses: Poses::new(finders, &settings.limits),
            rate: Rate::new(&settings.limits),
            site: Arc::new(Site::embedded()),
            sockets: Sockets {
                limits: Arc::new(settings.limits.clone()),
                judging: Arc::clone(&turns.judging),
                stop: stop.clone(),
                open: TaskTracker::new(),
            },
            stop,
            turns,
        })
    }
}

/// The URL that works from another device: this machine's own address, which `--tls` lets in.
fn outside(settings: &Settings, listening: SocketAddr, tls: &Tls) -> Option<OutsideUrl> {
    let listens = listening.ip();
    let host = if listens.is_loopback() {
        return None;
    } else if listens.is_unspecified() {
        let mut own = settings.addresses.iter().filter(|ip| !ip.is_loopback());
        let v4 = own.clone().find(|ip| ip.is_ipv4());
        in_url(*v4.or_else(|| own.next())?)
    } else {
        in_url(listens)
    };
    let base = format!("https://{host}:{}", listening.port());
    Some(OutsideUrl { base, authority_pem: tls.authority_pem.clone() })
}
