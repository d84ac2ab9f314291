//! What a live set tells at every frame.

use motion::rep::Rep;
use motion::spec::{Part, Standard};
use units::{ExerciseId, MediaTime};

use super::cues::Cue;
use super::placement::Placement;

/// Where a set is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// It cannot begin yet: somebody or something is not in view.
    #[default]
    Placing,
    /// The body fits the picture; the set waits for the start pose to be held.
    Ready,
    /// Counting.
    Working,
    /// Something was done and nothing has moved since; what comes next still counts.
    Resting,
    /// Paused by the host: nothing counts.
    Paused,
    /// Over: nothing counts any more.
    Ended,
}

/// What the body is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    /// The exercise is not known, or the set has not begun.
    #[default]
    Unknown,
    /// In the start position.
    Rest,
    /// Away from the start position, whichever way that is.
    Down,
    /// Back to the start position.
    Up,
    /// Held in position.
    Hold,
}

impl Phase {
    pub(super) fn of(part: Part) -> Self {
        match part {
            Part::Out | Part::Turn => Self::Down,
            Part::Back => Self::Up,
            Part::Rest | Part::Always | Part::Moving => Self::Rest,
        }
    }
}

/// One frame's answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LiveTick {
    /// The frame's own time.
    pub time: MediaTime,
    /// Where the set is.
    pub stage: Stage,
    /// Repetitions that met the standard.
    pub n_reps: u32,
    /// Cycles that did not.
    pub n_attempts: u32,
    /// Cycles of the left and of the right side, where sides work alone.
    pub n_per_side: Option<[u32; 2]>,
    /// Milliseconds in position, for holds.
    pub hold_ms: Option<f64>,
    /// What the body is doing.
    pub phase: Phase,
    /// The exercise given or recognized, with the belief in it: 1 where it was given.
    pub exercise: Option<(ExerciseId, f64)>,
    /// 0 in the start position, 1 at the turning point.
    pub progress: f64,
    /// How well the moving joints are seen, 0..=1.
    pub confidence: f64,
    /// Whether the body fits the exercise's posture.
    pub in_posture: bool,
    /// Technique of the last few repetitions, 0..=1; none until one was judged.
    pub technique: Option<f64>,
    /// What to say now; usually nothing.
    pub cue: Option<Cue>,
    /// What is wrong with the camera or the place, gravest first.
    pub placement: Vec<Placement>,
    /// How long the start pose has been held, 0..=1.
    pub ready_progress: f64,
    /// The cycles that became certain with this frame: usually none, seldom more than one.
    pub reps: Vec<LiveRep>,
}

impl LiveTick {
    /// What is told once is not told again.
    pub(super) fn forget_news(&mut self) {
        self.cue = None;
        self.reps.clear();
    }
}

/// A cycle that was completed. Times are the frames' own.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveRep {
    /// From 1, repetitions and attempts together.
    pub number: u32,
    /// The cycle as the engine tells it.
    pub rep: Rep,
    /// The criteria it missed, by name and in plain words.
    pub reasons: Vec<(String, String)>,
    /// Technique, 0..=100.
    pub score: Option<f64>,
}

impl LiveRep {
    pub(super) fn new(number: usize, rep: &Rep, standard: &Standard, score: Option<f64>) -> Self {
        let missed = rep.missed.iter().filter_map(|&missed| standard.criteria.get(missed));
        Self {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            rep: rep.clone(),
            reasons: missed.map(|c| (c.id.clone(), c.text.clone())).collect(),
            score,
        }
    }
}
