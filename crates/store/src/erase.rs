//! Erasing an account without a trace, and sweeping out what has expired.
//!
//! Deleting rows is not enough: their bytes stay in the database's files until something else needs the room. So erasing
//! has two parts. The rows go in one transaction, which also notes in `unwiped` that bytes may be left. Then the files are
//! rebuilt from what is still there, and the note goes. If the second part fails or the process dies, the note makes
//! [`Store::sweep`] do it.

use sqlx::{PgPool, SqlitePool};
use uuid::Uuid;

use crate::database::{Of, on};
use crate::unit::step;
use crate::{Error, NewAccount, Store, Unit};

/// What [`Store::erase`] removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Whether there was such an account.
    pub account: bool,
    /// How many events.
    pub events: u64,
    /// How many snapshots.
    pub snapshots: u64,
    /// How many documents.
    pub documents: u64,
    /// How many devices.
    pub devices: u64,
    /// How many answers to requests.
    pub answers: u64,
    /// Whether the bytes are gone from the database's files too. If not, something else is reading them, such as a backup, or
    /// the disk is full; the next [`Store::sweep`] tries again and tells why.
    pub wiped: bool,
}

/// What [`Store::sweep`] removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// How many devices.
    pub devices: u64,
    /// How many answers to requests.
    pub answers: u64,
    /// Of how many erased accounts the last bytes.
    pub wiped: usize,
}

impl Store {
    /// Removes an account and everything of it, from the database's files too. That rebuilds them, so it takes longer the more
    /// others have kept. SQLite lets nobody write meanwhile, and needs the memory to hold a copy of the file.
    ///
    /// What this cannot reach: backups, and of a Postgres server its write-ahead log. That holds the rows until its segments
    /// are recycled, by default within minutes to days; an operator who archives it or has replicas keeps them for as long as
    /// the archive. A server that logs statements with their parameters keeps those as well.
    ///
    /// # Errors
    ///
    /// Only while nothing is removed yet; after that, see [`Erased::wiped`].
    pub async fn erase(&self, account: Uuid) -> Result<Erased, Error> {
        self.erase_for(account, None).await
    }

    /// As [`erase`](Self::erase), and in the same moment makes the account that takes the place of the old one. It may have
    /// its name, and must have an id of its own: whatever is still on its way to the old one arrives nowhere.
    ///
    /// # Errors
    ///
    /// As [`erase`](Self::erase); [`Error::NameTaken`].
    pub async fn erase_for(
        &self,
        account: Uuid,
        successor: Option<&NewAccount>,
    ) -> Result<Erased, Error> {
        let mut unit = self.begin().await?;
        unit.enter(account).await?;
        let mut erased = Erased {
            events: unit.delete("delete from events where stream = $1", account).await?,
            snapshots: unit.delete("delete from snapshots where stream = $1", account).await?,
            documents: unit.delete("delete from documents where account = $1", account).await?,
            devices: unit.delete("delete from devices where account = $1", account).await?,
            answers: unit.delete("delete from idempotency where principal = $1", account).await?,
            ..Erased::default()
        };
        unit.delete("delete from streams where stream = $1", account).await?;
        erased.account = unit.delete("delete from accounts where id = $1", account).await? == 1;
        if erased.account {
            unit.delete("insert into unwiped (account) values ($1)", account).await?;
        }
        if let Some(successor) = successor {
            unit.create_account(successor).await?;
        }
        unit.commit().await?;
        erased.wiped = self.wipe().await.is_ok();
        Ok(erased)
    }

    /// Removes devices and answers that have expired, and finishes what [`erase`](Self::erase) could not. To be called when the
    /// process starts, and every hour or so.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if something else keeps reading what should be wiped.
    pub async fn sweep(&self, now_ms: i64) -> Result<Swept, Error> {
        const DEVICES: &str =
            "delete from devices where expires_at_ms <= $1 or seen_at_ms + idle_ms <= $1";
        const ANSWERS: &str = "delete from idempotency where expires_at_ms <= $1";
        let devices = on!(&self.writers, db =>
            sqlx::query(DEVICES).bind(now_ms).execute(db).await.map(|done| done.rows_affected()))?;
        let answers = on!(&self.writers, db =>
            sqlx::query(ANSWERS).bind(now_ms).execute(db).await.map(|done| done.rows_affected()))?;
        Ok(Swept { devices, answers, wiped: self.wipe().await? })
    }

    /// Rebuilds the files if something was erased since the last time. Tells how many accounts.
    async fn wipe(&self) -> Result<usize, Error> {
        const PENDING: &str = "select account from unwiped";
        const DONE: &str = "delete from unwiped where account = $1";
        let pending: Vec<Uuid> =
            on!(&self.writers, db => sqlx::query_scalar(PENDING).fetch_all(db).await)?;
        if pending.is_empty() {
            return Ok(0);
        }
        match &self.writers {
            Of::Sqlite(pool) => wipe_sqlite(pool).await?,
            Of::Postgres(pool) => wipe_postgres(pool).await?,
        }
        // Only these: another may have been erased while the files were being rebuilt.
        for account in &pending {
            on!(&self.writers, db => sqlx::query(DONE).bind(account).execute(db).await.map(drop))?;
        }
        Ok(pending.len())
    }
}

impl Unit {
    async fn delete(&mut self, sql: &'static str, account: Uuid) -> Result<u64, Error> {
        Ok(step!(self, db => sqlx::query(sql)
            .bind(account)
            .execute(db)
            .await
            .map(|done| done.rows_affected())))
    }
}

/// `secure_delete` overwrites what is deleted, but a page from which rows moved away can keep a copy of them, and the
/// write-ahead log keeps what was written. So the log is emptied, the file is rebuilt, and the log is emptied of that.
async fn wipe_sqlite(pool: &SqlitePool) -> Result<(), Error> {
    let mut connection = pool.acquire().await?;
    for step in ["checkpoint", "vacuum", "checkpoint"] {
        if step == "vacuum" {
            sqlx::query("vacuum").execute(&mut *connection).await?;
            continue;
        }
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await?;
        if busy != 0 {
            return Err(Error::Busy);
        }
    }
    Ok(())
}

/// `vacuum full` writes each table and its indexes anew and deletes the old files. `analyze` renews the planner's samples of
/// what is in the columns; of those that hold words of people it takes none.
async fn wipe_postgres(pool: &PgPool) -> Result<(), Error> {
    const ALL: [&str; 7] = [
        "vacuum (full, analyze) events",
        "vacuum (full, analyze) streams",
        "vacuum (full, analyze) snapshots",
        "vacuum (full, analyze) documents",
        "vacuum (full, analyze) devices",
        "vacuum (full, analyze) idempotency",
        "vacuum (full, analyze) accounts",
    ];
    for sql in ALL {
        sqlx::query(sql).execute(pool).await?;
    }
    Ok(())
}
