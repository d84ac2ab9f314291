//! FIT activities with `set` messages (225), as watches record strength training.
//!
//! Message by message, so that memory does not grow with the file. Names that were corrected in Garmin Connect are not in it.

use std::collections::BTreeMap;

use catalog::Catalog;
use jiff::Timestamp;
use rustyfit::profile::mesgdef;
use rustyfit::profile::typedef::{
    DateTime, ExerciseCategory, LocalDateTime, MesgNum, SetType, SubSport,
};
use rustyfit::proto::Message;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator as _};
use training::session::SetKind;

use crate::draft::{DraftSet, Drafts, OfSession, OfSet};
use crate::error::Error;
use crate::fit_names;
use crate::format::Format;
use crate::limits::{MOST_NAMES, MOST_ROWS, MOST_SETS};
use crate::options::Options;
use crate::preview::Preview;
use crate::settle::settle;
use crate::warning::{At, WarningKind, skip};

pub(crate) fn read(bytes: &[u8], catalog: &Catalog, options: &Options) -> Result<Preview, Error> {
    let mut decoder = Decoder::builder().expand_components(false).build();
    let mut rest = bytes;
    let mut stream = decoder.stream(&mut rest);
    let (mut drafts, mut activity) = (Drafts::default(), Activity::default());
    let (mut n_messages, mut n_sets) = (0_u64, 0);
    while let Some(event) = stream.next() {
        n_messages += 1;
        if n_messages > MOST_ROWS {
            return Err(Error::TooManyRows);
        }
        match event {
            Ok(DecoderEvent::Message(message)) => {
                activity.take(n_messages, message);
                if activity.sets.len() + n_sets > MOST_SETS {
                    return Err(Error::TooManySets);
                }
                if activity.titles.len() > MOST_NAMES {
                    return Err(Error::TooManyNames { most: MOST_NAMES });
                }
            }
            // One file may hold several activities, one after the other.
            Ok(DecoderEvent::Crc(_)) => {
                n_sets += activity.sets.len();
                std::mem::take(&mut activity).add_to(&mut drafts)?;
            }
            Ok(DecoderEvent::FileHeader(_) | DecoderEvent::MessageDefinition(_)) => {}
            Err(error) => {
                drafts.warnings.add(At::Message(n_messages), WarningKind::Cut, &error.to_string());
                break;
            }
        }
    }
    activity.add_to(&mut drafts)?;
    Ok(settle(Format::Fit, drafts, Vec::new(), catalog, options))
}

/// What of an activity matters here.
#[derive(Default)]
struct Activity {
    start: Option<i64>,
    secs: Option<f64>,
    /// Seconds of local time ahead of UTC.
    offset_secs: Option<i64>,
    title: String,
    /// By category and number.
    titles: BTreeMap<(u16, u16), String>,
    sets: Vec<FitSet>,
}

struct FitSet {
    message: u64,
    /// Seconds since 1970.
    start: Option<i64>,
    ended_ms: Option<i64>,
    duration_secs: Option<f64>,
    reps: Option<u16>,
    load_kg: Option<f64>,
    exercise: (u16, u16),
}

impl Activity {
    fn take(&mut self, number: u64, message: &Message) {
        match message.num {
            MesgNum::SESSION => {
                let session = mesgdef::Session::from(message);
                self.start = self.start.or_else(|| session.start_time.unix_timestamp());
                let millis = Some(session.total_elapsed_time).filter(|millis| *millis != u32::MAX);
                self.secs = self.secs.or_else(|| millis.map(|millis| f64::from(millis) / 1000.0));
                let strength = session.sub_sport == SubSport::STRENGTH_TRAINING;
                let name = &session.sport_profile_name;
                if self.title.is_empty() && !(strength && name.is_empty()) {
                    self.title = name.to_string();
                }
            }
            MesgNum::WORKOUT => {
                let name = mesgdef::Workout::from(message).wkt_name;
                if !name.is_empty() {
                    self.title = name.to_string();
                }
            }
            MesgNum::ACTIVITY => {
                let activity = mesgdef::Activity::from(message);
                let (DateTime(utc), LocalDateTime(local)) =
                    (activity.timestamp, activity.local_timestamp);
                let ahead = i64::from(local) - i64::from(utc);
                let known = utc != u32::MAX && local != u32::MAX && ahead.abs() <= 50_400;
                self.offset_secs = self.offset_secs.or_else(|| known.then_some(ahead));
            }
            MesgNum::EXERCISE_TITLE => {
                let title = mesgdef::ExerciseTitle::from(message);
                let name = title.wkt_step_name.concat();
                if !name.is_empty() {
                    self.titles.insert((title.exercise_category.0, title.exercise_name), name);
                }
            }
            MesgNum::SET => self.sets.extend(FitSet::of(number, message)),
            _ => {}
        }
    }

    fn add_to(self, drafts: &mut Drafts) -> Result<(), Error> {
        let Some(first) = self.sets.first() else { return Ok(()) };
        let Some(start) = self.start.or(first.start) else {
            drafts.n_rows += self.sets.len() as u64;
            drafts.leave_out(At::Message(first.message), &skip(WarningKind::NoDate, ""));
            drafts.n_skipped += (self.sets.len() as u64).saturating_sub(1);
            return Ok(());
        };
        let start = written(start, self.offset_secs);
        let session = drafts.session(
            At::Message(first.message),
            OfSession {
                key: &start,
                start: &start,
                secs: self.secs,
                title: &self.title,
                ..OfSession::default()
            },
        );
        for set in &self.sets {
            drafts.n_rows += 1;
            let at = At::Message(set.message);
            let name = match self.titles.get(&set.exercise) {
                Some(title) => title.clone(),
                None => fit_names::name(set.exercise),
            };
            let told = OfSet { name: &name, ..OfSet::default() };
            let added = match set.draft() {
                Ok(draft) => drafts.add(at, session, told, draft)?,
                Err(skip) => Err(skip),
            };
            if let Err(skip) = added {
                drafts.leave_out(at, &skip);
            }
        }
        Ok(())
    }
}

impl FitSet {
    /// None where it is a rest.
    fn of(message: u64, mesg: &Message) -> Option<Self> {
        let set = mesgdef::Set::from(mesg);
        if set.set_type == SetType::REST {
            return None;
        }
        let (start, duration_secs) = (set.start_time.unix_timestamp(), set.duration_scaled());
        #[expect(clippy::cast_possible_truncation, reason = "at most 50 days")]
        let after_ms = duration_secs.map(|secs| (secs * 1000.0) as i64);
        let ended_ms = match (set.timestamp.unix_timestamp(), start, after_ms) {
            (_, Some(start), Some(after_ms)) => Some(start * 1000 + after_ms),
            (Some(end), _, _) => Some(end * 1000),
            _ => None,
        };
        let category = set.category.first().copied().unwrap_or(ExerciseCategory::UNKNOWN);
        let number = set.category_subtype.first().copied().unwrap_or(u16::MAX);
        Some(Self {
            message,
            start: start.or_else(|| set.timestamp.unix_timestamp()),
            ended_ms,
            duration_secs,
            reps: Some(set.repetitions).filter(|reps| *reps != u16::MAX && *reps > 0),
            load_kg: set.weight_scaled().filter(|kg| *kg > 0.0),
            exercise: (category.0, number),
        })
    }

    fn draft(&self) -> Result<DraftSet, crate::warning::Skip> {
        let out = |value: String| skip(WarningKind::OutOfRange, value);
        if let Some(reps) = self.reps.filter(|reps| *reps > 1_000) {
            return Err(out(reps.to_string()));
        }
        // How long it took is what was asked for only where nothing was counted.
        let secs = self.duration_secs.filter(|_| self.reps.is_none());
        let secs = secs.map(|secs| crate::number::bounded(secs, 86_400, "")).transpose()?;
        let secs = secs.filter(|secs| *secs > 0);
        if secs.is_none() && self.reps.is_none() {
            return Err(skip(WarningKind::NothingDone, ""));
        }
        let load_g = self.load_kg.map(|load_kg| {
            let text = load_kg.to_string();
            crate::number::grams(load_kg, crate::LoadUnit::Kilograms, &text)
        });
        Ok(DraftSet {
            kind: Some(SetKind::Work),
            reps: self.reps,
            load_g: load_g.transpose()?,
            secs,
            done_at_ms: self.ended_ms,
            ..DraftSet::default()
        })
    }
}

/// RFC 3339; in UTC where the local time is not known.
fn written(unix_secs: i64, offset_secs: Option<i64>) -> String {
    let Ok(at) = Timestamp::from_second(unix_secs) else { return String::new() };
    let secs = offset_secs.and_then(|secs| i32::try_from(secs).ok());
    match secs.and_then(|secs| jiff::tz::Offset::from_seconds(secs / 900 * 900).ok()) {
        Some(offset) => at.display_with_offset(offset).to_string(),
        None => at.to_string(),
    }
}
