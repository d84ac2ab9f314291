//! What foreign files say, gathered row by row, before names and days are settled.
//!
//! Rows of a session may stand anywhere in a file. Places and indexes are counted over everything that the file has, so that
//! an exercise which is skipped today has the same ids when it is not skipped tomorrow.

use std::collections::HashMap;

use training::session::SetKind;

use crate::clean::{self, Cleaned};
use crate::error::Error;
use crate::limits::{
    MOST_NAMES, MOST_SETS, MOST_SETS_OF_A_SESSION, NAME_CHARS, SESSION_NOTE_CHARS, SET_NOTE_CHARS,
    TITLE_CHARS,
};
use crate::warning::{At, Skip, WarningKind, Warnings, skip};

/// A set as a file says it.
#[derive(Debug, Default)]
pub(crate) struct DraftSet {
    /// In [`Drafts::names`].
    pub(crate) name: usize,
    pub(crate) place: u16,
    /// At its place.
    pub(crate) index: u16,
    pub(crate) kind: Option<SetKind>,
    pub(crate) reps: Option<u16>,
    pub(crate) load_g: Option<i32>,
    pub(crate) secs: Option<u32>,
    pub(crate) meters: Option<f64>,
    pub(crate) rir_halves: Option<u8>,
    pub(crate) note: Option<String>,
    /// In [`DraftSession::supersets`].
    pub(crate) superset: Option<u16>,
    /// When it ended, milliseconds since 1970, where the file says so.
    pub(crate) done_at_ms: Option<i64>,
}

/// A session as a file says it.
#[derive(Debug, Default)]
pub(crate) struct DraftSession {
    /// Where it is met first.
    pub(crate) at: Option<At>,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) secs: Option<f64>,
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    pub(crate) sets: Vec<DraftSet>,
    /// Rows that its sets come from.
    pub(crate) n_rows: u64,
    last_row: Option<At>,
    supersets: Vec<String>,
    /// The number of the last set, where the file counts them.
    last_order: Option<u32>,
    /// The last note that was about an exercise, so that its repetitions are dropped.
    last_note: String,
}

/// A name of an exercise, and what its sets tell of it.
#[derive(Debug)]
pub(crate) struct DraftName {
    pub(crate) name: String,
    pub(crate) n_sets: u64,
    /// Whether load was added in any set.
    pub(crate) loaded: bool,
}

/// What a row says of its session.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OfSession<'a> {
    /// What rows of one session have in common.
    pub(crate) key: &'a str,
    pub(crate) start: &'a str,
    pub(crate) end: &'a str,
    pub(crate) secs: Option<f64>,
    pub(crate) title: &'a str,
    pub(crate) note: &'a str,
}

/// What a row says of where its set belongs.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OfSet<'a> {
    pub(crate) name: &'a str,
    /// Where the file counts the sets of an exercise.
    pub(crate) order: Option<u32>,
    pub(crate) superset: &'a str,
    pub(crate) note: &'a str,
    /// On the exercise rather than on the set.
    pub(crate) exercise_note: &'a str,
    /// Whether this row begins an exercise even if the one before has the same name.
    pub(crate) begins: bool,
}

/// All that was gathered.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub(crate) sessions: Vec<DraftSession>,
    pub(crate) names: Vec<DraftName>,
    pub(crate) warnings: Warnings,
    pub(crate) n_rows: u64,
    pub(crate) n_skipped: u64,
    /// Whether a load stood without its unit, and none was said.
    pub(crate) asks_load_unit: bool,
    n_sets: usize,
    session_of: HashMap<String, usize>,
    name_of: HashMap<String, usize>,
}

impl Drafts {
    /// With what decoding had to say.
    pub(crate) fn new(warnings: Warnings) -> Self {
        Self { warnings, ..Self::default() }
    }

    /// A row that is left out.
    pub(crate) fn leave_out(&mut self, at: At, (kind, value): &Skip) {
        self.n_skipped += 1;
        self.warnings.add(at, *kind, value);
    }

    /// The session of a row.
    pub(crate) fn session(&mut self, at: At, told: OfSession<'_>) -> usize {
        if let Some(known) = self.session_of.get(told.key) {
            return *known;
        }
        let title = self.kept(at, clean::line(told.title, TITLE_CHARS));
        let note = self.kept(at, clean::note(told.note, SESSION_NOTE_CHARS));
        self.sessions.push(DraftSession {
            at: Some(at),
            start: told.start.chars().take(64).collect(),
            end: told.end.chars().take(64).collect(),
            secs: told.secs,
            title,
            note: Some(note).filter(|note| !note.is_empty()),
            ..DraftSession::default()
        });
        self.session_of.insert(told.key.to_owned(), self.sessions.len() - 1);
        self.sessions.len() - 1
    }

    /// The number of an exercise's name.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn name(&mut self, at: At, name: &str) -> Result<usize, Error> {
        if let Some(known) = self.name_of.get(name) {
            return Ok(*known);
        }
        let cleaned = self.kept(at, clean::line(name, NAME_CHARS));
        let known = self.names.iter().position(|of| of.name == cleaned);
        let number = known.unwrap_or(self.names.len());
        if known.is_none() {
            self.names.push(DraftName { name: cleaned, n_sets: 0, loaded: false });
        }
        // As many spellings as names, or whoever makes up spellings fills the memory.
        if self.names.len() > MOST_NAMES || self.name_of.len() > 4 * MOST_NAMES {
            return Err(Error::TooManyNames { most: MOST_NAMES });
        }
        self.name_of.insert(name.to_owned(), number);
        Ok(number)
    }

    /// Adds a set at the end of its session. `Ok(Err(_))` leaves the row out.
    ///
    /// # Errors
    /// When the file has too many sets or names.
    pub(crate) fn add(
        &mut self,
        at: At,
        session: usize,
        told: OfSet<'_>,
        mut set: DraftSet,
    ) -> Result<Result<(), Skip>, Error> {
        set.name = self.name(at, told.name)?;
        if self.n_sets >= MOST_SETS {
            return Err(Error::TooManySets);
        }
        let note = self.kept(at, clean::note(told.note, SET_NOTE_CHARS));
        let exercise_note = self.kept(at, clean::note(told.exercise_note, SET_NOTE_CHARS));
        let Some(of) = self.sessions.get_mut(session) else { return Ok(Ok(())) };
        if of.sets.len() >= MOST_SETS_OF_A_SESSION {
            return Ok(Err(skip(WarningKind::ManySets, of.title.clone())));
        }
        let before = of.sets.last().map(|last| (last.name, last.place, last.index));
        let again = told.order.is_some_and(|order| of.last_order.is_some_and(|last| order <= last));
        (set.place, set.index) = match before {
            None => (0, 0),
            Some((name, place, index)) if name == set.name && !again && !told.begins => {
                (place, index + 1)
            }
            Some((_, place, _)) => (place + 1, 0),
        };
        if set.index == 0 {
            of.last_order = None;
            of.last_note.clear();
        }
        of.last_order = told.order.or(of.last_order);
        set.note = Some(note).filter(|note| !note.is_empty());
        if set.note.is_none() && !exercise_note.is_empty() && exercise_note != of.last_note {
            of.last_note.clone_from(&exercise_note);
            set.note = Some(exercise_note);
        }
        if !told.superset.is_empty() {
            let known = of.supersets.iter().position(|superset| superset == told.superset);
            let number = known.unwrap_or(of.supersets.len());
            if known.is_none() {
                of.supersets.push(told.superset.chars().take(64).collect());
            }
            set.superset = u16::try_from(number).ok();
        }
        if let Some(name) = self.names.get_mut(set.name) {
            name.n_sets += 1;
            name.loaded |= set.load_g.is_some_and(|load_g| load_g > 0);
        }
        self.n_sets += 1;
        if of.last_row != Some(at) {
            (of.last_row, of.n_rows) = (Some(at), of.n_rows + 1);
        }
        of.sets.push(set);
        Ok(Ok(()))
    }

    fn kept(&mut self, at: At, cleaned: Cleaned) -> String {
        if cleaned.shortened {
            self.warnings.add(at, WarningKind::Shortened, &cleaned.text);
        }
        cleaned.text
    }
}
