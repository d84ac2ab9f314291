//! Forward kinematics: from joint angles to where every segment is and which way it points.
//!
//! A segment's own axes are x to the athlete's left, y up and z forward when standing, so a hanging arm runs along −y.
//! Angles turn about the PARENT's axes in the order listed in [`Segment::turns`]; the solver differentiates exactly
//! that list, so a new degree of freedom needs no change elsewhere.

use units::Side;

use crate::physique::Segments;
use crate::posture::{Dof, N_SLOTS, Posture};
use crate::space::{Axis, Rotation, Vec3, vec3};

/// A rigid part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Segment {
    Pelvis,
    Lumbar,
    Thorax,
    Neck,
    Head,
    UpperArm(Side),
    Forearm(Side),
    Hand(Side),
    Thigh(Side),
    Shank(Side),
    Foot(Side),
}

pub(crate) const N_SEGMENTS: usize = 17;

/// One elementary rotation: about which axis, by which slot, times what.
type Turn = (Axis, usize, f64);

impl Segment {
    /// Every segment, parents before children.
    pub const ALL: [Self; N_SEGMENTS] = {
        use Segment::{
            Foot, Forearm, Hand, Head, Lumbar, Neck, Pelvis, Shank, Thigh, Thorax, UpperArm,
        };
        use Side::{Left, Right};
        [
            Pelvis,
            Lumbar,
            Thorax,
            Neck,
            Head,
            UpperArm(Left),
            UpperArm(Right),
            Forearm(Left),
            Forearm(Right),
            Hand(Left),
            Hand(Right),
            Thigh(Left),
            Thigh(Right),
            Shank(Left),
            Shank(Right),
            Foot(Left),
            Foot(Right),
        ]
    };

    pub(crate) fn idx(self) -> usize {
        let on = |side: Side| usize::from(side == Side::Right);
        match self {
            Self::Pelvis => 0,
            Self::Lumbar => 1,
            Self::Thorax => 2,
            Self::Neck => 3,
            Self::Head => 4,
            Self::UpperArm(side) => 5 + on(side),
            Self::Forearm(side) => 7 + on(side),
            Self::Hand(side) => 9 + on(side),
            Self::Thigh(side) => 11 + on(side),
            Self::Shank(side) => 13 + on(side),
            Self::Foot(side) => 15 + on(side),
        }
    }

    /// The segment it hangs from; the pelvis hangs from the world.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Pelvis => None,
            Self::Lumbar | Self::Thigh(_) => Some(Self::Pelvis),
            Self::Thorax => Some(Self::Lumbar),
            Self::Neck | Self::UpperArm(_) => Some(Self::Thorax),
            Self::Head => Some(Self::Neck),
            Self::Forearm(side) => Some(Self::UpperArm(side)),
            Self::Hand(side) => Some(Self::Forearm(side)),
            Self::Shank(side) => Some(Self::Thigh(side)),
            Self::Foot(side) => Some(Self::Shank(side)),
        }
    }

    /// Whether `self` is `of` or something `of` hangs from.
    #[must_use]
    pub fn carries(self, of: Self) -> bool {
        let mut segment = Some(of);
        while let Some(current) = segment {
            if current == self {
                return true;
            }
            segment = current.parent();
        }
        false
    }

    /// The same segment on the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Pelvis | Self::Lumbar | Self::Thorax | Self::Neck | Self::Head => self,
            Self::UpperArm(side) => Self::UpperArm(side.other()),
            Self::Forearm(side) => Self::Forearm(side.other()),
            Self::Hand(side) => Self::Hand(side.other()),
            Self::Thigh(side) => Self::Thigh(side.other()),
            Self::Shank(side) => Self::Shank(side.other()),
            Self::Foot(side) => Self::Foot(side.other()),
        }
    }

    /// Where its joint sits in the parent's axes.
    fn origin_in_parent(self, body: &Segments, posture: &Posture) -> Vec3 {
        match self {
            Self::Pelvis => Vec3::ZERO,
            Self::Lumbar => vec3(0.0, body.pelvis_m, 0.0),
            Self::Thorax => vec3(0.0, body.lumbar_m, 0.0),
            Self::Neck => vec3(0.0, body.thorax_m + body.neck_base_m, 0.0),
            Self::Head => vec3(0.0, body.neck_m, 0.0),
            Self::UpperArm(side) => {
                let [up, forward] = [Dof::ShoulderRaise, Dof::ShoulderReach]
                    .map(|dof| posture.get(dof, side) * body.stature_m);
                vec3(sign(side) * body.shoulder_half_m, body.thorax_m + up, forward)
            }
            Self::Forearm(_) => vec3(0.0, -body.upper_arm_m, 0.0),
            Self::Hand(_) => vec3(0.0, -body.forearm_m, 0.0),
            Self::Thigh(side) => vec3(sign(side) * body.hip_half_m, 0.0, 0.0),
            Self::Shank(_) => vec3(0.0, -body.thigh_m, 0.0),
            Self::Foot(_) => vec3(0.0, -body.shank_m, 0.0),
        }
    }

    /// The elementary rotations at its joint, outermost first.
    fn turns(self) -> [Option<Turn>; 3] {
        use Axis::{X, Y, Z};
        let mid = |dof: Dof| dof.slot(Side::Left);
        match self {
            Self::Pelvis => [
                Some((X, mid(Dof::PelvisPitch), 1.0)),
                Some((Z, mid(Dof::PelvisRoll), 1.0)),
                Some((Y, mid(Dof::PelvisYaw), 1.0)),
            ],
            Self::Lumbar | Self::Thorax => {
                let flexion =
                    if self == Self::Lumbar { Dof::LumbarFlexion } else { Dof::ThoracicFlexion };
                [
                    Some((X, mid(flexion), 1.0)),
                    Some((Z, mid(Dof::SideBend), 0.5)),
                    Some((Y, mid(Dof::Twist), 0.5)),
                ]
            }
            Self::Neck | Self::Head => [
                Some((X, mid(Dof::NeckFlexion), 0.5)),
                Some((Z, mid(Dof::NeckSideBend), 0.5)),
                Some((Y, mid(Dof::NeckTurn), 0.5)),
            ],
            Self::UpperArm(side) => {
                ball(side, [Dof::ShoulderFlexion, Dof::ShoulderAbduction, Dof::ShoulderRotation])
            }
            Self::Forearm(side) => [
                Some((X, Dof::ElbowFlexion.slot(side), -1.0)),
                Some((Y, Dof::ForearmPronation.slot(side), -sign(side))),
                None,
            ],
            Self::Hand(side) => [Some((X, Dof::WristFlexion.slot(side), -1.0)), None, None],
            Self::Thigh(side) => ball(side, [Dof::HipFlexion, Dof::HipAbduction, Dof::HipRotation]),
            Self::Shank(side) => [Some((X, Dof::KneeFlexion.slot(side), 1.0)), None, None],
            Self::Foot(side) => [Some((X, Dof::AnkleDorsiflexion.slot(side), -1.0)), None, None],
        }
    }
}

/// +1 on the left, where x is positive.
pub(crate) fn sign(side: Side) -> f64 {
    match side {
        Side::Left => 1.0,
        Side::Right => -1.0,
    }
}

fn ball(side: Side, [flexion, abduction, rotation]: [Dof; 3]) -> [Option<Turn>; 3] {
    [
        Some((Axis::X, flexion.slot(side), -1.0)),
        Some((Axis::Z, abduction.slot(side), sign(side))),
        Some((Axis::Y, rotation.slot(side), -sign(side))),
    ]
}

/// A world axis about which one slot turns one segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hinge {
    pub(crate) slot: usize,
    pub(crate) axis: Vec3,
    pub(crate) segment: Segment,
}

/// Where every segment's joint is and which way the segment points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frames {
    pub(crate) origins: [Vec3; N_SEGMENTS],
    pub(crate) rotations: [Rotation; N_SEGMENTS],
}

impl Frames {
    /// Bends the skeleton. `root` is the middle of the hip joints; `hinge` hears of every axis on the way.
    pub(crate) fn bend(
        body: &Segments,
        posture: &Posture,
        root: Vec3,
        mut hinge: impl FnMut(Hinge),
    ) -> Self {
        let mut frames =
            Self { origins: [root; N_SEGMENTS], rotations: [Rotation::IDENTITY; N_SEGMENTS] };
        for segment in Segment::ALL {
            let (mut rotation, origin) = match segment.parent() {
                None => (Rotation::IDENTITY, root),
                Some(parent) => (
                    frames.rotations[parent.idx()],
                    frames.point(parent, segment.origin_in_parent(body, posture)),
                ),
            };
            for (axis, slot, factor) in segment.turns().into_iter().flatten() {
                hinge(Hinge { slot, axis: rotation.axis(axis) * factor, segment });
                rotation = rotation.then(&Rotation::about(axis, factor * posture.slots[slot]));
            }
            frames.origins[segment.idx()] = origin;
            frames.rotations[segment.idx()] = rotation;
        }
        frames
    }

    /// A point fixed to a segment, in world space.
    pub(crate) fn point(&self, segment: Segment, local: Vec3) -> Vec3 {
        self.origins[segment.idx()] + self.rotations[segment.idx()].apply(local)
    }

    pub(crate) fn mirrored(&self) -> Self {
        let mut mirrored = *self;
        for segment in Segment::ALL {
            let other = segment.mirrored().idx();
            mirrored.origins[other] = self.origins[segment.idx()].mirrored();
            mirrored.rotations[other] = self.rotations[segment.idx()].mirrored();
        }
        mirrored
    }
}

/// Compile-time reminder that slots and turns speak of the same posture.
const _: () = assert!(N_SLOTS == 46);
