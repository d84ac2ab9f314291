//! `StrongLifts`' CSV: a row per exercise, its sets side by side.
//!
//! A set with 0 repetitions was planned and failed. One without a number was not planned.

use catalog::Catalog;

use crate::draft::{DraftSet, Drafts, OfSession, OfSet};
use crate::error::Error;
use crate::format::Format;
use crate::number;
use crate::options::{LoadUnit, Options};
use crate::preview::{FoundColumn, Preview};
use crate::settle::settle;
use crate::table::{Row, Table};
use crate::warning::{At, Skip, WarningKind, Warnings, skip};

/// Where the columns are.
#[derive(Default)]
struct Columns {
    date: usize,
    exercise: usize,
    title: Option<usize>,
    note: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    hours: Option<usize>,
    /// Repetitions, and the loads that follow with their units.
    sets: Vec<(usize, Vec<(usize, LoadUnit)>)>,
}

pub(crate) fn read(
    text: &str,
    warnings: Warnings,
    catalog: &Catalog,
    options: &Options,
) -> Result<Preview, Error> {
    let mut table = Table::new(text)?;
    let columns = Columns::of(&table.header).ok_or(Error::Unknown)?;
    let header: Vec<_> = table.header.clone();
    let mut drafts = Drafts::new(warnings);
    while let Some(row) = table.next()? {
        drafts.n_rows += 1;
        match row {
            Ok(row) => columns.read(&row, &mut drafts)?,
            Err((line, skip)) => drafts.leave_out(At::Line(line), &skip),
        }
    }
    let found = header.into_iter().map(|header| FoundColumn { header, column: None }).collect();
    Ok(settle(Format::StrongLifts, drafts, found, catalog, options))
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let lower: Vec<String> = header.iter().map(|name| name.to_lowercase()).collect();
        let at = |name: &str| lower.iter().position(|of| of == name);
        let mut columns = Self {
            date: lower.iter().position(|of| of.starts_with("date"))?,
            exercise: at("exercise")?,
            title: at("workout name"),
            note: at("notes"),
            start: at("start time (h:mm)"),
            end: at("end time (h:mm)"),
            hours: at("duration (hours)"),
            sets: Vec::new(),
        };
        for (place, name) in lower.iter().enumerate() {
            // `Set 1 (Reps)`, then `Set 1 (KG)`.
            let Some((_, unit)) = name.strip_prefix("set ").and_then(|of| of.split_once('('))
            else {
                continue;
            };
            match (unit.trim_end_matches(')'), columns.sets.last_mut()) {
                ("reps", _) => columns.sets.push((place, Vec::new())),
                (unit, Some((_, loads))) => {
                    loads.extend(LoadUnit::of_word(unit).map(|unit| (place, unit)));
                }
                _ => {}
            }
        }
        Some(columns).filter(|columns| !columns.sets.is_empty())
    }

    fn read(&self, row: &Row<'_>, drafts: &mut Drafts) -> Result<(), Error> {
        let at = At::Line(row.line);
        let text = |column: Option<usize>| column.map_or("", |at| row.text(at));
        let (day, name) = (row.text(self.date), row.text(self.exercise));
        if day.is_empty() || name.is_empty() {
            let kind = if day.is_empty() { WarningKind::NoDate } else { WarningKind::NoExercise };
            drafts.leave_out(at, &skip(kind, ""));
            return Ok(());
        }
        let with = |time: &str| {
            if time.is_empty() { String::new() } else { format!("{day} {time}") }
        };
        let (start, end) = (with(text(self.start)), with(text(self.end)));
        let start = if start.is_empty() { day.to_owned() } else { start };
        let title = text(self.title);
        let key = format!("{start}\n{title}");
        let secs = number::secs(text(self.hours), 3600.0).unwrap_or_default();
        let note = text(self.note);
        let session = drafts
            .session(at, OfSession { key: &key, start: &start, end: &end, secs, title, note });
        let sets = self.sets.iter().map(|(reps, loads)| set(row, *reps, loads));
        let sets = match sets.collect::<Result<Vec<_>, Skip>>() {
            Ok(sets) => sets,
            Err(skip) => {
                drafts.leave_out(at, &skip);
                return Ok(());
            }
        };
        let mut begins = true;
        for set in sets.into_iter().flatten() {
            let told = OfSet { name, begins, ..OfSet::default() };
            begins = false;
            if let Err(skip) = drafts.add(at, session, told, set)? {
                drafts.leave_out(at, &skip);
                return Ok(());
            }
        }
        if begins {
            drafts.leave_out(at, &skip(WarningKind::NothingDone, name));
        }
        Ok(())
    }
}

fn set(row: &Row<'_>, reps: usize, loads: &[(usize, LoadUnit)]) -> Result<Option<DraftSet>, Skip> {
    let Some(reps) = number::whole(row.text(reps), 1_000)? else { return Ok(None) };
    let mut load_g = None;
    for (column, unit) in loads {
        let text = row.text(*column);
        let amount = number::number(text)?.filter(|amount| *amount != 0.0);
        if let Some(amount) = amount {
            load_g = Some(number::grams(amount, *unit, text)?);
            break;
        }
    }
    Ok(Some(DraftSet { reps: u16::try_from(reps).ok(), load_g, ..DraftSet::default() }))
}
