//! The numbers of a set by goal, level and kind of exercise, and how they move over the weeks of a block.

use crate::exercise::{Dose, Facts, Level, LoadKind, Muscle, Pattern, Role};
use crate::planner::{Intake, Known, Why};
use crate::program::{Goal, Item, Target, Week, WeekKind, Workout};

/// Sets of one exercise at first, and at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dosage {
    pub(super) n_sets: u8,
    pub(super) most_sets: u8,
    pub(super) target: Target,
    pub(super) rest_secs: u16,
}

/// Repetitions left in reserve in the first week of a block.
const FIRST_RIR: u8 = 3;

/// A repetition that takes this long or longer is slow on purpose.
const SLOW_SECS: u8 = 6;

/// What a set of an exercise asks for.
///
/// Ranges: strength with six to ten, muscle with eight to fifteen, endurance with ten to fifteen repetitions; rests of
/// two minutes after heavy compound sets, one after small ones (ACSM position stand, 2026).
pub(super) fn dosage(intake: &Intake, facts: &Facts, role: Role) -> Dosage {
    let timed = |secs: u16, n_sets, most_sets, rest_secs| Dosage {
        n_sets,
        most_sets,
        target: Target { dose: facts.dose, low: secs, high: secs, rir: None },
        rest_secs,
    };
    let counted = |(low, high): (u16, u16), n_sets, most_sets, rest_secs, rir| Dosage {
        n_sets,
        most_sets,
        target: Target { dose: facts.dose, low, high, rir: Some(rir) },
        rest_secs,
    };
    let one_side = if facts.dose.is_per_side() { 2 } else { 1 };
    if role != Role::Work {
        return match facts.dose {
            Dose::Secs | Dose::SecsPerSide => timed(40 / one_side + 10, 1, 2, 10),
            Dose::Reps | Dose::RepsPerSide => counted((8, 10), 1, 2, 10, 5),
        };
    }
    let beginner = intake.level == Level::Beginner;
    if facts.dose.is_timed() {
        let secs = match intake.level {
            Level::Beginner => 20,
            Level::Intermediate => 30,
            Level::Advanced => 40,
        };
        return match facts.pattern {
            Pattern::Steady => timed(300, 1, 1, 0),
            Pattern::Conditioning => timed(secs, 4, 6, 30),
            _ => timed(secs, 3, 4, 45),
        };
    }
    if facts.pattern == Pattern::Neck {
        return counted((10, 15), 2, 4, 60, FIRST_RIR);
    }
    let heavy = facts.compound && facts.load == LoadKind::Weight;
    let range = match (intake.goal, facts.load, heavy) {
        // Lowering oneself for five seconds is a long set after five of them.
        _ if facts.compound && facts.rep_secs >= SLOW_SECS => (3, 5),
        (_, LoadKind::Body, _) => (8, 12),
        (Goal::BackStrength, _, true) if !beginner => (6, 8),
        (Goal::GainMass, _, true) if !beginner => (6, 10),
        (Goal::BackStrength | Goal::GainMass, _, true) => (8, 10),
        (Goal::LoseWeight, ..) | (_, LoadKind::Band, _) => (12, 15),
        (Goal::NeckStrength | Goal::BackStrength | Goal::GainMass, ..) => (10, 12),
    };
    let rest_secs = match (intake.goal, facts.compound, heavy) {
        (Goal::LoseWeight, true, _) => 60,
        (Goal::LoseWeight, false, _) => 45,
        (_, _, true) => 120,
        (_, true, false) => 90,
        (_, false, _) => 60,
    };
    counted(range, if beginner { 2 } else { 3 }, 5, rest_secs, FIRST_RIR)
}

/// An exercise that somebody chose, with the numbers that suit it in a week of a block, counted from 1.
pub(crate) fn chosen(
    intake: &Intake,
    facts: &Facts,
    role: Role,
    n_sets: Option<u8>,
    rir: Option<u8>,
    week: u8,
) -> Item {
    let Dosage { n_sets: usual, target, rest_secs, .. } = dosage(intake, facts, role);
    let item = Item {
        exercise: facts.id.clone(),
        role,
        n_sets: n_sets.unwrap_or(usual),
        target,
        rest_secs,
        load_g: None,
        why: vec![
            Why::Chosen,
            Why::Range { low: target.low, high: target.high },
            Why::Rest { secs: rest_secs },
        ],
    };
    let rir = target.rir.map(|usual| rir.unwrap_or(usual));
    with_reserve(intake, &item, rir, week)
}

/// Sets that one muscle should get in a week, in half sets: what works for most, not a law (Pelland 2024).
pub(super) fn aim_half_sets(intake: &Intake, muscle: Muscle) -> u16 {
    let big = match intake.level {
        Level::Beginner => 16,
        Level::Intermediate => 22,
        Level::Advanced => 28,
    };
    if serves(intake.goal, muscle) {
        return if neck(muscle) { big.min(16) } else { big };
    }
    match muscle {
        Muscle::Chest
        | Muscle::Lats
        | Muscle::UpperBack
        | Muscle::Quads
        | Muscle::Hamstrings
        | Muscle::Glutes => 3 * big / 4,
        Muscle::SideDelts
        | Muscle::RearDelts
        | Muscle::Biceps
        | Muscle::Triceps
        | Muscle::Abs
        | Muscle::LowerBack => big / 2,
        // The neck is for those who ask for it.
        muscle if neck(muscle) => 0,
        _ => 4,
    }
}

/// Whether a goal is about a muscle.
pub(super) fn serves(goal: Goal, muscle: Muscle) -> bool {
    match goal {
        Goal::LoseWeight => matches!(muscle, Muscle::Quads | Muscle::Glutes | Muscle::UpperBack),
        Goal::BackStrength => {
            matches!(muscle, Muscle::LowerBack | Muscle::UpperBack | Muscle::Lats)
        }
        Goal::NeckStrength => neck(muscle),
        Goal::GainMass => matches!(
            muscle,
            Muscle::Chest
                | Muscle::Lats
                | Muscle::UpperBack
                | Muscle::Quads
                | Muscle::Hamstrings
                | Muscle::Glutes
        ),
    }
}

fn neck(muscle: Muscle) -> bool {
    matches!(muscle, Muscle::NeckFlexors | Muscle::NeckExtensors)
}

/// The weeks of a block: the same exercises, ever fewer repetitions in reserve, then an easier week.
pub(super) fn block(intake: &Intake, first: &[Workout]) -> Vec<Week> {
    let (n_build, least_rir) = match intake.level {
        Level::Beginner => (5, 2),
        Level::Intermediate => (4, 1),
        Level::Advanced => (3, 1),
    };
    let mut weeks: Vec<Week> = (0..n_build)
        .map(|week| {
            let eased = |item: &Item| {
                let rir = item.target.rir.filter(|_| item.role == Role::Work);
                let rir = rir.map(|rir| rir.saturating_sub(week).max(least_rir));
                with_reserve(intake, item, rir.or(item.target.rir), week + 1)
            };
            Week { kind: WeekKind::Build, workouts: each_item(first, eased) }
        })
        .collect();
    let easier = |item: &Item| {
        if item.role != Role::Work {
            return item.clone();
        }
        let rir = item.target.rir.map(|_| FIRST_RIR + 1);
        let mut easy = with_reserve(intake, item, rir, n_build + 1);
        easy.n_sets = item.n_sets.div_ceil(2);
        easy.load_g = easy.load_g.map(|load_g| in_steps(load_g / 10 * 9));
        easy.why.push(Why::Easier);
        easy
    };
    weeks.push(Week { kind: WeekKind::Deload, workouts: each_item(first, easier) });
    weeks
}

fn each_item(workouts: &[Workout], change: impl Fn(&Item) -> Item) -> Vec<Workout> {
    let one = |workout: &Workout| Workout {
        weekday: workout.weekday,
        items: workout.items.iter().map(&change).collect(),
    };
    workouts.iter().map(one).collect()
}

/// The item with so much left in reserve, its load and its reasons with it.
fn with_reserve(intake: &Intake, item: &Item, rir: Option<u8>, week: u8) -> Item {
    let mut item = item.clone();
    item.target.rir = rir;
    let Some(rir) = rir.filter(|_| item.role == Role::Work) else { return item };
    item.why.push(Why::Reserve { rir, week });
    let known = intake.known.iter().find(|known| known.exercise == item.exercise);
    if let Some(known) = known {
        let load_g = load_g(known, item.target.high, rir);
        item.load_g = Some(load_g);
        let percent = 100 * load_g / known.e1rm_g.max(1);
        let percent = u8::try_from(percent).unwrap_or(100);
        item.why.push(Why::Load { e1rm_g: known.e1rm_g, percent });
    }
    item
}

/// What can be lifted so often with so much in reserve, by Epley's formula, and at most a tenth more than last time.
fn load_g(known: &Known, reps: u16, rir: u8) -> u32 {
    let by_maximum = u64::from(known.e1rm_g) * 30 / (30 + u64::from(reps) + u64::from(rir));
    let by_maximum = u32::try_from(by_maximum).unwrap_or(u32::MAX);
    let by_last = known.last_load_g.map_or(u32::MAX, |last| last.saturating_add(last / 10));
    in_steps(by_maximum.min(by_last))
}

/// Down to half a kilogram: the bar's plates are chosen where the load is shown.
fn in_steps(load_g: u32) -> u32 {
    load_g / 500 * 500
}
