//! Named ways to do an exercise wrong, as changes to the right posture.

use serde::Deserialize;

use crate::keyframes::{FigureSpec, Joints, put};
use crate::math;
use crate::posture::{N_SLOTS, Posture};

/// When in the cycle a fault's offsets apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Throughout.
    #[default]
    Always,
    /// Growing toward the turning point.
    Turn,
    /// Growing toward the start position.
    Start,
    /// On the way from the start to the turning point, gone at both ends.
    Going,
    /// On the way back, gone at both ends.
    Returning,
}

/// One fault. At severity 1 its offsets and limits apply in full.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultSpec {
    /// For example `hip_sag`.
    pub id: String,
    /// When the offsets apply.
    #[serde(default)]
    pub when: When,
    /// Added to both sides, degrees (steps: fractions of stature).
    #[serde(default)]
    pub joints: Joints,
    /// The left side only; wins over `joints`.
    #[serde(default)]
    pub left: Joints,
    /// The right side only; wins over `joints`.
    #[serde(default)]
    pub right: Joints,
    /// Share of the way to the turning point that is reached.
    #[serde(default = "whole")]
    pub reaches_turn: f64,
    /// Share of the way back to the start position that is reached.
    #[serde(default = "whole")]
    pub reaches_start: f64,
}

fn whole() -> f64 {
    1.0
}

impl When {
    /// How much of a fault applies, 0..=1.
    fn weight(self, progress: f64, turn: f64) -> f64 {
        let going = progress < turn;
        let share = if going { progress / turn } else { (1.0 - progress) / (1.0 - turn) };
        let share = share.clamp(0.0, 1.0);
        let depth = share * share * (3.0 - 2.0 * share);
        let wave = math::sin(share * std::f64::consts::PI);
        match self {
            Self::Always => 1.0,
            Self::Turn => depth,
            Self::Start => 1.0 - depth,
            Self::Going => {
                if going {
                    wave * wave
                } else {
                    0.0
                }
            }
            Self::Returning => {
                if going {
                    0.0
                } else {
                    wave * wave
                }
            }
        }
    }
}

impl FigureSpec {
    /// The authored posture with faults, before contacts. Severities are clamped to 0..=1; a fault the exercise does
    /// not have changes nothing.
    #[must_use]
    pub fn posture_at_with(&self, progress: f64, faults: &[(&str, f64)]) -> Posture {
        let progress = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
        let turn = self.turn();
        let mut posture = self.posture_at(progress);
        for &(id, severity) in faults {
            let Some(fault) = self.faults.iter().find(|fault| fault.id == id) else { continue };
            let severity = if severity.is_finite() { severity.clamp(0.0, 1.0) } else { 0.0 };
            let short = |reach: f64| 1.0 - severity * (1.0 - reach.clamp(0.0, 1.0));
            posture = self.posture_at(0.0).toward(&posture, short(fault.reaches_turn));
            posture = self.posture_at(turn).toward(&posture, short(fault.reaches_start));
            let mut offsets = Posture::default();
            put(&mut offsets, &fault.joints, &fault.left, &fault.right);
            let weight = severity * fault.when.weight(progress, turn);
            for slot in 0..N_SLOTS {
                posture.slots[slot] += weight * offsets.slots[slot];
            }
        }
        posture
    }
}
