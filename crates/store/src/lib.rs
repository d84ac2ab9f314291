//! What outlives the process: accounts, devices, the event log, documents and answers, in SQLite or Postgres.
//!
//! Nothing here knows what an event means, reads a clock or makes an id. Three things are easy to get wrong:
//!
//! - **What belongs together goes into one [`Unit`].** The claim of a request, its events, the snapshot and the answer are kept
//!   together or not at all; every other method of [`Store`] stands on its own.
//! - **A stream is an account's**, so it has the account's id. Nothing can be kept for an account that is not there
//!   ([`Error::NoAccount`]), which is what makes [`Store::erase`] final.
//! - **Every query is written once**, in the dialect that both databases share; what must differ is in `database.rs` and
//!   `erase.rs`.
//!
//! Times are milliseconds since 1970 (UTC), as the caller's clock tells them.

#![warn(missing_docs)]

mod account;
mod answers;
mod append;
mod chain;
mod database;
mod device;
mod document;
mod erase;
mod error;
mod event;
mod snapshot;
mod unit;

pub use account::{Account, NewAccount, folded};
pub use answers::{Claim, Request};
pub use append::Expected;
pub use chain::Chain;
pub use database::Store;
pub use device::{Device, NewDevice};
pub use document::Document;
pub use erase::{Erased, Swept};
pub use error::Error;
pub use event::{NewEvent, Recorded};
pub use snapshot::Snapshot;
pub use unit::Unit;
