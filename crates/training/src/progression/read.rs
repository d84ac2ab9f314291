//! Reading a session's sets of an exercise: what was done in numbers, and the case of the table that it is.

use super::Input;
use super::history::History;
use super::table::{Case, Effort, Pain, Reach, Way};
use crate::exercise::{LoadKind, Pattern};
use crate::loading::Gear;
use crate::session::{PerformedSet, SetKind};
use crate::strength::rir_halves;

/// What was done, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Done {
    /// Sets; both sides are one.
    pub(super) n_sets: u8,
    /// Repetitions or seconds of the shortest set with the load.
    pub(super) least: u16,
    /// Of the longest.
    pub(super) most: u16,
    /// The load of most sets, grams; the heavier of two that were as many.
    pub(super) load_g: Option<i32>,
    /// The least that was left in reserve, in halves, with what was above the range counted as reserve. Sets of as many as
    /// possible have no say in it.
    pub(super) reserve_halves: Option<u16>,
    /// The least that was told.
    pub(super) told_halves: Option<u8>,
    /// The next load up, grams.
    pub(super) up_g: Option<i32>,
}

/// Repetitions above the range that are worth doing before a big step.
const MOST_ABOVE: u16 = 3;
/// Repetitions that are worth doing where there is nothing harder.
const MOST_REPS: u16 = 30;
/// Seconds that are worth holding before something harder.
const MOST_SECS: u16 = 60;
/// A step of more than so many thousandths of the load is a big one.
const BIG_STEP: u32 = 50;

/// What is counted of a set.
fn count(set: &PerformedSet, timed: bool) -> Option<u16> {
    if !timed {
        return set.reps;
    }
    set.secs.map(|secs| u16::try_from(secs).unwrap_or(u16::MAX))
}

pub(super) fn done(input: &Input<'_>) -> Option<Done> {
    let timed = input.base.target.dose.is_timed();
    let weight = input.facts.load == LoadKind::Weight;
    let load_of = |set: &PerformedSet| {
        let load_g = set.load_g.or(if weight { input.base.load_g } else { None });
        load_g.filter(|&g| g != 0)
    };
    let sets: Vec<(&PerformedSet, u16, Option<i32>)> = input
        .sets
        .iter()
        .filter(|set| set.counts() && set.exercise == input.facts.id)
        .filter_map(|set| Some((set, count(set, timed)?, load_of(set))))
        .collect();
    let n_with = |load_g| sets.iter().filter(|(_, _, other)| *other == load_g).count();
    let load_g = sets.iter().map(|(.., load_g)| *load_g).max_by_key(|&g| (n_with(g), g))?;
    let with_load = sets.iter().filter(|(.., other)| *other >= load_g);
    let counts = || with_load.clone().map(|(_, count, _)| *count);
    // Both sides are one set; a side that nobody named is both.
    let n_halves: usize = sets.iter().map(|(set, ..)| if set.side.is_some() { 1 } else { 2 }).sum();
    let told = || with_load.clone().filter(|(set, ..)| set.kind != SetKind::Amrap);
    let high = input.base.target.high;
    let with_surplus = |(set, count, _): &(&PerformedSet, u16, Option<i32>)| {
        let above = count.saturating_sub(high).min(MOST_REPS);
        Some(u16::from(rir_halves(set)?) + 2 * above)
    };
    let legs = matches!(input.facts.pattern, Pattern::Squat | Pattern::Lunge | Pattern::Hinge);
    let gear = Gear::of(input.facts);
    let up_g = load_g.and_then(|load_g| input.loading.next_up(gear, load_g, legs));
    Some(Done {
        n_sets: u8::try_from(n_halves.div_ceil(2)).unwrap_or(u8::MAX),
        least: counts().min()?,
        most: counts().max()?,
        load_g,
        reserve_halves: told().filter_map(with_surplus).min(),
        told_halves: told().filter_map(|(set, ..)| rir_halves(set)).min(),
        up_g,
    })
}

pub(super) fn case(input: &Input<'_>, done: &Done, history: &History) -> Case {
    let pain = match input.pain {
        None => Pain::None,
        Some((..=3, _)) => Pain::Mild,
        Some(_) => Pain::Strong,
    };
    Case {
        pain,
        long_gap: input.gap_days.is_some_and(|days| days > super::today::MOST_GAP_DAYS),
        deload: input.deload,
        load: input.load,
        way: way(input, done),
        reach: reach(input, done),
        effort: effort(input, done),
        complete: done.n_sets >= input.n_sets,
        n_holds: history.n_holds.min(2),
        n_reduced: history.n_reduced.min(2),
        top_before: history.top_before,
    }
}

fn way(input: &Input<'_>, done: &Done) -> Way {
    let ladder = match input.others.iter().any(|one| input.facts.progressions.contains(&one.id)) {
        true => Way::Ladder,
        false => Way::LadderEnd,
    };
    let Some(load_g) = done.load_g else {
        return match input.facts.load {
            LoadKind::Weight => Way::UnknownLoad,
            LoadKind::Band => Way::Band,
            LoadKind::Body => ladder,
        };
    };
    let Some(up_g) = done.up_g else { return ladder };
    // A belt or help is not all that is lifted: the body is.
    let alone = input.facts.load == LoadKind::Weight && load_g > 0;
    if alone && per_mille(load_g, up_g) > BIG_STEP { Way::BigStep } else { Way::Step }
}

/// A step in thousandths of the load, rounded up.
pub(super) fn per_mille(load_g: i32, up_g: i32) -> u32 {
    let step = u64::from(load_g.abs_diff(up_g)) * 1000;
    u32::try_from(step.div_ceil(u64::from(load_g.unsigned_abs().max(1)))).unwrap_or(u32::MAX)
}

/// As many repetitions, or seconds, as are worth doing before something harder.
pub(super) fn ceiling(input: &Input<'_>, way: Way) -> u16 {
    let high = input.base.target.high;
    if input.base.target.dose.is_timed() {
        return MOST_SECS.max(high.saturating_add(high / 2));
    }
    let above = high.saturating_add(MOST_ABOVE);
    if way == Way::LadderEnd { above.max(MOST_REPS) } else { above }
}

pub(super) fn ceiling_of(input: &Input<'_>, done: &Done) -> u16 {
    ceiling(input, way(input, done))
}

fn reach(input: &Input<'_>, done: &Done) -> Reach {
    let target = input.base.target;
    // Repetitions that were left over and not asked to be are as good as done, where only a big step is in the way.
    let left_over = match (done.reserve_halves, target.rir) {
        (Some(reserve), Some(asked)) if way(input, done) == Way::BigStep => {
            let above = 2 * done.least.saturating_sub(target.high);
            (reserve.saturating_sub(2 * u16::from(asked)).saturating_sub(above)) / 2
        }
        _ => 0,
    };
    if done.least < target.low {
        Reach::Missed
    } else if done.least < target.high {
        Reach::InRange
    } else if done.least.saturating_add(left_over) < ceiling_of(input, done) {
        Reach::Top
    } else {
        Reach::Past
    }
}

fn effort(input: &Input<'_>, done: &Done) -> Effort {
    let (Some(reserve), Some(asked)) = (done.reserve_halves, input.base.target.rir) else {
        return Effort::Unknown;
    };
    let asked = 2 * u16::from(asked);
    if reserve >= asked {
        Effort::Spare
    } else if reserve + 2 >= asked {
        Effort::Near
    } else {
        Effort::Hard
    }
}
