//! A table of text, row by row: what parts its columns, its header, and rows that are within bounds.
//!
//! The `csv` crate reads; here is only what bounds it.

use csv::{ReaderBuilder, StringRecord};

use crate::clean;
use crate::error::Error;
use crate::limits::{MOST_COLUMNS, MOST_FIELD_BYTES, MOST_ROWS};
use crate::warning::{Skip, WarningKind, skip};

/// A header is short; a sample of a file that long holds it.
const HEADER_BYTES: usize = 32 << 10;

/// A table that is being read.
pub(crate) struct Table<'a> {
    reader: csv::Reader<&'a [u8]>,
    /// As it stands in the file, cleaned.
    pub(crate) header: Vec<String>,
    record: StringRecord,
    n_rows: u64,
    /// Lines before the header.
    offset: u64,
}

/// A row, or why it is left out, with its line.
pub(crate) type MaybeRow<'a> = Result<Row<'a>, (u64, Skip)>;

/// A row within bounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) line: u64,
    record: &'a StringRecord,
}

impl Row<'_> {
    /// The text of a column, trimmed; empty where the row is shorter.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// The text of a column as it stands.
    pub(crate) fn exact(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }
}

impl<'a> Table<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// When there is none, or it has too many columns.
    pub(crate) fn new(text: &'a str) -> Result<Self, Error> {
        let (text, offset) = without_hint(text);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let read = reader.read_record(&mut record).map_err(|error| damaged(&error))?;
        if !read {
            return Err(Error::Empty);
        }
        if record.len() > MOST_COLUMNS {
            return Err(Error::TooManyColumns { n_columns: record.len() });
        }
        let header = record.iter().map(|name| clean::line(name, 80).text).collect();
        Ok(Self { reader, header, record, n_rows: 0, offset })
    }

    /// The next row, or why it is left out, with its line. None at the end.
    ///
    /// # Errors
    /// When there are too many rows.
    pub(crate) fn next(&mut self) -> Result<Option<MaybeRow<'_>>, Error> {
        let read = self.reader.read_record(&mut self.record).map_err(|error| damaged(&error))?;
        if !read {
            return Ok(None);
        }
        self.n_rows += 1;
        if self.n_rows > MOST_ROWS {
            return Err(Error::TooManyRows);
        }
        let line = self.record.position().map_or(0, csv::Position::line) + self.offset;
        if self.record.len() > MOST_COLUMNS {
            let n_columns = self.record.len().to_string();
            return Ok(Some(Err((line, skip(WarningKind::ManyColumns, n_columns)))));
        }
        if self.record.as_slice().len() > MOST_FIELD_BYTES
            && let Some(long) = self.record.iter().find(|field| field.len() > MOST_FIELD_BYTES)
        {
            return Ok(Some(Err((line, skip(WarningKind::LongField, clean::line(long, 40).text)))));
        }
        Ok(Some(Ok(Row { line, record: &self.record })))
    }
}

fn damaged(error: &csv::Error) -> Error {
    Error::Damaged { reason: error.to_string() }
}

/// The header of a text, in lower case with single spaces.
///
/// # Errors
/// When there is none, or it has too many columns.
pub(crate) fn header(text: &str) -> Result<Vec<String>, Error> {
    let end = (0..=text.len().min(HEADER_BYTES)).rev().find(|at| text.is_char_boundary(*at));
    let sample = text.get(..end.unwrap_or(0)).unwrap_or_default();
    Ok(Table::new(sample)?.header.iter().map(|name| name.to_lowercase()).collect())
}

/// Excel writes `sep=;` before a table, and reads it.
fn without_hint(text: &str) -> (&str, u64) {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (rest, 1)
        }
        _ => (text, 0),
    }
}

/// What parts the columns of the first line that is not empty: the most frequent of four outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let (mut counts, mut quoted) = ([(b',', 0_u32), (b';', 0), (b'\t', 0), (b'|', 0)], false);
    for byte in line.bytes().take(HEADER_BYTES) {
        if byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some((_, n)) = counts.iter_mut().find(|(of, _)| *of == byte) {
            *n += 1;
        }
    }
    // The first of equals: a comma.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(of, _)| *of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_what_parts_the_columns() {
        fn check(text: &str, n_columns: usize) {
            assert_eq!(header(text).map_or(0, |all| all.len()), n_columns, "{text:?}");
        }
        check("a,b,c\n1,2,3", 3);
        check("\n\na;b,c;d\n", 3);
        check("a\tb\n", 2);
        check("\"a;b;c\",d\n", 2);
        check("sep=;\na;b\n", 2);
        check("alone", 1);
        check("", 0);
    }

    #[test]
    fn an_open_quotation_mark_costs_one_row_and_says_where() {
        let text = format!("a,b\n1,2\n3,\"{}", "x,\n".repeat(30_000));
        let mut table = Table::new(&text).expect("a table");
        assert_eq!(table.next().expect("bounded").expect("a row").expect("short").text(1), "2");
        let (line, (kind, _)) = table.next().expect("bounded").expect("a row").expect_err("long");
        assert_eq!((line, kind), (3, WarningKind::LongField));
        assert!(table.next().expect("bounded").is_none());
    }
}
