//! Why a whole file is not read. What is wrong with single rows is a warning.

use crate::limits::{MOST_BYTES, MOST_ROWS, MOST_SETS};

/// A file that is not read, or not written, named by what its owner can do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`MOST_BYTES`].
    #[error(
        "the file has {n_bytes} bytes, at most {MOST_BYTES} are read: export fewer years at once"
    )]
    TooLarge {
        /// How large it is.
        n_bytes: usize,
    },
    /// More rows than [`MOST_ROWS`].
    #[error("the file has more than {MOST_ROWS} rows: export fewer years at once")]
    TooManyRows,
    /// More sets than [`MOST_SETS`].
    #[error("the file has more than {MOST_SETS} sets: export fewer years at once")]
    TooManySets,
    /// More columns than a training log has.
    #[error("the file has `{n_columns}` columns, which no training log has")]
    TooManyColumns {
        /// How many.
        n_columns: usize,
    },
    /// More names of exercises than anybody trains.
    #[error("the file names more than {most} exercises: is the right column mapped?")]
    TooManyNames {
        /// The limit.
        most: usize,
    },
    /// A kind of file that is known, and not read.
    #[error("{0}")]
    Foreign(Foreign),
    /// Nothing that is known.
    #[error(
        "this is no training log that Spotter knows: send a CSV whose first line names its columns, a FIT file, or Spotter's own JSON"
    )]
    Unknown,
    /// Spotter's own format, in a version that comes after this program.
    #[error("the file is of version `{version}`, this program reads version 1: update it")]
    Newer {
        /// What it says.
        version: u64,
    },
    /// It begins well and cannot be read on.
    #[error("the file is damaged: {reason}")]
    Damaged {
        /// Where and why.
        reason: String,
    },
    /// A session that this format has no way to say.
    #[error("the session cannot be written: {reason}")]
    Unwritable {
        /// Why.
        reason: &'static str,
    },
}

impl Error {
    /// A name that does not change, for programs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyRows => "too_many_rows",
            Self::TooManySets => "too_many_sets",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooManyNames { .. } => "too_many_names",
            Self::Foreign(kind) => kind.code(),
            Self::Unknown => "unknown",
            Self::Newer { .. } => "newer",
            Self::Damaged { .. } => "damaged",
            Self::Unwritable { .. } => "unwritable",
        }
    }
}

/// A kind of file that people send, and that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Foreign {
    /// Spotter's own export of an account.
    #[error(
        "this is Spotter's own export of an account: bring it in where accounts are imported, into an empty account"
    )]
    Takeout,
    /// A ZIP.
    #[error(
        "this is a ZIP, which is not opened: unpack it and send the CSV or FIT file that is inside"
    )]
    Zip,
    /// An Excel workbook.
    #[error("this is an Excel workbook: open it and save it as CSV (UTF-8)")]
    Spreadsheet,
    /// TCX.
    #[error(
        "TCX files are XML, which is not read, and hold no sets: export the activity as FIT (in Garmin Connect: Export Original)"
    )]
    Tcx,
    /// GPX.
    #[error("GPX files are XML, which is not read, and hold no sets: export the activity as FIT")]
    Gpx,
    /// Apple's export.
    #[error(
        "Apple Health's export is XML, which is not read, and holds no sets: export CSV from the app that logged the sets"
    )]
    AppleHealth,
    /// Other XML and HTML.
    #[error("XML is not read: export CSV or FIT instead")]
    Xml,
    /// gzip.
    #[error("this is compressed (gzip): unpack it and send the file that is inside")]
    Gzip,
    /// `SQLite`.
    #[error(
        "this is a database, such as an app's backup: use the app's export to CSV or spreadsheet instead"
    )]
    Database,
    /// PDF.
    #[error("this is a PDF: export CSV instead")]
    Pdf,
}

impl Foreign {
    /// A name that does not change, for programs and translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Takeout => "takeout",
            Self::Zip => "zip",
            Self::Spreadsheet => "spreadsheet",
            Self::Tcx => "tcx",
            Self::Gpx => "gpx",
            Self::AppleHealth => "apple_health",
            Self::Xml => "xml",
            Self::Gzip => "gzip",
            Self::Database => "database",
            Self::Pdf => "pdf",
        }
    }
}
