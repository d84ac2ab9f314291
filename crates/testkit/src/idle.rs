//! What people do between sets: none of it is a repetition.

use body::space::{Vec3, vec3};
use body::{Dof, Figure, Physique, Posture, Segments};
use motion::pose::Joint;
use units::Side;

use crate::lens::{Points, middle};
use crate::rng::{Drift, Rng};

/// A kind of idle life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Idle {
    /// Standing, swaying, shifting weight.
    Stand,
    /// Walking to and fro, in and out of the picture.
    Walk,
    /// Standing and talking with moving arms.
    Talk,
    /// Bending down to a weight on the floor, lifting it, later putting it down.
    PickUp,
    /// Reaching up to a rack at shoulder height, stepping under, putting back.
    Rack,
    /// Kneeling down on one knee, then both, and standing up.
    Kneel,
    /// Drinking from a bottle, wiping the face.
    Drink,
}

impl Idle {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Stand, Self::Walk, Self::Talk, Self::PickUp, Self::Rack, Self::Kneel, Self::Drink];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stand => "stand",
            Self::Walk => "walk",
            Self::Talk => "talk",
            Self::PickUp => "pick_up",
            Self::Rack => "rack",
            Self::Kneel => "kneel",
            Self::Drink => "drink",
        }
    }
}

/// A posture to be in at a time.
#[derive(Debug, Clone, Copy)]
struct Key {
    secs: f64,
    posture: Posture,
}

/// One stretch of idle life on one body.
#[derive(Debug, Clone)]
pub struct IdleMotion {
    kind: Idle,
    body: Segments,
    keys: Vec<Key>,
    drifts: [Drift; 6],
    heading_deg: f64,
    stride_hz: f64,
    reach_m: f64,
}

/// Walking speed, metres per second.
const WALK_MPS: f64 = 1.1;
/// Time to turn around, seconds.
const TURN_SECS: f64 = 0.9;

impl IdleMotion {
    /// Makes up a stretch of about `secs` seconds.
    pub fn new(kind: Idle, secs: f64, physique: &Physique, rng: &mut Rng) -> Self {
        let drifts =
            [7.0, 15.0, 2.6, 3.1, 2.2, 13.0].map(|period_secs| Drift::new(rng, period_secs));
        let mut motion = Self {
            kind,
            body: physique.segments(),
            keys: Vec::new(),
            drifts,
            heading_deg: rng.between(-180.0, 180.0),
            stride_hz: rng.between(0.8, 1.0),
            reach_m: rng.between(0.8, 2.2),
        };
        motion.keys = scripted(kind, secs, rng);
        motion
    }

    /// The body at a time.
    #[must_use]
    pub fn at(&self, secs: f64) -> Points {
        let sway = |index: usize| self.drifts[index].at(secs);
        if self.kind == Idle::Walk {
            return self.walking(secs);
        }
        let mut posture = if self.keys.is_empty() { standing() } else { between(&self.keys, secs) };
        posture = add(&posture, Dof::PelvisPitch, Side::Left, 1.2 * sway(0));
        posture = add(&posture, Dof::PelvisRoll, Side::Left, 1.0 * sway(1));
        for (side, index) in [(Side::Left, 0), (Side::Right, 1)] {
            posture = add(&posture, Dof::ShoulderFlexion, side, 2.0 * sway(index));
            posture = add(&posture, Dof::ElbowFlexion, side, 3.0 * sway(index + 1));
            posture = add(&posture, Dof::KneeFlexion, side, (1.5 * sway(index)).max(-3.0));
        }
        if self.kind == Idle::Talk {
            // Gestures come in bouts: the arms are up for some seconds, with small quick strokes, then hang again.
            for (side, index) in [(Side::Left, 2), (Side::Right, 3)] {
                let up = smooth(
                    (0.5 + 1.5 * sway(if side == Side::Left { 5 } else { 1 })).clamp(0.0, 1.0),
                );
                let stroke = sway(index);
                posture = add(&posture, Dof::ElbowFlexion, side, up * (68.0 + 13.0 * stroke));
                posture = add(&posture, Dof::ShoulderFlexion, side, up * (14.0 + 6.0 * sway(4)));
                posture = add(&posture, Dof::ShoulderAbduction, side, up * (6.0 + 5.0 * stroke));
                posture = add(&posture, Dof::ShoulderRotation, side, up * (15.0 + 14.0 * sway(4)));
            }
            let lively = (0.5 + sway(5)).clamp(0.0, 1.0);
            posture = add(&posture, Dof::Twist, Side::Left, 6.0 * lively * sway(4));
        }
        grounded(&self.body, &posture, vec3(0.02 * sway(1), 0.0, 0.02 * sway(0)))
    }

    fn walking(&self, secs: f64) -> Points {
        let leg_secs = 2.0 * self.reach_m / WALK_MPS;
        let lap_secs = 2.0 * (leg_secs + TURN_SECS);
        let in_lap = secs.rem_euclid(lap_secs);
        let (back, within) = if in_lap < leg_secs + TURN_SECS {
            (false, in_lap)
        } else {
            (true, in_lap - leg_secs - TURN_SECS)
        };
        let gone = (within / leg_secs).min(1.0);
        let turning = ((within - leg_secs) / TURN_SECS).clamp(0.0, 1.0);
        let along_m = (2.0 * gone - 1.0) * self.reach_m * if back { -1.0 } else { 1.0 };
        let heading_deg =
            self.heading_deg + if back { 180.0 } else { 0.0 } + 180.0 * smooth(turning);
        let swing = libm::sin(core::f64::consts::TAU * self.stride_hz * secs);
        let effort = if turning > 0.0 { 0.4 } else { 1.0 };
        let mut posture = standing();
        posture = add(&posture, Dof::PelvisPitch, Side::Left, 3.0);
        posture = add(&posture, Dof::PelvisYaw, Side::Left, heading_deg);
        for (side, sign) in [(Side::Left, 1.0), (Side::Right, -1.0)] {
            let phase = core::f64::consts::TAU * self.stride_hz * secs
                + if sign > 0.0 { 0.0 } else { core::f64::consts::PI };
            // Swing-phase knee flexion of about 60° (Winter, normal gait).
            let knee = 8.0 + 50.0 * libm::sin(phase + 0.9).max(0.0);
            posture =
                add(&posture, Dof::HipFlexion, side, effort * (8.0 + 22.0 * libm::sin(phase)));
            posture = add(&posture, Dof::KneeFlexion, side, effort * knee);
            posture = add(&posture, Dof::ShoulderFlexion, side, -effort * sign * 18.0 * swing);
            posture = add(&posture, Dof::ElbowFlexion, side, 12.0 * effort);
        }
        let way = self.heading_deg.to_radians();
        grounded(&self.body, &posture, vec3(libm::sin(way), 0.0, libm::cos(way)) * along_m)
    }
}

fn smooth(share: f64) -> f64 {
    share * share * (3.0 - 2.0 * share)
}

/// Adds degrees to one joint.
fn add(posture: &Posture, dof: Dof, side: Side, deg: f64) -> Posture {
    posture.with(dof, side, posture.get(dof, side) + deg.to_radians())
}

fn bent(of: &[(Dof, f64)]) -> Posture {
    let mut posture = standing();
    for &(dof, deg) in of {
        for side in Side::BOTH {
            posture = posture.with(dof, side, deg.to_radians());
        }
    }
    posture
}

/// Standing at ease.
#[must_use]
pub fn standing() -> Posture {
    let mut posture = Posture::default();
    for side in Side::BOTH {
        for (dof, deg) in [
            (Dof::ShoulderAbduction, 9.0_f64),
            (Dof::ElbowFlexion, 12.0),
            (Dof::ForearmPronation, 80.0),
            (Dof::HipAbduction, 4.0),
            (Dof::KneeFlexion, 3.0),
        ] {
            posture = posture.with(dof, side, deg.to_radians());
        }
    }
    posture
}

/// The body in a posture with its lowest point on the floor and the middle of its ankles at a place.
#[must_use]
pub fn grounded(body: &Segments, posture: &Posture, place: Vec3) -> Points {
    let points = Figure::floating(body, posture, Vec3::ZERO).joints();
    let floor = points.iter().map(|point| point.y).fold(f64::INFINITY, f64::min);
    let feet = middle(&points, Joint::LeftAnkle, Joint::RightAnkle);
    let shift = vec3(place.x - feet.x, -floor + 0.02, place.z - feet.z);
    points.map(|point| point + shift)
}

/// On the way to the floor: kneeling upright.
#[must_use]
pub fn kneeling() -> Posture {
    bent(&[
        (Dof::KneeFlexion, 95.0),
        (Dof::HipFlexion, 8.0),
        (Dof::AnkleDorsiflexion, -45.0),
        (Dof::PelvisPitch, 5.0),
    ])
}

/// On one knee, the left foot in front.
#[must_use]
pub fn half_kneeling() -> Posture {
    bent(&[(Dof::PelvisPitch, 8.0)])
        .with(Dof::HipFlexion, Side::Left, 95.0_f64.to_radians())
        .with(Dof::KneeFlexion, Side::Left, 90.0_f64.to_radians())
        .with(Dof::KneeFlexion, Side::Right, 95.0_f64.to_radians())
}

/// On hands and knees.
#[must_use]
pub fn all_fours() -> Posture {
    bent(&[
        (Dof::PelvisPitch, 78.0),
        (Dof::HipFlexion, 80.0),
        (Dof::KneeFlexion, 92.0),
        (Dof::ShoulderFlexion, 80.0),
        (Dof::ElbowFlexion, 6.0),
        (Dof::AnkleDorsiflexion, -60.0),
    ])
}

/// Sitting on the floor with bent knees, hands behind.
#[must_use]
pub fn sitting_down() -> Posture {
    bent(&[
        (Dof::PelvisPitch, -12.0),
        (Dof::HipFlexion, 100.0),
        (Dof::KneeFlexion, 105.0),
        (Dof::ShoulderFlexion, -25.0),
        (Dof::ElbowFlexion, 15.0),
    ])
}

fn squatting_down() -> Posture {
    bent(&[
        (Dof::PelvisPitch, 40.0),
        (Dof::HipFlexion, 115.0),
        (Dof::KneeFlexion, 95.0),
        (Dof::ShoulderFlexion, 60.0),
    ])
}

fn hinging_down() -> Posture {
    bent(&[
        (Dof::PelvisPitch, 62.0),
        (Dof::LumbarFlexion, 20.0),
        (Dof::HipFlexion, 88.0),
        (Dof::KneeFlexion, 45.0),
        (Dof::ShoulderFlexion, 75.0),
    ])
}

fn reaching_to_rack() -> Posture {
    bent(&[
        (Dof::ShoulderFlexion, 75.0),
        (Dof::ElbowFlexion, 60.0),
        (Dof::ShoulderAbduction, 20.0),
        (Dof::KneeFlexion, 15.0),
        (Dof::HipFlexion, 15.0),
    ])
}

fn under_the_bar() -> Posture {
    bent(&[
        (Dof::ShoulderFlexion, -10.0),
        (Dof::ShoulderAbduction, 45.0),
        (Dof::ElbowFlexion, 110.0),
        (Dof::KneeFlexion, 22.0),
        (Dof::HipFlexion, 22.0),
        (Dof::PelvisPitch, 8.0),
    ])
}

fn drinking(side: Side) -> Posture {
    standing()
        .with(Dof::ElbowFlexion, side, 125.0_f64.to_radians())
        .with(Dof::ShoulderFlexion, side, 52.0_f64.to_radians())
        .with(Dof::ShoulderAbduction, side, 25.0_f64.to_radians())
        .with(Dof::NeckFlexion, side, (-15.0_f64).to_radians())
}

/// Key postures of a scripted kind, with everybody's own timing; empty for the free ones.
fn scripted(kind: Idle, secs: f64, rng: &mut Rng) -> Vec<Key> {
    let rest = standing();
    // Pairs of (posture, seconds to get there, seconds to stay).
    let mut keys = vec![Key { secs: 0.0, posture: rest }];
    let mut now = 0.0;
    while now < secs {
        let side = if rng.chance(0.5) { Side::Left } else { Side::Right };
        let steps: Vec<(Posture, f64, f64)> = match kind {
            Idle::Stand | Idle::Walk | Idle::Talk => return Vec::new(),
            Idle::PickUp => {
                let low = if rng.chance(0.5) { squatting_down() } else { hinging_down() };
                vec![(low, 1.1, 0.7), (rest, 1.2, 3.0), (low, 1.3, 0.5), (rest, 1.1, 4.0)]
            }
            Idle::Rack => vec![
                (reaching_to_rack(), 1.0, 0.8),
                (under_the_bar(), 1.0, 1.0),
                (rest.toward(&under_the_bar(), 0.7), 0.8, 3.0),
                (under_the_bar(), 0.8, 0.6),
                (rest, 1.1, 4.0),
            ],
            Idle::Kneel => {
                let mut steps = vec![(half_kneeling(), 1.2, 0.5), (kneeling(), 0.8, 1.5)];
                if rng.chance(0.5) {
                    steps.push((all_fours(), 1.0, 1.5));
                    steps.push((kneeling(), 1.0, 0.5));
                }
                steps.extend([(half_kneeling(), 0.8, 0.4), (rest, 1.1, 4.0)]);
                steps
            }
            Idle::Drink => vec![
                (drinking(side), 0.9, 2.0),
                (rest.toward(&drinking(side), 0.5), 0.6, 1.0),
                (rest, 0.7, 4.0),
            ],
        };
        for (posture, to_secs, stay_secs) in steps {
            now += to_secs * rng.between(0.8, 1.4);
            let posture = rest.toward(&posture, rng.between(0.88, 1.08));
            keys.push(Key { secs: now, posture });
            now += stay_secs * rng.between(0.5, 1.6);
            keys.push(Key { secs: now, posture });
        }
    }
    keys
}

fn between(keys: &[Key], secs: f64) -> Posture {
    let after = keys.partition_point(|key| key.secs <= secs);
    match (keys.get(after.wrapping_sub(1)), keys.get(after)) {
        (Some(a), Some(b)) => {
            let share = if b.secs > a.secs { (secs - a.secs) / (b.secs - a.secs) } else { 1.0 };
            a.posture.toward(&b.posture, smooth(share.clamp(0.0, 1.0)))
        }
        (Some(only), None) | (None, Some(only)) => only.posture,
        (None, None) => standing(),
    }
}
