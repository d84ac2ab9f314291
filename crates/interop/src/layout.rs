//! What the columns of a table mean: the headers that programs write, and those that people do.

use std::collections::BTreeMap;

use crate::format::Format;
use crate::number;
use crate::options::LoadUnit;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// When the session began, or its day.
    Start,
    /// The time of day at which it began.
    StartTime,
    /// When it ended.
    End,
    /// How long the session took.
    SessionSecs,
    /// The session's name, or whatever tells sessions of a day apart.
    Title,
    /// A note on the session.
    SessionNote,
    /// The exercise's name.
    Exercise,
    /// A note on the exercise, repeated with each of its sets.
    ExerciseNote,
    /// The set's number within the exercise, or a letter for its kind.
    SetOrder,
    /// The set's kind in words.
    SetKind,
    /// Whether it was a warm-up.
    IsWarmUp,
    /// What is done together.
    Superset,
    /// Load.
    Load,
    /// The unit of the load.
    LoadUnit,
    /// Repetitions.
    Reps,
    /// How many sets of the kind.
    NSets,
    /// Distance.
    Distance,
    /// The unit of the distance.
    DistanceUnit,
    /// How long the set took.
    Secs,
    /// Exertion, 1..=10.
    Rpe,
    /// Repetitions in reserve.
    Rir,
    /// A note on the set.
    SetNote,
}

impl Column {
    /// Every one, with a name that does not change, for programs and translations.
    const NAMES: [(Self, &'static str); 22] = [
        (Self::Start, "start"),
        (Self::StartTime, "start_time"),
        (Self::End, "end"),
        (Self::SessionSecs, "session_secs"),
        (Self::Title, "title"),
        (Self::SessionNote, "session_note"),
        (Self::Exercise, "exercise"),
        (Self::ExerciseNote, "exercise_note"),
        (Self::SetOrder, "set_order"),
        (Self::SetKind, "set_kind"),
        (Self::IsWarmUp, "is_warm_up"),
        (Self::Superset, "superset"),
        (Self::Load, "load"),
        (Self::LoadUnit, "load_unit"),
        (Self::Reps, "reps"),
        (Self::NSets, "n_sets"),
        (Self::Distance, "distance"),
        (Self::DistanceUnit, "distance_unit"),
        (Self::Secs, "secs"),
        (Self::Rpe, "rpe"),
        (Self::Rir, "rir"),
        (Self::SetNote, "set_note"),
    ];

    /// Its name.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::NAMES.iter().find(|(column, _)| *column == self).map_or("", |(_, name)| name)
    }

    /// The column of a name.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name)| *name == code).map(|(column, _)| *column)
    }
}

/// Where the columns of a table are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// By position.
    pub(crate) columns: Vec<Option<Column>>,
    /// The first column of each meaning.
    first: BTreeMap<Column, usize>,
    /// Columns of loads, with the unit that their header tells.
    pub(crate) loads: Vec<(usize, Option<LoadUnit>)>,
    /// Columns of distances, with the meters of one.
    pub(crate) distances: Vec<(usize, Option<f64>)>,
    /// Seconds of one in the columns of lengths.
    pub(crate) secs_scale: f64,
    pub(crate) session_secs_scale: f64,
}

impl Layout {
    /// Of a header, as it stands in the file. What the person says goes before what the header does.
    pub(crate) fn new(format: Format, header: &[String], said: &BTreeMap<String, Column>) -> Self {
        let mut layout = Self { secs_scale: 1.0, session_secs_scale: 1.0, ..Self::default() };
        for (at, name) in header.iter().enumerate() {
            let (bare, unit) = bare_and_unit(name);
            let column = said.get(name).copied().or_else(|| of_header(format, &bare));
            // A second day or exercise is something else; loads may stand in two units side by side.
            let column = column.filter(|column| {
                matches!(column, Column::Load | Column::Distance)
                    || !layout.first.contains_key(column)
            });
            layout.columns.push(column);
            let Some(column) = column else { continue };
            layout.first.entry(column).or_insert(at);
            let unit = unit.as_str();
            match column {
                Column::Load => {
                    let told = LoadUnit::of_word(unit).or_else(|| LoadUnit::of_word(&bare));
                    layout.loads.push((at, told));
                }
                Column::Distance => layout.distances.push((at, number::meters_of(unit))),
                Column::Secs => layout.secs_scale = secs_of(unit),
                Column::SessionSecs => layout.session_secs_scale = secs_of(unit),
                _ => {}
            }
        }
        layout
    }

    /// Where a column is.
    pub(crate) fn at(&self, column: Column) -> Option<usize> {
        self.first.get(&column).copied()
    }
}

/// Seconds of one of a unit of time; a second where none is told.
fn secs_of(unit: &str) -> f64 {
    match unit {
        "min" | "minutes" | "m" => 60.0,
        "h" | "hours" | "std" => 3600.0,
        _ => 1.0,
    }
}

/// A header in lower case without its unit, and the unit: `Weight (kg)`, `Gewicht [kg]`, `weight_lbs`, `duration_seconds`.
fn bare_and_unit(name: &str) -> (String, String) {
    let lower = name.to_lowercase();
    let lower = lower.trim();
    if let Some((bare, rest)) = lower.split_once(['(', '[']) {
        let unit = rest.trim_end_matches([')', ']']).trim();
        let known = LoadUnit::of_word(unit).is_some()
            || number::meters_of(unit).is_some()
            || matches!(unit, "s" | "sec" | "seconds" | "min" | "minutes" | "h" | "hours" | "std");
        if known {
            return (bare.trim().to_owned(), unit.to_owned());
        }
        return (lower.to_owned(), String::new());
    }
    if let Some((bare, unit)) = lower.rsplit_once('_')
        && (LoadUnit::of_word(unit).is_some()
            || number::meters_of(unit).is_some()
            || matches!(unit, "seconds" | "secs" | "minutes"))
    {
        return (bare.to_owned(), unit.to_owned());
    }
    (lower.to_owned(), String::new())
}

fn of_header(format: Format, bare: &str) -> Option<Column> {
    let table = match format {
        Format::Strong => STRONG,
        Format::Hevy => HEVY,
        Format::FitNotes => FIT_NOTES,
        _ => GENERIC,
    };
    table.iter().find(|(name, _)| *name == bare).map(|(_, column)| *column)
}

/// Strong: 2.x to 6.x, with commas or semicolons.
const STRONG: &[(&str, Column)] = &[
    ("date", Column::Start),
    ("workout name", Column::Title),
    ("duration", Column::SessionSecs),
    ("workout duration", Column::SessionSecs),
    ("exercise name", Column::Exercise),
    ("set order", Column::SetOrder),
    ("weight", Column::Load),
    ("weight unit", Column::LoadUnit),
    ("reps", Column::Reps),
    ("rpe", Column::Rpe),
    ("distance", Column::Distance),
    ("distance unit", Column::DistanceUnit),
    ("seconds", Column::Secs),
    ("notes", Column::ExerciseNote),
    ("workout notes", Column::SessionNote),
];

const HEVY: &[(&str, Column)] = &[
    ("title", Column::Title),
    ("start_time", Column::Start),
    ("end_time", Column::End),
    ("description", Column::SessionNote),
    ("exercise_title", Column::Exercise),
    ("superset_id", Column::Superset),
    ("exercise_notes", Column::ExerciseNote),
    ("set_index", Column::SetOrder),
    ("set_type", Column::SetKind),
    ("weight", Column::Load),
    ("reps", Column::Reps),
    ("distance", Column::Distance),
    ("duration", Column::Secs),
    ("rpe", Column::Rpe),
];

/// `FitNotes` on Android and iOS.
const FIT_NOTES: &[(&str, Column)] = &[
    ("date", Column::Start),
    ("exercise", Column::Exercise),
    ("weight", Column::Load),
    ("weight unit", Column::LoadUnit),
    ("reps", Column::Reps),
    ("distance", Column::Distance),
    ("distance unit", Column::DistanceUnit),
    ("time", Column::Secs),
    ("comment", Column::SetNote),
    ("notes", Column::SetNote),
];

/// What people and smaller programs write, in English and German.
const GENERIC: &[(&str, Column)] = &[
    ("date", Column::Start),
    ("datum", Column::Start),
    ("day", Column::Start),
    ("tag", Column::Start),
    ("timestamp", Column::Start),
    ("start", Column::Start),
    ("start time", Column::Start),
    ("start_time", Column::Start),
    ("beginn", Column::Start),
    ("uhrzeit", Column::StartTime),
    ("time of day", Column::StartTime),
    ("end", Column::End),
    ("end time", Column::End),
    ("end_time", Column::End),
    ("ende", Column::End),
    ("workout duration", Column::SessionSecs),
    ("workout", Column::Title),
    ("workout name", Column::Title),
    ("workout_name", Column::Title),
    ("session", Column::Title),
    ("sessionid", Column::Title),
    ("title", Column::Title),
    ("training", Column::Title),
    ("einheit", Column::Title),
    ("workout notes", Column::SessionNote),
    ("description", Column::SessionNote),
    ("exercise", Column::Exercise),
    ("exercise name", Column::Exercise),
    ("exercise_name", Column::Exercise),
    ("exercise_title", Column::Exercise),
    ("übung", Column::Exercise),
    ("uebung", Column::Exercise),
    ("movement", Column::Exercise),
    ("lift", Column::Exercise),
    ("set", Column::SetOrder),
    ("set order", Column::SetOrder),
    ("set number", Column::SetOrder),
    ("set_index", Column::SetOrder),
    ("satz", Column::SetOrder),
    ("set type", Column::SetKind),
    ("set_type", Column::SetKind),
    ("type", Column::SetKind),
    ("satzart", Column::SetKind),
    ("iswarmup", Column::IsWarmUp),
    ("warmup", Column::IsWarmUp),
    ("superset", Column::Superset),
    ("superset_id", Column::Superset),
    ("supersatz", Column::Superset),
    ("weight", Column::Load),
    ("load", Column::Load),
    ("kg", Column::Load),
    ("lbs", Column::Load),
    ("gewicht", Column::Load),
    ("last", Column::Load),
    ("weight unit", Column::LoadUnit),
    ("weightunit", Column::LoadUnit),
    ("unit", Column::LoadUnit),
    ("einheit gewicht", Column::LoadUnit),
    ("reps", Column::Reps),
    ("repetitions", Column::Reps),
    ("wiederholungen", Column::Reps),
    ("wdh", Column::Reps),
    ("wdh.", Column::Reps),
    ("sets", Column::NSets),
    ("sätze", Column::NSets),
    ("distance", Column::Distance),
    ("distanz", Column::Distance),
    ("strecke", Column::Distance),
    ("distance unit", Column::DistanceUnit),
    ("seconds", Column::Secs),
    ("sekunden", Column::Secs),
    ("duration", Column::Secs),
    ("dauer", Column::Secs),
    ("time", Column::Secs),
    ("zeit", Column::Secs),
    ("rpe", Column::Rpe),
    ("rir", Column::Rir),
    ("reserve", Column::Rir),
    ("note", Column::SetNote),
    ("notes", Column::SetNote),
    ("comment", Column::SetNote),
    ("notiz", Column::SetNote),
    ("notizen", Column::SetNote),
    ("kommentar", Column::SetNote),
    ("bemerkung", Column::SetNote),
];
