//! `GET /api/v1/features`: what is switched on, so that the page offers nothing that would be refused.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Improver;

/// What is switched on.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Features {
    /// Whether this server finds poses in frames that a consenting person streams to it.
    server_pose: bool,
    /// Whether anybody may make an account.
    sign_up: bool,
    /// Whether one can sign in with a passkey.
    passkeys: bool,
    /// Whether a language model may adapt plans.
    model: bool,
    /// Whether a model may draw exercises of one's own.
    pictures: bool,
}

/// What is switched on.
#[utoipa::path(get, operation_id = "get_features", path = "/api/v1/features", tag = "Server", responses((status = 200, body = Features)))]
pub(crate) async fn get(
    State(features): State<crate::settings::Features>,
    State(improver): State<Improver>,
) -> Json<Features> {
    let crate::settings::Features { server_pose, sign_up, passkeys } = features;
    let pictures = improver.model.as_ref().is_some_and(|model| model.draws());
    Json(Features { server_pose, sign_up, passkeys, model: improver.model.is_some(), pictures })
}
