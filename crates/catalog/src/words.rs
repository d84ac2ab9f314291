//! Reads what one exercise says in another language, and puts it in the place of the English.
//!
//! Easy to get wrong: a file of words holds every text of its exercise and nothing else, so that no sentence is left in
//! English by accident and none is translated for nobody.

use std::collections::BTreeMap;

use motion::spec::{FormCheck, Standard};
use serde::Deserialize;
use units::{ExerciseId, Language};

use crate::Fault;
use crate::file::{CatalogError, Parsed, faults_of, line_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    steps: Vec<String>,
    cues: Vec<String>,
    #[serde(default)]
    faults: Vec<Fault>,
    standards: Option<StandardsWords>,
    #[serde(default)]
    checks: BTreeMap<String, CheckWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardsWords {
    default: StandardWords,
    strict: Option<StandardWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardWords {
    source: String,
    #[serde(default)]
    criteria: BTreeMap<String, CriterionWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionWords {
    text: String,
    tip: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckWords {
    text: String,
    tip: String,
    cue: String,
}

/// The language and the exercise that a file of words is for, by its name, such as `de/squat.toml`; none for a file that
/// describes an exercise.
pub(crate) fn of_file(name: &str) -> Option<(Language, &str)> {
    let (folder, file) = name.split_once('/')?;
    Some((Language::of_tag(folder)?, file.strip_suffix(".toml")?))
}

/// The name of the file with an exercise's words.
pub(crate) fn file_of(language: Language, id: &ExerciseId) -> String {
    format!("{}/{id}.toml", language.code())
}

/// The exercise with the words of a file.
pub(crate) fn apply(
    english: &Parsed,
    language: Language,
    name: &str,
    text: &str,
) -> Result<Parsed, CatalogError> {
    let at = |line: usize, reason: String| CatalogError { file: name.to_owned(), line, reason };
    let mut words: Words = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        at(line, error.message().to_owned())
    })?;
    let mut told = english.clone();
    if let Some((needle, reason)) = fill(&mut told, &mut words) {
        let line = text.find(&needle).map_or(1, |offset| line_of(text, offset));
        return Err(at(line, reason));
    }
    // Who writes the English name finds it, too.
    let (entry, before) = (&mut told.entry, &english.entry);
    words.aliases.extend([before.name.clone()].into_iter().chain(before.aliases.iter().cloned()));
    words.aliases.retain(|alias| *alias != words.name);
    entry.language = language;
    entry.aliases = words.aliases;
    entry.name = words.name;
    (entry.steps, entry.cues, entry.faults) = (words.steps, words.cues, words.faults);
    if let Some(judging) = &mut told.judging {
        judging.movement.language = language;
        entry.faults = faults_of(&judging.movement.checks);
    }
    Ok(told)
}

/// Puts the words of the judgement in place. What is wrong with any, if anything: a text near the place, and the reason.
fn fill(told: &mut Parsed, words: &mut Words) -> Option<(String, String)> {
    if words.name.is_empty() {
        return Some(("name".to_owned(), "the `name` is empty".to_owned()));
    }
    let entry = &told.entry;
    let lists = [("steps", &entry.steps, &words.steps), ("cues", &entry.cues, &words.cues)];
    for (key, english, own) in lists {
        if let Some(reason) = fault_of_count(key, english.len(), own.len()) {
            return Some((key.to_owned(), reason));
        }
        if own.iter().any(String::is_empty) {
            return Some((key.to_owned(), format!("one of the `{key}` is empty")));
        }
    }
    let n_faults = if told.judging.is_some() { 0 } else { entry.faults.len() };
    if let Some(reason) = fault_of_count("faults", n_faults, words.faults.len()) {
        return Some(("faults".to_owned(), reason));
    }
    if words.faults.iter().any(|fault| fault.text.is_empty() || fault.tip.is_empty()) {
        return Some(("faults".to_owned(), "a fault has an empty text or tip".to_owned()));
    }
    let Some(judging) = &mut told.judging else {
        let unjudged = words.standards.is_some() || !words.checks.is_empty();
        let reason = "the camera does not judge it, so there are no `standards` and `checks`";
        return unjudged.then(|| ("[".to_owned(), reason.to_owned()));
    };
    let Some(own) = &mut words.standards else {
        return Some(("name".to_owned(), "missing field `standards`".to_owned()));
    };
    let standards = &mut judging.movement.standards;
    if let Some(fault) = fill_standard(&mut standards.default, &mut own.default, "default") {
        return Some(fault);
    }
    match (&mut standards.strict, &mut own.strict) {
        (Some(standard), Some(own)) => {
            if let Some(fault) = fill_standard(standard, own, "strict") {
                return Some(fault);
            }
        }
        (None, None) => {}
        (Some(_), None) => {
            return Some(("[standards".to_owned(), "`standards.strict` is missing".to_owned()));
        }
        (None, Some(_)) => {
            let reason = "the exercise has no strict standard".to_owned();
            return Some(("[standards.strict".to_owned(), reason));
        }
    }
    fill_checks(&mut judging.movement.checks, &mut words.checks)
}

fn fault_of_count(key: &str, english: usize, own: usize) -> Option<String> {
    (own != english).then(|| format!("there are {own} `{key}`; in English there are {english}"))
}

fn fill_standard(
    standard: &mut Standard,
    words: &mut StandardWords,
    name: &str,
) -> Option<(String, String)> {
    let place = format!("[standards.{name}");
    standard.source = std::mem::take(&mut words.source);
    if standard.source.is_empty() {
        return Some((place, format!("the source of `standards.{name}` is empty")));
    }
    for criterion in &mut standard.criteria {
        let Some(own) = words.criteria.remove(&criterion.id) else {
            let reason = format!("the words of criterion `{}` are missing", criterion.id);
            return Some((place, reason));
        };
        if own.text.is_empty() || own.tip.is_empty() {
            let reason = format!("criterion `{}` has an empty text or tip", criterion.id);
            return Some((format!("criteria.{}", criterion.id), reason));
        }
        (criterion.text, criterion.tip) = (own.text, own.tip);
    }
    let (unknown, _) = words.criteria.pop_first()?;
    let reason = format!("the {name} standard has no criterion `{unknown}`");
    Some((format!("criteria.{unknown}"), reason))
}

fn fill_checks(
    checks: &mut [FormCheck],
    words: &mut BTreeMap<String, CheckWords>,
) -> Option<(String, String)> {
    for check in checks {
        let Some(own) = words.remove(&check.id) else {
            let reason = format!("the words of check `{}` are missing", check.id);
            return Some(("[checks".to_owned(), reason));
        };
        if own.text.is_empty() || own.tip.is_empty() || own.cue.is_empty() {
            let reason = format!("check `{}` has an empty text, tip or cue", check.id);
            return Some((format!("[checks.{}]", check.id), reason));
        }
        (check.text, check.tip, check.cue) = (own.text, own.tip, own.cue);
    }
    let (unknown, _) = words.pop_first()?;
    Some((format!("[checks.{unknown}]"), format!("the exercise has no check `{unknown}`")))
}
