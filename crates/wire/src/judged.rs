//! The report of a judged set where nobody used a command line: live sets and `POST /analyze`.

use coach::judged::Judged;
use motion::engine::StandardName;
use motion::pose::Pose;
use units::Language;

use crate::report::{Analysis, Standard, UNKNOWN, rounded};

/// What is told about a set of poses.
#[must_use]
pub fn analysis(
    poses: &[Pose],
    judged: &Judged<'_>,
    standard: StandardName,
    height_cm: f64,
) -> Analysis {
    let language = judged.language;
    let (detected, belief) = judged
        .recognized
        .map_or((UNKNOWN, 0.0), |(exercise, belief)| (exercise.id.as_str(), belief));
    let span_ms = match poses {
        [first, .., last] => 1000.0 * last.time.secs_since(first.time),
        _ => 0.0,
    };
    let told = Analysis {
        exercise: judged.set.as_ref().map_or(UNKNOWN, |set| set.exercise.id.as_str()).to_owned(),
        detected_exercise: detected.to_owned(),
        detection_confidence: rounded(belief, 2),
        frames: poses.len() as u64,
        frames_with_person: poses.iter().filter(|pose| pose.shows_person()).count() as u64,
        duration_ms: crate::report::whole(span_ms),
        ..Analysis::default()
    };
    let Some(set) = &judged.set else {
        return Analysis {
            tips: [
                language.pick(
                    "Choose the exercise: none was recognized.",
                    "Wähl die Übung aus: Es wurde keine erkannt.",
                ),
                language.pick(
                    "Keep the whole body in the picture, from 2 to 4 metres away.",
                    "Bleib mit dem ganzen Körper im Bild, 2 bis 4 Meter entfernt.",
                ),
            ]
            .map(str::to_owned)
            .to_vec(),
            ..told
        };
    };
    let strict = set.exercise.movement.standards.strict.is_some();
    let mut assumptions = vec![language.pick(
        format!(
            "speeds in metres per second rest on a body height of {height_cm:.0} cm, of which the torso is 28.8 %"
        ),
        format!(
            "Geschwindigkeiten in Metern pro Sekunde beruhen auf einer Körpergröße von {height_cm:.0} cm, davon 28,8 % Rumpf"
        ),
    )];
    if standard == StandardName::Strict && !strict {
        let name = &set.exercise.name;
        assumptions.push(no_strict_standard(name, language));
    }
    let by_strict = standard == StandardName::Strict && strict;
    Analysis {
        standard: Some(Standard {
            name: if by_strict { "strict" } else { "default" }.to_owned(),
            source: set.engine.standard().source.clone(),
        }),
        reference: Some(set.reference.clone()),
        assumptions,
        ..told.with_set(&set.report, height_cm)
    }
}

/// What is assumed where an exercise lacks the strict standard that was asked for.
#[must_use]
pub fn no_strict_standard(name: &str, language: Language) -> String {
    language.pick(
        format!("{name} has no strict standard, so the default one applies"),
        format!("{name} hat keinen strengen Standard, deshalb gilt der übliche"),
    )
}
