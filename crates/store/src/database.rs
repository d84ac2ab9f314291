//! The two databases: opening them, and `on!`, which runs a query on whichever is there.
//!
//! Writing and reading have connections of their own. SQLite has one for writing, and whoever wants it waits in a queue:
//! with several, SQLite lets them sleep and retry, and the slowest of 8 writers waited 0.3 to 1.1 s where the queue's waited
//! 8 to 16 ms. In Postgres it keeps units, which hold a connection each, from starving the reads that they wait for.

use std::fmt;
use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgConnection, PgPool, SqlitePool};

use crate::error::of_migration;
use crate::{Error, Unit};

/// How long somebody waits for a connection, or in Postgres for a lock, before they are told [`Error::Busy`].
const MOST_WAIT: Duration = Duration::from_secs(30);
/// How long SQLite waits for another process, such as a backup, that has the file.
const MOST_WAIT_FOR_OTHERS: Duration = Duration::from_secs(5);
const N_SQLITE_READERS: u32 = 4;
const N_POSTGRES_WRITERS: u32 = 8;
const N_POSTGRES_READERS: u32 = 8;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The same kind of thing of either database: `on!` looks inside.
#[derive(Clone)]
pub(crate) enum Of<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// Runs an expression with the database's own pool or transaction in the given name; compiled once for each.
macro_rules! on {
    ($of:expr, $it:ident => $run:expr) => {
        match $of {
            $crate::database::Of::Sqlite($it) => $run,
            $crate::database::Of::Postgres($it) => $run,
        }
    };
}
pub(crate) use on;

pub(crate) type Pool = Of<SqlitePool, PgPool>;

/// An open database. Cloning it is cheap and shares its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) writers: Pool,
    pub(crate) readers: Pool,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.writers {
            Of::Sqlite(_) => "Sqlite",
            Of::Postgres(_) => "Postgres",
        };
        f.debug_struct("Store").field("database", &name).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens `sqlite:///folder/file.db` (`sqlite://file.db` for one in the working folder) or `postgres://user@host/name`, and
    /// makes or updates its tables. SQLite's file, and folders to it, are made where they are missing, for their owner only.
    ///
    /// # Errors
    ///
    /// [`Error::Open`] with what to do.
    pub async fn open(url: &str) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            open_sqlite(Path::new(path)).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await
        } else {
            // The address may hold a password, so it is not repeated.
            Err(Error::Open {
                which: "of this address".to_owned(),
                why: "it is neither SQLite nor Postgres".to_owned(),
                remedy: "write `sqlite:///folder/file.db` or `postgres://user@host/name`",
            })
        }
    }

    /// Begins one write transaction. With SQLite there is one at a time, and the next waits here; so do nothing slow inside.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] after 30 s.
    pub async fn begin(&self) -> Result<Unit, Error> {
        Ok(Unit::new(match &self.writers {
            Of::Sqlite(pool) => Of::Sqlite(pool.begin_with("begin immediate").await?),
            // Said out loud, since a server can have another default, in which waiting for a claim would fail.
            Of::Postgres(pool) => {
                Of::Postgres(pool.begin_with("begin isolation level read committed").await?)
            }
        }))
    }

    /// Closes all connections, after what they are doing. Not closing loses nothing either.
    pub async fn close(self) {
        on!(self.readers, pool => pool.close().await);
        on!(self.writers, pool => pool.close().await);
    }
}

async fn open_sqlite(path: &Path) -> Result<Store, Error> {
    let which = format!("`{}`", path.display());
    let refused = |why: String| Error::Open {
        which: which.clone(),
        why,
        remedy: "check that its folder can be written by this user, and that nothing else is in its place",
    };
    make_file(path).map_err(|error| refused(error.to_string()))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut, not only a crash.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(MOST_WAIT_FOR_OTHERS)
        // What is deleted is overwritten.
        .pragma("secure_delete", "on")
        // Erasing rebuilds the file; what it needs meanwhile goes to no other folder.
        .pragma("temp_store", "memory");
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(MOST_WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let writers = pool()
        .max_connections(1)
        .connect_with(options.clone())
        .await
        .map_err(|error| refused(error.to_string()))?;
    SQLITE.run(&writers).await.map_err(|error| of_migration(&which, &error))?;
    let readers = pool()
        .max_connections(N_SQLITE_READERS)
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(|error| refused(error.to_string()))?;
    Ok(Store { writers: Of::Sqlite(writers), readers: Of::Sqlite(readers) })
}

/// Makes the file where there is none, and the folders to it. SQLite gives its other files the same mode.
fn make_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

async fn open_postgres(url: &str) -> Result<Store, Error> {
    let options = PgConnectOptions::from_str(url).map_err(|error| Error::Open {
        which: "of this address".to_owned(),
        why: error.to_string(),
        remedy: "write it as `postgres://user:password@host:5432/name`",
    })?;
    let name = options.get_database().unwrap_or("postgres");
    let which = format!("`{name}` at `{}`", options.get_host());
    let refused = |error: sqlx::Error| Error::Open {
        which: which.clone(),
        why: error.to_string(),
        remedy: "check that the server runs, that the database is there, and the user and password",
    };
    // A pool would go on trying for as long as it may wait. Who starts a server wants to know at once.
    PgConnection::connect_with(&options).await.map_err(refused)?.close().await.map_err(refused)?;
    let pool = || PgPoolOptions::new().acquire_timeout(MOST_WAIT);
    let writers = pool()
        .max_connections(N_POSTGRES_WRITERS)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query("set lock_timeout = '30s'").execute(connection).await?;
                Ok(())
            })
        })
        .connect_with(options.clone())
        .await
        .map_err(refused)?;
    POSTGRES.run(&writers).await.map_err(|error| of_migration(&which, &error))?;
    let readers = pool().max_connections(N_POSTGRES_READERS).connect_lazy_with(options);
    Ok(Store { writers: Of::Postgres(writers), readers: Of::Postgres(readers) })
}
