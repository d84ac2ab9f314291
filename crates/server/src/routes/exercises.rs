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
use units::Language;
use utoipa::IntoParams;
use wire::exercises::{ExerciseEntry, entry, list};
use wire::figures::{Drawing, Picture, exercise_figure};

use super::docs::Fixed;
use crate::language::{Asked, Lang};
use crate::problem::Problem;

/// The library as it is answered, in each language, made once.
#[derive(Debug)]
pub(crate) struct Library(BTreeMap<Language, Shelf>);

#[derive(Debug)]
struct Shelf {
    all: Fixed,
    each: BTreeMap<String, Fixed>,
}

impl Library {
    pub(crate) fn new(catalog: &Catalog) -> Result<Self, serde_json::Error> {
        let told = |language| Ok((language, Shelf::new(&catalog.in_language(language))?));
        Language::ALL.into_iter().map(told).collect::<Result<_, _>>().map(Self)
    }

    fn shelf(&self, language: Language) -> Result<&Shelf, Problem> {
        let missing = || Problem::internal(&"a language is not in the library");
        self.0.get(&language).ok_or_else(missing)
    }
}

impl Shelf {
    fn new(catalog: &Catalog) -> Result<Self, serde_json::Error> {
        let json = |text: Vec<u8>| Fixed::new("application/json", text);
        let each = catalog.library().iter().map(|told| {
            Ok((told.id.to_string(), json(serde_json::to_vec(&entry(catalog, told))?)))
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
pub(crate) struct FigureQuery {
    /// `side` or `front`.
    #[serde(default = "side")]
    view: String,
    /// `1` to let it move.
    #[serde(default)]
    animated: String,
    /// Number of a step picture, from 1; an exercise's `pictures` say what there is.
    step: Option<usize>,
    /// `light` or `dark`; or `any`: light, and dark where the address ends in `#dark`.
    #[serde(default = "light")]
    theme: String,
}

fn side() -> String {
    "side".to_owned()
}

fn light() -> String {
    "light".to_owned()
}

/// Every exercise of the library, with how to do it. `camera_judged` tells which the camera can count and judge.
#[utoipa::path(get, operation_id = "list_exercises", path = "/api/v1/exercises", tag = "Exercises", params(Lang),
    responses(
        (status = 200, body = [ExerciseEntry<'static>]),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn all(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Ok(asked.mark(library.shelf(asked.0)?.all.answer(&headers)))
}

/// One exercise.
#[utoipa::path(get, operation_id = "get_exercise", path = "/api/v1/exercises/{id}", tag = "Exercises",
    params(("id" = String, Path, description = "Id or alias"), Lang),
    responses(
        (status = 200, body = ExerciseEntry<'static>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn one(
    State(library): State<Arc<Library>>,
    State(catalog): State<Arc<Catalog>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let told = catalog.entry(&id).map_err(|unknown| Problem::not_found(unknown.to_string()))?;
    let fixed = library.shelf(asked.0)?.each.get(told.id.as_str());
    let fixed = fixed.ok_or_else(|| Problem::internal(&"an exercise is not in the library"))?;
    Ok(asked.mark(fixed.answer(&headers)))
}

/// How an exercise looks when done well, as SVG.
#[utoipa::path(get, operation_id = "draw_exercise", path = "/api/v1/exercises/{id}/figure.svg", tag = "Exercises",
    params(("id" = String, Path, description = "Id or alias"), FigureQuery, Lang),
    responses(
        (status = 200, body = String, content_type = "image/svg+xml"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn figure(
    State(catalog): State<Arc<Catalog>>,
    Path(id): Path<String>,
    Query(drawing): Query<FigureQuery>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let catalog = catalog.in_language(asked.0);
    let told = catalog.entry(&id).map_err(|unknown| Problem::not_found(unknown.to_string()))?;
    let picture = match (drawing.animated.as_str(), drawing.step) {
        ("" | "0" | "false", None) => Picture::Still,
        ("1" | "true", None) => Picture::Moving,
        ("" | "0" | "false", Some(number)) => Picture::Step(number),
        ("1" | "true", Some(_)) => {
            return Err(Problem::invalid("animated", "a step picture stands still"));
        }
        _ => return Err(Problem::invalid("animated", "it must be `1` or `0`")),
    };
    let svg =
        exercise_figure(told, Drawing { view: &drawing.view, theme: &drawing.theme, picture })?;
    Ok(asked.mark(Fixed::new("image/svg+xml", svg).answer(&headers)))
}
