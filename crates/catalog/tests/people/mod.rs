//! People of all sorts: what they ask for, drawn from what the library knows.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use training::exercise::Facts;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const GOALS: [&str; 4] = ["lose_weight", "back_strength", "neck_strength", "gain_mass"];
const LEVELS: [&str; 3] = ["beginner", "intermediate", "advanced"];

/// Draws, the same for the same seed (a 64-bit linear congruential generator, Knuth's constants).
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// A number below this one.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n as u64).expect("small")
    }

    fn some<'a>(&mut self, all: &BTreeSet<&'a str>, percent: usize) -> Vec<&'a str> {
        all.iter().copied().filter(|_| self.below(100) < percent).collect()
    }
}

/// Everything that exercises need, and everything that forbids some.
pub(crate) struct World<'a> {
    kit: BTreeSet<&'a str>,
    limits: BTreeSet<&'a str>,
    ids: Vec<&'a str>,
}

impl<'a> World<'a> {
    pub(crate) fn of(library: &'a [Facts]) -> Self {
        Self {
            kit: library
                .iter()
                .flat_map(|facts| facts.kit.iter().map(|one| one.as_str()))
                .collect(),
            limits: library
                .iter()
                .flat_map(|facts| facts.limits.iter().map(|one| one.as_str()))
                .collect(),
            ids: library.iter().map(|facts| facts.id.as_str()).collect(),
        }
    }

    /// The intake of one of them, as JSON.
    pub(crate) fn somebody(&self, seed: u64) -> Value {
        let mut draws = Draws(seed);
        let n_days = 1 + draws.below(6);
        let mut weekdays = DAYS.to_vec();
        while weekdays.len() > n_days {
            let which = draws.below(weekdays.len());
            weekdays.remove(which);
        }
        let (much_kit, limited) = ([0, 20, 60, 100][draws.below(4)], [0, 0, 8, 25][draws.below(4)]);
        let known: Vec<Value> = (0..draws.below(6))
            .map(|_| {
                let last = [json!(null), json!(30_000)][draws.below(2)].clone();
                json!({
                    "exercise": self.ids[draws.below(self.ids.len())],
                    "e1rm_g": 5_000 + 500 * draws.below(300),
                    "last_load_g": last,
                })
            })
            .collect();
        let usual =
            [json!([]), json!([["quads", 10], ["lats", 0], ["chest", 30]])][draws.below(2)].clone();
        json!({
            "goal": GOALS[draws.below(4)],
            "level": LEVELS[draws.below(3)],
            "weekdays": weekdays,
            "minutes": 15 + draws.below(106),
            "kit": draws.some(&self.kit, much_kit),
            "limits": draws.some(&self.limits, limited),
            "avoid": [self.ids[draws.below(self.ids.len())]],
            "known": known,
            "usual": usual,
            "seed": seed,
        })
    }
}
