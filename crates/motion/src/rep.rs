//! What the engine tells about a repetition, and about a set of them.

use units::{MediaTime, Side};

use crate::spec::Severity;
use crate::technique::Curve;
use crate::tempo::Tempo;

/// One cycle out and back: a repetition when it met the standard, else an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Rep {
    /// Leaving the start position.
    pub start: MediaTime,
    /// Farthest out.
    pub turn: MediaTime,
    /// Back in the start position.
    pub end: MediaTime,
    /// The working side, or none where both work at once.
    pub side: Option<Side>,
    /// Whether it met the standard.
    pub counted: bool,
    /// The criteria it missed, as indices into the standard's criteria.
    pub missed: Vec<usize>,
    /// What the standard's criteria measured.
    pub measured: Vec<Measured>,
    /// Range of the first primary angle over the repetition, degrees; never negative.
    pub rom_deg: f64,
    /// Excursion of the fused progress; 1 is the textbook's.
    pub excursion: f64,
    /// Seconds per phase.
    pub tempo: Tempo,
    /// Peak speed of the load point, torso lengths per second.
    pub peak_speed_torsos_per_sec: f64,
    /// Mean speed of the load point over the concentric phase, torso lengths per second.
    pub mean_concentric_torsos_per_sec: f64,
    /// Left range over right range of the primary angle less 1; 0 is even, positive when the left moves more. None
    /// where one side is not seen or one side works.
    pub asymmetry: Option<f64>,
    /// Spectral arc length of the concentric speed; nearer to 0 is smoother.
    pub smoothness_sparc: f64,
    /// The technique signals over the repetition, in the order of the exercise's list.
    pub curves: Vec<Curve>,
    /// How much each side was trusted, left then right.
    pub trust: [f64; 2],
    /// Mean confidence over the repetition, 0..=1.
    pub confidence: f64,
}

impl Rep {
    /// Seconds from start to end.
    #[must_use]
    pub fn secs(&self) -> f64 {
        self.end.secs_since(self.start)
    }
}

/// A criterion's value in one repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Index into the standard's criteria.
    pub criterion: usize,
    /// Degrees or percent of torso.
    pub value: f64,
    /// Half-width of the 90 % interval.
    pub margin: f64,
    /// How far outside the limits; negative inside.
    pub excess: f64,
}

/// What a form check saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// Index into the exercise's checks.
    pub check: usize,
    /// How grave.
    pub severity: Severity,
    /// When the third consecutive frame showed it.
    pub time: MediaTime,
    /// Number of the repetition under way, from 0; none between repetitions.
    pub rep: Option<usize>,
    /// Degrees or percent of torso.
    pub value: f64,
    /// How far outside the limits.
    pub excess: f64,
    /// Half-width of the 90 % interval.
    pub margin: f64,
    /// Probability that the limit is really passed, 0.5..=1.
    pub confidence: f64,
    /// Whether it is to be said aloud now: not within ten seconds of the last time.
    pub announced: bool,
}
