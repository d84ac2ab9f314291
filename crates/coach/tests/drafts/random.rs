//! Drafts drawn at random for people drawn at random: whatever is taken breaks no rule.

use serde_json::{Value, json};
use training::planner::{Intake, plan};
use units::Language;

use crate::people::{Draws, World};
use crate::{Somebody, draft, edit};

const OPS: [&str; 7] = ["swap", "sets", "target", "rest", "remove", "add", "move"];

fn drawn(somebody: &Somebody, draws: &mut Draws) -> Value {
    let workouts = &somebody.program.weeks[0].workouts;
    let workout = &workouts[draws.below(workouts.len())];
    let here = workout.items[draws.below(workout.items.len())].exercise.as_str();
    let any = somebody.library[draws.below(somebody.library.len())].id.as_str();
    let neighbor = workout.items[draws.below(workout.items.len())].exercise.as_str();
    let op = OPS[draws.below(OPS.len())];
    let (low, more) = (1 + draws.below(32), draws.below(12));
    let changed = match op {
        "swap" => {
            let old = somebody.facts(here);
            let alike: Vec<_> = somebody
                .library
                .iter()
                .filter(|facts| facts.pattern == old.pattern && somebody.intake.allows(facts))
                .collect();
            let near = alike.get(draws.below(alike.len().max(1))).map_or(any, |f| f.id.as_str());
            json!({"to": if draws.below(4) == 0 { any } else { near }})
        }
        "sets" => json!({"sets": draws.below(8)}),
        "target" => json!({"low": low, "high": low + more}),
        "rest" => json!({"rest_secs": draws.below(330)}),
        "move" if draws.below(2) == 0 => json!({"to": neighbor}),
        _ => json!({}),
    };
    edit(op, workout.weekday.as_str(), if op == "add" { any } else { here }, &changed)
}

#[test]
fn a_thousand_random_drafts_break_no_rule() {
    let mut somebody = Somebody::new();
    let library = somebody.library.clone();
    let world = World::of(&library);
    let (mut n_taken, mut n_changed) = (0, 0);
    for seed in 0..1000 {
        let asked = world.somebody(seed);
        let intake: Intake = serde_json::from_value(asked.clone()).expect("an intake");
        let Ok(program) = plan(&intake, &library) else { continue };
        (somebody.asked, somebody.intake, somebody.program) = (asked, intake, program);
        let mut draws = Draws(seed + 77);
        let edits: Vec<Value> =
            (0..=draws.below(3)).map(|_| drawn(&somebody, &mut draws)).collect();
        let text = draft(&edits, "");
        if let Ok((_, program)) = somebody.answered(&text, Language::English) {
            n_taken += 1;
            n_changed += usize::from(program != somebody.program);
            assert_eq!(somebody.against(&program), [""; 0], "seed {seed}: {text}");
        }
    }
    assert!(n_taken > 100 && n_changed > 100, "{n_taken} taken, {n_changed} changed");
}
