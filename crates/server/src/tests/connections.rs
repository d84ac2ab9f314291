//! What becomes of a connection before and between requests: handshakes, dawdling, silence.
//!
//! The clock stands still and jumps when nothing else can happen, so waiting ten seconds takes none.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::house::{House, Running};
use crate::certificate::Tls;

const ASK: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// The time at which the house's certificate was made.
#[derive(Debug)]
struct Then;

impl TimeProvider for Then {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(1_800_000_000)))
    }
}

async fn at_home() -> Running {
    Running::new(|_| {}).await
}

async fn with_tls() -> Running {
    Running::new(|settings| settings.tls = true).await
}

/// From here on the clock jumps. Databases are opened before, on threads of their own that it would not wait for.
fn stand_still() {
    tokio::time::pause();
}

async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(&running.address).await.unwrap()
}

/// As a phone that was told to trust our authority, and nobody else.
async fn shake_hands(
    running: &Running,
    name: &'static str,
) -> std::io::Result<TlsStream<TcpStream>> {
    let authority = Tls::open(&running.house.settings()).unwrap().authority_pem;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_details(provider, Arc::new(Then))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, connect(running).await).await
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
}

/// The first line of the next answer.
async fn hear(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = [0; 4096];
    let n = stream.read(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes[..n]).lines().next().unwrap_or_default().to_owned()
}

/// Whole seconds until the other side hangs up, or a minute.
async fn seconds_until_closed(stream: &mut (impl AsyncRead + Unpin)) -> u64 {
    let began = Instant::now();
    let mut rest = Vec::new();
    let end = stream.read_to_end(&mut rest);
    // Being cut off is an end, too.
    drop(tokio::time::timeout(Duration::from_secs(60), end).await);
    began.elapsed().as_secs()
}

#[tokio::test]
async fn a_phone_that_trusts_the_authority_is_answered_by_every_name() {
    let running = with_tls().await;
    for name in ["localhost", "127.0.0.1", "192.168.1.20"] {
        let mut phone = shake_hands(&running, name).await.unwrap();
        say(&mut phone, ASK).await;
        assert_eq!(hear(&mut phone).await, "HTTP/1.1 200 OK", "{name}");
    }
    assert!(shake_hands(&running, "evil.example").await.is_err());
}

#[tokio::test]
async fn who_does_not_finish_the_handshake_is_let_go_and_makes_room() {
    let running = Running::new(|settings| {
        settings.tls = true;
        settings.limits.connections_per_address = 1;
    })
    .await;
    let other = with_tls().await;
    stand_still();
    let mut silent = connect(&running).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    // The one seat is taken.
    assert!(shake_hands(&running, "localhost").await.is_err());
    assert_eq!(seconds_until_closed(&mut silent).await, 9);
    assert!(shake_hands(&running, "localhost").await.is_ok());

    let running = other;
    let mut halting = connect(&running).await;
    // The head of a handshake message of 512 bytes, and none of them.
    halting.write_all(&[22, 3, 1, 2, 0]).await.unwrap();
    assert_eq!(seconds_until_closed(&mut halting).await, 10);
    // Who speaks something else is not waited for.
    let mut lost = connect(&running).await;
    say(&mut lost, ASK).await;
    assert_eq!(seconds_until_closed(&mut lost).await, 0);
}

/// Says `first`, then nothing more.
async fn check(mut stream: impl AsyncRead + AsyncWrite + Unpin, first: &str, expected_s: u64) {
    say(&mut stream, first).await;
    assert_eq!(seconds_until_closed(&mut stream).await, expected_s, "{first:?}");
}

#[tokio::test]
async fn who_dawdles_over_a_request_or_falls_silent_after_one_is_let_go() {
    let home = at_home().await;
    let lan = with_tls().await;
    stand_still();
    for first in ["", "GET /healthz HTTP/1.1\r\nHost: local", ASK] {
        check(connect(&home).await, first, 10).await;
        check(shake_hands(&lan, "localhost").await.unwrap(), first, 10).await;
    }
}

#[tokio::test]
async fn a_drop_now_and_then_buys_no_time() {
    let home = at_home().await;
    stand_still();
    let mut slow = connect(&home).await;
    let began = Instant::now();
    for letter in ASK.chars() {
        if slow.write_all(letter.to_string().as_bytes()).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!((10..=13).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[tokio::test]
async fn open_requests_may_finish_when_the_server_stops_and_silence_does_not_hold_it_up() {
    let running = with_tls().await;
    stand_still();
    let mut phone = shake_hands(&running, "localhost").await.unwrap();
    say(&mut phone, ASK).await;
    assert_eq!(hear(&mut phone).await, "HTTP/1.1 200 OK");
    let _halting = connect(&running).await;
    let began = Instant::now();
    running.stop.cancel();
    running.done.await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_house_hands_out_the_authority_without_its_key() {
    let lan = House::with_tls().await;
    let answer = lan.ask("GET /tls/ca.crt").await;
    assert!(answer.body.contains("BEGIN CERTIFICATE") && !answer.body.contains("PRIVATE KEY"));
}
