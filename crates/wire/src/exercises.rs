//! The exercise library as JSON: what `GET /exercises` lists and the page shows.

use catalog::{Catalog, Entry, Exercise};
use motion::spec::{self, Kind, Sides};
use serde::Serialize;
use training::exercise::{Kit, Limit, Muscle, Role};
use training::planner;
use training::program::Goal;
use units::ExerciseId;

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
    /// Movement pattern.
    pub pattern: &'static str,
    /// `beginner`, `intermediate` or `advanced`.
    pub level: &'static str,
    /// What part of a session it is for: `work`, `warm_up`, `cool_down`.
    pub roles: Vec<&'static str>,
    /// The goals that it is trained for.
    pub goals: Vec<&'static str>,
    /// What it trains.
    pub muscles: Muscles,
    /// What it needs.
    pub kit: Vec<&'static str>,
    /// When not to do it, as tags.
    pub contraindications: Vec<&'static str>,
    /// What a set is counted in: `reps`, `reps_per_side`, `secs` or `secs_per_side`.
    pub dose: &'static str,
    /// What makes it harder: `body`, `weight` or `band`.
    pub load: &'static str,
    /// How to do it, in order.
    pub steps: &'a [String],
    /// Short cues.
    pub cues: &'a [String],
    /// What often goes wrong, and what to do about it.
    pub faults: Vec<Fault<'a>>,
    /// Seconds eccentric-bottom-concentric-top.
    pub tempo: &'a str,
    /// What its step pictures show, in order: `start`, `out`, `turn`, `back`; or `hold` alone where nothing moves.
    pub pictures: Vec<&'static str>,
    /// Easier ones to fall back to, nearest first.
    pub regressions: Vec<&'a str>,
    /// Harder ones to go on to, nearest first.
    pub progressions: Vec<&'a str>,
    /// From where it is seen best: `side`, `front`, `front34` or `any`.
    pub camera: &'a str,
    /// Whether the camera can count and judge it. What follows is there only then.
    pub camera_judged: bool,
    /// The exercise that it is a variant of; its own id where it is the head.
    pub family: Option<&'a str>,
    /// `reps` are counted, a `hold` is timed.
    pub kind: Option<&'static str>,
    /// `together`, `independent`, `alternating` or `labelled`: how left and right work.
    pub sides: Option<&'static str>,
    /// What a repetition must show.
    pub standards: Option<Standards<'a>>,
    /// What is watched while moving.
    pub checks: Vec<Check<'a>>,
}

/// A common way to do it wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExerciseFault))]
pub struct Fault<'a> {
    /// What is seen.
    pub text: &'a str,
    /// What to do about it.
    pub tip: &'a str,
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

/// Every exercise of the library, in order of id.
#[must_use]
pub fn list(catalog: &Catalog) -> Vec<ExerciseEntry<'_>> {
    catalog.library().iter().map(|told| entry(catalog, told)).collect()
}

/// One exercise of a library.
#[must_use]
pub fn entry<'a>(catalog: &'a Catalog, told: &'a Entry) -> ExerciseEntry<'a> {
    let judged = catalog.exercises().iter().find(|exercise| exercise.id == told.id);
    ExerciseEntry {
        id: told.id.as_str(),
        name: &told.name,
        aliases: &told.aliases,
        pattern: told.pattern.as_str(),
        level: told.level.as_str(),
        roles: told.roles.iter().copied().map(Role::as_str).collect(),
        goals: planner::goals(told).into_iter().map(Goal::as_str).collect(),
        muscles: Muscles { direct: muscles(&told.direct), indirect: muscles(&told.indirect) },
        kit: told.kit.iter().copied().map(Kit::as_str).collect(),
        contraindications: told.limits.iter().copied().map(Limit::as_str).collect(),
        dose: told.dose.as_str(),
        load: told.load.as_str(),
        steps: &told.steps,
        cues: &told.cues,
        faults: told
            .faults
            .iter()
            .map(|fault| Fault { text: &fault.text, tip: &fault.tip })
            .collect(),
        tempo: &told.tempo,
        pictures: told.figure.steps().iter().map(|step| step.part.as_str()).collect(),
        regressions: told.regressions.iter().map(ExerciseId::as_str).collect(),
        progressions: told.progressions.iter().map(ExerciseId::as_str).collect(),
        camera: &told.camera,
        camera_judged: judged.is_some(),
        family: judged.map(|exercise| exercise.family.as_str()),
        kind: judged.map(kind),
        sides: judged.map(sides),
        standards: judged.map(standards),
        checks: judged.map(checks).unwrap_or_default(),
    }
}

fn kind(exercise: &Exercise) -> &'static str {
    match exercise.movement.kind {
        Kind::Reps => "reps",
        Kind::Hold => "hold",
    }
}

fn sides(exercise: &Exercise) -> &'static str {
    match exercise.movement.sides {
        Sides::Together => "together",
        Sides::Independent => "independent",
        Sides::Alternating => "alternating",
        Sides::Labelled => "labelled",
    }
}

fn standards(exercise: &Exercise) -> Standards<'_> {
    let standards = &exercise.movement.standards;
    Standards {
        default: standard(&standards.default),
        strict: standards.strict.as_ref().map(standard),
    }
}

fn checks(exercise: &Exercise) -> Vec<Check<'_>> {
    exercise
        .movement
        .checks
        .iter()
        .map(|check| Check {
            id: &check.id,
            text: &check.text,
            tip: &check.tip,
            severity: check.severity.into(),
        })
        .collect()
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
