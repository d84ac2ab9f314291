//! The exercise library: one data file per exercise, parsed into types, and one more with its words per other language.
//!
//! A malformed file stops the start with file, line and reason; adding an exercise needs no code. An [`Entry`] is what
//! everybody may know of any exercise; an [`Exercise`] is an entry that the camera can judge.

mod file;
mod reference;
mod together;
mod words;

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use body::{FigureSpec, Phase};
use motion::analysis;
use motion::pose::Pose;
use motion::spec::{MovementSpec, Muscle, SignatureRule};
use motion::technique::Reference;
use training::exercise::Facts;
use units::{ExerciseId, Language};

pub use file::CatalogError;

/// What the library tells of one exercise.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What a planner must know.
    pub facts: Facts,
    /// The language that it is told in.
    pub language: Language,
    /// Its name for people.
    pub name: String,
    /// Other ids that mean it, such as the seeds' `ex_pushup`.
    pub aliases: Vec<String>,
    /// How to do it, in order.
    pub steps: Vec<String>,
    /// Short cues with external focus.
    pub cues: Vec<String>,
    /// What often goes wrong; where the camera judges it, what the form checks look for.
    pub faults: Vec<Fault>,
    /// Seconds eccentric-bottom-concentric-top, such as `3-1-1-0`.
    pub tempo: String,
    /// Where it is seen best: `side`, `front`, `front34` or `any`.
    pub camera: String,
    /// How it moves, for pictures and references.
    pub figure: FigureSpec,
}

/// A common way to do it wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What is seen.
    pub text: String,
    /// What to do about it.
    pub tip: String,
}

/// An exercise that the camera can judge.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// What the library tells of it.
    pub entry: Arc<Entry>,
    /// The exercise that it is a variant of: looks the same to a camera. Its own id where it is the head.
    pub family: ExerciseId,
    /// How the engine counts and judges it.
    pub movement: MovementSpec,
    reference: OnceLock<Reference>,
}

impl Deref for Entry {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl Deref for Exercise {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

impl Entry {
    /// The tempo in seconds; a usual one where nothing moves.
    #[must_use]
    pub fn tempo_secs(&self) -> [f64; 4] {
        match file::tempo(&self.tempo) {
            Some([a, b, c, d]) if a + c > 0.0 => [a, b, c, d].map(|secs| secs.clamp(0.0, 10.0)),
            _ => [2.0, 0.5, 1.0, 0.5],
        }
    }
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
    /// In each of [`Language::ALL`].
    told: [Told; Language::ALL.len()],
    language: Language,
}

/// The library in one language, in order of ids.
#[derive(Debug, Clone)]
struct Told {
    library: Arc<[Arc<Entry>]>,
    /// Those that the camera can judge.
    exercises: Arc<[Exercise]>,
}

impl From<Vec<file::Parsed>> for Told {
    fn from(parsed: Vec<file::Parsed>) -> Self {
        let (mut library, mut exercises) = (Vec::new(), Vec::new());
        for file::Parsed { entry, judging } in parsed {
            let entry = Arc::new(entry);
            library.push(entry.clone());
            if let Some(file::Judging { family, movement }) = judging {
                exercises.push(Exercise { entry, family, movement, reference: OnceLock::new() });
            }
        }
        Self { library: library.into(), exercises: exercises.into() }
    }
}

/// There is no such exercise, or none that the camera can judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownExercise {
    asked: String,
    known: Vec<String>,
    /// It is in the library, but the camera cannot judge it.
    in_library: bool,
}

impl fmt::Display for UnknownExercise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asked, known, in_library } = self;
        let known = known.join(", ");
        if *in_library {
            write!(
                f,
                "the camera cannot judge `{asked}` yet: count its sets yourself, or choose one of auto, {known}"
            )
        } else {
            write!(f, "there is no exercise `{asked}`; known are auto, {known}")
        }
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
        let (mut english, mut words) = (Vec::new(), Vec::new());
        for &(name, text) in files {
            match words::of_file(name) {
                Some((language, id)) => words.push((language, id, name, text)),
                None => english.push(file::parse(name, text)?),
            }
        }
        english.sort_by(|a: &file::Parsed, b| a.entry.id.cmp(&b.entry.id));
        together::check(&english)?;
        for (_, id, name, _) in &words {
            if !english.iter().any(|parsed| parsed.entry.id.as_str() == *id) {
                let reason = format!("there is no exercise `{id}` to speak of");
                return Err(CatalogError { file: (*name).to_owned(), line: 1, reason });
            }
        }
        let german = english.iter().map(|parsed| {
            let (language, entry) = (Language::German, &parsed.entry);
            let own = words.iter().find(|(to, id, ..)| *to == language && *id == entry.id.as_str());
            let Some((.., name, text)) = own else {
                let file = words::file_of(language, &entry.id);
                let reason = format!("the words of `{}` are missing", entry.id);
                return Err(CatalogError { file, line: 1, reason });
            };
            words::apply(parsed, language, name, text)
        });
        let german = german.collect::<Result<Vec<_>, _>>()?;
        together::check(&german)?;
        Ok(Self { told: [english.into(), german.into()], language: Language::default() })
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
        let told = self.told.each_ref().map(|told| Told {
            library: told.library.clone(),
            exercises: told.exercises.iter().map(compared).collect(),
        });
        Self { told, language: self.language }
    }

    /// Every exercise of the library, in order of id.
    #[must_use]
    pub fn library(&self) -> &[Arc<Entry>] {
        &self.told().library
    }

    /// The exercises that the camera can judge, in order of id.
    #[must_use]
    pub fn exercises(&self) -> &[Exercise] {
        &self.told().exercises
    }

    fn told(&self) -> &Told {
        let [english, german] = &self.told;
        self.language.pick(english, german)
    }

    /// Any exercise of the library by id, name or alias, in whichever language those are.
    ///
    /// # Errors
    /// When there is none: with the names that are known.
    pub fn entry(&self, id_or_alias: &str) -> Result<&Arc<Entry>, UnknownExercise> {
        let found = self.find(id_or_alias).ok_or_else(|| UnknownExercise {
            asked: id_or_alias.to_owned(),
            known: self.library().iter().map(|entry| entry.id.to_string()).collect(),
            in_library: false,
        })?;
        Ok(&self.library()[found])
    }

    /// An exercise that the camera can judge, by id, name or alias, in whichever language those are.
    ///
    /// # Errors
    /// When there is none, or the camera cannot judge it: with the names that are known.
    pub fn get(&self, id_or_alias: &str) -> Result<&Exercise, UnknownExercise> {
        let found = self.find(id_or_alias).map(|index| &self.library()[index].id);
        let judged =
            found.and_then(|id| self.exercises().iter().find(|exercise| exercise.id == *id));
        judged.ok_or_else(|| UnknownExercise {
            asked: id_or_alias.to_owned(),
            known: self.exercises().iter().map(|exercise| exercise.id.to_string()).collect(),
            in_library: found.is_some(),
        })
    }

    /// Where it is in the library.
    fn find(&self, id_or_alias: &str) -> Option<usize> {
        self.told.iter().find_map(|told| {
            told.library.iter().position(|entry| {
                [entry.id.as_str(), entry.name.as_str()].contains(&id_or_alias)
                    || entry.aliases.iter().any(|alias| alias == id_or_alias)
            })
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
