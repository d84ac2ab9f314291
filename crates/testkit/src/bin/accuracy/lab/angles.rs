//! Angles against the truth in space: how far off, and whether the 90 % interval holds 90 %.

use std::collections::BTreeMap;

use catalog::{Catalog, Exercise};
use motion::engine::{Engine, StandardName};
use motion::signal::Signal;
use motion::spec::Plane;
use motion::view::View;
use motion::{analysis, interval, math};
use testkit::FilmedSet;
use units::Side;

use super::casting::{Place, noisy};
use crate::budget::Mode;
use crate::parallel;
use crate::sheet::{Bar, Better, Section, percent};

#[derive(Debug, Clone, Copy, Default)]
struct Errors {
    n: usize,
    covered: usize,
    sum: f64,
    sum_abs: f64,
    margins: f64,
}

impl Errors {
    fn add(&mut self, error: f64, margin: f64) {
        self.n += 1;
        self.covered += usize::from(error.abs() <= margin);
        self.sum += error;
        self.sum_abs += error.abs();
        self.margins += margin;
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.covered += other.covered;
        self.sum += other.sum;
        self.sum_abs += other.sum_abs;
        self.margins += other.margins;
    }

    fn text(&self) -> String {
        let n = math::as_f64(self.n.max(1));
        format!(
            "bias {:>+6.1}  mean |error| {:>5.1}  margin {:>5.1}  covered {:>5.1} %  ({} values)",
            self.sum / n,
            self.sum_abs / n,
            self.margins / n,
            percent(self.covered, self.n),
            self.n
        )
    }

    fn mean_abs(&self) -> f64 {
        self.sum_abs / math::as_f64(self.n.max(1))
    }
}

/// Marks errors against the limbs' own angles in space, which a camera cannot promise to measure: not in the totals.
const IN_SPACE: &str = "(in space)";
/// Marks the same errors again by how far the camera stands off the movement's plane: not in the totals either.
const BY_VIEW: &str = "(view)";

/// How far off the best direction the engine takes the camera to be, in three steps.
fn off_plane(view: &View, plane: Plane) -> &'static str {
    let off = match plane {
        Plane::Sagittal => view.side_on(),
        Plane::Frontal => (1.0 - view.side_on() * view.side_on()).max(0.0).sqrt(),
    };
    // The cosines of 20 and 45 degrees.
    if off > 0.940 {
        "0-20 degrees off"
    } else if off > 0.707 {
        "20-45 degrees off"
    } else {
        "45-90 degrees off"
    }
}

type BySignal = BTreeMap<String, Errors>;

pub(crate) fn run(catalog: &Catalog, mode: Mode) -> Vec<Section> {
    let exercises: Vec<&Exercise> = catalog.exercises().iter().collect();
    let n_sets = mode.pick(12, 3) as u64;
    let mut section = Section::new(
        "lab: angles against the truth in the exercise's plane (the side the engine trusts)",
    );
    for (place, key) in
        [(Place::Best, "best"), (Place::Good, "good"), (Place::Anywhere, "anywhere")]
    {
        let results = parallel::map(&exercises, |exercise| {
            let (mut frames, mut criteria) = (BySignal::new(), BySignal::new());
            for seed in 0..n_sets {
                let stream = noisy(exercise, 2000 + seed, place).scene.play();
                by_frame(exercise, &stream, &mut frames);
                by_repetition(exercise, &stream, &mut criteria);
            }
            (frames, criteria)
        });
        let (mut frames, mut criteria) = (BySignal::new(), BySignal::new());
        for (f, c) in results {
            merge(&mut frames, f);
            merge(&mut criteria, c);
        }
        section.line(format!("camera {key}: every frame of the set"));
        let in_frames = list(&mut section, &frames);
        section.line(format!("camera {key}: the standards' values, once a repetition"));
        let in_reps = list(&mut section, &criteria);
        let bar = if place == Place::Anywhere { Bar::None } else { Bar::Within(87.0, 93.0) };
        for (errors, what) in [(in_frames, "frames"), (in_reps, "criteria")] {
            let covered = percent(errors.covered, errors.n);
            // Neither too narrow nor too wide: the budget watches the distance from 90 %.
            section.line(format!("{key} {what}: covered {covered:.1} % (bar {bar})"));
            section.figure(&format!("lab.coverage_{key}_{what}"), covered, Better::Higher, bar);
            section.figure(
                &format!("lab.coverage_off_90_{key}_{what}"),
                (covered - 90.0).abs(),
                Better::Lower,
                Bar::None,
            );
            section.figure(
                &format!("lab.angle_error_{key}_{what}"),
                errors.mean_abs(),
                Better::Lower,
                Bar::None,
            );
        }
    }
    // The coverage itself has no better direction; only its distance from 90 % goes into the budget.
    let coverage: Vec<_> =
        section.figures.iter().filter(|figure| is_coverage(&figure.key)).cloned().collect();
    section.figures.retain(|figure| !is_coverage(&figure.key));
    section
        .lines
        .extend(coverage.iter().map(|figure| format!("{} {:.1} %", figure.key, figure.value)));
    vec![section]
}

fn is_coverage(key: &str) -> bool {
    key.starts_with("lab.coverage_") && !key.contains("off_90")
}

fn merge(into: &mut BySignal, from: BySignal) {
    for (name, errors) in from {
        into.entry(name).or_default().merge(&errors);
    }
}

fn list(section: &mut Section, by_signal: &BySignal) -> Errors {
    let mut total = Errors::default();
    for (name, errors) in by_signal {
        section.line(format!("  {name:<34}{}", errors.text()));
        if !name.starts_with(IN_SPACE) && !name.starts_with(BY_VIEW) {
            total.merge(errors);
        }
    }
    section.line(format!("  {:<34}{}", "all", total.text()));
    total
}

fn by_frame(exercise: &Exercise, stream: &FilmedSet, errors: &mut BySignal) {
    let spec = &exercise.movement;
    let (Some(first), Some(last)) = (stream.truth.reps.first(), stream.truth.reps.last()) else {
        return;
    };
    let mut engine = Engine::new(spec, StandardName::Default, None);
    let mut signals: Vec<Signal> = spec
        .technique
        .iter()
        .map(|joint| joint.signal)
        .filter(|signal| signal.is_angle())
        .collect();
    signals.dedup();
    let mut before: Vec<Option<f64>> = vec![None; signals.len()];
    let mut frame_secs = 1.0 / 30.0;
    for (frame, pose) in stream.poses.iter().enumerate() {
        engine.push(pose);
        if frame > 0 {
            frame_secs = pose.time.secs_since(stream.poses[frame - 1].time);
        }
        let trust = engine.trust();
        let side = if trust[0] >= trust[1] { Side::Left } else { Side::Right };
        for (index, &signal) in signals.iter().enumerate() {
            let Some(pair) = engine.technique_pair(signal) else { continue };
            let Some((_, value, confidence)) =
                engine.trace().channel(pair.on(side), pose.time, pose.time).next_back()
            else {
                continue;
            };
            let speed_per_sec =
                before[index].map_or(0.0, |before| (value - before) / frame_secs.max(1e-3));
            before[index] = Some(value);
            if pose.time < first.start
                || pose.time > last.end
                || confidence < motion::channel::MIN_CONFIDENCE
            {
                continue;
            }
            let Some(truth) = stream.truth.value(frame, signal, side) else { continue };
            let margin =
                interval::margin(engine.view(), spec.plane, confidence, frame_secs, speed_per_sec);
            errors.entry(name(signal)).or_default().add(value - truth, margin);
            let bucket = format!("{BY_VIEW} {}", off_plane(engine.view(), spec.plane));
            errors.entry(bucket).or_default().add(value - truth, margin);
            if let Some(in_space) = stream.truth.value_in_space(frame, signal, side) {
                errors
                    .entry(format!("{IN_SPACE} {}", name(signal)))
                    .or_default()
                    .add(value - in_space, margin);
            }
        }
    }
}

fn by_repetition(exercise: &Exercise, stream: &FilmedSet, errors: &mut BySignal) {
    let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
    for rep in engine.reps() {
        let truth =
            stream.truth.reps.iter().find(|truth| truth.start < rep.turn && rep.turn < truth.end);
        let Some(truth) = truth else { continue };
        for measured in &rep.measured {
            let criterion = &engine.standard().criteria[measured.criterion];
            let side = rep.side.unwrap_or(if rep.trust[0] >= rep.trust[1] {
                Side::Left
            } else {
                Side::Right
            });
            let Some(value) = stream.truth.extreme(truth, criterion.signal, side, criterion.of)
            else {
                continue;
            };
            let bucket = format!("{BY_VIEW} {}", off_plane(engine.view(), exercise.movement.plane));
            errors.entry(bucket).or_default().add(measured.value - value, measured.margin);
            errors
                .entry(format!("{} {}", exercise.id, criterion.id))
                .or_default()
                .add(measured.value - value, measured.margin);
        }
    }
}

fn name(signal: Signal) -> String {
    format!("{signal:?}")
}
