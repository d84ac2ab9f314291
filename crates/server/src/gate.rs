//! The door: which names the server answers to, where a request may come from, and who is asking.
//!
//! Home mode rests on this file. A page elsewhere on the web can make a browser on this machine send requests here, so
//! being on this machine is not enough: the `Host` must be a name of ours (against DNS rebinding), and the `Origin` of
//! whatever changes something or opens a socket must be that very host (against cross-site requests).

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONNECTION, COOKIE, FORWARDED, HOST, ORIGIN, SET_COOKIE, UPGRADE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::accounts::{Accounts, Shown, cookie_name};
use crate::policy::{self, Action, Principal};
use crate::problem::{Problem, shown};
use crate::settings::Settings;

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Peer {
    /// What limits are counted by: an IPv4 address, or the /64 network that one IPv6 customer has.
    pub(crate) fn key(self) -> IpAddr {
        match self.0.ip().to_canonical() {
            IpAddr::V6(ip) if !ip.is_loopback() => {
                let network = u128::from(ip) & !u128::from(u64::MAX);
                IpAddr::V6(network.into())
            }
            ip => ip,
        }
    }

    fn is_this_machine(self) -> bool {
        self.0.ip().to_canonical().is_loopback()
    }
}

/// The name and port that a request used for this server; the door has checked the name.
#[derive(Debug, Clone)]
pub(crate) struct Called {
    tls: bool,
    authority: Authority,
}

impl Called {
    /// The name, or an address where somebody used that.
    pub(crate) fn host(&self) -> String {
        self.authority.host().to_ascii_lowercase()
    }

    pub(crate) fn origin(&self) -> String {
        format!("{}{}", scheme(self.tls), self.authority)
    }
}

fn scheme(tls: bool) -> &'static str {
    if tls { "https://" } else { "http://" }
}

/// What the door knows.
#[derive(Debug)]
pub(crate) struct Gate {
    tls: bool,
    /// Names and addresses that the server goes by, lower case.
    hosts: Vec<String>,
    accounts: Arc<Accounts>,
}

const HOME_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
/// What proxies add. A request that came through one is not from this machine, whatever its address.
const FORWARDING: [HeaderName; 3] =
    [FORWARDED, HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-real-ip")];

const UNKNOWN_HOST: &str =
    "Use the address that `spotter serve` prints, or add the name to `hosts` in its configuration.";

impl Gate {
    pub(crate) fn new(settings: &Settings, accounts: Arc<Accounts>) -> Self {
        let mut hosts: Vec<String> = HOME_NAMES.map(str::to_owned).to_vec();
        hosts.extend(settings.hosts.iter().map(|name| name.to_ascii_lowercase()));
        if settings.tls {
            hosts.extend(settings.addresses.iter().map(|&address| in_url(address)));
        }
        Self { tls: settings.tls, hosts, accounts }
    }

    async fn admit(&self, request: &mut Request) -> Result<(), Problem> {
        let headers = request.headers();
        let host = host(request)?;
        let name = host.host().to_ascii_lowercase();
        if !self.hosts.contains(&name) {
            let detail = format!("this server is not called `{}`", shown(&name));
            return Err(Problem::forbidden(detail).field("Host").remedy(UNKNOWN_HOST));
        }
        let upgrades = headers.contains_key(UPGRADE)
            || headers.get(CONNECTION).is_some_and(|value| {
                value.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains("upgrade"))
            });
        let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if (upgrades || !safe) && !self.same_origin(headers, &host) {
            return Err(Problem::forbidden("another website may not do that here").field("Origin"));
        }
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let action = policy::action(request.method(), route);
        // What is the same for everybody asks the database nothing.
        if matches!(action, Some(Action::ReadSite | Action::ProbeHealth)) {
            return Ok(());
        }
        let at_home = is_at_home(request, &name);
        let shown = self.shown(request.headers());
        let principal = self.accounts.who(&shown, at_home).await?;
        policy::require(&principal, action)?;
        if let Principal::Member(member) = principal {
            request.extensions_mut().insert(member);
        }
        request.extensions_mut().insert(Called { tls: self.tls, authority: host });
        Ok(())
    }

    /// Programs send no `Origin`, and no website speaks through them; browsers always send one with what changes
    /// something and with sockets.
    fn same_origin(&self, headers: &HeaderMap, host: &Authority) -> bool {
        let mut origins = headers.get_all(ORIGIN).iter();
        let origin = origins.next();
        if origins.next().is_some() {
            return false;
        }
        let from_elsewhere = headers
            .get("sec-fetch-site")
            .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
        let Some(origin) = origin else { return !from_elsewhere };
        let same = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix(scheme(self.tls)))
            .is_some_and(|authority| authority.eq_ignore_ascii_case(host.as_str()));
        same && !from_elsewhere
    }

    fn shown(&self, headers: &HeaderMap) -> Shown {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut tokens = cookies
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(cookie_name(self.tls))?.strip_prefix('='));
        match (tokens.next(), tokens.next()) {
            (None, _) => Shown::Nothing,
            (Some(token), None) => Shown::Token(token.to_owned()),
            (Some(_), Some(_)) => Shown::Several,
        }
    }
}

/// Whether a request is from somebody at this very machine.
fn is_at_home(request: &Request, host: &str) -> bool {
    let peer = request.extensions().get::<Peer>();
    peer.is_some_and(|peer| peer.is_this_machine())
        && HOME_NAMES.contains(&host)
        && !FORWARDING.iter().any(|name| request.headers().contains_key(name))
        && request.version() != Version::HTTP_10
}

/// The name that the client used, from the request line or the `Host` header.
fn host(request: &Request) -> Result<Authority, Problem> {
    let mut values = request.headers().get_all(HOST).iter();
    let wrong = || {
        Problem::new(StatusCode::BAD_REQUEST, "the request names no host, or several").field("Host")
    };
    let value = values.next().filter(|_| values.next().is_none()).ok_or_else(wrong)?;
    let host: Authority = value.as_bytes().try_into().map_err(|_not_a_host| wrong())?;
    let in_line = request.uri().authority();
    if host.as_str().contains('@') || in_line.is_some_and(|authority| *authority != host) {
        return Err(wrong());
    }
    Ok(host)
}

/// An address as it stands in a URL.
pub(crate) fn in_url(address: IpAddr) -> String {
    match address {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

/// Lets through what may come in; everything else is answered here.
pub(crate) async fn guard(
    State(gate): State<Arc<Gate>>,
    mut request: Request,
    next: Next,
) -> Response {
    let shows = gate.shown(request.headers()) != Shown::Nothing;
    match gate.admit(&mut request).await {
        Ok(()) => next.run(request).await,
        Err(problem) => {
            let mut response = problem.into_response();
            // What is not valid any more is not shown again.
            if shows
                && response.status() == StatusCode::UNAUTHORIZED
                && let Ok(cookie) = gate.accounts.no_cookie()
            {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            response
        }
    }
}

/// The peer of a request, or an address that limits treat as one stranger.
pub(crate) fn peer_of(extensions: &axum::http::Extensions) -> Peer {
    let nobody = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    extensions.get::<Peer>().copied().unwrap_or(Peer(nobody))
}
