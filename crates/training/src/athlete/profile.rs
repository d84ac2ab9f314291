//! What an athlete has told of themselves, and what of it may be kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use units::ExerciseId;

use crate::exercise::{Kit, Level, Limit, names};
use crate::program::{Goal, Weekday};

names! {
    /// Something that a professional should look at before anybody plans training.
    RedFlag {
        /// Pain or pressure in the chest, at rest or in effort.
        ChestPain = "chest_pain",
        /// Fainting, or dizziness that takes the balance.
        Fainting = "fainting",
        /// A heart condition, or a stroke.
        HeartCondition = "heart_condition",
        /// An operation or a serious injury in the last three months.
        RecentSurgery = "recent_surgery",
        /// A pregnancy, or a birth in the last three months.
        Pregnancy = "pregnancy",
        /// Younger than sixteen.
        Under16 = "under_16",
        /// A professional has advised against training, or to train only under supervision.
        ToldNotTo = "told_not_to",
    }
}

names! {
    /// A sex, as far as formulas ask for it.
    Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

/// Everything that a plan is made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What it is for.
    pub goal: Goal,
    /// How much practice there is.
    pub level: Level,
    /// When to train: 1..=6 different days.
    pub weekdays: Vec<Weekday>,
    /// Length of a session, minutes, 15..=120.
    pub minutes: u16,
    /// What there is.
    pub kit: Vec<Kit>,
    /// What hurts or forbids. Health data.
    pub limits: Vec<Limit>,
    /// Exercises that are not wanted.
    pub avoid: Vec<ExerciseId>,
    /// Measures of the body. Health data.
    pub body: Option<Body>,
    /// What a professional should see first. Health data.
    pub red_flags: Vec<RedFlag>,
    /// Whether health data may be kept and used.
    pub health_consent: bool,
}

/// Measures of a body; what is unknown is none, not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Centimeters, 100..=250.
    pub height_cm: Option<f64>,
    /// Kilograms, 25..=350.
    pub body_mass_kg: Option<f64>,
    /// Year of birth.
    pub birth_year: Option<i16>,
    /// As far as formulas ask for it.
    pub sex: Option<Sex>,
}

/// A field that cannot be used, and the remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid {
    /// Which.
    pub field: &'static str,
    /// What to give.
    pub remedy: &'static str,
}

const MOST_AVOIDED: usize = 200;

impl Profile {
    /// Whether there is only light movement for this person until a professional has said otherwise.
    #[must_use]
    pub fn light_only(&self) -> bool {
        !self.red_flags.is_empty()
    }

    /// Whether it holds anything about the person's health.
    #[must_use]
    pub fn tells_health(&self) -> bool {
        !self.limits.is_empty() || !self.red_flags.is_empty() || self.body.is_some()
    }

    /// # Errors
    /// With the field that is out of range, or health data without consent.
    pub fn check(&self, today: Date) -> Result<(), Invalid> {
        let invalid = |field, remedy| Err(Invalid { field, remedy });
        if !differ(&self.weekdays) || !(1..=6).contains(&self.weekdays.len()) {
            return invalid("weekdays", "name 1 to 6 different days");
        }
        if !(15..=120).contains(&self.minutes) {
            return invalid("minutes", "give 15 to 120");
        }
        if !differ(&self.kit) {
            return invalid("kit", "name each thing once");
        }
        if !differ(&self.limits) {
            return invalid("limits", "name each one once");
        }
        if !differ(&self.red_flags) {
            return invalid("red_flags", "name each one once");
        }
        if self.avoid.len() > MOST_AVOIDED || !differ(&self.avoid) {
            return invalid("avoid", "name at most 200 exercises, each once");
        }
        if self.tells_health() && !self.health_consent {
            return invalid(
                "consent.health",
                "say yes to keeping health data, or leave limits, body and red flags out",
            );
        }
        let Some(body) = self.body else { return Ok(()) };
        if !body.height_cm.is_none_or(|cm| (100.0..=250.0).contains(&cm)) {
            return invalid("body.height_cm", "give 100 to 250 centimeters");
        }
        if !body.body_mass_kg.is_none_or(|kg| (25.0..=350.0).contains(&kg)) {
            return invalid("body.body_mass_kg", "give 25 to 350 kilograms");
        }
        if !body.birth_year.is_none_or(|year| (today.year() - 110..=today.year()).contains(&year)) {
            return invalid("body.birth_year", "give the year in which you were born");
        }
        let young = body.birth_year.is_some_and(|year| today.year() - year < 16);
        if young && !self.red_flags.contains(&RedFlag::Under16) {
            return invalid("red_flags", "who is younger than sixteen says so: `under_16`");
        }
        Ok(())
    }
}

fn differ<T: Ord + Clone>(list: &[T]) -> bool {
    let mut sorted = list.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}
