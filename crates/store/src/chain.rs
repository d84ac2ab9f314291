//! Each event's hash covers the one before, so a changed, missing or swapped event is found.
//!
//! It shows damage and careless edits, not an attacker: whoever can write to the database can also compute new hashes.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::database::on;
use crate::event::{NewEvent, Recorded};
use crate::{Error, Store};

/// Says what is hashed, and in which way. Another way needs another word.
const DOMAIN: &[u8] = b"spotter event 1";
const N_AT_ONCE: i64 = 1000;

/// What [`Store::verify`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Every event is as it was written.
    Whole {
        /// Of the last event.
        version: u64,
    },
    /// The event of this version is missing or not as it was written, or what follows it is.
    Broken {
        /// The first that does not fit.
        version: u64,
    },
}

/// Where a stream stands after an event.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Link {
    #[sqlx(try_from = "i64")]
    pub(crate) version: u64,
    pub(crate) hash: Vec<u8>,
}

impl Link {
    pub(crate) fn start() -> Self {
        Self { version: 0, hash: vec![0; 32] }
    }
}

#[derive(sqlx::FromRow)]
struct Hashed {
    #[sqlx(flatten)]
    event: Recorded,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// The hash of an event at its place. Every part is preceded by its length in 8 bytes, so that no two events give the same
/// bytes; numbers are big-endian. The position is not in it: an import gives another.
pub(crate) fn hash_of(prev_hash: &[u8], stream: Uuid, version: u64, event: &NewEvent) -> [u8; 32] {
    let parts: [&[u8]; 14] = [
        DOMAIN,
        prev_hash,
        stream.as_bytes(),
        &version.to_be_bytes(),
        event.event_id.as_bytes(),
        event.kind.as_bytes(),
        &event.schema_version.to_be_bytes(),
        event.actor.as_bytes(),
        event.actor_kind.as_bytes(),
        &event.occurred_at_ms.to_be_bytes(),
        event.tz.as_bytes(),
        event.local_date.as_bytes(),
        &event.recorded_at_ms.to_be_bytes(),
        event.data.as_bytes(),
    ];
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

impl Store {
    /// Computes the hash of every event of a stream again and tells where one does not fit. Reads the whole stream.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn verify(&self, stream: Uuid) -> Result<Chain, Error> {
        let end = self.end(stream).await?;
        let mut last = Link::start();
        while last.version < end.version {
            let events = self.hashed(stream, last.version).await?;
            if events.is_empty() {
                return Ok(Chain::Broken { version: last.version + 1 });
            }
            // Somebody may be appending, so what comes after the end that we saw is left for the next time.
            for hashed in
                events.into_iter().take_while(|hashed| hashed.event.version <= end.version)
            {
                let version = last.version + 1;
                let Hashed { event, prev_hash, hash } = hashed;
                let fits = event.version == version
                    && prev_hash == last.hash
                    && hash == hash_of(&last.hash, stream, version, &event.into());
                if !fits {
                    return Ok(Chain::Broken { version });
                }
                last = Link { version, hash };
            }
        }
        if last.hash == end.hash {
            Ok(Chain::Whole { version: last.version })
        } else {
            Ok(Chain::Broken { version: last.version })
        }
    }

    async fn end(&self, stream: Uuid) -> Result<Link, Error> {
        const SQL: &str = "select version, hash from streams where stream = $1";
        let end = on!(&self.readers, db =>
            sqlx::query_as::<_, Link>(SQL).bind(stream).fetch_optional(db).await)?;
        Ok(end.unwrap_or_else(Link::start))
    }

    async fn hashed(&self, stream: Uuid, after: u64) -> Result<Vec<Hashed>, Error> {
        const SQL: &str = "select position, version, event_id, kind, schema_version, actor, actor_kind, \
                           occurred_at_ms, tz, local_date, recorded_at_ms, data, prev_hash, hash \
                           from events where stream = $1 and version > $2 order by version limit $3";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Hashed>(SQL)
            .bind(stream)
            .bind(after.cast_signed())
            .bind(N_AT_ONCE)
            .fetch_all(db)
            .await)?)
    }
}

impl From<Recorded> for NewEvent {
    fn from(kept: Recorded) -> Self {
        Self {
            event_id: kept.event_id,
            kind: kept.kind,
            schema_version: kept.schema_version,
            actor: kept.actor,
            actor_kind: kept.actor_kind,
            occurred_at_ms: kept.occurred_at_ms,
            tz: kept.tz,
            local_date: kept.local_date,
            recorded_at_ms: kept.recorded_at_ms,
            data: kept.data,
        }
    }
}
