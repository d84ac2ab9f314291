//! Accounts: who can sign in.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use crate::database::on;
use crate::unit::step;
use crate::{Error, Store, Unit};

/// An account to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Also the id of its stream.
    pub id: Uuid,
    /// Shown as it is, compared without regard to capitals, spaces around it and ways to write the same letter.
    pub name: String,
    /// The caller's word for what it may do.
    pub role: String,
    /// The password's hash in PHC form; none where there is no password.
    pub password: Option<String>,
    /// When it was made.
    pub created_at_ms: i64,
}

/// An account.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// Also the id of its stream.
    pub id: Uuid,
    /// As it was chosen.
    pub name: String,
    /// The caller's word for what it may do.
    pub role: String,
    /// The password's hash in PHC form; none where there is no password.
    pub password: Option<String>,
    /// When it was made.
    pub created_at_ms: i64,
}

/// Names and passwords stay out of logs, so they are not here.
impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Names and passwords stay out of logs, so they are not here.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A name as it is compared.
#[must_use]
pub fn folded(name: &str) -> String {
    // Lower case can undo the first normalization, so there is a second.
    let lower = name.trim().nfkc().collect::<String>().to_lowercase();
    lower.nfkc().collect()
}

impl Unit {
    /// Makes an account.
    pub(crate) async fn create_account(&mut self, new: &NewAccount) -> Result<(), Error> {
        const SQL: &str = "insert into accounts (id, name, name_folded, role, password, created_at_ms) \
                      values ($1, $2, $3, $4, $5, $6) on conflict (name_folded) do nothing";
        let n_rows = step!(self, db => sqlx::query(SQL)
            .bind(new.id)
            .bind(&new.name)
            .bind(folded(&new.name))
            .bind(&new.role)
            .bind(&new.password)
            .bind(new.created_at_ms)
            .execute(db)
            .await
            .map(|done| done.rows_affected()));
        if n_rows == 1 { Ok(()) } else { Err(Error::NameTaken) }
    }
}

impl Store {
    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`Error::NameTaken`].
    pub async fn create_account(&self, new: &NewAccount) -> Result<Account, Error> {
        let mut unit = self.begin().await?;
        unit.create_account(new).await?;
        unit.commit().await?;
        let NewAccount { id, name, role, password, created_at_ms } = new.clone();
        Ok(Account { id, name, role, password, created_at_ms })
    }

    /// An account; none where it is not there.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn account(&self, id: Uuid) -> Result<Option<Account>, Error> {
        const SQL: &str =
            "select id, name, role, password, created_at_ms from accounts where id = $1";
        Ok(on!(&self.readers, db =>
            sqlx::query_as::<_, Account>(SQL).bind(id).fetch_optional(db).await)?)
    }

    /// The account of this name, in whatever capitals; none where it is not there.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, Error> {
        const SQL: &str =
            "select id, name, role, password, created_at_ms from accounts where name_folded = $1";
        Ok(on!(&self.readers, db =>
            sqlx::query_as::<_, Account>(SQL).bind(folded(name)).fetch_optional(db).await)?)
    }

    /// All accounts, the oldest first.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        const SQL: &str = "select id, name, role, password, created_at_ms from accounts \
                           order by created_at_ms, name_folded";
        Ok(on!(&self.readers, db => sqlx::query_as::<_, Account>(SQL).fetch_all(db).await)?)
    }

    /// Sets a password's hash, or takes the password away.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`].
    pub async fn set_password(&self, id: Uuid, phc: Option<&str>) -> Result<(), Error> {
        const SQL: &str = "update accounts set password = $2 where id = $1";
        let n_rows = on!(&self.writers, db => sqlx::query(SQL)
            .bind(id)
            .bind(phc)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        if n_rows == 1 { Ok(()) } else { Err(Error::NoAccount) }
    }

    /// Sets what an account may do.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`].
    pub async fn set_role(&self, id: Uuid, role: &str) -> Result<(), Error> {
        const SQL: &str = "update accounts set role = $2 where id = $1";
        let n_rows = on!(&self.writers, db => sqlx::query(SQL)
            .bind(id)
            .bind(role)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        if n_rows == 1 { Ok(()) } else { Err(Error::NoAccount) }
    }
}
