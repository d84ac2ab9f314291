//! What language models answer, faulty, hostile and good: no answer makes a plan that breaks a rule.
//!
//! The judge is the one of `catalog`'s plans: it knows the rules from `docs/planning.md` and shares no code with them.

#[path = "../../../catalog/tests/judge/mod.rs"]
mod judge;
#[path = "../../../catalog/tests/people/mod.rs"]
mod people;

mod good;
mod hostile;
mod random;

use std::collections::BTreeMap;

use catalog::Catalog;
use coach::draft::{Draft, Fault, apply, read};
use serde_json::{Value, json};
use training::exercise::{Facts, Role};
use training::planner::{Intake, plan};
use training::program::{Item, Program, Weekday};
use units::Language;

use judge::Judge;

/// Somebody with a knee that hurts and no barbell, who does not want push-ups, and the plan that was made for them.
pub(crate) struct Somebody {
    pub(crate) asked: Value,
    pub(crate) intake: Intake,
    pub(crate) library: Vec<Facts>,
    pub(crate) program: Program,
}

impl Somebody {
    pub(crate) fn new() -> Self {
        Self::asking(json!({
            "goal": "gain_mass",
            "level": "intermediate",
            "weekdays": ["mon", "wed", "fri"],
            "minutes": 60,
            "kit": ["mat", "wall", "chair", "bench", "plates", "dumbbells", "band", "pull_up_bar", "cable", "lat_pulldown"],
            "limits": ["knee_pain"],
            "avoid": ["push_up"],
            "known": [{"exercise": "dumbbell_bench_press", "e1rm_g": 40_000, "last_load_g": null}],
            "usual": [],
            "seed": 7,
        }))
    }

    pub(crate) fn asking(asked: Value) -> Self {
        let catalog = Catalog::builtin().expect("well-formed");
        let library: Vec<Facts> =
            catalog.library().iter().map(|entry| entry.facts.clone()).collect();
        let intake: Intake = serde_json::from_value(asked.clone()).expect("an intake");
        let program = plan(&intake, &library).expect("a plan");
        Self { asked, intake, library, program }
    }

    /// What comes of an answer: the program, or why not.
    pub(crate) fn answered(
        &self,
        text: &str,
        language: Language,
    ) -> Result<(Draft, Program), Vec<Fault>> {
        let draft = read(text, language)?;
        let program = apply(&draft, &self.program, &self.intake, &self.library)?;
        Ok((draft, program))
    }

    /// Everything that the independent judge has against a program.
    pub(crate) fn against(&self, program: &Program) -> Vec<String> {
        let by_id: BTreeMap<&str, &Facts> =
            self.library.iter().map(|facts| (facts.id.as_str(), facts)).collect();
        let program = serde_json::to_value(program).expect("JSON");
        Judge::of(&self.asked, &by_id).faults(&program)
    }

    pub(crate) fn facts(&self, id: &str) -> &Facts {
        self.library.iter().find(|facts| facts.id.as_str() == id).expect(id)
    }

    /// The items of a part of a day's session.
    pub(crate) fn items(&self, day: Weekday, role: Role) -> Vec<&Item> {
        let day = self.program.weeks[0].workouts.iter().find(|one| one.weekday == day);
        day.expect("a workout").items.iter().filter(|item| item.role == role).collect()
    }
}

/// An edit as a model writes it, with some fields changed.
pub(crate) fn edit(op: &str, day: &str, exercise: &str, changed: &Value) -> Value {
    let mut edit = json!({
        "op": op, "day": day, "exercise": exercise, "to": "none", "sets": 0, "low": 0, "high": 0,
        "rest_secs": 0, "why": "",
    });
    for (field, value) in changed.as_object().expect("fields") {
        edit[field] = value.clone();
    }
    edit
}

pub(crate) fn draft(edits: &[Value], notes: &str) -> String {
    json!({"edits": edits, "notes": notes}).to_string()
}
