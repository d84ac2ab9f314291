//! The synthetic lab's part of the table: counts, idle life, form checks, angles and scores against known truth.

mod angles;
mod casting;
mod counts;
mod form;
mod idling;
mod scores;

use catalog::Catalog;

use crate::budget::Mode;
use crate::sheet::Section;

/// A part of the lab's table.
pub(crate) type Part = fn(&Catalog, Mode) -> Vec<Section>;

/// In the order in which they are printed.
pub(crate) const PARTS: [Part; 5] = [counts::run, angles::run, form::run, scores::run, idling::run];
