//! What was done on which day, for a calendar.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::days;
use crate::load::session_load;
use crate::measured::Measurement;
use crate::session::{Session, SessionId, SetKind};

/// A day with training.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarDay {
    /// The day.
    pub on: Date,
    /// Its sessions, in their order.
    pub sessions: Vec<CalendarSession>,
}

/// A session in a calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalendarSession {
    /// Which.
    pub id: SessionId,
    /// Whether it goes on.
    pub open: bool,
    /// Whether it was an easier one.
    pub deload: bool,
    /// Sets besides warm-up.
    pub n_sets: usize,
    /// Its load; see [`session_load`].
    pub load: Measurement<f64>,
}

/// The days from `first` to `last`, both included, that have sessions, in order.
#[must_use]
pub fn calendar(sessions: &[&Session], first: Date, last: Date) -> Vec<CalendarDay> {
    let mut all: BTreeMap<Date, Vec<CalendarSession>> = BTreeMap::new();
    for session in sessions.iter().filter(|session| (first..=last).contains(&session.on)) {
        all.entry(session.on).or_default().push(CalendarSession {
            id: session.id,
            open: session.ended_at_ms.is_none(),
            deload: session.deload,
            n_sets: session.sets.iter().filter(|set| set.kind != SetKind::WarmUp).count(),
            load: session_load(session),
        });
    }
    all.into_iter().map(|(on, sessions)| CalendarDay { on, sessions }).collect()
}

/// How many weeks in a row, up to the one of `today`, have a session; this week counts once it has one and breaks nothing
/// before.
#[must_use]
pub fn weeks_in_a_row(sessions: &[&Session], today: Date) -> usize {
    let this_week = crate::athlete::monday_of(today);
    let mut mondays: Vec<i64> = sessions
        .iter()
        .filter(|session| session.on <= today)
        .map(|session| days::between(crate::athlete::monday_of(session.on), this_week) / 7)
        .collect();
    mondays.sort_unstable();
    mondays.dedup();
    let first = mondays.first().copied().filter(|weeks_ago| *weeks_ago <= 1);
    first.map_or(0, |first| {
        mondays.iter().zip(first..).take_while(|(week, expected)| *week == expected).count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{day, refs, sessions};

    #[test]
    fn days_with_training_are_in_the_calendar() {
        let all = sessions(&[
            (0, "bench w20x5 100x5 100x5"),
            (0, "plank 60s"),
            (3, "deload bench 80x5"),
            (9, "bench 100x5"),
        ]);
        let got: Vec<String> = calendar(&refs(&all), day(0), day(8))
            .iter()
            .map(|day| {
                let sets: Vec<String> = day
                    .sessions
                    .iter()
                    .map(|session| {
                        format!("{}{}", session.n_sets, if session.deload { " easier" } else { "" })
                    })
                    .collect();
                format!("{}: {}", day.on, sets.join(", "))
            })
            .collect();
        assert_eq!(got, ["2026-01-05: 2, 1", "2026-01-08: 1 easier"]);
    }

    #[test]
    fn weeks_in_a_row_are_counted() {
        fn check(on: &[i64], today: i64, expected: usize) {
            let all: Vec<(i64, &str)> = on.iter().map(|n| (*n, "bench 100x5")).collect();
            assert_eq!(
                weeks_in_a_row(&refs(&sessions(&all)), day(today)),
                expected,
                "{on:?} {today}"
            );
        }
        check(&[], 3, 0);
        check(&[3], 3, 1);
        check(&[4], 3, 0);
        check(&[0, 2, 9, 15], 15, 3);
        check(&[0, 2, 9], 15, 2);
        check(&[0, 2], 15, 0);
        check(&[0, 15], 16, 1);
    }
}
