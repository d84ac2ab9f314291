//! Documents: what an account keeps without a history, such as references and passkeys.

use uuid::Uuid;

use crate::database::on;
use crate::unit::step;
use crate::{Error, Store, Unit};

/// Something kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Document {
    /// Unique within its account and kind.
    pub id: String,
    /// JSON, kept to the letter.
    pub body: String,
    /// When it was last put.
    pub changed_at_ms: i64,
}

impl Store {
    /// An account's documents of a kind, by id.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn documents(&self, account: Uuid, kind: &str) -> Result<Vec<Document>, Error> {
        const SQL: &str = "select id, body, changed_at_ms from documents \
                           where account = $1 and kind = $2 order by id";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Document>(SQL)
            .bind(account)
            .bind(kind)
            .fetch_all(db)
            .await)?)
    }

    /// One of them; none where it is not there.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn document(
        &self,
        account: Uuid,
        kind: &str,
        id: &str,
    ) -> Result<Option<Document>, Error> {
        const SQL: &str = "select id, body, changed_at_ms from documents \
                           where account = $1 and kind = $2 and id = $3";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Document>(SQL)
            .bind(account)
            .bind(kind)
            .bind(id)
            .fetch_optional(db)
            .await)?)
    }
}

impl Unit {
    /// Keeps a document, in place of the one with its id if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`].
    pub async fn put_document(
        &mut self,
        account: Uuid,
        kind: &str,
        document: &Document,
    ) -> Result<(), Error> {
        const SQL: &str = "insert into documents (account, kind, id, body, changed_at_ms) values ($1, $2, $3, $4, $5) \
                           on conflict (account, kind, id) do update \
                           set body = excluded.body, changed_at_ms = excluded.changed_at_ms";
        self.enter(account).await?;
        step!(self, db => sqlx::query(SQL)
            .bind(account)
            .bind(kind)
            .bind(&document.id)
            .bind(&document.body)
            .bind(document.changed_at_ms)
            .execute(db)
            .await
            .map(drop));
        Ok(())
    }

    /// Deletes a document, and tells whether it was there.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn delete_document(
        &mut self,
        account: Uuid,
        kind: &str,
        id: &str,
    ) -> Result<bool, Error> {
        const SQL: &str = "delete from documents where account = $1 and kind = $2 and id = $3";
        self.enter(account).await?;
        let n_rows = step!(self, db => sqlx::query(SQL)
            .bind(account)
            .bind(kind)
            .bind(id)
            .execute(db)
            .await
            .map(|done| done.rows_affected()));
        Ok(n_rows == 1)
    }
}
