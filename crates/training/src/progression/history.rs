//! What earlier decisions say: how often in a row it failed, how often it was reduced, and whether it was at the top.

use super::{Decision, Kind, Rule};

/// What earlier decisions say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct History {
    /// Times in a row that it failed and was held.
    pub(super) n_holds: u8,
    /// Reductions that have not been made good since, and after which nothing else was proposed.
    pub(super) n_reduced: u8,
    /// The time before it was at the top, and ready for something harder.
    pub(super) top_before: bool,
    /// The load that was asked for last, grams.
    pub(super) load_g: Option<i32>,
}

/// Says nothing of how it goes.
fn is_neutral(rule: Rule) -> bool {
    matches!(rule, Rule::Incomplete | Rule::LoadSpike | Rule::PainHold | Rule::InDeload)
}

/// Of decisions in order, the oldest first, before one with a load of `load_g`.
pub(super) fn history(before: &[Decision], load_g: Option<i32>) -> History {
    let mut past = History::default();
    // Loads, or none, at which it was reduced.
    let mut reduced: Vec<Option<i32>> = Vec::new();
    for decision in before.iter().filter(|one| !is_neutral(one.rule)) {
        match decision.rule {
            Rule::Missed | Rule::TooHard => past.n_holds = past.n_holds.saturating_add(1),
            _ => past.n_holds = 0,
        }
        past.top_before = matches!(decision.rule, Rule::LadderOnce | Rule::LadderUp);
        made_good(&mut reduced, decision.base.load_g, decision.kind == Kind::Advance);
        match decision.rule {
            Rule::StalledReduce => reduced.push(decision.base.load_g),
            Rule::StalledVary => reduced.clear(),
            _ => {}
        }
    }
    made_good(&mut reduced, load_g, false);
    past.n_reduced = u8::try_from(reduced.len()).unwrap_or(u8::MAX);
    past.load_g = before.last().and_then(|last| last.next.load_g);
    past
}

/// A reduction is made good by lifting more than where it happened; where there is no load, by something harder.
fn made_good(reduced: &mut Vec<Option<i32>>, lifted_g: Option<i32>, harder: bool) {
    reduced.retain(|&at| match (at, lifted_g) {
        (Some(at), Some(lifted_g)) => lifted_g <= at,
        _ => !harder,
    });
}
