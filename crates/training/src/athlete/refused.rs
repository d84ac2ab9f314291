//! Why something that was asked for did not happen: values, since a person can act on them.

use std::fmt;

use super::Invalid;
use crate::edit;

/// Why something that was asked for did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A field cannot be used.
    Invalid(Invalid),
    /// A professional should be seen first.
    SeeAProfessional,
    /// The plan is not the one that is followed.
    NotThisPlan,
    /// There is nothing to take back.
    NothingToUndo,
    /// The plan breaks rules; the first of them.
    BreaksRules(String),
    /// The edit cannot be made.
    Edit(edit::Refused),
    /// There is no such session; it may have been removed.
    NoSuchSession,
    /// The session has no such set.
    NoSuchSet,
    /// No such pain is known; it may have been taken back.
    NoSuchPain,
    /// Something else goes by the same name already, or was done instead: what.
    Conflict(&'static str),
    /// A session of those to import cannot be used.
    Import {
        /// Which of them, from 0.
        nth: usize,
        /// Why not.
        invalid: Invalid,
    },
    /// Nothing was decided there, or it is taken back already.
    NothingToReverse,
    /// No easier time runs.
    NoDeload,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(Invalid { field, remedy }) => write!(f, "`{field}`: {remedy}"),
            Self::SeeAProfessional => f.write_str(
                "some of the answers should be looked at by a professional before anybody plans training",
            ),
            Self::NotThisPlan => f.write_str("that is not the plan that is followed now"),
            Self::NothingToUndo => f.write_str("there is no change to take back"),
            Self::BreaksRules(first) => write!(f, "the plan breaks a rule: {first}"),
            Self::Edit(refused) => refused.fmt(f),
            Self::NoSuchSession => f.write_str("there is no such session; it may have been removed"),
            Self::NoSuchSet => f.write_str("the session has no such set"),
            Self::NoSuchPain => f.write_str("no such pain is known; it may have been taken back"),
            Self::Conflict(says) => f.write_str(says),
            Self::Import { nth, invalid: Invalid { field, remedy } } => {
                write!(f, "session {} of the import, `{field}`: {remedy}", nth + 1)
            }
            Self::NothingToReverse => f.write_str("nothing was decided there that could be taken back"),
            Self::NoDeload => f.write_str("no easier time runs"),
        }
    }
}

impl std::error::Error for Refused {}
