//! Devices: signed-in browsers and paired phones. Each has a token, of which only the SHA-256 is kept.

use uuid::Uuid;

use crate::account::Account;
use crate::database::on;
use crate::{Error, Store};

/// A device to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Names it in lists; not a secret.
    pub id: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// Of the token that it shows.
    pub token_sha256: [u8; 32],
    /// Such as `Firefox on Linux`.
    pub label: String,
    /// The caller's word for how it came in.
    pub kind: String,
    /// When it came in, which is also when it was first seen.
    pub created_at_ms: i64,
    /// Unused for this long, it is signed out.
    pub idle_ms: i64,
    /// When it is signed out in any case.
    pub expires_at_ms: i64,
}

/// A device that was let in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    /// Names it in lists; not a secret.
    pub id: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// Such as `Firefox on Linux`.
    pub label: String,
    /// The caller's word for how it came in.
    pub kind: String,
    /// When it came in.
    pub created_at_ms: i64,
    /// When it was last seen, as told by [`Store::touch_device`].
    pub seen_at_ms: i64,
    /// Unused for this long, it is signed out.
    pub idle_ms: i64,
    /// When it is signed out in any case.
    pub expires_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct WithAccount {
    #[sqlx(flatten)]
    device: Device,
    name: String,
    role: String,
    password: Option<String>,
    account_created_at_ms: i64,
}

impl Store {
    /// Lets a device in.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`].
    pub async fn add_device(&self, new: &NewDevice) -> Result<(), Error> {
        const SQL: &str = "insert into devices \
                           (id, account, token_sha256, label, kind, created_at_ms, seen_at_ms, idle_ms, expires_at_ms) \
                           values ($1, $2, $3, $4, $5, $6, $6, $7, $8)";
        on!(&self.writers, db => sqlx::query(SQL)
            .bind(new.id)
            .bind(new.account)
            .bind(&new.token_sha256[..])
            .bind(&new.label)
            .bind(&new.kind)
            .bind(new.created_at_ms)
            .bind(new.idle_ms)
            .bind(new.expires_at_ms)
            .execute(db)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The device that shows a token, and its account; none where it is unknown or signed out by now.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn device(
        &self,
        token_sha256: &[u8; 32],
        now_ms: i64,
    ) -> Result<Option<(Device, Account)>, Error> {
        const SQL: &str = "select devices.id, account, label, kind, devices.created_at_ms, seen_at_ms, idle_ms, \
                           expires_at_ms, name, role, password, accounts.created_at_ms as account_created_at_ms \
                           from devices join accounts on accounts.id = devices.account \
                           where token_sha256 = $1 and expires_at_ms > $2 and seen_at_ms + idle_ms > $2";
        let row = on!(&self.readers, db => sqlx::query_as::<_, WithAccount>(SQL)
            .bind(&token_sha256[..])
            .bind(now_ms)
            .fetch_optional(db)
            .await)?;
        Ok(row.map(|row| {
            let account = Account {
                id: row.device.account,
                name: row.name,
                role: row.role,
                password: row.password,
                created_at_ms: row.account_created_at_ms,
            };
            (row.device, account)
        }))
    }

    /// Notes that a device was seen. The caller does so now and then, not at each request: it is a write.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn touch_device(&self, id: Uuid, now_ms: i64) -> Result<(), Error> {
        // One that is signed out stays so.
        const SQL: &str = "update devices set seen_at_ms = $2 \
                           where id = $1 and seen_at_ms < $2 and expires_at_ms > $2 and seen_at_ms + idle_ms > $2";
        on!(&self.writers, db =>
            sqlx::query(SQL).bind(id).bind(now_ms).execute(db).await.map(drop))?;
        Ok(())
    }

    /// An account's devices, the last seen first, with those that are signed out but not swept yet.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn devices(&self, account: Uuid) -> Result<Vec<Device>, Error> {
        const SQL: &str = "select id, account, label, kind, created_at_ms, seen_at_ms, idle_ms, expires_at_ms \
                           from devices where account = $1 order by seen_at_ms desc, id";
        Ok(on!(&self.readers, db =>
            sqlx::query_as::<_, Device>(SQL).bind(account).fetch_all(db).await)?)
    }

    /// Signs out one of an account's devices, and tells whether it was there.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn forget_device(&self, account: Uuid, id: Uuid) -> Result<bool, Error> {
        const SQL: &str = "delete from devices where account = $1 and id = $2";
        let n_rows = on!(&self.writers, db => sqlx::query(SQL)
            .bind(account)
            .bind(id)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(n_rows == 1)
    }

    /// Signs out all of an account's devices, or all but one, and tells how many.
    ///
    /// # Errors
    ///
    /// The database's own.
    pub async fn forget_devices(&self, account: Uuid, except: Option<Uuid>) -> Result<u64, Error> {
        const SQL: &str = "delete from devices where account = $1 and id <> $2";
        // No device has the nil id.
        let except = except.unwrap_or(Uuid::nil());
        Ok(on!(&self.writers, db => sqlx::query(SQL)
            .bind(account)
            .bind(except)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?)
    }
}
