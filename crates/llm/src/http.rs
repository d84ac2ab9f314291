//! One HTTP client that calls one server: no redirects, no proxy, no cookies, bounded bodies.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use rustls::RootCertStore;
use rustls_platform_verifier::BuilderVerifierExt as _;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::error::{Error, Stage, shortened};
use crate::retry::{self, Advice};
use crate::secret::Secret;
use crate::settings::{Provider, Settings, wrong};

/// Bytes of a refusal that are read.
const MOST_REFUSAL_BYTES: usize = 64 * 1024;

/// Why a request gave no answer, and how long to wait before another try, if that may help.
pub(crate) type Failed = (Error, Option<Duration>);

#[derive(Debug)]
pub(crate) struct Http {
    client: Client,
    provider: Provider,
    key: Option<Secret>,
    connect: Duration,
}

impl Http {
    pub(crate) fn new(settings: &Settings, key: Option<Secret>) -> Result<Self, Error> {
        let failed = |error: &dyn std::fmt::Display| {
            wrong("base_url", &format!("needs TLS, which is not to be had here: {error}"))
        };
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| failed(&error))?;
        let is_https = settings.endpoint("")?.scheme() == "https";
        let mut tls = if is_https {
            tls.with_platform_verifier().map_err(|error| failed(&error))?.with_no_client_auth()
        } else {
            // A container without the system's certificates still reaches its neighbor.
            tls.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
        };
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(is_https)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .retry(reqwest::retry::never())
            .user_agent(concat!("spotter/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers(settings, key.as_ref())?)
            .connect_timeout(settings.timeouts.connect())
            .build()
            .map_err(|error| failed(&error))?;
        let connect = settings.timeouts.connect();
        Ok(Self { client, provider: settings.provider, key, connect })
    }

    /// Posts JSON, and waits until the server begins to answer well.
    pub(crate) async fn post(
        &self,
        url: &Url,
        body: &Value,
        (stage, until): (Stage, (Instant, Duration)),
        n_before: u32,
    ) -> Result<Response, Failed> {
        let request = self
            .client
            .post(url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let sent = timeout_at(until.0, request.send());
        let response = match sent.await {
            Err(_) => return Err((Error::Timeout(stage, until.1), None)),
            Ok(Err(error)) => return Err(self.not_reached(&error, n_before)),
            Ok(Ok(response)) => response,
        };
        let code = response.status().as_u16();
        if code == 200 {
            return Ok(response);
        }
        let header = |name: &str| response.headers().get(name)?.to_str().ok();
        let advice = Advice::read(header);
        let location = header("location").is_some();
        let message = match timeout_at(until.0, read(response, MOST_REFUSAL_BYTES)).await {
            Ok(Ok(bytes)) => self.reason(&bytes),
            Ok(Err(_)) | Err(_) => String::new(),
        };
        let message = match message.as_str() {
            "" if location => {
                "it is somewhere else; `base_url` must be the place itself".to_owned()
            }
            "" => "no reason".to_owned(),
            _ => message,
        };
        if is_too_long(&message) {
            return Err((Error::TooLong(message), None));
        }
        let wait = retry::wait(self.provider, code, &advice, n_before);
        Err((Error::Status { code, message }, wait))
    }

    fn not_reached(&self, error: &reqwest::Error, n_before: u32) -> Failed {
        let error = if error.is_connect() && error.is_timeout() {
            Error::Timeout(Stage::Connect, self.connect)
        } else {
            Error::Unreachable(self.tell(&cause(error)))
        };
        (error, Some(retry::backoff(n_before)))
    }

    /// The reason in a refusal's body: of JSON its message, of anything else the beginning.
    fn reason(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let Ok(value) = serde_json::from_str::<Value>(&text) else { return self.tell(&text) };
        let error = if value["error"].is_null() { &value } else { &value["error"] };
        let message = error.as_str().or_else(|| error["message"].as_str()).unwrap_or_default();
        match error["type"].as_str() {
            Some(kind) => self.tell(&format!("{message} ({kind})")),
            None => self.tell(message),
        }
    }

    /// A server's words as they may be shown: short, without the key.
    pub(crate) fn tell(&self, message: &str) -> String {
        let hidden = self.key.as_ref().map(|key| key.hide_in(message));
        shortened(hidden.as_deref().unwrap_or(message))
    }
}

/// Whether a refusal means that the conversation is longer than the model can read. Each server has its own words.
pub(crate) fn is_too_long(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    [
        "exceed_context_size_error",
        "context size",
        "context length",
        "context window",
        "prompt is too long",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// A whole body.
///
/// # Errors
/// When it breaks off, or has more than so many bytes.
pub(crate) async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(more) =
        response.chunk().await.map_err(|error| Error::BrokeOff(shortened(&cause(&error))))?
    {
        if bytes.len() + more.len() > most {
            return Err(Error::Garbled(format!("more than {most} bytes")));
        }
        bytes.extend_from_slice(&more);
    }
    Ok(bytes)
}

/// The last of an error's causes, which says what happened; without the address.
pub(crate) fn cause(error: &reqwest::Error) -> String {
    let mut told = "the request failed".to_owned();
    let mut source = std::error::Error::source(error);
    while let Some(one) = source {
        told = one.to_string();
        source = one.source();
    }
    told
}

fn headers(settings: &Settings, key: Option<&Secret>) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    if settings.provider == Provider::Anthropic {
        let version = HeaderValue::from_static(crate::anthropic::VERSION);
        headers.insert(HeaderName::from_static("anthropic-version"), version);
    }
    let Some(key) = key else { return Ok(headers) };
    let (name, text) = match settings.provider {
        Provider::Anthropic => (HeaderName::from_static("x-api-key"), key.reveal().to_owned()),
        Provider::OpenaiCompatible => (AUTHORIZATION, format!("Bearer {}", key.reveal())),
    };
    let unfit = |_| wrong("api_key_env", "must lead to a key that fits a header");
    let mut value = HeaderValue::try_from(text).map_err(unfit)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(headers)
}
