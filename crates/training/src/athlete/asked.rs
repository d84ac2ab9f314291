//! What happens when something of the record is asked for.
//!
//! A fact that is told again is no event, and the same name for something else is a conflict. Sets may come after the
//! session has ended, since phones are offline; what was decided then is decided anew in the same breath.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Command, Completed, Deload, Event, Invalid, Now, Refused, Started, State, checks};
use crate::exercise::Facts;
use crate::progression;
use crate::session::{Origin, PainReport, PerformedSet, Session, SessionId, SetId};

type Happens = Result<Vec<Event>, Refused>;

pub(super) fn decide(state: &State, command: Command, library: &[Facts], now: Now) -> Happens {
    match command {
        Command::StartSession(started) => start(state, started, now),
        Command::LogSet { session, set } => log(state, session, set, library, now),
        Command::CorrectSet { session, set } => correct(state, session, set, library, now),
        Command::VoidSet { session, set } => {
            let known = state.session(session)?;
            if known.set(set).is_none() {
                let struck_out = state.first_logged(session, set).is_some();
                return if struck_out { Ok(Vec::new()) } else { Err(Refused::NoSuchSet) };
            }
            Ok(state.and_anew(Event::SetVoided { session, set }, session, library))
        }
        Command::NoteSession(noted) => {
            checks::noted(&noted).map_err(Refused::Invalid)?;
            let known = state.session(noted.session)?;
            let same = (&known.title, known.srpe_halves, known.minutes, &known.note)
                == (&noted.title, noted.srpe_halves, noted.minutes, &noted.note);
            Ok(if same { Vec::new() } else { vec![Event::SessionNoted(noted)] })
        }
        Command::CompleteSession(completed) => complete(state, completed, library, now),
        Command::ReopenSession { session } => {
            let known = state.session(session)?;
            match (known.origin, known.ended_at_ms) {
                (Origin::Imported, _) => Err(Refused::Conflict(
                    "a session of another program's file is over; its sets can be corrected",
                )),
                (Origin::Logged, None) => Ok(Vec::new()),
                (Origin::Logged, Some(_)) => Ok(vec![Event::SessionReopened { session }]),
            }
        }
        Command::RemoveSession { session } if state.removed.contains(&session) => Ok(Vec::new()),
        Command::RemoveSession { session } => {
            state.session(session)?;
            Ok(vec![Event::SessionRemoved { session }])
        }
        Command::ImportSessions(sessions) => import(state, sessions, library, now),
        Command::ReportPain(report) => {
            state.health_consent()?;
            checks::pain(&report, now).map_err(Refused::Invalid)?;
            if let Some(exercise) = &report.exercise {
                checks::in_library(exercise, library, "exercise").map_err(Refused::Invalid)?;
            }
            if let Some(session) = report.session {
                state.session(session)?;
            }
            match state.pain.get(&report.id) {
                Some(known) if *known == report => Ok(Vec::new()),
                Some(_) => Err(Refused::Conflict("another pain goes by this id")),
                None => Ok(match report.session {
                    Some(session) => state.and_anew(Event::PainReported(report), session, library),
                    None => vec![Event::PainReported(report)],
                }),
            }
        }
        Command::WithdrawPain { report } => match state.pain.get(&report) {
            Some(PainReport { session: Some(session), .. }) => {
                Ok(state.and_anew(Event::PainWithdrawn { report }, *session, library))
            }
            Some(_) => Ok(vec![Event::PainWithdrawn { report }]),
            None => Err(Refused::NoSuchPain),
        },
        Command::CheckIn(check_in) => {
            state.health_consent()?;
            checks::check_in(&check_in, now).map_err(Refused::Invalid)?;
            let same = state.check_ins.get(&check_in.on) == Some(&check_in);
            Ok(if same { Vec::new() } else { vec![Event::CheckedIn(check_in)] })
        }
        Command::ReversePrescription { session, exercise } => {
            state.session(session)?;
            let mut all = state.progress.get(&exercise).into_iter().flatten();
            match all.find(|one| one.session == session) {
                Some(one) if !one.reversed => {
                    Ok(vec![Event::PrescriptionReversed { session, exercise }])
                }
                _ => Err(Refused::NothingToReverse),
            }
        }
        Command::StartDeload(deload) => start_deload(state, deload, now),
        Command::EndDeload { on } => match state.deload_on(on) {
            Some(_) => Ok(vec![Event::DeloadEnded { on }]),
            None => Err(Refused::NoDeload),
        },
        Command::DeclineDeload { on } => {
            let known = state.deload_declined >= Some(on);
            Ok(if known { Vec::new() } else { vec![Event::DeloadDeclined { on }] })
        }
        Command::NameExercise(own) => {
            checks::own(&own).map_err(Refused::Invalid)?;
            if let Some(like) = &own.like {
                // What is like one's own exercise could go round in circles.
                checks::own_like(like, library).map_err(Refused::Invalid)?;
            }
            let known = state.own.get(&own.id);
            if known.is_none() && state.own.len() >= checks::MOST_OWN {
                let remedy = "there are 2000 exercises of your own already; use one of them";
                return Err(Refused::Invalid(Invalid { field: "id", remedy }));
            }
            Ok(if known == Some(&own) { Vec::new() } else { vec![Event::ExerciseNamed(own)] })
        }
        Command::ChooseLoading(loading) => {
            loading.check().map_err(Refused::Invalid)?;
            let same = state.loading == loading;
            Ok(if same { Vec::new() } else { vec![Event::LoadingChosen(loading)] })
        }
        // Decided with profile and plan.
        Command::GiveProfile(_)
        | Command::FollowPlan(_)
        | Command::EditPlan { .. }
        | Command::UndoEdit { .. } => Ok(Vec::new()),
    }
}

fn start(state: &State, started: Started, now: Now) -> Happens {
    checks::started(&started, now).map_err(Refused::Invalid)?;
    if state.removed.contains(&started.id) {
        return Err(Refused::Conflict("this session was removed"));
    }
    let Some(known) = state.sessions.get(&started.id) else {
        return Ok(vec![Event::SessionStarted(started)]);
    };
    // The title may have changed since.
    let same = known.origin == Origin::Logged
        && (known.on, known.started_at_ms) == (started.on, started.started_at_ms)
        && (known.from_plan, known.deload) == (started.from_plan, started.deload);
    if same { Ok(Vec::new()) } else { Err(Refused::Conflict("another session goes by this id")) }
}

fn log(
    state: &State,
    session: SessionId,
    set: Box<PerformedSet>,
    library: &[Facts],
    now: Now,
) -> Happens {
    checks::set(&set, now).map_err(Refused::Invalid)?;
    checks::in_library(&set.exercise, library, "exercise").map_err(Refused::Invalid)?;
    let known = state.session(session)?;
    if let Some(first) = state.first_logged(session, set.id) {
        return match *first == *set {
            true => Ok(Vec::new()),
            false => {
                Err(Refused::Conflict("another set goes by this id; to change it, correct it"))
            }
        };
    }
    if state.sessions.values().any(|other| other.set(set.id).is_some()) {
        return Err(Refused::Conflict("a set of another session goes by this id"));
    }
    room(known)?;
    Ok(state.and_anew(Event::SetLogged { session, set }, session, library))
}

fn correct(
    state: &State,
    session: SessionId,
    set: Box<PerformedSet>,
    library: &[Facts],
    now: Now,
) -> Happens {
    checks::set(&set, now).map_err(Refused::Invalid)?;
    let known = state.session(session)?;
    let first = state.first_logged(session, set.id).ok_or(Refused::NoSuchSet)?;
    // An exercise that an import brought along stays what it is.
    if set.exercise != first.exercise {
        checks::in_library(&set.exercise, library, "exercise").map_err(Refused::Invalid)?;
    }
    match known.set(set.id) {
        Some(same) if *same == *set => return Ok(Vec::new()),
        Some(_) => {}
        None => room(known)?,
    }
    Ok(state.and_anew(Event::SetCorrected { session, set }, session, library))
}

fn room(session: &Session) -> Result<(), Refused> {
    if session.sets.len() < checks::MOST_SETS {
        return Ok(());
    }
    Err(Refused::Invalid(Invalid {
        field: "sets",
        remedy: "begin another session: this one is full",
    }))
}

fn complete(state: &State, mut completed: Completed, library: &[Facts], now: Now) -> Happens {
    checks::completed(&completed, now).map_err(Refused::Invalid)?;
    let session = completed.session;
    let known = state.session(session)?;
    // Clocks are set while people train; no session ends before it begins.
    completed.ended_at_ms = completed.ended_at_ms.max(known.started_at_ms);
    match known.ended_at_ms {
        None => Ok(state.and_anew(Event::SessionCompleted(completed), session, library)),
        Some(ended_at_ms) if ended_at_ms == completed.ended_at_ms => Ok(Vec::new()),
        Some(_) => Err(Refused::Conflict(
            "this session has ended already; what is said of it can be changed",
        )),
    }
}

fn import(state: &State, sessions: Vec<Session>, library: &[Facts], now: Now) -> Happens {
    if sessions.len() > checks::MOST_IMPORTED {
        let remedy = "import at most 5000 sessions at once";
        return Err(Refused::Invalid(Invalid { field: "sessions", remedy }));
    }
    let known_sets = state.sessions.values().flat_map(|known| &known.sets).map(|set| set.id);
    let mut sets: BTreeSet<SetId> = known_sets.collect();
    let mut new: BTreeSet<SessionId> = BTreeSet::new();
    let mut events = Vec::new();
    for (nth, mut session) in sessions.into_iter().enumerate() {
        let refused = |invalid| Refused::Import { nth, invalid };
        checks::imported(&session, library, now).map_err(refused)?;
        match state.sessions.get(&session.id) {
            // It may have been changed by hand since: that stands.
            Some(known) if known.origin == Origin::Imported => continue,
            Some(_) => {
                return Err(Refused::Conflict("a session that was logged here goes by this id"));
            }
            None => {}
        }
        if !new.insert(session.id) {
            return Err(refused(Invalid { field: "id", remedy: "name each session once" }));
        }
        if !session.sets.iter().all(|set| sets.insert(set.id)) {
            return Err(refused(Invalid { field: "sets", remedy: "name each set once" }));
        }
        session.origin = Origin::Imported;
        session.ended_at_ms = session.ended_at_ms.map(|ms| ms.max(session.started_at_ms));
        session.sort();
        events.push(Event::SessionImported(Arc::new(session)));
    }
    Ok(events)
}

fn start_deload(state: &State, deload: Deload, now: Now) -> Happens {
    checks::deload(&deload, now).map_err(Refused::Invalid)?;
    if state.deloads.contains(&deload) {
        return Ok(Vec::new());
    }
    let overlaps = |known: &&Deload| known.on < deload.until() && deload.on < known.until();
    match state.deloads.iter().find(overlaps) {
        Some(_) => Err(Refused::Conflict("an easier time is there already; end it first")),
        None => Ok(vec![Event::DeloadStarted(deload)]),
    }
}

impl State {
    fn session(&self, id: SessionId) -> Result<&Session, Refused> {
        self.sessions.get(&id).map(Arc::as_ref).ok_or(Refused::NoSuchSession)
    }

    /// A set as it was first logged, whatever became of it.
    fn first_logged(&self, session: SessionId, set: SetId) -> Option<&PerformedSet> {
        let changed = self.changed.get(&session).and_then(|sets| sets.get(&set));
        changed.or_else(|| self.sessions.get(&session)?.set(set))
    }

    fn health_consent(&self) -> Result<(), Refused> {
        if self.profile.as_ref().is_some_and(|profile| profile.health_consent) {
            return Ok(());
        }
        let remedy = "say yes to keeping health data in your profile first";
        Err(Refused::Invalid(Invalid { field: "consent.health", remedy }))
    }

    /// An event, and what is decided anew after it: for a session that has ended.
    fn and_anew(&self, event: Event, session: SessionId, library: &[Facts]) -> Vec<Event> {
        let ended = self.sessions.get(&session).is_some_and(|known| known.ended_at_ms.is_some());
        if !ended && !matches!(event, Event::SessionCompleted(_)) {
            return vec![event];
        }
        let mut after = self.clone();
        after.evolve(event.clone());
        let mut events = vec![event];
        if let Some(decisions) = progression::after_session(&after, session, library) {
            events.push(Event::PrescriptionsDecided { session, decisions });
        }
        events
    }
}
