//! `/api/v1/accounts`: whoever runs the server lets people in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{Account, Store};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::Accounts;
use crate::athletes::Athletes;
use crate::body::{JsonText, read_json};
use crate::clock::at;
use crate::live::Hub;
use crate::policy::Role;
use crate::problem::{Problem, shown};
use crate::who::Who;

/// Somebody who may sign in. What they train is nobody else's business.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    id: String,
    name: String,
    /// `athlete`, `trainer`, `operator` or `admin`.
    role: &'static str,
    /// RFC 3339.
    created_at: String,
}

impl From<Account> for Person {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.to_string(),
            role: Role::of(&account.role).as_str(),
            created_at: at(account.created_at_ms).to_string(),
            name: account.name,
        }
    }
}

/// Somebody to let in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPerson {
    /// 1 to 64 characters.
    name: String,
    /// 10 to 256 characters; they can change it.
    password: String,
    /// `athlete`, `trainer`, `operator` or `admin`.
    #[serde(default)]
    role: Option<String>,
}

/// What somebody may do from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    /// `athlete`, `trainer`, `operator` or `admin`.
    role: String,
}

/// Everybody who may sign in.
#[utoipa::path(get, operation_id = "list_accounts", path = "/api/v1/accounts", tag = "Account", responses((status = 200, body = [Person])))]
pub(crate) async fn list(State(store): State<Store>) -> Result<Json<Vec<Person>>, Problem> {
    Ok(Json(store.accounts().await?.into_iter().map(Person::from).collect()))
}

/// Let somebody in.
#[utoipa::path(post, operation_id = "make_account", path = "/api/v1/accounts", tag = "Account", request_body = NewPerson, responses(
    (status = 201, body = Person),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn make(
    State(accounts): State<Arc<Accounts>>,
    JsonText(text): JsonText,
) -> Result<(StatusCode, Json<Person>), Problem> {
    let NewPerson { name, password, role } = read_json(&text)?;
    let role = role.map_or(Ok(Role::Athlete), |role| known_role(&role))?;
    let account = accounts.sign_up(&name, &password, role).await?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// Say what somebody may do.
#[utoipa::path(patch, operation_id = "set_role", path = "/api/v1/accounts/{id}", tag = "Account", request_body = NewRole,
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn set_role(
    State(accounts): State<Arc<Accounts>>,
    State(store): State<Store>,
    Path(id): Path<String>,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let id = account(&store, &id).await?;
    let role = known_role(&read_json::<NewRole>(&text)?.role)?;
    if id == accounts.home() && role != Role::Admin {
        return Err(Problem::invalid("role", "whoever runs the server stays its admin"));
    }
    store.set_role(id, role.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete somebody's account and everything of it, for good.
#[utoipa::path(delete, operation_id = "delete_account", path = "/api/v1/accounts/{id}", tag = "Account",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(accounts): State<Arc<Accounts>>,
    State(store): State<Store>,
    State(athletes): State<Arc<Athletes>>,
    State(hub): State<Arc<Hub>>,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = account(&store, &id).await?;
    if id == member.account || id == accounts.home() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "one’s own account is deleted at /api/v1/me",
        )
        .remedy("Use the settings of that account."));
    }
    Arc::clone(&accounts).delete(id).await?;
    athletes.forget(id);
    hub.forget(id);
    Ok(StatusCode::NO_CONTENT)
}

async fn account(store: &Store, id: &str) -> Result<Uuid, Problem> {
    let unknown =
        || Problem::not_found("there is no such account").remedy("List the accounts again.");
    let id = Uuid::try_parse(id).map_err(|_not_one| unknown())?;
    store.account(id).await?.map(|account| account.id).ok_or_else(unknown)
}

fn known_role(text: &str) -> Result<Role, Problem> {
    let role = Role::ALL.into_iter().find(|role| role.as_str() == text);
    role.ok_or_else(|| {
        Problem::invalid("role", format!("there is no role `{}`", shown(text)))
            .remedy("Give `athlete`, `trainer`, `operator` or `admin`.")
    })
}
