//! What hundreds of made-up people are told: a constant plan is no reason for an easier week, a leap is seen, a holiday is rest,
//! and nothing that is missing turns into a number.
//!
//! Run with `--nocapture` to see the figures.

mod lifter;
mod missing;

use std::ops::Range;

use lifter::{Life, Lifter, USUAL, day, library};
use training::athlete::{Deload, DeloadWhy};
use training::deload::{Assessment, History, Verdict, assess};
use training::load::daily;
use training::load_state::{LoadState, State, load_state};
use training::session::{CheckIn, Session};

/// What was told on a day.
struct Told {
    assessment: Assessment,
    state: Option<LoadState>,
    trained: bool,
}

/// A lifter's days, asked every evening from a day on. An easier week by time is taken, one by signs is not.
fn live(seed: u64, days: Range<u16>, life_on: impl Fn(u16) -> Life) -> Vec<Told> {
    let library = library();
    let mut lifter = Lifter::new(seed);
    let (mut sessions, mut check_ins): (Vec<Session>, Vec<CheckIn>) = (Vec::new(), Vec::new());
    let mut deloads: Vec<Deload> = Vec::new();
    let mut told = Vec::new();
    for n in 0..days.end {
        let deload = deloads.last().is_some_and(|deload| deload.covers(day(n)));
        let life = Life { deload, ..life_on(n) };
        check_ins.extend(lifter.morning(n, life));
        let session = lifter.session(n, life);
        let trained = session.is_some();
        sessions.extend(session);
        if n < days.start {
            continue;
        }
        let refs: Vec<&Session> = sessions.iter().collect();
        let history = History {
            sessions: &refs,
            library: &library,
            check_ins: &check_ins,
            deloads: &deloads,
            asked_on: None,
            answered_on: None,
        };
        let assessment = assess(&history, day(n));
        let state = load_state(&daily(&refs, day(n))).ok().map(|state| state.value);
        if matches!(assessment.verdict, Verdict::ByTime(_)) {
            deloads.push(Deload { on: day(n + 1), days: 7, why: DeloadWhy::Suggested });
        }
        told.push(Told { assessment, state, trained });
    }
    told
}

fn percent(part: usize, whole: usize) -> f64 {
    let (part, whole) = (u32::try_from(part).expect("few"), u32::try_from(whole).expect("few"));
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

#[test]
fn a_constant_plan_is_no_reason_for_an_easier_week() {
    const N_LIFTERS: usize = 200;
    const N_DAYS: u16 = 120;
    let (mut n_false, mut n_false_first, mut n_by_time, mut n_lifters_false) = (0, 0, 0, 0);
    let (mut n_spike, mut n_high, mut n_state) = (0, 0, 0);
    let mut by_rule = std::collections::BTreeMap::new();
    for seed in 0..N_LIFTERS {
        let told = live(u64::try_from(seed).expect("small"), 0..N_DAYS, |_| USUAL);
        let is_false = |told: &&Told| matches!(told.assessment.verdict, Verdict::BySigns(_));
        let falsely = told.iter().filter(is_false).count();
        n_false += falsely;
        n_lifters_false += usize::from(falsely > 0);
        n_false_first += told[..28].iter().filter(is_false).count();
        n_by_time += told
            .iter()
            .filter(|told| matches!(told.assessment.verdict, Verdict::ByTime(_)))
            .count();
        for sign in told.iter().flat_map(|told| &told.assessment.signs) {
            *by_rule.entry(sign.rule()).or_insert(0) += 1;
        }
        let states = told.iter().filter_map(|told| told.state).map(|state| state.state);
        for state in states.filter(|state| *state != State::Calibrating) {
            n_state += 1;
            n_spike += usize::from(state == State::Spike);
            n_high += usize::from(state == State::High);
        }
    }
    let n_days = N_LIFTERS * usize::from(N_DAYS);
    println!(
        "constant plan, {N_LIFTERS} lifters x {N_DAYS} days: false suggestions on {:.3} % of days ({n_lifters_false} \
         lifters), on {:.3} % of the first 28; {n_by_time} by time; high {:.2} %, spike {:.2} % of days",
        percent(n_false, n_days),
        percent(n_false_first, N_LIFTERS * 28),
        percent(n_high, n_state),
        percent(n_spike, n_state),
    );
    for (rule, n) in by_rule {
        println!("  {rule}: {:.2} % of days", percent(n, n_days));
    }
    assert!(100 * n_false < n_days);
    assert!(100 * n_false_first < N_LIFTERS * 28);
}

#[test]
fn a_leap_of_load_is_seen_within_ten_days() {
    const N_LIFTERS: usize = 100;
    const LEAP: u16 = 84;
    const ASKED: u16 = 50;
    let mut days_until: Vec<u16> = Vec::new();
    for seed in 0..N_LIFTERS {
        let told = live(u64::try_from(seed).expect("small"), ASKED..LEAP + 10, |n| {
            // Three weeks after the easier week that everybody takes after eight weeks.
            Life { load: if n < LEAP { 1.0 } else { 1.7 }, ..USUAL }
        });
        let seen = |n: &u16| {
            let state = told[usize::from(*n - ASKED)].state.map(|state| state.state);
            matches!(state, Some(State::High | State::Spike))
        };
        days_until.extend((LEAP..LEAP + 10).find(seen).map(|n| n - LEAP + 1));
    }
    days_until.sort_unstable();
    println!(
        "+70 % load: seen within 10 days in {:.0} % of {N_LIFTERS} lifters, after {:?} days in half of them",
        percent(days_until.len(), N_LIFTERS),
        days_until.get(days_until.len() / 2),
    );
    assert!(days_until.len() * 100 >= N_LIFTERS * 95, "{} of {N_LIFTERS}", days_until.len());
}

#[test]
fn a_holiday_is_rest() {
    const N_LIFTERS: usize = 100;
    const HOLIDAY: Range<u16> = 45..59;
    let (mut n_returning, mut n_suggested_soon, mut n_suggested) = (0, 0, 0);
    for seed in 0..N_LIFTERS {
        let told = live(u64::try_from(seed).expect("small"), HOLIDAY.start..90, |n| Life {
            away: HOLIDAY.contains(&n),
            ..USUAL
        });
        let back =
            told.iter().skip(HOLIDAY.len()).position(|told| told.trained).expect("came back")
                + HOLIDAY.len();
        n_returning +=
            usize::from(told[back].state.is_some_and(|state| state.state == State::Returning));
        let is_suggested = |told: &Told| {
            matches!(told.assessment.verdict, Verdict::BySigns(_) | Verdict::ByTime(_))
        };
        n_suggested_soon += usize::from(told[7..back + 14].iter().any(is_suggested));
        n_suggested += usize::from(told[back + 14..].iter().any(is_suggested));
    }
    println!(
        "two weeks off: returning in {:.0} % of {N_LIFTERS} lifters; an easier week suggested to {:.0} % until two weeks \
         after, to {:.0} % from then to day 90",
        percent(n_returning, N_LIFTERS),
        percent(n_suggested_soon, N_LIFTERS),
        percent(n_suggested, N_LIFTERS),
    );
    assert_eq!((n_returning, n_suggested_soon), (N_LIFTERS, 0));
}

#[test]
fn somebody_who_is_worn_out_is_seen() {
    const N_LIFTERS: usize = 100;
    let mut n_seen = 0;
    for seed in 0..N_LIFTERS {
        let told = live(u64::try_from(seed).expect("small"), 40..68, |n| {
            let days = f64::from(n.saturating_sub(40));
            Life { strength: 1.0 - 0.005 * days, mood: -0.1 * days.min(15.0), ..USUAL }
        });
        n_seen += usize::from(
            told.iter().any(|told| matches!(told.assessment.verdict, Verdict::BySigns(_))),
        );
    }
    println!(
        "worn out for four weeks: an easier week suggested by signs to {:.0} % of {N_LIFTERS}",
        percent(n_seen, N_LIFTERS)
    );
    assert!(n_seen * 100 >= N_LIFTERS * 80);
}
