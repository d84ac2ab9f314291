//! The report of an analyzed set as JSON: what `spotter analyze --json` prints.
//!
//! Times are whole milliseconds of the recording's own clock, angles degrees, speeds metres per second. Speeds need a
//! scale that a picture lacks, so [`Analysis::assumptions`] says which body height they rest on.

use motion::report::{ReportedRep, SetReport};
use motion::spec::Severity as MotionSeverity;
use motion::view::TORSO_PER_STATURE;
use serde::{Deserialize, Serialize};
use units::{MediaTime, Side};

/// The name of an exercise that was not recognized.
pub const UNKNOWN: &str = "unknown";

/// Everything told about one recording.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Analysis {
    /// Id of the exercise it was judged as, or `unknown`.
    pub exercise: String,
    /// Id of the exercise the classifier sees, or `unknown`; also where the exercise was given.
    pub detected_exercise: String,
    /// The classifier's belief in that, 0..=1; 0 where unknown.
    pub detection_confidence: f64,
    /// Frames in the recording.
    pub frames: u64,
    /// Frames in which a person was seen.
    pub frames_with_person: u64,
    /// Length of the recording.
    pub duration_ms: u64,
    /// Cycles that met the standard.
    pub reps: u32,
    /// Cycles that did not.
    pub attempts: u32,
    /// Cycles of the left side, where sides work alone.
    pub left: Option<u32>,
    /// Cycles of the right side, where sides work alone.
    pub right: Option<u32>,
    /// Time in position, for holds.
    pub hold_ms: Option<u64>,
    /// Times the position broke, for holds.
    pub hold_breaks: Option<u32>,
    /// Technique, 0..=100; null when nothing was judged.
    pub score: Option<f64>,
    /// How the camera saw the person.
    pub view: View,
    /// Every cycle in order of time.
    pub rep_list: Vec<Rep>,
    /// What went wrong, in order of time.
    pub issues: Vec<Issue>,
    /// What to do about it, gravest first.
    pub tips: Vec<String>,
    /// How to film better; empty when the view is good.
    pub camera_advice: Vec<String>,
    /// How hard the set was; null when it cannot be told.
    pub effort: Option<Effort>,
    /// How alike the repetitions were, 0..=1.
    pub consistency: Option<f64>,
    /// The standard that repetitions had to meet.
    pub standard: Option<Standard>,
    /// Where the technique reference comes from.
    pub reference: Option<String>,
    /// What was taken for granted.
    pub assumptions: Vec<String>,
    /// What the user should know though there is a report.
    pub warnings: Vec<String>,
    /// How it was made.
    pub processing: Processing,
}

/// How the camera saw the person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// Yaw of the trunk, degrees: 0 facing the camera, ±90 side-on, ±180 from behind; positive when the athlete's
    /// left side is away from the camera.
    pub yaw_deg: f64,
    /// Half-width of the yaw's 90 % interval, degrees.
    pub interval: f64,
    /// Half-width of the 90 % interval of a joint angle in this view, degrees; null when nothing was judged.
    pub angle_interval_deg: Option<f64>,
}

/// One cycle out and back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rep {
    /// From 1; what [`Issue::rep`] refers to.
    pub number: u32,
    /// Leaving the start position.
    pub start_ms: i64,
    /// Farthest out.
    pub turn_ms: i64,
    /// Back in the start position.
    pub end_ms: i64,
    /// `left`, `right` or `both`.
    pub side: RepSide,
    /// Whether it met the standard.
    pub counted: bool,
    /// Ids of the criteria it missed.
    pub reasons: Vec<String>,
    /// Range of the first primary angle.
    pub rom_deg: f64,
    /// Technique, 0..=100.
    pub score: Option<f64>,
    /// What the score is made of.
    pub score_parts: Option<ScoreParts>,
    /// Seconds per phase.
    pub tempo_s: Tempo,
    /// Peak speed of the load point, metres per second.
    pub peak_speed: f64,
    /// Mean speed of the load point while the muscle shortens, metres per second.
    pub mean_concentric_speed: f64,
    /// How well the moving joints were seen, 0..=1.
    pub confidence: f64,
}

/// The side that worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepSide {
    /// The athlete's left.
    Left,
    /// The athlete's right.
    Right,
    /// Both at once.
    Both,
}

/// Parts of a technique score, each 0..=100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreParts {
    /// Likeness of the joints' curves to the reference's.
    pub shape: f64,
    /// How much of the standard's range was used.
    pub depth: f64,
    /// Likeness of left and right; null where one side is not seen.
    pub symmetry: Option<f64>,
    /// Closeness to the prescribed tempo or the rest of the set.
    pub tempo: f64,
    /// Steadiness of the concentric.
    pub smoothness: f64,
}

/// Seconds per phase of a repetition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tempo {
    /// The muscle lengthens.
    pub eccentric: f64,
    /// At the end of that.
    pub bottom: f64,
    /// The muscle shortens.
    pub concentric: f64,
    /// At the end of that.
    pub top: f64,
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Issue {
    /// Its name, such as `hip_sag`.
    pub id: String,
    /// How grave.
    pub severity: Severity,
    /// Number of the repetition (from 1) that it belongs to; null outside of any.
    pub rep: Option<u32>,
    /// When.
    pub t_ms: i64,
    /// The side it was seen on, where it was one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub side: Option<Side>,
    /// What was seen.
    pub text: String,
    /// What to do about it.
    pub tip: String,
    /// Probability that the limit is really passed, 0..=1.
    pub confidence: f64,
}

/// How grave an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth changing.
    Medium,
    /// Change it before adding load.
    High,
}

/// How hard a set was.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effort {
    /// Speed lost from the fastest to the last repetitions, 0..=1.
    pub velocity_loss: f64,
    /// Repetitions in reserve.
    pub reps_in_reserve: f64,
    /// Its 90 % interval: low, high.
    #[cfg_attr(feature = "openapi", schema(min_items = 2, max_items = 2))]
    pub reps_in_reserve_interval: [f64; 2],
}

/// The standard that repetitions had to meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standard {
    /// `default` or `strict`.
    pub name: String,
    /// Where the rule comes from.
    pub source: String,
}

/// How a report was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Processing {
    /// Frames per second of the whole run: decoding, network and engine, as far as they took part.
    pub fps: f64,
    /// `onnxruntime` or `tract`; null where a landmark stream was read and no network ran.
    pub runtime: Option<String>,
    /// The network's name; null as above.
    pub network: Option<String>,
}

impl Analysis {
    /// Fills in what the engine's report says; what is already there about the recording stays. `height_cm` is the
    /// body height that makes metres of torso lengths.
    #[must_use]
    pub fn with_set(self, set: &SetReport, height_cm: f64) -> Self {
        let metres_per_torso = TORSO_PER_STATURE * height_cm / 100.0;
        Self {
            reps: set.n_reps,
            attempts: set.n_attempts,
            left: set.n_left,
            right: set.n_right,
            hold_ms: set.hold_ms.map(whole),
            hold_breaks: set.n_breaks,
            score: set.score.map(|score| rounded(score, 1)),
            view: View {
                yaw_deg: rounded(set.yaw_deg, 1),
                interval: rounded(set.yaw_margin_deg, 1),
                angle_interval_deg: Some(rounded(set.angle_margin_deg, 1)),
            },
            rep_list: set
                .reps
                .iter()
                .zip(1..)
                .map(|(rep, number)| Rep::new(rep, number, metres_per_torso))
                .collect(),
            issues: set.issues.iter().map(Issue::new).collect(),
            tips: set.tips.clone(),
            camera_advice: set.camera_advice.clone(),
            effort: set.velocity_loss.zip(set.effort).map(|(velocity_loss, effort)| {
                let (low, high) = effort.reps_in_reserve_interval;
                Effort {
                    velocity_loss: rounded(velocity_loss, 3),
                    reps_in_reserve: rounded(effort.reps_in_reserve, 1),
                    reps_in_reserve_interval: [rounded(low, 1), rounded(high, 1)],
                }
            }),
            consistency: set.consistency.map(|consistency| rounded(consistency, 3)),
            ..self
        }
    }
}

impl Rep {
    fn new(reported: &ReportedRep, number: u32, metres_per_torso: f64) -> Self {
        let rep = &reported.rep;
        let technique = reported.technique.as_ref();
        Self {
            number,
            start_ms: in_ms(rep.start),
            turn_ms: in_ms(rep.turn),
            end_ms: in_ms(rep.end),
            side: rep.side.into(),
            counted: rep.counted,
            reasons: reported.reasons.clone(),
            rom_deg: rounded(rep.rom_deg, 1),
            score: technique.map(|technique| rounded(technique.total, 1)),
            score_parts: technique.map(|technique| ScoreParts {
                shape: rounded(technique.shape, 1),
                depth: rounded(technique.depth, 1),
                symmetry: technique.symmetry.map(|symmetry| rounded(symmetry, 1)),
                tempo: rounded(technique.tempo, 1),
                smoothness: rounded(technique.smoothness, 1),
            }),
            tempo_s: Tempo {
                eccentric: rounded(rep.tempo.eccentric_secs, 2),
                bottom: rounded(rep.tempo.bottom_secs, 2),
                concentric: rounded(rep.tempo.concentric_secs, 2),
                top: rounded(rep.tempo.top_secs, 2),
            },
            peak_speed: rounded(rep.peak_speed_torsos_per_sec * metres_per_torso, 2),
            mean_concentric_speed: rounded(
                rep.mean_concentric_torsos_per_sec * metres_per_torso,
                2,
            ),
            confidence: rounded(rep.confidence, 2),
        }
    }
}

impl Issue {
    fn new(issue: &motion::report::Issue) -> Self {
        Self {
            id: issue.id.clone(),
            severity: issue.severity.into(),
            rep: issue.rep.and_then(|index| u32::try_from(index + 1).ok()),
            t_ms: in_ms(issue.time),
            side: issue.side,
            text: issue.text.clone(),
            tip: issue.tip.clone(),
            confidence: rounded(issue.confidence, 2),
        }
    }
}

impl From<MotionSeverity> for Severity {
    fn from(severity: MotionSeverity) -> Self {
        match severity {
            MotionSeverity::Low => Self::Low,
            MotionSeverity::Medium => Self::Medium,
            MotionSeverity::High => Self::High,
        }
    }
}

/// A time as the report tells it: whole milliseconds.
#[must_use]
pub fn in_ms(time: MediaTime) -> i64 {
    time.micros.saturating_add(500).div_euclid(1000)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and a duration is positive"
)]
pub(crate) fn whole(ms: f64) -> u64 {
    ms.round() as u64
}

/// A number with so many decimals. JSON has no infinities, so what is not finite becomes 0.
#[must_use]
pub fn rounded(value: f64, n_decimals: i32) -> f64 {
    let scale = 10_f64.powi(n_decimals);
    let rounded = (value * scale).round() / scale;
    // Adding 0 makes −0 plain 0.
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}
