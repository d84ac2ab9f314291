//! Days and times as programs write them, in English, German and the months of five more languages.
//!
//! `03/04/2025` has two readings: it is kept as two numbers until the whole file was seen.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};

use crate::options::DateOrder;

/// A day and perhaps a time, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    day: Day,
    time: Option<Time>,
    offset: Option<Offset>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Known(Date),
    /// Two numbers up to 31 with slashes or dashes between them, and a year.
    Either(i8, i8, i16),
}

/// A day and perhaps a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) date: Date,
    pub(crate) time: Option<Time>,
    pub(crate) offset: Option<Offset>,
}

impl Written {
    /// What it tells of the order of day and month in its file.
    pub(crate) fn order(&self) -> Option<DateOrder> {
        match self.day {
            Day::Either(first, second, _) if first > 12 && second <= 12 => {
                Some(DateOrder::DayFirst)
            }
            Day::Either(first, second, _) if second > 12 && first <= 12 => {
                Some(DateOrder::MonthFirst)
            }
            Day::Known(_) | Day::Either(..) => None,
        }
    }

    /// Whether the order of day and month matters.
    pub(crate) fn is_ambiguous(&self) -> bool {
        matches!(self.day, Day::Either(first, second, _) if first != second)
    }

    /// In an order; none where that gives no day.
    pub(crate) fn settle(&self, order: DateOrder) -> Option<Moment> {
        let date = match self.day {
            Day::Known(date) => date,
            Day::Either(first, second, year) => {
                let (day, month) = match order {
                    DateOrder::DayFirst => (first, second),
                    DateOrder::MonthFirst => (second, first),
                };
                Date::new(year, month, day).ok()?
            }
        };
        Some(Moment { date, time: self.time, offset: self.offset })
    }
}

impl Moment {
    /// The instant; noon where no time is written.
    pub(crate) fn timestamp(&self, zone: &TimeZone) -> Option<Timestamp> {
        let at = DateTime::from_parts(self.date, self.time.unwrap_or(Time::constant(12, 0, 0, 0)));
        match self.offset {
            Some(offset) => offset.to_timestamp(at).ok(),
            None => zone.to_timestamp(at).ok(),
        }
    }

    /// The same text for the same moment, however it was written.
    pub(crate) fn canonical(&self) -> String {
        let offset = self.offset.map_or_else(String::new, |offset| offset.to_string());
        match self.time {
            Some(time) => format!("{}T{time}{offset}", self.date),
            None => self.date.to_string(),
        }
    }
}

/// Reads a day and a time; none where there is no day in it.
pub(crate) fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        // RFC 3339 with its offset, which is where the athlete was.
        let offset = Pieces::parse(text).ok();
        return of_instant(instant, offset);
    }
    let lower = text.to_lowercase().replace(['\u{202f}', '\u{a0}'], " ");
    let (mut time, mut offset, mut rest) = (None, None, Vec::new());
    let split = lower.replace(['t', ','], " ");
    // A `T` between digits parts day and time; other words need their letters.
    let iso = is_iso(&lower);
    let words: Vec<&str> =
        if iso { split.split_whitespace().collect() } else { lower.split([' ', ',']).collect() };
    for word in words {
        if word.contains(':') && time.is_none() {
            time = Some(clock(word)?);
        } else if time.is_some() && matches!(word, "am" | "a.m." | "pm" | "p.m.") {
            time = Some(half_day(time?, word.starts_with('p'))?);
        } else if time.is_some() && word.starts_with(['+', '-']) {
            offset = Some(offset_of(word)?);
        } else if time.is_some() && word == "utc" {
            offset = Some(Offset::UTC);
        } else if !word.is_empty() {
            rest.push(word);
        }
    }
    Some(Written { day: day(&rest)?, time, offset })
}

fn of_instant(instant: Timestamp, pieces: Option<Pieces<'_>>) -> Option<Written> {
    let offset = pieces.and_then(|pieces| pieces.to_numeric_offset()).unwrap_or(Offset::UTC);
    let at = offset.to_datetime(instant);
    let time = Time::new(at.hour(), at.minute(), at.second(), 0).ok()?;
    Some(Written { day: Day::Known(at.date()), time: Some(time), offset: Some(offset) })
}

/// Whether a text begins like `2025-01-08T`.
fn is_iso(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    bytes.get(10) == Some(&b't') && bytes.iter().take(4).all(u8::is_ascii_digit)
}

/// `7:30`, `07:30:15` or `07:30:15.250`.
fn clock(word: &str) -> Option<Time> {
    let (word, half) = match word.strip_suffix("am").or_else(|| word.strip_suffix("pm")) {
        Some(bare) => (bare, Some(word.ends_with("pm"))),
        None => (word.trim_end_matches('z'), None),
    };
    let mut parts = word.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = match parts.next() {
        Some(text) => text.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let time = Time::new(hour, minute, second, 0).ok()?;
    match half {
        Some(afternoon) => half_day(time, afternoon),
        None => Some(time),
    }
}

fn half_day(time: Time, afternoon: bool) -> Option<Time> {
    let hour = match (time.hour(), afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (hour @ 1..=11, true) => hour + 12,
        (hour @ 0..=11, false) => hour,
        _ => return None,
    };
    Time::new(hour, time.minute(), time.second(), 0).ok()
}

/// `+0100` or `+01:00`.
fn offset_of(word: &str) -> Option<Offset> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let value: i32 = digits.parse().ok()?;
    let secs = match digits.len() {
        1 | 2 => value * 3600,
        4 => (value / 100) * 3600 + (value % 100) * 60,
        _ => return None,
    };
    Offset::from_seconds(if word.starts_with('-') { -secs } else { secs }).ok()
}

fn day(words: &[&str]) -> Option<Day> {
    if let [word] = words {
        return day_of_numbers(word);
    }
    let (mut day, mut month, mut year) = (None, None, None);
    for word in words {
        let word = word.trim_matches(['.', ',']);
        match word.parse::<i16>() {
            Ok(number) if word.len() == 4 => year = year.or(Some(number)),
            Ok(number) if word.len() <= 2 => day = day.or_else(|| i8::try_from(number).ok()),
            // The last one: a weekday may begin like a month.
            _ => month = month_of(word).or(month),
        }
    }
    Date::new(year?, month?, day?).ok().map(Day::Known)
}

/// `2025-01-08`, `2025/01/08`, `08.01.2025`, `1/8/25`.
fn day_of_numbers(word: &str) -> Option<Day> {
    let mark = word.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = word.trim_end_matches('.').split(mark).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if a.len() == 4 {
        return Date::new(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?).ok().map(Day::Known);
    }
    let year: i16 = c.parse().ok()?;
    let year = if c.len() == 2 { 2000 + year } else { year };
    let (first, second): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    if mark == '.' {
        return Date::new(year, second, first).ok().map(Day::Known);
    }
    ((1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12))
        .then_some(Day::Either(first, second, year))
}

/// Beginnings of the months' names in English, German, French, Spanish, Italian, Portuguese and Dutch, after folding.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "maer", "mrz", "maa"],
    &["apr", "abr", "avr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "ago", "aou"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "dez", "dic"],
];

fn month_of(word: &str) -> Option<i8> {
    let folded = crate::names::fold(word);
    // The longest beginning wins: `juin` is not `jul`.
    let found = (1..)
        .zip(MONTHS)
        .flat_map(|(month, names)| names.iter().map(move |name| (month, *name)))
        .filter(|(_, name)| folded.starts_with(name))
        .max_by_key(|(_, name)| name.len());
    found.map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_programs_write_them() {
        fn check(text: &str, expected: &str) {
            let moment = written(text).and_then(|written| written.settle(DateOrder::DayFirst));
            let told = moment.map_or_else(|| "none".to_owned(), |moment| moment.canonical());
            assert_eq!(told, expected, "{text}");
        }
        check("2025-01-08 12:03:21", "2025-01-08T12:03:21");
        check("2025-01-08T12:03", "2025-01-08T12:03:00");
        check("2025-01-08T12:03:21+01:00", "2025-01-08T12:03:21+01");
        check("2025-01-08 12:03:21 +0100", "2025-01-08T12:03:21+01");
        check("2025-01-08T12:03:21.500Z", "2025-01-08T12:03:21+00");
        check("2015/05/25", "2015-05-25");
        check("28 Mar 2025, 17:29", "2025-03-28T17:29:00");
        check("Jan 1, 2024, 10:00 AM", "2024-01-01T10:00:00");
        check("Jan 1, 2024, 12:05\u{202f}AM", "2024-01-01T00:05:00");
        check("27 de jul. de 2026, 19:00", "2026-07-27T19:00:00");
        check("28. März 2025 um 17:29", "2025-03-28T17:29:00");
        check("3 août 2025 à 7:05", "2025-08-03T07:05:00");
        check("1 Oct 2025, 07:05", "2025-10-01T07:05:00");
        check("Tuesday, 12 August 2025 7:05pm", "2025-08-12T19:05:00");
        check("05.06.2026, 07:30", "2026-06-05T07:30:00");
        check("04/05/2024 07:30", "2024-05-04T07:30:00");
        check("5/25/18", "none");
        for wrong in ["", "soon", "2025-13-01", "32.01.2025", "99/99/2025", "2025-01-08 25:00"] {
            check(wrong, "none");
        }
    }

    #[test]
    fn slashes_tell_their_order_only_past_twelve() {
        let order = |text: &str| written(text)?.order();
        assert_eq!(order("04/05/2024"), None);
        assert_eq!(order("25/05/2024"), Some(DateOrder::DayFirst));
        assert_eq!(order("5/25/2024"), Some(DateOrder::MonthFirst));
        assert!(written("04/05/2024").is_some_and(|written| written.is_ambiguous()));
    }
}
