//! Any file to a preview.

mod fit;
mod spotter_csv;
mod spotter_json;
mod stronglifts;

use catalog::Catalog;

use crate::draft::Drafts;
use crate::encoding;
use crate::error::Error;
use crate::format::{Format, recognize};
use crate::layout::{Column, Layout};
use crate::limits::MOST_BYTES;
use crate::options::Options;
use crate::preview::{FoundColumn, Preview, Question};
use crate::row::Rows;
use crate::settle::settle;
use crate::table::Table;
use crate::warning::{At, Warnings};

/// What is in a file. Nothing is kept by this; [`Preview::accept`] gives what to keep.
///
/// Reads at most [`crate::MOST_ROWS`] rows and keeps at most [`crate::MOST_SETS`] sets of them, some 400 bytes each.
///
/// # Errors
/// When it is no file that is read, or too large.
pub fn read(bytes: &[u8], catalog: &Catalog, options: &Options) -> Result<Preview, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge { n_bytes: bytes.len() });
    }
    // What is refused is refused whatever it is said to be.
    let recognized = recognize(bytes);
    let format = match (recognized, options.format) {
        (Err(Error::Unknown), Some(format)) => format,
        (recognized, said) => said.unwrap_or(recognized?.format),
    };
    if format == Format::Fit {
        return fit::read(bytes, catalog, options);
    }
    let mut warnings = Warnings::default();
    let text = encoding::decode(bytes, &mut warnings);
    match format {
        Format::SpotterJson => spotter_json::read(&text, warnings, catalog, options),
        Format::SpotterCsv => spotter_csv::read(&text, warnings, catalog, options),
        Format::StrongLifts => stronglifts::read(&text, warnings, catalog, options),
        Format::Strong | Format::Hevy | Format::FitNotes | Format::Table | Format::Fit => {
            table(format, &text, warnings, catalog, options)
        }
    }
}

/// A table with one set per row.
fn table(
    format: Format,
    text: &str,
    warnings: Warnings,
    catalog: &Catalog,
    options: &Options,
) -> Result<Preview, Error> {
    let mut table = Table::new(text)?;
    let layout = Layout::new(format, &table.header, &options.columns);
    let columns = found_columns(&table.header, &layout.columns);
    let mut drafts = Drafts::new(warnings);
    if layout.at(Column::Start).is_none() || layout.at(Column::Exercise).is_none() {
        let mut preview = settle(format, drafts, columns, catalog, options);
        preview.questions.insert(0, Question::Columns);
        return Ok(preview);
    }
    let mut rows = Rows { format, layout: &layout, options, note: String::new() };
    while let Some(row) = table.next()? {
        match row {
            Ok(row) => rows.read(&row, &mut drafts)?,
            Err((line, skip)) => {
                drafts.n_rows += 1;
                drafts.leave_out(At::Line(line), &skip);
            }
        }
    }
    Ok(settle(format, drafts, columns, catalog, options))
}

fn found_columns(header: &[String], columns: &[Option<Column>]) -> Vec<FoundColumn> {
    let found = header.iter().zip(columns);
    found.map(|(header, column)| FoundColumn { header: header.clone(), column: *column }).collect()
}
