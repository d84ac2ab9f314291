//! How fast the state of somebody with a long history is told: after a start, and from then on.
//!
//! `cargo run --release -p server --example history [postgres://…]`. Writes fifty thousand events into a database of its
//! own, starts a server on it and asks for `/api/v1/state`.
#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant, SystemTime};

use store::{Expected, NewEvent, Store};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const EVENTS: u128 = 50_000;
const AT_ONCE: u128 = 1000;
const ASKED: usize = 500;

fn settings(folder: &std::path::Path, database: Option<String>) -> server::Settings {
    #[expect(clippy::disallowed_methods, reason = "a measurement of real time")]
    let clock = SystemTime::now;
    server::Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        metrics: None,
        data: folder.to_owned(),
        database,
        model: None,
        build: String::new(),
        tls: false,
        hosts: Vec::new(),
        addresses: Vec::new(),
        features: server::Features::default(),
        limits: server::Limits { request_burst: 1 << 20, ..server::Limits::default() },
        clock,
    }
}

fn event(n: u128, account: Uuid) -> NewEvent {
    let minutes = 15 + n % 100;
    NewEvent {
        event_id: Uuid::from_u128(n),
        kind: "profile_updated".to_owned(),
        schema_version: 1,
        actor: account,
        actor_kind: "athlete".to_owned(),
        occurred_at_ms: 0,
        tz: "UTC".to_owned(),
        local_date: "2026-11-21".to_owned(),
        recorded_at_ms: 0,
        data: format!(
            r#"{{"goal":"gain_mass","level":"beginner","weekdays":["mon","thu"],"minutes":{minutes},"kit":["mat"],"limits":[],"avoid":[],"body":null,"red_flags":[],"health_consent":false}}"#
        ),
    }
}

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let folder = tempfile::tempdir()?;
        let database = std::env::args().nth(1);
        // The first start makes the owner's account.
        let _first = serve(settings(folder.path(), database.clone())).await?;
        let file = format!("sqlite://{}", folder.path().join("spotter.db").display());
        let store = Store::open(database.as_deref().unwrap_or(&file)).await?;
        let owner = store.account_named("owner").await?.ok_or("there is no owner")?.id;
        let started = Instant::now();
        for page in 0..EVENTS / AT_ONCE {
            let events: Vec<NewEvent> =
                (0..AT_ONCE).map(|n| event(page * AT_ONCE + n + 1, owner)).collect();
            let mut unit = store.begin().await?;
            unit.append(owner, Expected::Any, &events).await?;
            unit.commit().await?;
        }
        println!("{EVENTS} events written in {:.1} s", started.elapsed().as_secs_f64());
        store.close().await;
        let address = serve(settings(folder.path(), database.clone())).await?;
        let cold = tokio::task::spawn_blocking(move || ask(address)).await??;
        let mut warm = Vec::new();
        for _ in 0..ASKED {
            warm.push(tokio::task::spawn_blocking(move || ask(address)).await??);
        }
        warm.sort_unstable();
        // As after any other start: what was folded once has been kept.
        let address = serve(settings(folder.path(), database)).await?;
        let again = tokio::task::spawn_blocking(move || ask(address)).await??;
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!("never folded   after a start   warm median   warm p99");
        let (median, p99) = (warm[ASKED / 2], warm[ASKED * 99 / 100]);
        println!(
            "{:.1} ms       {:.2} ms         {:.2} ms       {:.2} ms",
            ms(cold),
            ms(again),
            ms(median),
            ms(p99)
        );
        Ok(())
    })
}

async fn serve(settings: server::Settings) -> Result<SocketAddr, Failure> {
    let no_finders = server::PoseFinders::new(|_network| Err("no pictures are sent".to_owned()));
    let server = server::Server::bind(settings, no_finders).await?;
    let address = server.address();
    tokio::spawn(server.run(std::future::pending()));
    Ok(address)
}

/// One request over a connection of its own, as a page that opens makes it.
fn ask(address: SocketAddr) -> Result<Duration, Failure> {
    let started = Instant::now();
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET /api/v1/state HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        address.port()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let elapsed = started.elapsed();
    if !answer.starts_with("HTTP/1.1 200") || !answer.contains("\"version\":50000") {
        return Err(format!("an unexpected answer: {answer}").into());
    }
    Ok(elapsed)
}
