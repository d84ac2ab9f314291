//! Our own JSON: sessions as they are kept, with the names of their exercises.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use serde::Deserialize;
use training::session::Session;

use crate::error::Error;
use crate::format::Format;
use crate::limits::{MOST_NAMES, MOST_SETS, MOST_SETS_OF_A_SESSION};
use crate::options::Options;
use crate::own::{FORMAT, OwnFile, VERSION, check_session, check_set};
use crate::preview::Preview;
use crate::warning::{At, WarningKind, Warnings, skip};

/// Read first, so that a newer file is told apart from a damaged one.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Deserialize)]
struct Body {
    /// Names for people, by id.
    #[serde(default)]
    exercises: BTreeMap<String, String>,
    sessions: Vec<Session>,
}

pub(crate) fn read(
    text: &str,
    warnings: Warnings,
    catalog: &Catalog,
    options: &Options,
) -> Result<Preview, Error> {
    let damaged = |error: serde_json::Error| Error::Damaged { reason: error.to_string() };
    let head: Head = serde_json::from_str(text).map_err(damaged)?;
    if head.format != FORMAT {
        return Err(Error::Unknown);
    }
    if head.version != VERSION {
        return Err(Error::Newer { version: head.version });
    }
    let body: Body = serde_json::from_str(text).map_err(damaged)?;
    if body.sessions.iter().map(|session| session.sets.len()).sum::<usize>() > MOST_SETS {
        return Err(Error::TooManySets);
    }
    let mut file = OwnFile::new(warnings);
    let (mut ids, mut exercises) = (BTreeSet::new(), BTreeSet::new());
    for (nth, mut session) in (1..).zip(body.sessions) {
        let at = At::Session(nth);
        file.n_rows += (session.sets.len() as u64).max(1);
        let mut checked = check_session(&mut session, at, options, &mut file.warnings);
        if checked.is_ok() && !ids.insert(session.id) {
            checked = Err(skip(WarningKind::Twice, session.id.to_string()));
        }
        if let Err(skip) = checked {
            file.leave_out(at, &skip);
            file.n_skipped += (session.sets.len() as u64).saturating_sub(1);
            continue;
        }
        for mut set in std::mem::take(&mut session.sets) {
            let mut checked = check_set(&mut set, at, options, &mut file.warnings);
            if session.sets.len() >= MOST_SETS_OF_A_SESSION {
                checked = Err(skip(WarningKind::ManySets, session.title.clone()));
            }
            if checked.is_ok() && !ids.insert(set.id) {
                checked = Err(skip(WarningKind::Twice, set.id.to_string()));
            }
            if let Err(skip) = checked {
                file.leave_out(at, &skip);
                continue;
            }
            exercises.insert(set.exercise.clone());
            if exercises.len() > MOST_NAMES {
                return Err(Error::TooManyNames { most: MOST_NAMES });
            }
            let name = body.exercises.get(set.exercise.as_str()).map_or("", String::as_str);
            file.met(&set.exercise, name);
            session.sets.push(set);
        }
        file.sessions.push(session);
    }
    Ok(file.preview(Format::SpotterJson, catalog, options))
}
