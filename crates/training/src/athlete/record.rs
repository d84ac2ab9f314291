//! The record in an athlete's state: how sessions, sets, pain, check-ins and decisions are folded.
//!
//! Facts about different sets commute, and a fact that is told twice counts once. Only corrections of the same set have
//! an order, and that is the log's.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Event, State};
use crate::exercise::names;
use crate::progression::{Decision, Rule};
use crate::session::{FromPlan, Origin, PerformedSet, Session, SessionId, SetId};

/// How a session begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Its name.
    pub id: SessionId,
    /// The day, where the athlete is.
    pub on: Date,
    /// Milliseconds since 1970.
    pub started_at_ms: i64,
    /// A name for people, up to 120 characters; may be empty.
    pub title: String,
    /// The workout that it follows.
    pub from_plan: Option<FromPlan>,
    /// Whether it is meant to be easier.
    pub deload: bool,
}

/// How a session ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// Which.
    pub session: SessionId,
    /// Milliseconds since 1970.
    pub ended_at_ms: i64,
    /// How hard all of it was, CR10 in halves, 0..=20. None leaves what was said before.
    pub srpe_halves: Option<u8>,
    /// How long it took, minutes, 1..=1440. None leaves what was said before.
    pub minutes: Option<u16>,
    /// What the person wrote, up to 2000 characters. None leaves what was said before.
    pub note: Option<String>,
}

/// What is said of a session: all of it takes the place of what was said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Which.
    pub session: SessionId,
    /// A name for people, up to 120 characters; may be empty.
    pub title: String,
    /// How hard all of it was, CR10 in halves, 0..=20.
    pub srpe_halves: Option<u8>,
    /// How long it took, minutes, 1..=1440.
    pub minutes: Option<u16>,
    /// What the person wrote, up to 2000 characters.
    pub note: Option<String>,
}

names! {
    /// Why somebody trains easier for some days.
    DeloadWhy {
        /// The plan has it so.
        Planned = "planned",
        /// What was measured suggested it, and the athlete agreed.
        Suggested = "suggested",
        /// The athlete wanted it.
        Asked = "asked",
    }
}

/// An easier time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deload {
    /// The first day.
    pub on: Date,
    /// How long, days, 1..=21.
    pub days: u8,
    /// Why.
    pub why: DeloadWhy,
}

impl Deload {
    /// Whether a day is in it.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.on <= day && day < self.until()
    }

    /// The first day that is as usual again.
    #[must_use]
    pub fn until(&self) -> Date {
        self.on.saturating_add(jiff::Span::new().days(i64::from(self.days)))
    }
}

/// A decision in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// After which session.
    pub session: SessionId,
    /// The day of that session.
    pub on: Date,
    /// When it began.
    pub started_at_ms: i64,
    /// Whether the athlete took it back.
    pub reversed: bool,
    /// What was decided.
    pub decision: Decision,
}

/// So many decisions are kept for each exercise.
const MOST_DECIDED: usize = 12;

impl State {
    /// Takes an event of the record in. What does not fit any more changes nothing.
    pub(super) fn take_in(&mut self, event: Event) {
        match event {
            Event::SessionStarted(started) => self.begin(started),
            Event::SetLogged { session, set } => self.log(session, *set),
            Event::SetCorrected { session, set } => self.correct(session, *set),
            Event::SetVoided { session, set } => self.void(session, set),
            Event::SessionCompleted(Completed {
                session,
                ended_at_ms,
                srpe_halves,
                minutes,
                note,
            }) => {
                if let Some(known) = self.session_mut(session) {
                    known.ended_at_ms = Some(ended_at_ms);
                    known.srpe_halves = srpe_halves.or(known.srpe_halves);
                    known.minutes = minutes.or(known.minutes);
                    known.note = note.or_else(|| known.note.take());
                }
            }
            Event::SessionNoted(Noted { session, title, srpe_halves, minutes, note }) => {
                if let Some(known) = self.session_mut(session) {
                    (known.title, known.srpe_halves) = (title, srpe_halves);
                    (known.minutes, known.note) = (minutes, note);
                }
            }
            Event::SessionReopened { session } => {
                if let Some(known) = self.session_mut(session) {
                    known.ended_at_ms = None;
                }
                self.forget_decisions(session, &[]);
            }
            Event::SessionRemoved { session } => {
                self.sessions.remove(&session);
                self.changed.remove(&session);
                self.removed.insert(session);
                self.forget_decisions(session, &[]);
            }
            Event::SessionImported(session) => {
                self.removed.remove(&session.id);
                self.sessions.entry(session.id).or_insert_with(|| {
                    let mut session = Arc::unwrap_or_clone(session);
                    session.sort();
                    Arc::new(session)
                });
            }
            Event::PainReported(report) => {
                self.pain.entry(report.id).or_insert(report);
            }
            Event::PainWithdrawn { report } => {
                self.pain.remove(&report);
            }
            Event::CheckedIn(check_in) => {
                self.check_ins.insert(check_in.on, check_in);
            }
            Event::PrescriptionsDecided { session, decisions } => self.settle(session, decisions),
            Event::PrescriptionReversed { session, exercise } => {
                let all = self.progress.get_mut(&exercise).into_iter().flatten();
                all.filter(|one| one.session == session).for_each(|one| one.reversed = true);
            }
            Event::DeloadStarted(deload) => {
                if !self.deloads.contains(&deload) {
                    self.deloads.push(deload);
                    self.deloads.sort_by_key(|one| one.on);
                }
            }
            Event::DeloadEnded { on } => {
                if let Some(running) = self.deloads.iter_mut().find(|one| one.covers(on)) {
                    let days = (on - running.on).get_days();
                    running.days = u8::try_from(days).unwrap_or(running.days);
                }
                self.deloads.retain(|one| one.days > 0);
            }
            Event::DeloadDeclined { on } => {
                self.deload_declined = self.deload_declined.max(Some(on));
            }
            Event::LoadingChosen(loading) => self.loading = loading,
            Event::ExerciseNamed(own) => {
                self.own.insert(own.id.clone(), own);
            }
            // Profile and plan are folded in `evolve`.
            Event::UserOnboarded(_)
            | Event::ProfileUpdated(_)
            | Event::PlanGenerated(_)
            | Event::PlanEdited { .. }
            | Event::PlanEditUndone { .. } => {}
        }
    }

    /// The easier time that a day is in.
    #[must_use]
    pub fn deload_on(&self, day: Date) -> Option<&Deload> {
        self.deloads.iter().find(|one| one.covers(day))
    }

    /// What may not be kept without consent: pain, how somebody felt, and what was decided because of it.
    pub(super) fn forget_health(&mut self) {
        self.pain.clear();
        self.check_ins.clear();
        self.progress.retain(|_, all| {
            all.retain(|one| !matches!(one.decision.rule, Rule::PainSwap | Rule::PainHold));
            !all.is_empty()
        });
    }

    fn session_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(&id).map(Arc::make_mut)
    }

    fn begin(&mut self, started: Started) {
        let Started { id, on, started_at_ms, title, from_plan, deload } = started;
        if self.removed.contains(&id) {
            return;
        }
        self.sessions.entry(id).or_insert_with(|| {
            Arc::new(Session {
                id,
                on,
                started_at_ms,
                ended_at_ms: None,
                title,
                origin: Origin::Logged,
                from_plan,
                deload,
                srpe_halves: None,
                minutes: None,
                note: None,
                sets: Vec::new(),
            })
        });
    }

    fn log(&mut self, session: SessionId, set: PerformedSet) {
        let known = self.changed.get(&session).is_some_and(|sets| sets.contains_key(&set.id));
        let Some(session) = self.session_mut(session).filter(|_| !known) else { return };
        if session.set(set.id).is_none() {
            session.put(set);
        }
    }

    fn correct(&mut self, session: SessionId, set: PerformedSet) {
        let aside = self.changed.get(&session).is_some_and(|sets| sets.contains_key(&set.id));
        let Some(known) = self.session_mut(session) else { return };
        let before = known.take(set.id);
        if before.is_none() && !aside {
            return;
        }
        known.put(set);
        self.set_aside(session, before);
    }

    fn void(&mut self, session: SessionId, set: SetId) {
        let before = self.session_mut(session).and_then(|known| known.take(set));
        self.set_aside(session, before);
    }

    /// Remembers a set as it was first logged.
    fn set_aside(&mut self, session: SessionId, set: Option<PerformedSet>) {
        if let Some(set) = set {
            let aside: &mut BTreeMap<_, _> = self.changed.entry(session).or_default();
            aside.entry(set.id).or_insert(set);
        }
    }

    fn settle(&mut self, session: SessionId, decisions: Vec<Decision>) {
        self.forget_decisions(session, &decisions);
        let Some(known) = self.sessions.get(&session) else { return };
        let (on, started_at_ms) = (known.on, known.started_at_ms);
        for decision in decisions {
            let all = self.progress.entry(decision.exercise.clone()).or_default();
            if !all.iter().any(|one| one.session == session) {
                all.push(Decided { session, on, started_at_ms, reversed: false, decision });
                all.sort_by_key(|one| (one.on, one.started_at_ms, one.session));
            }
            let n_old = all.len().saturating_sub(MOST_DECIDED);
            all.drain(..n_old);
        }
    }

    /// Drops what was decided after a session, but for what is decided so still: that may have been taken back.
    fn forget_decisions(&mut self, session: SessionId, but: &[Decision]) {
        self.progress.retain(|_, all| {
            all.retain(|one| one.session != session || but.contains(&one.decision));
            !all.is_empty()
        });
    }
}
