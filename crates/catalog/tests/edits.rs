//! Plans changed by hand, on the library that ships: what is asked for happens in every week, what would harm is refused,
//! and taking changes back leads where one came from.

use catalog::Catalog;
use jiff::civil::date;
use training::athlete::{
    Command, Event, NewPlan, Now, Refused, Source, State, decide, first_monday, read, write,
};
use training::edit::{self, Edit, Place};
use training::exercise::{Facts, Kit, Level, Limit};
use training::planner::rules::{Rule, violations};
use training::planner::{Intake, Known, plan};
use training::program::{Goal, Item, Weekday};
use units::ExerciseId;

const TODAY: jiff::civil::Date = date(2026, 11, 21);
const NOW: Now = Now { today: TODAY, ms: 1_795_262_400_000 };

fn library() -> Vec<Facts> {
    let catalog = Catalog::builtin().expect("well-formed");
    catalog.library().iter().map(|entry| entry.facts.clone()).collect()
}

fn id(text: &str) -> ExerciseId {
    serde_json::from_value(text.into()).expect("an id")
}

fn intake() -> Intake {
    Intake {
        goal: Goal::GainMass,
        level: Level::Intermediate,
        weekdays: vec![Weekday::Mon, Weekday::Wed, Weekday::Fri],
        minutes: 60,
        kit: Kit::ALL.to_vec(),
        limits: Vec::new(),
        avoid: Vec::new(),
        known: vec![Known { exercise: id("bench_press"), e1rm_g: 100_000, last_load_g: None }],
        usual: Vec::new(),
        seed: 1,
    }
}

/// Somebody who follows a plan, and its name.
fn somebody(intake: Intake, library: &[Facts]) -> (State, uuid::Uuid) {
    let id = uuid::Uuid::from_u128(7);
    let program = plan(&intake, library).expect("a plan");
    let made = NewPlan {
        id,
        source: Source::Deterministic,
        starts_on: first_monday(TODAY, &intake.weekdays),
        intake,
        constraints: Vec::new(),
        not_understood: Vec::new(),
        remarks: None,
        health_consent: true,
        asked: None,
        program,
    };
    let mut state = State::default();
    follow(&mut state, Command::FollowPlan(Box::new(made)), library).expect("a plan to follow");
    (state, id)
}

/// Decides, writes, reads and takes in, as a server does.
fn follow(state: &mut State, command: Command, library: &[Facts]) -> Result<(), Refused> {
    for event in decide(state, command, library, NOW)? {
        let stored = write(&event);
        let again = read(stored.kind, stored.schema_version, &stored.data).expect("readable");
        assert_eq!(again, event, "what was written is what is read");
        state.evolve(again);
    }
    Ok(())
}

fn items(state: &State, day: Weekday) -> Vec<Vec<Item>> {
    let program = state.plan.as_ref().expect("a plan").program();
    let of_day = |week: &training::program::Week| {
        let workout = week.workouts.iter().find(|workout| workout.weekday == day);
        workout.map_or_else(Vec::new, |workout| workout.items.clone())
    };
    program.weeks.iter().map(of_day).collect()
}

fn work(state: &State, day: Weekday) -> Place {
    use training::exercise::{Dose, Role};
    let first = items(state, day).remove(0);
    let of_it = |item: &&Item| item.role == Role::Work && item.target.dose == Dose::Reps;
    let exercise = first.iter().find(of_it).expect("work").exercise.clone();
    Place { day, exercise }
}

#[test]
fn an_edit_holds_for_every_week_and_can_be_taken_back() {
    let library = library();
    let check = |edit: &dyn Fn(&Place) -> Edit, seen: &dyn Fn(&Item, bool) -> bool| {
        let (mut state, plan) = somebody(intake(), &library);
        let before = state.clone();
        let place = work(&state, Weekday::Mon);
        let edit = edit(&place);
        let wanted = match &edit {
            Edit::Swap(_, to) => to.clone(),
            _ => place.exercise.clone(),
        };
        let command = Command::EditPlan { plan, edit };
        follow(&mut state, command, &library).expect("an edit");
        let weeks = items(&state, Weekday::Mon);
        for (n, items) in weeks.iter().enumerate() {
            let item = items.iter().find(|item| item.exercise == wanted).expect("there");
            assert!(seen(item, n + 1 == weeks.len()), "{item:?} in week {n}");
        }
        follow(&mut state, Command::UndoEdit { plan }, &library).expect("an undo");
        assert_eq!(state, before);
        let again = follow(&mut state, Command::UndoEdit { plan }, &library);
        assert_eq!(again, Err(Refused::NothingToUndo));
    };
    check(&|at| Edit::Sets(at.clone(), 4), &|item, last| item.n_sets == if last { 2 } else { 4 });
    check(&|at| Edit::Target(at.clone(), 5, 7), &|item, _| {
        (item.target.low, item.target.high) == (5, 7)
    });
    check(&|at| Edit::Rest(at.clone(), 150), &|item, _| item.rest_secs == 150);
    check(&|at| Edit::Load(at.clone(), Some(60_000)), &|item, last| {
        item.load_g == Some(if last { 54_000 } else { 60_000 })
    });
    check(&|at| Edit::Swap(at.clone(), id("goblet_squat")), &|item, _| item.n_sets > 0);
    check(&|at| Edit::Move(at.clone(), None), &|item, _| item.n_sets > 0);
}

#[test]
fn what_would_harm_or_makes_no_sense_is_refused() {
    let library = library();
    let mut limited = intake();
    limited.limits = vec![Limit::KneePain];
    limited.kit.retain(|&kit| kit != Kit::Barbell);
    let (state, plan) = somebody(limited, &library);
    let place = work(&state, Weekday::Mon);
    let elsewhere = Place { day: Weekday::Sun, ..place.clone() };
    let check = |edit: Edit, part: &str| {
        let refused = decide(&state, Command::EditPlan { plan, edit }, &library, NOW);
        let refused = refused.expect_err(part).to_string();
        assert!(refused.contains(part), "{refused}");
    };
    check(Edit::Swap(place.clone(), id("bench_press")), "barbell");
    check(Edit::Swap(place.clone(), id("lunge")), "knee_pain");
    check(Edit::Swap(place.clone(), id("flying")), "there is no exercise");
    check(Edit::Sets(place.clone(), 9), "out of range");
    check(Edit::Sets(place.clone(), 0), "out of range");
    check(Edit::Target(place.clone(), 1, 1), "maximal");
    check(Edit::Target(place.clone(), 12, 8), "out of range");
    check(Edit::Rest(place.clone(), 900), "s of rest");
    check(Edit::Add(place), "comes twice");
    check(Edit::Remove(elsewhere), "on sun");
    check(Edit::MoveDay(Weekday::Tue, Weekday::Wed), "nothing is planned on tue");
    let other = uuid::Uuid::from_u128(8);
    let refused = decide(&state, Command::UndoEdit { plan: other }, &library, NOW);
    assert_eq!(refused, Err(Refused::NotThisPlan));
}

#[test]
fn what_only_makes_a_plan_less_good_is_told() {
    let library = library();
    let (mut state, plan) = somebody(intake(), &library);
    assert!(edit::warnings(state.plan.as_ref().expect("a plan"), &library).is_empty());
    let edit = Edit::MoveDay(Weekday::Wed, Weekday::Tue);
    follow(&mut state, Command::EditPlan { plan, edit }, &library).expect("an edit");
    let followed = state.plan.as_ref().expect("a plan");
    let weeks = followed.program().weeks;
    let days: Vec<Weekday> = weeks[0].workouts.iter().map(|workout| workout.weekday).collect();
    assert_eq!(days, [Weekday::Mon, Weekday::Tue, Weekday::Fri]);
    let rules: Vec<Rule> =
        edit::warnings(followed, &library).iter().map(|warning| warning.rule).collect();
    assert!(rules.contains(&Rule::Recovery) && !rules.contains(&Rule::Days), "{rules:?}");
}

#[test]
fn alternatives_train_the_same_and_may_all_be_taken() {
    let library = library();
    let (state, plan) = somebody(intake(), &library);
    let followed = state.plan.as_ref().expect("a plan");
    for day in [Weekday::Mon, Weekday::Wed, Weekday::Fri] {
        for item in &items(&state, day)[0] {
            let place = Place { day, exercise: item.exercise.clone() };
            let found = edit::alternatives(followed, &place, &library).expect("a place");
            assert!(!found.is_empty(), "nothing instead of {}", place.exercise.as_str());
            for alternative in found {
                let edit = Edit::Swap(place.clone(), alternative.facts.id.clone());
                let events = decide(&state, Command::EditPlan { plan, edit }, &library, NOW);
                let events = events.expect("an edit");
                assert!(matches!(&events[..], [Event::PlanEdited { .. }]));
            }
        }
    }
}

#[test]
fn a_load_goes_along_between_a_bar_and_dumbbells() {
    let library = library();
    let bench = library.iter().find(|facts| facts.id == id("bench_press")).expect("a bench press");
    let (mut state, plan) = somebody(intake(), &library);
    let place = work(&state, Weekday::Mon);
    let steps = [
        Edit::Remove(place.clone()),
        Edit::Add(Place { day: Weekday::Mon, exercise: bench.id.clone() }),
        Edit::Load(Place { day: Weekday::Mon, exercise: bench.id.clone() }, Some(50_000)),
        Edit::Swap(
            Place { day: Weekday::Mon, exercise: bench.id.clone() },
            id("dumbbell_bench_press"),
        ),
    ];
    for edit in steps {
        let already = matches!(&edit, Edit::Add(at) if items(&state, at.day)[0].iter().any(|item| item.exercise == at.exercise));
        if !already {
            follow(&mut state, Command::EditPlan { plan, edit }, &library).expect("an edit");
        }
    }
    let item = items(&state, Weekday::Mon)[0]
        .iter()
        .find(|item| item.exercise == id("dumbbell_bench_press"))
        .cloned();
    assert_eq!(item.expect("there").load_g, Some(20_000));
}

/// A thousand steps of somebody who cannot decide: nothing unsafe ever stands in the plan.
#[test]
fn whatever_is_changed_stays_safe() {
    let library = library();
    let mut seed = 3_u64;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % n as u64).expect("small")
    };
    let (mut state, plan) = somebody(intake(), &library);
    let mut accepted = 0;
    for _ in 0..1000 {
        let day = Weekday::ALL[below(7)];
        let here = items(&state, day).remove(0);
        let exercise = match here.len() {
            0 => library[below(library.len())].id.clone(),
            n => here[below(n)].exercise.clone(),
        };
        let place = Place { day, exercise };
        let other = library[below(library.len())].id.clone();
        let number = u16::try_from(below(40)).expect("small");
        let command = match below(10) {
            0 => Edit::Swap(place, other),
            1 => Edit::Sets(place, u8::try_from(below(9)).expect("small")),
            2 => Edit::Target(place, number, number + u16::try_from(below(5)).expect("small")),
            3 => Edit::Load(place, Some(u32::from(number) * 1000)),
            4 => Edit::Rest(place, number * 10),
            5 => Edit::Remove(place),
            6 => Edit::Add(Place { day, exercise: other }),
            7 => Edit::Move(place, here.first().map(|item| item.exercise.clone())),
            8 => Edit::MoveDay(day, Weekday::ALL[below(7)]),
            _ => {
                drop(follow(&mut state, Command::UndoEdit { plan }, &library));
                continue;
            }
        };
        let edit = Command::EditPlan { plan, edit: command };
        accepted += usize::from(follow(&mut state, edit, &library).is_ok());
        let followed = state.plan.as_ref().expect("a plan");
        let firm = violations(&followed.program(), &followed.intake(), &library).into_iter().find(
            |violation| {
                matches!(
                    violation.rule,
                    Rule::Exists | Rule::Kit | Rule::Limits | Rule::Ranges | Rule::Rest | Rule::Fit
                )
            },
        );
        assert_eq!(firm, None);
    }
    assert!(accepted > 200, "{accepted} of 1000 were accepted");
}
