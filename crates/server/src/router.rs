//! Every route, and the layers that each request goes through.
//!
//! Outermost first: log and measure, security headers, problems, panics, rate limit, the door, time limit, compression
//! (of what routes answer; the site's files have compressed copies).

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::frames::FramesAnswer;
use wire::live::Tick;

use crate::problem::{self, Problem};
use crate::routes::{
    account, accounts, analyze, athlete, condition, docs, exercises, features, frames, health,
    own_exercises, pairing, passkeys, plans, progress, references, session, sessions, takeout,
    workouts,
};
use crate::settings::Settings;
use crate::site::Site;
use crate::state::AppState;
use crate::{gate, headers, limits, requests};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Spotter",
        version = "1",
        description = include_str!("api.md"),
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(Problem, Tick<'static>, FramesAnswer)),
)]
struct Description;

/// The description of every route, without a server.
pub(crate) fn api() -> utoipa::openapi::OpenApi {
    described(DefaultBodyLimit::disable()).into_openapi()
}

/// Recordings may be larger than other bodies.
fn described(recordings: DefaultBodyLimit) -> OpenApiRouter<AppState> {
    let large = OpenApiRouter::new()
        .routes(routes!(analyze::post))
        .routes(routes!(references::list, references::post))
        .routes(routes!(takeout::import))
        .routes(routes!(workouts::import))
        .layer(recordings);
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(large)
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(features::get))
        .routes(routes!(pairing::new_code, pairing::forget_all))
        .routes(routes!(session::connect))
        .routes(routes!(frames::connect))
        .routes(routes!(exercises::all))
        .routes(routes!(exercises::one))
        .routes(routes!(exercises::figure))
        .routes(routes!(own_exercises::list))
        .routes(routes!(own_exercises::put))
        .routes(routes!(own_exercises::picture, own_exercises::draw))
        .routes(routes!(references::get))
        .routes(routes!(account::me, account::delete))
        .routes(routes!(account::sign_up))
        .routes(routes!(account::sign_in))
        .routes(routes!(account::sign_out))
        .routes(routes!(account::change_password))
        .routes(routes!(account::devices))
        .routes(routes!(account::forget_device))
        .routes(routes!(passkeys::list))
        .routes(routes!(passkeys::remove))
        .routes(routes!(passkeys::begin_registration))
        .routes(routes!(passkeys::finish_registration))
        .routes(routes!(passkeys::begin_sign_in))
        .routes(routes!(passkeys::finish_sign_in))
        .routes(routes!(accounts::list, accounts::make))
        .routes(routes!(accounts::set_role, accounts::delete))
        .routes(routes!(athlete::state))
        .routes(routes!(athlete::put_profile))
        .routes(routes!(takeout::export))
        .routes(routes!(workouts::export))
        .routes(routes!(plans::make))
        .routes(routes!(plans::get))
        .routes(routes!(plans::markdown))
        .routes(routes!(plans::calendar))
        .routes(routes!(plans::edit))
        .routes(routes!(plans::list_swaps))
        .routes(routes!(plans::week))
        .routes(routes!(sessions::list, sessions::start))
        .routes(routes!(sessions::running))
        .routes(routes!(sessions::get, sessions::change, sessions::remove))
        .routes(routes!(sessions::log_set))
        .routes(routes!(sessions::correct_set, sessions::void_set))
        .routes(routes!(sessions::reverse))
        .routes(routes!(sessions::next_set))
        .routes(routes!(sessions::history))
        .routes(routes!(sessions::targets))
        .routes(routes!(progress::get_summary))
        .routes(routes!(progress::get_review))
        .routes(routes!(progress::start_deload, progress::end_deload))
        .routes(routes!(progress::decline_deload))
        .routes(routes!(condition::check_in))
        .routes(routes!(condition::report_pain))
        .routes(routes!(condition::withdraw_pain))
        .routes(routes!(condition::loading, condition::put_loading))
}

pub(crate) fn router(settings: &Settings, state: AppState) -> Router {
    let limits = &settings.limits;
    let policy = headers::content_security_policy(state.site.pages());
    let recordings = DefaultBodyLimit::max(limits.recording_bytes);
    let (routes, _description) = described(recordings).split_for_parts();
    // The seeds' names, without the prefix, take as much.
    let unprefixed = Router::new()
        // The site has a screen at this very address.
        .route("/analyze", post(analyze::post).get(site))
        .route("/references", get(references::list).post(references::post))
        .layer(recordings);
    routes
        .merge(unprefixed)
        .route("/openapi.json", get(docs::json))
        .route("/api/docs", get(docs::html))
        // The seeds' names, without the prefix.
        .route("/ws/session", get(session::connect))
        .route("/references/{id}", get(references::get))
        .route("/plans", post(plans::make))
        .route("/plans/{id}", get(plans::get))
        .route("/pair/{code}", get(pairing::page).post(pairing::pair))
        .route("/tls/ca.crt", get(pairing::authority))
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        // Behind the compression: the site has its own copies, and its megabytes are not compressed again for each client.
        .fallback(site)
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.request_timeout))
        .layer(from_fn_with_state(Arc::clone(&state.gate), gate::guard))
        .layer(from_fn_with_state(Arc::clone(&state.rate), limits::limit))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(problem::complete))
        .layer(from_fn_with_state(policy, headers::add))
        .layer(from_fn(requests::record))
        .with_state(state)
}

async fn site(
    State(site): State<Arc<Site>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    site.answer(&method, &uri, &headers)
}

async fn not_allowed(method: Method) -> Response {
    let method = problem::shown(method.as_str());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("`{method}` cannot be done here"))
        .into_response()
}
