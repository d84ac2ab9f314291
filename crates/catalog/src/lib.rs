//! The exercise library: one data file per exercise, parsed into types, and one more with its words per other language.
//!
//! A malformed file stops the start with file, line and reason; adding an exercise needs no code.

mod file;
mod reference;
mod words;

use std::fmt;
use std::sync::{Arc, OnceLock};

use body::{FigureSpec, Phase};
use motion::analysis;
use motion::pose::Pose;
use motion::spec::{MovementSpec, Muscle, SignatureRule};
use motion::technique::Reference;
use units::{ExerciseId, Language};

pub use file::CatalogError;

/// One exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Its name in code and files.
    pub id: ExerciseId,
    /// Its name for people.
    pub name: String,
    /// Other ids that mean it, such as the seeds' `ex_pushup`.
    pub aliases: Vec<String>,
    /// The exercise that it is a variant of: looks the same to a camera. Its own id where it is the head.
    pub family: ExerciseId,
    /// Movement pattern, such as `squat` or `hinge`.
    pub pattern: String,
    /// `beginner`, `intermediate` or `advanced`.
    pub level: String,
    /// What it trains.
    pub muscles: Muscles,
    /// What it needs.
    pub kit: Vec<String>,
    /// When not to do it, as tags.
    pub contraindications: Vec<String>,
    /// How to do it, in order.
    pub steps: Vec<String>,
    /// Short cues with external focus.
    pub cues: Vec<String>,
    /// Seconds eccentric-bottom-concentric-top, such as `3-1-1-0`.
    pub tempo: String,
    /// Where the camera sees it best: `side`, `front`, `front34` or `any`.
    pub camera: String,
    /// How it moves, for pictures and references.
    pub figure: FigureSpec,
    /// How the engine counts and judges it.
    pub movement: MovementSpec,
    reference: OnceLock<Reference>,
}

/// What an exercise trains.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Muscles {
    /// Prime movers: a set counts whole.
    pub direct: Vec<String>,
    /// Helpers: a set counts half.
    #[serde(default)]
    pub indirect: Vec<String>,
}

impl Exercise {
    /// Whether the figure begins where the engine's repetition turns: a deadlift is drawn from the floor up, and counted
    /// from one lockout to the next.
    #[must_use]
    pub fn figure_starts_at_turn(&self) -> bool {
        match self.figure.phase_at(0.0) {
            Phase::Bottom | Phase::Concentric => self.movement.way_out == Muscle::Eccentric,
            Phase::Top | Phase::Eccentric => self.movement.way_out == Muscle::Concentric,
            Phase::Hold => false,
        }
    }

    /// The tempo in seconds; a usual one where it cannot be read.
    #[must_use]
    pub fn tempo_secs(&self) -> [f64; 4] {
        let parts = self.tempo.split('-').filter_map(|part| part.trim().parse().ok());
        match parts.collect::<Vec<f64>>()[..] {
            [a, b, c, d] if a + c > 0.0 => [a, b, c, d].map(|secs| secs.clamp(0.0, 10.0)),
            _ => [2.0, 0.5, 1.0, 0.5],
        }
    }

    /// How it looks when done well: the one given to [`Catalog::with_references`], else from the kinematic template, seen
    /// from all around, made on first use.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        self.reference.get_or_init(|| reference::of(self))
    }
}

/// The library, speaking one language. A clone shares the exercises, so that every live set may keep one.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// In each of [`Language::ALL`], in order of their ids.
    told: [Arc<[Exercise]>; Language::ALL.len()],
    language: Language,
}

/// There is no such exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownExercise {
    asked: String,
    known: Vec<String>,
}

impl fmt::Display for UnknownExercise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there is no exercise `{}`; known are auto, {}",
            self.asked,
            self.known.join(", ")
        )
    }
}

impl std::error::Error for UnknownExercise {}

impl Catalog {
    /// The exercises that come with Spotter.
    ///
    /// # Errors
    /// When a data file is malformed: with file, line and reason.
    pub fn builtin() -> Result<Self, CatalogError> {
        Self::parse(include!(concat!(env!("OUT_DIR"), "/files.rs")))
    }

    /// A library from (file name, text) pairs, in English. A file in a language's folder, such as `de/squat.toml`, holds
    /// the words of the exercise that it is named after.
    ///
    /// # Errors
    /// When a file is malformed, two exercises share a name or words are missing: with file, line and reason.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, CatalogError> {
        let (mut exercises, mut words) = (Vec::new(), Vec::new());
        for &(name, text) in files {
            match words::of_file(name) {
                Some((language, id)) => words.push((language, id, name, text)),
                None => exercises.push(file::parse(name, text)?),
            }
        }
        exercises.sort_by(|a: &Exercise, b| a.id.cmp(&b.id));
        file::check_together(&exercises)?;
        for (_, id, name, _) in &words {
            if !exercises.iter().any(|exercise| exercise.id.as_str() == *id) {
                let reason = format!("there is no exercise `{id}` to speak of");
                return Err(CatalogError { file: (*name).to_owned(), line: 1, reason });
            }
        }
        let german = exercises.iter().map(|exercise| {
            let language = Language::German;
            let own =
                words.iter().find(|(to, id, ..)| *to == language && *id == exercise.id.as_str());
            let Some((.., name, text)) = own else {
                let file = words::file_of(language, exercise);
                let reason = format!("the words of `{}` are missing", exercise.id);
                return Err(CatalogError { file, line: 1, reason });
            };
            words::apply(exercise, language, name, text)
        });
        let german = german.collect::<Result<Vec<_>, _>>()?;
        file::check_together(&german)?;
        Ok(Self { told: [exercises.into(), german.into()], language: Language::default() })
    }

    /// The same exercises, told in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self { told: self.told.clone(), language }
    }

    /// The language that names and advice are in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same library with other references for technique, where `own` has one.
    #[must_use]
    pub fn with_references(&self, own: impl Fn(&Exercise) -> Option<Reference>) -> Self {
        let compared = |exercise: &Exercise| match own(exercise) {
            Some(reference) => Exercise { reference: reference.into(), ..exercise.clone() },
            None => exercise.clone(),
        };
        let told = self.told.each_ref().map(|told| told.iter().map(compared).collect());
        Self { told, language: self.language }
    }

    /// Every exercise, in order of id.
    #[must_use]
    pub fn exercises(&self) -> &[Exercise] {
        let [english, german] = &self.told;
        self.language.pick(english, german)
    }

    /// An exercise by id, name or alias, in whichever language those are.
    ///
    /// # Errors
    /// When there is none: with the names that are known.
    pub fn get(&self, id_or_alias: &str) -> Result<&Exercise, UnknownExercise> {
        let matches = |exercises: &Arc<[Exercise]>| {
            exercises.iter().position(|e| {
                [e.id.as_str(), e.name.as_str()].contains(&id_or_alias)
                    || e.aliases.iter().any(|alias| alias == id_or_alias)
            })
        };
        let found = self.told.iter().find_map(matches);
        found.map(|index| &self.exercises()[index]).ok_or_else(|| UnknownExercise {
            asked: id_or_alias.to_owned(),
            known: self.exercises().iter().map(|e| e.id.to_string()).collect(),
        })
    }

    /// The exercise that a recording shows, with the belief in it, if any is recognized.
    #[must_use]
    pub fn recognize(&self, poses: &[Pose]) -> Option<(&Exercise, f64)> {
        let movements: Vec<&MovementSpec> =
            self.exercises().iter().map(|exercise| &exercise.movement).collect();
        let belief = analysis::recognize(poses, &movements)?;
        Some((&self.exercises()[belief.exercise], belief.confidence))
    }

    /// The classifier's signatures, in the order of [`Catalog::exercises`].
    #[must_use]
    pub fn signatures(&self) -> Vec<&[SignatureRule]> {
        self.exercises().iter().map(|exercise| exercise.movement.signature.as_slice()).collect()
    }
}
