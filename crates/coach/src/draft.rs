//! What a language model may do to a plan: propose edits, by names from the library, of a plan that is already good.
//!
//! [`prompt`] asks, [`read()`] takes an answer apart, [`apply()`] makes the edits. Nothing that a model writes is believed:
//! an answer either gives a program that breaks no rule, or [`Fault`]s, which [`repair`] puts into words for another try.

mod apply;
mod ask;
mod read;

use std::fmt;

use serde_json::{Value, json};
use training::edit::Edit;
use training::exercise::Facts;
use training::program::Weekday;

pub use apply::apply;
pub use ask::{Ask, Prompt, prompt};
pub use read::read;

/// Grows with every change of the shape that is asked for.
pub const SCHEMA_REV: u32 = 1;

/// Edits in one draft; more is no edit but another plan.
pub const MOST_EDITS: usize = 40;
/// More exercises than this are not listed in a schema: grammars have limits of their own.
const MOST_NAMES: usize = 150;
/// Faults that are told in one repair.
const MOST_TOLD: usize = 12;

/// What a model proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says to the athlete; may be empty. Held to [`crate::wording`].
    pub notes: String,
    /// In order.
    pub edits: Vec<Proposal>,
}

/// One edit that a model proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What changes, in every week.
    pub edit: Edit,
    /// Why, in the model's words; may be empty. Held to [`crate::wording`].
    pub why: String,
}

/// Why a draft cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule that it breaks, `H1` to `H15` as in `docs/planning.md`; `fit` where level, wishes or goal are not kept.
    pub rule: &'static str,
    /// JSON pointer into the draft, or into the program that came of it (`/weeks/…`).
    pub at: String,
    /// What is wrong, and what would be right. It may repeat words of the model's, quoted and shortened.
    pub says: String,
}

impl Fault {
    fn new(rule: &'static str, at: impl Into<String>, says: impl Into<String>) -> Self {
        Self { rule, at: at.into(), says: says.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.rule, self.at, self.says)
    }
}

/// What an edit may be called.
const OPS: [&str; 7] = ["swap", "sets", "target", "rest", "remove", "add", "move"];
/// Stands where an edit needs no second exercise.
const NONE: &str = "none";

/// The shape of a draft as JSON schema, for the exercises that the person may do. Flat, with everything required and no
/// bounds of numbers or texts: what providers compile without dropping anything.
#[must_use]
pub fn schema(pool: &[&Facts]) -> Value {
    let names = |more: &[&str]| {
        if pool.len() > MOST_NAMES {
            return json!({"type": "string"});
        }
        let all: Vec<&str> =
            more.iter().copied().chain(pool.iter().map(|facts| facts.id.as_str())).collect();
        json!({"type": "string", "enum": all})
    };
    let days: Vec<&str> = Weekday::ALL.iter().map(|day| day.as_str()).collect();
    let number = json!({"type": "integer"});
    let text = json!({"type": "string"});
    let edit = closed(&[
        ("op", json!({"type": "string", "enum": OPS})),
        ("day", json!({"type": "string", "enum": days})),
        ("exercise", names(&[])),
        ("to", names(&[NONE])),
        ("sets", number.clone()),
        ("low", number.clone()),
        ("high", number.clone()),
        ("rest_secs", number),
        ("why", text.clone()),
    ]);
    closed(&[("edits", json!({"type": "array", "items": edit})), ("notes", text)])
}

fn closed(properties: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let of: serde_json::Map<String, Value> =
        properties.iter().map(|(name, of)| ((*name).to_owned(), of.clone())).collect();
    json!({"type": "object", "properties": of, "required": names, "additionalProperties": false})
}

/// What to tell a model whose draft cannot be taken.
#[must_use]
pub fn repair(faults: &[Fault]) -> String {
    let told = faults.iter().take(MOST_TOLD).map(|fault| format!("- {fault}\n"));
    let more = faults.len().saturating_sub(MOST_TOLD);
    let more = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!(
        "The draft cannot be used:\n{}{more}Answer with one whole corrected JSON object of the same shape, from the \
         plan as first given. Leave an edit out rather than guess.",
        told.collect::<String>()
    )
}
