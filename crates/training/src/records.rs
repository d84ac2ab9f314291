//! Personal records: what was better than anything before, and what it beat.
//!
//! Warm-up sets and easier sessions set none. The first time of something is a record that beat nothing; whoever shows records
//! leaves those out. A session has at most one of each sort, its best.

use std::collections::BTreeMap;

use jiff::civil::Date;
use units::ExerciseId;

use crate::exercise::{Facts, LoadKind, names};
use crate::loading::rungs::SAME_G;
use crate::lookup::Lookup;
use crate::measured::Confidence;
use crate::session::{PerformedSet, Session, SessionId, SetId, SetKind};
use crate::strength;

names! {
    /// What a record is in.
    RecordKind {
        /// The heaviest single, kilograms.
        One = "reps_1",
        /// The heaviest double or triple.
        TwoToThree = "reps_2_3",
        /// The heaviest set of 4 to 6.
        FourToSix = "reps_4_6",
        /// The heaviest set of 7 to 10.
        SevenToTen = "reps_7_10",
        /// The heaviest set of 11 to 15.
        ElevenToFifteen = "reps_11_15",
        /// The heaviest set of 16 or more.
        SixteenUp = "reps_16_up",
        /// The heaviest set of all, kilograms.
        Heaviest = "heaviest",
        /// The highest estimated one-repetition maximum, kilograms.
        OneRepMax = "one_rep_max",
        /// The most repetitions with the body alone.
        MostReps = "most_reps",
        /// The longest hold with the body alone, seconds.
        LongestHold = "longest_hold",
    }
}

/// What a set reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Kilograms, repetitions or seconds, as the kind says; above 0.
    pub value: f64,
    /// Its repetitions; of two sets with one value, more of them are better. 0 where the value says it all.
    pub reps: u16,
    /// The day.
    pub on: Date,
    /// The session.
    pub session: SessionId,
    /// The set.
    pub set: SetId,
}

/// Something that was better than anything before.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// In which exercise.
    pub exercise: ExerciseId,
    /// What in.
    pub kind: RecordKind,
    /// What was reached.
    pub mark: Mark,
    /// What was the best until then; none the first time.
    pub beat: Option<Mark>,
}

/// All records of the sessions, in the order in which they were set.
#[must_use]
pub fn records(sessions: &[&Session], library: &[Facts]) -> Vec<Record> {
    let lookup = Lookup::new(library);
    let mut all: Vec<Record> = Vec::new();
    let mut best: BTreeMap<(&str, RecordKind), usize> = BTreeMap::new();
    for session in sessions.iter().filter(|session| !session.deload) {
        for set in session.sets.iter().filter(|set| set.kind != SetKind::WarmUp) {
            let Some(facts) = lookup.get(&set.exercise) else { continue };
            for (kind, value, reps) in reached(set, facts) {
                let mark = Mark { value, reps, on: session.on, session: session.id, set: set.id };
                let key = (set.exercise.as_str(), kind);
                let before = best.get(&key).and_then(|at| Some((*at, all.get(*at)?.mark)));
                match before {
                    Some((_, before)) if !beats(value, reps, before) => {}
                    Some((at, before)) if before.session == session.id => all[at].mark = mark,
                    before => {
                        best.insert(key, all.len());
                        let beat = before.map(|(_, mark)| mark);
                        all.push(Record { exercise: set.exercise.clone(), kind, mark, beat });
                    }
                }
            }
        }
    }
    all
}

/// Pounds are kept to the gram, and not always to the same one.
fn beats(value: f64, reps: u16, before: Mark) -> bool {
    let (more, same_kg) = (value - before.value, f64::from(SAME_G) / 1000.0);
    more > same_kg || more.abs() <= same_kg && reps > before.reps
}

/// The records that stand: the last of each exercise and kind, in order of exercise and kind.
#[must_use]
pub fn standing(records: &[Record]) -> Vec<&Record> {
    let by_kind: BTreeMap<(&str, RecordKind), &Record> =
        records.iter().map(|record| ((record.exercise.as_str(), record.kind), record)).collect();
    by_kind.into_values().collect()
}

/// What a set could be a record in: the kind, the value, and the repetitions where they part two equal values.
fn reached(set: &PerformedSet, facts: &Facts) -> impl Iterator<Item = (RecordKind, f64, u16)> {
    let reps = set.reps.filter(|&reps| reps > 0 && !facts.dose.is_timed());
    let load_kg = set.load_g.map_or(0.0, |load_g| f64::from(load_g) / 1000.0);
    let loaded = reps.filter(|_| load_kg > 0.0);
    let by_range = loaded.map(|reps| (range(reps), load_kg, reps));
    let heaviest = loaded.map(|reps| (RecordKind::Heaviest, load_kg, reps));
    // Without a reserve it is a lower bound, which may be a record too; with more than 10 repetitions, or a reserve that
    // people misjudge, it is too rough.
    let one_rep_max = strength::of_set(set, facts)
        .ok()
        .filter(|e1rm| {
            e1rm.confidence > Confidence::Low
                || strength::rir_halves(set).is_none() && set.reps <= Some(10)
        })
        .map(|e1rm| (RecordKind::OneRepMax, e1rm.value, 0));
    let body_alone =
        facts.load == LoadKind::Body && load_kg == 0.0 && facts.pattern.counts_as_volume();
    let most_reps =
        reps.filter(|_| body_alone).map(|reps| (RecordKind::MostReps, f64::from(reps), 0));
    let held = set.secs.filter(|&secs| secs > 0 && body_alone && facts.dose.is_timed());
    let longest = held.map(|secs| (RecordKind::LongestHold, f64::from(secs), 0));
    [by_range, heaviest, one_rep_max, most_reps, longest].into_iter().flatten()
}

fn range(reps: u16) -> RecordKind {
    match reps {
        0..=1 => RecordKind::One,
        2..=3 => RecordKind::TwoToThree,
        4..=6 => RecordKind::FourToSix,
        7..=10 => RecordKind::SevenToTen,
        11..=15 => RecordKind::ElevenToFifteen,
        16.. => RecordKind::SixteenUp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days;
    use crate::made_up::{DAY_0, library, refs, sessions};

    #[test]
    fn a_gram_is_no_record() {
        let at = |value| Mark {
            value,
            reps: 5,
            on: DAY_0,
            session: uuid::Uuid::nil(),
            set: uuid::Uuid::nil(),
        };
        let check = |value: f64, reps: u16, expected: bool| {
            assert_eq!(beats(value, reps, at(56.699)), expected, "{value} x {reps}");
        };
        check(56.7, 5, false);
        check(56.7, 6, true);
        check(56.69, 6, true);
        check(57.0, 4, true);
        check(56.0, 9, false);
    }

    #[test]
    fn a_record_names_what_it_beat() {
        fn check(all: &[(i64, &str)], expected: &[&str]) {
            let records = records(&refs(&sessions(all)), &library());
            let mark = |mark: &Mark| {
                let reps = if mark.reps > 0 { format!("x{}", mark.reps) } else { String::new() };
                format!("{:.1}{reps} on day {}", mark.value, days::between(DAY_0, mark.on))
            };
            let got: Vec<String> = records
                .iter()
                .filter_map(|record| {
                    let beat = record.beat.as_ref()?;
                    let (exercise, kind) = (record.exercise.as_str(), record.kind.as_str());
                    Some(format!("{exercise} {kind} {} beat {}", mark(&record.mark), mark(beat)))
                })
                .collect();
            assert_eq!(got, expected, "{all:?}");
        }
        check(&[(0, "bench 100x5@2"), (3, "bench 100x5@2")], &[]);
        check(
            &[(0, "bench 100x5@2"), (3, "bench 100x6@2 105x5@2 105x4@2")],
            &[
                "bench reps_4_6 105.0x5 on day 3 beat 100.0x5 on day 0",
                "bench heaviest 105.0x5 on day 3 beat 100.0x5 on day 0",
                "bench one_rep_max 127.8 on day 3 beat 121.7 on day 0",
            ],
        );
        check(
            &[(0, "bench 60x12@2"), (3, "bench 65x12@2 65x20"), (5, "bench 65x13@8")],
            &[
                "bench reps_11_15 65.0x12 on day 3 beat 60.0x12 on day 0",
                "bench heaviest 65.0x20 on day 3 beat 60.0x12 on day 0",
                "bench reps_11_15 65.0x13 on day 5 beat 65.0x12 on day 3",
            ],
        );
        check(&[(0, "bench 100x5"), (3, "deload bench 120x5"), (4, "bench w120x5")], &[]);
        check(
            &[
                (0, "pull_up 0x8; plank 60s; stretch 30s"),
                (3, "pull_up 0x9 -20x15; plank 65s; stretch 90s"),
            ],
            &[
                "pull_up most_reps 9.0 on day 3 beat 8.0 on day 0",
                "plank longest_hold 65.0 on day 3 beat 60.0 on day 0",
            ],
        );
    }

    #[test]
    fn the_last_of_each_kind_stands() {
        let all = records(
            &refs(&sessions(&[(0, "bench 100x1@0"), (3, "bench 110x1@0"), (5, "bench 90x8")])),
            &library(),
        );
        let text: Vec<String> = standing(&all)
            .iter()
            .map(|record| format!("{} {:.0}", record.kind.as_str(), record.mark.value))
            .collect();
        assert_eq!(text.join(", "), "reps_1 110, reps_7_10 90, heaviest 110, one_rep_max 113");
    }
}
