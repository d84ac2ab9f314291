//! `GET /healthz`: does the process live? `GET /readyz`: should it be sent work?

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use store::Store;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::problem::Problem;

/// Whether the process lives.
#[utoipa::path(get, path = "/healthz", tag = "Server", responses((status = 200, description = "It lives", body = String)))]
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// Whether it should be sent work: it is not stopping, and its database answers.
#[utoipa::path(get, path = "/readyz", tag = "Server", responses(
    (status = 200, description = "It works", body = String),
    (status = 503, description = "It is stopping, or its database does not answer", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ready(
    State(stop): State<CancellationToken>,
    State(store): State<Store>,
) -> Response {
    if let Err(error) = store.version(Uuid::nil()).await {
        tracing::error!(%error, "The database does not answer");
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
            .into_response();
    }
    if stop.is_cancelled() {
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping")
            .into_response();
    }
    "ready\n".into_response()
}
