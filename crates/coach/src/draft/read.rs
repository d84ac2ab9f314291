//! A model's answer to a draft: the one JSON object in it, of exactly the shape asked for.

use serde::Deserialize;
use training::edit::{Edit, Place};
use training::program::Weekday;
use units::{ExerciseId, Language};

use super::{Draft, Fault, MOST_EDITS, NONE, Proposal};
use crate::wording;

/// Bytes of an answer; a draft of forty edits has ten thousand.
const MOST_BYTES: usize = 64 * 1024;
/// Characters of what is said to the athlete, for all and for one edit.
const NOTES_CHARS: usize = 600;
const WHY_CHARS: usize = 240;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDraft {
    edits: Vec<RawEdit>,
    notes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEdit {
    op: Op,
    day: Weekday,
    exercise: String,
    to: String,
    sets: i64,
    low: i64,
    high: i64,
    rest_secs: i64,
    why: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Op {
    Swap,
    Sets,
    Target,
    Rest,
    Remove,
    Add,
    Move,
}

/// Reads a draft out of a model's answer. What stands around its JSON, such as a fence or a greeting, is passed over.
///
/// # Errors
/// With every fault of shape (`H1`) and wording (`H15`); exercises are not looked up here.
pub fn read(text: &str, language: Language) -> Result<Draft, Vec<Fault>> {
    let fault = |says: String| vec![Fault::new("H1", "", says)];
    if text.len() > MOST_BYTES {
        return Err(fault(format!("{} bytes are too many; at most {MOST_BYTES}", text.len())));
    }
    let object = the_object(text).map_err(|says| fault(says.to_owned()))?;
    let raw: RawDraft = serde_json::from_str(object)
        .map_err(|error| fault(format!("is no draft: {}", quoted(&error.to_string()))))?;
    if raw.edits.len() > MOST_EDITS {
        let says = format!("{} edits are too many; at most {MOST_EDITS}", raw.edits.len());
        return Err(vec![Fault::new("H1", "/edits", says)]);
    }
    let mut faults = Vec::new();
    let held = |at: &str, text: &str, most_chars: usize, faults: &mut Vec<Fault>| {
        let broken = wording::broken(text, most_chars, language);
        faults.extend(broken.into_iter().map(|says| Fault::new("H15", at, says)));
    };
    held("/notes", &raw.notes, NOTES_CHARS, &mut faults);
    let mut edits = Vec::new();
    for (n, one) in raw.edits.into_iter().enumerate() {
        let at = format!("/edits/{n}");
        held(&format!("{at}/why"), &one.why, WHY_CHARS, &mut faults);
        let why = plain(&one.why);
        match edit(one, &at) {
            Ok(edit) => edits.push(Proposal { edit, why }),
            Err(broken) => faults.extend(broken),
        }
    }
    if faults.is_empty() { Ok(Draft { notes: plain(&raw.notes), edits }) } else { Err(faults) }
}

fn edit(raw: RawEdit, at: &str) -> Result<Edit, Vec<Fault>> {
    let RawEdit { op, day, sets, low, high, rest_secs, .. } = raw;
    let mut faults = Vec::new();
    // A number that the edit does not use would look as if it had been used.
    let uses = match op {
        Op::Swap | Op::Move => ["to"].as_slice(),
        Op::Sets => &["sets"],
        Op::Target => &["low", "high"],
        Op::Rest => &["rest_secs"],
        Op::Remove | Op::Add => &[],
    };
    let numbers = [
        ("sets", sets, 1, 6),
        ("low", low, 1, 6600),
        ("high", high, 1, 6600),
        ("rest_secs", rest_secs, 0, 300),
    ];
    for (field, value, least, most) in numbers {
        let used = uses.contains(&field);
        if used && !(least..=most).contains(&value) {
            let says = format!("{value} is out of range; give {least} to {most}");
            faults.push(Fault::new("H9", format!("{at}/{field}"), says));
        } else if !used && value != 0 {
            let says = "must be 0 here; a number needs an edit of its own";
            faults.push(Fault::new("H1", format!("{at}/{field}"), says));
        }
    }
    let mut named = |field: &str, id: String| {
        ExerciseId::try_from(id).map_err(|error| {
            let says = quoted(&error.to_string());
            faults.push(Fault::new("H2", format!("{at}/{field}"), says));
        })
    };
    let exercise = named("exercise", raw.exercise);
    let to = match raw.to.as_str() {
        NONE => Ok(None),
        _ => named("to", raw.to).map(Some),
    };
    let (Ok(exercise), Ok(to)) = (exercise, to) else { return Err(faults) };
    let place = Place { day, exercise };
    let edit = match (op, to) {
        (Op::Swap, Some(to)) => Edit::Swap(place, to),
        (Op::Move, before) => Edit::Move(place, before),
        (Op::Swap, None) => {
            faults.push(Fault::new("H1", format!("{at}/to"), "a swap needs an exercise"));
            return Err(faults);
        }
        (_, Some(_)) => {
            faults.push(Fault::new("H1", format!("{at}/to"), format!("must be `{NONE}` here")));
            return Err(faults);
        }
        (Op::Sets, None) => Edit::Sets(place, small(sets)),
        (Op::Target, None) => Edit::Target(place, number(low), number(high)),
        (Op::Rest, None) => Edit::Rest(place, number(rest_secs)),
        (Op::Remove, None) => Edit::Remove(place),
        (Op::Add, None) => Edit::Add(place),
    };
    if faults.is_empty() { Ok(edit) } else { Err(faults) }
}

fn small(value: i64) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn number(value: i64) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// The one JSON object in a text. Local models think aloud before it.
fn the_object(text: &str) -> Result<&str, &'static str> {
    let text = text.trim_start();
    let text = match text.strip_prefix("<think>") {
        Some(thought) => thought.split_once("</think>").ok_or("the thinking has no end")?.1,
        None => text,
    };
    let mut found = None;
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| from + at) {
        let end = end_of_object(&text[start..]).ok_or("the JSON object is cut off")?;
        if found.replace(&text[start..start + end]).is_some() {
            return Err("there is more than one JSON object; give exactly one");
        }
        from = start + end;
    }
    found.ok_or("there is no JSON object")
}

/// How long the object is that a text begins with; braces in strings do not count.
fn end_of_object(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// On one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with words of the model's in it, as it may be told back and logged: short, and without anything invisible.
pub(super) fn quoted(text: &str) -> String {
    super::ask::cleaned(text, 160)
}
