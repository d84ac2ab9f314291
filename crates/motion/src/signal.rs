//! What the engine measures on a pose: joint angles, segment directions and distances.
//!
//! Angles are in degrees because thresholds, reports and published error figures are; interior angles are 180 when
//! the limb is straight, as in the pose-estimation literature. Distances are in percent of the torso's length, so
//! that they have the size of degrees and do not depend on how far away the person stands.

use serde::Deserialize;
use units::Side;

use crate::math;
use crate::pose::{Joint, Keypoint, Limb, Pose, WorldPoint};
use crate::view::View;

/// One measurable quantity. Those marked *per side* exist for the athlete's left and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Per side: shoulder–elbow–wrist in the image, degrees.
    ElbowAngle,
    /// Per side: hip–shoulder–elbow in the image, degrees; 0 with the arm along the trunk.
    ShoulderAngle,
    /// Per side: shoulder–hip–knee in the image, degrees.
    HipAngle,
    /// Per side: hip–knee–ankle in the image, degrees.
    KneeAngle,
    /// Per side: knee–ankle–toe in the image, degrees.
    AnkleAngle,
    /// Per side: as [`Signal::ElbowAngle`] on metric landmarks.
    ElbowAngleWorld,
    /// Per side: as [`Signal::ShoulderAngle`] on metric landmarks.
    ShoulderAngleWorld,
    /// Per side: as [`Signal::HipAngle`] on metric landmarks.
    HipAngleWorld,
    /// Per side: as [`Signal::KneeAngle`] on metric landmarks.
    KneeAngleWorld,
    /// Per side: how far the hip bends out of the shoulder–ankle line, degrees; positive towards the floor (sag).
    BodyLine,
    /// Per side: as [`Signal::BodyLine`] with the knee in place of the ankle, for feet out of the picture.
    ThighLine,
    /// Per side: thigh from vertical, degrees; 0 standing, 90 level, more when the knee is above the hip.
    ThighLean,
    /// Per side: shin from vertical, degrees.
    ShinLean,
    /// Per side: forearm from vertical, degrees; 0 with the hand straight below the elbow.
    ForearmLean,
    /// Per side: wrist above shoulder, percent of torso; negative when below.
    HandHeight,
    /// Per side: elbow above shoulder, percent of torso; negative when below.
    ElbowHeight,
    /// Per side: shoulder to wrist, percent of torso.
    HandReach,
    /// Per side: hip above ankle, percent of torso.
    HipHeight,
    /// Per side: ankle above hip, percent of torso.
    FootHeight,
    /// Per side: ankle right of where the hips were first seen, percent of torso; its spread is the foot's travel.
    AnkleX,
    /// Per side: heel above toe, percent of torso.
    HeelRise,
    /// Per side: knee in front of toe along the foot's direction, percent of torso.
    KneePastToe,
    /// Hip to shoulder from vertical in the image, degrees; 0 upright, 90 level, 180 upside down.
    TrunkLean,
    /// As [`Signal::TrunkLean`] on metric landmarks.
    TrunkLeanWorld,
    /// Ear above shoulder line along the trunk, percent of torso; shrinks when the chin drops forward.
    HeadForward,
    /// Between the ankles, percent of torso.
    StanceWidth,
    /// Between the knees, percent of the distance between the ankles.
    KneeWidth,
    /// Between the wrists, percent of torso.
    HandWidth,
    /// Nose above the wrists' middle, percent of torso.
    HeadOverHands,
    /// Hips' middle above the line from shoulders to ankles' middles, percent of torso; for lying positions.
    HipLift,
    /// Horizontal distance between the ankles' and the hips' middles, percent of torso.
    HipShift,
    /// Difference between the two hips' angles in the image, degrees.
    HipGap,
    /// Difference between the two hips' angles on metric landmarks, degrees: large in a split stance.
    HipGapWorld,
    /// The wrists' middle below where the hips were first seen, percent of torso; its range is how far the hands travel.
    HandY,
    /// The shoulders' middle below where the hips were first seen, percent of torso; its range is how far the body travels.
    ShoulderY,
    /// The hips' middle below where they were first seen, percent of torso.
    HipY,
    /// Right wrist above left wrist, percent of torso.
    HandTilt,
    /// Right hip above left hip, percent of torso.
    HipTilt,
}

/// A measured value with how well its joints were seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    /// Degrees or percent of torso, see [`Signal`].
    pub value: f64,
    /// The least of the joints' confidences, 0..=1; 0 means not measured.
    pub confidence: f64,
}

impl Signal {
    /// Whether left and right differ.
    #[must_use]
    pub fn per_side(self) -> bool {
        !matches!(
            self,
            Self::TrunkLean
                | Self::TrunkLeanWorld
                | Self::HeadForward
                | Self::StanceWidth
                | Self::KneeWidth
                | Self::HandWidth
                | Self::HeadOverHands
                | Self::HipLift
                | Self::HipShift
                | Self::HipGap
                | Self::HipGapWorld
                | Self::HandY
                | Self::ShoulderY
                | Self::HipY
                | Self::HandTilt
                | Self::HipTilt
        )
    }

    /// Whether it is read off metric landmarks, which some networks lack.
    #[must_use]
    pub fn needs_world(self) -> bool {
        matches!(
            self,
            Self::ElbowAngleWorld
                | Self::ShoulderAngleWorld
                | Self::HipAngleWorld
                | Self::KneeAngleWorld
                | Self::TrunkLeanWorld
                | Self::HipGapWorld
        )
    }

    /// Whether the unit is degrees; otherwise it is percent.
    #[must_use]
    pub fn is_angle(self) -> bool {
        matches!(
            self,
            Self::ElbowAngle
                | Self::ShoulderAngle
                | Self::HipAngle
                | Self::KneeAngle
                | Self::AnkleAngle
                | Self::BodyLine
                | Self::ThighLine
                | Self::ThighLean
                | Self::ShinLean
                | Self::ForearmLean
                | Self::TrunkLean
                | Self::HipGap
        ) || self.needs_world()
    }

    /// Whether it is a place in the picture, which only its changes make meaningful.
    #[must_use]
    pub fn is_place(self) -> bool {
        matches!(self, Self::HandY | Self::ShoulderY | Self::HipY | Self::AnkleX)
    }

    /// What to measure where there are no metric landmarks: the same angle in the image.
    #[must_use]
    pub fn in_image(self) -> Self {
        match self {
            Self::ElbowAngleWorld => Self::ElbowAngle,
            Self::ShoulderAngleWorld => Self::ShoulderAngle,
            Self::HipAngleWorld => Self::HipAngle,
            Self::KneeAngleWorld => Self::KneeAngle,
            Self::TrunkLeanWorld => Self::TrunkLean,
            Self::HipGapWorld => Self::HipGap,
            other => other,
        }
    }

    /// Reads the signal off a pose, in units of the torso that the view has measured; `side` is ignored by signals that
    /// exist once.
    #[must_use]
    pub fn measure(self, pose: &Pose, side: Side, view: &View) -> Measure {
        let torso_px = if self.is_place() { view.steady_torso_px() } else { view.torso_px() };
        use Limb::{Ankle, Elbow, Heel, Hip, Knee, Shoulder, Toe, Wrist};
        let at = |limb: Limb| pose.at(limb.on(side));
        let angle = |a: Limb, b: Limb, c: Limb| interior_angle(at(a), at(b), at(c));
        let percent = |value: f64, points: &[Keypoint]| {
            let confidence = if torso_px > 0.0 { least(points) } else { 0.0 };
            Measure {
                value: if torso_px > 0.0 { 100.0 * value / torso_px } else { 0.0 },
                confidence,
            }
        };
        match self {
            Self::ElbowAngle => angle(Shoulder, Elbow, Wrist),
            Self::ShoulderAngle => angle(Hip, Shoulder, Elbow),
            Self::HipAngle => angle(Shoulder, Hip, Knee),
            Self::KneeAngle => angle(Hip, Knee, Ankle),
            Self::AnkleAngle => angle(Knee, Ankle, Toe),
            Self::ElbowAngleWorld => world_angle(pose, [Shoulder, Elbow, Wrist], side),
            Self::ShoulderAngleWorld => world_angle(pose, [Hip, Shoulder, Elbow], side),
            Self::HipAngleWorld => world_angle(pose, [Shoulder, Hip, Knee], side),
            Self::KneeAngleWorld => world_angle(pose, [Hip, Knee, Ankle], side),
            Self::BodyLine => sag(at(Shoulder), at(Hip), at(Ankle)),
            Self::ThighLine => sag(at(Shoulder), at(Hip), at(Knee)),
            Self::ThighLean => from_vertical(at(Knee), at(Hip)),
            Self::ShinLean => from_vertical(at(Ankle), at(Knee)),
            Self::ForearmLean => from_vertical(at(Wrist), at(Elbow)),
            Self::HandHeight => percent(at(Shoulder).y - at(Wrist).y, &[at(Shoulder), at(Wrist)]),
            Self::ElbowHeight => percent(at(Shoulder).y - at(Elbow).y, &[at(Shoulder), at(Elbow)]),
            Self::HandReach => {
                percent(distance(at(Shoulder), at(Wrist)), &[at(Shoulder), at(Wrist)])
            }
            Self::HipHeight => percent(at(Ankle).y - at(Hip).y, &[at(Ankle), at(Hip)]),
            Self::FootHeight => percent(at(Hip).y - at(Ankle).y, &[at(Ankle), at(Hip)]),
            Self::AnkleX => percent(at(Ankle).x - view.origin().0, &[at(Ankle)]),
            Self::HeelRise => percent(at(Toe).y - at(Heel).y, &[at(Toe), at(Heel)]),
            Self::KneePastToe => {
                let (knee, toe, heel) = (at(Knee), at(Toe), at(Heel));
                let forward = if toe.x >= heel.x { 1.0 } else { -1.0 };
                percent(forward * (knee.x - toe.x), &[knee, toe, heel])
            }
            Self::TrunkLean => from_vertical(midpoint(pose, Hip), midpoint(pose, Shoulder)),
            Self::TrunkLeanWorld => world_trunk_lean(pose),
            Self::HeadForward => {
                let (ear, shoulder, hip) =
                    (midpoint(pose, Limb::Ear), midpoint(pose, Shoulder), midpoint(pose, Hip));
                let (dx, dy) = (shoulder.x - hip.x, shoulder.y - hip.y);
                let length = (dx * dx + dy * dy).sqrt().max(1e-9);
                percent(
                    ((ear.x - shoulder.x) * dx + (ear.y - shoulder.y) * dy) / length,
                    &[ear, shoulder, hip],
                )
            }
            Self::StanceWidth => between(pose, Ankle, percent),
            Self::HandWidth => between(pose, Wrist, percent),
            Self::KneeWidth => {
                let joints =
                    [Joint::LeftKnee, Joint::RightKnee, Joint::LeftAnkle, Joint::RightAnkle];
                let points = joints.map(|joint| pose.at(joint));
                let ankles_px = (points[2].x - points[3].x).abs();
                let value = 100.0 * (points[0].x - points[1].x).abs() / ankles_px.max(1e-9);
                // With the feet together the ratio says nothing.
                let apart = ankles_px > 0.2 * torso_px && torso_px > 0.0;
                Measure {
                    value: value.min(400.0),
                    confidence: if apart { least(&points) } else { 0.0 },
                }
            }
            Self::HeadOverHands => {
                let (nose, hands) = (pose.at(Joint::Nose), midpoint(pose, Wrist));
                percent(hands.y - nose.y, &[nose, hands])
            }
            Self::HipLift => {
                let (shoulder, hip, ankle) =
                    (midpoint(pose, Shoulder), midpoint(pose, Hip), midpoint(pose, Ankle));
                percent(line_height_at(shoulder, ankle, hip.x) - hip.y, &[shoulder, hip, ankle])
            }
            Self::HipShift => {
                let (hip, ankle) = (midpoint(pose, Hip), midpoint(pose, Ankle));
                percent((hip.x - ankle.x).abs(), &[hip, ankle])
            }
            Self::HipGap => gap(Side::BOTH.map(|side| Self::HipAngle.measure(pose, side, view))),
            Self::HipGapWorld => {
                gap(Side::BOTH.map(|side| Self::HipAngleWorld.measure(pose, side, view)))
            }
            Self::HandY => {
                percent(midpoint(pose, Wrist).y - view.origin().1, &[midpoint(pose, Wrist)])
            }
            Self::ShoulderY => {
                percent(midpoint(pose, Shoulder).y - view.origin().1, &[midpoint(pose, Shoulder)])
            }
            Self::HipY => percent(midpoint(pose, Hip).y - view.origin().1, &[midpoint(pose, Hip)]),
            Self::HandTilt => tilt(pose, Wrist, percent),
            Self::HipTilt => tilt(pose, Hip, percent),
        }
    }
}

/// The middle of a pair of joints, as sure as the less sure of them.
#[must_use]
pub(crate) fn midpoint(pose: &Pose, limb: Limb) -> Keypoint {
    let (a, b) = (pose.at(limb.on(Side::Left)), pose.at(limb.on(Side::Right)));
    Keypoint {
        x: 0.5 * (a.x + b.x),
        y: 0.5 * (a.y + b.y),
        confidence: a.confidence.min(b.confidence),
    }
}

pub(crate) fn distance(a: Keypoint, b: Keypoint) -> f64 {
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    (dx * dx + dy * dy).sqrt()
}

fn least(points: &[Keypoint]) -> f64 {
    points.iter().fold(1.0, |least, point| point.confidence.min(least))
}

fn between(pose: &Pose, limb: Limb, percent: impl Fn(f64, &[Keypoint]) -> Measure) -> Measure {
    let (a, b) = (pose.at(limb.on(Side::Left)), pose.at(limb.on(Side::Right)));
    percent(distance(a, b), &[a, b])
}

fn gap([left, right]: [Measure; 2]) -> Measure {
    Measure {
        value: (left.value - right.value).abs(),
        confidence: left.confidence.min(right.confidence),
    }
}

fn tilt(pose: &Pose, limb: Limb, percent: impl Fn(f64, &[Keypoint]) -> Measure) -> Measure {
    let (left, right) = (pose.at(limb.on(Side::Left)), pose.at(limb.on(Side::Right)));
    percent(left.y - right.y, &[left, right])
}

/// The angle at `b` between `a` and `c`, degrees 0..=180. Coincident points have confidence 0.
#[must_use]
pub fn interior_angle(a: Keypoint, b: Keypoint, c: Keypoint) -> Measure {
    let (ux, uy, vx, vy) = (a.x - b.x, a.y - b.y, c.x - b.x, c.y - b.y);
    let length = ((ux * ux + uy * uy) * (vx * vx + vy * vy)).sqrt();
    if length <= 1e-9 {
        return Measure::default();
    }
    // `atan2` keeps its accuracy near 0 and 180, where `acos` loses it.
    let value = math::atan2((ux * vy - uy * vx).abs(), ux * vx + uy * vy).to_degrees();
    Measure { value, confidence: least(&[a, b, c]) }
}

fn world_angle(pose: &Pose, limbs: [Limb; 3], side: Side) -> Measure {
    let Some(world) = &pose.world else { return Measure::default() };
    let [a, b, c] = limbs.map(|limb| world[limb.on(side) as usize]);
    let [p, q, r] = limbs.map(|limb| pose.at(limb.on(side)));
    let (u, v) = (minus(a, b), minus(c, b));
    let cross =
        WorldPoint { x: u.y * v.z - u.z * v.y, y: u.z * v.x - u.x * v.z, z: u.x * v.y - u.y * v.x };
    let dot = u.x * v.x + u.y * v.y + u.z * v.z;
    let cross_length = (cross.x * cross.x + cross.y * cross.y + cross.z * cross.z).sqrt();
    if cross_length + dot.abs() <= 1e-12 {
        return Measure::default();
    }
    Measure { value: math::atan2(cross_length, dot).to_degrees(), confidence: least(&[p, q, r]) }
}

fn world_trunk_lean(pose: &Pose) -> Measure {
    let Some(world) = &pose.world else { return Measure::default() };
    let middle = |limb: Limb| {
        let (a, b) = (world[limb.on(Side::Left) as usize], world[limb.on(Side::Right) as usize]);
        WorldPoint { x: 0.5 * (a.x + b.x), y: 0.5 * (a.y + b.y), z: 0.5 * (a.z + b.z) }
    };
    let trunk = minus(middle(Limb::Shoulder), middle(Limb::Hip));
    let level = (trunk.x * trunk.x + trunk.z * trunk.z).sqrt();
    if level + trunk.y.abs() <= 1e-9 {
        return Measure::default();
    }
    let seen = midpoint(pose, Limb::Shoulder).confidence.min(midpoint(pose, Limb::Hip).confidence);
    Measure { value: math::atan2(level, -trunk.y).to_degrees(), confidence: seen }
}

fn minus(a: WorldPoint, b: WorldPoint) -> WorldPoint {
    WorldPoint { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z }
}

/// The angle of `low → high` from straight up, degrees 0..=180.
fn from_vertical(low: Keypoint, high: Keypoint) -> Measure {
    let (dx, dy) = (high.x - low.x, low.y - high.y);
    if dx.abs() + dy.abs() <= 1e-9 {
        return Measure::default();
    }
    Measure { value: math::atan2(dx.abs(), dy).to_degrees(), confidence: least(&[low, high]) }
}

fn sag(shoulder: Keypoint, hip: Keypoint, end: Keypoint) -> Measure {
    let bend = interior_angle(shoulder, hip, end);
    let below = hip.y > line_height_at(shoulder, end, hip.x);
    let value = if below { 180.0 - bend.value } else { bend.value - 180.0 };
    Measure { value, confidence: bend.confidence }
}

/// The y of the line through `a` and `b` at `x`; for a vertical line the middle.
fn line_height_at(a: Keypoint, b: Keypoint, x: f64) -> f64 {
    let dx = b.x - a.x;
    if dx.abs() <= 1e-9 {
        return 0.5 * (a.y + b.y);
    }
    a.y + (x - a.x) * (b.y - a.y) / dx
}
