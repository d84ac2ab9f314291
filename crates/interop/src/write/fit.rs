//! A session as a FIT activity, for watches and their services.
//!
//! Kept: exercise, repetitions, seconds of sets without repetitions, load in sixteenths of a kilogram, ends to the second.
//! Lost: notes, kinds of sets, sides, reserve, groups, distances, help (loads below zero), targets, what the camera saw.

use std::collections::BTreeMap;
use std::io::Cursor;

use embedded_io_adapters::std::FromStd;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustyfit::Encoder;
use rustyfit::profile::mesgdef;
use rustyfit::profile::typedef::{
    Activity, DateTime, Event, EventType, ExerciseCategory, File, LocalDateTime, Manufacturer,
    MessageIndex, SetType, Sport, SubSport,
};
use rustyfit::proto::{FIT, Message};
use training::session::{PerformedSet, Session};
use units::ExerciseId;

use super::Named;
use crate::error::Error;
use crate::fit_names;

/// The first second that FIT can write is 31 December 1989; below 2^28 seconds after it times count from a device's start.
const FIRST_UNIX_SECS: i64 = 631_065_600 + (1 << 28);
/// The most bytes of a text in a FIT field, with its end.
const MOST_NAME_BYTES: usize = 60;

/// A session as a FIT activity. The local time is that of `zone`.
///
/// # Errors
/// When the session was before July 1998 or after 2106, which FIT cannot write, or has no sets.
pub fn write_fit(session: &Session, named: Named<'_>, zone: &TimeZone) -> Result<Vec<u8>, Error> {
    if session.sets.is_empty() {
        return Err(Error::Unwritable { reason: "it has no sets" });
    }
    let last = session.sets.iter().map(|set| set.done_at_ms).max();
    let ended_ms = session.ended_at_ms.or(last).unwrap_or(session.started_at_ms);
    let (start, end) = (moment(session.started_at_ms)?, moment(ended_ms)?);
    let mut messages = vec![Message::from(mesgdef::FileId {
        r#type: File::ACTIVITY,
        manufacturer: Manufacturer::DEVELOPMENT,
        product: 0,
        time_created: start,
        ..mesgdef::FileId::new()
    })];
    let titles = titles(session, named);
    messages.extend((0..).zip(titles.values()).map(|(index, (number, name))| {
        Message::from(mesgdef::ExerciseTitle {
            message_index: MessageIndex(index),
            exercise_category: ExerciseCategory(number.0),
            exercise_name: number.1,
            wkt_step_name: Box::new([name.as_str().into()]),
            ..mesgdef::ExerciseTitle::new()
        })
    }));
    for (index, set) in (0..).zip(&session.sets) {
        let number = titles.get(&set.exercise).map_or((u16::MAX, u16::MAX), |(number, _)| *number);
        messages.push(set_message(index, set, number)?);
    }
    let millis = u32::try_from(ended_ms.saturating_sub(session.started_at_ms)).unwrap_or(u32::MAX);
    let mut summary = mesgdef::Session::new();
    summary.message_index = MessageIndex(0);
    summary.timestamp = end;
    summary.event = Event::SESSION;
    summary.event_type = EventType::STOP;
    summary.start_time = start;
    summary.sport = Sport::TRAINING;
    summary.sub_sport = SubSport::STRENGTH_TRAINING;
    summary.total_elapsed_time = millis;
    summary.total_timer_time = millis;
    summary.sport_profile_name = short(&session.title).into();
    messages.push(Message::from(summary));
    let offset = Timestamp::from_millisecond(ended_ms).map(|at| zone.to_offset(at).seconds());
    messages.push(Message::from(mesgdef::Activity {
        timestamp: end,
        total_timer_time: millis,
        num_sessions: 1,
        r#type: Activity::MANUAL,
        event: Event::ACTIVITY,
        event_type: EventType::STOP,
        local_timestamp: LocalDateTime(end.0.saturating_add_signed(offset.unwrap_or(0))),
        ..mesgdef::Activity::new()
    }));
    let mut bytes = Cursor::new(Vec::new());
    let mut fit = FIT { messages, ..FIT::default() };
    Encoder::new()
        .encode(FromStd::new(&mut bytes), &mut fit)
        .map_err(|_unsaid| Error::Unwritable { reason: "FIT has no way to say it" })?;
    Ok(bytes.into_inner())
}

/// Number and name of every exercise. Those that the profile does not have are numbered within the category `unknown`.
fn titles(session: &Session, named: Named<'_>) -> BTreeMap<ExerciseId, ((u16, u16), String)> {
    let mut titles = BTreeMap::new();
    let mut unknown = 0_u16;
    for set in &session.sets {
        titles.entry(set.exercise.clone()).or_insert_with(|| {
            let number = fit_names::of(&set.exercise).unwrap_or_else(|| {
                unknown += 1;
                (ExerciseCategory::UNKNOWN.0, unknown - 1)
            });
            (number, short(&named.of(&set.exercise)).to_owned())
        });
    }
    titles
}

fn set_message(index: u16, set: &PerformedSet, number: (u16, u16)) -> Result<Message, Error> {
    let end = moment(set.done_at_ms)?;
    // Only a set for time says how long it took.
    let secs = set.secs.filter(|_| set.reps.is_none());
    let start = DateTime(end.0.saturating_sub(secs.unwrap_or(0)));
    let sixteenths = set.load_g.filter(|load_g| *load_g > 0).map(|load_g| {
        let sixteenths = (i64::from(load_g) * 16 + 500) / 1000;
        u16::try_from(sixteenths).unwrap_or(u16::MAX - 1)
    });
    Ok(Message::from(mesgdef::Set {
        timestamp: end,
        duration: secs.map_or(u32::MAX, |secs| secs.saturating_mul(1000)),
        repetitions: set.reps.unwrap_or(u16::MAX),
        weight: sixteenths.unwrap_or(u16::MAX),
        set_type: SetType::ACTIVE,
        start_time: start,
        category: Box::new([ExerciseCategory(number.0)]),
        category_subtype: Box::new([number.1]),
        message_index: MessageIndex(index),
        ..mesgdef::Set::new()
    }))
}

fn moment(ms: i64) -> Result<DateTime, Error> {
    let secs = ms.div_euclid(1000);
    let fits = secs >= FIRST_UNIX_SECS && secs < 631_065_600 + i64::from(u32::MAX);
    if !fits {
        return Err(Error::Unwritable { reason: "FIT cannot write its time" });
    }
    Ok(DateTime::from_unix_timestamp(secs))
}

fn short(text: &str) -> &str {
    let end = (0..=text.len().min(MOST_NAME_BYTES)).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}
