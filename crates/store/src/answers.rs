//! Requests that were answered: asked again with the same key, they get the same answer.
//!
//! The claim is a row whose key is unique, written at the beginning of the unit. Units of one account go one after the other,
//! so a copy of the request waits until the first has committed, and then sees its answer. However many copies arrive at
//! once, one takes effect.

use uuid::Uuid;

use crate::unit::step;
use crate::{Error, Unit};

/// A request that takes effect once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The account that asks. Two accounts' keys have nothing to do with each other.
    pub principal: Uuid,
    /// The method and path's pattern, such as `POST /plans`.
    pub route: String,
    /// What the client sent as `Idempotency-Key`.
    pub key: Uuid,
    /// SHA-256 of what the client sent.
    pub fingerprint: [u8; 32],
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: act on it, and [`Unit::answer`] it.
    New,
    /// It was answered like this.
    Answered {
        /// HTTP status.
        status: u16,
        /// The answer's bytes.
        body: Vec<u8>,
    },
    /// The key was used for a request that said something else.
    Other,
}

#[derive(sqlx::FromRow)]
struct Row {
    fingerprint: Vec<u8>,
    #[sqlx(try_from = "i64")]
    status: u16,
    body: Vec<u8>,
}

impl Unit {
    /// Claims a request for this unit, or tells how it was answered. The answer is kept for `keep_ms` from now. Must be the
    /// unit's first step: what comes before it would happen for every copy.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`], [`Error::Busy`].
    pub async fn claim(
        &mut self,
        request: &Request,
        now_ms: i64,
        keep_ms: i64,
    ) -> Result<Claim, Error> {
        if let Some(before) = self.claimed.take() {
            self.release(&before).await?;
        }
        self.enter(request.principal).await?;
        self.forget_answer(request, now_ms).await?;
        let Some(row) = self.answer_to(request).await? else {
            self.insert_claim(request, now_ms.saturating_add(keep_ms)).await?;
            self.claimed = Some(request.clone());
            return Ok(Claim::New);
        };
        if row.fingerprint != request.fingerprint {
            return Ok(Claim::Other);
        }
        Ok(Claim::Answered { status: row.status, body: row.body })
    }

    /// Keeps the answer to the request that this unit claimed.
    ///
    /// # Errors
    ///
    /// [`Error::Unfinished`] where it claimed none, or answered it already.
    pub async fn answer(&mut self, status: u16, body: &[u8]) -> Result<(), Error> {
        const SQL: &str = "update idempotency set status = $4, body = $5 \
                           where principal = $1 and route = $2 and key = $3";
        let Some(request) = self.claimed.take() else {
            self.whole = false;
            return Err(Error::Unfinished);
        };
        step!(self, db => sqlx::query(SQL)
            .bind(request.principal)
            .bind(&request.route)
            .bind(request.key)
            .bind(i64::from(status))
            .bind(body)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }

    /// Lets a claim go that is not going to be answered.
    pub(crate) async fn release(&mut self, request: &Request) -> Result<(), Error> {
        self.forget_answer(request, i64::MAX).await
    }

    async fn forget_answer(&mut self, request: &Request, now_ms: i64) -> Result<(), Error> {
        const SQL: &str = "delete from idempotency \
                           where principal = $1 and route = $2 and key = $3 and expires_at_ms <= $4";
        step!(self, db => sqlx::query(SQL)
            .bind(request.principal)
            .bind(&request.route)
            .bind(request.key)
            .bind(now_ms)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }

    async fn insert_claim(&mut self, request: &Request, until_ms: i64) -> Result<(), Error> {
        const SQL: &str = "insert into idempotency (principal, route, key, fingerprint, expires_at_ms) \
                           values ($1, $2, $3, $4, $5)";
        step!(self, db => sqlx::query(SQL)
            .bind(request.principal)
            .bind(&request.route)
            .bind(request.key)
            .bind(&request.fingerprint[..])
            .bind(until_ms)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }

    async fn answer_to(&mut self, request: &Request) -> Result<Option<Row>, Error> {
        const SQL: &str = "select fingerprint, status, body from idempotency \
                           where principal = $1 and route = $2 and key = $3";
        Ok(step!(self, db => sqlx::query_as::<_, Row>(SQL)
            .bind(request.principal)
            .bind(&request.route)
            .bind(request.key)
            .fetch_optional(db)
            .await))
    }
}
