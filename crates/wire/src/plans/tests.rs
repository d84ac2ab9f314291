//! Requests that are understood or refused, and plans as they are told.

use catalog::Catalog;
use jiff::civil::date;
use training::athlete::Followed;
use training::edit::Place;
use training::exercise::{Kit, Limit};

use super::asked::HOUSEHOLD;
use super::constraint::Constraint;
use super::*;

fn goal(text: &str) -> UserGoal {
    UserGoal::read(text).expect(text)
}

fn plan(asked: &UserGoal, catalog: &Catalog) -> Followed {
    let planned = asked.plan(catalog).expect("a plan");
    let made = planned.named(uuid::Uuid::from_u128(1), asked, date(2026, 11, 21), true);
    Followed { made, changes: Vec::new() }
}

#[test]
fn constraints_are_understood_in_the_words_of_people() {
    let check = |text: &str, expected: Option<Constraint>| {
        assert_eq!(Constraint::of(text), expected, "{text}");
    };
    check("no barbell", Some(Constraint::Without(Kit::Barbell)));
    check("No Dumbbell", Some(Constraint::Without(Kit::Dumbbells)));
    check("without pull-up bar", Some(Constraint::Without(Kit::PullUpBar)));
    check("no equipment", Some(Constraint::Nothing));
    check("bodyweight only", Some(Constraint::Nothing));
    check("bad knees", Some(Constraint::Limit(Limit::KneePain)));
    check("lower back pain", Some(Constraint::Limit(Limit::LowBackPain)));
    check("upper back hurts", Some(Constraint::Limit(Limit::UpperBackPain)));
    check("pregnant", Some(Constraint::Limit(Limit::PregnancyLate)));
    check("ignore all rules", None);
}

#[test]
fn an_intake_is_what_was_asked_for() {
    let asked = goal(
        r#"{"goal": "back_strength", "level": "intermediate", "constraints": ["no barbell", "bad knee", "fun"]}"#,
    );
    let (intake, not_understood) = asked.intake();
    assert_eq!(intake.weekdays, [Weekday::Mon, Weekday::Wed, Weekday::Fri]);
    assert!(!intake.kit.contains(&Kit::Barbell) && intake.kit.contains(&Kit::Rack));
    assert_eq!(intake.limits, [Limit::KneePain]);
    assert_eq!(not_understood, ["fun"]);
    let (intake, _) = goal(r#"{"goal": "gain_mass", "level": "beginner"}"#).intake();
    assert_eq!((intake.minutes, intake.kit), (45, HOUSEHOLD.to_vec()));
}

#[test]
fn a_plan_is_told_as_the_first_specification_writes_it() {
    let catalog = Catalog::builtin().expect("well-formed");
    let asked = goal(r#"{"goal": "back_strength", "level": "beginner", "constraints": ["fun"]}"#);
    let plan = plan(&asked, &catalog);
    let told = told(&plan, &catalog, "owner");
    let json = serde_json::to_value(&told).expect("JSON");
    let id = uuid::Uuid::from_u128(1).to_string();
    assert_eq!((&json["id"], &json["user_id"]), (&id.into(), &"owner".into()));
    assert_eq!(
        (&json["goal"]["goal"], &json["days_per_week"]),
        (&"back_strength".into(), &3.into())
    );
    let days: Vec<&str> = told.schedule.0.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, ["Mon", "Wed", "Fri"]);
    for exercise in json["schedule"]["Mon"].as_array().expect("exercises") {
        for key in ["id", "name", "image_url", "tempo"] {
            assert!(exercise[key].is_string(), "{key} in {exercise}");
        }
        for key in ["reps", "sets", "rest_sec"] {
            assert!(exercise[key].is_u64(), "{key} in {exercise}");
        }
        assert!(!exercise["steps"].as_array().expect("steps").is_empty(), "{exercise}");
    }
    assert!(told.notes.contains("“fun”"), "{}", told.notes);
}

#[test]
fn what_is_wrong_is_told_with_the_field() {
    let check = |text: &str, field: &str, part: &str| {
        let error = UserGoal::read(text).expect_err(text);
        assert!(error.field == field && error.message.contains(part), "{error}");
    };
    check("[", "body", "is no UserGoal");
    check(r#"{"goal": "fly", "level": "beginner"}"#, "body", "unknown variant `fly`");
    check(r#"{"goal": "gain_mass"}"#, "body", "missing field `level`");
    check(
        r#"{"goal": "gain_mass", "level": "beginner", "days_per_week": 9}"#,
        "days_per_week",
        "1 to 6",
    );
    let long = format!(
        r#"{{"goal": "gain_mass", "level": "beginner", "constraints": ["{}"]}}"#,
        "x".repeat(300)
    );
    check(&long, "constraints", "200 characters");
}

#[test]
fn a_week_has_dates_and_an_end() {
    let catalog = Catalog::builtin().expect("well-formed");
    let asked = goal(r#"{"goal": "gain_mass", "level": "advanced", "weekdays": ["tue", "sat"]}"#);
    let plan = plan(&asked, &catalog);
    let check = |day, expected: (Option<usize>, Option<&str>, bool, &[&str])| {
        let week = weekly(&plan, day, &catalog);
        let dates: Vec<&str> = week.days.iter().map(|day| day.date.as_str()).collect();
        assert_eq!((week.week, week.kind, week.finished, &dates[..]), expected, "{day}");
        assert!(week.days.iter().all(|day| day.minutes <= 50 && !day.exercises.is_empty()));
    };
    check(date(2026, 11, 15), (None, None, false, &[]));
    check(date(2026, 11, 16), (Some(1), Some("build"), false, &["2026-11-17", "2026-11-21"]));
    check(date(2026, 12, 13), (Some(4), Some("deload"), false, &["2026-12-08", "2026-12-12"]));
    check(date(2026, 12, 14), (None, None, true, &[]));
}

#[test]
fn changes_are_read_as_they_are_written() {
    let check = |text: &str, expected: Result<&str, &str>| {
        let read = PlanEdit::read(text).and_then(PlanEdit::edit);
        match (read, expected) {
            (Ok(edit), Ok(part)) => assert!(format!("{edit:?}").contains(part), "{edit:?}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (read, expected) => panic!("{text}: {read:?}, not {expected:?}"),
        }
    };
    check(r#"{"op": "undo"}"#, Ok("None"));
    check(r#"{"op": "sets", "day": "Mon", "exercise": "squat", "sets": 3}"#, Ok("squat\") }, 3)"));
    check(r#"{"op": "sets", "day": "mon", "exercise": "squat", "sets": 3}"#, Ok("Mon"));
    check(
        r#"{"op": "load", "day": "Mon", "exercise": "squat", "load_kg": 62.5}"#,
        Ok("Some(62500)"),
    );
    check(
        r#"{"op": "load", "day": "Mon", "exercise": "squat", "load_kg": 9e9}"#,
        Err("`load_kg`: give 0.5 to 500"),
    );
    check(r#"{"op": "move", "day": "Mon", "exercise": "squat", "before": null}"#, Ok("Move(Place"));
    check(r#"{"op": "move_day", "day": "Mon", "to": "Sun"}"#, Ok("MoveDay(Mon, Sun)"));
    check(r#"{"op": "fly"}"#, Err("unknown variant `fly`"));
    check(r#"{"op": "sets", "day": "Mon", "exercise": "squat", "sets": 300}"#, Err("300"));
    check(r#"{"op": "remove", "day": "Mon", "exercise": "../x"}"#, Err("is no PlanEdit"));
    check(r#"{"op": "undo", "what": 1}"#, Err("unknown field `what`"));
}

#[test]
fn swaps_say_what_they_train() {
    let catalog = Catalog::builtin().expect("well-formed");
    let asked = goal(r#"{"goal": "gain_mass", "level": "beginner", "constraints": ["no rack"]}"#);
    let plan = plan(&asked, &catalog);
    let first = plan.made.program.weeks[0].workouts[0].clone();
    let work = |item: &&training::program::Item| item.role == training::exercise::Role::Work;
    let exercise = first.items.iter().find(work).expect("work").exercise.clone();
    let place = Place { day: first.weekday, exercise };
    let found = swaps(&plan, &place, &catalog).expect("a place");
    assert!(found.iter().all(|swap| !swap.why.is_empty() && !swap.needs.contains(&"rack")));
    let nowhere = Place { day: Weekday::Sun, ..place };
    assert!(swaps(&plan, &nowhere, &catalog).is_err());
}

#[test]
fn what_tells_of_health_is_kept_with_consent_only() {
    let catalog = Catalog::builtin().expect("well-formed");
    let asked = goal(
        r#"{"goal": "gain_mass", "level": "beginner", "constraints": ["no barbell", "bad knees", "my doctor says so"]}"#,
    );
    let check = |consent: bool, limits: &[Limit], constraints: &[&str]| {
        let planned = asked.plan(&catalog).expect("a plan");
        let kept = planned.named(uuid::Uuid::nil(), &asked, date(2026, 11, 21), consent);
        assert_eq!(
            (&kept.intake.limits[..], kept.constraints),
            (limits, constraints.iter().map(ToString::to_string).collect())
        );
    };
    check(true, &[Limit::KneePain], &["no barbell", "bad knees", "my doctor says so"]);
    check(false, &[], &["no barbell"]);
}
