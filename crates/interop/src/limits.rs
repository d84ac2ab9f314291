//! How much of a file is believed. A lifetime of training is far below each of them.
//!
//! 30 years of five sessions a week with 25 sets are 195,000 sets in some 15 MB of CSV.

/// The largest file, bytes.
pub const MOST_BYTES: usize = 20 << 20;
/// The most rows of a table, or messages of a FIT file.
pub const MOST_ROWS: u64 = 1_000_000;
/// The most sets that are kept of a file.
pub const MOST_SETS: usize = 200_000;
/// The longest field of a table, bytes.
pub(crate) const MOST_FIELD_BYTES: usize = 64 << 10;
/// The most columns of a table.
pub(crate) const MOST_COLUMNS: usize = 256;
/// The most names of exercises in a file: each is compared with the whole library.
pub(crate) const MOST_NAMES: usize = 2_000;
/// The most sets of one session, as `training::athlete` takes them.
pub(crate) const MOST_SETS_OF_A_SESSION: usize = 500;
/// Nothing before the year 2000 is taken for real by `training::athlete`, milliseconds since 1970.
pub(crate) const FIRST_MS: i64 = 946_684_800_000;
pub(crate) const DAY_MS: i64 = 86_400_000;
/// The warnings that are told one by one; the rest are counted.
pub(crate) const MOST_WARNINGS: usize = 100;

/// Characters of an exercise's name.
pub(crate) const NAME_CHARS: usize = 120;

/// Characters of the name that becomes an exercise of one's own.
pub(crate) const OWN_NAME_CHARS: usize = 80;
/// Characters of a session's title, as `training::session::Session::title` says.
pub(crate) const TITLE_CHARS: usize = 120;
/// Characters of a set's note, as `training::session::PerformedSet::note` says.
pub(crate) const SET_NOTE_CHARS: usize = 500;
/// Characters of a session's note, as `training::session::Session::note` says.
pub(crate) const SESSION_NOTE_CHARS: usize = 2_000;
