//! What can go wrong, named by what the caller can do about it.

use sqlx::migrate::MigrateError;
use uuid::Uuid;

/// Why something was not kept or not read. No message holds a password, a name or what was to be kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody has this name, maybe in other capitals.
    #[error("the name is taken; choose another")]
    NameTaken,
    /// The account is not there, or no longer.
    #[error("there is no such account")]
    NoAccount,
    /// Others appended since the caller looked. Read again from `version` on, decide again.
    #[error("the stream is at version {version} by now; read it again")]
    Conflict {
        /// Where the stream is.
        version: u64,
    },
    /// The stream has an event of this id that says something else.
    #[error(
        "event `{event_id}` is there already and says something else; give the new one an id of its own"
    )]
    EventReused {
        /// The id.
        event_id: Uuid,
    },
    /// A step of this unit failed or was given up before, so nothing of it is kept.
    #[error("an earlier step failed, so nothing was kept; begin again")]
    Unfinished,
    /// Others kept the database at work for too long. Nothing was kept; trying again helps.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// No room on the disk. Nothing was kept.
    #[error("the disk that holds the database is full; make room on it")]
    Full,
    /// The database could not be opened.
    #[error("cannot open the database {which}: {why}; {remedy}")]
    Open {
        /// Its file, or its server and name.
        which: String,
        /// What happened.
        why: String,
        /// What to do.
        remedy: &'static str,
    },
    /// Anything else that the database reports.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(report) = &error else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy,
                other => Self::Database(other),
            };
        };
        // Everything refers to an account in the end.
        if report.is_foreign_key_violation() {
            return Self::NoAccount;
        }
        match report.code().as_deref() {
            // SQLite: busy, a table locked, a snapshot too old to write; Postgres: a lock not to be had, a deadlock.
            Some("5" | "6" | "261" | "517" | "55P03" | "40P01") => Self::Busy,
            // SQLite: full; Postgres: disk full.
            Some("13" | "53100") => Self::Full,
            _ => Self::Database(error),
        }
    }
}

/// Why the tables could not be made or brought up to date.
pub(crate) fn of_migration(which: &str, error: &MigrateError) -> Error {
    let remedy = match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
            "a newer spotter made it: use that one, or go back to a backup"
        }
        MigrateError::VersionMismatch(_) => {
            "it was made by a spotter that was never released: start with an empty one"
        }
        MigrateError::Execute(_) | MigrateError::ExecuteMigration(..) => {
            "check that the user may create tables in it, and that the disk has room"
        }
        _ => "start with an empty one, or go back to a backup",
    };
    Error::Open { which: which.to_owned(), why: error.to_string(), remedy }
}
