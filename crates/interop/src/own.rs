//! What our own two formats share: the columns of the table, and what every set must hold to after reading.
//!
//! Columns are only ever added: people keep these files for years.

use std::collections::BTreeMap;

use catalog::Catalog;
use training::session::{Asked, PerformedSet, Session};
use units::ExerciseId;

use crate::clean;
use crate::custom::CUSTOM_PREFIX;
use crate::draft::DraftName;
use crate::format::Format;
use crate::limits::{MOST_SETS_OF_A_SESSION, SESSION_NOTE_CHARS, SET_NOTE_CHARS, TITLE_CHARS};
use crate::options::{Choice, Options};
use crate::preview::{FoundExercise, Preview, Question};
use crate::settle::exercises;
use crate::warning::{At, Skip, WarningKind, Warnings, skip};

/// What `format` says in our JSON.
pub(crate) const FORMAT: &str = "spotter-sessions";
/// What `version` says in our JSON.
pub(crate) const VERSION: u64 = 1;

/// The columns of our table; `docs/import.md` tells what each holds.
pub(crate) const COLUMNS: [&str; 40] = [
    "session_id",
    "date",
    "started_at",
    "ended_at",
    "title",
    "origin",
    "plan_id",
    "plan_week",
    "plan_weekday",
    "deload",
    "session_rpe",
    "minutes",
    "session_note",
    "set_id",
    "place",
    "exercise",
    "exercise_name",
    "group",
    "group_kind",
    "kind",
    "side",
    "reps",
    "load_kg",
    "seconds",
    "meters",
    "reps_in_reserve",
    "note",
    "asked_dose",
    "asked_low",
    "asked_high",
    "asked_in_reserve",
    "asked_load_kg",
    "seen_attempts",
    "seen_technique",
    "seen_rom_deg",
    "seen_rep_seconds",
    "seen_best_velocity_mps",
    "seen_velocity_loss",
    "seen_in_reserve",
    "done_at",
];

/// Our own sessions while they are read.
#[derive(Debug, Default)]
pub(crate) struct OwnFile {
    pub(crate) sessions: Vec<Session>,
    /// Every exercise that they name, in the order of reading, with its name for people.
    names: Vec<(ExerciseId, DraftName)>,
    name_of: BTreeMap<ExerciseId, usize>,
    pub(crate) warnings: Warnings,
    pub(crate) n_rows: u64,
    pub(crate) n_skipped: u64,
}

impl OwnFile {
    /// With what decoding had to say.
    pub(crate) fn new(warnings: Warnings) -> Self {
        Self { warnings, ..Self::default() }
    }

    /// A row or set that is left out.
    pub(crate) fn leave_out(&mut self, at: At, (kind, value): &Skip) {
        self.n_skipped += 1;
        self.warnings.add(at, *kind, value);
    }

    /// Counts a set of an exercise.
    pub(crate) fn met(&mut self, id: &ExerciseId, name: &str) {
        let number = match self.name_of.get(id) {
            Some(number) => *number,
            None => {
                let mut name = clean::line(name, TITLE_CHARS).text;
                let taken = self.names.iter().any(|(_, of)| of.name == name);
                if name.is_empty() || taken {
                    name = id.to_string();
                }
                self.names.push((id.clone(), DraftName { name, n_sets: 0, loaded: false }));
                self.name_of.insert(id.clone(), self.names.len() - 1);
                self.names.len() - 1
            }
        };
        if let Some((_, of)) = self.names.get_mut(number) {
            of.n_sets += 1;
        }
    }

    /// The preview: exercises of the library and of one's own are taken as they are, others are asked for.
    pub(crate) fn preview(self, format: Format, catalog: &Catalog, options: &Options) -> Preview {
        let Self { mut sessions, names, name_of: _, warnings, n_rows, n_skipped } = self;
        let (ids, names): (Vec<ExerciseId>, Vec<DraftName>) = names.into_iter().unzip();
        let mut found = exercises(&names, format, catalog, options);
        let mut becomes = BTreeMap::new();
        for (id, found) in ids.into_iter().zip(&mut found) {
            let known = id.as_str().starts_with(CUSTOM_PREFIX)
                || catalog.library().iter().any(|entry| entry.facts.id == id);
            if known && !options.choices.contains_key(&found.name) {
                found.chosen = Some(Choice::Exercise(id.clone()));
            }
            becomes.insert(id, crate::settle::exercise_of(found));
        }
        for session in &mut sessions {
            session.sets.retain_mut(|set| match becomes.get(&set.exercise) {
                Some(Some(id)) => {
                    set.exercise.clone_from(id);
                    true
                }
                _ => false,
            });
            session.sets.sort_by_key(|set| (set.place, set.done_at_ms, set.id));
        }
        sessions.sort_by_key(|session| (session.started_at_ms, session.id));
        let open = found.iter().any(|found: &FoundExercise| found.chosen.is_none());
        let questions = open.then_some(Question::Exercises).into_iter().collect();
        let columns = Vec::new();
        Preview {
            format,
            sessions,
            exercises: found,
            columns,
            questions,
            warnings,
            n_rows,
            n_skipped,
        }
    }
}

/// Whether a session holds to what `training::session` says of it, its texts cleaned.
pub(crate) fn check_session(
    session: &mut Session,
    at: At,
    options: &Options,
    warnings: &mut Warnings,
) -> Result<(), Skip> {
    let ended = session.ended_at_ms.unwrap_or(session.started_at_ms);
    let past = options.is_past_day(session.on)
        && options.is_past(session.started_at_ms)
        && options.is_past(ended);
    if !past {
        return Err(skip(WarningKind::Future, session.on.to_string()));
    }
    let out = |value: String| Err(skip(WarningKind::OutOfRange, value));
    if session.srpe_halves.is_some_and(|halves| halves > 20) {
        return out(format!("session_rpe {:?}", session.srpe_halves));
    }
    if session.minutes.is_some_and(|minutes| !(1..=1440).contains(&minutes)) {
        return out(format!("minutes {:?}", session.minutes));
    }
    if session.ended_at_ms.is_some_and(|ended| ended < session.started_at_ms) {
        return Err(skip(WarningKind::NoEnd, session.on.to_string()));
    }
    let title = clean::line(&session.title, TITLE_CHARS);
    if title.shortened {
        warnings.add(at, WarningKind::Shortened, &title.text);
    }
    session.title = title.text;
    cleaned(&mut session.note, SESSION_NOTE_CHARS, at, warnings);
    Ok(())
}

/// Whether a set holds to what `training::session` says of it, its note cleaned.
pub(crate) fn check_set(
    set: &mut PerformedSet,
    at: At,
    options: &Options,
    warnings: &mut Warnings,
) -> Result<(), Skip> {
    if !options.is_past(set.done_at_ms) {
        return Err(skip(WarningKind::Future, ""));
    }
    if set.reps.is_none() && set.secs.is_none() && set.meters.is_none() {
        return Err(skip(WarningKind::NothingDone, set.exercise.as_str()));
    }
    let out = |what: &str| Err(skip(WarningKind::OutOfRange, what));
    if usize::from(set.place) >= MOST_SETS_OF_A_SESSION {
        return out("place");
    }
    if set.reps.is_some_and(|reps| reps > 1_000) {
        return out("reps");
    }
    let heavy = |load_g: i32| !(-500_000..=1_000_000).contains(&load_g);
    if set.load_g.is_some_and(heavy) || set.target.is_some_and(|of| of.load_g.is_some_and(heavy)) {
        return out("load_kg");
    }
    if set.secs.is_some_and(|secs| secs > 86_400) {
        return out("seconds");
    }
    if set.meters.is_some_and(|meters| !(0.0..=1_000_000.0).contains(&meters)) {
        return out("meters");
    }
    if set.rir_halves.is_some_and(|halves| halves > 20) {
        return out("reps_in_reserve");
    }
    if let Some(Asked { target, .. }) = set.target
        && (target.low > target.high
            || target.high > 3_600
            || target.rir.is_some_and(|rir| rir > 10))
    {
        return out("asked");
    }
    if let Some(seen) = &set.seen {
        let within =
            |value: Option<f64>, most: f64| value.is_none_or(|value| (0.0..=most).contains(&value));
        let believable = seen.attempts <= 1_000
            && within(seen.technique, 100.0)
            && within(seen.rom_deg, 360.0)
            && within(seen.rep_secs, 3_600.0)
            && within(seen.best_velocity_mps, 20.0)
            && within(seen.velocity_loss, 1.0)
            && seen.rir_halves.is_none_or(|halves| halves <= 20);
        if !believable {
            return out("seen");
        }
    }
    cleaned(&mut set.note, SET_NOTE_CHARS, at, warnings);
    Ok(())
}

fn cleaned(note: &mut Option<String>, most_chars: usize, at: At, warnings: &mut Warnings) {
    let Some(text) = note.as_deref() else { return };
    let kept = clean::note(text, most_chars);
    if kept.shortened {
        warnings.add(at, WarningKind::Shortened, &kept.text);
    }
    *note = Some(kept.text).filter(|text| !text.is_empty());
}
