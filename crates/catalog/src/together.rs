//! Faults between files: names used twice, and exercises that point to others that do not exist or do not fit.

use crate::file::{CatalogError, Parsed};

/// Refuses the first fault found.
pub(crate) fn check(library: &[Parsed]) -> Result<(), CatalogError> {
    for (index, parsed) in library.iter().enumerate() {
        let fault = name_fault(parsed, &library[..index])
            .or_else(|| family_fault(parsed, library))
            .or_else(|| order_fault(parsed, library));
        if let Some(reason) = fault {
            let file = format!("{}.toml", parsed.entry.id);
            return Err(CatalogError { file, line: 1, reason });
        }
    }
    Ok(())
}

fn name_fault(parsed: &Parsed, earlier: &[Parsed]) -> Option<String> {
    let names = |of: &Parsed| -> Vec<String> {
        let entry = &of.entry;
        entry.aliases.iter().cloned().chain([entry.id.to_string(), entry.name.clone()]).collect()
    };
    let own = names(parsed);
    earlier.iter().find_map(|other| {
        let name = names(other).into_iter().find(|name| own.contains(name))?;
        Some(format!("the name `{name}` is already used by `{}`", other.entry.id))
    })
}

fn family_fault(parsed: &Parsed, library: &[Parsed]) -> Option<String> {
    let family = &parsed.judging.as_ref()?.family;
    let head = library.iter().find(|other| other.entry.id == *family);
    match head {
        Some(Parsed { judging: Some(_), .. }) => None,
        Some(_) => Some(format!("family `{family}` has no `[movement]`")),
        None => Some(format!("family `{family}` is not an exercise")),
    }
}

/// What is wrong with the easier and harder exercises that it points to.
fn order_fault(parsed: &Parsed, library: &[Parsed]) -> Option<String> {
    let entry = &parsed.entry;
    let easier = entry.regressions.iter().map(|id| ("regression", id));
    let harder = entry.progressions.iter().map(|id| ("progression", id));
    easier.chain(harder).find_map(|(kind, id)| {
        let Some(other) = library.iter().find(|other| other.entry.id == *id) else {
            return Some(format!("{kind} `{id}` is not an exercise"));
        };
        let (own, level) = (entry.level, other.entry.level);
        if *id == entry.id || kind == "regression" && entry.progressions.contains(id) {
            return Some(format!("{kind} `{id}` is not easier here and harder there"));
        }
        let wrong = if kind == "regression" { level > own } else { level < own };
        wrong.then(|| format!("{kind} `{id}` is for the level `{}`", level.as_str()))
    })
}
