//! `/api/v1/references`: what technique is compared with, besides each exercise's own.

use std::sync::Arc;

use axum::Json as JsonAnswer;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use catalog::Catalog;
use serde::Deserialize;
use serde::de::IgnoredAny;
use wire::analyze::Request as Recording;
use wire::reference::ReferenceTemplate;

use crate::body::read_json;
use crate::problem::{Problem, shown};
use crate::recordings::Turns;
use crate::references::References;
use crate::secret;
use crate::who::Who;

/// Every reference that you gave, the last one at the end.
#[utoipa::path(get, operation_id = "list_references", path = "/api/v1/references", tag = "References", responses((status = 200, body = [ReferenceTemplate])))]
pub(crate) async fn list(
    State(references): State<Arc<References>>,
    Who(member): Who,
) -> Result<JsonAnswer<Vec<ReferenceTemplate>>, Problem> {
    Ok(JsonAnswer(references.of(member.account).await?.all()))
}

/// One reference.
#[utoipa::path(get, operation_id = "get_reference", path = "/api/v1/references/{id}", tag = "References",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, body = ReferenceTemplate),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn get(
    State(references): State<Arc<References>>,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<JsonAnswer<ReferenceTemplate>, Problem> {
    match references.of(member.account).await?.get(&id) {
        Some(template) => Ok(JsonAnswer(template.clone())),
        None => Err(Problem::not_found(format!("there is no reference `{}`", shown(&id)))
            .remedy("GET /api/v1/references lists those there are.")),
    }
}

/// Give a reference, or change the one with the same id: a `ReferenceTemplate`, or a recording of three to five good
/// repetitions `{"exercise_id": "squat", "name": "mine", "frames": [{"ts_ms": 33, "keypoints": {…}}, …]}`, optionally
/// with `id`, `width` and `height`. The last one given for an exercise is what sets of it are compared with.
#[utoipa::path(post, operation_id = "put_reference", path = "/api/v1/references", tag = "References", request_body = ReferenceTemplate,
    responses(
        (status = 200, description = "Changed", body = ReferenceTemplate),
        (status = 201, description = "Made", body = ReferenceTemplate),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn post(
    State(references): State<Arc<References>>,
    State(catalog): State<Arc<Catalog>>,
    State(turns): State<Turns>,
    Who(member): Who,
    request: Request,
) -> Result<(StatusCode, JsonAnswer<ReferenceTemplate>), Problem> {
    let template = turns.work(request, move |text| read(text, &catalog)).await?;
    let replaced = references.put(member.account, &template).await?;
    let status = if replaced { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, JsonAnswer(template)))
}

/// A template as it was sent, or one made of a recording.
fn read(text: &str, catalog: &Catalog) -> Result<ReferenceTemplate, Problem> {
    #[derive(Deserialize)]
    struct Kind {
        id: Option<String>,
        frames: Option<IgnoredAny>,
    }
    let kind: Kind = read_json(text)?;
    if kind.frames.is_none() {
        return read_json(text);
    }
    let recording = Recording::read(text, catalog)?;
    let id = match kind.id {
        Some(id) => id,
        None => format!(
            "recorded-{}",
            secret::random::<6>().map_err(|error| Problem::internal(&error))?
        ),
    };
    Ok(recording.record(&id)?)
}
