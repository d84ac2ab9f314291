//! Request bodies: text that says it is JSON, of a bounded size. What it says is read by whoever asked for it, away from
//! the sockets: a recording takes longer to read than a tick may wait.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::problem::{Problem, shown};

/// A body whose type is JSON.
#[derive(Debug)]
pub(crate) struct JsonText(pub(crate) String);

impl<S: Send + Sync> FromRequest<S> for JsonText {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let mime = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = mime.unwrap_or("").split(';').next().unwrap_or("").trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            let detail = if essence.is_empty() {
                "the request does not say what its body is".to_owned()
            } else {
                format!("the body is `{}`", shown(essence))
            };
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, detail).field("Content-Type"));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| {
                match rejection.into_response().status() {
                    status @ StatusCode::PAYLOAD_TOO_LARGE => {
                        Problem::new(status, "the body is larger than this server takes")
                    }
                    _ => Problem::new(StatusCode::BAD_REQUEST, "the body ended early"),
                }
            })?;
        // Taking the bytes copies nothing where nobody else holds them.
        String::from_utf8(bytes.into()).map(Self).map_err(|_not_text| {
            Problem::new(StatusCode::BAD_REQUEST, "the body is not UTF-8 text")
        })
    }
}

/// What a body says, as a type; an error names the field.
pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    let not_json = |reason: &serde_json::Error| {
        let detail = format!("the body is not JSON: {}", shown(&reason.to_string()));
        Problem::new(StatusCode::BAD_REQUEST, detail)
    };
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner();
        if reason.classify() == Category::Data {
            Problem::invalid(shown(path.trim_start_matches('.')), shown(&reason.to_string()))
        } else {
            not_json(&reason)
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}
