//! What the sessions gave in each exercise: strength, volume and technique, one point a session.
//!
//! Sessions that were meant to be easier and warm-up sets give no point.

use std::collections::BTreeMap;

use jiff::civil::Date;
use units::ExerciseId;

use crate::exercise::{Facts, LoadKind, names};
use crate::lookup::Lookup;
use crate::math::as_f64;
use crate::measured::Confidence;
use crate::session::{PerformedSet, Session, SessionId, SetId, SetKind};
use crate::strength;

/// What a session gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The day.
    pub on: Date,
    /// The session.
    pub session: SessionId,
    /// The set that it comes from; the last of several.
    pub set: SetId,
    /// The value; finite.
    pub value: f64,
    /// How far to trust it.
    pub confidence: Confidence,
    /// How many sets it rests on.
    pub n: usize,
}

names! {
    /// What an exercise's volume is counted in.
    VolumeUnit {
        /// Load times repetitions.
        Kilograms = "kilograms",
        /// Repetitions, where the body or a band is the load.
        Reps = "reps",
        /// Seconds.
        Secs = "secs",
    }
}

/// What the sessions gave in one exercise, in order of the sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// The best estimated one-repetition maximum of each session, kilograms; see [`strength::of_set`].
    pub strength: Vec<Point>,
    /// The volume of each session.
    pub volume: Vec<Point>,
    /// What the volume is counted in.
    pub volume_unit: VolumeUnit,
    /// The mean technique score of each session, 0..=100, where a camera saw it.
    pub technique: Vec<Point>,
}

/// The series of every exercise of the sessions, in order of the exercises' names. Exercises that the library does not know
/// have no strength, and their volume is counted in repetitions.
#[must_use]
pub fn series(sessions: &[&Session], library: &[Facts]) -> Vec<Series> {
    let lookup = Lookup::new(library);
    let mut all: BTreeMap<&str, Series> = BTreeMap::new();
    for session in sessions.iter().filter(|session| !session.deload) {
        for set in session.sets.iter().filter(|set| set.kind != SetKind::WarmUp) {
            let facts = lookup.get(&set.exercise);
            all.entry(set.exercise.as_str())
                .or_insert_with(|| Series::new(&set.exercise, facts))
                .add(session, set, facts);
        }
    }
    let mut all: Vec<Series> = all.into_values().collect();
    for point in all.iter_mut().flat_map(|series| &mut series.technique) {
        point.value /= as_f64(point.n);
    }
    all
}

impl Series {
    fn new(exercise: &ExerciseId, facts: Option<&Facts>) -> Self {
        let volume_unit = match facts {
            Some(facts) if facts.dose.is_timed() => VolumeUnit::Secs,
            Some(facts) if facts.load == LoadKind::Weight => VolumeUnit::Kilograms,
            _ => VolumeUnit::Reps,
        };
        Self {
            exercise: exercise.clone(),
            strength: Vec::new(),
            volume: Vec::new(),
            volume_unit,
            technique: Vec::new(),
        }
    }

    fn add(&mut self, session: &Session, set: &PerformedSet, facts: Option<&Facts>) {
        let point = |value, confidence| Point {
            on: session.on,
            session: session.id,
            set: set.id,
            value,
            confidence,
            n: 1,
        };
        if let Some(e1rm) = facts.and_then(|facts| strength::of_set(set, facts).ok()) {
            put(&mut self.strength, point(e1rm.value, e1rm.confidence), |best, new| {
                if (new.value, new.confidence) > (best.value, best.confidence) {
                    *best = Point { n: best.n, ..new };
                }
            });
        }
        let reps = set.reps.map(f64::from);
        let volume = match self.volume_unit {
            VolumeUnit::Secs => set.secs.map(f64::from),
            VolumeUnit::Reps => reps,
            VolumeUnit::Kilograms => set
                .load_g
                .filter(|&load_g| load_g > 0)
                .map(|g| f64::from(g) / 1000.0)
                .zip(reps)
                .map(|(kg, reps)| kg * reps),
        };
        if let Some(volume) = volume {
            put(&mut self.volume, point(volume, Confidence::High), |sum, new| {
                *sum = Point { value: sum.value + new.value, n: sum.n, ..new };
            });
        }
        let technique = set
            .seen
            .as_ref()
            .and_then(|seen| seen.technique)
            .filter(|score| (0.0..=100.0).contains(score));
        if let Some(technique) = technique {
            put(&mut self.technique, point(technique, Confidence::Medium), |sum, new| {
                *sum = Point { value: sum.value + new.value, n: sum.n, ..new };
            });
        }
    }
}

/// A new point, or one more set of the last one's session.
fn put(points: &mut Vec<Point>, new: Point, join: impl FnOnce(&mut Point, Point)) {
    match points.last_mut() {
        Some(last) if last.session == new.session => {
            join(last, new);
            last.n += 1;
        }
        _ => points.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{library, refs, sessions};

    #[test]
    fn a_series_has_one_point_a_session() {
        fn check(exercise: &str, all: &[(i64, &str)], expected: &str) {
            let all = series(&refs(&sessions(all)), &library());
            let series =
                all.iter().find(|series| series.exercise.as_str() == exercise).expect("done");
            let text = |points: &[Point]| {
                let all: Vec<String> =
                    points.iter().map(|point| format!("{:.1}/{}", point.value, point.n)).collect();
                all.join(" ")
            };
            let got = format!(
                "{} | {} {} | {}",
                text(&series.strength),
                text(&series.volume),
                series.volume_unit.as_str(),
                text(&series.technique)
            );
            assert_eq!(got, expected);
        }
        check(
            "bench",
            &[(0, "bench w60x5 100x5@0 100x1@0 90x3"), (3, "bench 100x1@0!80 100x1@0!90")],
            "114.6/3 100.0/2 | 870.0/3 200.0/2 kilograms | 85.0/2",
        );
        check(
            "bench",
            &[(0, "deload bench 60x5@4"), (3, "bench 100x1@0")],
            "100.0/1 | 100.0/1 kilograms | ",
        );
        check("pull_up", &[(0, "pull_up 0x8@2 10x5@1 -20x10")], " | 23.0/3 reps | ");
        check("plank", &[(0, "plank 60s 45s; stretch 30s")], " | 105.0/2 secs | ");
        check("unheard_of", &[(0, "unheard_of 20x10")], " | 10.0/1 reps | ");
    }
}
