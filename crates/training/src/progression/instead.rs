//! What to propose in the place of an exercise: harder, easier, alike, or kind to what hurts.

use units::ExerciseId;

use super::{Input, Rule};
use crate::exercise::{Facts, Limit};

pub(super) fn instead<'a>(input: &Input<'a>, rule: Rule) -> Option<&'a ExerciseId> {
    match rule {
        Rule::LadderUp => first_of(input, &input.facts.progressions, None),
        Rule::StalledReduce if input.base.load_g.is_none() && !has_load(input) => {
            first_of(input, &input.facts.regressions, None)
        }
        Rule::StalledVary => alike(input, None),
        Rule::PainSwap => {
            let hurts = input.pain.map(|(_, limit)| limit);
            let easier = first_of(input, &input.facts.regressions, hurts);
            easier.or_else(|| alike(input, hurts))
        }
        _ => None,
    }
}

fn has_load(input: &Input<'_>) -> bool {
    input.sets.iter().any(|set| set.load_g.is_some_and(|g| g != 0))
}

/// The first of a ladder, nearest first, that may be proposed.
fn first_of<'a>(
    input: &Input<'a>,
    ladder: &[ExerciseId],
    hurts: Option<Limit>,
) -> Option<&'a ExerciseId> {
    ladder.iter().find_map(|id| {
        input.others.iter().find(|one| one.id == *id && kind_to(one, hurts)).map(|one| &one.id)
    })
}

fn kind_to(facts: &Facts, hurts: Option<Limit>) -> bool {
    hurts.is_none_or(|limit| !facts.limits.contains(&limit))
}

/// The same movement for the same muscles: the one that shares most, and of those the first by name.
fn alike<'a>(input: &Input<'a>, hurts: Option<Limit>) -> Option<&'a ExerciseId> {
    let own = input.facts;
    let shared = |one: &Facts| one.direct.iter().filter(|m| own.direct.contains(m)).count();
    let fitting = input.others.iter().filter(|one| {
        one.id != own.id && kind_to(one, hurts) && shared(one) > 0 && one.dose == own.dose
    });
    let best = fitting.min_by_key(|one| {
        let same = (one.pattern == own.pattern, one.load == own.load, shared(one));
        (std::cmp::Reverse(same), &one.id)
    });
    best.map(|one| &one.id)
}
