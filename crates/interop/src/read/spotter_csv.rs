//! Our own table: a row per set, the session's columns repeated; a session without sets has a row of its own.

use std::collections::{BTreeSet, HashMap};

use catalog::Catalog;
use jiff::Timestamp;
use training::exercise::Dose;
use training::program::{Target, Weekday};
use training::session::{
    Asked, FromPlan, Group, GroupKind, Origin, PerformedSet, Seen, Session, SetKind,
};
use units::{ExerciseId, Side};
use uuid::Uuid;

use crate::clean;
use crate::error::Error;
use crate::format::Format;
use crate::identity;
use crate::limits::{MOST_NAMES, MOST_SETS, MOST_SETS_OF_A_SESSION};
use crate::number;
use crate::options::{LoadUnit, Options};
use crate::own::{COLUMNS, OwnFile, check_session, check_set};
use crate::preview::Preview;
use crate::table::{Row, Table};
use crate::warning::{At, Skip, WarningKind, Warnings, skip};

pub(crate) fn read(
    text: &str,
    warnings: Warnings,
    catalog: &Catalog,
    options: &Options,
) -> Result<Preview, Error> {
    let mut table = Table::new(text)?;
    let lower: Vec<String> = table.header.iter().map(|name| name.to_lowercase()).collect();
    let at = COLUMNS.map(|column| (column, lower.iter().position(|name| name == column)));
    let mut file = OwnFile::new(warnings);
    let (mut session_of, mut ids) = (HashMap::<Uuid, usize>::new(), BTreeSet::new());
    let (mut exercises, mut n_sets) = (BTreeSet::new(), 0);
    while let Some(row) = table.next()? {
        file.n_rows += 1;
        let row = match row {
            Ok(row) => row,
            Err((line, skip)) => {
                file.leave_out(At::Line(line), &skip);
                continue;
            }
        };
        let (line, cells) = (At::Line(row.line), Cells { at: &at, row });
        let read = cells.session(&session_of, line, options, &mut file).and_then(|number| {
            let Some(session) = file.sessions.get_mut(number) else { return Ok(()) };
            session_of.insert(session.id, number);
            if cells.text("exercise").is_empty() {
                return Ok(());
            }
            let mut set = cells.set(session)?;
            if session.sets.len() >= MOST_SETS_OF_A_SESSION {
                return Err(skip(WarningKind::ManySets, session.title.clone()));
            }
            check_set(&mut set, line, options, &mut file.warnings)?;
            if !ids.insert(set.id) {
                return Err(skip(WarningKind::Twice, set.id.to_string()));
            }
            n_sets += 1;
            exercises.insert(set.exercise.clone());
            session.sets.push(set.clone());
            file.met(&set.exercise, clean::unguard(cells.text("exercise_name")));
            Ok(())
        });
        if let Err(skip) = read {
            file.leave_out(line, &skip);
        }
        if n_sets > MOST_SETS {
            return Err(Error::TooManySets);
        }
        if exercises.len() > MOST_NAMES {
            return Err(Error::TooManyNames { most: MOST_NAMES });
        }
    }
    Ok(file.preview(Format::SpotterCsv, catalog, options))
}

/// A row, by the names of its columns.
struct Cells<'a> {
    at: &'a [(&'static str, Option<usize>); COLUMNS.len()],
    row: Row<'a>,
}

impl Cells<'_> {
    fn column(&self, name: &str) -> Option<usize> {
        self.at.iter().find(|(column, _)| *column == name).and_then(|(_, at)| *at)
    }

    fn text(&self, name: &str) -> &str {
        self.column(name).map_or("", |at| self.row.text(at))
    }

    /// A text that people wrote.
    fn prose(&self, name: &str) -> Option<String> {
        let exact = self.column(name).map_or("", |at| self.row.exact(at));
        Some(clean::unguard(exact).to_owned()).filter(|text| !text.is_empty())
    }

    fn no_value(&self, name: &str) -> Skip {
        skip(WarningKind::NoValue, format!("{name} `{}`", self.text(name)))
    }

    fn must<T>(&self, name: &str, value: Option<T>) -> Result<T, Skip> {
        value.ok_or_else(|| self.no_value(name))
    }

    /// What must be readable where something is written.
    fn may<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Skip> {
        match self.text(name) {
            "" => Ok(None),
            text => read(text).map(Some).ok_or_else(|| self.no_value(name)),
        }
    }

    fn moment_ms(&self, name: &str) -> Result<Option<i64>, Skip> {
        self.may(name, |text| text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond))
    }

    fn whole<T: TryFrom<u32>>(&self, name: &str) -> Result<Option<T>, Skip> {
        let value = number::whole(self.text(name), u32::MAX)?;
        value.map(|value| T::try_from(value).map_err(|_large| self.no_value(name))).transpose()
    }

    fn decimal(&self, name: &str) -> Result<Option<f64>, Skip> {
        number::number(self.text(name))
    }

    fn halves(&self, name: &str) -> Result<Option<u8>, Skip> {
        let Some(value) = self.decimal(name)? else { return Ok(None) };
        let halves = number::bounded(value * 2.0, 20, self.text(name))?;
        u8::try_from(halves).map(Some).map_err(|_large| self.no_value(name))
    }

    fn load_g(&self, name: &str) -> Result<Option<i32>, Skip> {
        let text = self.text(name);
        let load = number::number(text)?;
        load.map(|kg| number::grams(kg, LoadUnit::Kilograms, text)).transpose()
    }

    /// The number of the row's session, which is made where it is met first.
    fn session(
        &self,
        known: &HashMap<Uuid, usize>,
        at: At,
        options: &Options,
        file: &mut OwnFile,
    ) -> Result<usize, Skip> {
        let id = self.must("session_id", self.text("session_id").parse::<Uuid>().ok())?;
        if let Some(number) = known.get(&id) {
            return Ok(*number);
        }
        let origin = named(Origin::ALL, Origin::as_str, self.text("origin"));
        let from_plan = match self.may("plan_id", |text| text.parse::<Uuid>().ok())? {
            None => None,
            Some(plan) => {
                let weekday = named(Weekday::ALL, Weekday::as_str, self.text("plan_weekday"));
                Some(FromPlan {
                    plan,
                    week: self.must("plan_week", self.whole("plan_week")?)?,
                    weekday: self.must("plan_weekday", weekday)?,
                })
            }
        };
        let mut session = Session {
            id,
            on: self.must("date", self.text("date").parse().ok())?,
            started_at_ms: self.must("started_at", self.moment_ms("started_at")?)?,
            ended_at_ms: self.moment_ms("ended_at")?,
            title: self.prose("title").unwrap_or_default(),
            origin: self.must("origin", origin)?,
            from_plan,
            deload: self.text("deload").eq_ignore_ascii_case("true"),
            srpe_halves: self.halves("session_rpe")?,
            minutes: self.whole("minutes")?,
            note: self.prose("session_note"),
            sets: Vec::new(),
        };
        check_session(&mut session, at, options, &mut file.warnings)?;
        file.sessions.push(session);
        Ok(file.sessions.len() - 1)
    }

    fn set(&self, session: &Session) -> Result<PerformedSet, Skip> {
        let place = self.must("place", self.whole("place")?)?;
        let id = match self.may("set_id", |text| text.parse::<Uuid>().ok())? {
            Some(id) => id,
            // A row that somebody added by hand.
            None => {
                let before = session.sets.iter().filter(|set| set.place == place).count();
                identity::set(&session.id, place, u16::try_from(before).unwrap_or(u16::MAX))
            }
        };
        let exercise = ExerciseId::try_from(self.text("exercise").to_owned()).ok();
        let kind = named(SetKind::ALL, SetKind::as_str, self.text("kind"));
        let side = |text: &str| match text {
            "left" => Some(Side::Left),
            "right" => Some(Side::Right),
            _ => None,
        };
        Ok(PerformedSet {
            id,
            exercise: self.must("exercise", exercise)?,
            place,
            group: self.group()?,
            kind: self.must("kind", kind)?,
            side: self.may("side", side)?,
            reps: self.whole("reps")?,
            load_g: self.load_g("load_kg")?,
            secs: self.whole("seconds")?,
            meters: self.decimal("meters")?,
            rir_halves: self.halves("reps_in_reserve")?,
            note: self.prose("note"),
            target: self.asked()?,
            seen: self.seen()?,
            done_at_ms: self.must("done_at", self.moment_ms("done_at")?)?,
        })
    }

    fn group(&self) -> Result<Option<Group>, Skip> {
        let Some(number) = self.whole("group")? else { return Ok(None) };
        let kind = named(GroupKind::ALL, GroupKind::as_str, self.text("group_kind"));
        Ok(Some(Group { number, kind: self.must("group_kind", kind)? }))
    }

    fn asked(&self) -> Result<Option<Asked>, Skip> {
        let dose = self.may("asked_dose", |text| named(Dose::ALL, Dose::as_str, text))?;
        let Some(dose) = dose else { return Ok(None) };
        let target = Target {
            dose,
            low: self.must("asked_low", self.whole("asked_low")?)?,
            high: self.must("asked_high", self.whole("asked_high")?)?,
            rir: self.whole("asked_in_reserve")?,
        };
        Ok(Some(Asked { target, load_g: self.load_g("asked_load_kg")? }))
    }

    fn seen(&self) -> Result<Option<Seen>, Skip> {
        let Some(attempts) = self.whole("seen_attempts")? else { return Ok(None) };
        Ok(Some(Seen {
            attempts,
            technique: self.decimal("seen_technique")?,
            rom_deg: self.decimal("seen_rom_deg")?,
            rep_secs: self.decimal("seen_rep_seconds")?,
            best_velocity_mps: self.decimal("seen_best_velocity_mps")?,
            velocity_loss: self.decimal("seen_velocity_loss")?,
            rir_halves: self.halves("seen_in_reserve")?,
        }))
    }
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == text)
}
