//! The hands-free start: the start pose held still for a moment begins the set.
//!
//! Walking into place, kneeling down and picking something up are never still for so long, so they cannot count.

use motion::engine::Engine;
use motion::pose::{Limb, Pose};
use motion::spec::Kind;
use units::MediaTime;

use super::placement::middle;
use motion::channel::MIN_CONFIDENCE;

/// How long the start pose must be held, seconds.
const HELD_SECS: f64 = 1.5;
/// A flicker shorter than this does not break the pose, seconds.
const FLICKER_SECS: f64 = 0.25;
/// How far hips and shoulders may drift, in torso lengths.
const STILL_TORSOS: f64 = 0.15;
/// How far the exercise's own movement may drift, in progress.
const STILL_PROGRESS: f64 = 0.2;
/// Progress below this is the start position, and above one less this the turning point.
const AT_START: f64 = 0.35;
/// Poses kept of the start; 1.5 s have 90 at 60 frames a second.
const MAX_HELD: usize = 600;

/// How long the start pose has been held.
#[derive(Debug, Clone, Default)]
pub(super) struct Readiness {
    held: Vec<Pose>,
    progress: f64,
    fitting_at: Option<MediaTime>,
}

impl Readiness {
    /// Takes in one pose. `progress` is where in the exercise's movement the body is, none where it is not in a pose
    /// to start from.
    pub(super) fn see(&mut self, pose: &Pose, progress: Option<f64>, torso_px: f64) {
        let Some(progress) = progress else {
            if self.fitting_at.is_none_or(|at| pose.time.secs_since(at) > FLICKER_SECS) {
                self.held.clear();
            }
            return;
        };
        let still = self.held.first().is_some_and(|first| {
            let drift = [Limb::Shoulder, Limb::Hip].map(|limb| {
                let (a, b) = (middle(first, limb), middle(pose, limb));
                ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
            });
            drift[0].max(drift[1]) <= STILL_TORSOS * torso_px
                && (progress - self.progress).abs() <= STILL_PROGRESS
        });
        if !still {
            self.held.clear();
            self.progress = progress;
        }
        self.fitting_at = Some(pose.time);
        if self.held.len() < MAX_HELD {
            self.held.push(*pose);
        }
    }

    /// 0 when nothing is held, 1 when the set may begin.
    pub(super) fn share(&self) -> f64 {
        match (self.held.first(), self.fitting_at) {
            (Some(first), Some(at)) => (at.secs_since(first.time) / HELD_SECS).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// The poses of the start; forgets them.
    pub(super) fn take(&mut self) -> Vec<Pose> {
        self.fitting_at = None;
        std::mem::take(&mut self.held)
    }
}

/// Where in the exercise's movement a body is, if that is a pose to start from. Places in the picture are left out:
/// they are measured from where the body first stood, and it has just walked about.
pub(super) fn start_progress(engine: &Engine, in_posture: bool, now: MediaTime) -> Option<f64> {
    if engine.spec().kind == Kind::Hold {
        return (engine.hold().end == Some(now)).then_some(0.0);
    }
    let (mut sum, mut total, mut n_angles) = (0.0, 0.0, 0);
    for candidate in engine.candidates().filter(|candidate| !candidate.is_place) {
        n_angles += 1;
        if candidate.confidence >= MIN_CONFIDENCE {
            let weight = candidate.prior * candidate.confidence;
            sum += weight * candidate.progress;
            total += weight;
        }
    }
    if !in_posture || (n_angles > 0 && total <= 0.0) {
        return None;
    }
    let progress = if total > 0.0 { sum / total } else { 0.0 };
    let opens_at_turn = engine.spec().open_start && progress >= 1.0 - AT_START;
    (progress <= AT_START || opens_at_turn).then_some(progress)
}
