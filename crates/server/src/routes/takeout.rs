//! `/api/v1/export` and `/api/v1/import`: taking everything along, and bringing it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use store::{Expected, Store};
use wire::reference::ReferenceTemplate;
use wire::state::{State as AthleteState, told};

use crate::athletes::{Athletes, json};
use crate::pictures;
use crate::problem::Problem;
use crate::references;
use crate::state::AppState;
use crate::takeout::{Everything, pack, unpack};
use crate::who::Who;

/// Events that are written at once.
const PAGE: u32 = 5000;

/// Everything of one's account in a ZIP: the log as JSON lines, tables as CSV, and schemas.
#[utoipa::path(get, operation_id = "export", path = "/api/v1/export", tag = "Account", responses(
    (status = 200, description = "The ZIP", body = Vec<u8>, content_type = "application/zip"),
))]
pub(crate) async fn export(
    State(store): State<Store>,
    State(athletes): State<Arc<Athletes>>,
    Who(member): Who,
) -> Result<Response, Problem> {
    let account = store.account(member.account).await?.ok_or(store::Error::NoAccount)?;
    let mut events = Vec::new();
    loop {
        let page = store.events(account.id, events.len() as u64, PAGE).await?;
        let last = page.len() < PAGE as usize;
        events.extend(page);
        if last {
            break;
        }
    }
    let mut documents = Vec::new();
    for kind in [references::KIND, pictures::KIND] {
        let of_kind = store.documents(account.id, kind).await?;
        documents.extend(of_kind.into_iter().map(|one| (kind.to_owned(), one)));
    }
    let plan = athletes.known(account.id).await?.state.plan;
    let everything = Everything { account, events, documents, plan };
    let zip = tokio::task::spawn_blocking(move || pack(&everything))
        .await
        .map_err(|error| Problem::internal(&error))??;
    let head = [
        (CONTENT_TYPE, "application/zip"),
        (CONTENT_DISPOSITION, "attachment; filename=\"spotter.zip\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((head, zip).into_response())
}

/// Bring everything that an export gave into an account where nothing has happened yet.
#[utoipa::path(post, operation_id = "import", path = "/api/v1/import", tag = "Account",
    request_body(content = Vec<u8>, content_type = "application/zip"),
    responses(
        (status = 200, body = AthleteState),
        (status = 409, description = "The account is not empty", body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn import(
    State(AppState { store, athletes, catalog, turns, limits, .. }): State<AppState>,
    Who(member): Who,
    request: Request,
) -> Result<Response, Problem> {
    let turn = Arc::clone(&turns.judging).acquire_owned().await;
    let turn = turn.map_err(|error| Problem::internal(&error))?;
    if request.headers().get(CONTENT_TYPE).is_none_or(|mime| mime != "application/zip") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is no ZIP")
            .field("Content-Type")
            .remedy("Send the file that /api/v1/export gave, as `application/zip`."));
    }
    let account = member.account;
    let zip = Bytes::from_request(request, &()).await.map_err(|rejection| {
        Problem::new(
            rejection.status(),
            "the body is larger than this server takes, or ended early",
        )
    })?;
    let brought = tokio::task::spawn_blocking(move || unpack(&zip, account))
        .await
        .map_err(|error| Problem::internal(&error))??;
    for (kind, document) in &brought.documents {
        if kind == pictures::KIND {
            pictures::read(&document.body)?;
            continue;
        }
        if kind != references::KIND {
            return Err(Problem::invalid(
                "documents.jsonl",
                "there is a document of an unknown kind",
            ));
        }
        let template: ReferenceTemplate = serde_json::from_str(&document.body)
            .map_err(|error| Problem::invalid("documents.jsonl", error.to_string()))?;
        references::check(&template, &catalog)?;
        if template.id != document.id {
            return Err(Problem::invalid(
                "documents.jsonl",
                "a reference has another id than its line",
            ));
        }
    }
    let of_kind = |kind: &str| brought.documents.iter().filter(|(of, _)| of == kind).count();
    let mut ids: Vec<(&str, &str)> =
        brought.documents.iter().map(|(kind, one)| (kind.as_str(), one.id.as_str())).collect();
    ids.sort_unstable();
    ids.dedup();
    let too_many =
        of_kind(references::KIND) > limits.references || of_kind(pictures::KIND) > pictures::MOST;
    if ids.len() != brought.documents.len() || too_many {
        return Err(Problem::invalid(
            "documents.jsonl",
            "a reference comes twice, or there are too many",
        ));
    }
    let empty = store.documents(account, references::KIND).await?.is_empty()
        && store.version(account).await? == 0;
    let mut unit = store.begin().await?;
    let full = || {
        Problem::new(StatusCode::CONFLICT, "this account has a history of its own").remedy(
            "Import into an empty account: make one, or delete everything of this one first.",
        )
    };
    if !empty {
        return Err(full());
    }
    match unit.append(account, Expected::Exact(0), &brought.events).await {
        Ok(_version) => {}
        Err(store::Error::Conflict { .. }) => return Err(full()),
        Err(store::Error::EventReused { .. }) => {
            return Err(Problem::invalid("events.jsonl", "an id comes twice"));
        }
        Err(error) => return Err(error.into()),
    }
    for (kind, document) in &brought.documents {
        unit.put_document(account, kind, document).await?;
    }
    unit.commit().await?;
    drop(turn);
    let known = athletes.known(account).await?;
    let body = json(&told(&known.state, known.version, &catalog))?;
    Ok(athletes.etag(account, known.version).answer(StatusCode::OK, body))
}
