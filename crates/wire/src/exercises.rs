//! The exercise library as JSON: what `GET /exercises` lists and the page shows.

use catalog::{Catalog, Exercise};
use motion::spec::{self, Kind, Sides};
use serde::Serialize;
use training::exercise::Muscle;

use crate::report::Severity;

/// One exercise, with everything that is told about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseEntry<'a> {
    /// Its name in messages.
    pub id: &'a str,
    /// Its name for people.
    pub name: &'a str,
    /// Other ids that mean it.
    pub aliases: &'a [String],
    /// The exercise that it is a variant of; its own id where it is the head.
    pub family: &'a str,
    /// Movement pattern.
    pub pattern: &'static str,
    /// `beginner`, `intermediate` or `advanced`.
    pub level: &'static str,
    /// `reps` are counted, a `hold` is timed.
    pub kind: &'static str,
    /// `together`, `independent`, `alternating` or `labelled`: how left and right work.
    pub sides: &'static str,
    /// What it trains.
    pub muscles: Muscles,
    /// What it needs.
    pub kit: Vec<&'static str>,
    /// When not to do it, as tags.
    pub contraindications: Vec<&'static str>,
    /// How to do it, in order.
    pub steps: &'a [String],
    /// Short cues.
    pub cues: &'a [String],
    /// Seconds eccentric-bottom-concentric-top.
    pub tempo: &'a str,
    /// Where the camera sees it best: `side`, `front`, `front34` or `any`.
    pub camera: &'a str,
    /// What a repetition must show.
    pub standards: Standards<'a>,
    /// What is watched while moving.
    pub checks: Vec<Check<'a>>,
}

/// What an exercise trains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExerciseMuscles))]
pub struct Muscles {
    /// Prime movers.
    pub direct: Vec<&'static str>,
    /// Helpers.
    pub indirect: Vec<&'static str>,
}

/// What a repetition must show.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExerciseStandards))]
pub struct Standards<'a> {
    /// The published default.
    pub default: Standard<'a>,
    /// The strict one, where the exercise has it.
    pub strict: Option<Standard<'a>>,
}

/// One standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExerciseStandard))]
pub struct Standard<'a> {
    /// Where the rule comes from.
    pub source: &'a str,
    /// All must hold.
    pub criteria: Vec<Check<'a>>,
}

/// A criterion or a form check.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExerciseCheck))]
pub struct Check<'a> {
    /// Its name in reports.
    pub id: &'a str,
    /// What is seen when it is missed.
    pub text: &'a str,
    /// What to do about it.
    pub tip: &'a str,
    /// How grave a miss is.
    pub severity: Severity,
}

/// Every exercise, in order of id.
#[must_use]
pub fn list(catalog: &Catalog) -> Vec<ExerciseEntry<'_>> {
    catalog.exercises().iter().map(entry).collect()
}

/// One exercise.
#[must_use]
pub fn entry(exercise: &Exercise) -> ExerciseEntry<'_> {
    let movement = &exercise.movement;
    ExerciseEntry {
        id: exercise.id.as_str(),
        name: &exercise.name,
        aliases: &exercise.aliases,
        family: exercise.family.as_str(),
        pattern: exercise.pattern.as_str(),
        level: exercise.level.as_str(),
        kind: match movement.kind {
            Kind::Reps => "reps",
            Kind::Hold => "hold",
        },
        sides: match movement.sides {
            Sides::Together => "together",
            Sides::Independent => "independent",
            Sides::Alternating => "alternating",
            Sides::Labelled => "labelled",
        },
        muscles: Muscles {
            direct: muscles(&exercise.direct),
            indirect: muscles(&exercise.indirect),
        },
        kit: exercise.kit.iter().map(|kit| kit.as_str()).collect(),
        contraindications: exercise.limits.iter().map(|limit| limit.as_str()).collect(),
        steps: &exercise.steps,
        cues: &exercise.cues,
        tempo: &exercise.tempo,
        camera: &exercise.camera,
        standards: Standards {
            default: standard(&movement.standards.default),
            strict: movement.standards.strict.as_ref().map(standard),
        },
        checks: movement
            .checks
            .iter()
            .map(|check| Check {
                id: &check.id,
                text: &check.text,
                tip: &check.tip,
                severity: check.severity.into(),
            })
            .collect(),
    }
}

fn muscles(muscles: &[Muscle]) -> Vec<&'static str> {
    muscles.iter().map(|muscle| muscle.as_str()).collect()
}

fn standard(standard: &spec::Standard) -> Standard<'_> {
    let criteria = standard.criteria.iter().map(|criterion| Check {
        id: &criterion.id,
        text: &criterion.text,
        tip: &criterion.tip,
        severity: criterion.severity.into(),
    });
    Standard { source: &standard.source, criteria: criteria.collect() }
}
