//! Form checks and standards: cues that should not be, and faults that should be found.

use std::collections::BTreeMap;

use catalog::{Catalog, Exercise};
use motion::engine::StandardName;
use motion::report::{SetReport, report};
use motion::signal::Signal;
use motion::spec::{Baseline, Bound, Criterion, Extreme, FormCheck, Kind, Plane, ViewPreference};
use motion::{analysis, interval, math};
use testkit::rng::Rng;
use testkit::{FilmedSet, Scene, Truth, synth};
use units::Side;

use super::casting::{Place, noisy};
use crate::budget::Mode;
use crate::parallel;
use crate::sheet::{Bar, Section};

/// Two-sided 90 % quantile of the normal distribution: a margin is this many standard errors.
const Z90: f64 = 1.645;

pub(crate) fn run(catalog: &Catalog, mode: Mode) -> Vec<Section> {
    let exercises: Vec<&Exercise> = catalog
        .exercises()
        .iter()
        .filter(|exercise| exercise.movement.kind == Kind::Reps)
        .collect();
    vec![false_cues(&exercises, mode), recall(&exercises, mode)]
}

fn told(exercise: &Exercise, stream: &FilmedSet) -> SetReport {
    report(&analysis::run(&stream.poses, &exercise.movement, StandardName::Default), None)
}

fn false_cues(exercises: &[&Exercise], mode: Mode) -> Section {
    let n_sets = mode.pick(60, 8) as u64;
    let mut section = Section::new(format!(
        "lab: cues on sets without that fault ({n_sets} noisy sets per exercise)"
    ));
    let results = parallel::map(exercises, |exercise| {
        let mut wrong: Vec<(String, String)> = Vec::new();
        for seed in 0..n_sets {
            let cast = noisy(exercise, 3000 + seed, Place::Best);
            let stream = cast.scene.play();
            let mut ids: Vec<String> =
                told(exercise, &stream).issues.into_iter().map(|issue| issue.id).collect();
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                if true_excess(exercise, &id, &stream.truth).is_none_or(|excess| excess <= 0.0) {
                    wrong.push((id, cast.text.clone()));
                }
            }
        }
        wrong
    });
    let (mut n_wrong_sets, mut by_id) = (0, BTreeMap::<String, usize>::new());
    for (exercise, wrong) in exercises.iter().zip(results) {
        let mut sets: Vec<&String> = wrong.iter().map(|(_, text)| text).collect();
        sets.dedup();
        n_wrong_sets += sets.len();
        for (id, text) in &wrong {
            *by_id.entry(format!("{}: {id}", exercise.id)).or_default() += 1;
            section.failures.push(format!("{text}: false `{id}`"));
        }
    }
    for (id, n) in by_id {
        section.line(format!("{id:<44}{n:>3} of {n_sets} sets"));
    }
    let n = exercises.len() * usize::try_from(n_sets).unwrap_or(0);
    section.share("lab.sets_without_false_cue", n - n_wrong_sets, n, Bar::AtLeast(99.0));
    section
}

/// The worst true excess of a check or criterion over the repetitions; none where the truth cannot be told.
fn true_excess(exercise: &Exercise, id: &str, truth: &Truth) -> Option<f64> {
    let movement = &exercise.movement;
    if let Some(check) = movement.checks.iter().find(|check| check.id == id) {
        return truth.reps.iter().filter_map(|rep| truth.check_excess(rep, check)).reduce(f64::max);
    }
    let criterion =
        movement.standards.default.criteria.iter().find(|criterion| criterion.id == id)?;
    criterion_excess(criterion, truth)
}

fn criterion_excess(criterion: &Criterion, truth: &Truth) -> Option<f64> {
    let bound = Bound {
        signal: criterion.signal,
        min: criterion.min,
        max: criterion.max,
        view: criterion.view,
    };
    let of_rep = |rep| {
        let on = |side| {
            truth
                .extreme(rep, criterion.signal, side, criterion.of)
                .map(|value| bound.excess(value))
        };
        match rep.side {
            Some(side) => on(side),
            // Both sides work: the engine's value lies between them, so the better side decides about a true miss.
            None => Side::BOTH.into_iter().filter_map(on).reduce(f64::min),
        }
    };
    truth.reps.iter().filter_map(of_rep).reduce(f64::max)
}

/// A check or a criterion, as far as recall cares.
struct Target<'a> {
    id: &'a str,
    signal: Signal,
    view: ViewPreference,
    check: Option<&'a FormCheck>,
    criterion: Option<&'a Criterion>,
}

impl Target<'_> {
    /// The engine's own margin for a well seen value of this target, from a set without faults.
    fn margin(&self, exercise: &Exercise, yaw_deg: f64) -> f64 {
        let stream = synth(exercise).reps(2).yaw_deg(yaw_deg).noise(1, 1.0).play();
        let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
        let plane = interval::plane_of(self.signal, self.view, exercise.movement.plane);
        interval::margin(engine.view(), plane, 1.0, 0.0, 0.0)
    }

    fn excess(&self, truth: &Truth) -> Option<f64> {
        match (self.check, self.criterion) {
            (Some(check), _) => {
                truth.reps.iter().filter_map(|rep| truth.check_excess(rep, check)).reduce(f64::max)
            }
            (None, Some(criterion)) => criterion_excess(criterion, truth),
            (None, None) => None,
        }
    }
}

fn targets(exercise: &Exercise) -> Vec<Target<'_>> {
    let movement = &exercise.movement;
    let checks = movement.checks.iter().map(|check| Target {
        id: &check.id,
        signal: check.signal,
        view: check.view,
        check: Some(check),
        criterion: None,
    });
    let criteria = movement
        .standards
        .default
        .criteria
        .iter()
        .filter(|criterion| criterion.of != Extreme::Spread);
    let criteria = criteria.map(|criterion| Target {
        id: &criterion.id,
        signal: criterion.signal,
        view: criterion.view,
        check: None,
        criterion: Some(criterion),
    });
    checks.chain(criteria).collect()
}

fn best_yaw_deg(exercise: &Exercise, view: ViewPreference) -> f64 {
    match (view, exercise.movement.plane) {
        (ViewPreference::Side, _) | (ViewPreference::Any, Plane::Sagittal) => 90.0,
        (ViewPreference::Front, _) | (ViewPreference::Any, Plane::Frontal) => 0.0,
    }
}

fn plain<'a>(exercise: &'a Exercise, yaw_deg: f64, fault: &str, severity: f64) -> Scene<'a> {
    synth(exercise).reps(5).yaw_deg(yaw_deg).fault(fault, severity).comes_and_goes()
}

/// From where a fault is seen best and by how many margins it passes the limit it passes most.
pub(crate) fn gravity(exercise: &Exercise, fault: &str) -> (f64, f64) {
    let mut worst = (90.0, f64::NEG_INFINITY);
    for target in targets(exercise) {
        let yaw_deg = best_yaw_deg(exercise, target.view);
        let margin = target.margin(exercise, yaw_deg);
        let stream = synth(exercise).reps(2).yaw_deg(yaw_deg).fault(fault, 1.0).play();
        if let Some(excess) =
            target.excess(&stream.truth).filter(|excess| excess / margin > worst.1)
        {
            worst = (yaw_deg, excess / margin);
        }
    }
    worst
}

struct Recall {
    text: String,
    found: usize,
    n: usize,
    reachable: bool,
}

fn recall(exercises: &[&Exercise], mode: Mode) -> Section {
    let n_sets = mode.pick(12, 3) as u64;
    let mut section = Section::new(
        "lab: faults two standard errors past the limit, five repetitions each, found in the set",
    );
    let results = parallel::map(exercises, |exercise| {
        targets(exercise)
            .iter()
            .map(|target| recall_of(exercise, target, n_sets))
            .collect::<Vec<_>>()
    });
    let (mut found, mut n) = (0, 0);
    for recall in results.into_iter().flatten() {
        section.line(recall.text);
        if recall.reachable {
            found += recall.found;
            n += recall.n;
        }
    }
    section.share("lab.fault_recall", found, n, Bar::AtLeast(90.0));
    section
}

fn recall_of(exercise: &Exercise, target: &Target<'_>, n_sets: u64) -> Recall {
    let yaw_deg = best_yaw_deg(exercise, target.view);
    // The engine's own standard error at this view, from a set without faults.
    let mut margin = target.margin(exercise, yaw_deg);
    if target.check.is_some_and(|check| check.relative_to == Baseline::RepStart) {
        margin *= 0.7;
    }
    let wanted = 2.0 * margin / Z90;
    let excess_at = |fault: &str, severity: f64| {
        let stream = synth(exercise).reps(2).yaw_deg(yaw_deg).fault(fault, severity).play();
        target.excess(&stream.truth).unwrap_or(f64::NEG_INFINITY)
    };
    // The fault of that name, or else the one that passes this limit the most.
    let faults = &exercise.figure.faults;
    let named = faults.iter().find(|fault| fault.id == target.id);
    let chosen = named
        .map(|fault| (fault.id.as_str(), excess_at(&fault.id, 1.0)))
        .filter(|(_, excess)| *excess > 0.0);
    let chosen = chosen.or_else(|| {
        let all = faults.iter().map(|fault| (fault.id.as_str(), excess_at(&fault.id, 1.0)));
        all.max_by(|a, b| a.1.total_cmp(&b.1))
    });
    let head = format!("{:<24}{:<18}", exercise.id.as_str(), target.id);
    let Some((fault, _)) = chosen.filter(|(_, most)| *most >= wanted) else {
        let most = chosen.map_or(f64::NEG_INFINITY, |(_, most)| most);
        let text =
            format!("{head}no template fault reaches {wanted:.0} past the limit (most {most:+.0})");
        return Recall { text, found: 0, n: 0, reachable: false };
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..7 {
        let middle = 0.5 * (low + high);
        if excess_at(fault, middle) < wanted { low = middle } else { high = middle }
    }
    let mut found = 0;
    for seed in 0..n_sets {
        let mut rng = Rng::stream(seed, 40);
        let yaw_deg = yaw_deg + rng.between(-10.0, 10.0);
        let stream = plain(exercise, yaw_deg, fault, high)
            .spread(0.08)
            .noise(4000 + seed, 1.0)
            .jitter(0.2)
            .play();
        found +=
            usize::from(told(exercise, &stream).issues.iter().any(|issue| issue.id == target.id));
    }
    let n = usize::try_from(n_sets).unwrap_or(0);
    let share = 100.0 * math::as_f64(found) / math::as_f64(n.max(1));
    let flag = if share < 90.0 { "  <--" } else { "" };
    let text = format!(
        "{head}by {fault:<20} severity {high:.2}: {wanted:>4.0} past the limit, found in {found:>2} of {n}{flag}"
    );
    Recall { text, found, n, reachable: true }
}
