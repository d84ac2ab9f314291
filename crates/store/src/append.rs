//! Appending to a stream: where it ends is read from its row in `streams`, which is written again after the events.

use uuid::Uuid;

use crate::chain::{Link, hash_of};
use crate::event::{NewEvent, Recorded};
use crate::unit::step;
use crate::{Error, Unit};

/// What the caller knows of the stream it appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing: facts, which are true in any order.
    Any,
    /// It decided on this version, and nothing may have happened since.
    Exact(u64),
}

impl Unit {
    /// Appends events in order, and returns the stream's version then. An event whose id the stream has already is skipped if
    /// it says the same. If all are there, nothing is in conflict, whatever was expected: this is a decision handed in again.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] if the stream is not where it was expected; the unit can go on. [`Error::EventReused`],
    /// [`Error::NoAccount`].
    pub async fn append(
        &mut self,
        stream: Uuid,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<u64, Error> {
        self.enter(stream).await?;
        let mut end = self.end(stream).await?;
        let version = end.version;
        if expected != Expected::Any && expected != Expected::Exact(version) {
            let replayed = !events.is_empty() && self.all_there(stream, events).await?;
            return if replayed { Ok(version) } else { Err(Error::Conflict { version }) };
        }
        // From here on it is all of them or nothing: the stream's row is not right before the end.
        if !std::mem::replace(&mut self.whole, false) {
            return Err(Error::Unfinished);
        }
        for event in events {
            let link = end.then(stream, event);
            if self.insert_event(stream, event, &end.hash, &link).await? {
                end = link;
            } else {
                self.is_there(stream, event).await?;
            }
        }
        if end.version != version {
            self.set_end(stream, &end).await?;
        }
        self.whole = true;
        Ok(end.version)
    }

    async fn end(&mut self, stream: Uuid) -> Result<Link, Error> {
        const SQL: &str = "select version, hash from streams where stream = $1";
        let end = step!(self, db =>
            sqlx::query_as::<_, Link>(SQL).bind(stream).fetch_optional(db).await);
        Ok(end.unwrap_or_else(Link::start))
    }

    async fn set_end(&mut self, stream: Uuid, end: &Link) -> Result<(), Error> {
        const SQL: &str = "insert into streams (stream, version, hash) values ($1, $2, $3) \
                           on conflict (stream) do update set version = excluded.version, hash = excluded.hash";
        step!(self, db => sqlx::query(SQL)
            .bind(stream)
            .bind(end.version.cast_signed())
            .bind(&end.hash)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }

    /// Whether the event was new.
    async fn insert_event(
        &mut self,
        stream: Uuid,
        event: &NewEvent,
        prev_hash: &[u8],
        link: &Link,
    ) -> Result<bool, Error> {
        const SQL: &str = "insert into events (stream, version, event_id, kind, schema_version, actor, actor_kind, \
                           occurred_at_ms, tz, local_date, recorded_at_ms, data, prev_hash, hash) \
                           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
                           on conflict (stream, event_id) do nothing";
        let n_rows = step!(self, db => sqlx::query(SQL)
            .bind(stream)
            .bind(link.version.cast_signed())
            .bind(event.event_id)
            .bind(&event.kind)
            .bind(i64::from(event.schema_version))
            .bind(event.actor)
            .bind(&event.actor_kind)
            .bind(event.occurred_at_ms)
            .bind(&event.tz)
            .bind(&event.local_date)
            .bind(event.recorded_at_ms)
            .bind(&event.data)
            .bind(prev_hash)
            .bind(&link.hash)
            .execute(db)
            .await
            .map(|done| done.rows_affected()));
        Ok(n_rows == 1)
    }

    async fn all_there(&mut self, stream: Uuid, events: &[NewEvent]) -> Result<bool, Error> {
        for event in events {
            if !self.is_there(stream, event).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the stream has this event.
    async fn is_there(&mut self, stream: Uuid, event: &NewEvent) -> Result<bool, Error> {
        const SQL: &str = "select position, version, event_id, kind, schema_version, actor, actor_kind, \
                           occurred_at_ms, tz, local_date, recorded_at_ms, data \
                           from events where stream = $1 and event_id = $2";
        let kept = step!(self, db => sqlx::query_as::<_, Recorded>(SQL)
            .bind(stream)
            .bind(event.event_id)
            .fetch_optional(db)
            .await);
        match kept {
            Some(kept) if kept.says_the_same_as(event) => Ok(true),
            Some(_) => Err(Error::EventReused { event_id: event.event_id }),
            None => Ok(false),
        }
    }
}

impl Link {
    fn then(&self, stream: Uuid, event: &NewEvent) -> Self {
        let version = self.version + 1;
        Self { version, hash: hash_of(&self.hash, stream, version, event).to_vec() }
    }
}
