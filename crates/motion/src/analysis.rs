//! A whole recording: which exercise it is, every repetition, and what to say about it.
//!
//! Two passes of the same causal engine: the first learns the range this person shows and which limb the camera sees
//! well, the second counts with that knowledge.

use crate::classify::{Classifier, best_of};
use crate::engine::{Engine, StandardName};
use crate::pose::Pose;
use crate::spec::{MovementSpec, SignatureRule};

/// Runs both passes over a recording and gives the engine as the second left it.
#[must_use]
pub fn run(poses: &[Pose], spec: &MovementSpec, standard: StandardName) -> Engine {
    let mut first = Engine::new(spec, standard, None);
    for pose in poses {
        first.push(pose);
    }
    first.finish();
    let mut second = Engine::new(spec, standard, Some(&first.calibration()));
    for pose in poses {
        second.push(pose);
    }
    second.finish();
    second
}

/// How strongly a recording shows each exercise, 0..=1: the mean belief over the windows that show anything known.
#[must_use]
pub fn classify(poses: &[Pose], signatures: &[&[SignatureRule]]) -> Vec<f64> {
    let mut classifier = Classifier::new(signatures);
    let mut totals = vec![0.0; signatures.len()];
    let mut n_windows = 0.0;
    for pose in poses {
        if classifier.push(pose) && best_of(classifier.beliefs()).is_some() {
            n_windows += 1.0;
            for (total, belief) in totals.iter_mut().zip(classifier.beliefs()) {
                *total += belief;
            }
        }
    }
    if n_windows > 0.0 {
        for total in &mut totals {
            *total /= n_windows;
        }
    }
    totals
}
