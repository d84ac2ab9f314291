//! A whole recording: which exercise it is, every repetition, and what to say about it.
//!
//! Several passes of the same causal engine: the first learns which limbs the camera sees well, the second the range
//! this person shows, the last counts with that knowledge.

use units::MediaTime;

use crate::channel::MIN_CONFIDENCE;
use crate::classify::{Belief, Classifier, best_of};
use crate::consensus::{self, Alignment, Series};
use crate::engine::{Calibration, Engine, StandardName};
use crate::pose::Pose;
use crate::rep::Rep;
use crate::spec::{MovementSpec, SignatureRule};

/// Analyzes a recording and gives the engine as the last pass left it.
#[must_use]
pub fn run(poses: &[Pose], spec: &MovementSpec, standard: StandardName) -> Engine {
    let alignments = alignments(poses, spec, standard);
    // With everything aligned, one pass learns the range this person shows, the last counts with it.
    let aligned = pass(
        poses,
        spec,
        standard,
        &Calibration { alignments: alignments.clone(), ..Calibration::default() },
    );
    pass(poses, spec, standard, &Calibration { alignments, ..aligned.calibration() })
}

fn pass(
    poses: &[Pose],
    spec: &MovementSpec,
    standard: StandardName,
    calibration: &Calibration,
) -> Engine {
    let mut engine = Engine::new(spec, standard, Some(calibration));
    for pose in poses {
        engine.push(pose);
    }
    engine.finish();
    engine
}

/// Learns from the whole recording which candidates move together.
#[must_use]
pub fn alignments(poses: &[Pose], spec: &MovementSpec, standard: StandardName) -> Vec<Alignment> {
    let mut engine = Engine::new(spec, standard, None);
    let mut series: Vec<Series> = Vec::new();
    let mut trackers: Vec<usize> = Vec::new();
    let mut times: Vec<MediaTime> = Vec::new();
    for pose in poses {
        let output = engine.push(pose);
        if !output.in_posture {
            continue;
        }
        times.push(pose.time);
        for (index, now) in engine.candidates().enumerate() {
            if index == series.len() {
                series.push(Series { is_place: now.is_place, ..Series::default() });
                trackers.push(now.tracker);
            }
            let confidence = if now.confidence < MIN_CONFIDENCE { 0.0 } else { now.confidence };
            series[index].samples.push((now.progress, confidence));
            series[index].prior = now.prior;
        }
    }
    engine.finish();
    keep_repetitions(&mut series, &times, engine.reps());
    let mut alignments = vec![Alignment { gain: 1.0, ..Alignment::default() }; series.len()];
    for tracker in 0..2 {
        let members: Vec<usize> =
            (0..series.len()).filter(|&index| trackers[index] == tracker).collect();
        let own: Vec<Series> = members.iter().map(|&index| series[index].clone()).collect();
        for (&index, alignment) in members.iter().zip(consensus::align(&own)) {
            alignments[index] = alignment;
        }
    }
    // Without anything to learn from, the live rules serve as well.
    if alignments.iter().all(|alignment| alignment.weight <= 0.0) { Vec::new() } else { alignments }
}

/// Leaves only the frames of the cycles that the live rules already see: getting down to the floor and up again moves
/// everything far more than the exercise does and would teach the wrong thing. Under two cycles, all frames stay.
fn keep_repetitions(series: &mut [Series], times: &[MediaTime], reps: &[Rep]) {
    if reps.len() < 2 {
        return;
    }
    let within = |time: MediaTime| {
        reps.iter().any(|rep| {
            rep.start.secs_since(time) <= AROUND_REP_SECS
                && time.secs_since(rep.end) <= AROUND_REP_SECS
        })
    };
    for candidate in series {
        let mut time = times.iter();
        candidate.samples.retain(|_| time.next().is_some_and(|&time| within(time)));
    }
}

/// Rest around a cycle that still belongs to it, seconds.
const AROUND_REP_SECS: f64 = 0.7;
/// A recording's mean belief under this is no recognition: people who walk about look like a little of everything.
const RECOGNIZED: f64 = 0.45;
/// A hold shorter than this is no exercise, milliseconds.
const MIN_HOLD_MS: f64 = 2000.0;

/// Which of these exercises a recording shows, if any: the one most believed of those that are really done in it, with
/// at least one cycle or two seconds held.
#[must_use]
pub fn recognize(poses: &[Pose], exercises: &[&MovementSpec]) -> Option<Belief> {
    let signatures: Vec<&[SignatureRule]> =
        exercises.iter().map(|spec| spec.signature.as_slice()).collect();
    let mut beliefs: Vec<Belief> = classify(poses, &signatures)
        .into_iter()
        .enumerate()
        .map(|(exercise, confidence)| Belief { exercise, confidence })
        .filter(|belief| belief.confidence >= RECOGNIZED)
        .collect();
    beliefs.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    beliefs.into_iter().find(|belief| {
        let engine = run(poses, exercises[belief.exercise], StandardName::Default);
        !engine.reps().is_empty() || engine.hold().held_ms >= MIN_HOLD_MS
    })
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
