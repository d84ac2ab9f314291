//! What is decided after a session, from everything that is in the record.
//!
//! Sets may come late. What was decided for an exercise is then decided anew, unless a later session has moved on from it
//! or the athlete has taken it back.

use jiff::civil::Date;
use units::ExerciseId;

use super::today::{days, in_grams};
use super::{Decision, Input, Rule, decide};
use crate::athlete::{Decided, State};
use crate::exercise::{Facts, Limit, Role};
use crate::program::{Item, WeekKind};
use crate::session::{Asked, Origin, Session, SessionId};
use crate::{load, load_state};

/// Pain is remembered so many days.
const PAIN_DAYS: u32 = 7;

/// What is decided after a session that has ended: none where that is decided already.
pub(crate) fn after_session(
    state: &State,
    session: SessionId,
    library: &[Facts],
) -> Option<Vec<Decision>> {
    let session = state.sessions.get(&session).filter(|known| known.ended_at_ms.is_some())?;
    let decisions = decisions(state, session, library);
    let known = state.progress.values().flatten().filter(|one| one.session == session.id);
    let n_known = known.clone().count();
    let same =
        n_known == decisions.len() && known.clone().all(|one| decisions.contains(&one.decision));
    if same { None } else { Some(decisions) }
}

fn decisions(state: &State, session: &Session, library: &[Facts]) -> Vec<Decision> {
    let planned = planned(state, session);
    let easier_week = planned.as_ref().is_some_and(|(kind, _)| *kind == WeekKind::Deload);
    if session.deload || easier_week || session.origin != Origin::Logged || state.light_only() {
        return Vec::new();
    }
    let items = planned.map(|(_, items)| items).unwrap_or_default();
    let intake = state.fitting().map(|plan| plan.intake());
    let limits = state.profile.as_ref().map(|profile| profile.limits.as_slice());
    let may = |facts: &&Facts| {
        let limits = limits.unwrap_or_default();
        facts.roles.contains(&Role::Work)
            && !facts.limits.iter().any(|limit| limits.contains(limit))
            && intake.as_ref().is_none_or(|intake| intake.allows(facts))
    };
    let others: Vec<&Facts> = library.iter().filter(may).collect();
    let mut exercises: Vec<&ExerciseId> = Vec::new();
    for set in session.sets.iter().filter(|set| set.counts()) {
        if !exercises.contains(&&set.exercise) {
            exercises.push(&set.exercise);
        }
    }
    let sessions: Vec<&Session> = state.sessions.values().map(|known| &**known).collect();
    let load = load_state::load_state(&load::daily(&sessions, session.on));
    let load = load.ok().map(|measured| measured.value.state);
    let decided = |id: &ExerciseId| {
        let facts = library.iter().find(|facts| facts.id == *id)?;
        let item = items.iter().find(|item| item.exercise == *id && item.role == Role::Work);
        one(state, session, facts, item, &others, load)
    };
    exercises.into_iter().filter_map(decided).collect()
}

/// The workout of the plan that a session follows.
fn planned(state: &State, session: &Session) -> Option<(WeekKind, Vec<Item>)> {
    let from = session.from_plan?;
    let plan = state.plan.as_ref().filter(|plan| plan.made.id == from.plan)?;
    let mut program = plan.program();
    let week = usize::from(from.week);
    let week =
        if week < program.weeks.len() { program.weeks.swap_remove(week) } else { return None };
    let workout = week.workouts.into_iter().find(|workout| workout.weekday == from.weekday);
    Some((week.kind, workout.map(|workout| workout.items).unwrap_or_default()))
}

fn one(
    state: &State,
    session: &Session,
    facts: &Facts,
    item: Option<&Item>,
    others: &[&Facts],
    load: Option<load_state::State>,
) -> Option<Decision> {
    let all = state.progress.get(&facts.id).map(Vec::as_slice).unwrap_or_default();
    let order = |one: &Decided| (one.on, one.started_at_ms, one.session);
    let own = (session.on, session.started_at_ms, session.id);
    let known = all.iter().find(|one| one.session == session.id);
    if all.iter().any(|one| order(one) > own) || known.is_some_and(|one| one.reversed) {
        return known.map(|one| one.decision.clone());
    }
    let before: Vec<Decision> = all
        .iter()
        .filter(|one| order(one) < own && !one.reversed)
        .map(|one| one.decision.clone())
        .collect();
    let last = before.last();
    let sets = || session.sets.iter().filter(|set| set.counts() && set.exercise == facts.id);
    let asked = sets().find_map(|set| set.target);
    // Without a plan, what was decided last asks for a number of sets; whoever does fewer twice means it. Else what was done
    // is all of it. Two sides are one set.
    let n_halves: usize = sets().map(|set| if set.side.is_some() { 1 } else { 2 }).sum();
    let n_done = u8::try_from(n_halves.div_ceil(2)).unwrap_or(u8::MAX);
    let n_asked = last.filter(|last| last.rule != Rule::Incomplete).map_or(0, |last| last.n_sets);
    let target = item
        .map(|item| item.target)
        .or_else(|| last.map(|last| last.base.target))
        .or_else(|| asked.map(|asked| asked.target))?;
    let load_g = match (asked, last) {
        (Some(asked), _) => asked.load_g,
        (None, Some(last)) => last.next.load_g,
        (None, None) => item.and_then(in_grams),
    };
    decide(&Input {
        facts,
        loading: &state.loading,
        sets: &session.sets,
        base: Asked { target, load_g },
        planned_g: item.and_then(in_grams),
        n_sets: item.map_or_else(|| n_done.max(n_asked), |item| item.n_sets),
        before: &before,
        pain: pain(state, session, facts),
        gap_days: state.last_done(&facts.id, session.on).map(|last| days(last, session.on)),
        deload: state.deload_on(session.on).is_some(),
        load,
        others,
    })
}

/// The worst pain of the last week, or of the session itself, that an exercise has to do with.
fn pain(state: &State, session: &Session, facts: &Facts) -> Option<(u8, Limit)> {
    let concerns = |exercise: &Option<ExerciseId>, limit: &Limit| {
        exercise.as_ref() == Some(&facts.id) || facts.limits.contains(limit)
    };
    let lately = |on: Date| on <= session.on && days(on, session.on) < PAIN_DAYS;
    state
        .pain
        .values()
        .filter(|report| lately(report.on) || report.session == Some(session.id))
        .filter(|report| concerns(&report.exercise, &report.limit))
        .map(|report| (report.level, report.limit))
        .max()
}
