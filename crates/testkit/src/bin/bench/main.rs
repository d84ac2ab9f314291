//! `cargo xtask bench`: what the engine and the whole pipeline cost, as figures and as ratios.
//!
//! Ratios compare with a loop of plain 1€ filters in the same run, so they mean something on a busy or slow machine.
#![expect(clippy::print_stdout, reason = "a program that prints figures")]

mod pipeline;

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, Result};
use catalog::{Catalog, Exercise};
use motion::classify::Classifier;
use motion::engine::{Engine, StandardName};
use motion::one_euro::{OneEuroConfig, OneEuroFilter};
use motion::pose::{N_JOINTS, Pose};
use motion::{dtw, math, technique};
use testkit::allocations::{self, CountingAllocator};
use testkit::synth;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Measurements of which the fastest counts: other programs only ever add time.
const N_RUNS: usize = 9;

fn main() -> Result<()> {
    let catalog = Catalog::builtin()?;
    let squat = catalog.get("squat")?;
    let stream = synth(squat).reps(8).noise(1, 1.0).comes_and_goes().play();
    let poses = &stream.poses;
    println!("engine ({} frames of squats, fastest of {N_RUNS} runs)", poses.len());
    let yardstick_us = filters_only(poses);
    println!("  38 plain 1€ filters per frame (yardstick)  {yardstick_us:>8.3} µs");
    let mut slowest: (f64, &str) = (0.0, "");
    for exercise in catalog.exercises() {
        let us = engine(poses, exercise);
        if us > slowest.0 {
            slowest = (us, exercise.id.as_str());
        }
        if exercise.id.as_str() == "squat" {
            print_line("engine per frame, squat", us, yardstick_us, Some(5.0));
        }
    }
    print_line(
        &format!("engine per frame, slowest ({})", slowest.1),
        slowest.0,
        yardstick_us,
        Some(5.0),
    );
    print_line(
        "classifier per frame, all exercises",
        classifier(poses, &catalog),
        yardstick_us,
        None,
    );
    print_line("dynamic time warping per curve", warping_us(squat)?, yardstick_us, Some(1000.0));
    print_line("technique shape per repetition", shape_us(squat)?, yardstick_us, Some(1000.0));
    println!("  allocations per frame once warm: {}", worst_allocations(&catalog));
    pipeline::run()
}

fn print_line(name: &str, us: f64, yardstick_us: f64, bar_us: Option<f64>) {
    let verdict = match bar_us {
        Some(bar) if us <= bar => format!("bar ≤ {bar} µs  pass"),
        Some(bar) => format!("bar ≤ {bar} µs  FAIL"),
        None => String::new(),
    };
    println!("  {name:<43}{us:>8.3} µs  {:>7.1} × the filters  {verdict}", us / yardstick_us);
}

/// Microseconds per item of the fastest run.
fn fastest_us(n_items: usize, mut run: impl FnMut()) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..N_RUNS {
        let start = Instant::now();
        run();
        least = least.min(start.elapsed().as_secs_f64());
    }
    1e6 * least / math::as_f64(n_items.max(1))
}

fn filters_only(poses: &[Pose]) -> f64 {
    fastest_us(poses.len(), || {
        let mut filters = [OneEuroFilter::new(OneEuroConfig::ANGLE_DEG); 2 * N_JOINTS];
        for pose in poses {
            for (joint, keypoint) in pose.keypoints.iter().enumerate() {
                black_box(filters[2 * joint].filter(keypoint.x, 1.0 / 30.0));
                black_box(filters[2 * joint + 1].filter(keypoint.y, 1.0 / 30.0));
            }
        }
    })
}

fn engine(poses: &[Pose], exercise: &Exercise) -> f64 {
    let fresh = Engine::new(&exercise.movement, StandardName::Default, None);
    let mut engines: Vec<Engine> = vec![fresh; N_RUNS];
    fastest_us(poses.len(), || {
        if let Some(mut engine) = engines.pop() {
            for pose in poses {
                black_box(engine.push(pose));
            }
        }
    })
}

fn classifier(poses: &[Pose], catalog: &Catalog) -> f64 {
    let signatures = catalog.signatures();
    fastest_us(poses.len(), || {
        let mut classifier = Classifier::new(&signatures);
        for pose in poses {
            black_box(classifier.push(pose));
        }
    })
}

fn warping_us(exercise: &Exercise) -> Result<f64> {
    let view = exercise.reference().views.first().context("a reference without views")?;
    let curve = view
        .curves
        .first()
        .and_then(|curve| curve.sides[0].as_ref())
        .context("a view without curves")?;
    let other: Vec<f64> = curve.iter().rev().copied().collect();
    Ok(fastest_us(100, || {
        for _ in 0..100 {
            black_box(dtw::align(black_box(curve), black_box(&other), dtw::BAND));
        }
    }))
}

fn shape_us(exercise: &Exercise) -> Result<f64> {
    let stream = synth(exercise).reps(2).play();
    let engine = motion::analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
    let rep = engine.reps().first().context("no repetition was counted")?;
    let view = exercise
        .reference()
        .nearest(engine.view().yaw_deg())
        .context("a reference without views")?;
    let weights: Vec<f64> = exercise.movement.technique.iter().map(|joint| joint.weight).collect();
    Ok(fastest_us(100, || {
        for _ in 0..100 {
            black_box(technique::shape(black_box(&rep.curves), view, &weights, rep.trust, 9.0));
        }
    }))
}

/// Allocations in the worst frame of a second set, over all exercises, frames that finish a repetition left out.
fn worst_allocations(catalog: &Catalog) -> String {
    let mut worst = (0, "");
    for exercise in catalog.exercises() {
        let stream = synth(exercise).reps(6).play();
        let mut engine = Engine::new(&exercise.movement, StandardName::Default, None);
        let half = stream.poses.len() / 2;
        for (index, pose) in stream.poses.iter().enumerate() {
            let mut completed = false;
            let n = allocations::during(|| completed = engine.push(pose).completed.is_some());
            if index > half && !completed && n > worst.0 {
                worst = (n, exercise.id.as_str());
            }
        }
    }
    if worst.0 == 0 { "0  pass".to_owned() } else { format!("{} ({})  FAIL", worst.0, worst.1) }
}
