//! `/api/v1/check-ins`, `/api/v1/pain-reports` and `/api/v1/loading`: how somebody feels, what hurts, what they lift with.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use training::athlete::Command;
use uuid::Uuid;
use wire::sessions::{LoadingTold, NewCheckIn, NewPainReport};

use crate::athletes::{Asking, Athletes, Known, json, once};
use crate::body::JsonText;
use crate::problem::Problem;
use crate::who::Asker;

/// Say how you feel today; a later answer of the same day takes its place. Kept only with consent to health data.
#[utoipa::path(post, operation_id = "check_in", path = "/api/v1/check-ins", tag = "Sessions", request_body = NewCheckIn,
    params(("Idempotency-Key" = Option<String>, Header, description = "A UUID: however often the request arrives with it, it takes effect once")), responses(
    (status = 204, description = "It is kept"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn check_in(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let told = NewCheckIn::read(&text)?;
    act(&athletes, &asker, "POST /check-ins", &text, || Command::CheckIn(told)).await
}

/// Say what hurts. It stops progression of what brings it on. Kept only with consent to health data.
#[utoipa::path(post, operation_id = "report_pain", path = "/api/v1/pain-reports", tag = "Sessions", request_body = NewPainReport,
    params(("Idempotency-Key" = Option<String>, Header, description = "A UUID: however often the request arrives with it, it takes effect once")), responses(
    (status = 204, description = "It is kept"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn report_pain(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let told = NewPainReport::read(&text)?;
    act(&athletes, &asker, "POST /pain-reports", &text, || Command::ReportPain(told.clone())).await
}

/// Take a pain back that was told by mistake. What it stopped goes on.
#[utoipa::path(delete, operation_id = "withdraw_pain", path = "/api/v1/pain-reports/{id}", tag = "Sessions",
    params(("id" = String, Path, description = "Its id"), ("Idempotency-Key" = Option<String>, Header, description = "A UUID: however often the request arrives with it, it takes effect once")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn withdraw_pain(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let report =
        Uuid::try_parse(&id).map_err(|_not_one| Problem::not_found("no such pain is known"))?;
    let route = format!("DELETE /pain-reports/{report}");
    act(&athletes, &asker, &route, "", || Command::WithdrawPain { report }).await
}

/// What there is to lift: the unit, bars, plates, dumbbells and the step of machines.
#[utoipa::path(get, operation_id = "get_loading", path = "/api/v1/loading", tag = "Sessions",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer")),
    responses(
        (status = 200, body = LoadingTold),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn loading(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, headers, .. }: Asker,
) -> Result<Response, Problem> {
    athletes
        .tell(member.account, &headers, "loading", |known| {
            json(&LoadingTold::from(&known.state.loading))
        })
        .await
}

/// Say what there is to lift. Targets are rounded to it.
#[utoipa::path(put, operation_id = "put_loading", path = "/api/v1/loading", tag = "Sessions", request_body = LoadingTold, responses(
    (status = 204, description = "It is kept"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put_loading(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
    JsonText(text): JsonText,
) -> Result<StatusCode, Problem> {
    let told = LoadingTold::read(&text)?;
    act(&athletes, &asker, "PUT /loading", &text, || Command::ChooseLoading(told.clone())).await
}

async fn act(
    athletes: &Athletes,
    asker: &Asker,
    route: &str,
    text: &str,
    command: impl Fn() -> Command + Send + Sync,
) -> Result<StatusCode, Problem> {
    let Asker { member, local, headers, .. } = asker;
    let once = once(&member.account, route, headers, text)?;
    let asking = Asking { member, local, once, if_version: None };
    let done = |_: &Known| Ok((StatusCode::NO_CONTENT, Vec::new()));
    athletes.act(&asking, |_| Ok(vec![command()]), done).await?;
    Ok(StatusCode::NO_CONTENT)
}
