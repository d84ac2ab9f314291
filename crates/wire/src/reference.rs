//! A technique reference of the user's own: the seed's `ReferenceTemplate`, typed in or recorded once.
//!
//! Easy to get wrong: `joint_angles` is the curve of the exercise's first primary joint only. A recorded reference
//! keeps the curves of all joints in `metadata.curves`, in the order of the exercise's technique list.

use catalog::{Catalog, Exercise};
use motion::analysis;
use motion::engine::StandardName;
use motion::pose::Pose;
use motion::rep::Rep;
use motion::spec::Kind;
use motion::technique::{Curve, N_CURVE, Reference, ReferenceView, record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::live::WireError;
use crate::report::rounded;

/// Repetitions that a recording must show.
const N_LEAST_REPS: usize = 3;

/// One good repetition of an exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferenceTemplate {
    /// Its name.
    pub id: String,
    /// What it is a reference for, as id or alias.
    pub exercise_id: String,
    /// Degrees, from the start position out and back.
    pub joint_angles: Vec<f64>,
    /// One per angle, or none at all.
    #[serde(default)]
    pub phase_labels: Vec<String>,
    /// Frames per second of `joint_angles`.
    pub fps: u32,
    /// Where it comes from.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub metadata: Map<String, Value>,
}

/// Left and right curve of every technique signal.
type Curves = Vec<[Option<Vec<f64>>; 2]>;

impl ReferenceTemplate {
    /// Whether it can be used at all.
    ///
    /// # Errors
    /// Names the field that is wrong and what to do.
    pub fn check(&self) -> Result<(), WireError> {
        let wrong = |field: &str, message: String| Err(WireError::new(field, message));
        if self.id.is_empty() || self.id.len() > 64 {
            return wrong("id", "it must have 1 to 64 characters".to_owned());
        }
        if !(1..=1000).contains(&self.fps) {
            return wrong("fps", format!("`{}` is not a frame rate from 1 to 1000", self.fps));
        }
        let (n_labels, n_angles) = (self.phase_labels.len(), self.joint_angles.len());
        if !(4..=100_000).contains(&n_angles) {
            let message = format!("it has {n_angles} angles; one repetition has at least 4");
            return wrong("joint_angles", message);
        }
        let not_an_angle = |angle: &&f64| !(-360.0..=360.0).contains(*angle);
        if let Some(angle) = self.joint_angles.iter().find(not_an_angle) {
            return wrong("joint_angles", format!("`{angle}` is not an angle in degrees"));
        }
        if n_labels != 0 && n_labels != n_angles {
            let message =
                format!("it has {n_labels} labels for {n_angles} angles; give one each, or none");
            return wrong("phase_labels", message);
        }
        Ok(())
    }

    /// What repetitions of an exercise are compared with.
    ///
    /// # Errors
    /// When the exercise has no technique that one joint's angle tells.
    pub fn reference(&self, exercise: &Exercise) -> Result<Reference, WireError> {
        self.check()?;
        refuse_hold(exercise)?;
        let movement = &exercise.movement;
        let name = self.metadata.get("name").and_then(Value::as_str).unwrap_or(&self.id);
        let source = movement
            .language
            .pick(format!("reference template `{name}`"), format!("Referenz `{name}`"));
        let signals = movement.technique.iter().map(|joint| joint.signal);
        if let Some(curves) = self.recorded_curves().filter(|c| c.len() == movement.technique.len())
        {
            let curves = signals.zip(curves).map(|(signal, sides)| Curve { signal, sides });
            let views = vec![ReferenceView { yaw_deg: None, curves: curves.collect() }];
            return Ok(Reference { source, views });
        }
        let primary = movement.primary.first().map(|primary| primary.signal);
        let Some(wanted) = signals.clone().find(|&signal| {
            Some(signal) == primary || Some(signal) == primary.map(motion::signal::Signal::in_image)
        }) else {
            return Err(WireError::new(
                "joint_angles",
                format!(
                    "the technique of `{}` is not judged by one joint's angle; record repetitions instead",
                    exercise.id
                ),
            ));
        };
        let curve = self.curve();
        let curves = signals.map(|signal| {
            let known = (signal == wanted).then(|| curve.clone());
            Curve { signal, sides: [known.clone(), known] }
        });
        let views = vec![ReferenceView { yaw_deg: None, curves: curves.collect() }];
        Ok(Reference { source, views })
    }

    /// A template recorded from three to five good repetitions.
    ///
    /// # Errors
    /// When fewer of them meet the standard.
    pub fn recorded(
        poses: &[Pose],
        exercise: &Exercise,
        id: &str,
        name: &str,
    ) -> Result<Self, WireError> {
        let reps = good_reps(poses, exercise)?;
        let reference = mean(&reps, name)?;
        let curves = reference.views.first().map_or(&[][..], |view| &view.curves);
        let rounded_curve = |curve: &Vec<f64>| -> Vec<f64> {
            curve.iter().map(|&angle| rounded(angle, 2)).collect()
        };
        let primary = exercise.movement.primary.first().map(|primary| primary.signal.in_image());
        let own = curves.iter().find(|curve| Some(curve.signal.in_image()) == primary);
        let own = own.or_else(|| curves.first()).and_then(|c| c.sides.iter().flatten().next());
        let Some(own) = own else { return Err(no_curves()) };
        let all: Curves = curves
            .iter()
            .map(|c| c.sides.each_ref().map(|s| s.as_ref().map(rounded_curve)))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of repetitions")]
        let mean_secs = reps.iter().map(Rep::secs).sum::<f64>() / reps.len() as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "2 to 100")]
        let fps = (N_CURVE as f64 / mean_secs).round().clamp(1.0, 1000.0) as u32;
        let mut metadata = Map::new();
        metadata.insert("source".to_owned(), json!("recorded"));
        metadata.insert("name".to_owned(), json!(name));
        metadata.insert("repetitions".to_owned(), json!(reps.len()));
        metadata.insert("curves".to_owned(), json!(all));
        Ok(Self {
            id: id.to_owned(),
            exercise_id: exercise.id.to_string(),
            joint_angles: rounded_curve(own),
            phase_labels: Vec::new(),
            fps,
            metadata,
        })
    }

    fn recorded_curves(&self) -> Option<Curves> {
        let curves = Curves::deserialize(self.metadata.get("curves")?).ok()?;
        let usable = |curve: &Vec<f64>| {
            curve.len() == N_CURVE && curve.iter().all(|angle| angle.abs() <= 1e6)
        };
        curves.iter().flatten().flatten().all(usable).then_some(curves)
    }

    /// The angles at [`N_CURVE`] equal steps of time.
    fn curve(&self) -> Vec<f64> {
        let last = self.joint_angles.len() - 1;
        let at = |step: usize| {
            let (whole, part) = (step * last / (N_CURVE - 1), step * last % (N_CURVE - 1));
            #[expect(clippy::cast_precision_loss, reason = "both are below N_CURVE")]
            let share = part as f64 / (N_CURVE - 1) as f64;
            let next = self.joint_angles[(whole + 1).min(last)];
            self.joint_angles[whole] + share * (next - self.joint_angles[whole])
        };
        (0..N_CURVE).map(at).collect()
    }
}

/// Reads the list that `GET /api/v1/references` answers.
///
/// # Errors
/// Names the template and the field that is wrong and what to do.
pub fn read_list(text: &str) -> Result<Vec<ReferenceTemplate>, WireError> {
    let list: Vec<ReferenceTemplate> = serde_json::from_str(text)
        .map_err(|error| WireError::new("references", format!("they cannot be read: {error}")))?;
    for (index, template) in list.iter().enumerate() {
        template.check().map_err(|error| {
            WireError::new(format!("references[{index}].{}", error.field), error.message)
        })?;
    }
    Ok(list)
}

/// The library, comparing technique with the user's own references: of those given for an exercise the last one that can
/// be used.
#[must_use]
pub fn comparing(catalog: &Catalog, given: &[&ReferenceTemplate]) -> Catalog {
    catalog.with_references(|exercise| {
        let is_for = |template: &ReferenceTemplate| {
            catalog.get(&template.exercise_id).is_ok_and(|other| other.id == exercise.id)
        };
        let own = given.iter().rev().filter(|template| is_for(template));
        own.filter_map(|template| template.reference(exercise).ok()).next()
    })
}

/// A reference made of a recording, good for the direction it was filmed from.
///
/// # Errors
/// When fewer than three repetitions meet the standard.
pub fn of_recording(
    poses: &[Pose],
    exercise: &Exercise,
    name: &str,
) -> Result<Reference, WireError> {
    let reps = good_reps(poses, exercise)?;
    let source = exercise.movement.language.pick(
        format!("{} repetitions recorded in `{name}`", reps.len()),
        format!("{} Wiederholungen, aufgenommen in `{name}`", reps.len()),
    );
    mean(&reps, &source)
}

fn good_reps(poses: &[Pose], exercise: &Exercise) -> Result<Vec<Rep>, WireError> {
    refuse_hold(exercise)?;
    let engine = analysis::run(poses, &exercise.movement, StandardName::Default);
    let reps: Vec<Rep> = engine.reps().iter().filter(|rep| rep.counted).cloned().collect();
    if reps.len() >= N_LEAST_REPS {
        return Ok(reps);
    }
    let shown = if reps.len() == 1 {
        "1 repetition".to_owned()
    } else {
        format!("{} repetitions", reps.len())
    };
    Err(WireError::new(
        "frames",
        format!(
            "they show {shown} of `{}` that meet the standard; a reference needs three to five good ones",
            exercise.id
        ),
    ))
}

fn mean(reps: &[Rep], source: &str) -> Result<Reference, WireError> {
    record(reps, source).ok_or_else(no_curves)
}

fn no_curves() -> WireError {
    WireError::new("frames", "the recorded repetitions have no curves; film the whole body")
}

fn refuse_hold(exercise: &Exercise) -> Result<(), WireError> {
    if exercise.movement.kind == Kind::Reps {
        return Ok(());
    }
    let message =
        format!("`{}` is held, not repeated: it is compared with no reference", exercise.id);
    Err(WireError::new("exercise_id", message))
}
