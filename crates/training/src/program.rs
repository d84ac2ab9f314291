//! The plan as people see it: a program of weeks, workouts on weekdays, and what each set asks for.

use serde::{Deserialize, Serialize};
use units::ExerciseId;

use crate::exercise::{Dose, Level, Role, names};
use crate::planner::Why;

names! {
    /// What somebody trains for.
    Goal {
        /// Burn more, keep the muscle.
        LoseWeight = "lose_weight",
        /// A back that carries.
        BackStrength = "back_strength",
        /// A neck that holds the head without complaint.
        NeckStrength = "neck_strength",
        /// More muscle.
        GainMass = "gain_mass",
    }
}

names! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

names! {
    /// What a week is for.
    WeekKind {
        /// Training that leads somewhere.
        Build = "build",
        /// An easier week, planned.
        Deload = "deload",
    }
}

/// Weeks of training towards one goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// What it is for.
    pub goal: Goal,
    /// Whom it suits.
    pub level: Level,
    /// In order; a block that ends with an easier week.
    pub weeks: Vec<Week>,
}

/// A week of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// What it is for.
    pub kind: WeekKind,
    /// In order of their days, one a day.
    pub workouts: Vec<Workout>,
}

/// What is planned for one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workout {
    /// The day.
    pub weekday: Weekday,
    /// In the order in which they are done: warm-up, work, cool-down.
    pub items: Vec<Item>,
}

/// One exercise of a workout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What is done. At most once in a workout, so day and exercise name an item.
    pub exercise: ExerciseId,
    /// What it is for today.
    pub role: Role,
    /// Sets, 1..=6.
    pub n_sets: u8,
    /// What each set asks for.
    pub target: Target,
    /// Rest after each set, seconds, 0..=300.
    pub rest_secs: u16,
    /// External load, grams; none where only the person can find it.
    pub load_g: Option<u32>,
    /// Why it is here, and why these numbers.
    pub why: Vec<Why>,
}

/// What a set asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What is counted.
    pub dose: Dose,
    /// At least so many repetitions, or seconds.
    pub low: u16,
    /// At most so many.
    pub high: u16,
    /// Repetitions left in reserve at the end of a set, 0..=5; none where a set is counted in seconds.
    pub rir: Option<u8>,
}
