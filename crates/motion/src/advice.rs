//! What to say: at most a handful of tips after the set, and how to place the camera.

use units::Language;

use crate::pose::Limb;
use crate::report::SetReport;
use crate::signal::Signal;
use crate::spec::{MovementSpec, Plane, Severity, Standard};
use crate::technique::{JointDeviation, Part};
use crate::view::View;

/// A set below this technique score deviates: it gets at least [`N_LEAST`] tips.
const DEVIATES: f64 = 80.0;
/// Tips for a set that deviates.
const N_LEAST: usize = 3;
/// More tips than this are not read.
const N_MOST: usize = 5;

/// How to place the camera better for this exercise; empty when the view is good.
#[must_use]
pub fn camera(view: &View, spec: &MovementSpec) -> Vec<String> {
    let mut advice = Vec::new();
    let mut say = |english: &str, german: &str| {
        advice.push(spec.language.pick(english, german).to_owned());
    };
    let side_on = view.side_on();
    match spec.plane {
        Plane::Sagittal if side_on < 0.5 => say(
            "Turn side-on to the camera: from the front, depth and joint angles are uncertain.",
            "Dreh dich seitlich zur Kamera: Von vorn sind Tiefe und Gelenkwinkel unsicher.",
        ),
        Plane::Frontal if side_on > 0.85 => say(
            "Face the camera: from the side, one arm hides the other.",
            "Dreh dich zur Kamera: Von der Seite verdeckt ein Arm den anderen.",
        ),
        Plane::Sagittal | Plane::Frontal => {}
    }
    let needs = |limb: Limb| spec.primary.iter().any(|primary| uses(primary.signal, limb));
    if needs(Limb::Ankle) && view.limb_confidence(Limb::Ankle) < 0.5 {
        say(
            "Step back or tilt the camera down: I can't see your feet.",
            "Geh zurück oder neig die Kamera nach unten: Ich sehe deine Füße nicht.",
        );
    }
    if needs(Limb::Wrist) && view.limb_confidence(Limb::Wrist) < 0.5 {
        say(
            "Step back or move the camera: I can't see your hands.",
            "Geh zurück oder stell die Kamera um: Ich sehe deine Hände nicht.",
        );
    }
    advice
}

fn uses(signal: Signal, limb: Limb) -> bool {
    match limb {
        Limb::Ankle => {
            matches!(signal, Signal::KneeAngle | Signal::KneeAngleWorld | Signal::HipHeight)
        }
        Limb::Wrist => {
            matches!(signal, Signal::ElbowAngle | Signal::ElbowAngleWorld | Signal::HandHeight)
        }
        _ => false,
    }
}

/// Tips, gravest and most frequent first, each once: the issues' remedies, then what the technique's weakest parts ask
/// for. A set that deviates from the reference gets at least three; what it did well is told only when nothing else is
/// left to say.
#[must_use]
pub fn tips(report: &SetReport, spec: &MovementSpec, standard: &Standard) -> Vec<String> {
    let mut weighed: Vec<(Severity, usize, &str)> = Vec::new();
    for issue in &report.issues {
        match weighed.iter_mut().find(|(_, _, tip)| *tip == issue.tip) {
            Some((severity, n, _)) => {
                *severity = (*severity).max(issue.severity);
                *n += 1;
            }
            None => weighed.push((issue.severity, 1, &issue.tip)),
        }
    }
    weighed.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
    let mut tips: Vec<String> = weighed.iter().map(|(_, _, tip)| (*tip).to_owned()).collect();
    tips.truncate(N_MOST);
    let deviates = !tips.is_empty() || report.score.is_some_and(|score| score < DEVIATES);
    if !deviates {
        return tips;
    }
    let mut more = parts(report, spec.language);
    more.extend(standard.criteria.iter().map(|criterion| criterion.tip.clone()));
    more.extend(spec.checks.iter().map(|check| check.tip.clone()));
    for tip in more {
        if tips.len() >= N_LEAST {
            break;
        }
        if !tips.contains(&tip) {
            tips.push(tip);
        }
    }
    tips
}

/// What the parts of the technique ask for, weakest first; parts that are as good as perfect ask for nothing.
fn parts(report: &SetReport, language: Language) -> Vec<String> {
    /// A part above this score is as good as perfect.
    const PERFECT: f64 = 98.0;
    let techniques: Vec<_> =
        report.reps.iter().filter_map(|reported| reported.technique.as_ref()).collect();
    if techniques.is_empty() {
        return Vec::new();
    }
    let mut weak: Vec<(f64, String)> = Vec::new();
    let mean = |part: &dyn Fn(usize) -> f64| {
        let n = techniques.len().max(1);
        (0..techniques.len()).map(part).sum::<f64>() / crate::math::as_f64(n)
    };
    let tempo = mean(&|k| techniques[k].tempo);
    let words = language.pick(
        "Count two seconds down and one second up, the same on every repetition.",
        "Zähl zwei Sekunden runter und eine Sekunde hoch, bei jeder Wiederholung gleich.",
    );
    weak.push((tempo, words.to_owned()));
    let eccentric_secs = mean(&|k| report.reps[k].rep.tempo.eccentric_secs);
    if eccentric_secs > 0.0 && eccentric_secs < 1.0 {
        let secs = format!("{eccentric_secs:.1}");
        let words = language.pick(
            format!("Slow the way down to about 2 s; it took {secs} s."),
            format!("Nimm dir runter etwa 2 s Zeit; es waren {} s.", secs.replace('.', ",")),
        );
        weak.push((80.0, words));
    }
    let smoothness = mean(&|k| techniques[k].smoothness);
    let words = language.pick(
        "Move in one steady push without stopping half-way; a lighter load helps.",
        "Beweg dich in einem Zug, ohne auf halbem Weg anzuhalten; weniger Gewicht hilft.",
    );
    weak.push((smoothness, words.to_owned()));
    let symmetry = mean(&|k| techniques[k].symmetry.unwrap_or(100.0));
    let words = language.pick(
        "Share the load: push equally with the left and the right side.",
        "Teil die Last auf: links und rechts gleich stark drücken.",
    );
    weak.push((symmetry, words.to_owned()));
    // Of each joint the repetition in which it was farthest off.
    let mut worst: Vec<&JointDeviation> = Vec::new();
    for joint in techniques.iter().flat_map(|technique| &technique.joints) {
        match worst.iter_mut().find(|known| known.signal == joint.signal) {
            Some(known) if joint.mean_deg > known.mean_deg => *known = joint,
            Some(_) => {}
            None => worst.push(joint),
        }
    }
    let far = worst.into_iter().filter(|joint| joint.mean_deg > report.angle_margin_deg);
    weak.extend(far.map(|joint| (100.0 - 2.0 * joint.mean_deg, joint_tip(joint, language))));
    weak.retain(|(score, _)| *score < PERFECT);
    weak.sort_by(|a, b| a.0.total_cmp(&b.0));
    weak.into_iter().map(|(_, tip)| tip).collect()
}

fn joint_tip(joint: &JointDeviation, language: Language) -> String {
    match language {
        Language::English => joint_tip_in_english(joint),
        Language::German => joint_tip_in_german(joint),
    }
}

fn joint_tip_in_english(joint: &JointDeviation) -> String {
    let straighter = joint.worst_deg > 0.0;
    let off_deg = joint.worst_deg.abs();
    let place = match joint.signal {
        Signal::ElbowAngle => "elbows",
        Signal::ShoulderAngle => "arms against the trunk",
        Signal::HipAngle => "hips",
        Signal::KneeAngle => "knees",
        Signal::TrunkLean => "trunk",
        _ => "body",
    };
    let where_ = match Part::of(joint.worst_at) {
        Part::Start => "at the start",
        Part::Turn => "at the turning point",
        Part::End => "towards the end",
    };
    let how = match (joint.signal, straighter) {
        (Signal::TrunkLean, true) => "leans more than",
        (Signal::TrunkLean, false) => "is more upright than",
        (_, true) => "open wider than",
        (_, false) => "bend more than",
    };
    format!(
        "Your {place} {how} the reference by up to {off_deg:.0}° {where_}: watch the moving figure and match it there."
    )
}

fn joint_tip_in_german(joint: &JointDeviation) -> String {
    let straighter = joint.worst_deg > 0.0;
    let off_deg = joint.worst_deg.abs();
    let (place, how) = match (joint.signal, straighter) {
        (Signal::ElbowAngle, true) => ("Deine Ellbogen sind", "weiter offen"),
        (Signal::ElbowAngle, false) => ("Deine Ellbogen sind", "stärker gebeugt"),
        (Signal::ShoulderAngle, true) => ("Deine Arme sind", "weiter weg vom Rumpf"),
        (Signal::ShoulderAngle, false) => ("Deine Arme sind", "näher am Rumpf"),
        (Signal::HipAngle, true) => ("Deine Hüfte ist", "weiter offen"),
        (Signal::HipAngle, false) => ("Deine Hüfte ist", "stärker gebeugt"),
        (Signal::KneeAngle, true) => ("Deine Knie sind", "weiter offen"),
        (Signal::KneeAngle, false) => ("Deine Knie sind", "stärker gebeugt"),
        (Signal::TrunkLean, true) => ("Dein Rumpf ist", "weiter vorgeneigt"),
        (Signal::TrunkLean, false) => ("Dein Rumpf ist", "aufrechter"),
        (_, true) => ("Dein Körper ist", "weiter offen"),
        (_, false) => ("Dein Körper ist", "stärker gebeugt"),
    };
    let where_ = match Part::of(joint.worst_at) {
        Part::Start => "am Anfang",
        Part::Turn => "am Umkehrpunkt",
        Part::End => "gegen Ende",
    };
    format!(
        "{place} {where_} bis zu {off_deg:.0}° {how} als in der Vorlage: Schau auf die bewegte Figur und mach es ihr dort nach."
    )
}

#[cfg(test)]
mod tests {
    use units::{MediaTime, Side};

    use super::*;
    use crate::rep::Rep;
    use crate::report::ReportedRep;
    use crate::technique::Technique;
    use crate::tempo::Tempo;

    /// One repetition that is weak in everything, with one joint off.
    fn weak(joint: JointDeviation) -> SetReport {
        let rep = Rep {
            start: MediaTime::ZERO,
            turn: MediaTime::from_ms(500.0),
            end: MediaTime::from_ms(1000.0),
            side: Some(Side::Left),
            counted: true,
            missed: Vec::new(),
            measured: Vec::new(),
            rom_deg: 90.0,
            excursion: 1.0,
            tempo: Tempo { eccentric_secs: 0.5, ..Tempo::default() },
            peak_speed_torsos_per_sec: 1.0,
            mean_concentric_torsos_per_sec: 1.0,
            asymmetry: None,
            smoothness_sparc: -2.0,
            curves: Vec::new(),
            trust: [1.0; 2],
            confidence: 1.0,
        };
        let technique = Technique {
            total: 40.0,
            shape: 40.0,
            depth: 40.0,
            symmetry: Some(40.0),
            tempo: 40.0,
            smoothness: 40.0,
            joints: vec![joint],
        };
        SetReport {
            n_reps: 1,
            n_attempts: 0,
            n_left: None,
            n_right: None,
            hold_ms: None,
            n_breaks: None,
            score: Some(40.0),
            yaw_deg: 0.0,
            yaw_margin_deg: 0.0,
            angle_margin_deg: 5.0,
            reps: vec![ReportedRep { rep, reasons: Vec::new(), technique: Some(technique) }],
            issues: Vec::new(),
            tips: Vec::new(),
            camera_advice: Vec::new(),
            velocity_loss: None,
            effort: None,
            consistency: None,
        }
    }

    #[test]
    fn every_weak_part_is_told_in_every_language() {
        let signals = [
            Signal::ElbowAngle,
            Signal::ShoulderAngle,
            Signal::HipAngle,
            Signal::KneeAngle,
            Signal::TrunkLean,
            Signal::BodyLine,
        ];
        let mut said: Vec<String> = Vec::new();
        for signal in signals {
            for worst_deg in [-40.0, 40.0] {
                for worst_at in [0.1, 0.5, 0.9] {
                    let joint = JointDeviation { signal, mean_deg: 30.0, worst_deg, worst_at };
                    let report = weak(joint);
                    let [english, german] = Language::ALL.map(|language| parts(&report, language));
                    assert_eq!((english.len(), german.len()), (5, 5), "{english:?} {german:?}");
                    for (english, german) in english.iter().zip(&german) {
                        assert_ne!(english, german);
                    }
                    said.extend(german);
                }
            }
        }
        said.sort();
        said.dedup();
        // Four that are always the same, and as many as there are joints, directions and times.
        assert_eq!(said.len(), 4 + 6 * 2 * 3, "{said:#?}");
        assert!(said.contains(&"Nimm dir runter etwa 2 s Zeit; es waren 0,5 s.".to_owned()));
    }
}
