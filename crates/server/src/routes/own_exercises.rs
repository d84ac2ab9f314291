//! `/api/v1/own-exercises`: exercises that the library does not have, and their pictures.
//!
//! A picture is drawn by a model only where one is set up and somebody asks for it; until then, and whenever that fails, the
//! figure of the exercise that it is like stands in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use catalog::Catalog;
use llm::Day;
use serde::{Deserialize, Serialize};
use store::{Document, Store};
use training::athlete::{Command, OwnExercise};
use units::ExerciseId;
use utoipa::ToSchema;
use wire::figures::{Drawing, Picture, exercise_figure};

use crate::athletes::{Asking, Athletes, Known, json};
use crate::body::{JsonText, read_json};
use crate::model::Improver;
use crate::pictures::{self, KIND, MOST};
use crate::problem::Problem;
use crate::who::{Asker, Who};

/// An exercise of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnExerciseTold {
    /// Its name in the log; begins with `custom_`.
    id: String,
    /// Its name for people.
    name: String,
    /// The exercise of the library that it is like.
    like: Option<String>,
    /// Where its picture is; null where there is none.
    picture_url: Option<String>,
    /// Whether a model drew that picture.
    drawn: bool,
}

/// What to call it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Naming {
    /// 1..=80 characters.
    name: String,
    /// The exercise of the library that it is like: its figure stands in for a picture.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    like: Option<ExerciseId>,
}

/// Where a picture comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Drawn {
    /// `model`, or `figure` where the model drew nothing.
    source: &'static str,
    /// Why the model drew nothing.
    why: Option<String>,
}

/// Exercises of one's own.
#[utoipa::path(get, operation_id = "list_own_exercises", path = "/api/v1/own-exercises", tag = "Exercises",
    responses((status = 200, body = [OwnExerciseTold])))]
pub(crate) async fn list(
    State(athletes): State<Arc<Athletes>>,
    State(store): State<Store>,
    Who(member): Who,
) -> Result<Response, Problem> {
    let known = athletes.known(member.account).await?;
    let drawn = store.documents(member.account, KIND).await?;
    let told = known.state.own.values().map(|own| {
        let drawn = drawn.iter().any(|document| document.id == own.id.as_str());
        let url = format!("/api/v1/own-exercises/{}/picture", own.id.as_str());
        OwnExerciseTold {
            id: own.id.to_string(),
            name: own.name.clone(),
            like: own.like.as_ref().map(ToString::to_string),
            picture_url: (drawn || own.like.is_some()).then_some(url),
            drawn,
        }
    });
    let told: Vec<OwnExerciseTold> = told.collect();
    Ok(([(CACHE_CONTROL, "private, no-cache")], Json(told)).into_response())
}

/// Make an exercise of one's own, or call it something else. Its id begins with `custom_`.
#[utoipa::path(put, operation_id = "name_own_exercise", path = "/api/v1/own-exercises/{id}", tag = "Exercises", request_body = Naming,
    params(("id" = String, Path, description = "Its id")), responses(
    (status = 204, description = "It is kept"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, local, .. }: Asker,
    Path(id): Path<String>,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let Naming { name, like } = read_json(&text)?;
    let own = OwnExercise { id: own_id(&id)?, name: name.trim().to_owned(), like };
    let asking = Asking { member: &member, local: &local, once: None, if_version: None };
    let commands = |_: &Known| Ok(vec![Command::NameExercise(own.clone())]);
    athletes.act(&asking, commands, |_| Ok((StatusCode::NO_CONTENT, Vec::new()))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The picture of an exercise of one's own: what a model drew, else the figure of what it is like.
#[utoipa::path(get, operation_id = "get_own_picture", path = "/api/v1/own-exercises/{id}/picture", tag = "Exercises",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, body = Vec<u8>, content_type = "image/*"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn picture(
    State(athletes): State<Arc<Athletes>>,
    State(store): State<Store>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let own = found(&athletes.known(member.account).await?, &id)?;
    let drawn = store.document(member.account, KIND, own.id.as_str()).await?;
    let cache = (CACHE_CONTROL, "private, no-cache".to_owned());
    if let Some(document) = drawn {
        let (media_type, bytes) = pictures::read(&document.body)?;
        return Ok(([(CONTENT_TYPE, media_type.to_owned()), cache], bytes).into_response());
    }
    let none = || {
        Problem::not_found("there is no picture of it")
            .remedy("Say which exercise of the library it is like; its figure stands in then.")
    };
    let like = own.like.ok_or_else(none)?;
    let entry = catalog.entry(like.as_str()).map_err(|_gone| none())?;
    let drawing = Drawing { view: "side", theme: "light", picture: Picture::Still };
    let svg = exercise_figure(entry, drawing)?;
    Ok(([(CONTENT_TYPE, "image/svg+xml".to_owned()), cache], svg).into_response())
}

/// Have a model draw the exercise. Where there is none, or it fails, the figure of what it is like goes on standing in.
#[utoipa::path(post, operation_id = "draw_own_exercise", path = "/api/v1/own-exercises/{id}/picture", tag = "Exercises",
    params(("id" = String, Path, description = "Its id")), responses(
    (status = 200, body = Drawn),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "There are too many pictures", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn draw(
    State(athletes): State<Arc<Athletes>>,
    State(store): State<Store>,
    State(catalog): State<Arc<Catalog>>,
    State(improver): State<Improver>,
    Who(member): Who,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let own = found(&athletes.known(member.account).await?, &id)?;
    let known = store.documents(member.account, KIND).await?;
    if known.len() >= MOST && !known.iter().any(|document| document.id == own.id.as_str()) {
        let detail = format!("there are {MOST} drawn pictures already");
        return Err(Problem::new(StatusCode::CONFLICT, detail)
            .remedy("Use the figure of an exercise that it is like."));
    }
    let like = own.like.as_ref().and_then(|like| catalog.entry(like.as_str()).ok());
    let like = like.map(AsRef::as_ref);
    let prompt = pictures::prompt(&own.name, like);
    let asked = match improver.model.filter(|model| model.draws()) {
        Some(model) => {
            let day = Day::of((athletes.clock.0)());
            // Before the request itself is given up: the figure is an answer, too.
            let drawn = tokio::time::timeout(improver.deadline, model.image(&prompt, day)).await;
            drawn
                .map_err(|_late| "the model took too long".to_owned())
                .and_then(|drawn| drawn.map_err(|error| error.to_string()))
        }
        None => Err("no model that draws is set up".to_owned()),
    };
    let kept = asked.and_then(|image| {
        pictures::kept(&image).ok_or_else(|| "the picture is too large to keep".to_owned())
    });
    metrics::counter!("spotter_pictures_total", "outcome" => if kept.is_ok() { "drawn" } else { "figure" })
        .increment(1);
    let told = match kept {
        Ok(body) => {
            let changed_at_ms = athletes.clock.now_ms();
            let document = Document { id: own.id.to_string(), body, changed_at_ms };
            let mut unit = store.begin().await?;
            unit.put_document(member.account, KIND, &document).await?;
            unit.commit().await?;
            Drawn { source: "model", why: None }
        }
        Err(why) => Drawn { source: "figure", why: Some(why) },
    };
    Ok(([(CONTENT_TYPE, "application/json")], json(&told)?).into_response())
}

fn found(known: &Known, id: &str) -> Result<OwnExercise, Problem> {
    let own = own_id(id).ok().and_then(|id| known.state.own.get(&id));
    own.cloned().ok_or_else(|| {
        Problem::not_found("there is no such exercise of your own")
            .remedy("Make one: PUT /api/v1/own-exercises/{id}.")
    })
}

fn own_id(id: &str) -> Result<ExerciseId, Problem> {
    ExerciseId::try_from(id.to_owned()).map_err(|error| Problem::invalid("id", error.to_string()))
}
