//! From poses to a judged set: which exercise, every repetition, the report.

use anyhow::{Result, anyhow, bail};
use catalog::{Catalog, Exercise};
use motion::analysis;
use motion::engine::{Engine, StandardName};
use motion::pose::Pose;
use motion::report::{SetReport, report};
use motion::spec::Kind;
use motion::technique::Reference;
use motion::view::View;
use units::Language;
use wire::judged::no_strict_standard;
use wire::report::{Analysis, Processing, Standard, UNKNOWN, rounded};

use crate::recording::Recording;
use crate::reference::{self, Given};

/// The body height that speeds rest on where none is given: the middle of adults worldwide.
const USUAL_HEIGHT_CM: f64 = 170.0;

/// What the user wants to know.
#[derive(Debug)]
pub(crate) struct Question {
    /// Id or alias; none for the classifier's choice.
    pub(crate) exercise: Option<String>,
    pub(crate) standard: StandardName,
    pub(crate) reference: Option<Given>,
    pub(crate) height_cm: Option<f64>,
}

/// The answer.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) analysis: Analysis,
    /// What findings, tips and names are told in.
    pub(crate) language: Language,
    /// Nothing where the exercise is not known.
    pub(crate) set: Option<JudgedSet<'a>>,
    /// What the classifier sees.
    pub(crate) detected: Option<&'a Exercise>,
}

/// A set judged as one exercise.
#[derive(Debug)]
pub(crate) struct JudgedSet<'a> {
    pub(crate) exercise: &'a Exercise,
    pub(crate) engine: Engine,
    pub(crate) report: SetReport,
    /// What technique was compared with, if not the exercise's own.
    own_reference: Option<Reference>,
}

impl JudgedSet<'_> {
    /// What technique was compared with.
    pub(crate) fn reference(&self) -> &Reference {
        self.own_reference.as_ref().unwrap_or_else(|| self.exercise.reference())
    }
}

/// Judges a recording. Frames per second of the processing are left for the caller to fill in.
pub(crate) fn judge<'a>(
    recording: &Recording,
    catalog: &'a Catalog,
    question: &Question,
) -> Result<Answer<'a>> {
    let language = catalog.language();
    let n_with_person = recording.n_with_person();
    if n_with_person == 0 {
        bail!(
            "nobody is to be seen in `{}` ({} frames): film the whole body, in light, from 2 to 4 metres away",
            recording.name,
            recording.poses.len()
        );
    }
    let recognized = catalog.recognize(&recording.poses);
    let detected = recognized.map(|(exercise, _)| exercise);
    let exercise = chosen(catalog, question, detected)?;
    let mut warnings = recording.warnings.clone();
    let n_backward = recording.poses.windows(2).filter(|pair| pair[1].time <= pair[0].time).count();
    if n_backward > 0 {
        warnings.push(language.pick(
            format!(
                "{n_backward} frames are not later than the one before them and were passed over"
            ),
            format!(
                "{n_backward} Bilder sind nicht später als das Bild davor und wurden übergangen"
            ),
        ));
    }
    let mut analysis = Analysis {
        exercise: exercise.map_or(UNKNOWN, |exercise| exercise.id.as_str()).to_owned(),
        detected_exercise: detected.map_or(UNKNOWN, |exercise| exercise.id.as_str()).to_owned(),
        detection_confidence: recognized.map_or(0.0, |(_, belief)| rounded(belief, 2)),
        frames: recording.poses.len() as u64,
        frames_with_person: n_with_person as u64,
        duration_ms: recording.duration_ms(),
        warnings,
        processing: Processing {
            fps: 0.0,
            runtime: recording.seen_by.as_ref().map(|seen| seen.runtime.clone()),
            network: recording.seen_by.as_ref().map(|seen| seen.network.clone()),
        },
        ..Analysis::default()
    };
    let Some(exercise) = exercise else {
        analysis.view = view_of(&recording.poses);
        analysis.tips = unknown_tips(language);
        return Ok(Answer { analysis, language, set: None, detected });
    };
    let own_reference = match &question.reference {
        Some(given) => Some(reference::reference(given, exercise, recording.image)?),
        None => None,
    };
    let engine = analysis::run(&recording.poses, &exercise.movement, question.standard);
    let compared = own_reference.as_ref().unwrap_or_else(|| exercise.reference());
    let set = report(&engine, Some(compared));
    let mut analysis = analysis.with_set(&set, question.height_cm.unwrap_or(USUAL_HEIGHT_CM));
    analysis.standard = Some(Standard {
        name: standard_name(question.standard, exercise).to_owned(),
        source: engine.standard().source.clone(),
    });
    analysis.reference = Some(compared.source.clone());
    analysis.assumptions = assumptions(question, exercise);
    if set.score.is_none()
        && (set.n_reps + set.n_attempts) == 0
        && exercise.movement.kind == Kind::Reps
    {
        analysis.tips = nothing_counted_tips(exercise, detected);
    }
    let set = JudgedSet { exercise, engine, report: set, own_reference };
    Ok(Answer { analysis, language, set: Some(set), detected })
}

/// The exercise to judge as: the one asked for, else the one seen, else the one the reference is for.
fn chosen<'a>(
    catalog: &'a Catalog,
    question: &Question,
    detected: Option<&'a Exercise>,
) -> Result<Option<&'a Exercise>> {
    let of_reference = match question.reference.as_ref().and_then(Given::exercise) {
        // Not a wrong use of the command, so another error than for --exercise.
        Some(id) => Some(
            catalog
                .get(id)
                .map_err(|error| anyhow!("the reference's `exercise_id` is wrong: {error}"))?,
        ),
        None => None,
    };
    let exercise = match &question.exercise {
        Some(id) => Some(catalog.get(id)?),
        None => detected.or(of_reference),
    };
    if let (Some(exercise), Some(of_reference)) = (exercise, of_reference)
        && exercise.family != of_reference.family
    {
        bail!(
            "the reference is for `{}` but the set is judged as `{}`: pass --exercise {} or another reference",
            of_reference.id,
            exercise.id,
            of_reference.id
        );
    }
    Ok(exercise)
}

fn standard_name(standard: StandardName, exercise: &Exercise) -> &'static str {
    match (standard, &exercise.movement.standards.strict) {
        (StandardName::Strict, Some(_)) => "strict",
        (StandardName::Strict, None) | (StandardName::Default, _) => "default",
    }
}

fn assumptions(question: &Question, exercise: &Exercise) -> Vec<String> {
    let language = exercise.movement.language;
    let height = match question.height_cm {
        Some(cm) => language.pick(
            format!("the given body height of {cm:.0} cm"),
            format!("der angegebenen Körpergröße von {cm:.0} cm"),
        ),
        None => language.pick(
            format!("an assumed body height of {USUAL_HEIGHT_CM:.0} cm (--height-cm to change it)"),
            format!("einer angenommenen Körpergröße von {USUAL_HEIGHT_CM:.0} cm (änderbar mit --height-cm)"),
        ),
    };
    let mut assumptions = vec![language.pick(
        format!("speeds in metres per second rest on {height}, of which the torso is 28.8 %"),
        format!("Geschwindigkeiten in Metern pro Sekunde beruhen auf {height}, davon 28,8 % Rumpf"),
    )];
    if question.standard == StandardName::Strict && exercise.movement.standards.strict.is_none() {
        assumptions.push(no_strict_standard(&exercise.name, language));
    }
    assumptions
}

/// The view where nothing was judged.
fn view_of(poses: &[Pose]) -> wire::report::View {
    let mut view = View::default();
    for pose in poses {
        view.see(pose);
    }
    wire::report::View {
        yaw_deg: rounded(view.yaw_deg(), 1),
        interval: rounded(view.yaw_margin_deg(), 1),
        angle_interval_deg: None,
    }
}

fn unknown_tips(language: Language) -> Vec<String> {
    let english = [
        "Name the exercise with --exercise ID; `spotter exercises` lists them.",
        "Keep the whole body in the picture, from 2 to 4 metres away, with the camera still and at hip height.",
        "Film squats, push-ups, lunges and deadlifts from the side; raises, presses and jumping jacks from the front.",
    ];
    let german = [
        "Nenn die Übung mit --exercise ID; `spotter exercises` zählt sie auf.",
        "Bleib mit dem ganzen Körper im Bild, 2 bis 4 Meter entfernt, die Kamera ruhig und auf Hüfthöhe.",
        "Film Kniebeugen, Liegestütze, Ausfallschritte und Kreuzheben von der Seite; Seitheben, Schulterdrücken und Hampelmänner von vorn.",
    ];
    language.pick(english, german).map(str::to_owned).to_vec()
}

fn nothing_counted_tips(exercise: &Exercise, detected: Option<&Exercise>) -> Vec<String> {
    let language = exercise.movement.language;
    let (english, german) = match exercise.camera.as_str() {
        "side" => ("from the side", "von der Seite"),
        "front" => ("from the front", "von vorn"),
        "front34" => ("from the front, turned a little", "von vorn, etwas gedreht"),
        _ => ("with the whole body in the picture", "mit dem ganzen Körper im Bild"),
    };
    let whole = language.pick(
        "Begin and end in the start position, with the whole repetition in the recording.",
        "Beginne und ende in der Startposition, mit der ganzen Wiederholung in der Aufnahme.",
    );
    let mut tips = vec![
        whole.to_owned(),
        language.pick(
            format!(
                "Film {} {english}, from 2 to 4 metres away, with the camera still.",
                exercise.name.to_lowercase()
            ),
            format!(
                "Film {german}, aus 2 bis 4 Metern, mit ruhiger Kamera. Übung: {}.",
                exercise.name
            ),
        ),
    ];
    if detected.is_none_or(|detected| detected.family != exercise.family) {
        let check = language.pick(
            "Check the exercise: another one can be named with --exercise ID; `spotter exercises` lists them.",
            "Prüf die Übung: Eine andere nennst du mit --exercise ID; `spotter exercises` zählt sie auf.",
        );
        tips.push(check.to_owned());
    }
    tips
}
