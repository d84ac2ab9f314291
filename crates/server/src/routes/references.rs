//! `/api/v1/references`: what technique is compared with, besides each exercise's own.

use std::sync::Arc;

use axum::Json as JsonAnswer;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use catalog::Catalog;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use wire::analyze::Request as Recording;
use wire::reference::ReferenceTemplate;

use crate::problem::{Problem, shown};
use crate::recordings::Turns;
use crate::references::{References, Refused};
use crate::secret;

/// Every reference that was given, the last one at the end.
#[utoipa::path(get, operation_id = "list_references", path = "/api/v1/references", tag = "References", responses((status = 200, body = [ReferenceTemplate])))]
pub(crate) async fn list(
    State(references): State<Arc<References>>,
) -> JsonAnswer<Vec<ReferenceTemplate>> {
    JsonAnswer(references.all().iter().map(|kept| kept.template.clone()).collect())
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
    Path(id): Path<String>,
) -> Result<JsonAnswer<ReferenceTemplate>, Problem> {
    match references.get(&id) {
        Some(kept) => Ok(JsonAnswer(kept.template.clone())),
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
    request: Request,
) -> Result<(StatusCode, JsonAnswer<ReferenceTemplate>), Problem> {
    let put = move |text: &str| {
        let template = read(text, &catalog)?;
        let status = match references.put(&catalog, template.clone()) {
            Ok(true) => StatusCode::OK,
            Ok(false) => StatusCode::CREATED,
            Err(Refused::Invalid(error)) => return Err(error.into()),
            Err(Refused::Full(most)) => {
                let detail = format!("there are {most} references already");
                return Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, detail));
            }
            Err(Refused::Failed(error)) => return Err(Problem::internal(&error)),
        };
        Ok((status, JsonAnswer(template)))
    };
    turns.work(request, put).await
}

/// A template as it was sent, or one made of a recording.
fn read(text: &str, catalog: &Catalog) -> Result<ReferenceTemplate, Problem> {
    #[derive(Deserialize)]
    struct Kind {
        id: Option<String>,
        frames: Option<IgnoredAny>,
    }
    let kind: Kind = from_json(text)?;
    if kind.frames.is_none() {
        return from_json(text);
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

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    let not_json = |reason: &serde_json::Error| {
        let detail = format!("the body is not JSON: {}", shown(&reason.to_string()));
        Problem::new(StatusCode::BAD_REQUEST, detail)
    };
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner();
        if reason.classify() == Category::Data {
            Problem::invalid(shown(path.trim_start_matches('.')), shown(&reason.to_string()))
        } else {
            not_json(&reason)
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}
