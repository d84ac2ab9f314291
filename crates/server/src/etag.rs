//! Answers that change only when somebody's log does, or the program: their `ETag` is made of whose it is, its version and
//! the build.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use uuid::Uuid;

use crate::athletes::REVISION;
use crate::problem::Problem;
use crate::site::matches_etag;

/// Such as `"5c1e9a04.7.1.d3f1"`: whose it is, the log's version, the projection's revision, the build that words it, then
/// whatever else the answer depends on.
#[derive(Debug, Clone)]
pub(crate) struct Etag(Option<String>);

impl Etag {
    pub(crate) fn new(account: Uuid, version: u64, build: &str) -> Self {
        Self(Some(format!("\"{}.{version}.{REVISION}.{build}\"", whose(account))))
    }

    /// None where the version is not known.
    pub(crate) fn of(account: Uuid, version: Option<u64>, build: &str) -> Self {
        version.map_or(Self(None), |version| Self::new(account, version, build))
    }

    /// What else the answer depends on.
    pub(crate) fn and(self, part: &str) -> Self {
        Self(self.0.map(|tag| format!("{}.{part}\"", tag.trim_end_matches('"'))))
    }

    pub(crate) fn is_known(&self, headers: &HeaderMap) -> bool {
        self.0.as_ref().is_some_and(|tag| matches_etag(headers, tag))
    }

    pub(crate) fn not_modified(&self) -> Response {
        self.mark(StatusCode::NOT_MODIFIED.into_response())
    }

    /// JSON, for whoever asked alone.
    pub(crate) fn answer(&self, status: StatusCode, json: Vec<u8>) -> Response {
        self.mark((status, [(CONTENT_TYPE, "application/json")], json).into_response())
    }

    pub(crate) fn mark(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Some(tag) = self.0.as_ref().and_then(|tag| HeaderValue::from_str(tag).ok()) {
            headers.insert(ETAG, tag);
        }
        response
    }
}

/// The random end of an account's id.
fn whose(account: Uuid) -> String {
    let id = account.simple().to_string();
    id[id.len() - 8..].to_owned()
}

/// The log's version that `If-Match` names; none where it is not given, or takes any. Another's is a version that never was.
pub(crate) fn version_of(headers: &HeaderMap, account: Uuid) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let mut parts = text.trim_start_matches("W/").trim_matches('"').split('.');
    let of_them = parts.next().is_some_and(|part| part == whose(account));
    let version = parts.next().and_then(|part| part.parse().ok());
    version.map(|version| Some(if of_them { version } else { u64::MAX })).ok_or_else(|| {
        Problem::invalid("If-Match", "it is no ETag of this server")
            .remedy("Send the ETag of the last answer, or leave it out.")
    })
}
