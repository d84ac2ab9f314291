//! `/api/v1/progress/summary` and `/api/v1/review/weekly`: how somebody gets on, and an easier time where they want one.

#![expect(
    unused_qualifications,
    reason = "utoipa's macro repeats a parameter's type with its path"
)]

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::Catalog;
use jiff::civil::Date;
use serde::Deserialize;
use training::athlete::{Command, Deload, DeloadWhy, monday_of};
use utoipa::IntoParams;
use wire::progress::{ProgressSummary, WeeklyReviewTold, review_told, summary};

use crate::athletes::{Asking, Athletes, json};
use crate::language::Lang;
use crate::problem::Problem;
use crate::who::Asker;

/// Freshness changes by the hour, and no faster.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// How whoever asks gets on: readiness, load, weeks, each exercise's course, records and the calendar of a year.
#[utoipa::path(get, operation_id = "get_progress", path = "/api/v1/progress/summary", tag = "Progress",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), ("Time-Zone" = Option<String>, Header, description = "IANA name of the asker's time zone; UTC where it is not given"), Lang),
    responses(
        (status = 200, body = ProgressSummary),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn get_summary(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, local, asked, headers }: Asker,
) -> Result<Response, Problem> {
    let today = local.date(athletes.clock.now());
    let now_ms = athletes.clock.now_ms() / HOUR_MS * HOUR_MS;
    let part = format!("{today}.{now_ms}.{}", asked.0.code());
    let (catalog, library) = (catalog.in_language(asked.0), athletes.library());
    let told = athletes
        .tell(member.account, &headers, &part, |known| {
            json(&summary(&known.state, &catalog, library, today, now_ms))
        })
        .await?;
    Ok(asked.mark(told))
}

/// Which week is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfWeek {
    /// A day of that week, on the asker's calendar: `2026-11-21`; today where it is not given.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    date: Option<Date>,
}

/// The review of a week: what happened, what it means, what changes next.
#[utoipa::path(get, operation_id = "get_weekly_review", path = "/api/v1/review/weekly", tag = "Progress",
    params(OfWeek, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), ("Time-Zone" = Option<String>, Header, description = "IANA name of the asker's time zone; UTC where it is not given"), Lang),
    responses(
        (status = 200, body = WeeklyReviewTold),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn get_review(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, local, asked, headers }: Asker,
    Query(OfWeek { date }): Query<OfWeek>,
) -> Result<Response, Problem> {
    let today = local.date(athletes.clock.now());
    let week_of = date.unwrap_or(today);
    let part = format!("{}.{today}.{}", monday_of(week_of), asked.0.code());
    let (catalog, library) = (catalog.in_language(asked.0), athletes.library());
    let told = athletes
        .tell(member.account, &headers, &part, |known| {
            json(&review_told(&known.state, &catalog, library, week_of, today))
        })
        .await?;
    Ok(asked.mark(told))
}

/// Train easier for a week from today on, as it is suggested.
#[utoipa::path(post, operation_id = "start_deload", path = "/api/v1/deload", tag = "Progress", responses(
    (status = 204, description = "It runs"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start_deload(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
) -> Result<StatusCode, Problem> {
    let on = asker.local.date(athletes.clock.now());
    let days = training::deload::PRESCRIPTION.n_days;
    act(&athletes, &asker, Command::StartDeload(Deload { on, days, why: DeloadWhy::Suggested }))
        .await
}

/// Do without the easier week that is suggested: there is no other suggestion for three weeks.
#[utoipa::path(post, operation_id = "decline_deload", path = "/api/v1/deload/decline", tag = "Progress", responses(
    (status = 204, description = "It is kept"),
))]
pub(crate) async fn decline_deload(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
) -> Result<StatusCode, Problem> {
    let on = asker.local.date(athletes.clock.now());
    act(&athletes, &asker, Command::DeclineDeload { on }).await
}

/// Train as usual again from today on.
#[utoipa::path(delete, operation_id = "end_deload", path = "/api/v1/deload", tag = "Progress", responses(
    (status = 204, description = "It is over"),
    (status = 409, description = "None runs", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn end_deload(
    State(athletes): State<Arc<Athletes>>,
    asker: Asker,
) -> Result<StatusCode, Problem> {
    let on = asker.local.date(athletes.clock.now());
    act(&athletes, &asker, Command::EndDeload { on }).await
}

async fn act(athletes: &Athletes, asker: &Asker, command: Command) -> Result<StatusCode, Problem> {
    let asking =
        Asking { member: &asker.member, local: &asker.local, once: None, if_version: None };
    let done = |_: &_| Ok((StatusCode::NO_CONTENT, Vec::new()));
    athletes.act(&asking, |_| Ok(vec![command.clone()]), done).await?;
    Ok(StatusCode::NO_CONTENT)
}
