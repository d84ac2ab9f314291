//! Names and numbers as one person reads them: in their language, in their units, with their own exercises.

use std::collections::BTreeMap;

use catalog::Catalog;
use training::athlete::{OwnExercise, State};
use training::loading::MassUnit;
use units::{ExerciseId, Language};

const GRAMS_IN_POUND: f64 = 453.592_37;

/// How to speak to one person.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// The library, in their language.
    pub catalog: &'a Catalog,
    /// What the library does not have.
    pub own: &'a BTreeMap<ExerciseId, OwnExercise>,
    /// What loads are shown in.
    pub unit: MassUnit,
}

impl<'a> Voice<'a> {
    /// To an athlete, in the catalog's language.
    #[must_use]
    pub fn to(state: &'a State, catalog: &'a Catalog) -> Self {
        Self { catalog, own: &state.own, unit: state.loading.unit }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.catalog.language()
    }

    /// What an exercise is called; its id where nobody knows it any more.
    #[must_use]
    pub fn exercise(&self, id: &ExerciseId) -> String {
        let own = || self.own.get(id).map(|own| own.name.clone());
        let known = self.catalog.entry(id.as_str()).ok().map(|entry| entry.name.clone());
        known.or_else(own).unwrap_or_else(|| id.to_string())
    }

    /// A weight, as [`mass`] says it.
    #[must_use]
    pub fn mass(&self, grams: i32) -> String {
        mass(grams, self.unit, self.language())
    }
}

/// A weight in somebody's unit, such as `62.5 kg`: to ten grams, or to a tenth of a pound.
#[must_use]
pub fn mass(grams: i32, unit: MassUnit, language: Language) -> String {
    in_parts(grams, unit, language, [100.0, 10.0])
}

/// An estimated weight, as exact as such estimates are: to half a kilogram, or to a pound.
#[must_use]
pub fn estimate(grams: i32, unit: MassUnit, language: Language) -> String {
    in_parts(grams, unit, language, [2.0, 1.0])
}

/// Rounded to so many parts of a kilogram, or of a pound.
fn in_parts(grams: i32, unit: MassUnit, language: Language, [of_kg, of_lb]: [f64; 2]) -> String {
    let (number, parts) = match unit {
        MassUnit::Kilogram => (f64::from(grams) / 1000.0, of_kg),
        MassUnit::Pound => (f64::from(grams) / GRAMS_IN_POUND, of_lb),
    };
    format!("{} {}", decimal((number * parts).round() / parts, language), unit.as_str())
}

/// A number with as many digits as it has, and the language's own sign before them.
#[must_use]
pub fn decimal(number: f64, language: Language) -> String {
    // No "-0".
    let text = (number + 0.0).to_string();
    language.pick(text.clone(), text.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_told_in_the_persons_units_and_language() {
        let check = |grams: i32, unit: MassUnit, english: &str, german: &str| {
            assert_eq!(mass(grams, unit, Language::English), english);
            assert_eq!(mass(grams, unit, Language::German), german);
        };
        check(62_500, MassUnit::Kilogram, "62.5 kg", "62,5 kg");
        check(60_000, MassUnit::Kilogram, "60 kg", "60 kg");
        check(61_235, MassUnit::Kilogram, "61.24 kg", "61,24 kg");
        check(61_235, MassUnit::Pound, "135 lb", "135 lb");
        check(1_134, MassUnit::Pound, "2.5 lb", "2,5 lb");
        check(0, MassUnit::Pound, "0 lb", "0 lb");
        check(-20_000, MassUnit::Kilogram, "-20 kg", "-20 kg");
        assert_eq!(estimate(70_840, MassUnit::Kilogram, Language::German), "71 kg");
        assert_eq!(estimate(70_700, MassUnit::Kilogram, Language::German), "70,5 kg");
        assert_eq!(estimate(70_840, MassUnit::Pound, Language::English), "156 lb");
    }
}
