//! Reads one exercise file and says where it is wrong.

use std::fmt;
use std::sync::OnceLock;

use body::FigureSpec;
use motion::spec::{Kind, MOST_COMPANY, MovementSpec, Standard};
use serde::Deserialize;
use units::ExerciseId;

use crate::{Exercise, Muscles};

/// A malformed exercise file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// Name of the file.
    pub file: String,
    /// Line of the fault, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for CatalogError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: ExerciseId,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    family: Option<ExerciseId>,
    #[serde(default)]
    pattern: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    muscles: Muscles,
    #[serde(default)]
    kit: Vec<String>,
    #[serde(default)]
    contraindications: Vec<String>,
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    cues: Vec<String>,
    #[serde(default)]
    tempo: String,
    #[serde(default)]
    camera: String,
    figure: FigureSpec,
    movement: MovementSpec,
}

pub(crate) fn parse(name: &str, text: &str) -> Result<Exercise, CatalogError> {
    let at = |line: usize, reason: String| CatalogError { file: name.to_owned(), line, reason };
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        at(line, error.message().to_owned())
    })?;
    if let Some((needle, reason)) = fault(&file) {
        let line = text.find(&needle).map_or(1, |offset| line_of(text, offset));
        return Err(at(line, reason));
    }
    Ok(Exercise {
        family: file.family.unwrap_or_else(|| file.id.clone()),
        id: file.id,
        name: file.name,
        aliases: file.aliases,
        pattern: file.pattern,
        level: file.level,
        muscles: file.muscles,
        kit: file.kit,
        contraindications: file.contraindications,
        steps: file.steps,
        cues: file.cues,
        tempo: file.tempo,
        camera: file.camera,
        figure: file.figure,
        movement: file.movement,
        reference: OnceLock::new(),
    })
}

pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// What a file that parses still has wrong: a text near the place, and the reason.
fn fault(file: &File) -> Option<(String, String)> {
    let movement = &file.movement;
    if let Err(error) = file.figure.validate() {
        return Some(("[figure]".to_owned(), error.to_string()));
    }
    if !(2..=MOST_COMPANY).contains(&movement.company) {
        let words = format!("`company` is {}; give 2 to {MOST_COMPANY}", movement.company);
        return Some(("company =".to_owned(), words));
    }
    if movement.kind == Kind::Reps && movement.primary.is_empty() {
        return Some((
            "[movement]".to_owned(),
            "`movement.primary` is empty; a counted exercise needs a signal that moves".to_owned(),
        ));
    }
    for primary in &movement.primary {
        if !(primary.start - primary.turn).is_normal()
            || !primary.weight.is_normal()
            || primary.weight < 0.0
        {
            return Some((
                "primary".to_owned(),
                "a primary signal's `start` and `turn` must differ and its `weight` be positive"
                    .to_owned(),
            ));
        }
    }
    if movement.checks.len() < 2 {
        return Some((
            "[movement]".to_owned(),
            "an exercise needs at least two `[[movement.checks]]`".to_owned(),
        ));
    }
    for check in &movement.checks {
        if check.min.is_none() && check.max.is_none() {
            return Some((
                format!("id = \"{}\"", check.id),
                format!("check `{}` has neither `min` nor `max`", check.id),
            ));
        }
    }
    // Words in other languages find a check by its name.
    for (index, check) in movement.checks.iter().enumerate() {
        if movement.checks[..index].iter().any(|other| other.id == check.id) {
            return Some((
                format!("id = \"{}\"", check.id),
                format!("there are two checks `{}`", check.id),
            ));
        }
    }
    let strict = movement.standards.strict.iter();
    strict.chain([&movement.standards.default]).find_map(standard_fault)
}

fn standard_fault(standard: &Standard) -> Option<(String, String)> {
    let open = standard
        .criteria
        .iter()
        .find(|criterion| criterion.min.is_none() && criterion.max.is_none())?;
    Some((
        format!("id = \"{}\"", open.id),
        format!("criterion `{}` has neither `min` nor `max`", open.id),
    ))
}

/// Faults between files: names used twice, families that do not exist.
pub(crate) fn check_together(exercises: &[Exercise]) -> Result<(), CatalogError> {
    let wrong = |exercise: &Exercise, reason: String| {
        Err(CatalogError { file: format!("{}.toml", exercise.id), line: 1, reason })
    };
    for (index, exercise) in exercises.iter().enumerate() {
        let names = |e: &Exercise| {
            e.aliases.iter().cloned().chain([e.id.to_string(), e.name.clone()]).collect::<Vec<_>>()
        };
        let own = names(exercise);
        for other in &exercises[..index] {
            if let Some(name) = names(other).iter().find(|name| own.contains(name)) {
                return wrong(
                    exercise,
                    format!("the name `{name}` is already used by `{}`", other.id),
                );
            }
        }
        if !exercises.iter().any(|other| other.id == exercise.family) {
            return wrong(exercise, format!("family `{}` is not an exercise", exercise.family));
        }
    }
    Ok(())
}
