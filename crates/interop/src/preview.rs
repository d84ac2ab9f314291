//! What is in a file, before anything of it is kept.

use std::collections::BTreeMap;

use training::session::Session;
use units::ExerciseId;

use crate::custom::{CUSTOM_PREFIX, custom_id};
use crate::format::Format;
use crate::layout::Column;
use crate::limits::OWN_NAME_CHARS;
use crate::names::Suggestion;
use crate::options::Choice;
use crate::warning::Warnings;

/// What is in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What it was read as.
    pub format: Format,
    /// The sessions, by their beginnings, without the sets of exercises that are skipped or not yet decided. While a question
    /// is open, loads are read as kilograms and dates as day first.
    pub sessions: Vec<Session>,
    /// Every name of an exercise, in the order in which they appear.
    pub exercises: Vec<FoundExercise>,
    /// The columns of a table, in order.
    pub columns: Vec<FoundColumn>,
    /// What must be answered before the file can be kept.
    pub questions: Vec<Question>,
    /// What could not be used as it stands.
    pub warnings: Warnings,
    /// Rows of a table, sets of a JSON file, set messages of a FIT file.
    pub n_rows: u64,
    /// How many of them were left out with a warning.
    pub n_skipped: u64,
}

/// A name of an exercise in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundExercise {
    /// As it stands there, cleaned.
    pub name: String,
    /// Its sets.
    pub n_sets: u64,
    /// What it may be, best first, at most five.
    pub suggestions: Vec<Suggestion>,
    /// What becomes of it: what the person chose, else what it is beyond doubt, else none.
    pub chosen: Option<Choice>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundColumn {
    /// Its header, cleaned.
    pub header: String,
    /// What it is read as; none is not read.
    pub column: Option<Column>,
}

/// What the file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Which column holds the day, and which the exercise.
    Columns,
    /// Kilograms or pounds.
    LoadUnit,
    /// Day first or month first.
    DateOrder,
    /// What becomes of exercises whose name is not known.
    Exercises,
}

impl Question {
    /// A name that does not change, for programs and translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::LoadUnit => "load_unit",
            Self::DateOrder => "date_order",
            Self::Exercises => "exercises",
        }
    }
}

/// What is to be kept of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// By their beginnings. Ids of sessions and sets are made from what the file says, so that the same file again brings the
    /// same ids.
    pub sessions: Vec<Session>,
    /// The names of exercises of one's own that they use.
    pub custom: BTreeMap<ExerciseId, String>,
}

impl Preview {
    /// What is to be kept, once nothing is open. A session that went on while our own file was written ends with its last set.
    ///
    /// # Errors
    /// With the questions that are still open.
    pub fn accept(mut self) -> Result<Accepted, Vec<Question>> {
        if !self.questions.is_empty() {
            return Err(self.questions);
        }
        let own = self.exercises.into_iter().filter_map(|found| match found.chosen {
            Some(Choice::Custom) => Some((custom_id(&found.name), short(&found.name))),
            // Our own files bring the id along.
            Some(Choice::Exercise(id)) if id.as_str().starts_with(CUSTOM_PREFIX) => {
                Some((id, short(&found.name)))
            }
            Some(Choice::Exercise(_) | Choice::Skip) | None => None,
        });
        let custom = own.collect();
        for session in &mut self.sessions {
            let last = session.sets.iter().map(|set| set.done_at_ms).max();
            let began = session.started_at_ms;
            session.ended_at_ms =
                session.ended_at_ms.or_else(|| Some(last.map_or(began, |ms| ms.max(began))));
        }
        Ok(Accepted { sessions: self.sessions, custom })
    }
}

/// What fits into the name of an exercise of one's own.
fn short(name: &str) -> String {
    name.chars().take(OWN_NAME_CHARS).collect::<String>().trim().to_owned()
}
