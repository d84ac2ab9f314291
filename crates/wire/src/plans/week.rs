//! The week that a day lies in, with a date for each workout.

use catalog::Catalog;
use jiff::civil::Date;
use serde::Serialize;
use training::athlete::{Followed, When, date_in, monday_of};

use super::day_name;
use super::told::{PlannedExercise, exercises, facts, notes};

/// What one week of the calendar asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeeklyPlan {
    /// The plan that it is a week of.
    pub plan_id: String,
    /// As in `WorkoutPlan`.
    pub source: &'static str,
    /// As in `UserGoal`.
    pub goal: &'static str,
    /// What holds for every session, in sentences.
    pub notes: String,
    /// Which week of the plan, from 1; none before its start and after its end.
    pub week: Option<usize>,
    /// Weeks in the plan.
    pub n_weeks: usize,
    /// `build`, or `deload` for an easier one; none outside of the plan.
    pub kind: Option<&'static str>,
    /// The Monday of this week, `2026-11-23`.
    pub starts_on: String,
    /// The Monday of the plan's first week.
    pub plan_starts_on: String,
    /// Whether the plan is over, and the next one should be made.
    pub finished: bool,
    /// Days with a workout, in order.
    pub days: Vec<PlannedDay>,
}

/// A day with a workout.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedDay {
    /// `2026-11-23`.
    pub date: String,
    /// `Mon`, `Tue`, …
    pub day: &'static str,
    /// How long it takes, minutes, rounded up.
    pub minutes: u32,
    /// In the order in which they are done.
    pub exercises: Vec<PlannedExercise>,
}

/// The week that a day lies in, in the catalog's language.
#[must_use]
pub fn weekly(plan: &Followed, day: Date, catalog: &Catalog) -> WeeklyPlan {
    let (program, made) = (plan.program(), &plan.made);
    let (monday, when) = (monday_of(day), plan.when(day));
    let position = match when {
        When::Week(week) => Some(week),
        When::Before | When::After => None,
    };
    let week = position.and_then(|position| program.weeks.get(position));
    let library = facts(catalog);
    let days = week.map_or_else(Vec::new, |week| {
        let of_day = |workout: &training::program::Workout| PlannedDay {
            date: date_in(monday, workout.weekday).to_string(),
            day: day_name(workout.weekday),
            minutes: week.minutes_on(workout.weekday, &library),
            exercises: exercises(workout, catalog),
        };
        week.workouts.iter().map(of_day).collect()
    });
    WeeklyPlan {
        plan_id: made.id.to_string(),
        source: made.source.as_str(),
        goal: made.intake.goal.as_str(),
        notes: notes(plan, catalog),
        week: position.map(|position| position + 1),
        n_weeks: program.weeks.len(),
        kind: week.map(|week| week.kind.as_str()),
        starts_on: monday.to_string(),
        plan_starts_on: made.starts_on.to_string(),
        finished: when == When::After,
        days,
    }
}
