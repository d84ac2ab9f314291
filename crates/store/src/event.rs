//! Events, as they are handed in and as they are read, and reading them.

use uuid::Uuid;

use crate::database::on;
use crate::{Error, Store};

/// An event to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Made by whoever recorded it first, as UUID version 7. Handed in again with the same id, it is kept once.
    pub event_id: Uuid,
    /// What happened, such as `plan_made`.
    pub kind: String,
    /// Which shape `data` has.
    pub schema_version: u32,
    /// Who did it.
    pub actor: Uuid,
    /// What they are, such as `athlete` or `import`.
    pub actor_kind: String,
    /// When it happened.
    pub occurred_at_ms: i64,
    /// The time zone in which it happened, such as `Europe/Berlin`.
    pub tz: String,
    /// The date there, such as `2026-11-21`.
    pub local_date: String,
    /// When we learned of it. The only thing in which two copies of an event may differ.
    pub recorded_at_ms: i64,
    /// JSON, kept to the letter.
    pub data: String,
}

/// An event that was kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Recorded {
    /// Place in the whole log. Grows, with gaps.
    #[sqlx(try_from = "i64")]
    pub position: u64,
    /// Place in its stream: 1, 2, 3.
    #[sqlx(try_from = "i64")]
    pub version: u64,
    /// See [`NewEvent`], also for what follows.
    pub event_id: Uuid,
    /// What happened.
    pub kind: String,
    /// Which shape `data` has.
    #[sqlx(try_from = "i64")]
    pub schema_version: u32,
    /// Who did it.
    pub actor: Uuid,
    /// What they are.
    pub actor_kind: String,
    /// When it happened.
    pub occurred_at_ms: i64,
    /// The time zone in which it happened.
    pub tz: String,
    /// The date there.
    pub local_date: String,
    /// When we learned of it.
    pub recorded_at_ms: i64,
    /// JSON, as it was handed in.
    pub data: String,
}

impl Recorded {
    /// Whether this is what a client means by sending the event again.
    pub(crate) fn says_the_same_as(&self, event: &NewEvent) -> bool {
        // The time of recording is ours, and differs between the first and the second time of a replay.
        self.event_id == event.event_id
            && self.kind == event.kind
            && self.schema_version == event.schema_version
            && self.actor == event.actor
            && self.actor_kind == event.actor_kind
            && self.occurred_at_ms == event.occurred_at_ms
            && self.tz == event.tz
            && self.local_date == event.local_date
            && self.data == event.data
    }
}

impl Store {
    /// How many events a stream has, which is the version of its last; 0 where there is no such stream.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn version(&self, stream: Uuid) -> Result<u64, Error> {
        const SQL: &str = "select version from streams where stream = $1";
        let version: Option<i64> = on!(&self.readers, db =>
            sqlx::query_scalar(SQL).bind(stream).fetch_optional(db).await)?;
        Ok(version.unwrap_or_default().unsigned_abs())
    }

    /// Events of a stream after a version, in order, at most so many.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn events(
        &self,
        stream: Uuid,
        after: u64,
        most: u32,
    ) -> Result<Vec<Recorded>, Error> {
        const SQL: &str = "select position, version, event_id, kind, schema_version, actor, actor_kind, \
                           occurred_at_ms, tz, local_date, recorded_at_ms, data \
                           from events where stream = $1 and version > $2 order by version limit $3";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Recorded>(SQL)
            .bind(stream)
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(i64::from(most))
            .fetch_all(db)
            .await)?)
    }
}
