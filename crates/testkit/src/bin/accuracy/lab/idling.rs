//! Hours of idle life seen by every exercise's engine: each repetition told is a phantom.

use std::collections::BTreeMap;

use body::Contact;
use catalog::{Catalog, Exercise};
use motion::engine::{Engine, StandardName};
use motion::spec::Kind;
use motion::{analysis, math};
use testkit::bodies::BODIES;
use testkit::rng::Rng;
use testkit::{Idle, Noise, idling};
use training::exercise::Pattern;
use units::MediaTime;

use crate::budget::Mode;
use crate::parallel;
use crate::sheet::{Bar, Better, Section};

/// Length of a stretch of one kind, seconds.
const STRETCH_SECS: f64 = 40.0;
/// Stretches in one stream of ten minutes.
const N_STRETCHES: usize = 15;

/// Idle life that IS the movement: bending to the floor and rising with a weight is a deadlift, rising from a squat
/// with it a squat, kneeling on one knee and standing up a lunge. Only what surrounds it tells, so these are counted
/// apart and have no bar.
fn is_the_movement(exercise: &Exercise, idle: Idle) -> bool {
    let stands = matches!(exercise.figure.contact, Contact::Feet | Contact::FeetAndBarPath);
    let squats = matches!(exercise.pattern, Pattern::Squat | Pattern::Lunge);
    let bends = stands && (squats || exercise.pattern == Pattern::Hinge);
    bends && (idle == Idle::PickUp || idle == Idle::Kneel && squats)
}

/// The hours that the engine was made with, and as many that nobody has looked at.
const STREAMS: [(&str, u64, Bar); 2] = [("", 0, Bar::AtMost(0.0)), ("_fresh", 1000, Bar::None)];

pub(crate) fn run(catalog: &Catalog, mode: Mode) -> Vec<Section> {
    STREAMS.map(|(name, first_seed, bar)| hours(catalog, mode, name, first_seed, bar)).into()
}

fn hours(catalog: &Catalog, mode: Mode, name: &str, first_seed: u64, bar: Bar) -> Section {
    let n_streams = mode.pick(60, 6);
    let seeds: Vec<u64> = (first_seed..first_seed + n_streams as u64).collect();
    let hours = math::as_f64(n_streams) * STRETCH_SECS * math::as_f64(N_STRETCHES) / 3600.0;
    let exercises: Vec<_> = catalog
        .exercises()
        .iter()
        .filter(|exercise| exercise.movement.kind == Kind::Reps)
        .collect();
    let mut section = Section::new(format!(
        "lab{}: {hours:.0} h of idling, walking, talking, drinking, racking, kneeling and picking up, each seen by {} engines",
        if name.is_empty() { "" } else { ", fresh" },
        exercises.len()
    ));
    let found = parallel::map(&seeds, |&seed| {
        let mut rng = Rng::stream(seed, 30);
        let (_, physique) = BODIES[rng.below(BODIES.len())];
        let kinds: Vec<(Idle, f64)> = (0..N_STRETCHES)
            .map(|_| (Idle::ALL[rng.below(Idle::ALL.len())], STRETCH_SECS))
            .collect();
        let noise = Noise { seed, level: 1.0, drop_out: 0.01, swaps_per_min: 0.5 };
        let stream = idling(&kinds, &physique, rng.between(-180.0, 180.0), 15.0, noise);
        let mut phantoms = Vec::new();
        for exercise in &exercises {
            let mut live = Engine::new(&exercise.movement, StandardName::Default, None);
            for pose in &stream.poses {
                live.push(pose);
            }
            live.finish();
            let after = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
            for (engine, how) in [(&live, How::Live), (&after, How::After)] {
                for rep in engine.reps() {
                    phantoms.push((
                        exercise.id.as_str(),
                        during(&kinds, rep.turn),
                        how,
                        rep.counted,
                    ));
                }
            }
        }
        phantoms
    });
    let (mut cells, mut n) = (BTreeMap::new(), [[0_usize; 2]; 2]);
    for (exercise, idle, how, counted) in found.into_iter().flatten() {
        let is_it = catalog.get(exercise).is_ok_and(|exercise| is_the_movement(exercise, idle));
        n[how as usize][usize::from(is_it)] += 1;
        let cell: &mut [usize; 4] = cells.entry((exercise, idle)).or_default();
        cell[2 * how as usize + usize::from(counted)] += 1;
    }
    section.line("phantoms as attempts+reps, live / after the set:");
    for ((exercise, idle), [a, b, c, d]) in &cells {
        let is_it = catalog.get(exercise).is_ok_and(|exercise| is_the_movement(exercise, *idle));
        let mark = if is_it { "(is the movement)" } else { "" };
        section
            .line(format!("{exercise:<24}{:<10}{a:>4}+{b:<4} / {c:>4}+{d:<4} {mark}", idle.name()));
    }
    for (figure, count, bar) in [
        ("phantoms_live", n[0][0], bar),
        ("phantoms_after_set", n[1][0], bar),
        ("told_where_idling_is_the_movement", n[0][1], Bar::None),
    ] {
        let figure = format!("lab.{figure}{name}");
        section.figure(&figure, math::as_f64(count), Better::Lower, bar);
    }
    section
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Live,
    After,
}

/// What the person did at a time.
fn during(kinds: &[(Idle, f64)], time: MediaTime) -> Idle {
    let mut end_secs = 0.0;
    for &(idle, secs) in kinds {
        end_secs += secs + 1.2;
        if time.as_secs() < end_secs {
            return idle;
        }
    }
    Idle::Stand
}
