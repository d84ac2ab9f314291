//! What the store promises, checked on every database that is there: `TEST_DATABASE_URL` names a Postgres server.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod accounts;
mod answers;
mod chain;
mod devices;
mod documents;
mod erase;
mod gone;
mod killed;
mod log;
mod opening;
mod places;
