//! Every error that leaves the server: `application/problem+json` (RFC 9457), with the field and what to do.
//!
//! Handlers return [`Problem`]; what axum and tower answer by themselves (an unknown path, a refused upgrade, a
//! timeout, a panic) is turned into one by [`complete`], so no other shape ever reaches a client.

use std::borrow::Cow;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use wire::live::WireError;

/// What it is called in the `Content-Type` header.
pub(crate) const MIME: &str = "application/problem+json";

/// A refusal or a failure, as a client reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem; a place in the API's own documentation.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The kind in words; the same for every problem of the kind.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What went wrong this time.
    detail: Cow<'static, str>,
    /// The part of the request that it is about, such as `frames[3].ts_ms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What to do about it.
    remedy: Cow<'static, str>,
    #[serde(skip)]
    retry_after_secs: Option<u32>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        let (kind, title, remedy) = words(status);
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: detail.into(),
            field: None,
            remedy: remedy.into(),
            retry_after_secs: None,
        }
    }

    pub(crate) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into()).filter(|field| !field.is_empty());
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<Cow<'static, str>>) -> Self {
        self.remedy = remedy.into();
        self
    }

    pub(crate) fn retry_after_secs(mut self, secs: u32) -> Self {
        self.retry_after_secs = Some(secs);
        self
    }

    pub(crate) fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(crate) fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// A value in the request cannot be used.
    pub(crate) fn invalid(field: impl Into<String>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail).field(field)
    }

    /// A kind of its own, which clients tell apart.
    pub(crate) fn kind(mut self, kind: &'static str, title: &'static str) -> Self {
        (self.kind, self.title) = (kind, title);
        self
    }

    /// Something of ours failed. What it was goes to the log, never to the client.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "A request failed inside the server");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "something failed inside the server")
    }
}

impl From<WireError> for Problem {
    fn from(error: WireError) -> Self {
        let detail = error.message;
        // What is wrong with the message as a whole is not JSON, or not the right kind of it.
        match error.field.as_str() {
            "message" => Self::new(StatusCode::BAD_REQUEST, detail),
            _ => Self::invalid(error.field, detail),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        use store::Error;
        match error {
            Error::NameTaken => Self::new(StatusCode::CONFLICT, "somebody has this name already")
                .field("name")
                .remedy("Choose another name."),
            Error::Busy => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string()).retry_after_secs(1)
            }
            Error::Full => Self::new(StatusCode::INSUFFICIENT_STORAGE, error.to_string())
                .remedy("Make room on the disk that holds the data folder."),
            // Deleted between the door and here.
            Error::NoAccount => {
                Self::new(StatusCode::UNAUTHORIZED, "this account is not there any more")
            }
            other => Self::internal(&other),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after_secs = self.retry_after_secs;
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MIME));
        if let Some(secs) = retry_after_secs {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(secs));
        }
        response
    }
}

/// The kinds of problems, for the documentation page: anchor, title, what to do.
pub(crate) const KINDS: [StatusCode; 17] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::CONFLICT,
    StatusCode::PRECONDITION_FAILED,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::URI_TOO_LONG,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::UNPROCESSABLE_ENTITY,
    StatusCode::UPGRADE_REQUIRED,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::INSUFFICIENT_STORAGE,
];

/// Where a kind of problem is described, its title and its usual remedy.
pub(crate) fn words(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => (
            "/api/docs#bad-request",
            "The request cannot be read",
            "Correct the request and send it again.",
        ),
        StatusCode::UNAUTHORIZED => (
            "/api/docs#not-signed-in",
            "You are not signed in",
            "Sign in, or scan the QR code that `spotter serve --tls` prints.",
        ),
        StatusCode::FORBIDDEN => (
            "/api/docs#forbidden",
            "Not allowed",
            "Open Spotter at the address that `spotter serve` prints.",
        ),
        StatusCode::NOT_FOUND => {
            ("/api/docs#not-found", "There is no such thing", "See /api/docs for what there is.")
        }
        StatusCode::METHOD_NOT_ALLOWED => (
            "/api/docs#method-not-allowed",
            "That cannot be done here",
            "Use one of the methods in the `Allow` header.",
        ),
        StatusCode::REQUEST_TIMEOUT => {
            ("/api/docs#timeout", "It took too long", "Send less at once, or try again.")
        }
        StatusCode::CONFLICT => {
            ("/api/docs#conflict", "It is in use", "Wait a moment and try again.")
        }
        StatusCode::PRECONDITION_FAILED => (
            "/api/docs#changed-meanwhile",
            "It has changed meanwhile",
            "Read it again, and send the change with its new ETag.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("/api/docs#too-large", "The request is too large", "Send less at once.")
        }
        StatusCode::URI_TOO_LONG => {
            ("/api/docs#address-too-long", "The address is too long", "Shorten the address.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "/api/docs#media-type",
            "The body is not JSON",
            "Send JSON with `Content-Type: application/json`.",
        ),
        StatusCode::UNPROCESSABLE_ENTITY => (
            "/api/docs#invalid",
            "A value is not usable",
            "Correct the named field and send it again.",
        ),
        StatusCode::UPGRADE_REQUIRED => {
            ("/api/docs#websocket-only", "This is a WebSocket", "Connect with a WebSocket client.")
        }
        StatusCode::TOO_MANY_REQUESTS => {
            ("/api/docs#rate-limited", "Too many requests", "Wait as long as `Retry-After` says.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("/api/docs#busy", "The server is busy or stopping", "Try again in a moment.")
        }
        StatusCode::INSUFFICIENT_STORAGE => (
            "/api/docs#full",
            "There is no more room",
            "Remove what is no longer needed, or raise the limit in the configuration.",
        ),
        status if status.is_client_error() => (
            "/api/docs#bad-request",
            "The request cannot be read",
            "Correct the request and send it again.",
        ),
        _ => (
            "/api/docs#internal",
            "Something failed inside the server",
            "Try again; if it stays, look for the request id in the server's log.",
        ),
    }
}

/// For unknown addresses below `/api`.
pub(crate) fn unknown_path(uri: &Uri) -> Problem {
    Problem::not_found(format!("there is nothing at `{}`", shown(uri.path())))
}

/// Turns every error that is not a problem yet into one.
pub(crate) async fn complete(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let mime = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    // Pages are for people, and say themselves what is wrong.
    if !is_error || mime == MIME.as_bytes() || mime.starts_with(b"text/html") {
        return response;
    }
    let (parts, body) = response.into_parts();
    let detail = match (status.is_server_error(), plain_text(body).await) {
        (false, Some(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(words(status).1),
    };
    let mut problem = Problem::new(status, detail).into_response();
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = parts.headers.get(&name) {
            problem.headers_mut().insert(name, value.clone());
        }
    }
    problem
}

/// The framework's own words, when they are short and printable.
async fn plain_text(body: Body) -> Option<String> {
    let bytes = to_bytes(body, 500).await.ok()?;
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    let text = text.trim();
    (!text.is_empty() && !text.contains(char::is_control)).then(|| text.to_owned())
}

/// A piece of a request as it can be shown: short, without what could steer a terminal or a log.
pub(crate) fn shown(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(80).collect();
    if clean.len() < text.len() { clean + "…" } else { clean }
}
