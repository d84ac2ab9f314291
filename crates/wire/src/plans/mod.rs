//! Plans as JSON: what somebody asks for (`UserGoal`), the `WorkoutPlan` that answers it, its weeks, and changes to it.

mod asked;
mod constraint;
mod edit;
mod told;
mod week;

pub(crate) use asked::HOUSEHOLD;
pub use asked::{Planned, UserGoal};
pub use edit::{PlanEdit, Swap, swaps};
pub use told::{AskedGoal, PlannedExercise, PlannedWeek, Schedule, WorkoutPlan, told};
pub use week::{PlannedDay, WeeklyPlan, weekly};

use serde::{Deserialize, Serialize};
use training::program::Weekday;

/// A day of the week, as plans write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "seven days")]
pub enum Day {
    #[serde(alias = "mon")]
    Mon,
    #[serde(alias = "tue")]
    Tue,
    #[serde(alias = "wed")]
    Wed,
    #[serde(alias = "thu")]
    Thu,
    #[serde(alias = "fri")]
    Fri,
    #[serde(alias = "sat")]
    Sat,
    #[serde(alias = "sun")]
    Sun,
}

/// A day of plans and the same day of the domain.
const DAYS: [(Day, &str, Weekday); 7] = [
    (Day::Mon, "Mon", Weekday::Mon),
    (Day::Tue, "Tue", Weekday::Tue),
    (Day::Wed, "Wed", Weekday::Wed),
    (Day::Thu, "Thu", Weekday::Thu),
    (Day::Fri, "Fri", Weekday::Fri),
    (Day::Sat, "Sat", Weekday::Sat),
    (Day::Sun, "Sun", Weekday::Sun),
];

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        DAYS[day as usize].2
    }
}

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        DAYS[weekday as usize].0
    }
}

/// A day's name in a schedule.
fn day_name(weekday: Weekday) -> &'static str {
    DAYS[weekday as usize].1
}

#[cfg(test)]
mod tests;
