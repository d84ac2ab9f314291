//! What a file does not say, and its owner does.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use units::ExerciseId;

use crate::format::Format;
use crate::layout::Column;
use crate::limits::{DAY_MS, FIRST_MS};

/// What loads are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadUnit {
    /// Kilograms.
    Kilograms,
    /// Pounds of 453.59237 g.
    Pounds,
}

impl LoadUnit {
    /// Grams of one.
    #[must_use]
    pub fn grams(self) -> f64 {
        match self {
            Self::Kilograms => 1000.0,
            Self::Pounds => 453.592_37,
        }
    }

    /// The unit that a word means, such as `kgs` or `lb`.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "kg" | "kgs" | "kilo" | "kilogram" | "kilograms" | "kilogramm" => Some(Self::Kilograms),
            "lb" | "lbs" | "pound" | "pounds" | "pfund" => Some(Self::Pounds),
            _ => None,
        }
    }
}

/// Which of day and month comes first in `03/04/2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What becomes of a name in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// It is this exercise.
    Exercise(ExerciseId),
    /// It becomes an exercise of one's own, with the id that [`crate::custom_id`] gives.
    Custom,
    /// Its sets are left out.
    Skip,
}

/// How to read a file. Begin with [`Options::new`], show the preview, and read again with what was answered.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format; none asks [`crate::recognize`].
    pub format: Option<Format>,
    /// What loads are in where the file does not say.
    pub load_unit: Option<LoadUnit>,
    /// How to read dates such as `03/04/2025` where the file does not tell.
    pub date_order: Option<DateOrder>,
    /// Where the athlete was: times in files are local.
    pub zone: TimeZone,
    /// Now. Sessions that are more than a day ahead are left out.
    pub now: Timestamp,
    /// What columns of a table mean, by their headers as they stand in the file; others are found by their names.
    pub columns: BTreeMap<String, Column>,
    /// What names of exercises mean, by [`crate::FoundExercise::name`].
    pub choices: BTreeMap<String, Choice>,
}

impl Options {
    /// With nothing answered yet.
    #[must_use]
    pub fn new(zone: TimeZone, now: Timestamp) -> Self {
        Self {
            format: None,
            load_unit: None,
            date_order: None,
            zone,
            now,
            columns: BTreeMap::new(),
            choices: BTreeMap::new(),
        }
    }

    /// Whether an instant can have been: since the year 2000, and not more than a day ahead.
    pub(crate) fn is_past(&self, ms: i64) -> bool {
        (FIRST_MS..=self.now.as_millisecond().saturating_add(DAY_MS)).contains(&ms)
    }

    /// Whether a day can have been where the athlete was.
    pub(crate) fn is_past_day(&self, on: Date) -> bool {
        let today = self.zone.to_datetime(self.now).date();
        on.year() >= 2000 && today.tomorrow().is_ok_and(|tomorrow| on <= tomorrow)
    }
}
