//! Which weights there are: bars, plates, dumbbells, kettlebells and the steps of machines.
//!
//! Everything is in grams, pounds too: a pound is 453.59237 g, rounded to whole grams plate by plate, so a sum of
//! plates may be a gram or two beside the pounds that are written on them.

pub(crate) mod rungs;
mod side;

use serde::{Deserialize, Serialize};

use crate::athlete::Invalid;
use crate::exercise::{Facts, Kit, LoadKind, names};
pub use side::OnBar;

names! {
    /// What loads are shown in.
    MassUnit {
        /// Kilograms.
        Kilogram = "kg",
        /// Pounds.
        Pound = "lb",
    }
}

names! {
    /// What the load of an exercise is made of.
    Gear {
        /// A bar with the same plates on both ends.
        Bar = "bar",
        /// Dumbbells; the load is that of one.
        Dumbbells = "dumbbells",
        /// A kettlebell.
        Kettlebell = "kettlebell",
        /// A stack of weights with a pin.
        Machine = "machine",
        /// Plates in the hand, on a belt or in a vest; less than none is help from a machine.
        Added = "added",
    }
}

impl Gear {
    /// What an exercise is loaded with.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let has = |kit: &Kit| facts.kit.contains(kit);
        let machines =
            [Kit::Cable, Kit::LatPulldown, Kit::LegPress, Kit::LegCurl, Kit::LegExtension];
        if facts.load != LoadKind::Weight {
            Self::Added
        } else if has(&Kit::Barbell) {
            Self::Bar
        } else if has(&Kit::Dumbbells) {
            Self::Dumbbells
        } else if has(&Kit::Kettlebell) {
            Self::Kettlebell
        } else if machines.iter().any(has) {
            Self::Machine
        } else {
            Self::Added
        }
    }
}

/// Which weights there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loading {
    /// What loads are shown in.
    pub unit: MassUnit,
    /// Empty bars, grams, 1..=8 of them, each `1_000..=50_000`; the first one is used.
    pub bars_g: Vec<u32>,
    /// Plates, at most 16 sizes, each once.
    pub plates: Vec<Plates>,
    /// Dumbbells, each alone.
    pub dumbbells: Weights,
    /// Kettlebells.
    pub kettlebells: Weights,
    /// From one pin of a machine to the next, grams, `500..=25_000`.
    pub machine_step_g: u32,
}

/// Plates of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plates {
    /// One of them, grams, `250..=50_000`.
    pub g: u32,
    /// One for each end of the bar, 1..=20.
    pub n_pairs: u8,
}

/// Weights that cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// In even steps.
    Steps {
        /// The lightest, grams, `100..=200_000`.
        from_g: u32,
        /// From one to the next, grams, `100..=50_000`.
        step_g: u32,
        /// The heaviest, grams, up to `200_000`.
        most_g: u32,
    },
    /// These, grams, lightest first, 1..=100 of them, each `100..=200_000`.
    List(Vec<u32>),
}

impl Default for Loading {
    fn default() -> Self {
        Self::usual(MassUnit::Kilogram)
    }
}

impl Loading {
    /// What most gyms have.
    #[must_use]
    pub fn usual(unit: MassUnit) -> Self {
        let plates = |all: &[u32]| all.iter().map(|&g| Plates { g, n_pairs: 8 }).collect();
        match unit {
            MassUnit::Kilogram => Self {
                unit,
                bars_g: vec![20_000],
                plates: plates(&[25_000, 20_000, 15_000, 10_000, 5_000, 2_500, 1_250]),
                dumbbells: Weights::Steps { from_g: 2_000, step_g: 2_000, most_g: 50_000 },
                kettlebells: Weights::List(
                    [4, 6, 8, 10, 12, 16, 20, 24, 28, 32].map(|kg| kg * 1_000).to_vec(),
                ),
                machine_step_g: 5_000,
            },
            // Bar and plates of 45, 35, 25, 10, 5 and 2.5 pounds, dumbbells and kettlebells by 5, pins by 10.
            MassUnit::Pound => Self {
                unit,
                bars_g: vec![20_412],
                plates: plates(&[20_412, 15_876, 11_340, 4_536, 2_268, 1_134]),
                dumbbells: Weights::Steps { from_g: 2_268, step_g: 2_268, most_g: 45_360 },
                kettlebells: Weights::Steps { from_g: 4_536, step_g: 2_268, most_g: 36_288 },
                machine_step_g: 4_536,
            },
        }
    }

    /// # Errors
    /// With the field that is out of range.
    pub fn check(&self) -> Result<(), Invalid> {
        let Self { unit: _, bars_g, plates, dumbbells, kettlebells, machine_step_g } = self;
        let invalid = |field, remedy| Err(Invalid { field, remedy });
        let bar = |g: &u32| (1_000..=50_000).contains(g);
        if !(1..=8).contains(&bars_g.len()) || !bars_g.iter().all(bar) {
            return invalid("bars_g", "give 1 to 8 bars of 1 to 50 kg");
        }
        let plate =
            |one: &Plates| (250..=50_000).contains(&one.g) && (1..=20).contains(&one.n_pairs);
        if plates.len() > 16 || !plates.iter().all(plate) {
            return invalid("plates", "give up to 16 sizes of 250 g to 50 kg, 1 to 20 pairs each");
        }
        let mut sizes: Vec<u32> = plates.iter().map(|one| one.g).collect();
        sizes.sort_unstable();
        sizes.dedup();
        if sizes.len() != plates.len() {
            return invalid("plates", "name each size once");
        }
        if !dumbbells.fit() {
            return invalid("dumbbells", "give a list or steps, lightest first, 100 g to 200 kg");
        }
        if !kettlebells.fit() {
            return invalid("kettlebells", "give a list or steps, lightest first, 100 g to 200 kg");
        }
        if !(500..=25_000).contains(machine_step_g) {
            return invalid("machine_step_g", "give 500 g to 25 kg");
        }
        Ok(())
    }
}

impl Weights {
    fn fit(&self) -> bool {
        let one = |g: &u32| (100..=200_000).contains(g);
        match self {
            Self::Steps { from_g, step_g, most_g } => {
                one(from_g) && one(most_g) && from_g <= most_g && (100..=50_000).contains(step_g)
            }
            Self::List(all) => {
                (1..=100).contains(&all.len())
                    && all.iter().all(one)
                    && all.windows(2).all(|pair| pair[0] < pair[1])
            }
        }
    }
}

#[cfg(test)]
mod tests;
