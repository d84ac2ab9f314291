//! `POST /api/v1/analyze`: a whole set in one request.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::Response;
use catalog::Exercise;
use wire::analyze::{Answer, Request as Recording};

use crate::language::{Asked, Lang};
use crate::problem::{Problem, shown};
use crate::recordings::Turns;
use crate::references::References;
use crate::who::Who;

/// Judge a recorded set: `{"frames": [{"ts_ms": 33, "keypoints": {…}}, …], "exercise_id": "squat"}`, optionally with
/// `width`, `height`, `standard`, `height_cm`, `language` and `reference_id`. Frames are those of the live protocol. Technique is
/// compared with the named reference, else with the one given last for the exercise, else with the exercise's own.
#[utoipa::path(post, operation_id = "analyze", path = "/api/v1/analyze", tag = "Sets",
    params(Lang),
    request_body(content = Object, description = "The set", content_type = "application/json"),
    responses(
        (status = 200, description = "The report", body = Answer),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn post(
    State(references): State<Arc<References>>,
    State(turns): State<Turns>,
    Who(member): Who,
    asked: Asked,
    request: Request,
) -> Result<Response, Problem> {
    let references = references.of(member.account).await?;
    let catalog = references.catalog().in_language(asked.0);
    let judge = move |text: &str| {
        let started = std::time::Instant::now();
        let recording = Recording::read(text, &catalog)?;
        let reference = match &recording.reference_id {
            Some(id) => {
                let unknown = || {
                    let detail = format!("there is no reference `{}`", shown(id));
                    Problem::invalid("reference_id", detail)
                        .remedy("GET /api/v1/references lists those there are.")
                };
                let kept = references.get(id).ok_or_else(unknown)?;
                let own = catalog.get(&kept.exercise_id).ok();
                let is_own = |exercise: &&Exercise| own.is_some_and(|own| own.id == exercise.id);
                let Some(exercise) = recording.exercise().filter(is_own) else {
                    let detail = format!("it is for `{}`", kept.exercise_id);
                    return Err(Problem::invalid("reference_id", detail)
                        .remedy("Name that exercise in `exercise_id`, or another reference."));
                };
                Some(kept.reference(exercise)?)
            }
            None => None,
        };
        let answer = recording.answer(reference.as_ref());
        metrics::histogram!("spotter_analysis_seconds").record(started.elapsed().as_secs_f64());
        Ok((Asked(recording.language()), answer))
    };
    let (told, answer) = turns.work(request, judge).await?;
    Ok(told.mark(Json(answer)))
}
