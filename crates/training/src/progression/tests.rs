//! What is decided from sets in numbers. One line is one session: `reps@reserve` of each set, and what was before.

use super::*;
use crate::exercise::{Dose, Kit, Level, LoadKind, Muscle, Pattern, Role};
use crate::load_state::State;
use crate::program::Target;
use crate::session::SetKind;

fn id(name: &str) -> ExerciseId {
    name.to_owned().try_into().expect("an id")
}

fn facts(name: &str, load: LoadKind, kit: &[Kit], pattern: Pattern) -> Facts {
    Facts {
        id: id(name),
        pattern,
        level: Level::Beginner,
        roles: vec![Role::Work],
        direct: vec![Muscle::Quads],
        indirect: Vec::new(),
        kit: kit.to_vec(),
        limits: Vec::new(),
        dose: Dose::Reps,
        rep_secs: 4,
        load,
        compound: true,
        regressions: Vec::new(),
        progressions: Vec::new(),
    }
}

fn library() -> Vec<Facts> {
    let mut squat =
        facts("barbell_squat", LoadKind::Weight, &[Kit::Barbell, Kit::Plates], Pattern::Squat);
    squat.limits = vec![Limit::KneePain];
    squat.regressions = vec![id("goblet_squat"), id("box_squat")];
    let mut goblet = facts("goblet_squat", LoadKind::Weight, &[Kit::Kettlebell], Pattern::Squat);
    goblet.limits = vec![Limit::KneePain];
    let mut incline = facts("incline_push_up", LoadKind::Body, &[], Pattern::PushHorizontal);
    incline.progressions = vec![id("push_up")];
    incline.regressions = vec![id("wall_push_up")];
    let mut plank = facts("plank", LoadKind::Body, &[Kit::Mat], Pattern::Core);
    plank.dose = Dose::Secs;
    plank.progressions = vec![id("hollow_hold")];
    let mut hollow = facts("hollow_hold", LoadKind::Body, &[Kit::Mat], Pattern::Core);
    hollow.dose = Dose::Secs;
    vec![
        squat,
        goblet,
        facts("box_squat", LoadKind::Body, &[], Pattern::Squat),
        facts("bench_press", LoadKind::Weight, &[Kit::Barbell], Pattern::PushHorizontal),
        facts("shoulder_press", LoadKind::Weight, &[Kit::Dumbbells], Pattern::PushVertical),
        facts("leg_press", LoadKind::Weight, &[Kit::LegPress], Pattern::Squat),
        facts("band_row", LoadKind::Band, &[Kit::Band], Pattern::PullHorizontal),
        facts("pull_up", LoadKind::Body, &[Kit::PullUpBar], Pattern::PullVertical),
        incline,
        facts("push_up", LoadKind::Body, &[], Pattern::PushHorizontal),
        facts("wall_push_up", LoadKind::Body, &[], Pattern::PushHorizontal),
        plank,
        hollow,
    ]
}

/// What a line leaves open.
#[derive(Debug, Clone)]
struct Around {
    range: (u16, u16),
    load_g: Option<i32>,
    n_sets: u8,
    before: Vec<Decision>,
    pain: Option<(u8, Limit)>,
    gap_days: Option<u32>,
    deload: bool,
    load: Option<State>,
    loading: Loading,
}

fn usual(low: u16, high: u16, load_kg: Option<f64>) -> Around {
    Around {
        range: (low, high),
        load_g: load_kg.map(grams),
        n_sets: 3,
        before: Vec::new(),
        pain: None,
        gap_days: Some(3),
        deload: false,
        load: None,
        loading: Loading::default(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole grams of small loads")]
fn grams(kg: f64) -> i32 {
    (kg * 1000.0).round() as i32
}

fn set(exercise: &str, n: u128) -> PerformedSet {
    PerformedSet {
        id: uuid::Uuid::from_u128(n),
        exercise: id(exercise),
        place: 0,
        group: None,
        kind: SetKind::Work,
        side: None,
        reps: None,
        load_g: None,
        secs: None,
        meters: None,
        rir_halves: None,
        note: None,
        target: None,
        seen: None,
        done_at_ms: 0,
    }
}

/// `10@2 9@1.5 8`: repetitions, or seconds, and what was left in reserve. An asterisk is a set of as many as possible.
fn sets(exercise: &str, load_g: Option<i32>, timed: bool, told: &str) -> Vec<PerformedSet> {
    let one = |(n, told): (u128, &str)| {
        let kind = if told.ends_with('*') { SetKind::Amrap } else { SetKind::Work };
        let (count, rir) = told.trim_end_matches('*').split_once('@').unwrap_or((told, ""));
        let count: u16 = count.trim_end_matches('*').parse().expect("a count");
        let halves = |rir: &str| {
            let (whole, half) = rir.split_once('.').unwrap_or((rir, "0"));
            2 * whole.parse::<u8>().expect("a reserve") + u8::from(half == "5")
        };
        PerformedSet {
            kind,
            load_g,
            reps: (!timed).then_some(count),
            secs: timed.then_some(u32::from(count)),
            rir_halves: (!rir.is_empty()).then(|| halves(rir)),
            ..set(exercise, n)
        }
    };
    (0..).zip(told.split(' ')).map(one).collect()
}

fn decided(exercise: &str, around: &Around, told: &str) -> Decision {
    let library = library();
    let others: Vec<&Facts> = library.iter().collect();
    let facts = library.iter().find(|facts| facts.id == id(exercise)).expect("known");
    let timed = facts.dose.is_timed();
    let rir = (!timed).then_some(2);
    let target = Target { dose: facts.dose, low: around.range.0, high: around.range.1, rir };
    let input = Input {
        facts,
        loading: &around.loading,
        sets: &sets(exercise, around.load_g, timed, told),
        base: Asked { target, load_g: around.load_g },
        planned_g: None,
        n_sets: around.n_sets,
        before: &around.before,
        pain: around.pain,
        gap_days: around.gap_days,
        deload: around.deload,
        load: around.load,
        others: &others,
    };
    decide(&input).expect("sets that count")
}

/// The rule and what follows: kind, repetitions, load in kilograms, and what is proposed instead.
fn check(exercise: &str, around: &Around, told: &str, expected: &str) -> Decision {
    let decision = decided(exercise, around, told);
    let Decision { kind, rule, next, instead, .. } = &decision;
    let load = next.load_g.map(|g| format!(" {}", f64::from(g) / 1000.0)).unwrap_or_default();
    let instead = instead.as_ref().map(|id| format!(" -> {id}")).unwrap_or_default();
    let Target { low, high, .. } = next.target;
    let got = format!("{} {} {low}-{high}{load}{instead}", rule.as_str(), kind.as_str());
    assert_eq!(got, expected, "{exercise} {told}");
    decision
}

#[test]
fn a_bar_goes_up_by_double_progression() {
    let legs = usual(8, 10, Some(100.0));
    let squat = |told, expected| check("barbell_squat", &legs, told, expected);
    squat("10@2 10@2 10@2", "top_of_range advance 8-10 105");
    squat("10@3 10@2 10@2", "top_of_range advance 8-10 105");
    squat("10 10 10", "top_of_range advance 8-10 105");
    // The hole of the seed: an effort between 8 and 9.
    squat("10@2 10@2 10@1.5", "near_target add_reps 11-11 100");
    squat("10@2 10@2 10@1", "near_target add_reps 11-11 100");
    // Eleven with one less in reserve is worth ten with one more.
    squat("11@1 11@1 11@1", "top_of_range advance 8-10 105");
    squat("10@2 9@2 8@1.5", "in_range add_reps 9-10 100");
    squat("9@1 9@1 9@1", "in_range add_reps 10-10 100");
    squat("9@2 9@1 9@0.5", "too_hard hold 9-10 100");
    squat("10@2 10@1 10@0", "too_hard hold 10-10 100");
    squat("9@2 8@1 7@0", "missed hold 8-10 100");
    squat("10@2 10@2", "incomplete hold 10-10 100");
    squat("10@2 10@2 12@0*", "top_of_range advance 8-10 105");
    let arms = usual(8, 10, Some(60.0));
    check("bench_press", &arms, "10@2 10@2 10@2", "top_of_range advance 8-10 62.5");
    let light = usual(8, 10, Some(40.0));
    check("bench_press", &light, "10@2 10@2 10@2", "step_too_big add_reps 11-11 40");
    check("bench_press", &light, "13@2 13@2 13@2", "big_step advance 8-10 42.5");
    check("bench_press", &light, "10@5 10@5 10@5", "big_step advance 8-10 42.5");
    check("bench_press", &light, "11@4 11@4 11@3.5", "step_too_big add_reps 12-12 40");
    let linear = usual(5, 5, Some(100.0));
    check("barbell_squat", &linear, "5@2 5@2 5@2", "top_of_range advance 5-5 105");
    check("barbell_squat", &linear, "5@2 5@2 4@0", "missed hold 5-5 100");
}

#[test]
fn other_weights_have_their_own_steps() {
    let dumbbells = usual(8, 12, Some(20.0));
    check("shoulder_press", &dumbbells, "12@2 12@2 12@2", "step_too_big add_reps 13-13 20");
    check("shoulder_press", &dumbbells, "15@2 15@2 15@2", "big_step advance 8-12 22");
    let heavy = usual(8, 12, Some(42.0));
    check("shoulder_press", &heavy, "12@2 12@2 12@2", "top_of_range advance 8-12 44");
    // No heavier one is there, and nothing harder either.
    let heaviest = usual(8, 12, Some(50.0));
    check("shoulder_press", &heaviest, "12@2 12@2 12@2", "ladder_more add_reps 13-13 50");
    let machine = usual(8, 12, Some(100.0));
    check("leg_press", &machine, "12@2 12@2 12@2", "top_of_range advance 8-12 105");
    check("leg_press", &usual(8, 12, None), "12@2 12@2 12@2", "load_unknown advance 8-12");
    check("band_row", &usual(12, 15, None), "15@2 15@2 15@3", "stronger_band advance 12-15");
    let belt = usual(5, 8, Some(10.0));
    check("pull_up", &belt, "8@2 8@2 8@2", "top_of_range advance 5-8 12.5");
    let help = usual(5, 8, Some(-20.0));
    check("pull_up", &help, "8@2 8@2 8@2", "top_of_range advance 5-8 -15");
    let pounds = Around {
        loading: Loading::usual(crate::loading::MassUnit::Pound),
        ..usual(8, 10, Some(102.058)) // 225 lb
    };
    check("barbell_squat", &pounds, "10@2 10@2 10@2", "top_of_range advance 8-10 106.596"); // 235 lb
}

#[test]
fn failing_leads_from_holding_to_less_to_something_else() {
    let mut around = usual(8, 10, Some(100.0));
    let fail = "8@0 7@0 6@0";
    let mut step = |load_kg: f64, expected: &str| {
        around.load_g = Some(grams(load_kg));
        let decision = check("barbell_squat", &around, fail, expected);
        around.before.push(decision);
    };
    step(100.0, "missed hold 8-10 100");
    step(100.0, "missed hold 8-10 100");
    step(100.0, "stalled_reduce reduce 8-10 92.5");
    step(92.5, "missed hold 8-10 92.5");
    step(92.5, "missed hold 8-10 92.5");
    step(92.5, "stalled_reduce reduce 8-10 87.5");
    step(87.5, "missed hold 8-10 87.5");
    step(87.5, "missed hold 8-10 87.5");
    step(87.5, "stalled_vary vary 8-10 87.5 -> goblet_squat");
    step(87.5, "missed hold 8-10 87.5");
    // Lifting more than where it was reduced makes that good.
    let mut better = around.clone();
    better.before.truncate(6);
    better.load_g = Some(100_000);
    for (load_kg, told) in [(105.0, "10@2 10@2 10@2"), (105.0, fail), (105.0, fail)] {
        better.load_g = Some(grams(load_kg));
        let decision = decided("barbell_squat", &better, told);
        better.before.push(decision);
    }
    check("barbell_squat", &better, fail, "stalled_reduce reduce 8-10 97.5");
    // What says nothing of how it goes does not break a row of failures.
    let mut twice = usual(8, 12, None);
    for told in ["7@0 7@0 7@0", "10@2 10@2", "7@0 7@0 7@0"] {
        let decision = decided("incline_push_up", &twice, told);
        twice.before.push(decision);
    }
    check("incline_push_up", &twice, "7@0 7@0 7@0", "stalled_reduce reduce 8-12 -> wall_push_up");
}

#[test]
fn a_ladder_is_climbed_when_the_top_was_reached_twice() {
    let mut around = usual(8, 12, None);
    check("incline_push_up", &around, "12 12 12", "ladder_more add_reps 13-13");
    check("incline_push_up", &around, "15 15 15", "ladder_once hold 15-15");
    let once = check("incline_push_up", &around, "12@2 12@2 12@2", "ladder_once hold 12-12");
    around.before.push(once);
    check("incline_push_up", &around, "12@2 12@2 11@2", "in_range add_reps 12-12");
    let up = "ladder_up advance 12-12 -> push_up";
    let decision = check("incline_push_up", &around, "12@2 12@2 12@3", up);
    // Who stays where they are is asked again.
    around.before.push(decision);
    check("incline_push_up", &around, "12@2 12@2 12@3", up);
    let end = usual(8, 12, None);
    check("pull_up", &end, "12@2 12@2 12@2", "ladder_more add_reps 13-13");
    check("pull_up", &end, "30@2 30@2 30@2", "ladder_end hold 30-30");
}

#[test]
fn seconds_grow_before_the_exercise_does() {
    let mut around = usual(20, 20, None);
    check("plank", &around, "20 20 18", "missed hold 20-20");
    check("plank", &around, "20 20 20", "ladder_more add_reps 25-25");
    check("plank", &around, "58 60 60", "ladder_more add_reps 60-60");
    let once = check("plank", &around, "60 60 60", "ladder_once hold 60-60");
    around.before.push(once);
    check("plank", &around, "60 60 60", "ladder_up advance 60-60 -> hollow_hold");
    check("hollow_hold", &around, "70 70 70", "ladder_end hold 60-60");
}

#[test]
fn pain_breaks_and_easier_times_come_first() {
    let top = "10@2 10@2 10@2";
    let plain = usual(8, 10, Some(100.0));
    let with = |change: fn(&mut Around)| {
        let mut around = plain.clone();
        change(&mut around);
        around
    };
    let strong = with(|around| around.pain = Some((4, Limit::KneePain)));
    check("barbell_squat", &strong, top, "pain_swap swap 10-10 100 -> box_squat");
    let mild = with(|around| {
        around.pain = Some((3, Limit::KneePain));
        around.gap_days = Some(30);
        around.deload = true;
    });
    check("barbell_squat", &mild, top, "pain_hold hold 10-10 100");
    let deload = with(|around| around.deload = true);
    check("barbell_squat", &deload, top, "in_deload deload 8-10 100");
    let mut back = with(|around| around.gap_days = Some(15));
    check("barbell_squat", &back, top, "break_kept return_after_break 10-10 100");
    check("barbell_squat", &back, "8@0 7@0 7@0", "break_eased return_after_break 8-10 90");
    back.gap_days = Some(14);
    check("barbell_squat", &back, top, "top_of_range advance 8-10 105");
    // Who came back with a tenth less and failed stays there.
    let mut eased = back.clone();
    eased.before.push(decided("barbell_squat", &plain, "10@2 9@2 8@2"));
    (eased.gap_days, eased.load_g) = (Some(40), Some(90_000));
    check("barbell_squat", &eased, "8@0 7@0 7@0", "break_eased return_after_break 8-10 90");
    for state in [State::Spike, State::Returning] {
        let jump = Around { load: Some(state), ..plain.clone() };
        check("barbell_squat", &jump, top, "load_spike hold 10-10 100");
    }
    let fine = with(|around| around.load = Some(State::High));
    check("barbell_squat", &fine, top, "top_of_range advance 8-10 105");
}

#[test]
fn sets_that_are_no_work_do_not_count() {
    let library = library();
    let mut all = sets("barbell_squat", Some(100_000), false, "10@2 10@2 10@2");
    all.push(PerformedSet { kind: SetKind::WarmUp, ..all[0].clone() });
    let light = PerformedSet { reps: Some(3), load_g: Some(40_000), ..all[0].clone() };
    all.push(PerformedSet { kind: SetKind::WarmUp, ..light.clone() });
    all.push(PerformedSet { kind: SetKind::Drop, ..light });
    let target = Target { dose: Dose::Reps, low: 8, high: 10, rir: Some(2) };
    let mut input = Input {
        facts: &library[0],
        loading: &Loading::default(),
        sets: &all,
        base: Asked { target, load_g: Some(100_000) },
        planned_g: None,
        n_sets: 3,
        before: &[],
        pain: None,
        gap_days: None,
        deload: false,
        load: None,
        others: &[],
    };
    assert_eq!(decide(&input).map(|decision| decision.rule), Some(Rule::TopOfRange));
    input.sets = &all[3..];
    assert_eq!(decide(&input), None);
    // Each side is half a set.
    let side = |side| PerformedSet { side: Some(side), ..all[0].clone() };
    let sides: Vec<_> = (0..3).flat_map(|_| units::Side::BOTH.map(side)).collect();
    input.sets = &sides;
    assert_eq!(decide(&input).map(|decision| decision.rule), Some(Rule::TopOfRange));
    input.sets = &sides[..4];
    assert_eq!(decide(&input).map(|decision| decision.rule), Some(Rule::Incomplete));
}

#[test]
fn whatever_was_done_the_answer_can_be_lifted() {
    let mut seed = 3_u32;
    let mut next = |n: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % n
    };
    let library = library();
    for _ in 0..800 {
        let facts = &library[usize::try_from(next(13)).expect("small")];
        let name = facts.id.as_str();
        let load_kg = [None, Some(20.0), Some(47.5), Some(100.0), Some(-15.0), Some(1000.0)];
        let low = u16::try_from(1 + next(20)).expect("small");
        let high = low + u16::try_from(next(5)).expect("small");
        let mut around = usual(low, high, load_kg[usize::try_from(next(6)).expect("small")]);
        around.deload = next(8) == 0;
        around.gap_days = [None, Some(2), Some(20)][usize::try_from(next(3)).expect("small")];
        around.pain = (next(8) == 0).then_some((5, Limit::KneePain));
        for _ in 0..8 {
            let one = |next: &mut dyn FnMut(u32) -> u32| match next(3) {
                0 => format!("{}", next(40)),
                _ => format!("{}@{}", next(30), next(5)),
            };
            let told = [one(&mut next), one(&mut next), one(&mut next)].join(" ");
            let decision = decided(name, &around, &told);
            let Target { low, high, .. } = decision.next.target;
            assert!(low <= high && low >= around.range.0 && high <= 100, "{decision:?}");
            if let (Some(was), Some(is)) = (around.load_g, decision.next.load_g) {
                let asked_before = around.before.last().and_then(|last| last.next.load_g);
                let gear = crate::loading::Gear::of(facts);
                let lightest = around.loading.at_most(gear, was - 100).is_none();
                let fits = match decision.kind {
                    Kind::Advance if decision.rule != Rule::LadderUp => is > was,
                    Kind::Reduce => is < was || lightest,
                    _ => is <= was.max(asked_before.unwrap_or(was)),
                };
                assert!(fits, "{was} {decision:?}");
            }
            if next(2) == 0 && decision.next.load_g.is_some() {
                around.load_g = decision.next.load_g;
            }
            around.before.push(decision);
        }
    }
}
