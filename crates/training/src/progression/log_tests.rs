//! Decisions in an athlete's log: made when a session ends, anew when a set comes late, taken back, and what today asks.

use jiff::civil::{Date, date};
use units::ExerciseId;

use super::*;
use crate::athlete::{Command, Completed, Deload, DeloadWhy, Event, Now, Started, State, decide};
use crate::exercise::{Dose, Kit, Pattern, Role};
use crate::planner::Why;
use crate::program::{Item, Target, WeekKind};
use crate::session::{SessionId, SetKind};

const MONDAY: Date = date(2026, 11, 2);

fn id(n: u128) -> SessionId {
    uuid::Uuid::from_u128(n)
}

fn bench() -> ExerciseId {
    "bench_press".to_owned().try_into().expect("an id")
}

fn library() -> Vec<Facts> {
    vec![Facts {
        pattern: Pattern::PushHorizontal,
        kit: vec![Kit::Barbell],
        compound: true,
        ..Facts::unknown(bench())
    }]
}

fn target() -> Target {
    Target { dose: Dose::Reps, low: 8, high: 10, rir: Some(2) }
}

fn now(on: Date) -> Now {
    let days = i64::from((on - date(1970, 1, 1)).get_days());
    Now { today: on, ms: days * 86_400_000 + 64_800_000 }
}

fn act(state: &mut State, command: Command, on: Date) -> Vec<Event> {
    let events = decide(state, command, &library(), now(on)).expect("happens");
    events.iter().for_each(|event| state.evolve(event.clone()));
    events
}

fn set(session: u128, nth: u128, reps: u16, load_g: i32, on: Date) -> Command {
    let set = PerformedSet {
        id: id(1000 * session + nth),
        exercise: bench(),
        place: 0,
        group: None,
        kind: SetKind::Work,
        side: None,
        reps: Some(reps),
        load_g: Some(load_g),
        secs: None,
        meters: None,
        rir_halves: Some(4),
        note: None,
        target: Some(Asked { target: target(), load_g: Some(load_g) }),
        seen: None,
        done_at_ms: now(on).ms,
    };
    Command::LogSet { session: id(session), set: Box::new(set) }
}

/// A session of three sets; what was decided after it.
fn train(state: &mut State, session: u128, on: Date, reps: u16, load_g: i32) -> Vec<Event> {
    let started = Started {
        id: id(session),
        on,
        started_at_ms: now(on).ms,
        title: String::new(),
        from_plan: None,
        deload: false,
    };
    act(state, Command::StartSession(started), on);
    for nth in 0..3 {
        act(state, set(session, nth, reps, load_g, on), on);
    }
    let completed = Completed {
        session: id(session),
        ended_at_ms: now(on).ms,
        srpe_halves: None,
        minutes: Some(60),
        note: None,
    };
    act(state, Command::CompleteSession(completed), on)
}

fn later(days: i64) -> Date {
    MONDAY.saturating_add(jiff::Span::new().days(days))
}

fn next_g(state: &State) -> Option<i32> {
    state.decided(&bench()).and_then(|decision| decision.next.load_g)
}

#[test]
fn a_session_that_ends_is_decided_in_the_same_breath() {
    let mut state = State::default();
    let events = train(&mut state, 1, MONDAY, 10, 60_000);
    assert!(matches!(
        &events[..],
        [Event::SessionCompleted(_), Event::PrescriptionsDecided { decisions, .. }]
            if decisions.len() == 1
    ));
    assert_eq!(next_g(&state), Some(62_500));
    // A set that comes late and is one too few: decided anew.
    let events = act(&mut state, set(1, 9, 7, 60_000, MONDAY), later(1));
    assert!(matches!(&events[..], [Event::SetLogged { .. }, Event::PrescriptionsDecided { .. }]));
    assert_eq!(state.decided(&bench()).map(|one| one.rule), Some(Rule::Missed));
    // Struck out again: as before. A warm-up would change nothing.
    let void = Command::VoidSet { session: id(1), set: id(1009) };
    assert_eq!(act(&mut state, void, later(1)).len(), 2);
    assert_eq!(next_g(&state), Some(62_500));
    assert_eq!(state.progress[&bench()].len(), 1);
}

#[test]
fn a_decision_that_is_taken_back_gives_the_target_from_before() {
    let mut state = State::default();
    train(&mut state, 1, MONDAY, 10, 60_000);
    train(&mut state, 2, later(3), 10, 62_500);
    assert_eq!(next_g(&state), Some(65_000));
    let reverse = Command::ReversePrescription { session: id(2), exercise: bench() };
    act(&mut state, reverse.clone(), later(3));
    assert_eq!(next_g(&state), Some(62_500));
    assert!(decide(&state, reverse, &library(), now(later(3))).is_err());
    // It stays taken back when a set comes late, and the first session is not decided anew any more.
    assert_eq!(act(&mut state, set(2, 9, 10, 62_500, later(3)), later(4)).len(), 1);
    assert_eq!(act(&mut state, set(1, 9, 7, 60_000, MONDAY), later(4)).len(), 1);
    assert_eq!(next_g(&state), Some(62_500));
    act(&mut state, Command::RemoveSession { session: id(1) }, later(4));
    assert_eq!(next_g(&state), None);
}

#[test]
fn a_session_that_goes_on_is_decided_anew_when_it_ends() {
    let mut state = State::default();
    train(&mut state, 1, MONDAY, 10, 60_000);
    let then = next_g(&state);
    train(&mut state, 2, later(7), 10, 62_500);
    assert_ne!(next_g(&state), then);
    let on = later(7);
    act(&mut state, Command::ReopenSession { session: id(2) }, on);
    assert_eq!(state.sessions[&id(2)].ended_at_ms, None);
    assert_eq!(next_g(&state), then);
    act(&mut state, set(2, 9, 4, 62_500, on), on);
    let completed = Completed {
        session: id(2),
        ended_at_ms: now(on).ms,
        srpe_halves: None,
        minutes: None,
        note: None,
    };
    act(&mut state, Command::CompleteSession(completed), on);
    // Four repetitions in the set that was added: it holds.
    assert_eq!(next_g(&state), Some(62_500));
}

#[test]
fn a_set_that_was_left_out_once_is_asked_for_again() {
    let mut state = State::default();
    let n_sets = |state: &State| state.decided(&bench()).map(|decision| decision.n_sets);
    train(&mut state, 1, MONDAY, 10, 60_000);
    let usual = n_sets(&state).expect("decided");
    let fewer = |state: &mut State, session: u128, on: Date| {
        train(state, session, on, 9, 60_000);
        let set = id(1000 * session);
        act(state, Command::VoidSet { session: id(session), set }, on);
    };
    fewer(&mut state, 2, later(7));
    assert_eq!(n_sets(&state), Some(usual));
    // Whoever leaves it out again means it.
    fewer(&mut state, 3, later(14));
    assert_eq!(n_sets(&state), Some(usual - 1));
}

#[test]
fn sessions_in_any_order_are_decided_by_their_days() {
    let mut state = State::default();
    train(&mut state, 2, later(3), 10, 62_500);
    train(&mut state, 1, MONDAY, 10, 60_000);
    assert_eq!(next_g(&state), Some(65_000));
    assert_eq!(state.progress[&bench()].len(), 1, "a later session has moved on");
}

#[test]
fn a_log_of_a_year_goes_up_and_keeps_little() {
    let mut state = State::default();
    let mut load_g = 60_000;
    for n in 0..100_u8 {
        train(&mut state, u128::from(n) + 1, later(i64::from(n) * 3), 10, load_g);
        load_g = next_g(&state).expect("a target");
    }
    assert!(load_g > 100_000, "{load_g}");
    assert_eq!(state.progress[&bench()].len(), 12);
}

fn item(load_g: Option<u32>) -> Item {
    Item {
        exercise: bench(),
        role: Role::Work,
        n_sets: 4,
        target: target(),
        rest_secs: 120,
        load_g,
        why: Vec::new(),
    }
}

#[test]
fn today_asks_for_what_was_decided_and_eases_it() {
    let mut state = State::default();
    let library = library();
    let ask = |state: &State, item: &Item, week: WeekKind, on: Date| {
        let today = today(state, item, week, &library[0], on);
        let Target { low, high, rir, .. } = today.asked.target;
        let kg = f64::from(today.asked.load_g.unwrap_or_default()) / 1000.0;
        format!("{} x {low}-{high} @{} {kg}", today.n_sets, rir.unwrap_or_default())
    };
    let plain = item(Some(55_000));
    assert_eq!(ask(&state, &plain, WeekKind::Build, MONDAY), "4 x 8-10 @2 55");
    train(&mut state, 1, MONDAY, 9, 60_000);
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(3)), "4 x 10-10 @2 60");
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(14)), "4 x 10-10 @2 60");
    // After a break, and in an easier week of the plan, which has its own sets and reserve.
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(15)), "4 x 8-10 @2 52.5");
    assert_eq!(ask(&state, &plain, WeekKind::Deload, later(3)), "4 x 8-10 @2 52.5");
    // The range has changed since: its own numbers, with the load that is known.
    let mut wide = plain.clone();
    wide.target.high = 12;
    assert_eq!(ask(&state, &wide, WeekKind::Build, later(3)), "4 x 8-12 @2 60");
    // The athlete has chosen a load since.
    let mut chosen = item(Some(57_000));
    chosen.why.push(Why::Chosen);
    assert_eq!(ask(&state, &chosen, WeekKind::Build, later(3)), "4 x 8-10 @2 57");
    let deload = Deload { on: later(2), days: 7, why: DeloadWhy::Asked };
    act(&mut state, Command::StartDeload(deload), later(2));
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(3)), "2 x 8-10 @4 52.5");
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(9)), "4 x 10-10 @2 60");
    // What was trained meanwhile does not move the target.
    train(&mut state, 2, later(4), 10, 52_500);
    assert_eq!(state.decided(&bench()).map(|one| one.rule), Some(Rule::InDeload));
    assert_eq!(ask(&state, &plain, WeekKind::Build, later(9)), "4 x 10-10 @2 60");
}
