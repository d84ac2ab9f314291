//! What handlers ask of a request: who it is from, which day it is there, and whether it is a second copy.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::language::Asked;
use crate::policy::Member;
use crate::problem::{Problem, shown};

/// Somebody with an account; the door has let them in.
#[derive(Debug, Clone)]
pub(crate) struct Who(pub(crate) Member);

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Member>().cloned().map(Self).ok_or_else(|| {
            Problem::new(StatusCode::UNAUTHORIZED, "only somebody who is signed in may do that")
        })
    }
}

/// The time zone of whoever asks, as `Time-Zone: Europe/Berlin`; UTC where it is not said.
#[derive(Debug, Clone)]
pub(crate) struct Local(TimeZone);

const TIME_ZONE: &str = "time-zone";

impl<S: Send + Sync> FromRequestParts<S> for Local {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(named) = parts.headers.get(TIME_ZONE) else { return Ok(Self(TimeZone::UTC)) };
        let name = named.to_str().unwrap_or_default();
        TimeZone::get(name).map(Self).map_err(|_unknown| {
            let detail = format!("there is no time zone `{}`", shown(name));
            Problem::invalid("Time-Zone", detail)
                .remedy("Give a name of the IANA database, such as `Europe/Berlin`.")
        })
    }
}

impl Local {
    /// The day that it is there.
    pub(crate) fn date(&self, now: Timestamp) -> Date {
        self.0.to_datetime(now).date()
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.0
    }

    pub(crate) fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

/// Everything about a question but its body.
#[derive(Debug)]
pub(crate) struct Asker {
    pub(crate) member: Member,
    pub(crate) local: Local,
    /// What to answer in.
    pub(crate) asked: Asked,
    pub(crate) headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Who(member) = Who::from_request_parts(parts, state).await?;
        let local = Local::from_request_parts(parts, state).await?;
        let asked = Asked::from_request_parts(parts, state).await?;
        Ok(Self { member, local, asked, headers: parts.headers.clone() })
    }
}

/// The key under which a request takes effect once; none where the client sends none.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<Uuid>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    // The draft standard writes it as a string of structured fields, in quotes.
    let text = value.to_str().unwrap_or_default().trim_matches('"');
    Uuid::try_parse(text).map(Some).map_err(|_not_one| {
        Problem::invalid("Idempotency-Key", "it is no UUID").remedy(
            "Make one for each thing that you want done once, and send it again with each retry.",
        )
    })
}
