//! What each rule asks for next time, and the numbers that explain it.

use super::history::History;
use super::read::{Done, ceiling_of, per_mille};
use super::{Because, Input, Rule};
use crate::exercise::Facts;
use crate::loading::{Gear, Loading};
use crate::program::Target;
use crate::session::Asked;

/// Seconds that a timed set grows by.
const MORE_SECS: u16 = 5;

/// What to ask for next time.
pub(super) fn next(input: &Input<'_>, done: &Done, rule: Rule) -> Asked {
    let base = input.base;
    let (low, load_g) = match rule {
        // As it was asked for before.
        Rule::InDeload => match input.before.last() {
            Some(last) => (last.next.target.low, last.next.load_g),
            None => (base.target.low, base.load_g.or(done.load_g)),
        },
        Rule::PainSwap | Rule::Incomplete | Rule::LoadSpike | Rule::BreakKept => {
            (again(input, done), done.load_g)
        }
        Rule::PainHold | Rule::Missed | Rule::TooHard | Rule::StalledVary => {
            // Who took more than was asked for and failed goes back to that.
            (again(input, done), lesser(done.load_g, base.load_g))
        }
        Rule::LadderOnce | Rule::LadderUp | Rule::LadderEnd => (again(input, done), done.load_g),
        Rule::BreakEased => (base.target.low, eased(input, done)),
        Rule::StalledReduce => (base.target.low, reduced(input, done)),
        Rule::NearTarget | Rule::InRange | Rule::StepTooBig | Rule::LadderMore => {
            (more(input, done), done.load_g)
        }
        Rule::TopOfRange | Rule::BigStep => (base.target.low, done.up_g),
        Rule::LoadUnknown | Rule::StrongerBand => (base.target.low, None),
    };
    let high = base.target.high.max(low);
    Asked { target: Target { low, high, ..base.target }, load_g }
}

/// As many as were done, within reason.
fn again(input: &Input<'_>, done: &Done) -> u16 {
    let low = input.base.target.low;
    done.least.clamp(low, ceiling_of(input, done).max(low))
}

/// One repetition, or some seconds, more than the shortest set had.
fn more(input: &Input<'_>, done: &Done) -> u16 {
    let step = if input.base.target.dose.is_timed() { MORE_SECS } else { 1 };
    let low = input.base.target.low;
    done.least.saturating_add(step).clamp(low, ceiling_of(input, done).max(low))
}

fn lesser(one: Option<i32>, other: Option<i32>) -> Option<i32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one,
    }
}

/// A tenth less than before the break, and no more than now.
fn eased(input: &Input<'_>, done: &Done) -> Option<i32> {
    let now = done.load_g?;
    let before = input.before.last().and_then(|last| last.next.load_g).unwrap_or(now);
    Some(tenth_off(input.loading, input.facts, before).min(now))
}

/// A tenth less, as it can be made. Help grows by a tenth instead.
pub(super) fn tenth_off(loading: &Loading, facts: &Facts, load_g: i32) -> i32 {
    let less = load_g - (load_g / 10).abs();
    loading.at_most(Gear::of(facts), less).unwrap_or(load_g).min(load_g)
}

/// 5 to 7.5 % less, as near as it can be made, and less in any case where there is something lighter.
fn reduced(input: &Input<'_>, done: &Done) -> Option<i32> {
    let load_g = done.load_g?;
    let gear = Gear::of(input.facts);
    let less = load_g - (load_g / 16).abs();
    let near = input.loading.nearest(gear, less).filter(|&g| g < load_g);
    let lighter = || input.loading.at_most(gear, load_g - 100).filter(|&g| g < load_g);
    Some(near.or_else(lighter).unwrap_or(load_g))
}

/// The numbers behind a decision, those of every decision first.
pub(super) fn why(input: &Input<'_>, done: &Done, history: &History, rule: Rule) -> Vec<Because> {
    let target = input.base.target;
    let mut why = vec![
        Because::Did {
            n_sets: done.n_sets,
            n_asked: input.n_sets,
            least: done.least,
            most: done.most,
            load_g: done.load_g,
        },
        Because::Range { low: target.low, high: target.high },
    ];
    if let (Some(least_halves), Some(asked)) = (done.told_halves, target.rir) {
        why.push(Because::Reserve { least_halves, asked });
    }
    why.extend(input.planned_g.map(|load_g| Because::Planned { load_g }));
    match rule {
        Rule::PainSwap | Rule::PainHold => {
            why.extend(input.pain.map(|(level, _)| Because::Pain { level }));
        }
        Rule::BreakKept | Rule::BreakEased => {
            why.extend(input.gap_days.map(|days| Because::Gap { days }));
            why.extend(history.load_g.map(|load_g| Because::Before { load_g }));
        }
        Rule::StalledVary | Rule::StalledReduce | Rule::Missed | Rule::TooHard => {
            let History { n_holds, n_reduced, .. } = *history;
            why.push(Because::Stalled { n_holds, n_reduced });
        }
        Rule::TopOfRange | Rule::StepTooBig | Rule::BigStep => {
            if let (Some(load_g), Some(up_g)) = (done.load_g, done.up_g) {
                let step_g = load_g.abs_diff(up_g);
                why.push(Because::Step { step_g, per_mille: per_mille(load_g, up_g) });
            }
        }
        Rule::InDeload
        | Rule::Incomplete
        | Rule::LoadSpike
        | Rule::NearTarget
        | Rule::InRange
        | Rule::LoadUnknown
        | Rule::StrongerBand
        | Rule::LadderMore
        | Rule::LadderOnce
        | Rule::LadderUp
        | Rule::LadderEnd => {}
    }
    why.extend(input.load.map(|state| Because::Load { state }));
    why
}
