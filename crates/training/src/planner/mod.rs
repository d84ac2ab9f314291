//! The deterministic planner: an intake and a library in, a program that breaks no rule out. Same seed, same bytes.
//!
//! It only ever adds what leaves every rule whole, so a plan needs no repair. The rules themselves are in [`rules`],
//! where plans that a person or a language model has changed are held against them too.

mod build;
mod dosing;
mod ledger;
pub mod rules;
mod time;
mod why;

use std::fmt;

use serde::{Deserialize, Serialize};
use units::ExerciseId;

use crate::exercise::{Facts, Kit, Level, Limit, Muscle, Pattern, Role};
use crate::program::{Goal, Program, Weekday};
pub(crate) use dosing::chosen;
pub use time::{item_secs, workout_secs};
pub use why::Why;

/// What somebody who wants a plan has told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// What it is for.
    pub goal: Goal,
    /// How much practice there is.
    pub level: Level,
    /// When to train: 1..=6 different days.
    pub weekdays: Vec<Weekday>,
    /// Length of a session, minutes, 15..=120.
    pub minutes: u16,
    /// What there is.
    #[serde(default)]
    pub kit: Vec<Kit>,
    /// What hurts or forbids.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// Exercises that are not wanted.
    #[serde(default)]
    pub avoid: Vec<ExerciseId>,
    /// What is known of the person's strength.
    #[serde(default)]
    pub known: Vec<Known>,
    /// The usual week of the last four, in half sets by muscle; a muscle that is not named is unknown.
    #[serde(default)]
    pub usual: Vec<(Muscle, u16)>,
    /// Chooses among equals.
    #[serde(default)]
    pub seed: u64,
}

/// What is known of somebody's strength in one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// In which.
    pub exercise: ExerciseId,
    /// Estimated one-repetition maximum, grams.
    pub e1rm_g: u32,
    /// What was lifted last, grams.
    pub last_load_g: Option<u32>,
}

/// Why there can be no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplannable {
    /// A field is out of its range: which, and what to give.
    Invalid(&'static str, &'static str),
    /// Nothing is left that the person may do, for this part of a session.
    NothingLeft(Role),
    /// What is left does not fill the sessions.
    TooLittleLeft,
}

impl fmt::Display for Unplannable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(field, remedy) => write!(f, "`{field}`: {remedy}"),
            Self::NothingLeft(role) => write!(
                f,
                "kit, level, limits and unwanted exercises leave nothing for `{}`; allow more of them",
                role.as_str()
            ),
            Self::TooLittleLeft => f.write_str(
                "what kit, level, limits and unwanted exercises leave does not fill the sessions; \
                 allow easy walking or marching, or shorten them",
            ),
        }
    }
}

impl std::error::Error for Unplannable {}

impl Intake {
    /// Whether the person may do an exercise: kit, level, limits and wishes.
    #[must_use]
    pub fn allows(&self, facts: &Facts) -> bool {
        facts.level <= self.level
            && facts.kit.iter().all(|kit| self.kit.contains(kit))
            && !facts.limits.iter().any(|limit| self.limits.contains(limit))
            && !self.avoid.contains(&facts.id)
    }

    fn check(&self) -> Result<(), Unplannable> {
        let mut days = self.weekdays.clone();
        days.sort_unstable();
        days.dedup();
        if days.len() != self.weekdays.len() || !(1..=6).contains(&days.len()) {
            return Err(Unplannable::Invalid("weekdays", "name 1 to 6 different days"));
        }
        if !(15..=120).contains(&self.minutes) {
            return Err(Unplannable::Invalid("minutes", "give 15 to 120"));
        }
        Ok(())
    }
}

/// The goals that an exercise is trained for: those about one of its muscles, and losing weight where the heart works.
#[must_use]
pub fn goals(facts: &Facts) -> Vec<Goal> {
    let for_heart = matches!(facts.pattern, Pattern::Conditioning | Pattern::Steady);
    let serves = |goal: &Goal| {
        let muscles = facts.direct.iter().any(|&muscle| dosing::serves(*goal, muscle));
        facts.roles.contains(&Role::Work) && muscles || *goal == Goal::LoseWeight && for_heart
    };
    Goal::ALL.iter().copied().filter(serves).collect()
}

/// A program for somebody, from a library.
///
/// # Errors
/// When the intake is out of range, or leaves nothing to do.
pub fn plan(intake: &Intake, library: &[Facts]) -> Result<Program, Unplannable> {
    intake.check()?;
    let mut allowed: Vec<&Facts> = library.iter().filter(|facts| intake.allows(facts)).collect();
    allowed.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    for &role in Role::ALL {
        if !allowed.iter().any(|facts| facts.roles.contains(&role)) {
            return Err(Unplannable::NothingLeft(role));
        }
    }
    let first = build::first_week(intake, &allowed);
    let program =
        Program { goal: intake.goal, level: intake.level, weeks: dosing::block(intake, &first) };
    // Only a session that cannot be filled breaks a rule here.
    if rules::violations(&program, intake, library).is_empty() {
        Ok(program)
    } else {
        Err(Unplannable::TooLittleLeft)
    }
}
