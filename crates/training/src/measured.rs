//! A value with where it comes from and how far to trust it, or why there is none.
//!
//! Unknown is unknown, never zero; no value is ever NaN or infinite.

use crate::exercise::names;

names! {
    /// How far a value is to be trusted.
    Confidence {
        /// Shown, marked as rough; decides nothing alone.
        Low = "low",
        /// Good enough to decide with.
        Medium = "medium",
        /// As good as it gets without a laboratory.
        High = "high",
    }
}

names! {
    /// Why a value is unknown.
    Missing {
        /// Nothing is logged in the time that it is about.
        NothingLogged = "nothing_logged",
        /// Too few sessions, days or answers to say.
        TooFew = "too_few",
        /// No repetition was done, or none was told.
        NoReps = "no_reps",
        /// No external load was told: the body, a band, help, or left out.
        NoLoad = "no_load",
        /// Too many repetitions to say how strong somebody is.
        TooManyReps = "too_many_reps",
        /// It is counted in seconds.
        Timed = "timed",
        /// The library does not know the exercise.
        UnknownExercise = "unknown_exercise",
        /// A number is outside what is possible.
        OutOfRange = "out_of_range",
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured<T> {
    /// The value; finite where it is a number.
    pub value: T,
    /// How it was found: a name in snake case; `docs/measures.md` explains them.
    pub method: &'static str,
    /// How far to trust it.
    pub confidence: Confidence,
    /// How many inputs (sets, sessions, days, answers: the function says which) it rests on.
    pub n: usize,
}

/// There is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown {
    /// Why.
    pub why: Missing,
}

/// A value or why there is none.
pub type Measurement<T> = Result<Measured<T>, Unknown>;

pub(crate) fn unknown<T>(why: Missing) -> Measurement<T> {
    Err(Unknown { why })
}

/// A number, unless it is not one.
pub(crate) fn measured(
    value: f64,
    method: &'static str,
    confidence: Confidence,
    n: usize,
) -> Measurement<f64> {
    if value.is_finite() {
        Ok(Measured { value, method, confidence, n })
    } else {
        unknown(Missing::OutOfRange)
    }
}
