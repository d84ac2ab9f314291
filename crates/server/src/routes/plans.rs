//! `/api/v1/plans` and `/api/v1/weekly-plan`: making a plan, reading it in several forms, changing it.

#![expect(
    unused_qualifications,
    reason = "utoipa's macro repeats a parameter's type with its path"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use catalog::Catalog;
use coach::draft::Ask;
use jiff::civil::Date;
use serde::Deserialize;
use training::athlete::{self, AskedModel, Command, Followed, NewPlan, Profile};
use training::edit::Place;
use units::ExerciseId;
use utoipa::IntoParams;
use uuid::Uuid;
use wire::plans::{Day, PlanEdit, Swap, UserGoal, WeeklyPlan, WorkoutPlan, swaps, told, weekly};

use crate::athletes::{Asking, Athletes, Done, Known, json, once};
use crate::body::JsonText;
use crate::language::{Asked, Lang};
use crate::model::{Edited, Improver, edited};
use crate::plan_page;
use crate::problem::Problem;
use crate::who::{Asker, Who};

/// Make a plan and follow it from now on: `{"goal": "back_strength", "level": "beginner", "constraints": ["no barbell"]}`.
/// With an `Idempotency-Key` it is made once, however often the request arrives.
#[utoipa::path(post, operation_id = "make_plan", path = "/api/v1/plans", tag = "Plans", request_body = UserGoal,
    params(("Idempotency-Key" = Option<String>, Header, description = "A UUID: however often the request arrives with it, it takes effect once"), ("Time-Zone" = Option<String>, Header, description = "IANA name of the asker's time zone; UTC where it is not given"), Lang), responses(
    (status = 201, body = WorkoutPlan),
    (status = 409, description = "The key was used for another request", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "A field cannot be used, nothing is left to plan, or a professional should be seen first", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn make(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    State(improver): State<Improver>,
    Asker { member, local, asked, headers }: Asker,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let goal = UserGoal::read(&text)?;
    let once = once(&member.account, "POST /plans", &headers, &text)?;
    if let Some(done) = athletes.answered(once.as_ref()).await? {
        return Ok(as_plan(done, &athletes, member.account, asked));
    }
    let catalog = Arc::new(catalog.in_language(asked.0));
    let profile = athletes.known(member.account).await?.state.profile;
    if profile.as_ref().is_some_and(Profile::light_only) {
        return Err(athlete::Refused::SeeAProfessional.into());
    }
    let agreed =
        profile.as_ref().is_some_and(|profile| profile.health_consent) || goal.health_consent;
    let goal = profile.iter().fold(goal, |goal, profile| goal.with(profile));
    let made = {
        let (goal, catalog) = (goal.clone(), Arc::clone(&catalog));
        tokio::task::spawn_blocking(move || goal.plan(&catalog))
            .await
            .map_err(|error| Problem::internal(&error))??
    };
    let id = athletes.clock.new_id().map_err(|error| Problem::internal(&error))?;
    let (intake, wishes) = (made.intake.clone(), made.not_understood.clone());
    let mut plan = made.named(id, &goal, local.date(athletes.clock.now()), agreed);
    if let Some(model) = improver.model.filter(|_| goal.model) {
        let ask = Ask {
            intake: &intake,
            program: &plan.program,
            library: athletes.library(),
            // What the person wrote in their own words may tell of their health.
            wishes: if agreed { &wishes } else { &[] },
            language: catalog.language(),
        };
        let day = llm::Day::of((athletes.clock.0)());
        let adapted = edited(&model, &ask, day, improver.deadline).await;
        adapt(&mut plan, adapted);
    }
    let asking = Asking { member: &member, local: &local, once, if_version: None };
    let command = |_: &Known| Ok(vec![Command::FollowPlan(Box::new(plan.clone()))]);
    let done = athletes
        .act(&asking, command, |known| {
            answer(known, &catalog, &member.account.to_string(), StatusCode::CREATED)
        })
        .await?;
    Ok(as_plan(done, &athletes, member.account, asked))
}

/// Takes over what came of asking a model.
fn adapt(plan: &mut NewPlan, adapted: Edited) {
    let Edited { program, remarks, source, record } = adapted;
    let faults = record.faults.iter().map(|fault| format!("{} at {}", fault.rule, fault.at));
    plan.asked = Some(AskedModel {
        model: record.model,
        prompt_sha256: record.prompt_hash,
        schema_rev: record.schema_rev,
        attempts: record.attempts,
        faults: faults.collect(),
        tokens: record.usage.total(),
        outcome: record.outcome.as_str().to_owned(),
    });
    (plan.program, plan.remarks, plan.source) = (program, remarks, source);
}

/// A plan, followed still or not.
#[utoipa::path(get, operation_id = "get_plan", path = "/api/v1/plans/{id}", tag = "Plans",
    params(("id" = String, Path, description = "Its id"), ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), Lang),
    responses(
        (status = 200, body = WorkoutPlan),
        (status = 304, description = "As `If-None-Match` has it already"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn get(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, asked, headers, .. }: Asker,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (plan, version) = find(&athletes, member.account, &id).await?;
    let etag = athletes.etag(member.account, version).and(asked.0.code());
    if etag.is_known(&headers) {
        return Ok(asked.mark(etag.not_modified()));
    }
    let body = json(&told(&plan, &catalog.in_language(asked.0), &member.account.to_string()))?;
    Ok(asked.mark(etag.answer(StatusCode::OK, body)))
}

/// A plan as Markdown.
#[utoipa::path(get, operation_id = "get_plan_as_markdown", path = "/api/v1/plans/{id}/plan.md", tag = "Plans",
    params(("id" = String, Path, description = "Its id"), Lang),
    responses(
        (status = 200, body = String, content_type = "text/markdown"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn markdown(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (plan, version) = find(&athletes, member.account, &id).await?;
    let plan = told(&plan, &catalog.in_language(asked.0), &member.account.to_string());
    let text = plan_page::markdown(&plan, asked.0);
    let file = [
        (CONTENT_TYPE, "text/markdown; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"plan.md\""),
    ];
    let etag = athletes.etag(member.account, version).and(asked.0.code());
    Ok(asked.mark(etag.mark((file, text).into_response())))
}

/// A plan for a calendar (iCalendar, RFC 5545): a day-long entry for each workout.
#[utoipa::path(get, operation_id = "get_plan_as_calendar", path = "/api/v1/plans/{id}/plan.ics", tag = "Plans",
    params(("id" = String, Path, description = "Its id"), Lang),
    responses(
        (status = 200, body = String, content_type = "text/calendar"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn calendar(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (plan, version) = find(&athletes, member.account, &id).await?;
    let text = plan_page::calendar(&plan, &catalog.in_language(asked.0), athletes.clock.now());
    let file = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"plan.ics\""),
    ];
    let etag = athletes.etag(member.account, version).and(asked.0.code());
    Ok(asked.mark(etag.mark((file, text).into_response())))
}

/// Change the plan that is followed: `{"op": "swap", "day": "Mon", "exercise": "squat", "to": "goblet_squat"}`. It holds for every
/// week. What would not be safe is refused; what makes the plan less good stands in `warnings`.
#[utoipa::path(post, operation_id = "edit_plan", path = "/api/v1/plans/{id}/edits", tag = "Plans", request_body = PlanEdit,
    params(("id" = String, Path, description = "Its id"), ("Idempotency-Key" = Option<String>, Header, description = "A UUID: however often the request arrives with it, it takes effect once"), Lang),
    responses(
        (status = 200, body = WorkoutPlan),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is nothing to take back, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn edit(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, local, asked, headers }: Asker,
    Path(id): Path<String>,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let plan = plan_id(&id)?;
    let edit = PlanEdit::read(&text)?.edit()?;
    let route = format!("POST /plans/{plan}/edits");
    let once = once(&member.account, &route, &headers, &text)?;
    let catalog = catalog.in_language(asked.0);
    let asking = Asking { member: &member, local: &local, once, if_version: None };
    let command = |_: &Known| {
        Ok(vec![match edit.clone() {
            Some(edit) => Command::EditPlan { plan, edit },
            None => Command::UndoEdit { plan },
        }])
    };
    let done = athletes
        .act(&asking, command, |known| {
            answer(known, &catalog, &member.account.to_string(), StatusCode::OK)
        })
        .await?;
    Ok(as_plan(done, &athletes, member.account, asked))
}

/// Where something is to be exchanged.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Exchange {
    /// `Mon` to `Sun`.
    #[param(value_type = String)]
    day: Day,
    /// What is done there.
    #[param(value_type = String)]
    exercise: ExerciseId,
}

/// What could be done instead of an exercise of the plan, best first.
#[utoipa::path(get, operation_id = "list_swaps", path = "/api/v1/plans/{id}/swaps", tag = "Plans",
    params(("id" = String, Path, description = "The plan's id"), Exchange, Lang),
    responses(
        (status = 200, body = [Swap]),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn list_swaps(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Who(member): Who,
    Path(id): Path<String>,
    Query(Exchange { day, exercise }): Query<Exchange>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (plan, _version) = find(&athletes, member.account, &id).await?;
    let place = Place { day: day.into(), exercise };
    let catalog = catalog.in_language(asked.0);
    let found = tokio::task::spawn_blocking(move || swaps(&plan, &place, &catalog))
        .await
        .map_err(|error| Problem::internal(&error))?
        .map_err(athlete::Refused::Edit)?;
    Ok(asked.mark(Json(found)))
}

/// Which week is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Weekly {
    /// A day of that week, on the asker's calendar: `2026-11-21`; today where it is not given.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    date: Option<Date>,
}

/// The week of the plan that is followed, with dates.
#[utoipa::path(get, operation_id = "get_weekly_plan", path = "/api/v1/weekly-plan", tag = "Plans",
    params(Weekly, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), ("Time-Zone" = Option<String>, Header, description = "IANA name of the asker's time zone; UTC where it is not given"), Lang), responses(
    (status = 200, body = WeeklyPlan),
    (status = 304, description = "As `If-None-Match` has it already"),
    (status = 404, description = "There is no plan", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn week(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, local, asked, headers }: Asker,
    Query(Weekly { date }): Query<Weekly>,
) -> Result<Response, Problem> {
    let date = date.unwrap_or_else(|| local.date(athletes.clock.now()));
    let monday = athlete::monday_of(date).to_string();
    let tagged =
        |version: u64| athletes.etag(member.account, version).and(&monday).and(asked.0.code());
    let etag = tagged(athletes.version(member.account).await?);
    if etag.is_known(&headers) {
        return Ok(asked.mark(etag.not_modified()));
    }
    let known = athletes.known(member.account).await?;
    if known.state.light_only() {
        return Err(athlete::Refused::SeeAProfessional.into());
    }
    let Some(plan) = known.state.fitting() else { return Err(no_plan()) };
    let body = json(&weekly(&plan, date, &catalog.in_language(asked.0)))?;
    Ok(asked.mark(tagged(known.version).answer(StatusCode::OK, body)))
}

fn no_plan() -> Problem {
    Problem::not_found("there is no plan yet").remedy("Make one: POST /api/v1/plans.")
}

fn plan_id(id: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(id).map_err(|_not_one| unknown_plan())
}

/// Somebody else's plan is as unknown as one that never was.
fn unknown_plan() -> Problem {
    Problem::not_found("there is no such plan").remedy("The state names the plan that is followed.")
}

async fn find(athletes: &Athletes, account: Uuid, id: &str) -> Result<(Followed, u64), Problem> {
    athletes.plan(account, plan_id(id)?).await?.ok_or_else(unknown_plan)
}

fn answer(
    known: &Known,
    catalog: &Catalog,
    user_id: &str,
    status: StatusCode,
) -> Result<(StatusCode, Vec<u8>), Problem> {
    let plan = known.state.fitting().ok_or_else(no_plan)?;
    Ok((status, json(&told(&plan, catalog, user_id))?))
}

fn as_plan(done: Done, athletes: &Athletes, account: Uuid, asked: Asked) -> Response {
    let etag = athletes.etag(account, done.version).and(asked.0.code());
    asked.mark(etag.answer(done.status, done.body))
}
