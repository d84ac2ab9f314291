//! `GET /api/v1/features`: what is switched on, so that the page offers nothing that would be refused.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// What is switched on.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Features {
    /// Whether this server finds poses in frames that a consenting person streams to it.
    server_pose: bool,
}

impl From<crate::settings::Features> for Features {
    fn from(features: crate::settings::Features) -> Self {
        Self { server_pose: features.server_pose }
    }
}

/// What is switched on.
#[utoipa::path(get, operation_id = "get_features", path = "/api/v1/features", tag = "Server", responses((status = 200, body = Features)))]
pub(crate) async fn get(State(features): State<crate::settings::Features>) -> Json<Features> {
    Json(features.into())
}
