//! What kind of file it is, from its first bytes and its header.

use crate::encoding;
use crate::error::{Error, Foreign};
use crate::table;
use crate::warning::Warnings;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Our own table, one row per set.
    SpotterCsv,
    /// Our own JSON.
    SpotterJson,
    /// Strong's CSV.
    Strong,
    /// Hevy's CSV.
    Hevy,
    /// `FitNotes`' spreadsheet export.
    FitNotes,
    /// `StrongLifts`' CSV, one row per exercise.
    StrongLifts,
    /// Any table with a header, one row per set.
    Table,
    /// A FIT activity with sets.
    Fit,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::SpotterCsv,
        Self::SpotterJson,
        Self::Strong,
        Self::Hevy,
        Self::FitNotes,
        Self::StrongLifts,
        Self::Table,
        Self::Fit,
    ];

    /// A name that does not change, for programs and translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SpotterCsv => "spotter_csv",
            Self::SpotterJson => "spotter_json",
            Self::Strong => "strong",
            Self::Hevy => "hevy",
            Self::FitNotes => "fitnotes",
            Self::StrongLifts => "stronglifts",
            Self::Table => "table",
            Self::Fit => "fit",
        }
    }

    /// The format of a name.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recognized {
    /// The format.
    pub format: Format,
    /// 0..=1: 1 where a mark or all of the header says so, 0.5 for a table that only looks like a training log, 0.2 for any other.
    pub confidence: f64,
}

/// What kind of file it is.
///
/// # Errors
/// With the reason where it is none that is read.
pub fn recognize(bytes: &[u8]) -> Result<Recognized, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if bytes.get(8..12) == Some(b".FIT") {
        return Ok(Recognized { format: Format::Fit, confidence: 1.0 });
    }
    if let Some(foreign) = foreign(bytes) {
        return Err(Error::Foreign(foreign));
    }
    let sample = bytes.get(..bytes.len().min(64 << 10)).unwrap_or(bytes);
    let utf16 = sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]);
    // A header with zeros in it is no text; further down one may have strayed in.
    let header = sample.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if !utf16 && header.contains(&0) {
        return Err(Error::Unknown);
    }
    let text = encoding::decode(sample, &mut Warnings::default());
    let text = text.trim_start();
    if text.starts_with('<') {
        return Err(Error::Foreign(xml(text)));
    }
    if text.starts_with(['{', '[']) {
        let ours = text.contains("\"spotter-sessions\"");
        let found = Recognized { format: Format::SpotterJson, confidence: 1.0 };
        return if ours { Ok(found) } else { Err(Error::Unknown) };
    }
    of_header(&table::header(text)?).ok_or(Error::Unknown)
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let has = |mark: &[u8]| {
        let head = bytes.get(..bytes.len().min(4 << 10)).unwrap_or(bytes);
        head.windows(mark.len()).any(|at| at == mark)
    };
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] if has(b"events.jsonl") || has(b"account.json") => {
            Some(Foreign::Takeout)
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] if has(b"[Content_Types].xml") || has(b"xl/") => {
            Some(Foreign::Spreadsheet)
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Foreign::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Foreign::Spreadsheet),
        [0x1f, 0x8b, ..] => Some(Foreign::Gzip),
        [b'%', b'P', b'D', b'F', ..] => Some(Foreign::Pdf),
        _ if bytes.starts_with(b"SQLite format 3\0") => Some(Foreign::Database),
        _ => None,
    }
}

fn xml(text: &str) -> Foreign {
    if text.contains("<TrainingCenterDatabase") {
        Foreign::Tcx
    } else if text.contains("<gpx") {
        Foreign::Gpx
    } else if text.contains("<HealthData") || text.contains("HealthKit") {
        Foreign::AppleHealth
    } else {
        Foreign::Xml
    }
}

/// The columns that only one program's export has together.
const MARKS: [(Format, &[&str]); 5] = [
    (Format::SpotterCsv, &["session_id", "set_id", "exercise", "place", "done_at"]),
    (Format::Hevy, &["title", "start_time", "exercise_title", "set_index", "set_type"]),
    (Format::Strong, &["date", "workout name", "exercise name", "set order", "reps"]),
    (Format::StrongLifts, &["date (yyyy/mm/dd)", "exercise", "set 1 (reps)"]),
    (Format::FitNotes, &["date", "exercise", "category", "reps"]),
];

fn of_header(header: &[String]) -> Option<Recognized> {
    let has = |name: &str| header.iter().any(|of| of == name);
    for (format, marks) in MARKS {
        if marks.iter().all(|mark| has(mark)) {
            // Category and repetitions may be in anybody's table.
            let confidence = if format == Format::FitNotes { 0.9 } else { 1.0 };
            return Some(Recognized { format, confidence });
        }
    }
    if header.len() < 2 {
        return None;
    }
    let layout =
        crate::layout::Layout::new(Format::Table, header, &std::collections::BTreeMap::new());
    let known = |column| layout.at(column).is_some();
    let log = known(crate::Column::Start) && known(crate::Column::Exercise);
    Some(Recognized { format: Format::Table, confidence: if log { 0.5 } else { 0.2 } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_recognized_by_what_they_begin_with() {
        fn check(bytes: &[u8], expected: &str) {
            let told = match recognize(bytes) {
                Ok(found) => format!("{} {}", found.format.code(), found.confidence),
                Err(error) => error.code().to_owned(),
            };
            assert_eq!(told, expected, "{}", String::from_utf8_lossy(bytes));
        }
        check(b"", "empty");
        check(b" \r\n", "empty");
        check(b"\x0e\x20\x00\x00\x00\x00\x00\x00.FIT", "fit 1");
        check(b"PK\x03\x04\x14\x00....account.json", "takeout");
        check(b"PK\x03\x04\x14\x00....[Content_Types].xml", "spreadsheet");
        check(b"PK\x03\x04\x14\x00....workouts.csv", "zip");
        check(b"\x1f\x8b\x08", "gzip");
        check(b"%PDF-1.7", "pdf");
        check(b"SQLite format 3\0\x10\0", "database");
        check(b"\xef\xbb\xbf<?xml version=\"1.0\"?><TrainingCenterDatabase>", "tcx");
        check(b"<?xml version=\"1.0\"?><gpx>", "gpx");
        check(b"<?xml version=\"1.0\"?><!DOCTYPE HealthData [", "xml");
        check(b"<HealthData locale=\"de\">", "apple_health");
        check(b"<!DOCTYPE html><html>", "xml");
        check(b"{\"format\":\"spotter-sessions\"}", "spotter_json 1");
        check(b"{\"workouts\":[]}", "unknown");
        check(b"\x00\x01\x02\x03", "unknown");
        check(b"hello", "unknown");
        check(b"Date;Workout Name;Exercise Name;Set Order;Weight;Reps\n", "strong 1");
        check(b"Date,Exercise,Category,Weight,Reps\n", "fitnotes 0.9");
        check("Datum;\u{dc}bung;Gewicht;Wdh\n".as_bytes(), "table 0.5");
        check(b"name,age\nx,3\n", "table 0.2");
    }
}
