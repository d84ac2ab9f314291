//! `/api/v1/exercises`: the library, its texts and its figures.

#![expect(
    unused_qualifications,
    reason = "utoipa's macro repeats a parameter's type with its path"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use catalog::Catalog;
use serde::Deserialize;
use utoipa::IntoParams;
use wire::exercises::{ExerciseEntry, entry, list};
use wire::figures::exercise_figure;

use super::docs::Fixed;
use crate::problem::Problem;

/// The library as it is answered, made once.
#[derive(Debug)]
pub(crate) struct Library {
    all: Fixed,
    each: BTreeMap<String, Fixed>,
}

impl Library {
    pub(crate) fn new(catalog: &Catalog) -> Result<Self, serde_json::Error> {
        let json = |text: Vec<u8>| Fixed::new("application/json", text);
        let each = catalog.exercises().iter().map(|exercise| {
            Ok((exercise.id.to_string(), json(serde_json::to_vec(&entry(exercise))?)))
        });
        Ok(Self {
            each: each.collect::<Result<_, serde_json::Error>>()?,
            all: json(serde_json::to_vec(&list(catalog))?),
        })
    }
}

/// How to draw an exercise.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Drawing {
    /// `side` or `front`.
    #[serde(default = "side")]
    view: String,
    /// `1` to let it move.
    #[serde(default)]
    animated: String,
    /// `light` or `dark`.
    #[serde(default = "light")]
    theme: String,
}

fn side() -> String {
    "side".to_owned()
}

fn light() -> String {
    "light".to_owned()
}

/// Every exercise that can be judged, with how to do it.
#[utoipa::path(get, path = "/api/v1/exercises", tag = "Exercises",
    responses((status = 200, body = [ExerciseEntry<'static>])))]
pub(crate) async fn all(State(library): State<Arc<Library>>, headers: HeaderMap) -> Response {
    library.all.answer(&headers)
}

/// One exercise.
#[utoipa::path(get, path = "/api/v1/exercises/{id}", tag = "Exercises",
    params(("id" = String, Path, description = "Id or alias")),
    responses(
        (status = 200, body = ExerciseEntry<'static>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn one(
    State(library): State<Arc<Library>>,
    State(catalog): State<Arc<Catalog>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let exercise = catalog.get(&id).map_err(|unknown| Problem::not_found(unknown.to_string()))?;
    let fixed = library.each.get(exercise.id.as_str());
    let fixed = fixed.ok_or_else(|| Problem::internal(&"an exercise is not in the library"))?;
    Ok(fixed.answer(&headers))
}

/// How an exercise looks when done well, as SVG.
#[utoipa::path(get, path = "/api/v1/exercises/{id}/figure.svg", tag = "Exercises",
    params(("id" = String, Path, description = "Id or alias"), Drawing),
    responses(
        (status = 200, body = String, content_type = "image/svg+xml"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn figure(
    State(catalog): State<Arc<Catalog>>,
    Path(id): Path<String>,
    Query(drawing): Query<Drawing>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let exercise = catalog.get(&id).map_err(|unknown| Problem::not_found(unknown.to_string()))?;
    let moves = match drawing.animated.as_str() {
        "" | "0" | "false" => false,
        "1" | "true" => true,
        _ => return Err(Problem::invalid("animated", "it must be `1` or `0`")),
    };
    let svg = exercise_figure(exercise, &drawing.view, &drawing.theme, moves)?;
    Ok(Fixed::new("image/svg+xml", svg).answer(&headers))
}
