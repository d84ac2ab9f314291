//! A server without sockets, in a folder that goes away, and requests written as text.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::certificate::Tls;
use crate::gate::Peer;
use crate::settings::{Features, Limits, Settings};
use crate::state::AppState;
use crate::{PoseFinders, Server};

pub(super) struct House {
    pub(super) router: Router,
    pub(super) state: AppState,
    settings: Settings,
    folder: tempfile::TempDir,
}

/// A server on a port of its own.
pub(super) struct Running {
    pub(super) address: String,
    pub(super) stop: CancellationToken,
    pub(super) done: tokio::task::JoinHandle<()>,
    pub(super) house: House,
}

impl Running {
    pub(super) async fn new(change: impl FnOnce(&mut Settings)) -> Self {
        Self::with_finders(no_finders(), change).await
    }

    pub(super) async fn with_finders(
        finders: PoseFinders,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        Self::in_house(House::new(change).await, finders).await
    }

    /// A server on what is in a house already.
    pub(super) async fn in_house(house: House, finders: PoseFinders) -> Self {
        let mut settings = house.settings();
        settings.listen.set_port(0);
        let server = Server::bind(settings, finders).await.unwrap();
        let address = server.address().to_string();
        let stop = CancellationToken::new();
        let done = tokio::spawn(server.run(stop.clone().cancelled_owned()));
        Self { address, stop, done, house }
    }
}

pub(super) fn no_finders() -> PoseFinders {
    PoseFinders::new(|_network| panic!("they are not asked while that is off"))
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    pub(super) bytes: Vec<u8>,
}

impl House {
    /// On the loopback address, with what `change` changes.
    pub(super) async fn new(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics: None,
            data: folder.path().to_owned(),
            database: None,
            model: None,
            build: "test".to_owned(),
            tls: false,
            hosts: Vec::new(),
            addresses: vec![[192, 168, 1, 20].into()],
            features: Features::default(),
            limits: Limits::default(),
            clock: || SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
        };
        change(&mut settings);
        let tls = settings.tls.then(|| Tls::open(&settings).unwrap());
        let state = AppState::open(&settings, settings.listen, tls.as_ref(), None).await.unwrap();
        let router = crate::router::router(&settings, state.clone());
        Self { router, state, settings, folder }
    }

    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(super) fn settings(&self) -> Settings {
        self.settings.clone()
    }

    /// As `spotter serve --tls` on a home network.
    pub(super) async fn with_tls() -> Self {
        Self::new(|settings| {
            settings.tls = true;
            settings.listen = SocketAddr::from(([0, 0, 0, 0], 8443));
        })
        .await
    }

    /// `GET /path`, then header lines, then after a blank line the body. `Peer:` is the client's address, `127.0.0.1`
    /// where it is not given; `Host:` is `localhost` unless it is given.
    pub(super) async fn ask(&self, text: &str) -> Answer {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        self.ask_with(head, body.into()).await
    }

    /// As [`Self::ask`], with a body that is no text.
    pub(super) async fn ask_with(&self, head: &str, body: Vec<u8>) -> Answer {
        let mut lines = head.lines();
        let (method, uri) = lines.next().unwrap().split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(uri);
        let mut peer = "127.0.0.1";
        let mut has_host = false;
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            match name {
                "Peer" => peer = value,
                _ => request = request.header(name, value),
            }
            has_host |= name == "Host";
        }
        if !has_host {
            request = request.header("Host", "localhost:8080");
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(Peer(SocketAddr::new(peer.parse().unwrap(), 50_000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes: bytes.into() }
    }
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status and what a problem says: detail, field and remedy; of anything else the beginning of the body.
    pub(super) fn told(&self) -> String {
        let status = self.status.as_u16();
        if self.header("content-type") != "application/problem+json" {
            let first: String = self.body.trim().chars().take(60).collect();
            return format!("{status} {first}").trim_end().to_owned();
        }
        let problem: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem["status"], status);
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        let field = problem["field"].as_str().map_or(String::new(), |field| format!("[{field}] "));
        format!("{status} {field}{} → {}", text("detail"), text("remedy"))
    }
}
