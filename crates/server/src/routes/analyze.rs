//! `POST /api/v1/analyze`: a whole set in one request.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use wire::analyze::{Answer, Request as Recording};

use crate::problem::{Problem, shown};
use crate::recordings::Turns;
use crate::references::References;

/// Judge a recorded set: `{"frames": [{"ts_ms": 33, "keypoints": {…}}, …], "exercise_id": "squat"}`, optionally with
/// `width`, `height`, `standard`, `height_cm` and `reference_id`. Frames are those of the live protocol. Technique is
/// compared with the named reference, else with the one given last for the exercise, else with the exercise's own.
#[utoipa::path(post, path = "/api/v1/analyze", tag = "Sets",
    request_body(content = Object, description = "The set", content_type = "application/json"),
    responses(
        (status = 200, description = "The report", body = Answer),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn post(
    State(references): State<Arc<References>>,
    State(turns): State<Turns>,
    request: Request,
) -> Result<Json<Answer>, Problem> {
    let catalog = references.catalog();
    let judge = move |text: &str| {
        let started = std::time::Instant::now();
        let recording = Recording::read(text, &catalog)?;
        let reference = match (&recording.reference_id, recording.exercise()) {
            (Some(id), exercise) => {
                let unknown = || {
                    let detail = format!("there is no reference `{}`", shown(id));
                    Problem::invalid("reference_id", detail)
                        .remedy("GET /api/v1/references lists those there are.")
                };
                let kept = references.get(id).ok_or_else(unknown)?;
                let own = catalog.get(&kept.template.exercise_id).ok();
                if exercise.is_none_or(|exercise| own.is_none_or(|own| own.id != exercise.id)) {
                    let detail = format!("it is for `{}`", kept.template.exercise_id);
                    return Err(Problem::invalid("reference_id", detail)
                        .remedy("Name that exercise in `exercise_id`, or another reference."));
                }
                own.map(|own| kept.template.reference(own)).transpose()?
            }
            (None, _) => None,
        };
        let answer = recording.answer(&catalog, reference.as_ref());
        metrics::histogram!("spotter_analysis_seconds").record(started.elapsed().as_secs_f64());
        Ok(answer)
    };
    turns.work(request, judge).await.map(Json)
}
