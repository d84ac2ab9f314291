//! `/api/v1/me` and `/api/v1/auth`: who one is, signing in and out, the devices that are signed in, deleting it all.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::{Accounts, SignedIn};
use crate::athletes::Athletes;
use crate::body::{JsonText, read_json};
use crate::clock::at;
use crate::gate::peer_of;
use crate::live::Hub;
use crate::policy::{Member, Role, Via};
use crate::problem::Problem;
use crate::settings::Features;
use crate::who::Who;

/// Who one is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The account's id.
    id: String,
    name: String,
    /// `athlete`, `trainer`, `operator` or `admin`.
    role: &'static str,
    /// `this_machine`, `paired`, `password` or `passkey`: how one came in.
    via: &'static str,
}

impl From<&Member> for Me {
    fn from(member: &Member) -> Self {
        Self {
            id: member.account.to_string(),
            name: member.name.clone(),
            role: member.role.as_str(),
            via: member.via.as_str(),
        }
    }
}

/// A name and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// 1 to 64 characters.
    name: String,
    /// 10 to 256 characters.
    password: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// The one there is; empty where there is none yet.
    #[serde(default)]
    current: String,
    /// 10 to 256 characters.
    new: String,
}

/// A device that is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedInDevice {
    id: String,
    /// Such as `Firefox on Linux`.
    label: String,
    /// `paired`, `password` or `passkey`.
    kind: String,
    /// RFC 3339.
    created_at: String,
    /// RFC 3339, to ten minutes.
    seen_at: String,
    /// Whether it is the one that asks.
    this: bool,
}

/// What is typed to delete everything.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirmation {
    /// The account's name.
    confirm: String,
}

/// Who one is.
#[utoipa::path(get, operation_id = "get_me", path = "/api/v1/me", tag = "Account", responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn me(Who(member): Who) -> Json<Me> {
    Json(Me::from(&member))
}

/// Make an account and sign in.
#[utoipa::path(post, operation_id = "sign_up", path = "/api/v1/auth/sign-up", tag = "Account", request_body = Credentials, responses(
    (status = 201, body = Me),
    (status = 403, description = "Only whoever runs the server lets people in", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The name is taken", body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_up(
    State(accounts): State<Arc<Accounts>>,
    State(features): State<Features>,
    headers: HeaderMap,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    if !features.sign_up {
        return Err(Problem::forbidden("here, only whoever runs the server makes accounts")
            .remedy(
                "Ask them for one, or to set `sign_up = true` in the server's configuration.",
            ));
    }
    let Credentials { name, password } = read_json(&text)?;
    let account = accounts.sign_up(&name, &password, Role::Athlete).await?;
    let signed_in = accounts.let_in(&account, Via::Password, &headers).await?;
    Ok(welcome(StatusCode::CREATED, signed_in))
}

/// Sign in with name and password.
#[utoipa::path(post, operation_id = "sign_in", path = "/api/v1/auth/sign-in", tag = "Account", request_body = Credentials, responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_in(
    State(accounts): State<Arc<Accounts>>,
    extensions: Extensions,
    headers: HeaderMap,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let Credentials { name, password } = read_json(&text)?;
    let from = peer_of(&extensions).key().to_string();
    let account = accounts.prove(&name, &password, from).await?;
    let signed_in = accounts.let_in(&account, Via::Password, &headers).await?;
    Ok(welcome(StatusCode::OK, signed_in))
}

pub(super) fn welcome(status: StatusCode, signed_in: SignedIn) -> Response {
    let me = Json(Me::from(&signed_in.member));
    (status, [(SET_COOKIE, signed_in.cookie)], me).into_response()
}

/// Sign this device out.
#[utoipa::path(post, operation_id = "sign_out", path = "/api/v1/auth/sign-out", tag = "Account", responses((status = 204)))]
pub(crate) async fn sign_out(
    State(accounts): State<Arc<Accounts>>,
    State(store): State<Store>,
    who: Result<Who, Problem>,
) -> Result<Response, Problem> {
    if let Ok(Who(Member { account, device: Some(device), .. })) = who {
        store.forget_device(account, device).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, accounts.no_cookie()?)]).into_response())
}

/// Change the password; every other device is signed out.
#[utoipa::path(put, operation_id = "change_password", path = "/api/v1/auth/password", tag = "Account", request_body = NewPassword, responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_password(
    State(accounts): State<Arc<Accounts>>,
    Who(member): Who,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let NewPassword { current, new } = read_json(&text)?;
    accounts.change_password(&member, &current, &new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The devices that are signed in, the last seen first.
#[utoipa::path(get, operation_id = "list_devices", path = "/api/v1/auth/devices", tag = "Account", responses((status = 200, body = [SignedInDevice])))]
pub(crate) async fn devices(
    State(store): State<Store>,
    Who(member): Who,
) -> Result<Json<Vec<SignedInDevice>>, Problem> {
    let devices = store.devices(member.account).await?;
    let told = devices.into_iter().map(|device| SignedInDevice {
        this: Some(device.id) == member.device,
        id: device.id.to_string(),
        label: device.label,
        kind: device.kind,
        created_at: at(device.created_at_ms).to_string(),
        seen_at: at(device.seen_at_ms).to_string(),
    });
    Ok(Json(told.collect()))
}

/// Sign a device out.
#[utoipa::path(delete, operation_id = "forget_device", path = "/api/v1/auth/devices/{id}", tag = "Account",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn forget_device(
    State(store): State<Store>,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let unknown =
        || Problem::not_found("there is no such device").remedy("List the devices again.");
    let id = Uuid::try_parse(&id).map_err(|_not_one| unknown())?;
    if store.forget_device(member.account, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}

/// Delete the account and everything of it, for good: `{"confirm": "<its name>"}`.
#[utoipa::path(delete, operation_id = "delete_me", path = "/api/v1/me", tag = "Account", request_body = Confirmation, responses(
    (status = 204),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn delete(
    State(accounts): State<Arc<Accounts>>,
    State(athletes): State<Arc<Athletes>>,
    State(hub): State<Arc<Hub>>,
    Who(member): Who,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let Confirmation { confirm } = read_json(&text)?;
    if confirm.trim() != member.name {
        return Err(Problem::invalid("confirm", "it is not the name of this account")
            .remedy("Type the account's name exactly as it is shown."));
    }
    Arc::clone(&accounts).delete(member.account).await?;
    athletes.forget(member.account);
    hub.forget(member.account);
    tracing::info!("Deleted an account and everything of it");
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, accounts.no_cookie()?)]).into_response())
}
