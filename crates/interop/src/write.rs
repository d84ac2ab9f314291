//! Our sessions as files: ours, which lose nothing, and those of programs that people leave for.

mod fit;
mod others;
mod spotter;

use std::collections::BTreeMap;

use catalog::Catalog;
use units::ExerciseId;

pub use fit::write_fit;
pub use others::{write_hevy_csv, write_strong_csv};
pub use spotter::{write_csv, write_json};

use crate::custom::CUSTOM_PREFIX;

/// Names for people: the library's, in the language that the catalog speaks, and those of one's own exercises.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The library.
    pub catalog: &'a Catalog,
    /// Exercises of one's own.
    pub custom: &'a BTreeMap<ExerciseId, String>,
}

impl Named<'_> {
    /// The name of an exercise; its id without `_` where nobody knows one.
    #[must_use]
    pub fn of(&self, id: &ExerciseId) -> String {
        if let Some(name) = self.custom.get(id) {
            return name.clone();
        }
        let entry = self.catalog.library().iter().find(|entry| entry.facts.id == *id);
        let bare = || id.as_str().trim_start_matches(CUSTOM_PREFIX).replace('_', " ");
        entry.map_or_else(bare, |entry| entry.name.clone())
    }
}

/// A table's bytes.
fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let why = "writing to memory cannot fail, and all rows are of one length";
    writer.write_record(header).expect(why);
    for row in rows {
        writer.write_record(row).expect(why);
    }
    writer.into_inner().expect(why)
}

/// What may be unknown; empty where it is.
fn told<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Grams as kilograms, exact.
fn kg(grams: i32) -> String {
    (f64::from(grams) / 1000.0).to_string()
}
