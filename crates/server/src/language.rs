//! The language that a request is answered in: `?lang=` says it, else the browser's `Accept-Language`, else English.

use axum::extract::{FromRequestParts, Query};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use units::Language;
use utoipa::IntoParams;
use wire::live::unspoken;

use crate::problem::Problem;

/// How to ask for a language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Lang {
    /// `en` or `de`; without it `Accept-Language` decides, and English where that names neither.
    lang: Option<String>,
}

/// The language asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked(pub(crate) Language);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<Lang>::from_request_parts(parts, state).await;
        // A query that cannot be read is the business of whoever needs the rest of it.
        match query.ok().and_then(|Query(asked)| asked.lang) {
            Some(tag) => {
                Language::of_tag(&tag).map(Self).ok_or_else(|| unspoken("lang", &tag).into())
            }
            None => Ok(Self(preferred(&parts.headers))),
        }
    }
}

/// What is spoken of what the client prefers; English where that is nothing.
fn preferred(headers: &HeaderMap) -> Language {
    let lists = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|list| list.to_str().ok());
    let mut best = (0.0, Language::default());
    for one in lists.flat_map(|list| list.split(',')) {
        let (tag, quality) = one.split_once(';').unwrap_or((one, "q=1"));
        let quality: f64 =
            quality.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
        // The first among equals.
        if let Some(language) = Language::of_tag(tag.trim())
            && quality > best.0
        {
            best = (quality, language);
        }
    }
    best.1
}

impl Asked {
    /// An answer in that language, so marked.
    pub(crate) fn mark(self, answer: impl IntoResponse) -> Response {
        let marks: [(HeaderName, &str); 2] =
            [(CONTENT_LANGUAGE, self.0.code()), (VARY, ACCEPT_LANGUAGE.as_str())];
        (marks, answer).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_that_is_spoken_is_chosen() {
        let check = |accepted: &str, expected: Language| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
            assert_eq!(preferred(&headers), expected, "{accepted}");
        };
        check("de", Language::German);
        check("de-AT,de;q=0.9,en;q=0.8", Language::German);
        check("en-US,en;q=0.9,de;q=0.8", Language::English);
        check("fr, de;q=0.5, en;q=0.4", Language::German);
        check("en;q=0.2, DE;q=0.7", Language::German);
        check("fr", Language::English);
        check("*", Language::English);
        check("de;q=0", Language::English);
        check("de;q=nonsense", Language::English);
        check("", Language::English);
    }
}
