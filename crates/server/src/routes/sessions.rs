//! `/api/v1/sessions`: training sessions as they are done, set by set, and what comes next.
//!
//! Ids are made by the device, so that it can log without a network; what arrives twice has one effect.

#![expect(
    unused_qualifications,
    reason = "utoipa's macro repeats a parameter's type with its path"
)]

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::Catalog;
use jiff::civil::Date;
use serde::Deserialize;
use training::athlete::Command;
use training::session::{self, SessionId};
use units::{ExerciseId, Side};
use utoipa::IntoParams;
use uuid::Uuid;
use wire::sessions::{
    Exposures, NewSession, NextSetTold, NextTargets, PerformedSet, RunningSession, SessionChange,
    SessionTold, Sessions, exposures, in_session, in_short, next_targets, session_told,
};

use crate::athletes::{Asking, Athletes, Done, Known, json, needed_key, once};
use crate::body::JsonText;
use crate::language::Lang;
use crate::problem::Problem;
use crate::who::Asker;

/// Sessions in a page, where nobody says, and at most.
const USUAL_PAGE: usize = 30;
const MOST_IN_A_PAGE: usize = 200;
/// Times that an exercise was done, where nobody says, and at most.
const USUAL_EXPOSURES: usize = 10;
const MOST_EXPOSURES: usize = 500;
/// Exercises whose targets are told at once.
const MOST_TARGETS: usize = 60;

/// Begin a session. The device makes its id.
#[utoipa::path(post, operation_id = "start_session", path = "/api/v1/sessions", tag = "Sessions", request_body = NewSession,
    params(("Idempotency-Key" = String, Header, description = "A UUID: however often the request arrives with it, it takes effect once"), Lang), responses(
    (status = 201, body = SessionTold),
    (status = 400, description = "There is no `Idempotency-Key`", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The key was used for another request, or the id for another session", body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let new = NewSession::read(&text)?;
    let begun = new.begun()?;
    let id = begun.id;
    let command = move |_: &Known| Ok(vec![Command::StartSession(begun.clone())]);
    let write =
        Write { route: "POST /sessions".to_owned(), text: &text, status: StatusCode::CREATED };
    act(&athletes, &catalog, &asker, write, id, command).await
}

/// Sessions, newest first.
#[utoipa::path(get, operation_id = "list_sessions", path = "/api/v1/sessions", tag = "Sessions",
    params(Page, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer")),
    responses(
        (status = 200, body = Sessions),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn list(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, headers, .. }: Asker,
    Query(Page { before, limit }): Query<Page>,
) -> Result<Response, Problem> {
    let limit = limit.unwrap_or(USUAL_PAGE).clamp(1, MOST_IN_A_PAGE);
    let part = format!("{}.{limit}", before.map(|day| day.to_string()).unwrap_or_default());
    athletes
        .tell(member.account, &headers, &part, |known| {
            let mut older = known.state.newest_first();
            older.retain(|one| before.is_none_or(|day| one.on < day));
            // Pages end with a day, so that the next one begins with the day before.
            let last = older.get(limit - 1).map(|one| one.on);
            let n = last.map_or(older.len(), |day| older.partition_point(|one| one.on >= day));
            let sessions = older.iter().take(n).map(|one| in_short(one)).collect();
            json(&Sessions { sessions, more: n < older.len() })
        })
        .await
}

/// Which sessions are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Older than this day, `2026-11-21`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    before: Option<Date>,
    /// About so many, 1..=200; 30 where it is not given. A page ends with a whole day.
    #[serde(default)]
    limit: Option<usize>,
}

/// The session that goes on, if one does.
#[utoipa::path(get, operation_id = "get_running_session", path = "/api/v1/sessions/running", tag = "Sessions",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), Lang),
    responses(
        (status = 200, body = RunningSession),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn running(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, headers, asked, .. }: Asker,
) -> Result<Response, Problem> {
    let catalog = catalog.in_language(asked.0);
    let told = athletes
        .tell(member.account, &headers, &format!("running.{}", asked.0.code()), |known| {
            let state = &known.state;
            let running = state.newest_first().into_iter().find(|one| one.ended_at_ms.is_none());
            json(&RunningSession { session: running.map(|one| session_told(one, state, &catalog)) })
        })
        .await?;
    Ok(asked.mark(told))
}

/// A session.
#[utoipa::path(get, operation_id = "get_session", path = "/api/v1/sessions/{id}", tag = "Sessions",
    params(("id" = String, Path, description = "Its id"), ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), Lang),
    responses(
        (status = 200, body = SessionTold),
        (status = 304, description = "As `If-None-Match` has it already"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn get(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    Asker { member, headers, asked, .. }: Asker,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (id, catalog) = (session_id(&id)?, catalog.in_language(asked.0));
    let told = athletes
        .tell(member.account, &headers, asked.0.code(), |known| json(&found(known, id, &catalog)?))
        .await?;
    Ok(asked.mark(told))
}

/// Change what is said of a session. The first `ended_at_ms` completes it and decides what comes next; null lets it go on.
#[utoipa::path(patch, operation_id = "change_session", path = "/api/v1/sessions/{id}", tag = "Sessions", request_body = SessionChange,
    params(("id" = String, Path, description = "Its id"), ("Idempotency-Key" = String, Header, description = "A UUID: however often the request arrives with it, it takes effect once"), Lang), responses(
    (status = 200, body = SessionTold),
    (status = 400, description = "There is no `Idempotency-Key`", body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The key was used for another request", body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    Path(id): Path<String>,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let id = session_id(&id)?;
    let change = SessionChange::read(&text)?;
    let command = move |known: &Known| {
        let session = known.state.sessions.get(&id).ok_or_else(unknown_session)?;
        let noted = Command::NoteSession(change.noted(session)?);
        Ok([noted].into_iter().chain(change.ending(session)).collect())
    };
    let write =
        Write { route: format!("PATCH /sessions/{id}"), text: &text, status: StatusCode::OK };
    act(&athletes, &catalog, &asker, write, id, command).await
}

/// Take a session out of the log, with all of its sets.
#[utoipa::path(delete, operation_id = "remove_session", path = "/api/v1/sessions/{id}", tag = "Sessions",
    params(("id" = String, Path, description = "Its id")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, local, headers, .. }: Asker,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let session = session_id(&id)?;
    let once = once(&member.account, &format!("DELETE /sessions/{session}"), &headers, "")?;
    let asking = Asking { member: &member, local: &local, once, if_version: None };
    let command = |_: &Known| Ok(vec![Command::RemoveSession { session }]);
    athletes.act(&asking, command, |_| Ok((StatusCode::NO_CONTENT, Vec::new()))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Log a set. The device makes its id.
#[utoipa::path(post, operation_id = "log_set", path = "/api/v1/sessions/{id}/sets", tag = "Sessions", request_body = PerformedSet,
    params(("id" = String, Path, description = "The session's id"), ("Idempotency-Key" = String, Header, description = "A UUID: however often the request arrives with it, it takes effect once"), Lang), responses(
    (status = 201, body = SessionTold),
    (status = 400, description = "There is no `Idempotency-Key`", body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The key was used for another request, or the id for another set", body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn log_set(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    Path(id): Path<String>,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let session = session_id(&id)?;
    let set = PerformedSet::read(&text)?;
    let set = Box::new(set);
    let command = move |_: &Known| Ok(vec![Command::LogSet { session, set: set.clone() }]);
    let route = format!("POST /sessions/{session}/sets");
    let write = Write { route, text: &text, status: StatusCode::CREATED };
    act(&athletes, &catalog, &asker, write, session, command).await
}

/// Correct a set: the whole of it as it should be. One that was taken out comes back.
#[utoipa::path(put, operation_id = "correct_set", path = "/api/v1/sessions/{id}/sets/{set}", tag = "Sessions", request_body = PerformedSet,
    params(("id" = String, Path, description = "The session's id"), ("set" = String, Path, description = "The set's id"), Lang), responses(
    (status = 200, body = SessionTold),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn correct_set(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    Path((id, set_id)): Path<(String, String)>,
    JsonText(text): JsonText,
) -> Result<Response, Problem> {
    let (session, set_id) = (session_id(&id)?, set_name(&set_id)?);
    let set = PerformedSet::read(&text)?;
    if set.id != set_id {
        return Err(Problem::invalid("id", "it is not the set that the address names"));
    }
    let set = Box::new(set);
    let command = move |_: &Known| Ok(vec![Command::CorrectSet { session, set: set.clone() }]);
    let route = format!("PUT /sessions/{session}/sets/{set_id}");
    let write = Write { route, text: &text, status: StatusCode::OK };
    act_again(&athletes, &catalog, &asker, write, session, command).await
}

/// Take a set out. Correcting it brings it back.
#[utoipa::path(delete, operation_id = "void_set", path = "/api/v1/sessions/{id}/sets/{set}", tag = "Sessions",
    params(("id" = String, Path, description = "The session's id"), ("set" = String, Path, description = "The set's id"), Lang), responses(
    (status = 200, body = SessionTold),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn void_set(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    Path((id, set)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (session, set) = (session_id(&id)?, set_name(&set)?);
    let command = move |_: &Known| Ok(vec![Command::VoidSet { session, set }]);
    let route = format!("DELETE /sessions/{session}/sets/{set}");
    let write = Write { route, text: "", status: StatusCode::OK };
    act_again(&athletes, &catalog, &asker, write, session, command).await
}

/// Take back what a session decided for an exercise: its target is again what it was before.
#[utoipa::path(post, operation_id = "reverse_decision", path = "/api/v1/sessions/{id}/decisions/{exercise}/reverse", tag = "Sessions",
    params(("id" = String, Path, description = "The session's id"), ("exercise" = String, Path, description = "The exercise's id"), Lang), responses(
    (status = 200, body = SessionTold),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reverse(
    State(athletes): State<Arc<Athletes>>,
    State(catalog): State<Arc<Catalog>>,
    asker: Asker,
    Path((id, exercise)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (session, exercise) = (session_id(&id)?, exercise_id(&exercise)?);
    let route = format!("POST /sessions/{session}/decisions/{}/reverse", exercise.as_str());
    let command = move |_: &Known| {
        Ok(vec![Command::ReversePrescription { session, exercise: exercise.clone() }])
    };
    let write = Write { route, text: "", status: StatusCode::OK };
    act_again(&athletes, &catalog, &asker, write, session, command).await
}

/// What to do in the next set of an exercise, from what was done of it in this session. Devices reckon the same for
/// themselves.
#[utoipa::path(get, operation_id = "get_next_set", path = "/api/v1/sessions/{id}/next-set", tag = "Sessions",
    params(("id" = String, Path, description = "The session's id"), OfExercise, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), Lang),
    responses(
        (status = 200, description = "Null where nothing is asked for and nothing was done yet", body = Option<NextSetTold>),
        (status = 304, description = "As `If-None-Match` has it already"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn next_set(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, headers, asked, .. }: Asker,
    Path(id): Path<String>,
    Query(OfExercise { exercise, side }): Query<OfExercise>,
) -> Result<Response, Problem> {
    let (id, exercise) = (session_id(&id)?, exercise_id(&exercise)?);
    let part = format!("{id}.{}.{side:?}.{}", exercise.as_str(), asked.0.code());
    let told = athletes
        .tell(member.account, &headers, &part, |known| {
            let session = known.state.sessions.get(&id).ok_or_else(unknown_session)?;
            let library = known.state.library(athletes.library());
            let facts = library.iter().find(|facts| facts.id == exercise).ok_or_else(|| {
                Problem::invalid("exercise", "name an exercise of the library, or one of your own")
            })?;
            json(&in_session(&known.state, session, facts, side, asked.0))
        })
        .await?;
    Ok(asked.mark(told))
}

/// Which exercise, and which side.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfExercise {
    /// Its id.
    exercise: String,
    /// `left` or `right`, where sides work alone.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    side: Option<Side>,
}

/// What was done of an exercise, newest first, and what to aim for next.
#[utoipa::path(get, operation_id = "get_exposures", path = "/api/v1/exercises/{id}/history", tag = "Sessions",
    params(("id" = String, Path, description = "The exercise's id"), Newest, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer")),
    responses(
        (status = 200, body = Exposures),
        (status = 304, description = "As `If-None-Match` has it already"),
    ))]
pub(crate) async fn history(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, headers, .. }: Asker,
    Path(id): Path<String>,
    Query(Newest { limit }): Query<Newest>,
) -> Result<Response, Problem> {
    let exercise = exercise_id(&id)?;
    let limit = limit.unwrap_or(USUAL_EXPOSURES).clamp(1, MOST_EXPOSURES);
    let part = format!("{}.{limit}", exercise.as_str());
    athletes
        .tell(member.account, &headers, &part, |known| {
            json(&exposures(&known.state, &exercise, limit))
        })
        .await
}

/// How many are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Newest {
    /// At most so many, 1..=500; 10 where it is not given.
    #[serde(default)]
    limit: Option<usize>,
}

/// What to fill in before sets of these exercises are done.
#[utoipa::path(get, operation_id = "get_next_targets", path = "/api/v1/next-targets", tag = "Sessions",
    params(Targets, ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the last answer"), ("Time-Zone" = Option<String>, Header, description = "IANA name of the asker's time zone; UTC where it is not given")),
    responses(
        (status = 200, body = NextTargets),
        (status = 304, description = "As `If-None-Match` has it already"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn targets(
    State(athletes): State<Arc<Athletes>>,
    Asker { member, local, headers, .. }: Asker,
    Query(Targets { exercises }): Query<Targets>,
) -> Result<Response, Problem> {
    let ids: Result<Vec<ExerciseId>, Problem> =
        exercises.split(',').filter(|id| !id.is_empty()).map(exercise_id).collect();
    let ids = ids?;
    if ids.len() > MOST_TARGETS {
        return Err(Problem::invalid("exercises", "name at most 60 exercises"));
    }
    let (today, library) = (local.date(athletes.clock.now()), athletes.library());
    let part = format!("{today}.{exercises}");
    athletes
        .tell(member.account, &headers, &part, |known| {
            json(&next_targets(&known.state, &ids, library, today))
        })
        .await
}

/// Which exercises.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Targets {
    /// Ids with commas between them, at most 60.
    exercises: String,
}

/// A request that changes something.
struct Write<'a> {
    /// Its method and address.
    route: String,
    /// Its body.
    text: &'a str,
    /// Where it takes effect.
    status: StatusCode,
}

/// Does what a request asks for that must have a key of its own, and answers with the session.
async fn act(
    athletes: &Athletes,
    catalog: &Catalog,
    asker: &Asker,
    write: Write<'_>,
    session: SessionId,
    command: impl Fn(&Known) -> Result<Vec<Command>, Problem> + Send,
) -> Result<Response, Problem> {
    needed_key(&asker.headers)?;
    act_again(athletes, catalog, asker, write, session, command).await
}

/// As [`act`], for what has the same effect however often it is asked for.
async fn act_again(
    athletes: &Athletes,
    catalog: &Catalog,
    asker: &Asker,
    write: Write<'_>,
    session: SessionId,
    command: impl Fn(&Known) -> Result<Vec<Command>, Problem> + Send,
) -> Result<Response, Problem> {
    let Asker { member, local, asked, headers } = asker;
    let catalog = catalog.in_language(asked.0);
    let once = once(&member.account, &write.route, headers, write.text)?;
    let asking = Asking { member, local, once, if_version: None };
    let done: Done = athletes
        .act(&asking, command, |known| Ok((write.status, json(&found(known, session, &catalog)?)?)))
        .await?;
    let etag = athletes.etag(member.account, done.version).and(asked.0.code());
    Ok(asked.mark(etag.answer(done.status, done.body)))
}

fn found(known: &Known, id: SessionId, catalog: &Catalog) -> Result<SessionTold, Problem> {
    let session = known.state.sessions.get(&id).ok_or_else(unknown_session)?;
    Ok(session_told(session, &known.state, catalog))
}

/// Somebody else's session is as unknown as one that never was.
pub(crate) fn unknown_session() -> Problem {
    Problem::not_found("there is no such session")
        .remedy("Begin one: POST /api/v1/sessions. Sets wait on the device until it is known.")
}

fn session_id(id: &str) -> Result<SessionId, Problem> {
    Uuid::try_parse(id).map_err(|_not_one| unknown_session())
}

fn set_name(id: &str) -> Result<session::SetId, Problem> {
    Uuid::try_parse(id).map_err(|_not_one| {
        Problem::not_found("there is no such set").remedy("The session lists its sets.")
    })
}

fn exercise_id(id: &str) -> Result<ExerciseId, Problem> {
    ExerciseId::try_from(id.to_owned())
        .map_err(|error| Problem::invalid("exercise", error.to_string()))
}
