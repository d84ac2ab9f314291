//! Reads one exercise file and says where it is wrong.

use std::fmt;

use body::FigureSpec;
use motion::spec::{FormCheck, Kind, MOST_COMPANY, MovementSpec, Standard};
use serde::Deserialize;
use training::exercise::{Dose, Facts, Kit, Level, Limit, LoadKind, Muscle, Pattern, Role};
use units::{ExerciseId, Language};

use crate::{Entry, Fault};

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

/// What one file says.
#[derive(Debug, Clone)]
pub(crate) struct Parsed {
    pub(crate) entry: Entry,
    /// None where the camera cannot judge it.
    pub(crate) judging: Option<Judging>,
}

/// How the camera judges an exercise.
#[derive(Debug, Clone)]
pub(crate) struct Judging {
    pub(crate) family: ExerciseId,
    pub(crate) movement: MovementSpec,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: ExerciseId,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    family: Option<ExerciseId>,
    pattern: Pattern,
    level: Level,
    #[serde(default = "work")]
    roles: Vec<Role>,
    muscles: Muscles,
    kit: Vec<Kit>,
    // Mandatory: what nobody thought about must not look safe.
    contraindications: Vec<Limit>,
    #[serde(default = "reps")]
    dose: Dose,
    load: Option<LoadKind>,
    compound: Option<bool>,
    #[serde(default)]
    regressions: Vec<ExerciseId>,
    #[serde(default)]
    progressions: Vec<ExerciseId>,
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    cues: Vec<String>,
    #[serde(default)]
    faults: Vec<Fault>,
    tempo: String,
    camera: String,
    figure: FigureSpec,
    movement: Option<MovementSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Muscles {
    direct: Vec<Muscle>,
    #[serde(default)]
    indirect: Vec<Muscle>,
}

fn work() -> Vec<Role> {
    vec![Role::Work]
}

fn reps() -> Dose {
    Dose::Reps
}

pub(crate) fn parse(name: &str, text: &str) -> Result<Parsed, CatalogError> {
    let at = |line: usize, reason: String| CatalogError { file: name.to_owned(), line, reason };
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        at(line, error.message().to_owned())
    })?;
    if let Some((needle, reason)) = fault(&file) {
        let line = text.find(&needle).map_or(1, |offset| line_of(text, offset));
        return Err(at(line, reason));
    }
    let family = file.family.unwrap_or_else(|| file.id.clone());
    let judging = file.movement.map(|movement| Judging { family, movement });
    let facts = Facts {
        load: file.load.unwrap_or_else(|| load_of(&file.kit)),
        compound: file.compound.unwrap_or_else(|| is_compound(file.pattern)),
        id: file.id,
        pattern: file.pattern,
        level: file.level,
        roles: file.roles,
        direct: file.muscles.direct,
        indirect: file.muscles.indirect,
        kit: file.kit,
        limits: file.contraindications,
        dose: file.dose,
        rep_secs: rep_secs(file.dose, &file.tempo),
        regressions: file.regressions,
        progressions: file.progressions,
    };
    let entry = Entry {
        facts,
        language: Language::English,
        name: file.name,
        aliases: file.aliases,
        steps: file.steps,
        cues: file.cues,
        faults: judging.as_ref().map_or(file.faults, |judging| faults_of(&judging.movement.checks)),
        tempo: file.tempo,
        camera: file.camera,
        figure: file.figure,
    };
    Ok(Parsed { entry, judging })
}

/// What the form checks look for.
pub(crate) fn faults_of(checks: &[FormCheck]) -> Vec<Fault> {
    let fault = |check: &FormCheck| Fault { text: check.text.clone(), tip: check.tip.clone() };
    checks.iter().map(fault).collect()
}

/// What usually makes it harder, by what it is done with.
fn load_of(kit: &[Kit]) -> LoadKind {
    use Kit::{
        Barbell, Cable, Dumbbells, Kettlebell, LatPulldown, LegCurl, LegExtension, LegPress,
    };
    let weighs = |kit: &Kit| {
        matches!(
            kit,
            Barbell
                | Dumbbells
                | Kettlebell
                | Cable
                | LatPulldown
                | LegCurl
                | LegExtension
                | LegPress
        )
    };
    if kit.iter().any(weighs) {
        LoadKind::Weight
    } else if kit.contains(&Kit::Band) {
        LoadKind::Band
    } else {
        LoadKind::Body
    }
}

/// Whether exercises of a pattern usually work several joints under load.
fn is_compound(pattern: Pattern) -> bool {
    match pattern {
        Pattern::Squat
        | Pattern::Lunge
        | Pattern::Hinge
        | Pattern::PushHorizontal
        | Pattern::PushVertical
        | Pattern::PullHorizontal
        | Pattern::PullVertical => true,
        Pattern::Core
        | Pattern::Neck
        | Pattern::Carry
        | Pattern::Isolation
        | Pattern::Conditioning
        | Pattern::Steady
        | Pattern::Mobility => false,
    }
}

/// How long one repetition takes, rounded up; 0 where nothing is repeated.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the type's range"
)]
fn rep_secs(dose: Dose, text: &str) -> u8 {
    let secs: f64 = tempo(text).map_or(0.0, |parts| parts.iter().sum());
    if dose.is_timed() { 0 } else { secs.ceil().clamp(0.0, 255.0) as u8 }
}

/// The four parts of a tempo, in seconds.
pub(crate) fn tempo(text: &str) -> Option<[f64; 4]> {
    let parts: Vec<f64> =
        text.split('-').map(|part| part.trim().parse()).collect::<Result<_, _>>().ok()?;
    parts.try_into().ok()
}

pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// What a file that parses still has wrong: a text near the place, and the reason.
fn fault(file: &File) -> Option<(String, String)> {
    if let Err(error) = file.figure.validate() {
        return Some(("[figure]".to_owned(), error.to_string()));
    }
    if let Some(fault) = fault_of_facts(file) {
        return Some(fault);
    }
    let Some(movement) = &file.movement else {
        let words = "an exercise that the camera does not judge";
        if file.faults.is_empty() {
            let reason = format!("{words} needs `faults`: what often goes wrong, and what to do");
            return Some(("id =".to_owned(), reason));
        }
        let reason = format!("{words} has no `family`");
        return file.family.is_some().then(|| ("family =".to_owned(), reason));
    };
    if !file.faults.is_empty() {
        let reason =
            "with a `[movement]`, its checks are the faults; leave out `faults`".to_owned();
        return Some(("faults =".to_owned(), reason));
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

/// What is wrong with what a planner is told.
fn fault_of_facts(file: &File) -> Option<(String, String)> {
    let place = |key: &str, reason: &str| Some((format!("{key} ="), reason.to_owned()));
    if file.roles.is_empty() {
        return place("roles", "`roles` is empty; leave it out for `[\"work\"]`");
    }
    if file.muscles.direct.is_empty() && file.pattern.counts_as_volume() {
        return place("muscles", "`muscles.direct` is empty; name what it trains");
    }
    let muscles: Vec<Muscle> =
        file.muscles.direct.iter().chain(&file.muscles.indirect).copied().collect();
    if let Some(muscle) = twice(&muscles) {
        let reason = format!("the muscle `{}` is named twice", muscle.as_str());
        return place("muscles", &reason);
    }
    for (key, doubled) in [
        ("kit", twice(&file.kit).is_some()),
        ("roles", twice(&file.roles).is_some()),
        ("contraindications", twice(&file.contraindications).is_some()),
    ] {
        if doubled {
            return place(key, &format!("something is named twice in `{key}`"));
        }
    }
    if tempo(&file.tempo).is_none() {
        return place("tempo", "`tempo` is four numbers of seconds, such as `3-1-1-0`");
    }
    if !file.dose.is_timed() && rep_secs(file.dose, &file.tempo) == 0 {
        return place("tempo", "a repetition takes time; give its phases seconds");
    }
    if !["side", "front", "front34", "any"].contains(&file.camera.as_str()) {
        return place("camera", "`camera` is `side`, `front`, `front34` or `any`");
    }
    None
}

/// What a list holds more than once.
fn twice<T: Copy + PartialEq>(list: &[T]) -> Option<T> {
    list.iter().enumerate().find(|(index, one)| list[..*index].contains(one)).map(|(_, one)| *one)
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
