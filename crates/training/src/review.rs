//! The review of a week: what happened, what it means, and what changes next, as data.
//!
//! It decides nothing: what changes was decided when sessions ended, and is passed in.

use jiff::civil::Date;

use crate::athlete::monday_of;
use crate::days;
use crate::exercise::{Facts, Muscle};
use crate::findings::{Finding, findings};
use crate::load::{self, daily};
use crate::load_state::{LoadState, load_state};
use crate::lookup::Lookup;
use crate::measured::{Measurement, Missing, unknown};
use crate::program::Week;
use crate::progress::{Progress, progress};
use crate::progression::Decision;
use crate::records::{Record, records};
use crate::session::{Session, SetKind};
use crate::strength;
use crate::volume::{effort_factor, shares, weeks};

/// A muscle's week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MuscleWeek {
    /// Which.
    pub muscle: Muscle,
    /// Hard sets; see [`weeks`].
    pub done: Measurement<f64>,
    /// Hard sets that the plan has for it; none without a plan.
    pub planned: Option<f64>,
}

/// An exercise's week.
#[derive(Debug, Clone, PartialEq)]
pub struct TechniqueWeek {
    /// Which exercise.
    pub exercise: units::ExerciseId,
    /// The mean technique score of the week's last session with a camera, 0..=100.
    pub score: f64,
    /// The one of the session before, whenever that was.
    pub before: Option<f64>,
}

/// A week.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeklyReview {
    /// Its Monday.
    pub monday: Date,
    /// Sessions that were done.
    pub n_done: usize,
    /// Sessions that were planned; none without a plan.
    pub n_planned: Option<usize>,
    /// Whether any session was meant to be easier.
    pub eased: bool,
    /// Sets besides warm-up.
    pub n_sets: usize,
    /// Those of them that are counted in repetitions and tell no reserve, and how many are counted so at all.
    pub reserve_untold: (usize, usize),
    /// Repetitions times external load, kilograms.
    pub volume_load_kg: Measurement<f64>,
    /// Every muscle, in order of [`Muscle::ALL`].
    pub muscles: Vec<MuscleWeek>,
    /// Load, monotony and strain of the week. Of a week that goes on, of its days so far.
    pub load: load::Week,
    /// How the seven days to the end of the week, or to today, compare with the usual ones.
    pub load_state: Measurement<LoadState>,
    /// The records of the week, first times included.
    pub records: Vec<Record>,
    /// Exercises that a camera saw, in order of their names.
    pub technique: Vec<TechniqueWeek>,
    /// What it means, in order: sessions, muscles, load, exercises, records, effort.
    pub findings: Vec<Finding>,
    /// What changes next.
    pub changes: Vec<Decision>,
}

/// The review of the week of `week_of`, as it looks on `today`. `planned` is that week of the plan.
#[must_use]
pub fn weekly_review(
    sessions: &[&Session],
    library: &[Facts],
    planned: Option<&Week>,
    changes: Vec<Decision>,
    (week_of, today): (Date, Date),
) -> WeeklyReview {
    let monday = monday_of(week_of);
    let sunday = days::after(monday, 6);
    let until = sunday.min(today);
    let sessions = &sessions[..sessions.partition_point(|session| session.on <= until)];
    let of_week = &sessions[sessions.partition_point(|session| session.on < monday)..];
    let (muscles, volume_load_kg, n_sets) = volumes(of_week, library, planned, monday);
    let loads = daily(sessions, until);
    let first = days::after(until, -days::between(monday, until));
    let this_week = &loads[loads.partition_point(|day| day.on < first)..];
    let progress = progress(sessions, library, until);
    let mut records = records(sessions, library);
    records.retain(|record| record.mark.on >= monday);
    let mut review = WeeklyReview {
        monday,
        n_done: of_week.len(),
        n_planned: planned.map(|week| week.workouts.len()),
        eased: of_week.iter().any(|session| session.deload),
        n_sets,
        reserve_untold: reserve_untold(of_week),
        volume_load_kg,
        muscles,
        load: load::week(this_week),
        load_state: load_state(&loads),
        records,
        technique: progress.iter().filter_map(|progress| technique(progress, monday)).collect(),
        findings: Vec::new(),
        changes,
    };
    review.findings = findings(&review, &progress, today > sunday);
    review
}

fn volumes(
    of_week: &[&Session],
    library: &[Facts],
    planned: Option<&Week>,
    monday: Date,
) -> (Vec<MuscleWeek>, Measurement<f64>, usize) {
    let planned = planned.map(|week| planned_sets(week, library));
    let of = |muscle: Muscle| planned.map(|planned| planned[muscle as usize]);
    let Some(week) = weeks(of_week, library, monday, monday).pop() else {
        let none = unknown(Missing::NothingLogged);
        let muscles = Muscle::ALL.iter().map(|&muscle| MuscleWeek {
            muscle,
            done: none,
            planned: of(muscle),
        });
        return (muscles.collect(), none, 0);
    };
    let muscles =
        week.muscles.iter().map(|&(muscle, done)| MuscleWeek { muscle, done, planned: of(muscle) });
    (muscles.collect(), week.volume_load_kg, week.n_sets)
}

/// Hard sets of each muscle that a week has planned, in order of [`Muscle::ALL`]; counted as [`weeks`] counts what was done,
/// with the reserve that is asked for.
#[must_use]
pub fn planned_sets(week: &Week, library: &[Facts]) -> [f64; Muscle::ALL.len()] {
    let lookup = Lookup::new(library);
    let mut all = [0.0; Muscle::ALL.len()];
    for item in week.workouts.iter().flat_map(|workout| &workout.items) {
        let facts = lookup.get(&item.exercise).filter(|facts| facts.pattern.counts_as_volume());
        let Some(facts) = facts.filter(|_| item.role == crate::exercise::Role::Work) else {
            continue;
        };
        let effort = effort_factor(item.target.rir.map(|rir| rir.saturating_mul(2)));
        for (muscle, share) in shares(facts) {
            all[muscle as usize] += share * effort * f64::from(item.n_sets);
        }
    }
    all
}

fn reserve_untold(of_week: &[&Session]) -> (usize, usize) {
    let sets = of_week.iter().flat_map(|session| &session.sets);
    let counted = sets.filter(|set| set.kind != SetKind::WarmUp && set.reps.is_some());
    counted.fold((0, 0), |(n_untold, n), set| {
        (n_untold + usize::from(strength::rir_halves(set).is_none()), n + 1)
    })
}

fn technique(progress: &Progress, monday: Date) -> Option<TechniqueWeek> {
    let (last, before) = progress.series.technique.split_last()?;
    (last.on >= monday).then(|| TechniqueWeek {
        exercise: progress.series.exercise.clone(),
        score: last.value,
        before: before.last().map(|before| before.value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{Dose, Role};
    use crate::made_up::{day, id, library, refs, session};
    use crate::program::{Item, Target, WeekKind, Weekday, Workout};

    /// Three days with so many sets of squats and bench presses each.
    fn plan(n_sets: u8) -> Week {
        let item = |name| Item {
            exercise: id(name),
            role: Role::Work,
            n_sets,
            target: Target { dose: Dose::Reps, low: 5, high: 8, rir: Some(2) },
            rest_secs: 120,
            load_g: None,
            why: vec![],
        };
        let workout = |weekday| Workout { weekday, items: vec![item("squat"), item("bench")] };
        Week {
            kind: WeekKind::Build,
            workouts: [Weekday::Mon, Weekday::Wed, Weekday::Fri].map(workout).to_vec(),
        }
    }

    /// Weeks as in the plan, three sets each, then the last one's sessions.
    fn check(last: &[(i64, &str)], today: i64, expected: &str) {
        let usual = (0..6).flat_map(|week| [0, 2, 4].map(|day| session(7 * week + day, USUAL)));
        let sessions: Vec<Session> =
            usual.chain(last.iter().map(|(n, text)| session(42 + n, text))).collect();
        let review = weekly_review(
            &refs(&sessions),
            &library(),
            Some(&plan(3)),
            vec![],
            (day(43), day(42 + today)),
        );
        let findings: Vec<String> = review
            .findings
            .iter()
            .map(|finding| match finding {
                Finding::AllDone { n_planned } => format!("all {n_planned}"),
                Finding::Missed { n_done, n_planned } => format!("{n_done} of {n_planned}"),
                Finding::LittleVolume { muscle, sets, planned }
                | Finding::MuchVolume { muscle, sets, planned } => {
                    format!("{} {sets} of {planned}", muscle.as_str())
                }
                Finding::Load { state, ratio } => {
                    format!("{} {:.2}", state.as_str(), ratio.unwrap_or(0.0))
                }
                Finding::Stronger(id, _) | Finding::Weaker(id, _) => {
                    format!("{} {id}", finding.rule())
                }
                Finding::CleanerTechnique(id, _) | Finding::RougherTechnique(id, _) => {
                    format!("{} {id}", finding.rule())
                }
                Finding::Records { n } => format!("{n} records"),
                Finding::ReserveUntold { n_untold, n_sets } => {
                    format!("{n_untold} of {n_sets} untold")
                }
            })
            .collect();
        let got =
            format!("{} sessions, {} sets: {}", review.n_done, review.n_sets, findings.join(", "));
        assert_eq!(got, expected, "{last:?}");
    }

    const USUAL: &str = "squat w60x5 100x5@2 100x5@2 100x5@2; bench 80x5@2!80 80x5@2!80 80x5@2!80";

    #[test]
    fn a_week_is_reviewed() {
        check(&[(0, USUAL), (2, USUAL), (4, USUAL)], 7, "3 sessions, 18 sets: all 3");
        check(&[(0, USUAL)], 2, "1 sessions, 6 sets: ");
        check(
            &[(0, USUAL)],
            7,
            "1 sessions, 6 sets: 1 of 3, front_delts 1.5 of 4.5, chest 3 of 9, lower_back 1.5 of 4.5, triceps 1.5 of 4.5, glutes 3 of 9, quads 3 of 9, low 0.33",
        );
        check(&[(0, "bench 80x5 80x5@2 80x5; plank 60s")], 2, "1 sessions, 4 sets: 2 of 3 untold");
        check(&[], 7, "0 sessions, 0 sets: 0 of 3, returning 0.00");
        check(&[], 0, "0 sessions, 0 sets: ");
        check(
            &[(0, USUAL), (2, USUAL), (4, "squat 105x5@2 105x5 105x5; bench 80x5 80x5 80x5")],
            7,
            "3 sessions, 18 sets: all 3, 3 records",
        );
        check(
            &[(0, "deload squat 90x5@4"), (2, "deload squat 90x5@4"), (4, "deload bench 70x5@4")],
            7,
            "3 sessions, 3 sets: all 3",
        );
        check(
            &[
                (0, "squat 98x5@2; bench 80x5@2!82"),
                (1, "squat 96x5@2; bench 80x5@2!84"),
                (2, "squat 94x5@2; bench 80x5@2!86"),
                (3, "squat 92x5@2; bench 80x5@2!88"),
                (4, "squat 90x5@2; bench 80x5@2!90"),
            ],
            7,
            "5 sessions, 10 sets: all 3, front_delts 2.5 of 4.5, chest 5 of 9, lower_back 2.5 of 4.5, triceps 2.5 of 4.5, glutes 5 of 9, quads 5 of 9, technique.up bench, strength.down squat",
        );
    }
}
