//! Technique scores: good repetitions high, gross errors low.

use catalog::{Catalog, Exercise};
use motion::engine::StandardName;
use motion::report::report;
use motion::spec::Kind;
use motion::{analysis, math};
use testkit::synth;

use super::casting::{Place, noisy};
use super::form::gravity;
use crate::budget::Mode;
use crate::parallel;
use crate::sheet::{Bar, Section, percent};

pub(crate) fn run(catalog: &Catalog, mode: Mode) -> Vec<Section> {
    let exercises: Vec<&Exercise> = catalog
        .exercises()
        .iter()
        .filter(|exercise| exercise.movement.kind == Kind::Reps)
        .collect();
    let n_sets = mode.pick(20, 4) as u64;
    let mut section = Section::new(
        "lab: technique score of good repetitions and of gross errors (severity 1, at least two margins past a limit)",
    );
    let results =
        parallel::map(&exercises, |exercise| (good(exercise, n_sets), gross(exercise, mode)));
    let (mut n_good, mut n, mut n_gross, mut n_faults) = (0, 0, 0, 0);
    for (exercise, (good, gross)) in exercises.iter().zip(results) {
        let high = good.iter().filter(|&&score| score >= 80.0).count();
        let mean = good.iter().sum::<f64>() / math::as_f64(good.len().max(1));
        let text: Vec<String> = gross
            .iter()
            .map(|gross| {
                let mark = if gross.is_gross() { "" } else { " (mild)" };
                format!("{} {:.0}{mark}", gross.fault, gross.score)
            })
            .collect();
        section.line(format!(
            "{:<24}good: mean {mean:>3.0}, {:>3.0} % at 80 or more ({})   gross: {}",
            exercise.id.as_str(),
            percent(high, good.len()),
            good.len(),
            text.join(", ")
        ));
        n_good += high;
        n += good.len();
        n_gross += gross.iter().filter(|gross| gross.is_gross() && gross.score <= 50.0).count();
        n_faults += gross.iter().filter(|gross| gross.is_gross()).count();
    }
    section.share("lab.good_reps_at_80", n_good, n, Bar::AtLeast(90.0));
    section.share("lab.gross_faults_at_50", n_gross, n_faults, Bar::AtLeast(90.0));
    vec![section]
}

/// The technique of every repetition of noisy, right sets.
fn good(exercise: &Exercise, n_sets: u64) -> Vec<f64> {
    let mut scores = Vec::new();
    for seed in 0..n_sets {
        let stream = noisy(exercise, 5000 + seed, Place::Best).scene.play();
        let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
        let told = report(&engine, Some(exercise.reference()));
        scores.extend(
            told.reps
                .iter()
                .filter_map(|rep| rep.technique.as_ref().map(|technique| technique.total)),
        );
    }
    scores
}

/// A fault in full.
struct Gross {
    fault: String,
    score: f64,
    /// By how many margins the fault passes the limit it passes most.
    margins: f64,
}

impl Gross {
    /// Faults that the template does not show beyond twice the measurement's margin are mild: listed, not judged.
    fn is_gross(&self) -> bool {
        self.margins >= 2.0
    }
}

/// The set's score with each fault in full, from where it is seen best.
fn gross(exercise: &Exercise, mode: Mode) -> Vec<Gross> {
    let mut all = Vec::new();
    for fault in &exercise.figure.faults {
        let (yaw_deg, margins) = gravity(exercise, &fault.id);
        let (mut sum, mut n) = (0.0, 0.0);
        for seed in 0..mode.pick(4, 2) as u64 {
            let stream = synth(exercise)
                .reps(4)
                .yaw_deg(yaw_deg)
                .fault(&fault.id, 1.0)
                .noise(6000 + seed, 1.0)
                .play();
            let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
            // Nothing told at all is the lowest score: nothing was accepted as the exercise.
            sum += report(&engine, Some(exercise.reference())).score.unwrap_or(0.0);
            n += 1.0;
        }
        all.push(Gross { fault: fault.id.clone(), score: sum / n, margins });
    }
    all
}
