//! Signs, verdicts and times of easier weeks, one case a line.

use super::*;
use crate::made_up::{day, library, refs, session};

/// The athlete of a test: three sessions a week of squat, bench and deadlift, 420 units each, and a morning answer.
struct Athlete {
    sessions: Vec<Session>,
    check_ins: Vec<CheckIn>,
    asked_on: Option<Date>,
    answered_on: Option<Date>,
}

impl Athlete {
    /// Weeks of training with loads of so many kilograms and sessions of so many minutes; 0 minutes is a week off.
    fn new(weeks: &[(i32, u16)]) -> Self {
        let mut sessions = Vec::new();
        let mut check_ins = Vec::new();
        for (n, (kg, minutes)) in (0..).zip(weeks) {
            let days = [0, 2, 4].into_iter().filter(|_| *minutes > 0);
            sessions.extend(days.map(|day| {
                let text = format!("squat {kg}x5@2 {kg}x5@2; bench {kg}x5@2; deadlift {kg}x5@2");
                let mut session = session(7 * n + day, &text);
                session.srpe_halves = Some(14);
                session.minutes = Some(*minutes);
                session
            }));
            check_ins.extend((0..7).map(|day| morning(7 * n + day, 4)));
        }
        Self { sessions, check_ins, asked_on: None, answered_on: None }
    }

    /// The last four mornings were so, 1..=5.
    fn felt(mut self, answer: u8) -> Self {
        let n = self.check_ins.len() - 4;
        for check_in in &mut self.check_ins[n..] {
            let on = check_in.on;
            *check_in = CheckIn { on, ..morning(0, answer) };
        }
        self
    }

    fn last_week_was_easier(mut self) -> Self {
        let n = self.sessions.len() - 3;
        self.sessions[n..].iter_mut().for_each(|session| session.deload = true);
        self
    }

    fn asked(mut self, n: i64) -> Self {
        self.asked_on = Some(day(n));
        self
    }

    fn answered(mut self, n: i64) -> Self {
        self.answered_on = Some(day(n));
        self
    }
}

fn morning(n: i64, answer: u8) -> CheckIn {
    let answer = Some(answer);
    CheckIn { on: day(n), sleep: answer, soreness: answer, stress: answer, motivation: answer }
}

fn check(athlete: &Athlete, today: i64, expected: &str) {
    let Athlete { sessions, check_ins, asked_on, answered_on } = athlete;
    let history = History {
        sessions: &refs(sessions),
        library: &library(),
        check_ins,
        deloads: &[],
        asked_on: *asked_on,
        answered_on: *answered_on,
    };
    let got = assess(&history, day(today));
    let verdict = match got.verdict {
        Verdict::NotNeeded => "not needed".to_owned(),
        Verdict::BySigns(_) => "by signs".to_owned(),
        Verdict::ByTime(_) => "by time".to_owned(),
        Verdict::CoolingDown { until } => {
            format!("not before day {}", days::between(day(0), until))
        }
        Verdict::Returning => "returning".to_owned(),
    };
    let signs: Vec<String> = got
        .signs
        .iter()
        .map(|sign| match sign {
            Sign::Regression(lifts) => {
                let lifts: Vec<String> =
                    lifts.iter().map(|(id, percent)| format!("{id} {percent:.1}")).collect();
                format!("regression {}", lifts.join(" "))
            }
            Sign::Spike { ratio } => format!("spike {ratio:.2}"),
            Sign::Strain { strain, usual_most } => {
                format!("strain {strain:.0} above {usual_most:.0}")
            }
            Sign::LowReadiness { n_days } => format!("{n_days} bad days"),
            Sign::Asked { on } => format!("asked on day {}", days::between(day(0), *on)),
        })
        .collect();
    assert_eq!(format!("{verdict}: {}", signs.join(", ")), expected);
}

#[test]
fn one_sign_is_none() {
    check(&Athlete::new(&[]), 0, "not needed: ");
    check(&Athlete::new(&[(100, 60); 6]), 41, "not needed: ");
    check(&Athlete::new(&[(100, 60); 6]).asked(40), 41, "not needed: asked on day 40");
    check(&Athlete::new(&[(100, 60); 6]).asked(34), 41, "not needed: ");
    check(&Athlete::new(&[(100, 60); 6]).felt(2), 41, "not needed: 4 bad days");
    let up: Vec<(i32, u16)> = [vec![(100, 60); 5], vec![(100, 110)]].concat();
    check(&Athlete::new(&up), 41, "not needed: spike 1.83");
    let down = [(100, 60), (100, 60), (100, 60), (100, 60), (97, 60), (93, 60)];
    check(&Athlete::new(&down), 41, "not needed: regression bench -1.1 deadlift -1.1 squat -1.1");
}

#[test]
fn two_signs_are_a_suggestion() {
    check(
        &Athlete::new(&[(100, 60); 6]).felt(2).asked(41),
        41,
        "by signs: 4 bad days, asked on day 41",
    );
    let worse = [(100, 60), (100, 60), (100, 60), (100, 60), (97, 60), (93, 110)];
    check(
        &Athlete::new(&worse),
        41,
        "by signs: regression bench -1.1 deadlift -1.1 squat -1.1, spike 1.83",
    );
}

#[test]
fn it_comes_by_time_and_not_too_often() {
    check(&Athlete::new(&[(100, 60); 8]), 55, "not needed: ");
    check(&Athlete::new(&[(100, 60); 9]), 56, "by time: ");
    check(&Athlete::new(&[(100, 60); 9]).answered(56), 57, "not before day 77: ");
    check(
        &Athlete::new(&[(100, 60); 6]).last_week_was_easier().felt(2).asked(41),
        41,
        "not before day 60: 4 bad days, asked on day 41",
    );
    let off: Vec<(i32, u16)> = [vec![(100, 60); 7], vec![(100, 0)], vec![(100, 60); 3]].concat();
    check(&Athlete::new(&off), 76, "not needed: ");
    check(&Athlete::new(&off), 57, "returning: ");
    check(&Athlete::new(&off), 54, "returning: ");
}
