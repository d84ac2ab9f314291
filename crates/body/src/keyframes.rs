//! The motion of one exercise as data: postures at points of the cycle, what holds the body up, what it holds, and the
//! ways it goes wrong.
//!
//! Progress 0 is the start position, the `turn` keyframe (about 0.5) the far end, 1 the start position again. Progress
//! is geometry, not time: [`FigureSpec::progress_at`] spreads it over a tempo.

use std::collections::BTreeMap;

use serde::Deserialize;
use units::Side;

use crate::contact::Contact;
use crate::fault::FaultSpec;
use crate::posture::{Dof, N_SLOTS, Posture};

/// Values by joint, in degrees (steps: fractions of stature).
pub type Joints = BTreeMap<Dof, f64>;

/// Which part of the rep a moment belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The end of the concentric phase.
    Top,
    /// The muscle lengthens.
    Eccentric,
    /// The end of the eccentric phase; of the rep, not of the room.
    Bottom,
    /// The muscle shortens.
    Concentric,
    /// Nothing moves.
    Hold,
}

/// A posture at one point of the cycle.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyframe {
    /// 0..=1, growing from keyframe to keyframe; the first is 0 and the last 1.
    pub at: f64,
    /// `top` and `bottom` mark the ends of the movement, where it comes to rest; `eccentric` and `concentric` mark
    /// points on the way.
    pub phase: Phase,
    /// Both sides.
    #[serde(default)]
    pub joints: Joints,
    /// The left side only; wins over `joints`.
    #[serde(default)]
    pub left: Joints,
    /// The right side only; wins over `joints`.
    #[serde(default)]
    pub right: Joints,
}

/// Something the exercise is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equipment {
    /// Held in both hands, hanging or overhead.
    Barbell,
    /// Across the upper back.
    BarbellOnBack,
    /// Across the front of the shoulders.
    BarbellInFront,
    /// Across the hips.
    BarbellOnHips,
    /// One in each hand.
    Dumbbells,
    /// One, in the right hand.
    Dumbbell,
    /// One kettlebell held at the chest.
    Kettlebell,
    /// One kettlebell hanging from both hands.
    KettlebellHanging,
    /// One in the right hand, at arm's length.
    KettlebellInHand,
    /// A plate that the hands hold against the head.
    Plate,
    /// A bar to hang from.
    PullUpBar,
    /// Two bars to press up from.
    DipBars,
    /// Something firm under the hands, or else under the raised foot.
    Box,
    /// Under a lying body, a hand, the seat or the raised foot.
    Bench,
    /// A bench that stands across, under the upper back.
    BenchAcross,
    /// Under the seat or under the hands.
    Chair,
    /// In front of the hands that lean on it, or else behind the back.
    Wall,
    /// An elastic band from hand to hand.
    Band,
    /// A band from each hand to its foot.
    BandToFeet,
    /// A band from the hands to a hook at `pulley`.
    BandToHook,
    /// A handle in the hands, and the rope to a tower with its `pulley`.
    Cable,
    /// The bar of a lat pull-down, its rope and its seat.
    LatPulldown,
    /// The seat and the sled of a leg press.
    LegPress,
    /// A lying leg curl: the bench and the roller behind the ankles.
    LegCurl,
    /// A leg extension: the seat and the roller before the ankles.
    LegExtension,
    /// A 45° bench with a pad under the hips and a plate under the feet.
    BackExtension,
    /// Swung under the feet and over the head, once per rep.
    JumpRope,
    /// On the floor.
    Mat,
}

/// How an exercise moves, on any body.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureSpec {
    /// What holds the body up.
    pub contact: Contact,
    /// Drawn with the figure.
    #[serde(default)]
    pub equipment: Vec<Equipment>,
    /// Height of what the hands are on, as a fraction of stature.
    #[serde(default)]
    pub hand_height: f64,
    /// Height of what the body sits or lies on, as a fraction of stature.
    #[serde(default)]
    pub seat_height: f64,
    /// Where a pulley or hook is: left, up and forward of the place where the athlete trains, as fractions of stature.
    #[serde(default)]
    pub pulley: [f64; 3],
    /// How far planted feet point outward.
    #[serde(default)]
    pub toe_out_deg: f64,
    /// Whether pictures show only head, trunk and arms, because too little moves to be seen from afar.
    #[serde(default)]
    pub close_up: bool,
    /// Whether every other rep leads with the other side.
    #[serde(default)]
    pub alternates: bool,
    /// Holds throughout, where a keyframe says nothing.
    #[serde(default)]
    pub base: Joints,
    /// The left side of `base`; wins over it.
    #[serde(default)]
    pub base_left: Joints,
    /// The right side of `base`; wins over it.
    #[serde(default)]
    pub base_right: Joints,
    /// At least two, in order.
    pub keyframes: Vec<Keyframe>,
    /// Named ways to do it wrong.
    #[serde(default)]
    pub faults: Vec<FaultSpec>,
}

/// Why a figure cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidFigure(pub String);

impl std::fmt::Display for InvalidFigure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidFigure {}

pub(crate) fn put(posture: &mut Posture, both: &Joints, left: &Joints, right: &Joints) {
    for (joints, sides) in [(both, &Side::BOTH[..]), (left, &[Side::Left]), (right, &[Side::Right])]
    {
        for (&dof, &value) in joints {
            for &side in sides {
                posture.slots[dof.slot(side)] = dof.inside(value);
            }
        }
    }
}

impl FigureSpec {
    /// Checks what the types cannot: order of keyframes, a closed cycle, finite and plausible numbers.
    ///
    /// # Errors
    ///
    /// Says which keyframe or fault is wrong and why.
    pub fn validate(&self) -> Result<(), InvalidFigure> {
        let fail = |text: String| Err(InvalidFigure(text));
        let (Some(first), Some(last)) = (self.keyframes.first(), self.keyframes.last()) else {
            return fail("a figure needs at least two keyframes".to_owned());
        };
        if self.keyframes.len() < 2 || first.at != 0.0 || (last.at - 1.0).abs() > f64::EPSILON {
            return fail("the first keyframe must be at 0 and the last at 1".to_owned());
        }
        if let Some(pair) = self
            .keyframes
            .windows(2)
            .find(|pair| pair[1].at.partial_cmp(&pair[0].at).is_none_or(std::cmp::Ordering::is_le))
        {
            return fail(format!(
                "the keyframe at `{}` must come after the one at `{}`",
                pair[1].at, pair[0].at
            ));
        }
        let tables = [&self.base, &self.base_left, &self.base_right];
        let keyed = self.keyframes.iter().flat_map(|key| [&key.joints, &key.left, &key.right]);
        let faulty =
            self.faults.iter().flat_map(|fault| [&fault.joints, &fault.left, &fault.right]);
        for (dof, value) in tables.into_iter().chain(keyed).chain(faulty).flatten() {
            let limit = if dof.is_angle() { 200.0 } else { 1.0 };
            if !value.is_finite() || value.abs() > limit {
                return fail(format!("`{value}` is no believable value for `{dof:?}`"));
            }
        }
        let (start, end) = (self.posture(first), self.posture(last));
        if (0..N_SLOTS).any(|slot| (start.slots[slot] - end.slots[slot]).abs() > 1e-9) {
            return fail("the last keyframe must be the same posture as the first".to_owned());
        }
        for (idx, fault) in self.faults.iter().enumerate() {
            if self.faults[..idx].iter().any(|earlier| earlier.id == fault.id) {
                return fail(format!("the fault `{}` is there twice", fault.id));
            }
        }
        Ok(())
    }

    /// The progress at which the movement turns around; 0.5 where nothing moves.
    #[must_use]
    pub fn turn(&self) -> f64 {
        let inner = self.keyframes.iter().find(|key| {
            key.at > 0.0 && key.at < 1.0 && matches!(key.phase, Phase::Top | Phase::Bottom)
        });
        inner.map_or(0.5, |key| key.at)
    }

    /// The phase at a progress. Exactly at an end it is `top` or `bottom`.
    #[must_use]
    pub fn phase_at(&self, progress: f64) -> Phase {
        let first = self.keyframes.first().map_or(Phase::Hold, |key| key.phase);
        let turn = self.turn();
        let away = match first {
            Phase::Bottom | Phase::Concentric => Phase::Concentric,
            Phase::Top | Phase::Eccentric => Phase::Eccentric,
            Phase::Hold => return Phase::Hold,
        };
        let (far, back) = match away {
            Phase::Concentric => (Phase::Top, Phase::Eccentric),
            _ => (Phase::Bottom, Phase::Concentric),
        };
        if progress <= 0.0 || progress >= 1.0 {
            first
        } else if (progress - turn).abs() < 1e-9 {
            far
        } else if progress < turn {
            away
        } else {
            back
        }
    }

    /// A tempo (eccentric, bottom, concentric, top) in the order of this exercise: away from the start position, at the
    /// turning point, back, at the start position.
    #[must_use]
    pub fn phase_secs(&self, [eccentric, bottom, concentric, top]: [f64; 4]) -> [f64; 4] {
        match self.phase_at(0.0) {
            Phase::Bottom | Phase::Concentric => [concentric, top, eccentric, bottom],
            Phase::Top | Phase::Eccentric | Phase::Hold => [eccentric, bottom, concentric, top],
        }
    }

    /// Progress at a time within one rep, when each phase takes the given seconds: eccentric, bottom, concentric, top.
    /// The rest at the start position comes at the end of the rep. Beyond the rep it stays at 1.
    #[must_use]
    pub fn progress_at(&self, seconds: f64, tempo_secs: [f64; 4]) -> f64 {
        let [away, far, back, _near] = self.phase_secs(tempo_secs);
        let turn = self.turn();
        let since_turn = seconds - away - far;
        if seconds <= 0.0 {
            0.0
        } else if seconds < away {
            turn * seconds / away
        } else if since_turn <= 0.0 {
            turn
        } else if since_turn < back {
            turn + (1.0 - turn) * since_turn / back
        } else {
            1.0
        }
    }

    fn posture(&self, key: &Keyframe) -> Posture {
        let mut posture = Posture::default();
        put(&mut posture, &self.base, &self.base_left, &self.base_right);
        put(&mut posture, &key.joints, &key.left, &key.right);
        posture
    }

    /// The authored posture, before contacts: smooth (monotone cubic, at rest at both ends of the movement).
    #[must_use]
    pub fn posture_at(&self, progress: f64) -> Posture {
        let progress = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
        let keys = &self.keyframes;
        let next = keys.iter().position(|key| key.at > progress).unwrap_or(keys.len() - 1).max(1);
        // The neighbours of the two keyframes around `progress`, repeated at the ends.
        let around = [next.saturating_sub(2), next - 1, next, (next + 1).min(keys.len() - 1)];
        let at = around.map(|idx| keys[idx].at);
        let rests =
            around.map(|idx| matches!(keys[idx].phase, Phase::Top | Phase::Bottom | Phase::Hold));
        let postures = around.map(|idx| self.posture(&keys[idx]));
        let mut blended = Posture::default();
        for (slot, blended) in blended.slots.iter_mut().enumerate() {
            *blended =
                monotone_cubic(at, postures.map(|posture| posture.slots[slot]), rests, progress);
        }
        blended
    }
}

/// Hermite interpolation between the middle two of four knots with the slopes of Fritsch and Carlson (1980): it never
/// overshoots, and is level where the movement rests.
fn monotone_cubic(at: [f64; 4], value: [f64; 4], rests: [bool; 4], x: f64) -> f64 {
    let rise = |i: usize| {
        let run = at[i + 1] - at[i];
        if run > 0.0 { (value[i + 1] - value[i]) / run } else { 0.0 }
    };
    let slope = |i: usize| {
        let (before, after) = (rise(i - 1), rise(i));
        if rests[i] || before * after <= 0.0 {
            0.0
        } else {
            2.0 * before * after / (before + after)
        }
    };
    let run = at[2] - at[1];
    let t = if run > 0.0 { ((x - at[1]) / run).clamp(0.0, 1.0) } else { 0.0 };
    let (t2, t3) = (t * t, t * t * t);
    value[1] * (2.0 * t3 - 3.0 * t2 + 1.0)
        + slope(1) * run * (t3 - 2.0 * t2 + t)
        + value[2] * (3.0 * t2 - 2.0 * t3)
        + slope(2) * run * (t3 - t2)
}
