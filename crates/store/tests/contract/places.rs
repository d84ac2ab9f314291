//! Fresh databases, one of each kind for each test, and the smallest things to put in them.

use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use store::{NewAccount, NewEvent, Request, Store};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const ANNA: Uuid = Uuid::from_u128(0xA);
pub(crate) const BEN: Uuid = Uuid::from_u128(0xB);
pub(crate) const NOBODY: Uuid = Uuid::from_u128(0xF);

/// A fresh database with Anna and Ben in it.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) url: String,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Sqlite(TempDir),
    /// A schema of its own.
    Postgres {
        schema: String,
    },
}

/// Runs a check on a fresh database of each kind.
pub(crate) async fn each(check: impl AsyncFn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("spotter.db").display());
    check(&Place::open(url, Kind::Sqlite(folder)).await).await;

    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        static SAY_ONCE: Once = Once::new();
        SAY_ONCE.call_once(|| {
            eprintln!("skipped on Postgres: TEST_DATABASE_URL names no server");
        });
        return;
    };
    static N_SCHEMAS: AtomicU32 = AtomicU32::new(0);
    let n = N_SCHEMAS.fetch_add(1, Ordering::Relaxed);
    let schema = format!("store_test_{}_{n}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let sql = format!("drop schema if exists {schema} cascade; create schema {schema}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    let sign = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{sign}application_name={schema}&options=-csearch_path%3D{schema}");
    let place = Place::open(url, Kind::Postgres { schema: schema.clone() }).await;
    check(&place).await;
    place.store.close().await;
    let sql = format!("drop schema {schema} cascade");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
}

impl Place {
    async fn open(url: String, kind: Kind) -> Self {
        let store = Store::open(&url).await.unwrap();
        for (id, name) in [(ANNA, "Anna"), (BEN, "Ben")] {
            store.create_account(&account(id, name)).await.unwrap();
        }
        Self { store, url, kind }
    }

    /// The same database, opened once more.
    pub(crate) async fn reopened(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Past the store, and without its rules.
    pub(crate) async fn run(&self, sql: &'static str) {
        match &self.kind {
            Kind::Sqlite(folder) => {
                let file = SqliteConnectOptions::new().filename(folder.path().join("spotter.db"));
                let mut connection = file.foreign_keys(false).connect().await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            }
            Kind::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            }
        }
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        match &self.kind {
            Kind::Sqlite(folder) => {
                let file = SqliteConnectOptions::new().filename(folder.path().join("spotter.db"));
                let mut connection = file.connect().await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
            Kind::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
        }
    }
}

pub(crate) fn account(id: Uuid, name: &str) -> NewAccount {
    NewAccount {
        id,
        name: name.to_owned(),
        role: "athlete".to_owned(),
        password: None,
        created_at_ms: 1,
    }
}

pub(crate) fn event(id: u128, data: &str) -> NewEvent {
    NewEvent {
        event_id: Uuid::from_u128(id),
        kind: "set_logged".to_owned(),
        schema_version: 1,
        actor: ANNA,
        actor_kind: "athlete".to_owned(),
        occurred_at_ms: 1_700_000_000_000,
        tz: "Europe/Berlin".to_owned(),
        local_date: "2023-11-14".to_owned(),
        recorded_at_ms: 1_700_000_001_000,
        data: data.to_owned(),
    }
}

pub(crate) fn request(principal: Uuid, key: u128, says: u8) -> Request {
    Request {
        principal,
        route: "POST /plans".to_owned(),
        key: Uuid::from_u128(key),
        fingerprint: [says; 32],
    }
}
