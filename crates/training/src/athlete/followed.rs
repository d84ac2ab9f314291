//! A plan that is followed: with what was changed in it since it was made, and its days.

use jiff::civil::{Date, Weekday as CivilDay};
use serde::{Deserialize, Serialize};

use super::NewPlan;
use crate::edit::Change;
use crate::exercise::Facts;
use crate::planner::Intake;
use crate::program::{Program, Week, Weekday};

/// A plan that is followed, with what was changed in it since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    /// As it was made.
    pub made: NewPlan,
    /// What was changed since, in order.
    pub changes: Vec<Change>,
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
    pub(super) fn settle(&mut self) {
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
