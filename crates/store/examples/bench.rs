//! How long appending and reading take: `cargo run --release -p store --example bench [postgres://…]`.
//!
//! SQLite's file lies in the folder that `TMPDIR` names: what is measured is above all how fast that disk syncs. In Postgres
//! everything goes to a schema of its own, which is dropped afterwards.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use store::{Claim, Expected, NewAccount, NewEvent, Request, Snapshot, Store};
use uuid::Uuid;

const ANNA: Uuid = Uuid::from_u128(0xA);
const N_APPENDS: u64 = 2000;
/// Five years of 200 sets a week.
const N_EVENTS: u64 = 50_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    measure(&format!("sqlite://{}", folder.path().join("spotter.db").display())).await?;
    if let Some(server) = std::env::args().nth(1) {
        let mut connection = PgConnection::connect(&server).await?;
        let schema = format!("store_bench_{}", std::process::id());
        let sql = format!("create schema {schema}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        let sign = if server.contains('?') { '&' } else { '?' };
        let measured = measure(&format!("{server}{sign}options=-csearch_path%3D{schema}")).await;
        let sql = format!("drop schema {schema} cascade");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        measured?;
    }
    Ok(())
}

async fn measure(url: &str) -> Result<(), store::Error> {
    let store = Store::open(url).await?;
    println!("{store:?}");
    let account = NewAccount {
        id: ANNA,
        name: "Anna".to_owned(),
        role: "athlete".to_owned(),
        password: None,
        created_at_ms: 0,
    };
    store.create_account(&account).await?;

    // One event after the other, as a training session logs its sets.
    let mut times = Vec::new();
    for n in 0..N_APPENDS {
        let start = Instant::now();
        let mut unit = store.begin().await?;
        unit.append(ANNA, Expected::Any, &[event(n)]).await?;
        unit.commit().await?;
        times.push(start.elapsed());
    }
    print_times("append of one event", times);

    // The same as a request: claimed, with snapshot and answer.
    let mut times = Vec::new();
    for n in N_APPENDS..2 * N_APPENDS {
        let start = Instant::now();
        request(&store, n).await?;
        times.push(start.elapsed());
    }
    print_times("request with claim, event, snapshot, answer", times);

    let start = Instant::now();
    for n in (2 * N_APPENDS..N_EVENTS).step_by(1000) {
        let events: Vec<_> = (n..(n + 1000).min(N_EVENTS)).map(event).collect();
        let mut unit = store.begin().await?;
        unit.append(ANNA, Expected::Any, &events).await?;
        unit.commit().await?;
    }
    println!("  append of {} events by 1000: {:?}", N_EVENTS - 2 * N_APPENDS, start.elapsed());
    store.close().await;

    let store = Store::open(url).await?;
    let start = Instant::now();
    let events = store.events(ANNA, 0, u32::MAX).await?;
    println!("  cold read of {} events: {:?}", events.len(), start.elapsed());
    let start = Instant::now();
    let chain = store.verify(ANNA).await?;
    println!("  verify: {:?}, {chain:?}", start.elapsed());
    let start = Instant::now();
    let erased = store.erase(ANNA).await?;
    println!("  erase: {:?}, wiped: {}", start.elapsed(), erased.wiped);
    store.close().await;
    Ok(())
}

async fn request(store: &Store, n: u64) -> Result<(), store::Error> {
    let request = Request {
        principal: ANNA,
        route: "POST /sets".to_owned(),
        key: Uuid::from_u128(n.into()),
        fingerprint: [0; 32],
    };
    let mut unit = store.begin().await?;
    if unit.claim(&request, 0, 1000).await? == Claim::New {
        let version = unit.append(ANNA, Expected::Any, &[event(n)]).await?;
        let snapshot = Snapshot { version, data: vec![7; 2000] };
        unit.keep_snapshot(ANNA, "state", 1, &snapshot).await?;
        unit.answer(201, &[7; 200]).await?;
    }
    unit.commit().await
}

fn event(n: u64) -> NewEvent {
    NewEvent {
        event_id: Uuid::from_u128(n.into()),
        kind: "set_logged".to_owned(),
        schema_version: 1,
        actor: ANNA,
        actor_kind: "athlete".to_owned(),
        occurred_at_ms: 1_700_000_000_000,
        tz: "Europe/Berlin".to_owned(),
        local_date: "2023-11-14".to_owned(),
        recorded_at_ms: 1_700_000_001_000,
        data: r#"{"exercise":"back_squat","reps":5,"load_kg":102.5,"rpe":8.5,"rest_secs":180}"#
            .to_owned(),
    }
}

fn print_times(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("  {what}: p50 {:?}, p99 {:?}, worst {:?}", at(50), at(99), at(100));
}
