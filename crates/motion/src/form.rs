//! Form checks: a limit passed for three consecutive frames, beyond doubt.
//!
//! Every repetition that shows it is noted for the report; aloud it is said once, then ten seconds of silence follow.

use units::MediaTime;

use crate::math;
use crate::rep::Finding;
use crate::spec::{Baseline, FormCheck, Part};

/// Consecutive frames that make a finding (the seeds' debounce).
const N_FRAMES: u32 = 3;
/// Silence of one check after it fired, seconds (the seeds' cooldown).
const SILENCE_SECS: f64 = 10.0;

/// The state of one check for one person.
#[derive(Debug, Clone, Default)]
pub struct CheckState {
    n_frames: u32,
    /// How far outside the last frames were.
    recent: [f64; N_FRAMES as usize],
    announced_at: Option<MediaTime>,
    /// Whether this run of frames was noted already, and for which repetition.
    noted: bool,
    noted_rep: Option<usize>,
}

/// A check's input at one frame.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The frame's time.
    pub time: MediaTime,
    /// The value compared, after the baseline is taken off.
    pub value: f64,
    /// Half-width of its 90 % interval.
    pub margin: f64,
    /// The part of the repetition, and whether it is near the turning point.
    pub part: Part,
    /// Whether it is near the turning point.
    pub near_turn: bool,
    /// The repetition under way.
    pub rep: Option<usize>,
}

/// Whether a check looks at this part of the repetition.
#[must_use]
pub fn applies(during: Part, part: Part, near_turn: bool) -> bool {
    match during {
        Part::Always => true,
        Part::Moving => part != Part::Rest,
        Part::Turn => near_turn,
        Part::Out | Part::Back | Part::Rest => during == part,
    }
}

/// How far a value lies outside a check's limits; negative inside.
#[must_use]
pub fn excess(check: &FormCheck, value: f64) -> f64 {
    let below = check.min.map_or(f64::NEG_INFINITY, |min| min - value);
    let above = check.max.map_or(f64::NEG_INFINITY, |max| value - max);
    below.max(above)
}

/// The probability that a limit is really passed, given by how much and the 90 % half-width; 0..=1.
#[must_use]
pub fn confidence(excess: f64, margin: f64) -> f64 {
    let sd = (margin / 1.645).max(1e-9);
    0.5 * (1.0 + math::erf(excess / (sd * core::f64::consts::SQRT_2)))
}

/// What a look tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    /// Within the limits, or not for long enough.
    Nothing,
    /// The check fires.
    New(Finding),
    /// What fired before in this repetition goes on, as far outside as this.
    Still(Finding),
}

impl CheckState {
    /// Takes in one frame.
    pub fn look(&mut self, index: usize, check: &FormCheck, look: &Look) -> Told {
        let excess = excess(check, look.value);
        // A change since the start is a difference of two readings of the same limb: much of the error cancels.
        let margin =
            if check.relative_to == Baseline::RepStart { 0.7 * look.margin } else { look.margin };
        if !applies(check.during, look.part, look.near_turn) || excess <= margin {
            self.skip();
            return Told::Nothing;
        }
        self.recent[self.n_frames as usize % self.recent.len()] = excess;
        self.n_frames += 1;
        if self.n_frames < N_FRAMES {
            return Told::Nothing;
        }
        // As far as all of the last frames went: one wild frame is not a worse fault.
        let excess = self.recent.iter().copied().fold(f64::INFINITY, f64::min);
        let known = self.noted && self.noted_rep == look.rep;
        (self.noted, self.noted_rep) = (true, look.rep);
        let announced = !known
            && self.announced_at.is_none_or(|before| look.time.secs_since(before) >= SILENCE_SECS);
        if announced {
            self.announced_at = Some(look.time);
        }
        let finding = Finding {
            check: index,
            severity: check.severity,
            time: look.time,
            rep: look.rep,
            value: look.value,
            excess,
            margin,
            confidence: confidence(excess, margin),
            announced,
        };
        if known { Told::Still(finding) } else { Told::New(finding) }
    }

    /// A frame without a usable value.
    pub fn skip(&mut self) {
        self.n_frames = 0;
        self.noted = false;
    }
}
