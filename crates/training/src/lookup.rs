//! The library by name, for those who go through thousands of sets.

use std::collections::BTreeMap;

use units::ExerciseId;

use crate::exercise::Facts;

/// The library by name.
#[derive(Debug)]
pub(crate) struct Lookup<'a>(BTreeMap<&'a str, &'a Facts>);

impl<'a> Lookup<'a> {
    pub(crate) fn new(library: &'a [Facts]) -> Self {
        Self(library.iter().map(|facts| (facts.id.as_str(), facts)).collect())
    }

    pub(crate) fn get(&self, exercise: &ExerciseId) -> Option<&'a Facts> {
        self.0.get(exercise.as_str()).copied()
    }
}
