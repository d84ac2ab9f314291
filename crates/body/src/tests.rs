//! The crate's features through its public door, on the catalogue's own figures.

mod camera;
mod contacts;
mod drawing;
mod kinematics;
mod movement;

use std::{fs, path::Path};

use serde::Deserialize;

use crate::{FigureSpec, Physique};

/// What these tests need of an exercise file; the rest belongs to `catalog`.
#[derive(Deserialize)]
struct Exercise {
    id: String,
    figure: FigureSpec,
    /// Whether the camera judges it is all that matters here.
    movement: Option<toml::Table>,
}

/// Every exercise that has a figure, by id.
fn exercises() -> Vec<Exercise> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/exercises");
    let mut exercises: Vec<Exercise> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            text.contains("[figure]").then(|| {
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
            })
        })
        .collect();
    exercises.sort_by(|a, b| a.id.cmp(&b.id));
    assert!(exercises.len() >= 19, "the exercise files are gone");
    exercises
}

fn spec(id: &str) -> FigureSpec {
    exercises().into_iter().find(|exercise| exercise.id == id).unwrap().figure
}

/// Bodies far from the average one.
fn physiques() -> [Physique; 4] {
    let average = Physique::default();
    [
        average,
        Physique { height_m: 1.55, leg_ratio: 0.94, torso_ratio: 1.05, hip_ratio: 1.12, ..average },
        Physique { height_m: 1.98, leg_ratio: 1.07, arm_ratio: 1.05, torso_ratio: 0.96, ..average },
        Physique {
            height_m: 1.70,
            arm_ratio: 0.94,
            shoulder_ratio: 1.12,
            girth_ratio: 1.2,
            ..average
        },
    ]
}

/// Evenly spread progress through a rep, both ends included.
fn cycle(n: u32) -> impl Iterator<Item = f64> {
    (0..=n).map(move |i| f64::from(i) / f64::from(n))
}
