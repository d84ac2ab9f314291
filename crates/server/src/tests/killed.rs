//! A server that is killed while it logs as fast as it can leaves a log, a state and answers that agree, on each database.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use store::Chain;

use super::house::{Answer, House};
use super::members::JSON;
use super::sessions::{key, new_session, set};
use crate::athletes::Known;

const FOLDER: &str = "SERVER_TEST_WRITE_TO";
const DATABASE: &str = "SERVER_TEST_DATABASE";
const N_KILLS: usize = 14;

async fn house(folder: &Path, database: Option<&str>) -> House {
    House::new(|settings| {
        settings.data = folder.to_owned();
        settings.database = database.map(str::to_owned);
        settings.limits.request_burst = 1 << 20;
    })
    .await
}

/// The n-th correction, from 1: the set has n repetitions then.
async fn correct(house: &House, n: u32) -> Answer {
    let set = set(1, u16::try_from(n).unwrap());
    let path = format!("/api/v1/sessions/{}/sets/{}", id("id", &new_session()), id("id", &set));
    house.ask(&format!("PUT {path}\n{}\n{JSON}\n\n{set}", key(n))).await
}

fn id(name: &str, of: &Value) -> String {
    of[name].as_str().unwrap().to_owned()
}

async fn reps(house: &House) -> u32 {
    let path = format!("GET /api/v1/sessions/{}", id("id", &new_session()));
    let told: Value = serde_json::from_str(&house.ask(&path).await.body).unwrap();
    told["sets"][0]["reps"].as_u64().unwrap().try_into().unwrap()
}

/// Not a test by itself: what the child does.
#[tokio::test]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let database = std::env::var(DATABASE).ok();
    let house = house(Path::new(&folder), database.as_deref()).await;
    for n in reps(&house).await + 1..1000 {
        assert_eq!(correct(&house, n).await.status.as_u16(), 200);
        println!("\nkept {n}");
    }
}

/// Lets a child write, kills it after so many acknowledged requests and a moment, and returns the last acknowledged.
fn write_and_be_killed(folder: &Path, database: Option<&str>, n: usize, moment: Duration) -> u32 {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["tests::killed::child", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).stdout(Stdio::piped());
    if let Some(url) = database {
        command.env(DATABASE, url);
    }
    let mut child = command.spawn().unwrap();
    let mut acknowledged = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("kept ")?.parse().ok());
    let last = acknowledged.by_ref().take(n).last().unwrap();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.last().map_or(last, |later: u32| later.max(last))
}

async fn check(folder: &Path, database: Option<&str>, acknowledged: u32) {
    let house = house(folder, database).await;
    let (athletes, store) = (&house.state.athletes, &house.state.store);
    let owner = store.account_named("owner").await.unwrap().unwrap().id;
    let n = reps(&house).await;
    assert!(n >= acknowledged, "{acknowledged} was acknowledged and lost: there are {n}");
    // One event for the beginning, one for the set, one for each correction.
    let version = u64::from(n) + 2;
    assert_eq!(store.verify(owner).await.unwrap(), Chain::Whole { version });
    let known = athletes.known(owner).await.unwrap();
    let mut afresh = Known::default();
    athletes.fold(owner, &mut afresh, |_| {}).await.unwrap();
    assert_eq!((known.version, &known.state), (afresh.version, &afresh.state));
    // What was answered is answered again, and nothing happens a second time.
    let again = correct(&house, n).await;
    assert_eq!(again.status.as_u16(), 200, "{}", again.body);
    let told: Value = serde_json::from_str(&again.body).unwrap();
    assert_eq!(told["sets"][0]["reps"], json!(n));
    assert_eq!(store.version(owner).await.unwrap(), version);
}

async fn killed(database: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let begun = house(folder.path(), database).await;
    let post = async |path: &str, n: u32, body: &Value| {
        let answer = begun.ask(&format!("POST {path}\n{}\n{JSON}\n\n{body}", key(n))).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
    };
    post("/api/v1/sessions", 900_001, &new_session()).await;
    let sets = format!("/api/v1/sessions/{}/sets", id("id", &new_session()));
    post(&sets, 900_002, &set(1, 0)).await;
    let mut random = fastrand::Rng::with_seed(7);
    let mut acknowledged = 0;
    for _ in 0..N_KILLS {
        // More than lies between two snapshots, in all.
        let n = random.usize(30..60);
        let moment = Duration::from_micros(random.u64(0..6000));
        let last =
            tokio::task::block_in_place(|| write_and_be_killed(folder.path(), database, n, moment));
        assert!(last > acknowledged);
        acknowledged = last;
        check(folder.path(), database, acknowledged).await;
    }
    assert!(acknowledged > 350, "too few to mean anything: {acknowledged}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_leaves_nothing_half_done() {
    killed(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_leaves_nothing_half_done_on_postgres() {
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        println!("skipped on Postgres: TEST_DATABASE_URL names no server");
        return;
    };
    let schema = format!("server_test_{}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let sql = format!("drop schema if exists {schema} cascade; create schema {schema}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    let sign = if server.contains('?') { '&' } else { '?' };
    killed(Some(&format!("{server}{sign}options=-csearch_path%3D{schema}"))).await;
    let sql = format!("drop schema {schema} cascade");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
}
