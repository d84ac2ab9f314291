//! What there is to lift, as JSON: every weight as a number of kilograms.

use serde::{Deserialize, Serialize};
use training::loading::{Loading, MassUnit, Plates, Weights};

use super::{grams, kilograms};
use crate::live::WireError;

/// Pairs of each plate, where nobody says: more than a bar holds.
const PAIRS: u8 = 8;

/// What there is to lift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LoadingTold {
    /// What loads are shown in: `kg` or `lb`. They are kept and sent in kilograms.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub units: MassUnit,
    /// Empty bars; the first one is used.
    pub bars_kg: Vec<f64>,
    /// Plates, one of each size.
    pub plates_kg: Vec<f64>,
    /// Dumbbells, each alone, lightest first.
    pub dumbbells_kg: Vec<f64>,
    /// Kettlebells, lightest first.
    pub kettlebells_kg: Vec<f64>,
    /// From one pin of a machine to the next.
    pub machine_step_kg: f64,
}

impl LoadingTold {
    /// Reads a request's body. Which weights make sense, the domain knows.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or no weight.
    pub fn read(text: &str) -> Result<Loading, WireError> {
        let told: Self = serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no Loading: {error}")))?;
        told.kept()
    }

    pub(super) fn kept(self) -> Result<Loading, WireError> {
        let all = |field: &'static str, list: &[f64]| -> Result<Vec<u32>, WireError> {
            list.iter().map(|&kg| weight(field, kg)).collect()
        };
        let plates = all("plates_kg", &self.plates_kg)?;
        Ok(Loading {
            unit: self.units,
            bars_g: all("bars_kg", &self.bars_kg)?,
            plates: plates.into_iter().map(|g| Plates { g, n_pairs: PAIRS }).collect(),
            dumbbells: Weights::List(all("dumbbells_kg", &self.dumbbells_kg)?),
            kettlebells: Weights::List(all("kettlebells_kg", &self.kettlebells_kg)?),
            machine_step_g: weight("machine_step_kg", self.machine_step_kg)?,
        })
    }
}

impl From<&Loading> for LoadingTold {
    fn from(kept: &Loading) -> Self {
        let kg = |&g: &u32| kilograms(i32::try_from(g).unwrap_or(i32::MAX));
        let weights = |weights: &Weights| match weights {
            Weights::List(list) => list.iter().map(kg).collect(),
            Weights::Steps { from_g, step_g, most_g } => {
                let step = usize::try_from(*step_g).unwrap_or(usize::MAX).max(1);
                (*from_g..=*most_g).step_by(step).map(|g| kg(&g)).collect()
            }
        };
        Self {
            units: kept.unit,
            bars_kg: kept.bars_g.iter().map(kg).collect(),
            plates_kg: kept.plates.iter().map(|plates| kg(&plates.g)).collect(),
            dumbbells_kg: weights(&kept.dumbbells),
            kettlebells_kg: weights(&kept.kettlebells),
            machine_step_kg: kg(&kept.machine_step_g),
        }
    }
}

fn weight(field: &'static str, kg: f64) -> Result<u32, WireError> {
    let heavier_than_none = || WireError::new(field, "give weights in kilograms, more than none");
    u32::try_from(grams(field, kg)?).map_err(|_less| heavier_than_none())
}
