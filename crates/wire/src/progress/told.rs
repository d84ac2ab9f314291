//! What is reckoned from the record, put into the shapes that are sent.

use catalog::Catalog;
use coach::review;
use coach::voice::Voice;
use jiff::civil::Date;
use training::athlete::{State, When, monday_of};
use training::calendar::{calendar, weeks_in_a_row};
use training::deload::{Assessment, History, PRESCRIPTION, Verdict, assess};
use training::exercise::Facts;
use training::freshness::freshness;
use training::load::{averages, daily};
use training::load_state::load_state;
use training::measured::{Measured, Measurement};
use training::progress::progress;
use training::readiness::{Readiness, readiness};
use training::records::{Record, records, standing};
use training::review::weekly_review;
use training::series::Point;
use training::session::{CheckIn, Session};
use training::trend::Trend;
use training::volume::weeks;

use super::{
    CalendarDayTold, Course, CoursePoint, DeloadTold, ExerciseProgress, Figure, FindingTold,
    LoadDay, LoadTold, MuscleFigure, ProgressSummary, ReadinessPart, ReadinessTold, RecordTold,
    TrendTold, WeekTold, WeeklyReviewTold,
};
use crate::sessions::{NewCheckIn, decision_told};

/// Weeks of volume, days of load and days of the calendar that are told.
const N_WEEKS: i64 = 12;
const N_LOAD_DAYS: usize = 84;
const N_CALENDAR_DAYS: i64 = 371;

impl From<Measurement<f64>> for Figure {
    fn from(measurement: Measurement<f64>) -> Self {
        match measurement {
            Ok(Measured { value, method, confidence, n }) => Self {
                value: Some(value),
                method: Some(method),
                confidence: Some(confidence.as_str()),
                n,
                unknown: None,
            },
            Err(unknown) => Self {
                value: None,
                method: None,
                confidence: None,
                n: 0,
                unknown: Some(unknown.why.as_str()),
            },
        }
    }
}

/// The sessions that are over, oldest first.
fn done(state: &State) -> Vec<&Session> {
    let mut all = state.newest_first();
    all.retain(|session| session.ended_at_ms.is_some());
    all.reverse();
    all
}

/// How somebody gets on today, in the catalog's language.
#[must_use]
pub fn summary(
    state: &State,
    catalog: &Catalog,
    library: &[Facts],
    today: Date,
    now_ms: i64,
) -> ProgressSummary {
    let (voice, library) = (Voice::to(state, catalog), state.library(library));
    let library = &library;
    let sessions = done(state);
    let check_ins: Vec<CheckIn> = state.check_ins.values().copied().collect();
    let loads = daily(&sessions, today);
    let first = today.saturating_sub(jiff::Span::new().days(7 * (N_WEEKS - 1)));
    let standing_records = records(&sessions, library);
    let mut told: Vec<RecordTold> =
        standing(&standing_records).into_iter().map(|one| record(one, voice)).collect();
    told.sort_by(|one, other| other.on.cmp(&one.on));
    ProgressSummary {
        today: today.to_string(),
        n_sessions: sessions.len(),
        weeks_in_a_row: weeks_in_a_row(&sessions, today),
        readiness: ready(readiness(&check_ins, &loads, today, today).pop().map(|(_, one)| one)),
        check_in: state.check_ins.get(&today).copied().map(NewCheckIn::from),
        load: load(&loads, catalog),
        deload: deload(state, &sessions, &check_ins, library, today, voice),
        freshness: muscles(freshness(&sessions, library, now_ms)),
        weeks: weeks(&sessions, library, monday_of(first), today)
            .into_iter()
            .map(|week| WeekTold {
                monday: week.monday.to_string(),
                n_sessions: week.n_sessions,
                n_sets: week.n_sets,
                volume_load_kg: week.volume_load_kg.into(),
                muscles: muscles(week.muscles),
            })
            .collect(),
        exercises: progress(&sessions, library, today)
            .into_iter()
            .map(|one| ExerciseProgress {
                exercise_name: voice.exercise(&one.series.exercise),
                exercise_id: one.series.exercise.to_string(),
                strength: course(&one.series.strength, one.strength),
                volume: course(&one.series.volume, one.volume),
                volume_unit: one.series.volume_unit.as_str(),
                technique: course(&one.series.technique, one.technique),
            })
            .collect(),
        records: told,
        calendar: days_with_training(&sessions, today),
    }
}

/// The review of the week that a day lies in, as it looks today, in the catalog's language.
#[must_use]
pub fn review_told(
    state: &State,
    catalog: &Catalog,
    library: &[Facts],
    week_of: Date,
    today: Date,
) -> WeeklyReviewTold {
    let (voice, library) = (Voice::to(state, catalog), state.library(library));
    let library = &library;
    let sessions = done(state);
    let program = state.plan.as_ref().map(|plan| (plan, plan.program()));
    let planned = program.as_ref().and_then(|(plan, program)| match plan.when(week_of) {
        When::Week(week) => program.weeks.get(week),
        When::Before | When::After => None,
    });
    let monday = monday_of(week_of);
    let sunday = monday.saturating_add(jiff::Span::new().days(6));
    let of_week = |on: Date| (monday..=sunday).contains(&on);
    let decided = state.progress.values().flatten().filter(|one| of_week(one.on) && !one.reversed);
    let changes: Vec<_> = decided.map(|one| one.decision.clone()).collect();
    let review = weekly_review(&sessions, library, planned, changes, (week_of, today));
    WeeklyReviewTold {
        monday: review.monday.to_string(),
        n_done: review.n_done,
        n_planned: review.n_planned,
        eased: review.eased,
        n_sets: review.n_sets,
        volume_load_kg: review.volume_load_kg.into(),
        load: review.load.load.into(),
        monotony: review.load.monotony.into(),
        strain: review.load.strain.into(),
        load_says: review
            .load_state
            .ok()
            .map(|state| review::load(state.value.state, state.value.ratio, catalog.language())),
        muscles: review
            .muscles
            .iter()
            .map(|one| MuscleFigure {
                muscle: one.muscle.as_str(),
                figure: one.done.into(),
                planned: one.planned,
            })
            .collect(),
        // A record that was beaten in the same week is told once, as it stands.
        records: standing(&review.records).into_iter().map(|one| record(one, voice)).collect(),
        findings: review
            .findings
            .iter()
            .map(|one| FindingTold { rule: one.rule(), says: review::finding(one, voice) })
            .collect(),
        changes: review.changes.iter().map(|one| decision_told(one, false, voice)).collect(),
    }
}

fn ready(today: Option<Measurement<Readiness>>) -> ReadinessTold {
    let (score, known) = match today {
        Some(Ok(Measured { value, method, confidence, n })) => {
            (Ok(Measured { value: value.score, method, confidence, n }), Some(value))
        }
        Some(Err(unknown)) => (Err(unknown), None),
        None => {
            (Err(training::measured::Unknown { why: training::measured::Missing::TooFew }), None)
        }
    };
    let parts = known.iter().flat_map(|known| &known.parts).map(|part| ReadinessPart {
        input: part.input.as_str(),
        value: part.value,
        usual: part.usual,
        z: part.z,
        own: part.own,
    });
    ReadinessTold {
        score: score.into(),
        band: known.as_ref().map(|known| known.band.as_str()),
        parts: parts.collect(),
    }
}

fn load(loads: &[training::load::Day], catalog: &Catalog) -> LoadTold {
    let known = load_state(loads);
    let state = known.ok().map(|known| known.value);
    let of_days = loads.iter().zip(averages(loads));
    let days: Vec<LoadDay> = of_days
        .skip(loads.len().saturating_sub(N_LOAD_DAYS))
        .map(|(day, average)| LoadDay {
            on: day.on.to_string(),
            load: day.load,
            acute: average.acute,
            chronic: average.chronic,
        })
        .collect();
    LoadTold {
        state: state.map(|known| known.state.as_str()),
        says: state.map(|known| review::load(known.state, known.ratio, catalog.language())),
        acute: training::load::week(loads).load.into(),
        usual: state.and_then(|known| known.usual),
        days,
    }
}

fn deload(
    state: &State,
    sessions: &[&Session],
    check_ins: &[CheckIn],
    library: &[Facts],
    today: Date,
    voice: Voice<'_>,
) -> DeloadTold {
    let history = History {
        sessions,
        library,
        check_ins,
        deloads: &state.deloads,
        asked_on: None,
        answered_on: state.deload_declined,
    };
    let Assessment { verdict, signs, training_since } = assess(&history, today);
    let running = state.deload_on(today);
    let told = match verdict {
        _ if running.is_some() => "running",
        Verdict::NotNeeded => "not_needed",
        Verdict::BySigns(_) | Verdict::ByTime(_) => "suggested",
        Verdict::CoolingDown { .. } => "cooling_down",
        Verdict::Returning => "returning",
    };
    let by_time = training_since.filter(|_| matches!(verdict, Verdict::ByTime(_)));
    let long_ago = by_time.map(|since| (today - since).get_days() / 7);
    let long_ago = long_ago.map(|weeks| review::long_ago(weeks, voice.language()));
    DeloadTold {
        verdict: told,
        signs: signs.iter().map(|one| review::sign(one, voice)).chain(long_ago).collect(),
        rules: signs.iter().map(training::deload::Sign::rule).collect(),
        until: running.map(|one| one.until().saturating_sub(jiff::Span::new().days(1)).to_string()),
        days: PRESCRIPTION.n_days,
        sets_percent: PRESCRIPTION.sets_percent,
        load_percent: PRESCRIPTION.load_percent,
        more_rir: PRESCRIPTION.more_rir,
    }
}

fn muscles(all: Vec<(training::exercise::Muscle, Measurement<f64>)>) -> Vec<MuscleFigure> {
    let told = |(muscle, figure): (training::exercise::Muscle, Measurement<f64>)| MuscleFigure {
        muscle: muscle.as_str(),
        figure: figure.into(),
        planned: None,
    };
    all.into_iter().map(told).collect()
}

fn course(points: &[Point], trend: Measurement<Trend>) -> Course {
    Course {
        points: points
            .iter()
            .map(|point| CoursePoint {
                on: point.on.to_string(),
                session_id: point.session.to_string(),
                value: point.value,
                confidence: point.confidence.as_str(),
            })
            .collect(),
        trend: trend.ok().map(|known| TrendTold {
            slope: known.value.slope,
            slope_low: known.value.slope_low,
            slope_high: known.value.slope_high,
            direction: known.value.direction().as_str(),
            confidence: known.confidence.as_str(),
            n: known.n,
        }),
    }
}

fn record(record: &Record, voice: Voice<'_>) -> RecordTold {
    RecordTold {
        exercise_id: record.exercise.to_string(),
        exercise_name: voice.exercise(&record.exercise),
        kind: record.kind.as_str(),
        value: record.mark.value,
        reps: record.mark.reps,
        on: record.mark.on.to_string(),
        session_id: record.mark.session.to_string(),
        beat: record.beat.map(|mark| mark.value),
    }
}

fn days_with_training(sessions: &[&Session], today: Date) -> Vec<CalendarDayTold> {
    let first = today.saturating_sub(jiff::Span::new().days(N_CALENDAR_DAYS));
    let told = calendar(sessions, first, today).into_iter().map(|day| CalendarDayTold {
        on: day.on.to_string(),
        session_ids: day.sessions.iter().map(|one| one.id.to_string()).collect(),
        n_sets: day.sessions.iter().map(|one| one.n_sets).sum(),
        load: day
            .sessions
            .iter()
            .filter_map(|one| one.load.ok().map(|known| known.value))
            .reduce(|one, other| one + other),
    });
    told.collect()
}
