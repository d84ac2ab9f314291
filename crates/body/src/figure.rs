//! A body in the world: where its joints, face, hands and feet are.

use units::Side;

use crate::physique::Segments;
use crate::posture::Posture;
use crate::skeleton::{Frames, Segment, sign};
use crate::space::{Rotation, Vec3, vec3};

/// One body at one moment, in world space (see [`crate::space`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub(crate) posture: Posture,
    pub(crate) frames: Frames,
    pub(crate) body: Segments,
    pub(crate) miss_m: f64,
    /// Whether the ball of each foot is on the floor, so that the toes bend where the heel lifts.
    pub(crate) planted: [bool; 2],
}

/// Points on the head, in its own axes, as fractions of stature.
const NOSE: Vec3 = vec3(0.0, 0.026, 0.062);
const EYE: Vec3 = vec3(0.018, 0.043, 0.050);
const EYE_INNER_X: f64 = 0.010;
const EYE_OUTER_X: f64 = 0.026;
const EAR: Vec3 = vec3(0.043, 0.034, -0.004);
const MOUTH: Vec3 = vec3(0.014, 0.004, 0.051);

impl Figure {
    /// A body bent freely, with the middle of its hips at `root_m`: no contacts.
    #[must_use]
    pub fn floating(body: &Segments, posture: &Posture, root_m: Vec3) -> Self {
        let frames = Frames::bend(body, posture, root_m, |_| ());
        Self { posture: *posture, frames, body: *body, miss_m: 0.0, planted: [false; 2] }
    }

    /// The joint angles after contacts bent them.
    #[must_use]
    pub fn posture(&self) -> &Posture {
        &self.posture
    }

    /// The body's lengths.
    #[must_use]
    pub fn body(&self) -> &Segments {
        &self.body
    }

    /// How far the worst contact is from where it should be; above a millimetre the keyframes ask the impossible.
    #[must_use]
    pub fn contact_miss_m(&self) -> f64 {
        self.miss_m
    }

    /// Where a segment's joint is.
    #[must_use]
    pub fn origin(&self, segment: Segment) -> Vec3 {
        self.frames.origins[segment.idx()]
    }

    /// Which way a segment points.
    #[must_use]
    pub fn rotation(&self, segment: Segment) -> Rotation {
        self.frames.rotations[segment.idx()]
    }

    /// A point fixed to a segment; `local` in metres along the segment's own axes.
    #[must_use]
    pub fn point(&self, segment: Segment, local: Vec3) -> Vec3 {
        self.frames.point(segment, local)
    }

    /// Left and right swapped.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let [left, right] = self.planted;
        Self {
            posture: self.posture.mirrored(),
            frames: self.frames.mirrored(),
            planted: [right, left],
            ..*self
        }
    }

    /// MediaPipe's 33 landmarks in world space, in its order.
    #[must_use]
    pub fn blazepose(&self) -> [Vec3; 33] {
        use Side::{Left, Right};
        let head = |local: Vec3| self.point(Segment::Head, local * self.body.stature_m);
        let eye = |side: Side, x: f64| head(vec3(sign(side) * x, EYE.y, EYE.z));
        let at = |segment: Segment| self.origin(segment);
        let hand = |side: Side, x: f64, y: f64, z: f64| {
            self.point(Segment::Hand(side), vec3(sign(side) * x, y, z) * self.body.hand_m)
        };
        let skin_m = 0.15 * self.body.ankle_height_m;
        let heel = |side: Side| {
            let local = vec3(0.0, skin_m - self.body.ankle_height_m, -self.body.heel_m);
            self.point(Segment::Foot(side), local)
        };
        let toe = |side: Side| self.toe_tip(side, 0.0, skin_m);
        [
            head(NOSE),
            eye(Left, EYE_INNER_X),
            eye(Left, EYE.x),
            eye(Left, EYE_OUTER_X),
            eye(Right, EYE_INNER_X),
            eye(Right, EYE.x),
            eye(Right, EYE_OUTER_X),
            head(EAR),
            head(EAR.mirrored()),
            head(MOUTH),
            head(MOUTH.mirrored()),
            at(Segment::UpperArm(Left)),
            at(Segment::UpperArm(Right)),
            at(Segment::Forearm(Left)),
            at(Segment::Forearm(Right)),
            at(Segment::Hand(Left)),
            at(Segment::Hand(Right)),
            hand(Left, -0.17, -0.55, 0.0),
            hand(Right, -0.17, -0.55, 0.0),
            hand(Left, 0.15, -0.62, 0.0),
            hand(Right, 0.15, -0.62, 0.0),
            hand(Left, 0.24, -0.36, 0.10),
            hand(Right, 0.24, -0.36, 0.10),
            at(Segment::Thigh(Left)),
            at(Segment::Thigh(Right)),
            at(Segment::Shank(Left)),
            at(Segment::Shank(Right)),
            at(Segment::Foot(Left)),
            at(Segment::Foot(Right)),
            heel(Left),
            heel(Right),
            toe(Left),
            toe(Right),
        ]
    }

    /// A point near the tip of the big toe: `inset_m` back from it and `above_m` above the sole.
    pub(crate) fn toe_tip(&self, side: Side, inset_m: f64, above_m: f64) -> Vec3 {
        let (foot, body) = (Segment::Foot(side), &self.body);
        let rotation = self.rotation(foot);
        let ball = self.point(foot, vec3(0.0, -body.ankle_height_m, body.ball_m));
        let (mut forward, mut up) = (rotation.z, rotation.y);
        // A foot that lies on its back has no toes to bend.
        let stands = self.planted[usize::from(side == Side::Right)] && up.y > 0.0;
        if stands && forward.y < 0.0 {
            (forward, up) = (rotation.x.cross(Vec3::UP).unit(), Vec3::UP);
        }
        ball + forward * (body.toe_m - body.ball_m - inset_m) + up * above_m
    }

    /// COCO's 17 keypoints in world space, in its order.
    #[must_use]
    pub fn coco(&self) -> [Vec3; 17] {
        let all = self.blazepose();
        [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28].map(|idx: usize| all[idx])
    }

    /// The 19 joints of `motion::pose`, in its order: nose, ears, shoulders, elbows, wrists, hips, knees, ankles,
    /// heels, toes; left before right.
    #[must_use]
    pub fn joints(&self) -> [Vec3; 19] {
        let all = self.blazepose();
        [0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32]
            .map(|idx: usize| all[idx])
    }

    /// The center of mass, without equipment (Winter, table 4.1).
    #[must_use]
    pub fn center_of_mass(&self) -> Vec3 {
        let at = |segment: Segment| self.origin(segment);
        let trunk_top = self.point(Segment::Thorax, vec3(0.0, self.body.thorax_m, 0.0));
        let head = self.point(Segment::Head, vec3(0.0, 0.4 * self.body.head_m, 0.0));
        // Winter's greater-trochanter-to-glenohumeral trunk, split where the figure bends.
        let mut parts = vec![
            (0.142, at(Segment::Pelvis).toward(at(Segment::Lumbar), 0.7)),
            (0.139, at(Segment::Lumbar).toward(at(Segment::Thorax), 0.5)),
            (0.216, at(Segment::Thorax).toward(trunk_top, 0.55)),
            (0.081, head),
        ];
        for side in Side::BOTH {
            let hand = self.point(Segment::Hand(side), vec3(0.0, -0.5 * self.body.hand_m, 0.0));
            let mid_foot_m = 0.5 * (self.body.toe_m - self.body.heel_m);
            let foot = self
                .point(Segment::Foot(side), vec3(0.0, -0.5 * self.body.ankle_height_m, mid_foot_m));
            parts.extend([
                (0.028, at(Segment::UpperArm(side)).toward(at(Segment::Forearm(side)), 0.436)),
                (0.016, at(Segment::Forearm(side)).toward(at(Segment::Hand(side)), 0.430)),
                (0.006, hand),
                (0.100, at(Segment::Thigh(side)).toward(at(Segment::Shank(side)), 0.433)),
                (0.0465, at(Segment::Shank(side)).toward(at(Segment::Foot(side)), 0.433)),
                (0.0145, foot),
            ]);
        }
        let total: f64 = parts.iter().map(|(mass, _)| mass).sum();
        parts.into_iter().fold(Vec3::ZERO, |sum, (mass, at)| sum + at * (mass / total))
    }
}
