//! Joint angles in anatomical terms: what a figure file writes down, and what the skeleton is bent to.
//!
//! Zero everywhere is the anatomical position: standing, arms hanging, palms forward. Flexion and abduction are
//! positive. Inside the program angles are radians and lengths are fractions of stature; in files angles are degrees.

use std::fmt;

use serde::Deserialize;
use units::Side;

/// One way a body can bend, or (the last five) one way a planted foot can be put elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dof {
    /// Whole body tips forward; −90° lies on the back.
    PelvisPitch,
    /// Whole body tips to the athlete's right.
    PelvisRoll,
    /// Whole body turns to the athlete's left about its own length, so lying down it rolls over.
    PelvisYaw,
    /// Lower back rounds; negative arches.
    LumbarFlexion,
    /// Upper back rounds.
    ThoracicFlexion,
    /// Trunk bends to the right.
    SideBend,
    /// Trunk turns to the left above the pelvis.
    Twist,
    /// Chin to chest; negative looks up.
    NeckFlexion,
    /// Head bends to the right.
    NeckSideBend,
    /// Head turns to the left.
    NeckTurn,
    /// Shoulder toward the ear, as a fraction of stature.
    ShoulderRaise,
    /// Shoulder forward of the trunk, as a fraction of stature; negative draws the shoulder blades together.
    ShoulderReach,
    /// Upper arm forward and up.
    ShoulderFlexion,
    /// Upper arm out to the side; with 90° of flexion it opens the arm horizontally.
    ShoulderAbduction,
    /// Upper arm turns inward about its own length.
    ShoulderRotation,
    /// Forearm toward the upper arm.
    ElbowFlexion,
    /// Palm from facing forward (0°) over facing the thigh (90°) to facing back (180°).
    ForearmPronation,
    /// Hand toward the palm side.
    WristFlexion,
    /// Thigh forward and up.
    HipFlexion,
    /// Thigh out to the side; with 90° of flexion it opens the knees.
    HipAbduction,
    /// Thigh turns inward about its own length.
    HipRotation,
    /// Heel toward the seat.
    KneeFlexion,
    /// Toes toward the shin. Derived, not obeyed, while the foot is planted.
    AnkleDorsiflexion,
    /// Planted foot: angle of the sole to the floor, heel up, about the ball of the foot.
    HeelLift,
    /// Planted foot: angle of the sole to the floor, toes up, about the heel.
    ToeLift,
    /// Planted foot: moved forward from where it stands at the start, as a fraction of stature.
    StepForward,
    /// Planted foot: moved outward, as a fraction of stature.
    StepOut,
    /// Planted foot: lifted off the floor, as a fraction of stature.
    StepUp,
}

/// How many of [`Dof::ALL`] exist once, not per side. They come first.
const N_CENTRAL: usize = 10;
pub(crate) const N_SLOTS: usize = N_CENTRAL + 2 * (Dof::ALL.len() - N_CENTRAL);

impl Dof {
    /// Every one, in order.
    pub const ALL: [Self; 28] = [
        Self::PelvisPitch,
        Self::PelvisRoll,
        Self::PelvisYaw,
        Self::LumbarFlexion,
        Self::ThoracicFlexion,
        Self::SideBend,
        Self::Twist,
        Self::NeckFlexion,
        Self::NeckSideBend,
        Self::NeckTurn,
        Self::ShoulderRaise,
        Self::ShoulderReach,
        Self::ShoulderFlexion,
        Self::ShoulderAbduction,
        Self::ShoulderRotation,
        Self::ElbowFlexion,
        Self::ForearmPronation,
        Self::WristFlexion,
        Self::HipFlexion,
        Self::HipAbduction,
        Self::HipRotation,
        Self::KneeFlexion,
        Self::AnkleDorsiflexion,
        Self::HeelLift,
        Self::ToeLift,
        Self::StepForward,
        Self::StepOut,
        Self::StepUp,
    ];

    /// Whether left and right have their own.
    #[must_use]
    pub fn is_paired(self) -> bool {
        self as usize >= N_CENTRAL
    }

    /// Whether it is an angle; the others are fractions of stature.
    #[must_use]
    pub fn is_angle(self) -> bool {
        !matches!(
            self,
            Self::ShoulderRaise
                | Self::ShoulderReach
                | Self::StepForward
                | Self::StepOut
                | Self::StepUp
        )
    }

    /// From the unit of figure files (degrees or fraction of stature) to the unit inside.
    #[must_use]
    pub fn inside(self, value: f64) -> f64 {
        if self.is_angle() { value.to_radians() } else { value }
    }

    pub(crate) fn slot(self, side: Side) -> usize {
        let idx = self as usize;
        if self.is_paired() {
            N_CENTRAL + 2 * (idx - N_CENTRAL) + usize::from(side == Side::Right)
        } else {
            idx
        }
    }
}

/// Every joint angle of a body, in radians, zero in the anatomical position.
#[derive(Clone, Copy, PartialEq)]
pub struct Posture {
    pub(crate) slots: [f64; N_SLOTS],
}

impl Default for Posture {
    fn default() -> Self {
        Self { slots: [0.0; N_SLOTS] }
    }
}

impl fmt::Debug for Posture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for dof in Dof::ALL {
            let (left, right) = (self.get(dof, Side::Left), self.get(dof, Side::Right));
            if left != 0.0 || right != 0.0 {
                map.entry(&dof, &(left, right));
            }
        }
        map.finish()
    }
}

impl Posture {
    /// Radians, or fraction of stature for steps. For what exists once the side does not matter.
    #[must_use]
    pub fn get(&self, dof: Dof, side: Side) -> f64 {
        self.slots[dof.slot(side)]
    }

    /// Replaces one side's value (radians, or fraction of stature).
    #[must_use]
    pub fn with(mut self, dof: Dof, side: Side, value: f64) -> Self {
        self.slots[dof.slot(side)] = value;
        self
    }

    /// `self + (other − self) · share`, slot by slot.
    #[must_use]
    pub fn toward(&self, other: &Self, share: f64) -> Self {
        Self {
            slots: std::array::from_fn(|slot| {
                self.slots[slot] + (other.slots[slot] - self.slots[slot]) * share
            }),
        }
    }

    /// Left and right swapped.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let mut mirrored = Self::default();
        for dof in Dof::ALL {
            let sideways = matches!(
                dof,
                Dof::PelvisRoll
                    | Dof::PelvisYaw
                    | Dof::SideBend
                    | Dof::Twist
                    | Dof::NeckSideBend
                    | Dof::NeckTurn
            );
            let sign = if sideways { -1.0 } else { 1.0 };
            for side in Side::BOTH {
                mirrored.slots[dof.slot(side)] = sign * self.slots[dof.slot(side.other())];
            }
        }
        mirrored
    }
}
