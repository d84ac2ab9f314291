//! Pairing a phone: the page behind the QR picture, the owner's new code, and the authority's certificate.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, html};
use serde::Serialize;
use utoipa::ToSchema;

use crate::pairing::Pairing;
use crate::problem::Problem;
use crate::qr;
use crate::who::Who;

/// Where other devices reach this server; none without `--tls`.
#[derive(Debug, Clone)]
pub(crate) struct Outside(pub(crate) Option<OutsideUrl>);

/// How another device opens this server.
#[derive(Debug, Clone)]
pub(crate) struct OutsideUrl {
    /// Such as `https://192.168.1.20:8443`.
    pub(crate) base: String,
    pub(crate) authority_pem: String,
}

/// A code that lets one device in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewCode {
    /// Open it on the device, within 15 minutes.
    url: String,
    /// The same as a picture, SVG.
    qr_svg: String,
}

/// How many devices were shut out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Forgotten {
    devices: usize,
}

/// The page that a scanned code opens. Looking at it does not use the code up.
pub(crate) async fn page(
    State(pairing): State<Arc<Pairing>>,
    Path(code): Path<String>,
) -> (StatusCode, Markup) {
    if pairing.is_open(&code) {
        let body = html! {
            h1 { "Pair this device" }
            p { "It may then train with the Spotter on your computer. Nothing that your camera sees leaves this device." }
            form method="post" { button autofocus { "Pair this device" } }
        };
        (StatusCode::OK, layout(&body))
    } else {
        (StatusCode::GONE, layout(&used_up()))
    }
}

/// Uses the code up and gives the device its cookie.
pub(crate) async fn pair(
    State(pairing): State<Arc<Pairing>>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(signed_in) = pairing.pair(&code, &headers).await? else {
        return Ok((StatusCode::GONE, layout(&used_up())).into_response());
    };
    tracing::info!("Paired a device");
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(SET_COOKIE, signed_in.cookie);
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("/"));
    Ok(response)
}

/// Make a code that lets one more device in to one's own account; the one before it stops working.
#[utoipa::path(post, path = "/api/v1/pairing", tag = "Devices", responses(
    (status = 200, body = NewCode),
    (status = 409, description = "The server was started without --tls", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn new_code(
    State(pairing): State<Arc<Pairing>>,
    State(outside): State<Outside>,
    Who(member): Who,
) -> Result<Json<NewCode>, Problem> {
    let Some(outside) = outside.0 else {
        return Err(Problem::new(StatusCode::CONFLICT, "no other device can reach this server")
            .remedy("Start it with `spotter serve --tls`."));
    };
    let code = pairing.new_code(member.account).map_err(|error| Problem::internal(&error))?;
    let url = format!("{}/pair/{code}", outside.base);
    let qr_svg = qr::svg(&url).ok_or_else(|| Problem::internal(&"the URL fits in no QR code"))?;
    Ok(Json(NewCode { url, qr_svg }))
}

/// Shut every paired device of one's own account out.
#[utoipa::path(delete, path = "/api/v1/pairing", tag = "Devices", responses((status = 200, body = Forgotten)))]
pub(crate) async fn forget_all(
    State(pairing): State<Arc<Pairing>>,
    Who(member): Who,
) -> Result<Json<Forgotten>, Problem> {
    let devices = pairing.forget_all(member.account).await?;
    Ok(Json(Forgotten { devices }))
}

/// The certificate that a phone can be told to trust, so that it stops warning.
pub(crate) async fn authority(State(outside): State<Outside>) -> Result<Response, Problem> {
    let Some(outside) = outside.0 else {
        return Err(Problem::not_found("this server has no certificate of its own")
            .remedy("Start it with `spotter serve --tls`."));
    };
    let mime = [(CONTENT_TYPE, "application/x-x509-ca-cert")];
    Ok((mime, outside.authority_pem).into_response())
}

fn used_up() -> Markup {
    html! {
        h1 { "This code does not work any more" }
        p { "A code lets one device in, within 15 minutes. Start " code { "spotter serve --tls" } " again for a new one." }
    }
}

fn layout(body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Spotter: pair this device" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    }
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:1.15rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}\
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.5rem;background:#0b57d0;color:#fff}";
