//! What to do next time: a decision for each exercise when a session ends, from a table in which exactly one row fits.
//!
//! A decision is a fact with its reasons, not a change of the plan: taking it back restores the target from before. Only
//! sets that were work count, and nothing of a session that was meant to be easier.

mod after;
mod decision;
mod history;
mod instead;
mod next;
mod read;
mod table;
mod today;

use units::ExerciseId;

pub use decision::{Because, Decision, Kind, Rule};
pub use today::{Today, today};

pub(crate) use after::after_session;

use crate::exercise::{Facts, Limit};
use crate::load_state::State;
use crate::loading::Loading;
use crate::session::{Asked, PerformedSet};

/// What a decision is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The exercise.
    pub facts: &'a Facts,
    /// Which weights there are.
    pub loading: &'a Loading,
    /// Its sets in the session, in order. Those that do not count are left out here.
    pub sets: &'a [PerformedSet],
    /// The range that the plan has it move in, and the load that was asked for.
    pub base: Asked,
    /// The load that the plan has, grams.
    pub planned_g: Option<i32>,
    /// So many sets were asked for.
    pub n_sets: u8,
    /// What was decided after the sessions before and not taken back, oldest first.
    pub before: &'a [Decision],
    /// The worst pain of the last seven days that has to do with it, 1..=10, and where.
    pub pain: Option<(u8, Limit)>,
    /// Days since the session before that it was done in; none where there was none.
    pub gap_days: Option<u32>,
    /// Whether an easier time runs.
    pub deload: bool,
    /// How the week's training load compares; none where nobody can say.
    pub load: Option<State>,
    /// Exercises that could be proposed instead: what kit, level and limits allow.
    pub others: &'a [&'a Facts],
}

/// What to do next time. None where nothing was done that counts.
#[must_use]
pub fn decide(input: &Input<'_>) -> Option<Decision> {
    let done = read::done(input)?;
    let history = history::history(input.before, done.load_g);
    let case = read::case(input, &done, &history);
    let row = table::row_of(&case);
    let instead: Option<&ExerciseId> = instead::instead(input, row.rule);
    Some(Decision {
        exercise: input.facts.id.clone(),
        kind: row.kind,
        rule: row.rule,
        base: Asked { load_g: done.load_g, ..input.base },
        next: next::next(input, &done, row.rule),
        n_sets: input.n_sets.clamp(1, 20),
        instead: instead.cloned(),
        why: next::why(input, &done, &history, row.rule),
    })
}

#[cfg(test)]
mod log_tests;
#[cfg(test)]
mod tests;
