//! A finished set, judged with everything that is known about it: what the report is made from.

use catalog::{Catalog, Exercise};
use motion::analysis;
use motion::engine::{Engine, StandardName};
use motion::pose::Pose;
use motion::report::{SetReport, report};
use motion::technique::Reference;
use units::Language;

/// What the recording shows.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The exercise that the classifier sees, with the belief in it.
    pub recognized: Option<(&'a Exercise, f64)>,
    /// The catalog's, in which everything is told.
    pub language: Language,
    /// Nothing where the exercise is not known.
    pub set: Option<JudgedSet<'a>>,
}

/// A set judged as one exercise.
#[derive(Debug)]
pub struct JudgedSet<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// As the last pass over the recording left it.
    pub engine: Engine,
    /// Everything told about it.
    pub report: SetReport,
    /// What technique was compared with, in words.
    pub reference: String,
}

/// Judges a recording as `exercise`, or as the one recognized where none is given. Technique is compared with
/// `reference`, or with the exercise's own where none is given.
#[must_use]
pub fn judge<'a>(
    poses: &[Pose],
    catalog: &'a Catalog,
    exercise: Option<&'a Exercise>,
    standard: StandardName,
    reference: Option<&Reference>,
) -> Judged<'a> {
    let recognized = catalog.recognize(poses);
    let exercise = exercise.or_else(|| recognized.map(|(exercise, _)| exercise));
    let set = exercise.map(|exercise| {
        let engine = analysis::run(poses, &exercise.movement, standard);
        let reference = reference.unwrap_or_else(|| exercise.reference());
        let report = report(&engine, Some(reference));
        JudgedSet { exercise, engine, report, reference: reference.source.clone() }
    });
    Judged { recognized, language: catalog.language(), set }
}
