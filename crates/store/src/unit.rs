//! One write transaction: what is kept together or not at all.
//!
//! Units of one account go one after the other, those of different accounts do not wait for each other. In SQLite all units
//! do, since there is one writer. In Postgres a unit's first step takes the account's advisory lock. Two other ways were
//! tried or weighed: with a lock on rows, claims (which refer to the account), appends (which change the stream) and an
//! erasure (which deletes both) take theirs in different order, and Postgres broke off one of them in every test; relying on
//! the unique version aborts the loser's whole transaction, and its claim with it.
//!
//! A unit that met an error, or whose caller went away in the middle of a step, can no longer be committed. Postgres would
//! answer such a commit with silence and keep nothing; SQLite would keep half.

use std::fmt;

use sqlx::{Postgres, Sqlite, Transaction};
use uuid::Uuid;

use crate::Error;
use crate::answers::Request;
use crate::database::Of;

/// One write transaction, from [`Store::begin`](crate::Store::begin). Dropped without [`commit`](Self::commit), it never was.
pub struct Unit {
    pub(crate) transaction: Of<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>,
    /// Whether every step so far was finished: false while one runs.
    pub(crate) whole: bool,
    /// The accounts that it changes.
    pub(crate) entered: Vec<Uuid>,
    /// The request that was claimed and not answered yet.
    pub(crate) claimed: Option<Request>,
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unit").field("whole", &self.whole).finish_non_exhaustive()
    }
}

impl Unit {
    pub(crate) fn new(
        transaction: Of<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>,
    ) -> Self {
        Self { transaction, whole: true, entered: Vec::new(), claimed: None }
    }

    /// Keeps everything. When this returns, it is on the disk. A claim without an answer is not kept: the request is free to be
    /// made again.
    ///
    /// # Errors
    ///
    /// [`Error::Unfinished`] when a step failed before; nothing is kept then.
    pub async fn commit(mut self) -> Result<(), Error> {
        if !self.whole {
            return Err(Error::Unfinished);
        }
        if let Some(request) = self.claimed.take() {
            self.release(&request).await?;
        }
        match self.transaction {
            Of::Sqlite(transaction) => transaction.commit().await?,
            Of::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

impl Unit {
    /// Waits for other units that change the account, and keeps later ones waiting. Who changes several accounts in one unit
    /// should do so in the order of their ids, or two may wait for each other until Postgres breaks one off.
    pub(crate) async fn enter(&mut self, account: Uuid) -> Result<(), Error> {
        const SQL: &str = "select pg_advisory_xact_lock($1)";
        if self.entered.contains(&account) {
            return Ok(());
        }
        if let Of::Postgres(transaction) = &mut self.transaction {
            // The random half of the id. If two share it, they wait for each other, and that is all.
            let (_, key) = account.as_u64_pair();
            let whole = std::mem::replace(&mut self.whole, false);
            sqlx::query(SQL).bind(key.cast_signed()).execute(&mut **transaction).await?;
            self.whole = whole;
        }
        self.entered.push(account);
        Ok(())
    }
}

/// Runs a query of a unit as one step: unless it succeeds, the unit cannot be committed any more.
macro_rules! step {
    ($unit:expr, $it:ident => $run:expr) => {{
        let whole = std::mem::replace(&mut $unit.whole, false);
        let done = $crate::database::on!(&mut $unit.transaction, transaction => {
            let $it = &mut **transaction;
            $run
        })?;
        $unit.whole = whole;
        done
    }};
}
pub(crate) use step;
