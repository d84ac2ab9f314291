//! `/api/v1/state` and `/api/v1/profile`: what is known of whoever asks, and what they tell.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog::Catalog;
use training::athlete::Command;
use wire::state::{Profile, State as AthleteState, told};

use crate::athletes::{Asking, Athletes, json};
use crate::body::JsonText;
use crate::etag::version_of;
use crate::problem::Problem;
use crate::who::{Local, Who};

/// What is known of whoever asks.
#[utoipa::path(get, operation_id = "get_state", path = "/api/v1/state", tag = "Athlete",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer")),
    responses(
    (status = 200, body = AthleteState),
    (status = 304, description = "As `If-None-Match` has it already"),
))]
pub(crate) async fn state(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let etag = athletes.etag(member.account, athletes.version(member.account).await?);
    if etag.is_known(&headers) {
        return Ok(etag.not_modified());
    }
    let known = athletes.known(member.account).await?;
    let body = json(&told(&known.state, known.version, &catalog))?;
    Ok(athletes.etag(member.account, known.version).answer(StatusCode::OK, body))
}

/// Tell, or tell anew, what plans are made from. `If-Match` with the state's `ETag` refuses it if something else changed.
#[utoipa::path(put, operation_id = "put_profile", path = "/api/v1/profile", tag = "Athlete", request_body = Profile,
    params(("If-Match" = Option<String>, Header, description = "The state's `ETag`: refused where something has changed since")),
    responses(
    (status = 200, body = AthleteState),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put_profile(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    local: Local,
    headers: HeaderMap,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let profile = training::athlete::Profile::from(Profile::read(&text)?);
    if let Some(unknown) = profile.avoid.iter().find(|id| catalog.entry(id.as_str()).is_err()) {
        return Err(Problem::invalid(
            "avoid",
            format!("there is no exercise `{}`", unknown.as_str()),
        ));
    }
    let if_version = version_of(&headers, member.account)?;
    let asking = Asking { member: &member, local: &local, once: None, if_version };
    let command = |_: &_| Ok(vec![Command::GiveProfile(profile.clone())]);
    let answer = |known: &crate::athletes::Known| {
        Ok((StatusCode::OK, json(&told(&known.state, known.version, &catalog))?))
    };
    let done = athletes.act(&asking, command, answer).await?;
    Ok(athletes.etag(member.account, done.version).answer(done.status, done.body))
}
