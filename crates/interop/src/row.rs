//! One row of a table with one set per row: Strong, Hevy, `FitNotes` and whatever people map.

use training::session::SetKind;

use crate::draft::{DraftSet, Drafts, OfSession, OfSet};
use crate::error::Error;
use crate::format::Format;
use crate::layout::{Column, Layout};
use crate::number;
use crate::options::{LoadUnit, Options};
use crate::table::Row;
use crate::warning::{At, Skip, WarningKind, skip};

/// The most sets that one row stands for.
const MOST_SETS_OF_A_ROW: u32 = 20;

/// How to read rows.
pub(crate) struct Rows<'a> {
    pub(crate) format: Format,
    pub(crate) layout: &'a Layout,
    pub(crate) options: &'a Options,
    /// A note that stands in a row of its own, for the exercise that follows.
    pub(crate) note: String,
}

impl Rows<'_> {
    /// Adds what a row says.
    ///
    /// # Errors
    /// When the file has too many sets or names.
    pub(crate) fn read(&mut self, row: &Row<'_>, drafts: &mut Drafts) -> Result<(), Error> {
        let at = At::Line(row.line);
        let order = self.text(row, Column::SetOrder);
        if order.eq_ignore_ascii_case("rest timer") {
            return Ok(());
        }
        if order.eq_ignore_ascii_case("note") {
            self.text(row, Column::ExerciseNote).clone_into(&mut self.note);
            return Ok(());
        }
        drafts.n_rows += 1;
        match self.set(row, drafts) {
            Ok((set, n_sets)) => self.add(row, &set, n_sets, drafts),
            Err(skip) => {
                drafts.leave_out(at, &skip);
                Ok(())
            }
        }
    }

    fn text<'r>(&self, row: &'r Row<'_>, column: Column) -> &'r str {
        self.layout.at(column).map_or("", |at| row.text(at))
    }

    fn add(
        &mut self,
        row: &Row<'_>,
        set: &DraftSet,
        n_sets: u32,
        drafts: &mut Drafts,
    ) -> Result<(), Error> {
        let at = At::Line(row.line);
        let (start, title) = (self.text(row, Column::Start), self.text(row, Column::Title));
        let time = self.text(row, Column::StartTime);
        let start = if time.is_empty() { start.to_owned() } else { format!("{start} {time}") };
        let key = match self.format {
            Format::Table => format!("{}\n{title}", day_part(&start)),
            _ => format!("{start}\n{title}"),
        };
        let secs = self.text(row, Column::SessionSecs);
        let session = drafts.session(
            at,
            OfSession {
                key: &key,
                start: &start,
                end: self.text(row, Column::End),
                secs: number::secs(secs, self.layout.session_secs_scale).unwrap_or_default(),
                title,
                note: self.text(row, Column::SessionNote),
            },
        );
        let note = std::mem::take(&mut self.note);
        let own = self.text(row, Column::ExerciseNote);
        let told = OfSet {
            name: self.text(row, Column::Exercise),
            order: self.text(row, Column::SetOrder).parse().ok(),
            superset: self.text(row, Column::Superset),
            note: self.text(row, Column::SetNote),
            exercise_note: if note.is_empty() { own } else { &note },
            begins: false,
        };
        for _ in 0..n_sets {
            let told = if n_sets > 1 { OfSet { order: None, ..told } } else { told };
            let again = DraftSet { note: None, ..*set };
            if let Err(skip) = drafts.add(at, session, told, again)? {
                drafts.leave_out(at, &skip);
                break;
            }
        }
        Ok(())
    }

    /// The set, and how many of it there are.
    fn set(&self, row: &Row<'_>, drafts: &mut Drafts) -> Result<(DraftSet, u32), Skip> {
        let name = self.text(row, Column::Exercise);
        if name.is_empty() {
            return Err(skip(WarningKind::NoExercise, ""));
        }
        if self.text(row, Column::Start).is_empty() {
            return Err(skip(WarningKind::NoDate, ""));
        }
        let (kind, to_failure) = self.kind(row, drafts);
        let secs = self.text(row, Column::Secs);
        let secs_value = number::secs(secs, self.layout.secs_scale)?;
        let secs = secs_value.map(|value| number::bounded(value, 86_400, secs)).transpose()?;
        let reps = number::whole(self.text(row, Column::Reps), 1_000)?;
        let meters = self.meters(row)?;
        let (secs, meters) = (secs.filter(|secs| *secs > 0), meters.filter(|meters| *meters > 0.0));
        // Programs write 0 where nothing was counted.
        let timed = secs.is_some() || meters.is_some();
        let reps = reps.filter(|reps| *reps > 0 || !timed);
        if !timed && reps.is_none_or(|reps| reps == 0) {
            return Err(skip(WarningKind::NothingDone, name));
        }
        let n_sets = number::whole(self.text(row, Column::NSets), MOST_SETS_OF_A_ROW)?;
        let set = DraftSet {
            kind: Some(kind),
            reps: reps.and_then(|reps| u16::try_from(reps).ok()),
            load_g: self.load_g(row, name, drafts)?,
            secs,
            meters,
            rir_halves: self.rir_halves(row, drafts).or_else(|| to_failure.then_some(0)),
            ..DraftSet::default()
        };
        Ok((set, n_sets.unwrap_or(1).max(1)))
    }

    fn load_g(&self, row: &Row<'_>, name: &str, drafts: &mut Drafts) -> Result<Option<i32>, Skip> {
        let beside = LoadUnit::of_word(self.text(row, Column::LoadUnit));
        for (column, of_header) in &self.layout.loads {
            let text = row.text(*column);
            let Some((amount, of_text)) = number::load(text)? else { continue };
            // No load is written as 0 by most programs.
            if amount == 0.0 {
                continue;
            }
            let told = of_text.or(beside).or(*of_header);
            drafts.asks_load_unit |= told.is_none() && self.options.load_unit.is_none();
            let unit = told.or(self.options.load_unit).unwrap_or(LoadUnit::Kilograms);
            let grams = number::grams(amount, unit, text)?;
            if grams > 0 && is_assisted(name) {
                drafts.warnings.add_once(WarningKind::Assisted, name);
                return number::grams(-amount, unit, text).map(Some);
            }
            return Ok(Some(grams));
        }
        Ok(None)
    }

    fn meters(&self, row: &Row<'_>) -> Result<Option<f64>, Skip> {
        let beside = number::meters_of(self.text(row, Column::DistanceUnit));
        for (column, of_header) in &self.layout.distances {
            let text = row.text(*column);
            let Some(amount) = number::number(text)? else { continue };
            // Where no unit is told, whoever lifts kilograms runs kilometers.
            let whole = match self.options.load_unit {
                Some(LoadUnit::Pounds) => 1609.344,
                Some(LoadUnit::Kilograms) | None => 1000.0,
            };
            let meters = amount * beside.or(*of_header).unwrap_or(whole);
            if !(0.0..=1_000_000.0).contains(&meters) {
                return Err(skip(WarningKind::OutOfRange, text));
            }
            // A millimeter is enough, and hides what the division left over.
            return Ok(Some((meters * 1000.0).round() / 1000.0));
        }
        Ok(None)
    }

    fn rir_halves(&self, row: &Row<'_>, drafts: &mut Drafts) -> Option<u8> {
        let (rir, rpe) = (self.text(row, Column::Rir), self.text(row, Column::Rpe));
        let halves = match (number::number(rir), number::number(rpe)) {
            (Ok(Some(rir)), _) => Some(rir * 2.0),
            // `rpe = 10 - rir`; nobody feels 0, which is written where nothing was said.
            (Ok(None), Ok(Some(rpe))) if rpe > 0.0 => Some((10.0 - rpe) * 2.0),
            (Ok(None), Ok(_)) => return None,
            _ => None,
        };
        let text = if rir.is_empty() { rpe } else { rir };
        let halves = halves.and_then(|halves| number::bounded(halves, 20, text).ok());
        if halves.is_none() {
            drafts.warnings.add(At::Line(row.line), WarningKind::NoEffort, text);
        }
        u8::try_from(halves?).ok()
    }

    /// The kind of set, and whether it went to failure.
    fn kind(&self, row: &Row<'_>, drafts: &mut Drafts) -> (SetKind, bool) {
        let warm_up = self.text(row, Column::IsWarmUp).to_lowercase();
        if matches!(warm_up.as_str(), "true" | "1" | "yes" | "ja" | "x") {
            return (SetKind::WarmUp, false);
        }
        let word = match (self.text(row, Column::SetKind), self.text(row, Column::SetOrder)) {
            ("", order) => order,
            (kind, _) => kind,
        };
        match kind_of(word) {
            Some(found) => found,
            None => {
                drafts.warnings.add(At::Line(row.line), WarningKind::UnknownKind, word);
                (SetKind::Work, false)
            }
        }
    }
}

fn kind_of(word: &str) -> Option<(SetKind, bool)> {
    let lower = word.to_lowercase();
    // `W`, or `W1` where a program counts them.
    let bare = lower.trim_end_matches(|c: char| c.is_ascii_digit()).trim();
    Some(match bare {
        "" | "normal" | "work" | "working" | "set" | "n" | "arbeitssatz" => (SetKind::Work, false),
        "w" | "warmup" | "warm-up" | "warm_up" | "warm up" | "aufwärmen" | "aufwärmsatz" => {
            (SetKind::WarmUp, false)
        }
        "d" | "drop" | "dropset" | "drop_set" | "drop set" | "reduktionssatz" => {
            (SetKind::Drop, false)
        }
        "f" | "failure" | "failed" => (SetKind::Work, true),
        "amrap" | "a" => (SetKind::Amrap, false),
        _ => return None,
    })
}

/// Whether load on it is help.
pub(crate) fn is_assisted(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("assisted") || lower.contains("assistiert") || lower.contains("unterstützt")
}

/// The day of a day with a time.
fn day_part(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text);
    let end = before.rfind([' ', 'T', 't']).unwrap_or(before.len());
    before.get(..end).unwrap_or(before).trim_end_matches([',', ' '])
}
