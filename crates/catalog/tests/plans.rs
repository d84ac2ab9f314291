//! Ten thousand people of all sorts get plans from the library that ships, and none breaks a rule.

mod judge;
mod people;

use std::collections::BTreeMap;

use catalog::{Catalog, Entry};
use serde_json::Value;
use training::exercise::Facts;
use training::planner::{Intake, Unplannable, plan};

use judge::Judge;
use people::World;

/// Ways to warm up or to fill a session that somebody may do.
fn n_of_easy_things(somebody: &Value, library: &BTreeMap<&str, &Facts>) -> usize {
    let judge = Judge::of(somebody, library);
    let easy = |facts: &&&Facts| {
        facts.pattern.as_str() == "steady"
            || facts.roles.iter().any(|role| role.as_str() == "warm_up")
    };
    library.values().filter(easy).filter(|facts| judge.may(facts)).count()
}

#[test]
fn ten_thousand_people_get_plans_that_break_no_rule() {
    let catalog = Catalog::builtin().expect("well-formed");
    let library: Vec<Facts> =
        catalog.library().iter().map(|entry: &std::sync::Arc<Entry>| entry.facts.clone()).collect();
    let world = World::of(&library);
    let by_id: BTreeMap<&str, &Facts> =
        library.iter().map(|facts| (facts.id.as_str(), facts)).collect();
    let judged = |seeds: std::ops::Range<u64>| {
        let mut broken = Vec::new();
        for seed in seeds {
            let somebody = world.somebody(seed);
            let intake: Intake = serde_json::from_value(somebody.clone()).expect("an intake");
            let told = match plan(&intake, &library) {
                Ok(program) => {
                    let program = serde_json::to_value(&program).expect("JSON");
                    Judge::of(&somebody, &by_id).faults(&program)
                }
                // Fair to whoever may not even march, or only march.
                Err(Unplannable::TooLittleLeft) if n_of_easy_things(&somebody, &by_id) < 2 => {
                    Vec::new()
                }
                Err(error) => vec![error.to_string()],
            };
            broken.extend(told.into_iter().map(|fault| format!("{fault} (seed {seed})")));
        }
        broken
    };
    let broken: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..4)
            .map(|part| scope.spawn(move || judged(2500 * part..2500 * (part + 1))))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    let sample: Vec<&String> = broken.iter().step_by(broken.len().div_ceil(20).max(1)).collect();
    assert!(broken.is_empty(), "{} faults, such as {sample:#?}", broken.len());
}
