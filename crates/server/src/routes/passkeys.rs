//! `/api/v1/auth/passkeys`: making passkeys, signing in with them, those there are. What browsers call
//! `PublicKeyCredential.parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON` speaks these shapes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::account::{Me, welcome};
use crate::accounts::{Accounts, label};
use crate::body::{JsonText, read_json};
use crate::clock::at;
use crate::gate::peer_of;
use crate::passkeys::{Here, Kept, Passkeys};
use crate::policy::Via;
use crate::problem::Problem;
use crate::state::AppState;
use crate::who::Who;

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownPasskey {
    /// The credential's id, as the device tells it.
    id: String,
    /// Where it was made, such as `Firefox on Linux`.
    label: String,
    /// The name of this server that it works at.
    host: String,
    /// RFC 3339.
    created_at: String,
    /// When it last signed somebody in, RFC 3339; null where it never did.
    #[schema(required)]
    used_at: Option<String>,
}

impl From<&Kept> for KnownPasskey {
    fn from(kept: &Kept) -> Self {
        Self {
            id: kept.id(),
            label: kept.label.clone(),
            host: kept.host.clone(),
            created_at: at(kept.created_at_ms).to_string(),
            used_at: kept.used_at_ms.map(|ms| at(ms).to_string()),
        }
    }
}

/// Passkeys, where they are switched on.
#[derive(Debug)]
pub(crate) struct SwitchedOn(Arc<Passkeys>);

impl FromRequestParts<AppState> for SwitchedOn {
    type Rejection = Problem;

    async fn from_request_parts(_parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if state.features.passkeys {
            return Ok(Self(Arc::clone(&state.passkeys)));
        }
        Err(Problem::not_found("there are no passkeys here").remedy(
            "Set `features.passkeys = true` in the configuration of `spotter serve` and start it again.",
        ))
    }
}

/// Your passkeys, the first one first.
#[utoipa::path(get, operation_id = "list_passkeys", path = "/api/v1/auth/passkeys", tag = "Account", responses(
    (status = 200, body = [KnownPasskey]),
    (status = 404, description = "They are switched off", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    SwitchedOn(passkeys): SwitchedOn,
    Who(member): Who,
) -> Result<Json<Vec<KnownPasskey>>, Problem> {
    Ok(Json(passkeys.of(member.account).await?.iter().map(KnownPasskey::from).collect()))
}

/// Remove a passkey. Devices that it signed in stay so until they are signed out.
#[utoipa::path(delete, operation_id = "remove_passkey", path = "/api/v1/auth/passkeys/{id}", tag = "Account",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn remove(
    SwitchedOn(passkeys): SwitchedOn,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    if passkeys.remove(member.account, &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("there is no such passkey").remedy("List the passkeys again."))
    }
}

/// Begin to make a passkey: the `PublicKeyCredentialCreationOptionsJSON` for the browser, good for five minutes.
#[utoipa::path(post, operation_id = "begin_passkey", path = "/api/v1/auth/passkeys/register/begin", tag = "Account", responses(
    (status = 200, body = Value),
    (status = 404, description = "They are switched off", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The server was asked by an address, not by a name", body = Problem, content_type = "application/problem+json"),
    (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn begin_registration(
    SwitchedOn(passkeys): SwitchedOn,
    here: Here,
    Who(member): Who,
) -> Result<Json<Value>, Problem> {
    Ok(Json(passkeys.begin_registration(&member, &here).await?))
}

/// Keep the passkey that the browser made: its `RegistrationResponseJSON`.
#[utoipa::path(post, operation_id = "finish_passkey", path = "/api/v1/auth/passkeys/register/finish", tag = "Account", request_body = Value, responses(
    (status = 201, body = KnownPasskey),
    (status = 404, description = "They are switched off", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is known already", body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn finish_registration(
    SwitchedOn(passkeys): SwitchedOn,
    here: Here,
    Who(member): Who,
    headers: HeaderMap,
    JsonText(text): JsonText,
) -> Result<(StatusCode, Json<KnownPasskey>), Problem> {
    let made = read_json(&text)?;
    let kept = passkeys.finish_registration(&member, here, &made, label(&headers)).await?;
    Ok((StatusCode::CREATED, Json(KnownPasskey::from(&kept))))
}

/// Begin to sign in: the `PublicKeyCredentialRequestOptionsJSON` for the browser, good for five minutes. No name is asked
/// for, because the device knows whose passkey it has.
#[utoipa::path(post, operation_id = "begin_sign_in", path = "/api/v1/auth/passkeys/sign-in/begin", tag = "Account", responses(
    (status = 200, body = Value),
    (status = 404, description = "They are switched off", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The server was asked by an address, not by a name", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn begin_sign_in(
    SwitchedOn(passkeys): SwitchedOn,
    here: Here,
    extensions: Extensions,
) -> Result<Json<Value>, Problem> {
    Ok(Json(passkeys.begin_sign_in(peer_of(&extensions).key(), &here)?))
}

/// Sign in with the passkey that the browser showed: its `AuthenticationResponseJSON`.
#[utoipa::path(post, operation_id = "finish_sign_in", path = "/api/v1/auth/passkeys/sign-in/finish", tag = "Account", request_body = Value, responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "They are switched off", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn finish_sign_in(
    SwitchedOn(passkeys): SwitchedOn,
    here: Here,
    State(accounts): State<Arc<Accounts>>,
    headers: HeaderMap,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let account = passkeys.finish_sign_in(&here, &read_json(&text)?).await?;
    let signed_in = accounts.let_in(&account, Via::Passkey, &headers).await?;
    Ok(welcome(StatusCode::OK, signed_in))
}
