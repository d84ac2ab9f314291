//! Sets of known length: exact or not, clean and noisy, after the set and live.

use catalog::{Catalog, Exercise};
use motion::analysis;
use motion::engine::StandardName;
use motion::spec::Kind;

use super::casting::{Cast, Place, clean, noisy};
use crate::budget::Mode;
use crate::clips::count_live;
use crate::parallel;
use crate::sheet::{Bar, Better, Section, percent};

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    n: usize,
    exact: usize,
    exact_live: usize,
    off_by_one: usize,
    full: usize,
    sides_wrong: usize,
}

pub(crate) fn run(catalog: &Catalog, mode: Mode) -> Vec<Section> {
    let exercises: Vec<&Exercise> = catalog
        .exercises()
        .iter()
        .filter(|exercise| exercise.movement.kind == Kind::Reps)
        .collect();
    let kinds: [(&str, usize, Bar); 3] = [
        ("clean", mode.pick(24, 6), Bar::AtLeast(100.0)),
        ("noisy", mode.pick(60, 8), Bar::AtLeast(98.0)),
        ("anywhere", mode.pick(40, 6), Bar::None),
    ];
    let mut sections = Vec::new();
    for (kind, n_sets, bar) in kinds {
        let mut section = Section::new(format!("lab: counts, {kind} sets ({n_sets} per exercise)"));
        section.line(format!(
            "{:<24}{:>6}{:>8}{:>8}{:>8}{:>16}{:>10}",
            "exercise", "sets", "exact", "live", "±1", "full as counted", "sides off"
        ));
        let results = parallel::map(&exercises, |exercise| one(exercise, kind, n_sets));
        let mut total = Tally::default();
        for (exercise, (tally, failures)) in exercises.iter().zip(results) {
            section.line(format!(
                "{:<24}{:>6}{:>7.0}%{:>7.0}%{:>7.0}%{:>15.0}%{:>10}",
                exercise.id.as_str(),
                tally.n,
                percent(tally.exact, tally.n),
                percent(tally.exact_live, tally.n),
                percent(tally.off_by_one, tally.n),
                percent(tally.full, tally.n),
                tally.sides_wrong
            ));
            total.n += tally.n;
            total.exact += tally.exact;
            total.exact_live += tally.exact_live;
            total.off_by_one += tally.off_by_one;
            total.full += tally.full;
            total.sides_wrong += tally.sides_wrong;
            section.failures.extend(failures);
        }
        section.share(&format!("lab.{kind}_exact"), total.exact, total.n, bar);
        section.share(&format!("lab.{kind}_exact_live"), total.exact_live, total.n, Bar::None);
        section.share(&format!("lab.{kind}_off_by_one"), total.off_by_one, total.n, Bar::None);
        section.share(&format!("lab.{kind}_all_full"), total.full, total.n, Bar::None);
        section.figure(
            &format!("lab.{kind}_wrong_sides"),
            motion::math::as_f64(total.sides_wrong),
            Better::Lower,
            Bar::None,
        );
        sections.push(section);
    }
    sections
}

fn one(exercise: &Exercise, kind: &str, n_sets: usize) -> (Tally, Vec<String>) {
    let (mut tally, mut failures) = (Tally::default(), Vec::new());
    for seed in 0..n_sets as u64 {
        let Cast { scene, n_reps, text } = match kind {
            "clean" => clean(exercise, seed),
            "noisy" => noisy(exercise, seed, Place::Good),
            _ => noisy(exercise, 1000 + seed, Place::Anywhere),
        };
        let stream = scene.play();
        let engine = analysis::run(&stream.poses, &exercise.movement, StandardName::Default);
        let (got, live) =
            (engine.reps().len(), count_live(&stream.poses, &exercise.movement) as usize);
        let n_full = engine.reps().iter().filter(|rep| rep.counted).count();
        // Sides are compared where the counts agree and the truth has sides.
        let wrong = if got == n_reps {
            let pairs = engine.reps().iter().zip(&stream.truth.reps);
            pairs.filter(|(told, truth)| truth.side.is_some() && told.side != truth.side).count()
        } else {
            0
        };
        tally.n += 1;
        tally.exact += usize::from(got == n_reps);
        tally.exact_live += usize::from(live == n_reps);
        tally.off_by_one += usize::from(got.abs_diff(n_reps) <= 1);
        tally.full += usize::from(n_full == n_reps);
        tally.sides_wrong += wrong;
        if got != n_reps || n_full != n_reps || wrong > 0 {
            let mut missed: Vec<&str> = engine
                .reps()
                .iter()
                .flat_map(|rep| {
                    rep.missed.iter().map(|&k| engine.standard().criteria[k].id.as_str())
                })
                .collect();
            missed.sort_unstable();
            missed.dedup();
            failures.push(format!(
                "{text}: true {n_reps}, told {got} ({n_full} full, live {live}), missed {missed:?}, wrong sides {wrong}"
            ));
        }
    }
    (tally, failures)
}
