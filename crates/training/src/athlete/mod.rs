//! An athlete's log: what can be asked for, what then has happened, and what it adds up to.
//!
//! [`decide`] turns a command into events or a refusal; [`State::evolve`] folds events and never fails. Neither knows
//! a clock: the day is an argument.

mod events;
mod profile;

use std::fmt;

use jiff::civil::{Date, Weekday as CivilDay};
use serde::{Deserialize, Serialize};

pub use events::{Stored, Unreadable, read, write};
pub use profile::{Body, Invalid, Profile, RedFlag, Sex};

use crate::edit::{self, Change, Edit};
use crate::exercise::{Facts, names};
use crate::planner::{Intake, rules};
use crate::program::{Program, Week, Weekday};

names! {
    /// Who made a plan.
    Source {
        /// The planner.
        Deterministic = "deterministic",
        /// The planner, and then a language model within its rules.
        Model = "model",
    }
}

/// The name of a plan.
pub type PlanId = uuid::Uuid;

/// Something that has happened. Once written, every later version can read it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The first profile was given.
    UserOnboarded(Profile),
    /// The profile has changed.
    ProfileUpdated(Profile),
    /// A plan was made, and is the one to follow from now on.
    PlanGenerated(Box<NewPlan>),
    /// The athlete changed the plan by hand.
    PlanEdited {
        /// Which plan.
        plan: PlanId,
        /// What has changed in it.
        change: Change,
    },
    /// The last change to the plan was taken back.
    PlanEditUndone {
        /// Which plan.
        plan: PlanId,
    },
}

/// A plan as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewPlan {
    /// Its name.
    pub id: PlanId,
    /// Who made it.
    pub source: Source,
    /// What the planner was told.
    pub intake: Intake,
    /// Constraints in the athlete's own words.
    pub constraints: Vec<String>,
    /// Those of them that nobody understood.
    pub not_understood: Vec<String>,
    /// What a language model had to say of it; none where no model did.
    pub remarks: Option<String>,
    /// Whether what it tells of the person's health may be kept.
    #[serde(default)]
    pub health_consent: bool,
    /// How a language model was asked; none where none was.
    #[serde(default)]
    pub asked: Option<AskedModel>,
    /// The Monday of its first week.
    pub starts_on: Date,
    /// The program.
    pub program: Program,
}

/// How a language model was asked about a plan: enough to ask the same again, and nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedModel {
    /// The model's id.
    pub model: String,
    /// SHA-256 of everything that it was first asked, in hexadecimal digits.
    pub prompt_sha256: String,
    /// Revision of the shape that it had to answer in.
    pub schema_rev: u32,
    /// Answers that were asked for.
    pub attempts: u8,
    /// Rules that its answers broke, and where.
    pub faults: Vec<String>,
    /// Tokens read and written.
    pub tokens: u64,
    /// What came of it, such as `taken` or `late`.
    pub outcome: String,
}

/// A plan that is followed, with what was changed in it since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    /// As it was made.
    pub made: NewPlan,
    /// What was changed since, in order.
    pub changes: Vec<Change>,
}

/// What everything that has happened adds up to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// What the athlete has told; none before onboarding.
    pub profile: Option<Profile>,
    /// The plan to follow.
    pub plan: Option<Followed>,
}

/// Something that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Give a profile, or another one.
    GiveProfile(Profile),
    /// Follow this plan from now on.
    FollowPlan(Box<NewPlan>),
    /// Change the plan.
    EditPlan {
        /// Which plan.
        plan: PlanId,
        /// How.
        edit: Edit,
    },
    /// Take the last change back.
    UndoEdit {
        /// Which plan.
        plan: PlanId,
    },
}

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
        }
    }
}

impl std::error::Error for Refused {}

/// What happens when something is asked for: nothing, where it is so already.
///
/// # Errors
/// When it may not happen.
pub fn decide(
    state: &State,
    command: Command,
    library: &[Facts],
    today: Date,
) -> Result<Vec<Event>, Refused> {
    match command {
        Command::GiveProfile(profile) => {
            profile.check(today).map_err(Refused::Invalid)?;
            Ok(match &state.profile {
                Some(known) if *known == profile => Vec::new(),
                Some(_) => vec![Event::ProfileUpdated(profile)],
                None => vec![Event::UserOnboarded(profile)],
            })
        }
        Command::FollowPlan(plan) => {
            if state.light_only() {
                return Err(Refused::SeeAProfessional);
            }
            if !plan.intake.limits.is_empty() && !plan.health_consent {
                return Err(Refused::Invalid(Invalid {
                    field: "consent.health",
                    remedy: "say yes to keeping health data, or keep the plan without limits",
                }));
            }
            if let Some(first) = rules::violations(&plan.program, &plan.intake, library).first() {
                return Err(Refused::BreaksRules(first.to_string()));
            }
            Ok(vec![Event::PlanGenerated(plan)])
        }
        Command::EditPlan { plan, edit } => {
            state.followed(plan)?;
            let fitting = state.fitting().ok_or(Refused::SeeAProfessional)?;
            let change = edit::change(&fitting, &edit, library).map_err(Refused::Edit)?;
            Ok(vec![Event::PlanEdited { plan, change }])
        }
        Command::UndoEdit { .. } if state.light_only() => Err(Refused::SeeAProfessional),
        Command::UndoEdit { plan } => match state.followed(plan)?.changes.is_empty() {
            true => Err(Refused::NothingToUndo),
            false => Ok(vec![Event::PlanEditUndone { plan }]),
        },
    }
}

impl State {
    /// Takes an event in. Never fails: what does not fit any more changes nothing.
    pub fn evolve(&mut self, event: Event) {
        match event {
            Event::UserOnboarded(profile) | Event::ProfileUpdated(profile) => {
                self.profile = Some(profile);
            }
            Event::PlanGenerated(made) => {
                self.plan = Some(Followed { made: *made, changes: Vec::new() });
            }
            Event::PlanEdited { plan, change } => {
                if let Some(followed) = self.plan.as_mut().filter(|known| known.made.id == plan) {
                    followed.changes.push(change);
                    followed.settle();
                }
            }
            Event::PlanEditUndone { plan } => {
                if let Some(followed) = self.plan.as_mut().filter(|known| known.made.id == plan) {
                    followed.changes.pop();
                }
            }
        }
    }

    /// Whether there is only light movement for this person until a professional has said otherwise.
    #[must_use]
    pub fn light_only(&self) -> bool {
        self.profile.as_ref().is_some_and(Profile::light_only)
    }

    /// The plan that is followed, for the person as they are now: what hurts since it was made counts as well. None where
    /// there is no plan, or only light movement.
    #[must_use]
    pub fn fitting(&self) -> Option<Followed> {
        let mut plan = self.plan.clone().filter(|_| !self.light_only())?;
        if let Some(profile) = &self.profile {
            let limits = &mut plan.made.intake.limits;
            limits.extend(&profile.limits);
            limits.sort_unstable();
            limits.dedup();
        }
        Some(plan)
    }

    fn followed(&self, plan: PlanId) -> Result<&Followed, Refused> {
        self.plan.as_ref().filter(|known| known.made.id == plan).ok_or(Refused::NotThisPlan)
    }
}

/// Where a day lies in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before its first week.
    Before,
    /// In a week of it, counted from 0.
    Week(usize),
    /// After its last week.
    After,
}

/// So many changes can be taken back; older ones are part of the plan.
const MOST_CHANGES: usize = 100;

impl Followed {
    /// Makes the oldest changes part of the plan where there are many.
    fn settle(&mut self) {
        while self.changes.len() > MOST_CHANGES {
            let oldest = self.changes.remove(0);
            oldest.apply(&mut self.made.program);
            oldest.follow(&mut self.made.intake);
        }
    }

    /// The program as it is now, with every change.
    #[must_use]
    pub fn program(&self) -> Program {
        let mut program = self.made.program.clone();
        for change in &self.changes {
            change.apply(&mut program);
        }
        program
    }

    /// What the planner was told, with the days as they are now.
    #[must_use]
    pub fn intake(&self) -> Intake {
        let mut intake = self.made.intake.clone();
        for change in &self.changes {
            change.follow(&mut intake);
        }
        intake
    }

    /// Where a day lies in it.
    #[must_use]
    pub fn when(&self, day: Date) -> When {
        let days = (day - self.made.starts_on).get_days();
        match usize::try_from(days.div_euclid(7)) {
            Err(_negative) => When::Before,
            Ok(week) if week < self.made.program.weeks.len() => When::Week(week),
            Ok(_) => When::After,
        }
    }
}

/// The Monday on which a plan made on a day begins: this week's, if a day of training is still to come, else the next.
#[must_use]
pub fn first_monday(made_on: Date, weekdays: &[Weekday]) -> Date {
    let monday = monday_of(made_on);
    let to_come = weekdays.iter().any(|&weekday| date_in(monday, weekday) >= made_on);
    if to_come { monday } else { later(monday, 7) }
}

/// The Monday of a day's week.
#[must_use]
pub fn monday_of(day: Date) -> Date {
    later(day, -i64::from(day.weekday().since(CivilDay::Monday)))
}

/// The date of a weekday in the week that begins on a Monday.
#[must_use]
pub fn date_in(monday: Date, weekday: Weekday) -> Date {
    let days = Weekday::ALL.iter().position(|&one| one == weekday).unwrap_or(0);
    later(monday, i64::try_from(days).unwrap_or(0))
}

/// The end of time is far away: there, a day stays what it is.
fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

impl Week {
    /// Minutes of a workout on a day of it, rounded up; 0 where there is none.
    #[must_use]
    pub fn minutes_on(&self, weekday: Weekday, library: &[Facts]) -> u32 {
        let workout = self.workouts.iter().find(|workout| workout.weekday == weekday);
        workout.map_or(0, |one| crate::planner::workout_secs(one, library).div_ceil(60))
    }
}

#[cfg(test)]
mod tests;
