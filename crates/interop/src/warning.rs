//! What of a file could not be used as it stands, with the place.

use std::fmt;

use crate::clean;
use crate::limits::MOST_WARNINGS;

/// Where in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// All of it.
    File,
    /// A line, from 1, as an editor counts.
    Line(u64),
    /// A session of a JSON file, from 1.
    Session(u64),
    /// A message of a FIT file, from 1.
    Message(u64),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Line(n) => write!(f, "line {n}"),
            Self::Session(n) => write!(f, "session {n}"),
            Self::Message(n) => write!(f, "message {n}"),
        }
    }
}

/// What is the matter. The first group leaves a row out, the second only a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarningKind {
    /// A number that is none, such as `NaN`.
    NoNumber,
    /// A number that nobody lifts, counts or runs.
    OutOfRange,
    /// A date that cannot be read.
    NoDate,
    /// A day that is still to come.
    Future,
    /// A row without an exercise.
    NoExercise,
    /// Neither repetitions nor time nor distance.
    NothingDone,
    /// A field of more than 64 kB: a quotation mark is not closed, as a rule.
    LongField,
    /// A row with more columns than a training log has.
    ManyColumns,
    /// More sets than a session has.
    ManySets,
    /// A field that must have a certain form, and has not.
    NoValue,
    /// The same set a second time.
    Twice,

    /// A kind of set that is not known; it was taken for a working set.
    UnknownKind,
    /// An effort that is none; it was left out.
    NoEffort,
    /// A text that was too long; the rest was cut.
    Shortened,
    /// An end before the beginning, or a day later; it was left out.
    NoEnd,
    /// The text is not UTF-8; it was read as Windows-1252.
    OldEncoding,
    /// The text has bytes that mean nothing; they were replaced.
    BadBytes,
    /// Weight on an assisted exercise was read as help, below zero.
    Assisted,
    /// The file ends in the middle, or its check sum is wrong; what was read before is kept.
    Cut,
}

impl WarningKind {
    /// A name that does not change, for programs and translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoNumber => "no_number",
            Self::OutOfRange => "out_of_range",
            Self::NoDate => "no_date",
            Self::Future => "future",
            Self::NoExercise => "no_exercise",
            Self::NothingDone => "nothing_done",
            Self::LongField => "long_field",
            Self::ManyColumns => "many_columns",
            Self::ManySets => "many_sets",
            Self::NoValue => "no_value",
            Self::Twice => "twice",
            Self::UnknownKind => "unknown_kind",
            Self::NoEffort => "no_effort",
            Self::Shortened => "shortened",
            Self::NoEnd => "no_end",
            Self::OldEncoding => "old_encoding",
            Self::BadBytes => "bad_bytes",
            Self::Assisted => "assisted",
            Self::Cut => "cut",
        }
    }
}

/// One thing that could not be used as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Where.
    pub at: At,
    /// What is the matter.
    pub kind: WarningKind,
    /// What stands there: cleaned, up to 80 characters; may be empty.
    pub value: String,
}

/// The warnings of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Warnings {
    /// The first hundred, in the order of reading.
    pub first: Vec<Warning>,
    /// How many there are in all.
    pub n: u64,
}

impl Warnings {
    pub(crate) fn add(&mut self, at: At, kind: WarningKind, value: &str) {
        self.n += 1;
        if self.first.len() < MOST_WARNINGS {
            let value = clean::line(value, 80).text;
            self.first.push(Warning { at, kind, value });
        }
    }

    /// Once a file, however often it is met.
    pub(crate) fn add_once(&mut self, kind: WarningKind, value: &str) {
        if !self.first.iter().any(|told| told.kind == kind) && self.first.len() < MOST_WARNINGS {
            self.add(At::File, kind, value);
        }
    }
}

/// Why a row is left out.
pub(crate) type Skip = (WarningKind, String);

pub(crate) fn skip(kind: WarningKind, value: impl Into<String>) -> Skip {
    (kind, value.into())
}
