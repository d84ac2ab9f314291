//! What holds the body up: which points stay where they are while it moves.
//!
//! Heights are fractions of stature, thickness of flesh included: a kneeling knee joint is not at zero.

use serde::Deserialize;
use units::Side;

use crate::physique::Segments;
use crate::posture::{Dof, N_SLOTS};
use crate::skeleton::Segment;
use crate::solve::Compliance;
use crate::space::{Vec3, vec3};

/// How the body meets the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// Standing; feet planted.
    Feet,
    /// Standing with a bar in the hands that travels straight up over the middle of the feet.
    FeetAndBarPath,
    /// Toes and hands planted: push-up.
    ToesAndHands,
    /// Toes and elbows planted: plank on the forearms.
    ToesAndElbows,
    /// Seat and feet on the floor: sit-up.
    SeatAndFeet,
    /// Upper back and feet on the floor: bridge.
    BackAndFeet,
    /// Hanging from a bar.
    HandsOnBar,
    /// Propped on two bars.
    HandsOnDipBars,
    /// Left hand and right knee on the floor: all-fours with the other two limbs free.
    LeftHandRightKnee,
}

/// One point that stays put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor {
    pub(crate) segment: Segment,
    pub(crate) local: Vec3,
    /// Joint height above the floor; feet get theirs from the sole instead.
    pub(crate) height_m: f64,
    /// World directions that are held once the start position is known.
    pub(crate) rows: [bool; 3],
}

const ALL_ROWS: [bool; 3] = [true; 3];
const PALM_HEIGHT: f64 = 0.026;
const ELBOW_HEIGHT: f64 = 0.024;
const KNEE_HEIGHT: f64 = 0.032;
const ANKLE_LYING_HEIGHT: f64 = 0.030;
const SEAT_HEIGHT: f64 = 0.058;
const BACK_HEIGHT: f64 = 0.060;
/// Wrist above (dip) or below (hang) the middle of the bar it holds.
pub(crate) const GRIP: f64 = 0.045;
/// A full-size plate: the bar cannot be lower than this above the floor.
pub(crate) const PLATE_RADIUS_M: f64 = 0.225;

impl Contact {
    /// Whether the feet are planted, so that the sole decides the ankle.
    #[must_use]
    pub fn plants_feet(self) -> bool {
        !matches!(self, Self::HandsOnBar | Self::HandsOnDipBars | Self::LeftHandRightKnee)
    }

    /// Whether a hand lies flat on a surface.
    #[must_use]
    pub fn plants_hand(self, side: Side) -> bool {
        match self {
            Self::ToesAndHands => true,
            Self::LeftHandRightKnee => side == Side::Left,
            _ => false,
        }
    }

    /// Whether the body is propped at both ends, so that its tilt follows from the contacts.
    fn frees_pitch(self) -> bool {
        matches!(
            self,
            Self::ToesAndHands | Self::ToesAndElbows | Self::BackAndFeet | Self::LeftHandRightKnee
        )
    }

    /// `hand_height` is the height of the surface or bar under or above the hands, as a fraction of stature.
    pub(crate) fn anchors(self, body: &Segments, hand_height: f64) -> Vec<Anchor> {
        let at = |segment, height: f64| Anchor {
            segment,
            local: Vec3::ZERO,
            height_m: height * body.stature_m,
            rows: ALL_ROWS,
        };
        let both =
            |make: fn(Side) -> Segment, height: f64| Side::BOTH.map(|side| at(make(side), height));
        let feet = both(Segment::Foot, 0.0);
        match self {
            Self::Feet => feet.to_vec(),
            Self::FeetAndBarPath => {
                let plumb = |anchor: Anchor| Anchor { rows: [true, false, true], ..anchor };
                [feet, both(Segment::Hand, 0.0).map(plumb)].concat()
            }
            Self::ToesAndHands => [feet, both(Segment::Hand, hand_height + PALM_HEIGHT)].concat(),
            Self::ToesAndElbows => {
                [feet, both(Segment::Forearm, hand_height + ELBOW_HEIGHT)].concat()
            }
            Self::SeatAndFeet => [&feet[..], &[at(Segment::Pelvis, SEAT_HEIGHT)]].concat(),
            Self::BackAndFeet => {
                let back = Anchor {
                    local: vec3(0.0, body.thorax_m, 0.0),
                    ..at(Segment::Thorax, BACK_HEIGHT)
                };
                [&feet[..], &[back]].concat()
            }
            Self::HandsOnBar => both(Segment::Hand, hand_height - GRIP).to_vec(),
            Self::HandsOnDipBars => both(Segment::Hand, hand_height + GRIP).to_vec(),
            Self::LeftHandRightKnee => vec![
                at(Segment::Hand(Side::Left), hand_height + PALM_HEIGHT),
                at(Segment::Shank(Side::Right), KNEE_HEIGHT),
                Anchor {
                    rows: [false, true, false],
                    ..at(Segment::Foot(Side::Right), ANKLE_LYING_HEIGHT)
                },
            ],
        }
    }

    /// Which joints give way to keep the contacts. The joints that define an exercise (knees, elbows) hardly do.
    pub(crate) fn compliance(self) -> Compliance {
        let mut slots = [0.0; N_SLOTS];
        for side in Side::BOTH {
            for (dof, softness) in [
                (Dof::ShoulderFlexion, 1.0),
                (Dof::ShoulderAbduction, 1.0),
                (Dof::ShoulderRotation, 1.0),
                (Dof::ElbowFlexion, 0.05),
                (Dof::HipFlexion, 0.5),
                (Dof::HipAbduction, 0.5),
                (Dof::HipRotation, 0.5),
                (Dof::KneeFlexion, 0.1),
            ] {
                slots[dof.slot(side)] = softness;
            }
        }
        if matches!(self, Self::ToesAndHands | Self::ToesAndElbows) {
            // A plank bends at shoulders and toes; its legs stay as authored.
            for dof in [Dof::HipFlexion, Dof::KneeFlexion] {
                for side in Side::BOTH {
                    slots[dof.slot(side)] = 0.002;
                }
            }
        }
        if self.frees_pitch() {
            slots[Dof::PelvisPitch.slot(Side::Left)] = 1.0;
        }
        let bends = [Dof::KneeFlexion, Dof::ElbowFlexion];
        let floor_slots =
            bends.iter().flat_map(|dof| Side::BOTH.map(|side| dof.slot(side))).collect();
        Compliance { slots, root: [10.0; 3], floor_slots }
    }
}
