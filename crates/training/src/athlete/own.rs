//! Exercises of one's own: what the library does not have, and what is known of them all the same.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use units::ExerciseId;

use super::State;
use crate::exercise::Facts;

/// An exercise that the library does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnExercise {
    /// Its name in the log; begins with `custom_`.
    pub id: ExerciseId,
    /// Its name for people, 1..=80 characters.
    pub name: String,
    /// What it is like: it trains the same, is loaded the same, and its picture stands in where there is no other.
    pub like: Option<ExerciseId>,
}

impl OwnExercise {
    /// What is known of it: that of what it is like, else next to nothing.
    fn facts(&self, library: &[Facts]) -> Facts {
        let like = library.iter().find(|facts| Some(&facts.id) == self.like.as_ref());
        like.map_or_else(
            || Facts::unknown(self.id.clone()),
            |like| Facts { id: self.id.clone(), ..like.clone() },
        )
    }
}

impl State {
    /// The library, with the athlete's own exercises after it.
    #[must_use]
    pub fn library<'a>(&self, library: &'a [Facts]) -> Cow<'a, [Facts]> {
        if self.own.is_empty() {
            return Cow::Borrowed(library);
        }
        let own = self.own.values().map(|own| own.facts(library));
        Cow::Owned(library.iter().cloned().chain(own).collect())
    }
}
