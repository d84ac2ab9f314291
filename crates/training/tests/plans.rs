//! Plans for many intakes break no rule, and the same intake gives the same plan.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use training::exercise::{Facts, Kit, Level, Limit, Muscle};
use training::planner::rules::{Rule, violations};
use training::planner::{Intake, Known, Unplannable, plan, workout_secs};
use training::program::{Goal, Program, WeekKind, Weekday};
use units::ExerciseId;

/// A small library, one exercise a line.
fn library() -> Vec<Facts> {
    fn name<T: DeserializeOwned>(text: &str) -> T {
        serde_json::from_value(text.into()).unwrap_or_else(|error| panic!("{text}: {error}"))
    }
    fn names<T: DeserializeOwned>(text: &str) -> Vec<T> {
        if text == "-" { Vec::new() } else { text.split(',').map(name).collect() }
    }
    let lines = include_str!("library.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let [
                id,
                pattern,
                level,
                roles,
                dose,
                rep_secs,
                compound,
                load,
                direct,
                indirect,
                kit,
                limits,
            ] = columns[..]
            else {
                panic!("{line}: {} columns", columns.len())
            };
            Facts {
                id: name(id),
                pattern: name(pattern),
                level: name(level),
                roles: names(roles),
                direct: names(direct),
                indirect: names(indirect),
                kit: names(kit),
                limits: names(limits),
                dose: name(dose),
                rep_secs: rep_secs.parse().expect(rep_secs),
                load: name(load),
                compound: compound == "yes",
                regressions: Vec::new(),
                progressions: Vec::new(),
            }
        })
        .collect()
}

fn usual() -> Intake {
    Intake {
        goal: Goal::GainMass,
        level: Level::Intermediate,
        weekdays: vec![Weekday::Mon, Weekday::Wed, Weekday::Fri],
        minutes: 60,
        kit: Kit::ALL.to_vec(),
        limits: Vec::new(),
        avoid: Vec::new(),
        known: Vec::new(),
        usual: Vec::new(),
        seed: 1,
    }
}

/// `SplitMix64`: intakes of all sorts from one number.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed ^ (mixed >> 31)) % n as u64).expect("small")
    }

    fn some<T: Copy>(&mut self, all: &[T], percent: usize) -> Vec<T> {
        all.iter().copied().filter(|_| self.below(100) < percent).collect()
    }
}

fn intake(seed: u64) -> Intake {
    let mut draws = Draws(seed);
    let n_days = 1 + draws.below(6);
    let mut weekdays = Weekday::ALL.to_vec();
    while weekdays.len() > n_days {
        let which = draws.below(weekdays.len());
        weekdays.remove(which);
    }
    let share = [0, 30, 70, 100][draws.below(4)];
    let limited = [0, 0, 10, 30][draws.below(4)];
    let known = ["barbell_squat", "deadlift", "bench_press", "goblet_squat"];
    let e1rm_g = 20_000 + 1000 * u32::try_from(draws.below(120)).expect("small");
    Intake {
        goal: Goal::ALL[draws.below(Goal::ALL.len())],
        level: Level::ALL[draws.below(Level::ALL.len())],
        weekdays,
        minutes: 15 + 5 * u16::try_from(draws.below(22)).expect("small"),
        kit: draws.some(Kit::ALL, share),
        limits: draws.some(Limit::ALL, limited),
        avoid: draws.some(&["lunge", "plank"], 20).into_iter().map(id).collect(),
        known: draws
            .some(&known, 40)
            .into_iter()
            .map(|exercise| Known {
                exercise: id(exercise),
                e1rm_g,
                last_load_g: (e1rm_g % 2000 == 0).then_some(e1rm_g / 2),
            })
            .collect(),
        usual: draws.some(&[(Muscle::Quads, 12), (Muscle::Chest, 4), (Muscle::Lats, 0)], 20),
        seed,
    }
}

fn id(text: &str) -> ExerciseId {
    serde_json::from_value(text.into()).expect(text)
}

#[test]
fn no_plan_breaks_a_rule() {
    let library = library();
    let mut broken: BTreeMap<Rule, (usize, String)> = BTreeMap::new();
    for seed in 0..3000 {
        let intake = intake(seed);
        let program =
            plan(&intake, &library).expect("walking, circling and breathing are allowed to all");
        for violation in violations(&program, &intake, &library) {
            let example = || (0, format!("seed {seed}: {violation} for {intake:?}"));
            broken.entry(violation.rule).or_insert_with(example).0 += 1;
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_same_intake_gives_the_same_bytes() {
    let library = library();
    let bytes = |seed| {
        let program = plan(&Intake { seed, ..usual() }, &library).expect("a plan");
        serde_json::to_string(&program).expect("plans are JSON")
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8), "the seed chooses among equals");
}

#[test]
fn what_makes_no_sense_is_told() {
    let check = |intake: Intake, expected: Unplannable| {
        assert_eq!(plan(&intake, &library()).expect_err("no plan"), expected);
    };
    let days = Unplannable::Invalid("weekdays", "name 1 to 6 different days");
    check(Intake { weekdays: Vec::new(), ..usual() }, days.clone());
    check(Intake { weekdays: vec![Weekday::Mon, Weekday::Mon], ..usual() }, days.clone());
    check(Intake { weekdays: Weekday::ALL.to_vec(), ..usual() }, days);
    check(Intake { minutes: 5, ..usual() }, Unplannable::Invalid("minutes", "give 15 to 120"));
}

/// A program as a person would read it.
fn text(program: &Program, library: &[Facts]) -> String {
    let mut out = String::new();
    for (n, week) in program.weeks.iter().enumerate() {
        if n > 0 && week.kind == WeekKind::Build {
            continue;
        }
        out += &format!("week {} {}\n", n + 1, week.kind.as_str());
        for workout in &week.workouts {
            let minutes = workout_secs(workout, library) / 60;
            out += &format!("  {} {minutes} min\n", workout.weekday.as_str());
            for item in &workout.items {
                let target = &item.target;
                let rir = target.rir.map_or(String::new(), |rir| format!(" rir {rir}"));
                out += &format!(
                    "    {:<10}{:<22}{} × {}-{} {}{rir} rest {}\n",
                    item.role.as_str(),
                    item.exercise.as_str(),
                    item.n_sets,
                    target.low,
                    target.high,
                    target.dose.as_str(),
                    item.rest_secs
                );
            }
        }
    }
    out
}

#[test]
fn plans_read_well() {
    let library = library();
    let mut all = String::new();
    for goal in Goal::ALL {
        let program = plan(&Intake { goal: *goal, ..usual() }, &library).expect("a plan");
        all += &format!("# {}\n{}", goal.as_str(), text(&program, &library));
    }
    expect_test::expect_file!["plans.expected.txt"].assert_eq(&all);
}
