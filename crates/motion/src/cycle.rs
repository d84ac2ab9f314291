//! Finds repetitions as turning points of one progress signal: out from the start position and back.
//!
//! Progress is 0 in the textbook start position and 1 at the textbook turning point, but real people and real cameras
//! show another range, so a turning point is confirmed by hysteresis relative to the range this person is showing,
//! with a floor from the exercise. Causal: a cycle is reported as soon as it is complete.

use units::MediaTime;

/// What bounds a cycle.
#[derive(Debug, Clone, Copy)]
pub struct CycleConfig {
    /// The least excursion of a cycle, in progress.
    pub min_excursion: f64,
    /// The least time from start to turn and from turn to end, seconds (the seeds' dwell of 150 ms).
    pub dwell_secs: f64,
    /// The least time of a cycle, seconds.
    pub min_secs: f64,
    /// The most time of a cycle, seconds.
    pub max_secs: f64,
    /// Whether a stream that opens at the turning point starts a cycle there.
    pub open_start: bool,
}

/// A turning point: when and how far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turning {
    /// When.
    pub time: MediaTime,
    /// Progress there.
    pub progress: f64,
}

/// Out and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// Leaving the start position.
    pub start: Turning,
    /// Farthest out.
    pub turn: Turning,
    /// Back again.
    pub end: Turning,
}

impl Cycle {
    /// The larger of way out and way back, in progress.
    #[must_use]
    pub fn excursion(&self) -> f64 {
        self.turn.progress - self.start.progress.min(self.end.progress)
    }
}

/// Where in the cycle the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In or near the start position.
    Rest,
    /// On the way out.
    Out,
    /// On the way back.
    Back,
}

/// Part of the way back after which a cycle is complete. A lower share would count a person who stops half-way up, a
/// higher one would miss people who do not return all the way.
const RETURNED: f64 = 0.73;
/// Part of the shown range by which the signal must reverse to confirm a turning point.
const HYSTERESIS: f64 = 0.25;
/// A reversal on the way back ends a cycle that has come at least this part of the shown range back; else it was a
/// wobble at the turning point.
const HALF_WAY: f64 = 0.5;
/// Cycles of less than this part of the shown range are swaying, not attempts.
const SWAY: f64 = 0.4;
/// The signal still falls while it loses this part of the excursion within the dwell time.
const SETTLED: f64 = 0.02;
/// Progress under which a body is in another posture than the start, before the first cycle of a set.
const BEYOND_START: f64 = -0.15;
/// Progress up to which a body that comes from beyond the start position is still on its way to it.
const START_LEVEL: f64 = 0.1;
/// A body that comes no farther for so long, and is not yet far out, is still in the start position, seconds.
const STANDSTILL_SECS: f64 = 1.0;
/// How many cycles the shown range remembers.
const N_REMEMBERED: usize = 5;

/// The state of the search.
#[derive(Debug, Clone)]
pub struct CycleTracker {
    config: CycleConfig,
    shown: [f64; N_REMEMBERED],
    n_shown: usize,
    calibrated_range: Option<f64>,
    phase: Phase,
    /// Whether no cycle was kept since the body was last elsewhere.
    fresh: bool,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// Nothing seen yet.
    Blank,
    /// Tracking the low before a way out. `left` is the last time the signal was still near `low`.
    Rest { low: Turning, left: Turning },
    /// Tracking the farthest point; `still` is where the signal last came clearly farther.
    Out { start: Turning, turn: Turning, still: Turning },
    /// Past the turn; tracking the low after it.
    Back { start: Turning, turn: Turning, low: Turning },
    /// Nearly home; the cycle is complete once the signal stops falling.
    Settle { start: Turning, turn: Turning, low: Turning },
}

impl CycleTracker {
    /// A tracker that has seen nothing. `calibrated_range` is the excursion this person shows, where a first pass over
    /// the recording or an earlier set has measured it.
    #[must_use]
    pub fn new(config: CycleConfig, calibrated_range: Option<f64>) -> Self {
        Self {
            config,
            shown: [0.0; N_REMEMBERED],
            n_shown: 0,
            calibrated_range,
            phase: Phase::Blank,
            fresh: true,
        }
    }

    /// Where in the cycle the person is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self.phase {
            Phase::Blank | Phase::Rest { .. } => Stage::Rest,
            Phase::Out { .. } => Stage::Out,
            Phase::Back { .. } | Phase::Settle { .. } => Stage::Back,
        }
    }

    /// Forgets the cycle under way (the person left, the scene was cut), but not the range shown.
    pub fn interrupt(&mut self) {
        self.phase = Phase::Blank;
        self.fresh = true;
    }

    /// The start of the cycle under way.
    #[must_use]
    pub fn started(&self) -> Option<Turning> {
        match self.phase {
            Phase::Blank | Phase::Rest { .. } => None,
            Phase::Out { start, .. } | Phase::Back { start, .. } | Phase::Settle { start, .. } => {
                Some(start)
            }
        }
    }

    /// The excursion this person shows: the median of the last cycles, or the calibration.
    #[must_use]
    pub fn shown_range(&self) -> Option<f64> {
        let mut recent = self.shown;
        let recent = &mut recent[..self.n_shown.min(N_REMEMBERED)];
        recent.sort_by(f64::total_cmp);
        let own = recent.get(recent.len() / 2).copied();
        match (self.calibrated_range, own) {
            (Some(calibrated), _) => Some(calibrated),
            (None, own) => own,
        }
    }

    fn hysteresis(&self) -> f64 {
        let floor = 0.5 * self.config.min_excursion;
        self.shown_range().map_or(floor, |range| (HYSTERESIS * range).max(floor))
    }

    fn least_excursion(&self) -> f64 {
        self.shown_range().map_or(self.config.min_excursion, |range| {
            (SWAY * range).max(self.config.min_excursion)
        })
    }

    /// Takes in the progress at one time; returns the cycle that this completes.
    pub fn push(&mut self, time: MediaTime, progress: f64) -> Option<Cycle> {
        let now = Turning { time, progress };
        let hysteresis = self.hysteresis();
        match self.phase {
            Phase::Blank => {
                self.phase = if self.config.open_start && progress > 0.5 {
                    Phase::Out { start: now, turn: now, still: now }
                } else {
                    Phase::Rest { low: now, left: now }
                };
                None
            }
            Phase::Rest { mut low, mut left } => {
                if progress <= low.progress {
                    low = now;
                }
                if progress <= low.progress + 0.3 * hysteresis {
                    left = now;
                }
                self.phase = if progress >= low.progress + hysteresis {
                    Phase::Out {
                        start: Turning { time: left.time, progress: low.progress },
                        turn: now,
                        still: now,
                    }
                } else {
                    Phase::Rest { low, left }
                };
                None
            }
            Phase::Out { start, .. } if self.was_no_start(start) && progress < START_LEVEL => {
                self.phase = Phase::Rest { low: now, left: now };
                None
            }
            Phase::Out { start, mut turn, mut still } => {
                if progress > turn.progress {
                    turn = now;
                }
                if progress > still.progress + 0.3 * hysteresis {
                    still = now;
                }
                let small = !self.opened_at_turn(start)
                    && turn.progress - start.progress < 0.8 * self.least_excursion();
                self.phase = if progress <= turn.progress - hysteresis {
                    Phase::Back { start, turn, low: now }
                } else if small && time.secs_since(still.time) > STANDSTILL_SECS {
                    // Shifting about in the start position was no way out.
                    Phase::Rest { low: now, left: now }
                } else {
                    Phase::Out { start, turn, still }
                };
                None
            }
            Phase::Back { start, turn, mut low } => {
                if progress < low.progress {
                    low = now;
                }
                self.phase = Phase::Back { start, turn, low };
                if self.returned(start, turn, progress) >= RETURNED {
                    self.phase = Phase::Settle { start, turn, low: now };
                    return None;
                }
                if progress >= low.progress + hysteresis {
                    let range = self.shown_range().unwrap_or(turn.progress - start.progress);
                    if turn.progress - low.progress >= HALF_WAY * range {
                        let cycle = self.complete(start, turn, low);
                        self.phase = Phase::Out { start: low, turn: now, still: now };
                        return cycle;
                    }
                    let turn = if progress > turn.progress { now } else { turn };
                    self.phase = Phase::Out { start, turn, still: now };
                }
                None
            }
            Phase::Settle { start, turn, low } => {
                if progress < low.progress - SETTLED * (turn.progress - low.progress) {
                    self.phase = Phase::Settle { start, turn, low: now };
                    return None;
                }
                let still = now.time.secs_since(low.time) >= self.config.dwell_secs;
                let leaving = progress > low.progress + 0.5 * hysteresis;
                if still || leaving { self.complete(start, turn, low) } else { None }
            }
        }
    }

    /// The stream ends: a cycle that is nearly home is complete.
    pub fn finish(&mut self) -> Option<Cycle> {
        let Phase::Settle { start, turn, low } = self.phase else { return None };
        self.complete(start, turn, low)
    }

    /// How much of the way back has been made, 1 at the level of the start.
    fn returned(&self, start: Turning, turn: Turning, progress: f64) -> f64 {
        // A cycle that opened at the turning point has no start of its own: people rest near 0.
        let home = if self.opened_at_turn(start) { 0.0 } else { start.progress };
        (turn.progress - progress) / (turn.progress - home).max(1e-9)
    }

    /// Whether a first way out began so far beyond the textbook start that the body was in another posture: it sat up
    /// before it lay down for a bridge. The start position is only reached on that way.
    fn was_no_start(&self, start: Turning) -> bool {
        self.fresh && start.progress < BEYOND_START
    }

    fn opened_at_turn(&self, start: Turning) -> bool {
        self.config.open_start && start.progress > 0.5
    }

    fn complete(&mut self, start: Turning, turn: Turning, end: Turning) -> Option<Cycle> {
        let cycle = Cycle { start, turn, end };
        let opened_at_turn = self.opened_at_turn(start);
        self.phase = Phase::Rest { low: end, left: end };
        let (out_secs, back_secs) =
            (turn.time.secs_since(start.time), end.time.secs_since(turn.time));
        let out = if opened_at_turn { f64::INFINITY } else { turn.progress - start.progress };
        let back = turn.progress - end.progress;
        let large = out.min(back) >= self.least_excursion() * 0.8
            && out.max(back) >= self.least_excursion();
        let long = (out_secs >= self.config.dwell_secs || opened_at_turn)
            && back_secs >= self.config.dwell_secs
            && (out_secs + back_secs >= self.config.min_secs || opened_at_turn)
            && out_secs + back_secs <= self.config.max_secs;
        if !(large && long) {
            return None;
        }
        Some(cycle)
    }

    /// Learns from a cycle that was one of the exercise: how far this person moves. Cycles of something else (lying
    /// down, picking up a weight) must not be learnt from.
    pub fn keep(&mut self, cycle: &Cycle) {
        self.shown[self.n_shown % N_REMEMBERED] = cycle.turn.progress - cycle.end.progress;
        self.n_shown += 1;
        self.fresh = false;
    }
}
