//! People follow plans from the library that ships for half a year, with a strength that nobody tells the program. Their
//! loads must find it, go up with it, never be more than can be made or lifted, and say why each time.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use jiff::civil::{Date, date};
use training::athlete::{
    Command, Completed, NewPlan, Now, Source, Started, State, date_in, decide,
};
use training::copilot::next_set;
use training::exercise::{Facts, Kit, Level, LoadKind, Role};
use training::loading::Gear;
use training::planner::{Intake, plan};
use training::program::{Goal, WeekKind, Weekday};
use training::progression::{Kind, today};
use training::session::{FromPlan, PerformedSet, SessionId, SetKind};
use training::strength;
use units::ExerciseId;

const MONDAY: Date = date(2026, 1, 5);

fn library() -> Vec<Facts> {
    let catalog = Catalog::builtin().expect("well-formed");
    catalog.library().iter().map(|entry| entry.facts.clone()).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "float to int casts saturate")]
fn whole(value: f64) -> i32 {
    value as i32
}

/// Somebody with a strength of their own: a one-repetition maximum that is the same for every lift but grows.
struct Somebody {
    state: State,
    library: Vec<Facts>,
    e1rm_g: f64,
    n_done: u128,
    /// What each decision did, by exercise.
    loads: BTreeMap<ExerciseId, Vec<i32>>,
    kinds: BTreeSet<Kind>,
}

impl Somebody {
    fn act(&mut self, command: Command, on: Date) {
        let ms = i64::from((on - date(1970, 1, 1)).get_days()) * 86_400_000 + 64_800_000;
        let now = Now { today: on, ms };
        for event in decide(&self.state, command, &self.library, now).expect("happens") {
            self.state.evolve(event);
        }
    }

    fn new_id(&mut self) -> uuid::Uuid {
        self.n_done += 1;
        uuid::Uuid::from_u128(self.n_done)
    }

    /// So many repetitions until nothing goes any more.
    fn most_reps(&self, load_g: i32) -> u16 {
        let fits = |&n: &u16| {
            strength::factor(f64::from(n)).is_some_and(|f| f * f64::from(load_g) <= self.e1rm_g)
        };
        // Beyond twelve, where nothing is certain, Epley's line.
        let times = self.e1rm_g / f64::from(load_g);
        match times > 1.42 {
            true => u16::try_from(whole(30.0 * (times - 1.0))).unwrap_or(40).min(40),
            false => (1..=12).rfind(fits).unwrap_or(0),
        }
    }

    /// A block of a plan, week by week.
    fn follow(&mut self, intake: &Intake, starts_on: Date) -> Date {
        let id = self.new_id();
        let program = plan(intake, &self.library).expect("a plan");
        let made = NewPlan {
            id,
            source: Source::Deterministic,
            starts_on,
            intake: intake.clone(),
            constraints: Vec::new(),
            not_understood: Vec::new(),
            remarks: None,
            health_consent: true,
            asked: None,
            program: program.clone(),
        };
        self.act(Command::FollowPlan(Box::new(made)), starts_on);
        let mut monday = starts_on;
        for (week, planned) in (0..).zip(&program.weeks) {
            for workout in &planned.workouts {
                let from = FromPlan { plan: id, week, weekday: workout.weekday };
                let on = date_in(monday, workout.weekday);
                let session = self.new_id();
                let started_at_ms = i64::from((on - date(1970, 1, 1)).get_days()) * 86_400_000;
                self.act(
                    Command::StartSession(Started {
                        id: session,
                        on,
                        started_at_ms,
                        title: String::new(),
                        from_plan: Some(from),
                        deload: planned.kind == WeekKind::Deload,
                    }),
                    on,
                );
                for item in workout.items.iter().filter(|item| item.role == Role::Work) {
                    self.lift(session, item, planned.kind, on);
                }
                let ended = Completed {
                    session,
                    ended_at_ms: started_at_ms + 3_600_000,
                    srpe_halves: Some(14),
                    minutes: Some(60),
                    note: None,
                };
                self.act(Command::CompleteSession(ended), on);
                self.check(session, planned.kind);
            }
            self.e1rm_g *= 1.004;
            monday = monday.saturating_add(jiff::Span::new().days(7));
        }
        monday
    }

    fn lift(
        &mut self,
        session: SessionId,
        item: &training::program::Item,
        week: WeekKind,
        on: Date,
    ) {
        let facts = self.library.iter().find(|facts| facts.id == item.exercise).expect("known");
        let facts = facts.clone();
        let ask = today(&self.state, item, week, &facts, on);
        let (mut asked, n_sets) = (ask.asked, ask.n_sets);
        let gear = Gear::of(&facts);
        if facts.load == LoadKind::Weight && asked.load_g.is_none() {
            // The first time everybody begins light.
            asked.load_g = self.state.loading.at_most(gear, whole(self.e1rm_g / 2.0));
        }
        let (mut load_g, target) = (asked.load_g, asked.target);
        let mut sets: Vec<PerformedSet> = Vec::new();
        for nth in 0..n_sets {
            let rir = target.rir.map(u16::from);
            let (reps, left) = match load_g.filter(|_| facts.load == LoadKind::Weight) {
                Some(load_g) => {
                    let most = self.most_reps(load_g);
                    let reps = most.saturating_sub(rir.unwrap_or(0)).clamp(1, target.high);
                    (reps.min(most), most.saturating_sub(reps))
                }
                None => (target.high, rir.unwrap_or(0)),
            };
            let timed = target.dose.is_timed();
            let set = PerformedSet {
                id: self.new_id(),
                exercise: item.exercise.clone(),
                place: 0,
                group: None,
                kind: SetKind::Work,
                side: None,
                reps: (!timed).then_some(reps),
                load_g,
                secs: timed.then_some(u32::from(target.high)),
                meters: None,
                rir_halves: (!timed).then_some(u8::try_from(2 * left.min(10)).expect("small")),
                note: None,
                target: Some(asked),
                seen: None,
                done_at_ms: i64::from((on - date(1970, 1, 1)).get_days()) * 86_400_000
                    + 60_000 * i64::from(nth),
            };
            self.act(Command::LogSet { session, set: Box::new(set.clone()) }, on);
            sets.push(set);
            let next = next_set(&facts, None, &sets, Some(asked), &self.state.loading);
            let next = next.expect("something is asked for");
            assert!(next.reps > 0 && !next.why.is_empty());
            if let (Some(last), Some(next)) = (load_g, next.load_g) {
                assert!(last == next || 10 * last.abs_diff(next) <= last.unsigned_abs() + 200);
            }
            load_g = load_g.and(next.load_g);
        }
    }

    /// What was decided after a session can be made, has reasons, and is nothing in an easier week.
    fn check(&mut self, session: SessionId, week: WeekKind) {
        let all = self.state.progress.values().flatten().filter(|one| one.session == session);
        for one in all {
            assert_eq!(week, WeekKind::Build, "{one:?}");
            let decision = &one.decision;
            let facts = self.library.iter().find(|facts| facts.id == decision.exercise);
            let facts = facts.expect("known");
            assert!(decision.why.len() >= 2, "{decision:?}");
            if let (Some(load_g), LoadKind::Weight) = (decision.next.load_g, facts.load) {
                let gear = Gear::of(facts);
                assert_eq!(self.state.loading.nearest(gear, load_g), Some(load_g), "{decision:?}");
                self.loads.entry(facts.id.clone()).or_default().push(load_g);
            }
            self.kinds.insert(decision.kind);
        }
    }
}

#[test]
fn loads_find_a_strength_and_go_up_with_it() {
    for (level, e1rm_g) in [
        (Level::Beginner, 50_000.0),
        (Level::Intermediate, 100_000.0),
        (Level::Advanced, 160_000.0),
    ] {
        let intake = Intake {
            goal: Goal::GainMass,
            level,
            weekdays: vec![Weekday::Mon, Weekday::Wed, Weekday::Fri],
            minutes: 60,
            kit: Kit::ALL.to_vec(),
            limits: Vec::new(),
            avoid: Vec::new(),
            known: Vec::new(),
            usual: Vec::new(),
            seed: 1,
        };
        let mut one = Somebody {
            state: State::default(),
            library: library(),
            e1rm_g,
            n_done: 0,
            loads: BTreeMap::new(),
            kinds: BTreeSet::new(),
        };
        let mut monday = MONDAY;
        for _ in 0..5 {
            monday = one.follow(&intake, monday);
        }
        assert!(one.kinds.contains(&Kind::Advance) && one.kinds.contains(&Kind::AddReps));
        assert!(!one.loads.is_empty());
        for (exercise, loads) in &one.loads {
            let facts = one.library.iter().find(|facts| facts.id == *exercise).expect("known");
            let heaviest = one.state.loading.at_most(Gear::of(facts), 1_000_000).expect("a weight");
            let last = f64::from(loads[loads.len() - 1]);
            // Fifteen repetitions to failure are as many as anybody plans for, six as few.
            let (least, most) = (one.e1rm_g / 1.7, one.e1rm_g / 1.2);
            let found = last >= least.min(f64::from(heaviest)) && last <= most;
            assert!(found, "{exercise}: {loads:?} of {}", one.e1rm_g);
        }
    }
}
