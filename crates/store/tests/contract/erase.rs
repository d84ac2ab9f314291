//! Erasing leaves no trace, in the files either.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use store::{Document, Erased, Error, Expected, NewDevice, Snapshot, Store};
use uuid::Uuid;

use crate::places::{ANNA, BEN, Kind, Place, account, each, event, request};

/// A word that is nowhere else.
const CANARY: &str = "kanarienvogel";
const CARLA: Uuid = Uuid::from_u128(0xC);
const N_EVENTS: u128 = 300;

/// Everything that can be kept for an account, with the canary in it.
async fn fill(store: &Store) {
    let mut new = account(CARLA, CANARY);
    new.password = Some(CANARY.to_owned());
    store.create_account(&new).await.unwrap();
    let device = NewDevice {
        id: CARLA,
        account: CARLA,
        token_sha256: [7; 32],
        label: CANARY.to_owned(),
        kind: "paired".to_owned(),
        created_at_ms: 0,
        idle_ms: 1000,
        expires_at_ms: 1000,
    };
    store.add_device(&device).await.unwrap();
    // Between another's, so that pages hold both and rows move.
    for n in 0..N_EVENTS {
        let mut unit = store.begin().await.unwrap();
        unit.claim(&request(CARLA, n, 0), 0, 1000).await.unwrap();
        let data = format!("{{\"note\":\"{CANARY} {n} {}\"}}", "-".repeat(n as usize));
        unit.append(CARLA, Expected::Any, &[event(n, &data)]).await.unwrap();
        unit.append(BEN, Expected::Any, &[event(n, "{\"note\":\"stays\"}")]).await.unwrap();
        let snapshot = Snapshot { version: 1, data: CANARY.as_bytes().to_vec() };
        unit.keep_snapshot(CARLA, "state", 1, &snapshot).await.unwrap();
        let document =
            Document { id: format!("{CANARY} {n}"), body: CANARY.to_owned(), changed_at_ms: 0 };
        unit.put_document(CARLA, "reference", &document).await.unwrap();
        unit.answer(201, CANARY.as_bytes()).await.unwrap();
        unit.commit().await.unwrap();
    }
}

fn files_with_canary(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

/// Tables, statistics and, where the user may read them, files of the tables that have the canary.
async fn traces_in_postgres(place: &Place, schema: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(&place.url).await.unwrap();
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = $1")
            .bind(schema)
            .fetch_all(&mut connection)
            .await
            .unwrap();
    assert!(tables.len() >= 8, "{tables:?}");
    sqlx::query("checkpoint").execute(&mut connection).await.unwrap();
    let mut found = Vec::new();
    for table in tables {
        let rows = format!("select count(*) from {table} where {table}::text like '%{CANARY}%'");
        let n_rows: i64 =
            sqlx::query_scalar(AssertSqlSafe(rows)).fetch_one(&mut connection).await.unwrap();
        let bytes = format!(
            "select position('{CANARY}'::bytea in pg_read_binary_file(pg_relation_filepath('{table}')))"
        );
        let place_in_file: i32 =
            sqlx::query_scalar(AssertSqlSafe(bytes)).fetch_one(&mut connection).await.unwrap();
        if n_rows > 0 || place_in_file > 0 {
            found.push(table);
        }
    }
    let statistics = format!(
        "select count(*) from pg_stats where schemaname = '{schema}' \
         and (most_common_vals::text like '%{CANARY}%' or histogram_bounds::text like '%{CANARY}%')"
    );
    let n_samples: i64 =
        sqlx::query_scalar(AssertSqlSafe(statistics)).fetch_one(&mut connection).await.unwrap();
    if n_samples > 0 {
        found.push("pg_stats".to_owned());
    }
    found.sort();
    found
}

async fn traces(place: &Place) -> Vec<String> {
    match &place.kind {
        Kind::Sqlite(folder) => files_with_canary(folder.path()),
        Kind::Postgres { schema } => traces_in_postgres(place, schema).await,
    }
}

#[tokio::test]
async fn an_erased_account_leaves_no_trace() {
    each(async |place| {
        fill(&place.store).await;
        if let Kind::Postgres { .. } = place.kind {
            place.run("analyze").await;
        }
        let before = traces(place).await;
        assert!(before.len() >= 2, "the search finds what is there: {before:?}");
        let n = u64::try_from(N_EVENTS).unwrap();
        let expected = Erased {
            account: true,
            events: n,
            snapshots: 1,
            documents: n,
            devices: 1,
            answers: n,
            wiped: true,
        };
        assert_eq!(place.store.erase(CARLA).await.unwrap(), expected);
        assert_eq!(traces(place).await, Vec::<String>::new());
        assert_eq!(place.count("select count(*) from unwiped").await, 0);

        assert_eq!(place.store.account(CARLA).await.unwrap(), None);
        assert_eq!(place.store.version(BEN).await.unwrap(), n);
        assert_eq!(place.store.verify(BEN).await.unwrap(), store::Chain::Whole { version: n });
        let again = place.store.erase(CARLA).await.unwrap();
        assert_eq!(again, Erased { wiped: true, ..Erased::default() });
    })
    .await;
}

#[tokio::test]
async fn what_a_reader_holds_is_wiped_later() {
    each(async |place| {
        let Kind::Sqlite(folder) = &place.kind else { return };
        fill(&place.store).await;
        // A backup, say, which sees the database as it is now.
        let file = SqliteConnectOptions::new().filename(folder.path().join("spotter.db"));
        let mut backup = file.connect().await.unwrap();
        sqlx::raw_sql("begin; select count(*) from events").execute(&mut backup).await.unwrap();
        let erased = place.store.erase(CARLA).await.unwrap();
        assert!(erased.account && !erased.wiped);
        assert!(matches!(place.store.sweep(0).await, Err(Error::Busy)));
        backup.close().await.unwrap();
        assert_eq!(place.store.sweep(0).await.unwrap().wiped, 1);
        assert_eq!(traces(place).await, Vec::<String>::new());
        assert_eq!(place.store.sweep(0).await.unwrap().wiped, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_comes_after_an_erasure() {
    each(async |place| {
        let writing: Vec<_> = (0..8)
            .map(|n| {
                let store = place.store.clone();
                tokio::spawn(async move {
                    for step in 0.. {
                        let mut unit = store.begin().await.unwrap();
                        let event = event(n * 1000 + step, "a");
                        match unit.append(ANNA, Expected::Any, &[event]).await {
                            Ok(_) => unit.commit().await.unwrap(),
                            Err(Error::NoAccount) => return step,
                            Err(error) => panic!("{error:?}"),
                        }
                    }
                    0
                })
            })
            .collect();
        while place.store.version(ANNA).await.unwrap() < 20
            && !writing.iter().any(tokio::task::JoinHandle::is_finished)
        {
            tokio::task::yield_now().await;
        }
        let erased = place.store.erase(ANNA).await.unwrap();
        let mut n_written = 0;
        for task in writing {
            n_written += task.await.unwrap();
        }
        assert_eq!(u128::from(erased.events), n_written);
        assert_eq!(place.count("select count(*) from events").await, 0);
    })
    .await;
}
