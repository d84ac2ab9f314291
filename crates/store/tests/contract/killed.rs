//! A process that is killed while it writes as fast as it can leaves a log, snapshots and answers that agree.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use store::{Chain, Claim, Expected, Snapshot, Store};

use crate::places::{ANNA, Kind, Place, each, event, request};

const URL: &str = "STORE_TEST_WRITE_TO";
const N_KILLS: usize = 20;
const KEEP_MS: i64 = 1000;

/// The n-th request, from 1: it adds two events, so the stream is at twice n then.
async fn write(store: &Store, n: u64) {
    let key = u128::from(n);
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.claim(&request(ANNA, key, 0), 0, KEEP_MS).await.unwrap(), Claim::New);
    let events = [event(2 * key, "a"), event(2 * key + 1, "b")];
    let version = unit.append(ANNA, Expected::Exact(2 * n - 2), &events).await.unwrap();
    let snapshot = Snapshot { version, data: version.to_be_bytes().to_vec() };
    unit.keep_snapshot(ANNA, "state", 1, &snapshot).await.unwrap();
    unit.answer(201, &version.to_be_bytes()).await.unwrap();
    unit.commit().await.unwrap();
}

/// Not a test by itself: what the child does.
#[tokio::test]
async fn child() {
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&url).await.unwrap();
    for n in store.version(ANNA).await.unwrap() / 2 + 1.. {
        write(&store, n).await;
        println!("\nkept {n}");
    }
}

/// Lets a child write, kills it after so many acknowledged requests and a moment, and returns the last acknowledged.
fn write_and_be_killed(url: &str, n_requests: usize, moment: Duration) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("kept ")?.parse().ok());
    let mut last = acknowledged.by_ref().take(n_requests).last().unwrap();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had said by then. The end of the last line may be missing, so that counts for no more than it says.
    last = acknowledged.last().map_or(last, |later: u64| later.max(last));
    last
}

async fn check(place: &Place, acknowledged: u64) {
    if let Kind::Postgres { .. } = &place.kind {
        // The server may still be finishing what the child asked for. Each look takes it 10 ms, so as not to be in its way.
        let children = "select count(*) from pg_sleep(0.01), pg_stat_activity \
                        where application_name = 'killed' || current_schema()";
        while place.count(children).await > 0 {}
    }
    let store = place.reopened().await;
    let version = store.version(ANNA).await.unwrap();
    let n = version / 2;
    assert_eq!(version % 2, 0, "half a request was kept");
    assert!(n >= acknowledged, "request {acknowledged} was acknowledged and lost: there are {n}");
    assert_eq!(store.verify(ANNA).await.unwrap(), Chain::Whole { version });
    let snapshot = store.snapshot(ANNA, "state", 1).await.unwrap().unwrap();
    assert_eq!(snapshot, Snapshot { version, data: version.to_be_bytes().to_vec() });

    let n_events = place.count("select count(*) from events").await;
    let n_claims = place.count("select count(*) from idempotency").await;
    let n_answers = place.count("select count(*) from idempotency where status = 201").await;
    assert_eq!([n_events, n_claims, n_answers], [2 * n, n, n].map(u64::cast_signed));
    for key in n.saturating_sub(5).max(1)..=n + 1 {
        let mut unit = store.begin().await.unwrap();
        let claim = unit.claim(&request(ANNA, key.into(), 0), 0, KEEP_MS).await.unwrap();
        let body = (2 * key).to_be_bytes().to_vec();
        let expected = if key <= n { Claim::Answered { status: 201, body } } else { Claim::New };
        assert_eq!(claim, expected, "request {key} of {n}");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_leaves_nothing_half_done() {
    each(async |place| {
        let url = match &place.kind {
            Kind::Sqlite(_) => place.url.clone(),
            Kind::Postgres { schema } => {
                place.url.replace(&format!("name={schema}"), &format!("name=killed{schema}"))
            }
        };
        place.store.clone().close().await;
        let mut random = fastrand::Rng::with_seed(4);
        let mut acknowledged = 0;
        for _ in 0..N_KILLS {
            let n_requests = random.usize(1..30);
            let moment = Duration::from_micros(random.u64(0..4000));
            let before = acknowledged;
            acknowledged =
                tokio::task::block_in_place(|| write_and_be_killed(&url, n_requests, moment));
            assert!(acknowledged > before);
            check(place, acknowledged).await;
        }
    })
    .await;
}
