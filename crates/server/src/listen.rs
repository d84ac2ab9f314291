//! The front door: accepts connections, bounds them, speaks TLS where asked, and lets them finish when it is time to go.
//!
//! `axum::serve` has no timeout for a client that dawdles over its request's head, so the loop is ours.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use crate::gate::Peer;
use crate::limits::Seats;

/// How long a client may take for a request's head, or for the TLS handshake.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Serves until `stop`, then lets open requests finish for at most `grace`.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    seats: Arc<Seats>,
    stop: CancellationToken,
    grace: Duration,
) {
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Most often too many open files; accepting at once again would spin.
                tracing::warn!(%error, "A connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let peer = Peer(address);
        // Nobody is told why: whoever holds hundreds of connections knows.
        let Ok(seat) = seats.take(peer.key()) else {
            metrics::counter!("spotter_connections_refused_total").increment(1);
            continue;
        };
        let (router, tls, stop) = (router.clone(), tls.clone(), stop.clone());
        connections.spawn(async move {
            tokio::select! {
                greeted = greet(stream, tls) => {
                    if let Some(stream) = greeted {
                        speak(stream, peer, router, &stop).await;
                    }
                }
                // Who has not finished the handshake has nothing to lose.
                () = stop.cancelled() => {}
            }
            drop(seat);
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(grace, connections.wait()).await.is_err() {
        tracing::warn!("Some connections did not finish in time and are closed");
    }
}

async fn greet(stream: TcpStream, tls: Option<TlsAcceptor>) -> Option<Stream> {
    // Ticks are small and must not wait for each other.
    stream.set_nodelay(true).ok()?;
    let Some(tls) = tls else { return Some(Stream::Plain(stream)) };
    match tokio::time::timeout(HEAD_TIMEOUT, tls.accept(stream)).await {
        Ok(Ok(stream)) => Some(Stream::Tls(Box::new(stream))),
        // A phone that does not trust our certificate yet ends up here, too often to log.
        Ok(Err(_)) | Err(_) => {
            metrics::counter!("spotter_tls_handshakes_failed_total").increment(1);
            None
        }
    }
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<tokio_rustls::server::TlsStream<TcpStream>>),
}

async fn speak(stream: Stream, peer: Peer, router: Router, stop: &CancellationToken) {
    match stream {
        Stream::Plain(stream) => speak_http(stream, peer, router, stop).await,
        Stream::Tls(stream) => speak_http(stream, peer, router, stop).await,
    }
}

async fn speak_http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    router: Router,
    stop: &CancellationToken,
) {
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades()
    );
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    // What ends a connection early is the client's business: it went away, or spoke no HTTP.
    if let Err(error) = result {
        tracing::debug!(%error, "A connection ended early");
    }
}
