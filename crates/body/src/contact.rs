//! What holds the body up: which points stay where they are while it moves.
//!
//! Heights are fractions of stature, thickness of flesh included: a kneeling knee joint is not at zero.

use serde::Deserialize;
use units::Side;

use crate::keyframes::FigureSpec;
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
    /// Feet planted, and something else keeps the balance: a wall, a chair, a wide stance.
    FeetSupported,
    /// Standing on the left foot, the right one free.
    LeftFoot,
    /// Feet planted, and the left hand on something.
    FeetAndLeftHand,
    /// Feet planted, and both hands against a wall.
    FeetAndWall,
    /// Feet and hands planted, hips and knees free to bend: pike, bench dip.
    FeetAndHands,
    /// Heels on the floor, hanging from a bar: inverted row.
    FeetAndBar,
    /// Both knees, shins and hands on the floor: all fours.
    KneesAndHands,
    /// Both knees and both hands, shins in the air: push-up on the knees.
    KneesAndHandsStraight,
    /// Kneeling upright.
    Knees,
    /// Half kneeling: left foot, right knee.
    LeftFootRightKnee,
    /// Sitting or lying on the seat, feet free.
    Seat,
    /// Lying on the upper back, feet free.
    UpperBack,
    /// Lying on the belly.
    Belly,
    /// Lying on the belly with the hands planted.
    BellyAndHands,
    /// Lying on the right side.
    RightSide,
    /// Propped on the right elbow and the right foot: side plank.
    RightElbowAndFoot,
    /// Propped on the right elbow and the right knee.
    RightElbowAndKnee,
}

/// How a planted hand lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Palm {
    Down,
    AgainstWall,
}

/// One point that stays put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor {
    pub(crate) segment: Segment,
    pub(crate) local: Vec3,
    /// Joint height above the floor; none stays where the start position has it. Feet get theirs from the sole instead.
    pub(crate) height_m: Option<f64>,
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
const BELLY_HEIGHT: f64 = 0.062;
const SIDE_HEIGHT: f64 = 0.100;
const ANKLE_SIDE_HEIGHT: f64 = 0.024;
const KNEE_SIDE_HEIGHT: f64 = 0.044;
/// Wrist above (dip) or below (hang) the middle of the bar it holds.
pub(crate) const GRIP: f64 = 0.045;
/// A full-size plate: the bar cannot be lower than this above the floor.
pub(crate) const PLATE_RADIUS_M: f64 = 0.225;

impl Contact {
    /// Whether a foot is planted, so that the sole decides the ankle.
    #[must_use]
    pub fn plants_foot(self, side: Side) -> bool {
        match self {
            Self::HandsOnBar
            | Self::HandsOnDipBars
            | Self::LeftHandRightKnee
            | Self::KneesAndHands
            | Self::KneesAndHandsStraight
            | Self::Knees
            | Self::Seat
            | Self::UpperBack
            | Self::Belly
            | Self::BellyAndHands
            | Self::RightSide
            | Self::RightElbowAndFoot
            | Self::RightElbowAndKnee => false,
            Self::LeftFoot | Self::LeftFootRightKnee => side == Side::Left,
            Self::Feet
            | Self::FeetAndBarPath
            | Self::ToesAndHands
            | Self::ToesAndElbows
            | Self::SeatAndFeet
            | Self::BackAndFeet
            | Self::FeetSupported
            | Self::FeetAndLeftHand
            | Self::FeetAndWall
            | Self::FeetAndHands
            | Self::FeetAndBar => true,
        }
    }

    /// How a hand lies flat on a surface, if it does.
    pub(crate) fn palm(self, side: Side) -> Option<Palm> {
        match self {
            Self::ToesAndHands
            | Self::FeetAndHands
            | Self::KneesAndHands
            | Self::KneesAndHandsStraight
            | Self::BellyAndHands => Some(Palm::Down),
            Self::LeftHandRightKnee | Self::FeetAndLeftHand => {
                (side == Side::Left).then_some(Palm::Down)
            }
            Self::FeetAndWall => Some(Palm::AgainstWall),
            _ => None,
        }
    }

    /// Whether the feet alone carry the body, so that it must balance over them.
    pub(crate) fn balances(self) -> bool {
        matches!(self, Self::Feet | Self::FeetAndBarPath | Self::LeftFoot)
    }

    /// Whether the body is propped at both ends, so that its tilt follows from the contacts.
    fn frees_pitch(self) -> bool {
        matches!(
            self,
            Self::ToesAndHands
                | Self::ToesAndElbows
                | Self::BackAndFeet
                | Self::LeftHandRightKnee
                | Self::KneesAndHands
                | Self::KneesAndHandsStraight
                | Self::FeetAndBar
                | Self::RightElbowAndFoot
                | Self::RightElbowAndKnee
        )
    }

    /// What stays put. Heights of surfaces are the figure's, as fractions of stature.
    pub(crate) fn anchors(self, body: &Segments, spec: &FigureSpec) -> Vec<Anchor> {
        use Side::Right;
        let FigureSpec { hand_height, seat_height, .. } = *spec;
        let at = |segment, height: f64| Anchor {
            segment,
            local: Vec3::ZERO,
            height_m: Some(height * body.stature_m),
            rows: ALL_ROWS,
        };
        let resting = |segment, height: f64| Anchor {
            // Only the height: where a lying limb ends follows from the rest.
            rows: [false, true, false],
            ..at(segment, height)
        };
        let both =
            |make: fn(Side) -> Segment, height: f64| Side::BOTH.map(|side| at(make(side), height));
        let feet = both(Segment::Foot, 0.0);
        let palms = both(Segment::Hand, hand_height + PALM_HEIGHT);
        let knees = both(Segment::Shank, KNEE_HEIGHT);
        let shins = Side::BOTH.map(|side| resting(Segment::Foot(side), ANKLE_LYING_HEIGHT));
        let back = Anchor {
            local: vec3(0.0, body.thorax_m, 0.0),
            ..at(Segment::Thorax, seat_height + BACK_HEIGHT)
        };
        let pelvis = |height: f64| at(Segment::Pelvis, seat_height + height);
        match self {
            Self::Feet | Self::FeetSupported => feet.to_vec(),
            Self::LeftFoot => vec![feet[0]],
            Self::FeetAndBarPath => {
                let plumb = |anchor: Anchor| Anchor { rows: [true, false, true], ..anchor };
                [feet, both(Segment::Hand, 0.0).map(plumb)].concat()
            }
            Self::FeetAndLeftHand => [&feet[..], &palms[..1]].concat(),
            Self::ToesAndHands | Self::FeetAndHands => [feet, palms].concat(),
            // A wall does not say how high.
            Self::FeetAndWall => {
                let free = |anchor: Anchor| Anchor { height_m: None, ..anchor };
                [feet, palms.map(free)].concat()
            }
            Self::ToesAndElbows => {
                [feet, both(Segment::Forearm, hand_height + ELBOW_HEIGHT)].concat()
            }
            Self::SeatAndFeet => [&feet[..], &[pelvis(SEAT_HEIGHT)]].concat(),
            Self::BackAndFeet => [&feet[..], &[back]].concat(),
            Self::FeetAndBar => [feet, both(Segment::Hand, hand_height - GRIP)].concat(),
            Self::HandsOnBar => both(Segment::Hand, hand_height - GRIP).to_vec(),
            Self::HandsOnDipBars => both(Segment::Hand, hand_height + GRIP).to_vec(),
            Self::LeftHandRightKnee => {
                vec![palms[0], knees[1], resting(Segment::Foot(Right), ANKLE_LYING_HEIGHT)]
            }
            Self::KneesAndHands => [knees, palms, shins].concat(),
            Self::KneesAndHandsStraight => [knees, palms].concat(),
            Self::Knees => [knees, shins].concat(),
            Self::LeftFootRightKnee => {
                vec![feet[0], knees[1], resting(Segment::Foot(Right), ANKLE_LYING_HEIGHT)]
            }
            Self::Seat => vec![pelvis(SEAT_HEIGHT)],
            Self::UpperBack => vec![back],
            Self::Belly => vec![pelvis(BELLY_HEIGHT)],
            Self::BellyAndHands => [&palms[..], &[pelvis(BELLY_HEIGHT)]].concat(),
            Self::RightSide => vec![pelvis(SIDE_HEIGHT)],
            Self::RightElbowAndFoot => vec![
                at(Segment::Forearm(Right), ELBOW_HEIGHT),
                at(Segment::Foot(Right), ANKLE_SIDE_HEIGHT),
            ],
            Self::RightElbowAndKnee => vec![
                at(Segment::Forearm(Right), ELBOW_HEIGHT),
                at(Segment::Shank(Right), KNEE_SIDE_HEIGHT),
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
        let straight = matches!(
            self,
            Self::ToesAndHands
                | Self::ToesAndElbows
                | Self::KneesAndHandsStraight
                | Self::FeetAndBar
                | Self::RightElbowAndFoot
                | Self::RightElbowAndKnee
        );
        if straight {
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
