//! What an exercise definition tells the engine: which signals move, what a full repetition is, what can go wrong.
//!
//! These types are read from the catalogue's data files, so their field names are the file format. Angles are in
//! degrees and distances in percent of the torso's length, as in [`Signal`].

use serde::Deserialize;
use units::Language;

use crate::signal::Signal;

/// The most cycles alike, one after the other, that an exercise may ask for.
pub const MOST_COMPANY: usize = 4;

/// The `[movement]` table of an exercise file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementSpec {
    /// Repetitions or a position held.
    pub kind: Kind,
    /// How left and right work together.
    #[serde(default)]
    pub sides: Sides,
    /// The plane in which the joints move; a camera at right angles to it measures best.
    pub plane: Plane,
    /// What the muscle does on the way out to the turning point.
    #[serde(default = "eccentric")]
    pub way_out: Muscle,
    /// The set may open at the turning point (a deadlift starts on the floor): that first half counts.
    #[serde(default)]
    pub open_start: bool,
    /// The signals that carry the repetition. Empty for a hold.
    #[serde(default)]
    pub primary: Vec<Primary>,
    /// For [`Sides::Labelled`]: the working side is the one where this signal is lower at the turning point.
    #[serde(default)]
    pub working_side: Option<Signal>,
    /// The least excursion that can be a repetition or an attempt, as a fraction of start to turn.
    #[serde(default = "quarter")]
    pub min_excursion: f64,
    /// A repetition takes at least this long, seconds.
    #[serde(default = "half")]
    pub min_rep_secs: f64,
    /// A repetition takes at most this long, seconds.
    #[serde(default = "twenty")]
    pub max_rep_secs: f64,
    /// The posture in which the exercise is done; frames outside it do not count.
    #[serde(default)]
    pub posture: Vec<Bound>,
    /// How far things must and may move within one cycle; a cycle that does otherwise is something else.
    #[serde(default)]
    pub travel: Vec<Travel>,
    /// What a cycle must show to be believed at once. One that does not (arms that gesture, half a curl) is believed
    /// within a set, or once [`MovementSpec::company`] alike follow each other.
    #[serde(default)]
    pub alone: Vec<Travel>,
    /// So many doubtful cycles alike are a set, 2..=[`MOST_COMPANY`]: the most where people do something alike all day,
    /// as with hands; they must keep one tempo then, too.
    #[serde(default = "three")]
    pub company: usize,
    /// What a full repetition (or a held second) must show, by name: `default` and `strict`.
    pub standards: Standards,
    /// What can go wrong and what to say then.
    #[serde(default)]
    pub checks: Vec<FormCheck>,
    /// How the classifier knows the exercise; empty for variants that look the same as their family's head.
    #[serde(default)]
    pub signature: Vec<SignatureRule>,
    /// Which point carries the load, for speed.
    #[serde(default)]
    pub load_point: LoadPoint,
    /// Weights of the joints in the technique score.
    #[serde(default)]
    pub technique: Vec<JointWeight>,
    /// The language of the texts above, and so of all that the engine says about this exercise.
    #[serde(skip)]
    pub language: Language,
}

/// Repetitions or a position held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Counted.
    Reps,
    /// Timed.
    Hold,
}

/// How left and right work together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// Both at once: the sides are fused into one signal.
    #[default]
    Together,
    /// Each side may move alone: both at once count one repetition, alternating sides count one each.
    Independent,
    /// Each side by itself, never both at once (alternating curls, bird-dogs).
    Alternating,
    /// One signal, but each repetition belongs to a side (a lunge's front leg).
    Labelled,
}

impl Sides {
    /// Whether each side is followed by itself.
    #[must_use]
    pub fn are_followed_apart(self) -> bool {
        matches!(self, Self::Independent | Self::Alternating)
    }
}

/// The plane of the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plane {
    /// Best seen from the side.
    Sagittal,
    /// Best seen from the front or the back.
    Frontal,
}

/// What the working muscle does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Muscle {
    /// It lengthens.
    Eccentric,
    /// It shortens.
    Concentric,
}

/// One signal that carries the repetition.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Primary {
    /// What is measured.
    pub signal: Signal,
    /// Its usual value in the start position; for a place in the picture only `turn − start` matters.
    pub start: f64,
    /// Its usual value at the turning point.
    pub turn: f64,
    /// Trust before anything is seen, relative to the other primaries.
    #[serde(default = "one")]
    pub weight: f64,
    /// From where it is seen well.
    #[serde(default)]
    pub view: ViewPreference,
}

impl Primary {
    /// Progress at a value: 0 in the start position, 1 at the turning point, beyond at either end.
    #[must_use]
    pub fn progress(&self, value: f64) -> f64 {
        (value - self.start) / (self.turn - self.start)
    }
}

/// From where something is seen well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewPreference {
    /// From anywhere.
    #[default]
    Any,
    /// From the side.
    Side,
    /// From the front or the back.
    Front,
}

impl ViewPreference {
    /// How well the view suits, 0..=1, for a side-on-ness of 0 (facing) to 1 (side-on).
    #[must_use]
    pub fn suits(self, side_on: f64) -> f64 {
        match self {
            Self::Any => 1.0,
            Self::Side => side_on,
            Self::Front => (1.0 - side_on * side_on).max(0.0).sqrt(),
        }
    }
}

/// A signal with limits; a missing limit is open.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// What is measured.
    pub signal: Signal,
    /// At least this.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most this.
    #[serde(default)]
    pub max: Option<f64>,
    /// From where it is seen well enough to judge.
    #[serde(default)]
    pub view: ViewPreference,
}

impl Bound {
    /// How far the value lies outside the limits; negative inside.
    #[must_use]
    pub fn excess(&self, value: f64) -> f64 {
        let below = self.min.map_or(f64::NEG_INFINITY, |min| min - value);
        let above = self.max.map_or(f64::NEG_INFINITY, |max| value - max);
        below.max(above)
    }
}

/// What of a signal within one cycle is compared with a travel's limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// How far it moves.
    #[default]
    Range,
    /// Its highest value.
    Highest,
    /// Its lowest value.
    Lowest,
    /// How far the last value is from the first.
    Gap,
    /// How far it goes back on the way out, or out on the way back: repetitions go straight.
    Detour,
}

/// How far a signal moves within one cycle. Walking flexes the knees like a squat, but the hips hardly drop.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// What is measured.
    pub signal: Signal,
    /// What of it is compared.
    #[serde(default)]
    pub of: Extent,
    /// At least this, on the side with more.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most this, on the side with less.
    #[serde(default)]
    pub max: Option<f64>,
    /// Both sides must keep the limits, not just the better one.
    #[serde(default)]
    pub every_side: bool,
    /// From where it is seen well enough to judge.
    #[serde(default)]
    pub view: ViewPreference,
}

/// The named standards of an exercise.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standards {
    /// The published default, with its source.
    pub default: Standard,
    /// The seeds' exact thresholds, or a competition's; absent when there is no stricter rule.
    #[serde(default)]
    pub strict: Option<Standard>,
}

/// What a full repetition must show.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Where the rule comes from.
    pub source: String,
    /// Whether a value within its measurement interval of the limit is given the benefit of the doubt.
    #[serde(default = "yes")]
    pub benefit_of_doubt: bool,
    /// All must hold.
    pub criteria: Vec<Criterion>,
}

/// One requirement on a repetition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The reason given when it is missed, such as `shallow_depth`.
    pub id: String,
    /// What is measured.
    pub signal: Signal,
    /// Which value of the repetition is compared.
    pub of: Extreme,
    /// At least this.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most this.
    #[serde(default)]
    pub max: Option<f64>,
    /// From where it is seen well enough to judge.
    #[serde(default)]
    pub view: ViewPreference,
    /// How grave a miss is as a finding.
    #[serde(default)]
    pub severity: Severity,
    /// What was seen, in plain words.
    pub text: String,
    /// One remedy, in plain words with external focus.
    pub tip: String,
}

/// Which value of a repetition a criterion looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extreme {
    /// The lowest value.
    Lowest,
    /// The highest value.
    Highest,
    /// The value at the end of the repetition.
    AtEnd,
    /// The standard deviation over the repetition.
    Spread,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth changing.
    #[default]
    Medium,
    /// Change it before adding load.
    High,
}

/// Something that can go wrong while moving.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormCheck {
    /// Its name, such as `hip_sag`.
    pub id: String,
    /// What is measured.
    pub signal: Signal,
    /// At least this.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most this.
    #[serde(default)]
    pub max: Option<f64>,
    /// Compared as it is, or against its value at the repetition's start.
    #[serde(default)]
    pub relative_to: Baseline,
    /// In which part of the repetition it is looked at.
    #[serde(default)]
    pub during: Part,
    /// From where it is seen well enough to judge.
    #[serde(default)]
    pub view: ViewPreference,
    /// How grave it is.
    #[serde(default)]
    pub severity: Severity,
    /// What was seen, in plain words.
    pub text: String,
    /// One remedy, in plain words with external focus.
    pub tip: String,
    /// What to say at once: a few words.
    pub cue: String,
}

/// What a check's value is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// The value itself.
    #[default]
    Zero,
    /// The change since the repetition began.
    RepStart,
    /// Left minus right.
    OtherSide,
}

/// A part of a repetition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Whenever the posture fits.
    #[default]
    Always,
    /// While a repetition is under way.
    Moving,
    /// Near the turning point.
    Turn,
    /// On the way out to the turning point.
    Out,
    /// On the way back.
    Back,
    /// In the start position between repetitions.
    Rest,
}

/// One thing the classifier looks for in a window of a few seconds.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureRule {
    /// What is measured.
    pub signal: Signal,
    /// Which statistic of the window.
    pub of: Statistic,
    /// At least this.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most this.
    #[serde(default)]
    pub max: Option<f64>,
    /// The width of the soft edge: at this distance outside a limit half the belief is gone.
    pub soft: f64,
    /// Which side counts.
    #[serde(default)]
    pub side: SideChoice,
    /// From where it is seen well enough to count.
    #[serde(default)]
    pub view: ViewPreference,
}

/// A statistic of a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// The 10th percentile.
    Low,
    /// The median.
    Middle,
    /// The 90th percentile.
    High,
    /// 90th less 10th percentile.
    Range,
}

/// Which side a signature rule looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SideChoice {
    /// The better seen side.
    #[default]
    Seen,
    /// The side that moves more.
    Busier,
    /// The side that moves less.
    Calmer,
}

/// The point whose speed is the speed of the repetition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadPoint {
    /// The hips: squats, lunges, bridges.
    #[default]
    Hips,
    /// The shoulders: push-ups, pull-ups, dips, sit-ups.
    Shoulders,
    /// The wrists: curls, presses, raises, pulls.
    Hands,
}

/// How much a joint's curve counts in the technique score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JointWeight {
    /// Which curve.
    pub signal: Signal,
    /// Its weight relative to the others.
    pub weight: f64,
}

fn eccentric() -> Muscle {
    Muscle::Eccentric
}

fn quarter() -> f64 {
    0.25
}

fn half() -> f64 {
    0.5
}

fn one() -> f64 {
    1.0
}

fn three() -> usize {
    3
}

fn twenty() -> f64 {
    20.0
}

fn yes() -> bool {
    true
}
