//! Snapshots: what folding a stream gave, so that it need not be folded from the start. Any of them may be missing.

use uuid::Uuid;

use crate::database::on;
use crate::unit::step;
use crate::{Error, Store, Unit};

/// What a projector made of a stream.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Snapshot {
    /// Of the last event that is in it.
    #[sqlx(try_from = "i64")]
    pub version: u64,
    /// The projector's own bytes.
    pub data: Vec<u8>,
}

impl Store {
    /// The last snapshot of a stream by this revision of a projector; none where another revision made it.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn snapshot(
        &self,
        stream: Uuid,
        projector: &str,
        rev: u32,
    ) -> Result<Option<Snapshot>, Error> {
        const SQL: &str =
            "select version, data from snapshots where stream = $1 and projector = $2 and rev = $3";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Snapshot>(SQL)
            .bind(stream)
            .bind(projector)
            .bind(i64::from(rev))
            .fetch_optional(db)
            .await)?)
    }
}

impl Unit {
    /// Keeps a snapshot in place of the last, unless that is of the same revision and newer.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`].
    pub async fn keep_snapshot(
        &mut self,
        stream: Uuid,
        projector: &str,
        rev: u32,
        snapshot: &Snapshot,
    ) -> Result<(), Error> {
        const SQL: &str = "insert into snapshots (stream, projector, rev, version, data) values ($1, $2, $3, $4, $5) \
                           on conflict (stream, projector) do update \
                           set rev = excluded.rev, version = excluded.version, data = excluded.data \
                           where snapshots.rev <> excluded.rev or snapshots.version <= excluded.version";
        self.enter(stream).await?;
        step!(self, db => sqlx::query(SQL)
            .bind(stream)
            .bind(projector)
            .bind(i64::from(rev))
            .bind(snapshot.version.cast_signed())
            .bind(&snapshot.data)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }
}
