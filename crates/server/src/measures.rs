//! Prometheus metrics, on a port of their own, so that whoever may train need not see them.

use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::settings::Error;

/// Seconds; the bars for a tick are 50 ms, for a request a second.
const BUCKETS_S: [f64; 12] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// How often the exporter folds what was recorded, so that memory stays flat when nobody reads it.
pub(crate) const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Starts collecting, for the whole process.
pub(crate) fn install() -> Result<PrometheusHandle, Error> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS_S)
        .map_err(|error| Error::Metrics(error.to_string()))?
        .install_recorder()
        .map_err(|error| Error::Metrics(error.to_string()))?;
    describe_counter!("spotter_http_requests_total", "Requests answered");
    describe_histogram!("spotter_http_request_seconds", Unit::Seconds, "Time to answer a request");
    describe_counter!("spotter_connections_refused_total", "Connections beyond the limits");
    describe_counter!("spotter_tls_handshakes_failed_total", "TLS handshakes that failed");
    describe_gauge!("spotter_live_sockets", "Live sockets that are open");
    describe_gauge!("spotter_live_sets", "Live sets kept, with those waiting for their client");
    describe_counter!("spotter_live_messages_total", "Messages from live sockets");
    describe_counter!("spotter_live_errors_total", "Messages that were answered with an error");
    describe_histogram!("spotter_live_tick_seconds", Unit::Seconds, "From a frame to its tick");
    describe_gauge!("spotter_pose_streams", "Streams of pictures that are looked at");
    describe_counter!(
        "spotter_pose_frames_total",
        "Pictures of such streams, by what came of them"
    );
    describe_histogram!("spotter_pose_seconds", Unit::Seconds, "Time to look at a picture");
    describe_histogram!("spotter_analysis_seconds", Unit::Seconds, "Time to analyze a recording");
    describe_counter!("spotter_plan_drafts_total", "Plans shown to a model, by what came of it");
    describe_counter!("spotter_plan_draft_faults_total", "Faults of a model's drafts, by rule");
    describe_counter!("spotter_model_tokens_total", "Tokens that language models took");
    Ok(handle)
}

pub(crate) fn router(handle: PrometheusHandle) -> Router {
    const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
    Router::new()
        .route("/metrics", get(move || async move { ([(CONTENT_TYPE, TEXT)], handle.render()) }))
}
