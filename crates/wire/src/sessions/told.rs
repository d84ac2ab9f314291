//! What a device gets back of sessions: one whole, many in short, and what was done of an exercise before.

use std::collections::BTreeMap;

use catalog::Catalog;
use coach::decisions;
use coach::voice::Voice;
use jiff::civil::Date;
use serde::Serialize;
use training::athlete::{State, When, date_in, monday_of};
use training::exercise::Facts;
use training::progression::{Decision, today as today_of};
use training::session::{self, Origin, Session, SetKind};
use units::ExerciseId;

use super::asked::PlannedFrom;
use super::{PerformedSet, SetTarget, kilograms, whole};
use crate::plans::Day;

/// A session.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTold {
    /// Its name.
    pub id: String,
    /// The day: `2026-11-21`.
    pub on: String,
    /// Milliseconds since 1970.
    pub started_at_ms: i64,
    /// Milliseconds since 1970; null while it goes on.
    pub ended_at_ms: Option<i64>,
    /// A name for people; may be empty.
    pub title: String,
    /// `logged` here, or `imported`.
    pub origin: &'static str,
    /// The workout that it follows.
    pub from_plan: Option<PlannedFrom>,
    /// Whether it was meant to be easier.
    pub deload: bool,
    /// How hard all of it was, 0..=10.
    pub srpe: Option<f64>,
    /// How long it took, as the person said.
    pub minutes: Option<u16>,
    /// In the person's words.
    pub note: Option<String>,
    /// In order of place and time.
    pub sets: Vec<PerformedSet>,
    /// What it adds up to.
    pub summary: SessionSummary,
}

/// What a session adds up to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    /// How long it took, as said or by the clock; null while it goes on.
    pub minutes: Option<u32>,
    /// Sets, warm-up left out.
    pub n_sets: usize,
    /// Their repetitions.
    pub n_reps: u32,
    /// Repetitions times load, kilograms.
    pub volume_load_kg: f64,
    /// What comes next, by exercise; empty while it goes on.
    pub decisions: Vec<DecisionTold>,
}

/// What comes next for an exercise, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionTold {
    /// Of which.
    pub exercise_id: String,
    /// Its name for people.
    pub exercise_name: String,
    /// `advance`, `add_reps`, `hold`, `reduce`, `vary`, `deload`, `swap` or `return_after_break`.
    pub kind: &'static str,
    /// The rule that decided.
    pub rule: &'static str,
    /// What to aim for next time.
    pub next: TargetTold,
    /// What to do in its place, where something else is proposed.
    pub instead: Option<InsteadTold>,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// Whether the person took it back.
    pub reversed: bool,
}

/// An exercise to do in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsteadTold {
    /// Which.
    pub exercise_id: String,
    /// Its name for people.
    pub exercise_name: String,
}

/// What to aim for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetTold {
    /// What each set asks for.
    #[serde(flatten)]
    pub target: SetTarget,
    /// Sets.
    pub sets: u8,
}

/// The session that goes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunningSession {
    /// Null where none does.
    pub session: Option<SessionTold>,
}

/// Sessions, newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sessions {
    /// Newest first.
    pub sessions: Vec<SessionInShort>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A session in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInShort {
    /// Its name.
    pub id: String,
    /// The day: `2026-11-21`.
    pub on: String,
    /// Milliseconds since 1970.
    pub started_at_ms: i64,
    /// Milliseconds since 1970; null while it goes on.
    pub ended_at_ms: Option<i64>,
    /// A name for people; may be empty.
    pub title: String,
    /// `logged` here, or `imported`.
    pub origin: &'static str,
    /// Whether it was meant to be easier.
    pub deload: bool,
    /// Ids of what was done, in order.
    pub exercises: Vec<String>,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Sets, warm-up left out.
    pub n_sets: usize,
    /// Repetitions times load, kilograms.
    pub volume_load_kg: f64,
}

/// What was done of an exercise before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exposures {
    /// Of which.
    pub exercise_id: String,
    /// Newest first.
    pub exposures: Vec<Exposure>,
    /// What to aim for next time; null where nothing is known yet.
    pub target: Option<TargetTold>,
}

/// One time that an exercise was done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exposure {
    /// In which session.
    pub session_id: String,
    /// The day.
    pub on: String,
    /// What was done of it.
    pub sets: Vec<PerformedSet>,
}

/// What to fill in before a set is done, by exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextTargets {
    /// By id.
    pub targets: BTreeMap<String, NextTarget>,
}

/// What to fill in before a set of an exercise is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextTarget {
    /// What was done of it last time.
    pub previous: Vec<PerformedSet>,
    /// What to aim for; null where nothing is known yet.
    pub target: Option<TargetTold>,
}

/// A session as it is answered, in the catalog's language.
#[must_use]
pub fn session_told(session: &Session, state: &State, catalog: &Catalog) -> SessionTold {
    let (decided, voice) = (state.decided_after(session.id), Voice::to(state, catalog));
    let decisions =
        decided.iter().map(|(decision, reversed)| decision_told(decision, *reversed, voice));
    SessionTold {
        id: session.id.to_string(),
        on: session.on.to_string(),
        started_at_ms: session.started_at_ms,
        ended_at_ms: session.ended_at_ms,
        title: session.title.clone(),
        origin: session.origin.as_str(),
        from_plan: session.from_plan.map(|from| PlannedFrom {
            plan_id: from.plan,
            week: from.week.saturating_add(1),
            day: Day::from(from.weekday),
        }),
        deload: session.deload,
        srpe: session.srpe_halves.map(whole),
        minutes: session.minutes,
        note: session.note.clone(),
        sets: session.sets.iter().map(PerformedSet::from).collect(),
        summary: SessionSummary {
            minutes: minutes(session),
            n_sets: counted(session).count(),
            n_reps: counted(session).map(|set| u32::from(set.reps.unwrap_or(0))).sum(),
            volume_load_kg: volume_load_kg(session),
            decisions: decisions.collect(),
        },
    }
}

/// A decision, in the person's language.
pub(crate) fn decision_told(decision: &Decision, reversed: bool, voice: Voice<'_>) -> DecisionTold {
    let instead = decision
        .instead
        .as_ref()
        .map(|id| InsteadTold { exercise_id: id.to_string(), exercise_name: voice.exercise(id) });
    DecisionTold {
        exercise_id: decision.exercise.to_string(),
        exercise_name: voice.exercise(&decision.exercise),
        instead,
        kind: decision.kind.as_str(),
        rule: decision.rule.as_str(),
        next: target(decision),
        why: decisions::why(decision, voice),
        reversed,
    }
}

fn target(decision: &Decision) -> TargetTold {
    TargetTold { target: SetTarget::from(decision.next), sets: decision.n_sets }
}

/// A session in short.
#[must_use]
pub fn in_short(session: &Session) -> SessionInShort {
    let mut exercises: Vec<String> = Vec::new();
    for set in &session.sets {
        if exercises.last().map(String::as_str) != Some(set.exercise.as_str()) {
            exercises.push(set.exercise.to_string());
        }
    }
    SessionInShort {
        id: session.id.to_string(),
        on: session.on.to_string(),
        started_at_ms: session.started_at_ms,
        ended_at_ms: session.ended_at_ms,
        title: session.title.clone(),
        origin: session.origin.as_str(),
        deload: session.deload,
        exercises,
        minutes: minutes(session),
        n_sets: counted(session).count(),
        volume_load_kg: volume_load_kg(session),
    }
}

/// What was done of an exercise, newest first.
#[must_use]
pub fn exposures(state: &State, exercise: &ExerciseId, limit: usize) -> Exposures {
    let exposures = exposed(state, exercise).take(limit).map(|(session, sets)| Exposure {
        session_id: session.id.to_string(),
        on: session.on.to_string(),
        sets,
    });
    Exposures {
        exercise_id: exercise.to_string(),
        exposures: exposures.collect(),
        target: state.decided(exercise).map(target),
    }
}

/// What to fill in for each of these exercises on a day: what the plan asks for in that week, moved by what was decided
/// last; what was decided alone where the plan does not have it.
#[must_use]
pub fn next_targets(
    state: &State,
    exercises: &[ExerciseId],
    library: &[Facts],
    on: Date,
) -> NextTargets {
    let (plan, library) = (state.fitting(), state.library(library));
    let week = plan.as_ref().and_then(|plan| match plan.when(on) {
        When::Week(week) => plan.program().weeks.get(week).cloned(),
        When::Before | When::After => None,
    });
    let planned = |exercise: &ExerciseId| {
        let week = week.as_ref()?;
        let facts = library.iter().find(|facts| facts.id == *exercise)?;
        // Today's workout first, then whichever has it.
        let today = week.workouts.iter().filter(|one| date_in(monday_of(on), one.weekday) == on);
        let item = today
            .chain(&week.workouts)
            .flat_map(|workout| &workout.items)
            .find(|item| item.exercise == *exercise)?;
        let asked = today_of(state, item, week.kind, facts, on);
        Some(TargetTold { target: SetTarget::from(asked.asked), sets: asked.n_sets })
    };
    let of = |exercise: &ExerciseId| NextTarget {
        previous: exposed(state, exercise).next().map_or_else(Vec::new, |(_, sets)| sets),
        target: planned(exercise).or_else(|| state.decided(exercise).map(target)),
    };
    let targets = exercises.iter().map(|exercise| (exercise.to_string(), of(exercise)));
    NextTargets { targets: targets.collect() }
}

/// Sessions that are over and had an exercise in them, newest first, with its sets.
fn exposed<'a>(
    state: &'a State,
    exercise: &'a ExerciseId,
) -> impl Iterator<Item = (&'a Session, Vec<PerformedSet>)> {
    state.newest_first().into_iter().filter(|session| session.ended_at_ms.is_some()).filter_map(
        |session| {
            let sets = session.sets.iter().filter(|set| set.exercise == *exercise);
            let sets: Vec<PerformedSet> = sets.map(PerformedSet::from).collect();
            (!sets.is_empty()).then_some((session, sets))
        },
    )
}

fn counted(session: &Session) -> impl Iterator<Item = &session::PerformedSet> {
    session.sets.iter().filter(|set| set.kind != SetKind::WarmUp)
}

fn volume_load_kg(session: &Session) -> f64 {
    let of = |set: &session::PerformedSet| {
        f64::from(set.reps.unwrap_or(0)) * kilograms(set.load_g.unwrap_or(0)).max(0.0)
    };
    counted(session).map(of).sum()
}

/// As the person said, else by the clock, rounded up; none while it goes on, and where nobody knows when it ended: an import
/// ends those within a minute.
fn minutes(session: &Session) -> Option<u32> {
    let by_clock = || {
        let ms = session.ended_at_ms?.checked_sub(session.started_at_ms)?.max(0);
        let known = session.origin == Origin::Logged || ms >= 60_000;
        known.then(|| u32::try_from(ms.saturating_add(59_999) / 60_000).ok())?
    };
    session.minutes.map(u32::from).or_else(by_clock)
}
