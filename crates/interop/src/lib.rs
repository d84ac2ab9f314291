//! Other programs' training files: what is in them as our sessions, and our sessions as files that others read.
//!
//! Bytes in, values out: no file, no clock, no network. The zone, the day and every choice are arguments. Nothing is guessed in
//! silence: what the file does not say is a [`Question`], what cannot be used is a [`Warning`] with its line.
#![warn(missing_docs)]

mod clean;
mod custom;
mod draft;
mod encoding;
mod error;
mod fit_names;
mod format;
mod identity;
mod layout;
mod limits;
mod moment;
mod names;
mod number;
mod options;
mod own;
mod preview;
mod read;
mod row;
mod settle;
mod table;
mod warning;
mod write;

pub use custom::{CUSTOM_PREFIX, custom_id};
pub use error::{Error, Foreign};
pub use format::{Format, Recognized, recognize};
pub use layout::Column;
pub use limits::{MOST_BYTES, MOST_ROWS, MOST_SETS};
pub use names::Suggestion;
pub use options::{Choice, DateOrder, LoadUnit, Options};
pub use preview::{Accepted, FoundColumn, FoundExercise, Preview, Question};
pub use read::read;
pub use warning::{At, Warning, WarningKind, Warnings};
pub use write::{Named, write_csv, write_fit, write_hevy_csv, write_json, write_strong_csv};
