//! How somebody gets on in each exercise: the series and where they go.

use jiff::civil::Date;

use crate::exercise::Facts;
use crate::measured::Measurement;
use crate::series::{Series, series};
use crate::session::Session;
use crate::trend::{Trend, trend};

/// How somebody gets on in an exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// What the sessions gave.
    pub series: Series,
    /// Where the estimated one-repetition maximum goes.
    pub strength: Measurement<Trend>,
    /// Where the volume of a session goes.
    pub volume: Measurement<Trend>,
    /// Where the technique score goes.
    pub technique: Measurement<Trend>,
}

/// How somebody gets on in every exercise that was ever done, in order of the exercises' names.
#[must_use]
pub fn progress(sessions: &[&Session], library: &[Facts], today: Date) -> Vec<Progress> {
    series(sessions, library)
        .into_iter()
        .map(|series| Progress {
            strength: trend(&series.strength, today),
            volume: trend(&series.volume, today),
            technique: trend(&series.technique, today),
            series,
        })
        .collect()
}
