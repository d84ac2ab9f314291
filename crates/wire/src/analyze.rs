//! A whole set in one request: `POST /analyze`, and `POST /references` that records one.

use catalog::{Catalog, Exercise, UnknownExercise};
use coach::judged::judge;
use motion::engine::StandardName;
use motion::pose::Pose;
use motion::technique::Reference;
use serde::Serialize;
use units::{ExerciseId, ImageSize, Language};

use crate::judged::analysis;
use crate::live::{Recorded, WireError, read_recorded};
use crate::reference::ReferenceTemplate;
use crate::report::{Analysis, rounded};

/// Body height that speeds rest on where none is given, centimetres.
const HEIGHT_CM: f64 = 170.0;

/// A request that was read and found well-formed.
#[derive(Debug, Clone)]
pub struct Request {
    /// In the language of the answer.
    catalog: Catalog,
    exercise: Option<ExerciseId>,
    poses: Vec<Pose>,
    image: ImageSize,
    standard: StandardName,
    height_cm: f64,
    /// The reference that the client wants to be compared with.
    pub reference_id: Option<String>,
    /// What the client calls a recording.
    pub name: Option<String>,
}

/// The seed's answer, and everything we know besides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// 0..=100; 0 where nothing could be judged, which `analysis.score` tells apart as null.
    pub score: f64,
    /// What went wrong and what to do about it, each once.
    pub issues: Vec<String>,
    /// What happened when.
    pub timeline_annotations: Vec<Annotation>,
    /// The whole report.
    pub analysis: Analysis,
}

/// A moment of the set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Annotation {
    /// Seconds by the frames' own clock.
    pub t: f64,
    /// What happened.
    pub note: String,
}

impl Request {
    /// Reads a request `{frames, exercise_id, …}`, to be answered in its `language`, or else in the catalog's.
    ///
    /// # Errors
    /// Names the field that is wrong and what to do.
    pub fn read(text: &str, catalog: &Catalog) -> Result<Self, WireError> {
        let Recorded { start, frames, reference_id, name } = read_recorded(text)?;
        let unknown = |error: UnknownExercise| WireError::new("exercise_id", error.to_string());
        let exercise = match &start.exercise_id {
            None => None,
            Some(id) => Some(catalog.get(id).map_err(unknown)?.id.clone()),
        };
        let image =
            ImageSize { width: start.width.unwrap_or(1280), height: start.height.unwrap_or(720) };
        let mut poses: Vec<Pose> = Vec::with_capacity(frames.len());
        for frame in &frames {
            let pose = frame.pose(image);
            // As live, a frame that is not later than the one before is passed over.
            if poses.last().is_none_or(|last| pose.time > last.time) {
                poses.push(pose);
            }
        }
        Ok(Self {
            catalog: catalog.in_language(start.language.unwrap_or_else(|| catalog.language())),
            exercise,
            poses,
            image,
            standard: if start.strict { StandardName::Strict } else { StandardName::Default },
            height_cm: start.height_cm.unwrap_or(HEIGHT_CM),
            reference_id,
            name,
        })
    }

    /// The exercise that was named.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        let id = self.exercise.as_ref()?;
        self.catalog.get(id.as_str()).ok()
    }

    /// Judges the set; technique is compared with `reference`, or with the exercise's own. Takes milliseconds to
    /// seconds.
    #[must_use]
    pub fn answer(&self, reference: Option<&Reference>) -> Answer {
        let judged = judge(&self.poses, &self.catalog, self.exercise(), self.standard, reference);
        let analysis = analysis(&self.poses, &judged, self.standard, self.height_cm);
        Answer::new(analysis, judged.language)
    }

    /// Records the set as a reference.
    ///
    /// # Errors
    /// When no exercise was named, or fewer than three repetitions meet the standard.
    pub fn record(&self, id: &str) -> Result<ReferenceTemplate, WireError> {
        let Some(exercise) = self.exercise() else {
            let message = "name the exercise that the frames show; a recording is never guessed at";
            return Err(WireError::new("exercise_id", message));
        };
        let name = self.name.as_deref().unwrap_or(id);
        ReferenceTemplate::recorded(&self.poses, exercise, id, name)
    }

    /// The language of the answer.
    #[must_use]
    pub fn language(&self) -> Language {
        self.catalog.language()
    }

    /// Size of the picture.
    #[must_use]
    pub fn image(&self) -> ImageSize {
        self.image
    }
}

impl Answer {
    fn new(analysis: Analysis, language: Language) -> Self {
        let mut issues: Vec<String> = Vec::new();
        for issue in &analysis.issues {
            let text = format!("{} {}", issue.text, issue.tip);
            if !issues.contains(&text) {
                issues.push(text);
            }
        }
        // What else to try, where the set deviates; a tip that an issue gave already is not repeated.
        for tip in &analysis.tips {
            if !issues.iter().any(|issue| issue.contains(tip.as_str())) {
                issues.push(tip.clone());
            }
        }
        let mut timed: Vec<(i64, String)> = Vec::new();
        let mut n_counted = 0;
        for rep in &analysis.rep_list {
            n_counted += u32::from(rep.counted);
            let note = if rep.counted {
                format!("{} {n_counted}", language.pick("Repetition", "Wiederholung"))
            } else {
                let attempt = language.pick("Attempt, not counted", "Versuch, zählt nicht");
                format!("{attempt}: {}", rep.reasons.join(", "))
            };
            timed.push((rep.end_ms, note));
        }
        timed.extend(analysis.issues.iter().map(|issue| (issue.t_ms, issue.text.clone())));
        timed.sort_by_key(|(ms, _)| *ms);
        #[expect(clippy::cast_precision_loss, reason = "times of a recording")]
        let at = |(ms, note): (i64, String)| Annotation { t: rounded(ms as f64 / 1000.0, 3), note };
        Self {
            score: analysis.score.unwrap_or(0.0),
            issues,
            timeline_annotations: timed.into_iter().map(at).collect(),
            analysis,
        }
    }
}
