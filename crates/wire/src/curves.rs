//! The joints of one repetition as curves, beside the reference seen from the same side.
//!
//! Both are in equal steps of their own time, so a slow repetition and a quick reference lie over each other.

use coach::judged::JudgedSet;
use motion::rep::Rep;
use motion::signal::Signal;
use motion::technique::Curve;
use serde::Serialize;

use crate::report::rounded;

/// One signal over a repetition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JointCurve {
    /// The signal's name as exercise files spell it, such as `knee_angle`.
    pub name: String,
    /// What stands behind each number.
    pub unit: &'static str,
    /// The athlete's, on the better seen side.
    pub person: Vec<f64>,
    /// The reference's; null where it has none for this signal.
    pub reference: Option<Vec<f64>>,
}

/// Every signal that technique is judged by, as far as it was seen.
pub(crate) fn of(set: &JudgedSet<'_>, rep: &Rep) -> Vec<JointCurve> {
    let view = set.exercise.reference().for_rep(set.report.yaw_deg, rep.side);
    let reference = view.as_ref().map_or(&[][..], |view| &view.curves);
    let joint = |curve: &Curve| {
        let same = reference.iter().find(|other| other.signal == curve.signal);
        Some(JointCurve {
            name: name(curve.signal),
            unit: if curve.signal.is_angle() { "°" } else { " %" },
            person: values(curve, rep.trust)?,
            reference: same.and_then(|other| values(other, rep.trust)),
        })
    };
    rep.curves.iter().filter_map(joint).collect()
}

fn values(curve: &Curve, trust: [f64; 2]) -> Option<Vec<f64>> {
    let side = usize::from(trust[1] > trust[0]);
    let seen = curve.sides[side].as_ref().or(curve.sides[1 - side].as_ref())?;
    Some(seen.iter().map(|value| rounded(*value, 1)).collect())
}

fn name(signal: Signal) -> String {
    let mut words = String::new();
    for letter in format!("{signal:?}").chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_are_named_as_in_exercise_files() {
        assert_eq!(name(Signal::KneeAngle), "knee_angle");
        assert_eq!(name(Signal::TrunkLean), "trunk_lean");
    }
}
