//! An exercise's motion on one body, anchored in the world.
//!
//! The start position decides where hands and feet are; from then on they stay there, and the solver bends the rest.

use units::Side;

use crate::contact::{Anchor, Contact, GRIP, PLATE_RADIUS_M, Palm};
use crate::figure::Figure;
use crate::keyframes::{FigureSpec, Joints};
use crate::physique::{Physique, Segments};
use crate::posture::{Dof, Posture};
use crate::skeleton::{Segment, sign};
use crate::solve::{Goal, Solution, solve};
use crate::space::{Axis, Rotation, Vec3, vec3};

/// One exercise on one body. Build it once, ask it for many figures.
#[derive(Debug, Clone)]
pub struct Rig {
    spec: FigureSpec,
    body: Segments,
    anchors: Vec<(Anchor, Vec3)>,
    home: Vec3,
    /// Whether both feet stay where they are, so that the body must balance over them.
    balances: bool,
}

/// A moment of a rep.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moment<'a> {
    /// 0 start position, 1 back again.
    pub progress: f64,
    /// Left and right swapped, for the other side's rep.
    pub mirror: bool,
    /// Fault ids of the exercise with a severity of 0..=1.
    pub faults: &'a [(&'a str, f64)],
}

impl Rig {
    /// Puts the exercise's start position on the floor (or bar) and remembers where the contacts are.
    #[must_use]
    pub fn new(spec: &FigureSpec, physique: &Physique) -> Self {
        let body = physique.segments();
        let start = spec.posture_at(0.0);
        let anchors = spec.contact.anchors(&body, spec);
        let mut compliance = spec.contact.compliance();
        compliance.root = [0.0, 10.0, 0.0];
        let goals: Vec<_> = anchors
            .iter()
            .filter(|anchor| anchor.rows[1])
            .filter_map(|anchor| {
                let height_m = match anchor.segment {
                    Segment::Foot(side) if spec.contact.plants_foot(side) => {
                        step(&body, &start, side).y - sole(spec, &body, &start, side).1.y
                    }
                    _ => anchor.height_m?,
                };
                Some(Goal {
                    segment: anchor.segment,
                    local: anchor.local,
                    target: vec3(0.0, height_m, 0.0),
                    rows: [false, true, false],
                })
            })
            .collect();
        let height = vec3(0.0, 0.5 * body.stature_m, 0.0);
        let first = solve(&body, &start, height, &compliance, &goals);
        let mut rig = Self {
            spec: spec.clone(),
            body,
            anchors: Vec::new(),
            home: first.root,
            balances: balances(spec),
        };
        rig.anchors = anchors
            .into_iter()
            .map(|anchor| (anchor, rig.place(&anchor, &start, &first)))
            .collect();
        rig.center();
        rig
    }

    /// Where a contact stays: for feet the ball of the foot, for others the joint.
    fn place(&self, anchor: &Anchor, start: &Posture, first: &Solution) -> Vec3 {
        let at = first.frames.point(anchor.segment, anchor.local);
        match anchor.segment {
            Segment::Foot(side) if self.spec.contact.plants_foot(side) => {
                let step = step(&self.body, start, side);
                let ball = at + sole(&self.spec, &self.body, start, side).1 - step;
                vec3(ball.x, 0.0, ball.z)
            }
            Segment::Hand(_) if self.spec.contact == Contact::FeetAndBarPath => {
                // In front of the shin, where a bar over the middle of the foot can pass.
                let ankle_z = first.frames.origins[Segment::Foot(Side::Left).idx()].z;
                vec3(at.x, at.y, ankle_z + 0.8 * self.body.ball_m)
            }
            _ => {
                let height_m = anchor.height_m.filter(|_| anchor.rows[1]);
                vec3(at.x, height_m.unwrap_or(at.y), at.z)
            }
        }
    }

    /// Moves everything so that the movement happens around the world's vertical axis.
    fn center(&mut self) {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for progress in [0.0, self.spec.turn()] {
            for origin in self.pose_at(progress).frames.origins {
                least = least.min(origin.z);
                most = most.max(origin.z);
            }
        }
        let shift = vec3(0.0, 0.0, -0.5 * (least + most));
        self.home += shift;
        for (_, place) in &mut self.anchors {
            *place += shift;
        }
    }

    /// The exercise.
    #[must_use]
    pub fn spec(&self) -> &FigureSpec {
        &self.spec
    }

    /// The body's lengths.
    #[must_use]
    pub fn body(&self) -> &Segments {
        &self.body
    }

    /// Whether the body balances over feet that stay where they are.
    #[cfg(test)]
    pub(crate) fn balances(&self) -> bool {
        self.balances
    }

    /// The body at a progress of a faultless rep.
    #[must_use]
    pub fn pose_at(&self, progress: f64) -> Figure {
        self.figure(Moment { progress, ..Moment::default() })
    }

    /// The body at a progress with faults, each an id of the exercise and a severity of 0..=1.
    #[must_use]
    pub fn pose_at_with(&self, progress: f64, mirror: bool, faults: &[(&str, f64)]) -> Figure {
        self.figure(Moment { progress, mirror, faults })
    }

    /// The body at a moment.
    #[must_use]
    pub fn figure(&self, moment: Moment<'_>) -> Figure {
        let authored = self.spec.posture_at_with(moment.progress, moment.faults);
        let planted = |side| self.spec.contact.plants_foot(side);
        let mut goals: Vec<_> = self
            .anchors
            .iter()
            .map(|&(anchor, place)| {
                let target = match anchor.segment {
                    Segment::Foot(side) if planted(side) => {
                        place + step(&self.body, &authored, side)
                            - sole(&self.spec, &self.body, &authored, side).1
                    }
                    _ => place,
                };
                Goal { segment: anchor.segment, local: anchor.local, target, rows: anchor.rows }
            })
            .collect();
        let mut solution = self.balanced(&authored, &goals);
        if self.spec.contact == Contact::FeetAndBarPath {
            // The plates rest on the floor rather than sink into it.
            let least_m = PLATE_RADIUS_M + GRIP * self.body.stature_m;
            let low = |side: Side| solution.frames.origins[Segment::Hand(side).idx()].y < least_m;
            if Side::BOTH.into_iter().any(low) {
                for goal in goals.iter_mut().filter(|goal| matches!(goal.segment, Segment::Hand(_)))
                {
                    goal.target.y = least_m;
                    goal.rows[1] = true;
                }
                solution = self.balanced(&authored, &goals);
            }
        }
        let Solution { mut posture, mut frames, miss_m, .. } = solution;
        for side in Side::BOTH {
            if planted(side) {
                let rotation = sole(&self.spec, &self.body, &authored, side).0;
                let shank = frames.rotations[Segment::Shank(side).idx()];
                frames.rotations[Segment::Foot(side).idx()] = rotation;
                let dorsiflexion = crate::math::asin(rotation.z.dot(shank.y).clamp(-1.0, 1.0));
                posture = posture.with(Dof::AnkleDorsiflexion, side, dorsiflexion);
            }
            if let Some(palm) = self.spec.contact.palm(side) {
                frames.rotations[Segment::Hand(side).idx()] = flat_hand(side, palm);
            }
        }
        let planted = Side::BOTH.map(planted);
        let figure = Figure { posture, frames, body: self.body, miss_m, planted };
        if moment.mirror { figure.mirrored() } else { figure }
    }
}

impl Rig {
    /// Meets the goals; on two feet that stay, also keeps the center of mass over the middle of the feet by leaning
    /// from the ankles. Without this, postures between keyframes would tip over.
    fn balanced(&self, authored: &Posture, goals: &[Goal]) -> Solution {
        let mut compliance = self.spec.contact.compliance();
        let mut solution = solve(&self.body, authored, self.home, &compliance, goals);
        if !self.balances {
            return solution;
        }
        let feet_z = Side::BOTH.map(|side| solution.frames.origins[Segment::Foot(side).idx()].z);
        let [left, right] = Side::BOTH.map(|side| self.spec.contact.plants_foot(side));
        let foot_z = if left && right { 0.5 * (feet_z[0] + feet_z[1]) } else { feet_z[0] };
        let wanted_z = foot_z + BALANCE_POINT * self.body.stature_m;
        compliance.root[2] = 0.0;
        let limit = MOST_LEAN * self.body.stature_m;
        let unbalanced_z = solution.root.z;
        for _ in 0..2 {
            let figure = Figure {
                posture: solution.posture,
                frames: solution.frames,
                body: self.body,
                miss_m: 0.0,
                planted: [true; 2],
            };
            let mut root = solution.root;
            root.z += (wanted_z - figure.center_of_mass().z).clamp(-limit, limit);
            root.z = root.z.clamp(unbalanced_z - limit, unbalanced_z + limit);
            solution = solve(&self.body, authored, root, &compliance, goals);
        }
        solution
    }
}

/// Where the weight rests, in front of the ankle, as a fraction of stature: about the middle of the foot.
const BALANCE_POINT: f64 = 0.03;
/// The furthest a posture is leaned to balance it, as a fraction of stature.
const MOST_LEAN: f64 = 0.08;

/// How a planted foot is turned, and the way from its ankle to where the ball of the foot stands while it is flat.
fn sole(spec: &FigureSpec, body: &Segments, posture: &Posture, side: Side) -> (Rotation, Vec3) {
    let heading = Rotation::about(Axis::Y, sign(side) * spec.toe_out_deg.to_radians());
    let [heel, toe] = [Dof::HeelLift, Dof::ToeLift].map(|dof| posture.get(dof, side));
    let rotation = heading.then(&Rotation::about(Axis::X, heel - toe));
    let to_ball = vec3(0.0, -body.ankle_height_m, body.ball_m);
    if toe > 0.0 {
        // About the heel.
        let to_heel = vec3(0.0, -body.ankle_height_m, -body.heel_m);
        let along = vec3(0.0, 0.0, body.heel_m + body.ball_m);
        return (rotation, rotation.apply(to_heel) + heading.apply(along));
    }
    (rotation, rotation.apply(to_ball))
}

/// On two feet, neither of which steps forward.
fn balances(spec: &FigureSpec) -> bool {
    let steps = |joints: &Joints| joints.contains_key(&Dof::StepForward);
    let keyed = spec
        .keyframes
        .iter()
        .any(|key| steps(&key.joints) || steps(&key.left) || steps(&key.right));
    spec.contact.balances() && !keyed
}

/// How far a planted foot has been moved from where it stands at the start.
fn step(body: &Segments, posture: &Posture, side: Side) -> Vec3 {
    let [forward, out, up] =
        [Dof::StepForward, Dof::StepOut, Dof::StepUp].map(|dof| posture.get(dof, side));
    vec3(sign(side) * out, up, forward) * body.stature_m
}

/// Palm down, fingers forward and a little outward; or palm forward and fingers up.
fn flat_hand(side: Side, palm: Palm) -> Rotation {
    let (fingers, back_of_hand) = match palm {
        Palm::Down => (vec3(sign(side) * 0.15, -0.12, 1.0).unit(), Vec3::UP),
        Palm::AgainstWall => (vec3(sign(side) * 0.12, 1.0, 0.05).unit(), vec3(0.0, 0.0, -1.0)),
    };
    let across = back_of_hand.cross(fingers).unit();
    // The hand's y axis runs from the fingers to the wrist and its z axis out of the palm.
    let y = -fingers;
    let x = -across;
    Rotation { x, y, z: x.cross(y) }
}
