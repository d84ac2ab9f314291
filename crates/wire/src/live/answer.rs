//! What the live set says, as JSON: the seed's words (`rep_count`, `phase`, `feedback`) and ours beside them.

use coach::live::{self, LiveTick, Phase, Stage};
use serde::Serialize;
use units::Side;

use crate::report::{RepSide, Severity, in_ms, rounded, whole};

/// One frame's answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename = "tick")]
pub struct Tick<'a> {
    /// The frame's own time.
    pub ts_ms: i64,
    /// Repetitions that met the standard.
    pub rep_count: u32,
    /// Cycles that did not.
    pub attempt_count: u32,
    /// `down` is away from the start position, `up` back to it.
    pub phase: &'static str,
    /// The texts of this tick's cue.
    pub feedback: Vec<&'a str>,
    /// `placing`, `ready`, `working`, `resting`, `paused` or `ended`.
    pub stage: &'static str,
    /// The exercise given or recognized.
    pub exercise_id: Option<&'a str>,
    /// The belief in it, 0..=1; 1 where it was given.
    pub exercise_confidence: f64,
    /// 0 in the start position, 1 at the turning point.
    pub progress: f64,
    /// How well the moving joints are seen, 0..=1.
    pub confidence: f64,
    /// Whether the body fits the exercise's posture.
    pub in_posture: bool,
    /// Time in position, for holds.
    pub hold_ms: Option<u64>,
    /// Cycles of the left side, where sides work alone.
    pub left: Option<u32>,
    /// Cycles of the right side, where sides work alone.
    pub right: Option<u32>,
    /// Technique of the last repetitions, 0..=1.
    pub technique: Option<f64>,
    /// The one thing to say now.
    pub cue: Option<Cue<'a>>,
    /// What is wrong with the camera or the place, gravest first.
    pub placement: Vec<&'static str>,
    /// How long the start pose has been held, 0..=1.
    pub ready_progress: f64,
    /// The cycles that became certain with this frame: usually none, seldom more than one.
    pub reps: Vec<LiveRep<'a>>,
}

/// What the athlete is told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cue<'a> {
    /// Its name.
    pub id: &'a str,
    /// What to say.
    pub text: &'a str,
    /// How grave the reason is.
    pub severity: Severity,
    /// What it is about.
    pub kind: CueKind,
}

/// What a cue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum CueKind {
    Form,
    Placement,
    Praise,
}

/// A cycle that was completed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveRep<'a> {
    /// From 1, repetitions and attempts together.
    pub number: u32,
    /// Whether it met the standard.
    pub counted: bool,
    /// Ids of the criteria it missed.
    pub reasons: Vec<&'a str>,
    /// The same in plain words.
    pub reason_texts: Vec<&'a str>,
    /// `left`, `right` or `both`.
    pub side: RepSide,
    /// Technique, 0..=100.
    pub score: Option<f64>,
    /// Range of the first primary angle.
    pub rom_deg: f64,
    /// Leaving the start position.
    pub start_ms: i64,
    /// Farthest out.
    pub turn_ms: i64,
    /// Back in the start position.
    pub end_ms: i64,
}

impl<'a> From<&'a LiveTick> for Tick<'a> {
    fn from(tick: &'a LiveTick) -> Self {
        let (exercise_id, exercise_confidence) = match &tick.exercise {
            Some((id, confidence)) => (Some(id.as_str()), rounded(*confidence, 2)),
            None => (None, 0.0),
        };
        Self {
            ts_ms: in_ms(tick.time),
            rep_count: tick.n_reps,
            attempt_count: tick.n_attempts,
            phase: match tick.phase {
                Phase::Unknown => "unknown",
                Phase::Rest => "rest",
                Phase::Down => "down",
                Phase::Up => "up",
                Phase::Hold => "hold",
            },
            feedback: tick.cue.iter().map(|cue| cue.text.as_str()).collect(),
            stage: match tick.stage {
                Stage::Placing => "placing",
                Stage::Ready => "ready",
                Stage::Working => "working",
                Stage::Resting => "resting",
                Stage::Paused => "paused",
                Stage::Ended => "ended",
            },
            exercise_id,
            exercise_confidence,
            progress: rounded(tick.progress, 3),
            confidence: rounded(tick.confidence, 2),
            in_posture: tick.in_posture,
            hold_ms: tick.hold_ms.map(whole),
            left: tick.n_per_side.map(|[left, _]| left),
            right: tick.n_per_side.map(|[_, right]| right),
            technique: tick.technique.map(|technique| rounded(technique, 3)),
            cue: tick.cue.as_ref().map(Cue::from),
            placement: tick.placement.iter().map(|problem| problem.id()).collect(),
            ready_progress: rounded(tick.ready_progress, 2),
            reps: tick.reps.iter().map(LiveRep::from).collect(),
        }
    }
}

impl<'a> From<&'a live::Cue> for Cue<'a> {
    fn from(cue: &'a live::Cue) -> Self {
        Self {
            id: &cue.id,
            text: &cue.text,
            severity: cue.severity.into(),
            kind: match cue.kind {
                live::CueKind::Form => CueKind::Form,
                live::CueKind::Placement => CueKind::Placement,
                live::CueKind::Praise => CueKind::Praise,
            },
        }
    }
}

impl<'a> From<&'a live::LiveRep> for LiveRep<'a> {
    fn from(told: &'a live::LiveRep) -> Self {
        Self {
            number: told.number,
            counted: told.rep.counted,
            reasons: told.reasons.iter().map(|(id, _)| id.as_str()).collect(),
            reason_texts: told.reasons.iter().map(|(_, text)| text.as_str()).collect(),
            side: told.rep.side.into(),
            score: told.score.map(|score| rounded(score, 1)),
            rom_deg: rounded(told.rep.rom_deg, 1),
            start_ms: in_ms(told.rep.start),
            turn_ms: in_ms(told.rep.turn),
            end_ms: in_ms(told.rep.end),
        }
    }
}

impl From<Option<Side>> for RepSide {
    fn from(side: Option<Side>) -> Self {
        match side {
            Some(Side::Left) => Self::Left,
            Some(Side::Right) => Self::Right,
            None => Self::Both,
        }
    }
}
