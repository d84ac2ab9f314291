//! Changes to a plan by hand, as they are asked for, and what could stand in a place instead.

use catalog::Catalog;
use coach::why;
use serde::{Deserialize, Serialize};
use training::athlete::Followed;
use training::edit::{self, Edit, Place, Refused};
use units::ExerciseId;

use super::Day;
use super::told::facts;
use crate::live::WireError;

/// One change. It holds for every week; an easier week keeps its shape.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanEdit {
    /// Another exercise in its place.
    Swap {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// What is done instead.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        to: ExerciseId,
    },
    /// So many sets.
    Sets {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// 1..=6.
        sets: u8,
    },
    /// Repetitions, or seconds, from and to.
    Target {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// At least.
        low: u16,
        /// At most.
        high: u16,
    },
    /// A load; none to find it oneself.
    Load {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// Kilograms, 0.5..=500.
        load_kg: Option<f64>,
    },
    /// Rest after each set.
    Rest {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// Seconds, at most 300.
        rest_sec: u16,
    },
    /// Leave it out.
    Remove {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
    },
    /// One more exercise, as work.
    Add {
        /// The day.
        day: Day,
        /// What is done then.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
    },
    /// Do it earlier or later on its day.
    Move {
        /// The day.
        day: Day,
        /// What is done there.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        exercise: ExerciseId,
        /// Right before this one; last of its kind where none.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        before: Option<ExerciseId>,
    },
    /// Train on another day; what is there changes places.
    MoveDay {
        /// The day.
        day: Day,
        /// The other.
        to: Day,
    },
    /// Take the last change back.
    Undo {},
}

impl PlanEdit {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or out of range.
    pub fn read(text: &str) -> Result<Self, WireError> {
        serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no PlanEdit: {error}")))
    }

    /// What the domain calls it; none where a change is taken back.
    ///
    /// # Errors
    /// When a load is out of range.
    pub fn edit(self) -> Result<Option<Edit>, WireError> {
        let place = |day: Day, exercise: ExerciseId| Place { day: day.into(), exercise };
        Ok(Some(match self {
            Self::Swap { day, exercise, to } => Edit::Swap(place(day, exercise), to),
            Self::Sets { day, exercise, sets } => Edit::Sets(place(day, exercise), sets),
            Self::Target { day, exercise, low, high } => {
                Edit::Target(place(day, exercise), low, high)
            }
            Self::Load { day, exercise, load_kg } => {
                Edit::Load(place(day, exercise), load_kg.map(grams).transpose()?)
            }
            Self::Rest { day, exercise, rest_sec } => Edit::Rest(place(day, exercise), rest_sec),
            Self::Remove { day, exercise } => Edit::Remove(place(day, exercise)),
            Self::Add { day, exercise } => Edit::Add(place(day, exercise)),
            Self::Move { day, exercise, before } => Edit::Move(place(day, exercise), before),
            Self::MoveDay { day, to } => Edit::MoveDay(day.into(), to.into()),
            Self::Undo {} => return Ok(None),
        }))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
fn grams(kg: f64) -> Result<u32, WireError> {
    match (0.5..=500.0).contains(&kg) {
        true => Ok((kg * 1000.0).round() as u32),
        false => Err(WireError::new("load_kg", "give 0.5 to 500 kilograms, or null")),
    }
}

/// An exercise that could stand in a place instead.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Swap {
    /// Its name in messages.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it trains, in words.
    pub why: String,
    /// Its load, kilograms; none where only the person can find it.
    pub load_kg: Option<f64>,
    /// What it needs.
    pub needs: Vec<&'static str>,
    /// Whether the camera can count and judge it.
    pub camera_judged: bool,
}

/// What could stand in a place instead, best first, in the catalog's language.
///
/// # Errors
/// When nothing stands there.
pub fn swaps(plan: &Followed, place: &Place, catalog: &Catalog) -> Result<Vec<Swap>, Refused> {
    let library = facts(catalog);
    let told = |alternative: edit::Alternative<'_>| {
        let entry = catalog.entry(alternative.facts.id.as_str()).ok()?;
        let language = catalog.language();
        let muscles: Vec<&str> =
            entry.direct.iter().map(|&muscle| why::muscle_name(muscle, language)).collect();
        let pattern = why::pattern_name(entry.pattern, language);
        Some(Swap {
            id: entry.id.to_string(),
            name: entry.name.clone(),
            why: if muscles.is_empty() {
                pattern.to_owned()
            } else {
                format!("{pattern}: {}", muscles.join(", "))
            },
            load_kg: alternative.load_g.map(|load_g| f64::from(load_g) / 1000.0),
            needs: entry.kit.iter().map(|kit| kit.as_str()).collect(),
            camera_judged: catalog.get(entry.id.as_str()).is_ok(),
        })
    };
    Ok(edit::alternatives(plan, place, &library)?.into_iter().filter_map(told).collect())
}
