//! One line in the log and one measurement for every request, under an id that the answer carries too.
//!
//! The log names the route's pattern, never the path: paths can hold pairing codes and ids of people's things.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::secret;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) async fn record(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = secret::random::<9>().unwrap_or_default();
    let method = known_method(request.method().as_str());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "site".to_owned(), |matched| matched.as_str().to_owned());
    let span =
        tracing::info_span!("request", request.id = %id, http.method = method, http.route = %route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = started.elapsed();
    let status = response.status();
    span.in_scope(|| {
        let elapsed_ms = elapsed.as_secs_f64() * 1e3;
        let status = status.as_u16();
        if route == "/healthz" || route == "/readyz" {
            tracing::debug!(http.status = status, elapsed_ms, "Answered a probe with {status}");
        } else {
            tracing::info!(
                http.status = status,
                elapsed_ms,
                "Answered {method} {route} with {status}"
            );
        }
    });
    let labels =
        [("method", method.to_owned()), ("route", route), ("status", status.as_str().to_owned())];
    metrics::counter!("spotter_http_requests_total", &labels).increment(1);
    metrics::histogram!("spotter_http_request_seconds", &labels).record(elapsed.as_secs_f64());
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A label that clients cannot make up.
fn known_method(method: &str) -> &'static str {
    match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
