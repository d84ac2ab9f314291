//! What to say: at most a handful of tips after the set, and how to place the camera.

use crate::pose::Limb;
use crate::report::SetReport;
use crate::signal::Signal;
use crate::spec::{MovementSpec, Plane, Severity, Standard};
use crate::technique::JointDeviation;
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
    let side_on = view.side_on();
    match spec.plane {
        Plane::Sagittal if side_on < 0.5 => {
            advice.push(
                "Turn side-on to the camera: from the front, depth and joint angles are uncertain."
                    .to_owned(),
            );
        }
        Plane::Frontal if side_on > 0.85 => {
            advice.push("Face the camera: from the side, one arm hides the other.".to_owned());
        }
        Plane::Sagittal | Plane::Frontal => {}
    }
    let needs = |limb: Limb| spec.primary.iter().any(|primary| uses(primary.signal, limb));
    if needs(Limb::Ankle) && view.limb_confidence(Limb::Ankle) < 0.5 {
        advice.push("Step back or tilt the camera down: I can't see your feet.".to_owned());
    }
    if needs(Limb::Wrist) && view.limb_confidence(Limb::Wrist) < 0.5 {
        advice.push("Step back or move the camera: I can't see your hands.".to_owned());
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

/// Tips, gravest and most frequent first, each once: the issues' remedies, then what the technique's weak parts ask
/// for. A set that deviates from the reference gets at least three.
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
    let mut more = weak_parts(report);
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

/// What the weakest parts of the technique ask for, weakest first.
fn weak_parts(report: &SetReport) -> Vec<String> {
    let techniques: Vec<_> =
        report.reps.iter().filter_map(|reported| reported.technique.as_ref()).collect();
    let mut weak: Vec<(f64, String)> = Vec::new();
    let mean = |part: &dyn Fn(usize) -> f64| {
        let n = techniques.len().max(1);
        (0..techniques.len()).map(part).sum::<f64>() / crate::math::as_f64(n)
    };
    if techniques.is_empty() {
        return Vec::new();
    }
    let tempo = mean(&|k| techniques[k].tempo);
    if tempo < 85.0 {
        weak.push((
            tempo,
            "Count two seconds down and one second up, the same on every repetition.".to_owned(),
        ));
    }
    let eccentric_secs = mean(&|k| report.reps[k].rep.tempo.eccentric_secs);
    if eccentric_secs > 0.0 && eccentric_secs < 1.0 {
        weak.push((
            80.0,
            format!("Slow the way down to about 2 s; it took {eccentric_secs:.1} s."),
        ));
    }
    let smoothness = mean(&|k| techniques[k].smoothness);
    if smoothness < 80.0 {
        weak.push((
            smoothness,
            "Move in one steady push without stopping half-way; a lighter load helps.".to_owned(),
        ));
    }
    let symmetry = mean(&|k| techniques[k].symmetry.unwrap_or(100.0));
    if symmetry < 85.0 {
        weak.push((
            symmetry,
            "Share the load: push equally with the left and the right side.".to_owned(),
        ));
    }
    let joint = techniques.iter().flat_map(|technique| &technique.joints);
    if let Some(worst) = joint.max_by(|a, b| a.mean_deg.total_cmp(&b.mean_deg))
        && worst.mean_deg > report.angle_margin_deg.max(12.0)
    {
        weak.push((100.0 - 2.0 * worst.mean_deg, joint_tip(worst)));
    }
    weak.sort_by(|a, b| a.0.total_cmp(&b.0));
    weak.into_iter().map(|(_, tip)| tip).collect()
}

fn joint_tip(joint: &JointDeviation) -> String {
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
    let where_ = if joint.worst_at < 0.35 {
        "at the start"
    } else if joint.worst_at > 0.65 {
        "towards the end"
    } else {
        "at the turning point"
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
