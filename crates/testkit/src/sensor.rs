//! A network's imperfection: where it puts the joints it sees, the ones it guesses, and how sure it says it is.
//!
//! The levels come from MediaPipe's streams of the shared clips (`docs` of this crate's README tell how they were
//! measured): frame-to-frame residual 0.04–0.2 % of the torso on seen joints and 0.2–0.35 % on hidden ones; limb lengths
//! that must not change vary by 1.6–3 % (seen legs), 2–4 % (hidden legs) and 4–8 % (hidden arms) of the torso and
//! forget in about 0.4 s; metric thigh and shank lengths vary by 0.5–2.5 cm seen and 1.5–4 cm hidden; visibility is
//! 0.94–0.99 seen and 0.02–0.36 (arms), 0.24–0.65 (knees), 0.45–0.82 (ankles) hidden.

use body::space::{Vec3, vec3};
use motion::pose::{Joint, Keypoint, Limb, N_JOINTS, Pose, WorldPoint};
use units::{MediaTime, Side};

use crate::lens::{Lens, Points, cover, middle};
use crate::rng::Rng;

/// How imperfect the network is; 1 is what was measured, 0 is perfect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Same seed, same noise.
    pub seed: u64,
    /// Multiplies every error; visibility does not depend on it.
    pub level: f64,
    /// Share of frames in which nobody is found, in bursts; single joints are lost twice as often.
    pub drop_out: f64,
    /// How often left and right are mixed up for a few frames, per minute.
    pub swaps_per_min: f64,
}

/// Standard deviations, percent of the torso: placement that stays, error that drifts, error per frame.
const PLACEMENT: f64 = 0.8;
const DRIFT_SEEN: f64 = 1.3;
const DRIFT_HIDDEN_ARM: f64 = 4.5;
const DRIFT_HIDDEN_LEG: f64 = 2.8;
const DRIFT_OUTSIDE: f64 = 6.0;
const WHITE_SEEN: f64 = 0.15;
const WHITE_HIDDEN: f64 = 0.4;
/// The drift forgets in this time, seconds.
const MEMORY_SECS: f64 = 0.4;
/// Metric error towards and away from the camera, metres.
const DEPTH_SEEN_M: f64 = 0.020;
const DEPTH_HIDDEN_M: f64 = 0.045;
/// Metric error across that the picture does not share, metres.
const ACROSS_M: f64 = 0.006;
/// Mean length of a burst without anybody, seconds.
const BURST_SECS: f64 = 0.15;

/// The state of the network's errors.
#[derive(Debug, Clone)]
pub struct Sensor {
    noise: Noise,
    rng: Rng,
    placement: [[f64; 5]; N_JOINTS],
    drift: [[f64; 5]; N_JOINTS],
    visibility_drift: [f64; N_JOINTS],
    gone: bool,
    lost: [bool; N_JOINTS],
    swapped: Option<(u32, Swap)>,
    last: Option<MediaTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Swap {
    Legs,
    Arms,
    All,
}

impl Sensor {
    /// A network that has seen nothing.
    #[must_use]
    pub fn new(noise: Noise) -> Self {
        let mut rng = Rng::stream(noise.seed, 2);
        let mut drawn = || core::array::from_fn(|_| core::array::from_fn(|_| rng.normal()));
        let (placement, drift) = (drawn(), drawn());
        Self {
            noise,
            placement,
            drift,
            visibility_drift: [0.0; N_JOINTS],
            gone: false,
            lost: [false; N_JOINTS],
            swapped: None,
            last: None,
            rng,
        }
    }

    /// What the network makes of a body. The number of draws per frame does not depend on what is seen.
    pub fn see(&mut self, body: &Points, lens: &Lens, trunk_m: f64, time: MediaTime) -> Pose {
        let dt_secs = self.last.map_or(1.0, |last| time.secs_since(last).max(0.0));
        self.last = Some(time);
        self.advance(dt_secs);
        if self.gone {
            return Pose::nobody(time);
        }
        let seen: Points = body.map(|point| lens.seen(point));
        let mut cover = cover(&seen);
        doubt_far_limbs(&seen, &mut cover);
        let hips = middle(&seen, Joint::LeftHip, Joint::RightHip);
        let mut pose = Pose::nobody(time);
        let mut world = [WorldPoint::default(); N_JOINTS];
        for joint in Joint::ALL {
            let index = joint as usize;
            let white: [f64; 5] = core::array::from_fn(|_| self.rng.normal());
            let wobble = self.rng.normal();
            let Some((x, y, px_per_m)) = lens.pixel(seen[index]) else { continue };
            let outside = (lens.outside(x, y) / 0.05).clamp(0.0, 1.0);
            let hidden = cover[index];
            let error = self.error(joint, hidden, outside, &white);
            let torso_px = px_per_m * trunk_m;
            let (dx, dy) = (0.01 * error.0 * torso_px, 0.01 * error.1 * torso_px);
            let clear = seen_at(joint, hidden) * (1.0 - outside) + 0.04 * outside;
            self.visibility_drift[index] += 0.2 * (wobble - self.visibility_drift[index]);
            let spread = 0.25 * clear * (1.0 - clear) * self.visibility_drift[index];
            let confidence =
                if self.lost[index] { 0.08 } else { (clear + spread).clamp(0.01, 1.0) };
            pose.keypoints[index] = Keypoint { x: x + dx, y: y + dy, confidence };
            let relative = seen[index] - hips;
            // The metric landmarks come from the same look: most of the error across is shared.
            let shared = vec3(0.01 * error.0 * trunk_m, 0.01 * error.1 * trunk_m, 0.0) * 0.6;
            let at = relative + shared + error.2;
            world[index] = WorldPoint { x: at.x, y: at.y, z: at.z };
        }
        pose.world = Some(world);
        if let Some((_, swap)) = self.swapped {
            swap_sides(&mut pose, swap);
        }
        pose
    }

    /// Errors of one joint: x and y in percent of the torso, and the metric error of its own in metres.
    fn error(&self, joint: Joint, hidden: f64, outside: f64, white: &[f64; 5]) -> (f64, f64, Vec3) {
        let index = joint as usize;
        let level = self.noise.level;
        let of_hidden = if is_arm(joint) { DRIFT_HIDDEN_ARM } else { DRIFT_HIDDEN_LEG };
        let drift_sd = DRIFT_SEEN + (of_hidden - DRIFT_SEEN) * hidden + DRIFT_OUTSIDE * outside;
        let white_sd = WHITE_SEEN + (WHITE_HIDDEN - WHITE_SEEN) * hidden;
        let part = |k: usize| {
            level
                * (PLACEMENT * self.placement[index][k]
                    + drift_sd * self.drift[index][k]
                    + white_sd * white[k])
        };
        let is_hip = matches!(joint, Joint::LeftHip | Joint::RightHip);
        let depth_sd =
            if is_hip { 0.003 } else { DEPTH_SEEN_M + (DEPTH_HIDDEN_M - DEPTH_SEEN_M) * hidden };
        let own = |k: usize, sd: f64| {
            level * sd * (0.4 * self.placement[index][k] + self.drift[index][k] + 0.1 * white[k])
        };
        (part(0), part(1), vec3(own(2, ACROSS_M), own(3, ACROSS_M), own(4, depth_sd)))
    }

    fn advance(&mut self, dt_secs: f64) {
        let keep = libm::exp(-dt_secs / MEMORY_SECS);
        let fresh = (1.0 - keep * keep).max(0.0).sqrt();
        for joint in &mut self.drift {
            for drift in joint {
                *drift = keep * *drift + fresh * self.rng.normal();
            }
        }
        // Two-state chains: leave a burst with its rate, enter with the rate that gives the wanted share.
        let leave = (dt_secs / BURST_SECS).min(1.0);
        let enter = |share: f64| leave * share / (1.0 - share).max(0.1);
        let (share, draw) = (self.noise.drop_out, self.rng.unit());
        self.gone = if self.gone { draw >= leave } else { draw < enter(share) };
        for lost in &mut self.lost {
            let draw = self.rng.unit();
            *lost = if *lost { draw >= leave } else { draw < enter(2.0 * share) };
        }
        let (draw, kind, n) = (self.rng.unit(), self.rng.below(3), 1 + self.rng.below(4));
        self.swapped = match self.swapped {
            Some((left, swap)) if left > 1 => Some((left - 1, swap)),
            Some(_) => None,
            None if draw < self.noise.swaps_per_min * dt_secs.min(0.2) / 60.0 => {
                let swap = [Swap::Legs, Swap::Arms, Swap::All][kind];
                Some((u32::try_from(n).unwrap_or(1), swap))
            }
            None => None,
        };
    }
}

/// Seen from the side, the network takes the far limbs for hidden even where a bit of them shows: on the clips their
/// visibility falls from about 30° of yaw on and is low from 50° on.
fn doubt_far_limbs(seen: &Points, cover: &mut [f64; N_JOINTS]) {
    let across =
        |limb: Limb| seen[limb.on(Side::Left) as usize] - seen[limb.on(Side::Right) as usize];
    let left = (across(Limb::Shoulder).unit() + across(Limb::Hip).unit()).unit();
    let far = if left.z > 0.0 { Side::Left } else { Side::Right };
    let doubt = ((left.z.abs() - 0.35) / 0.5).clamp(0.0, 1.0);
    for limb in [Limb::Elbow, Limb::Wrist, Limb::Knee, Limb::Ankle, Limb::Heel, Limb::Toe] {
        let slot = &mut cover[limb.on(far) as usize];
        *slot = slot.max(0.9 * doubt);
    }
}

fn is_arm(joint: Joint) -> bool {
    matches!(joint, Joint::LeftElbow | Joint::RightElbow | Joint::LeftWrist | Joint::RightWrist)
}

/// The visibility the network tells for a joint covered so much.
fn seen_at(joint: Joint, hidden: f64) -> f64 {
    let covered = match joint {
        Joint::LeftElbow | Joint::RightElbow | Joint::LeftWrist | Joint::RightWrist => 0.2,
        Joint::LeftKnee | Joint::RightKnee => 0.45,
        Joint::LeftAnkle | Joint::RightAnkle => 0.62,
        Joint::LeftHeel | Joint::RightHeel | Joint::LeftToe | Joint::RightToe => 0.68,
        // Trunk and head are told as seen even when something is in front of them.
        Joint::Nose
        | Joint::LeftEar
        | Joint::RightEar
        | Joint::LeftShoulder
        | Joint::RightShoulder
        | Joint::LeftHip
        | Joint::RightHip => 0.96,
    };
    0.985 + (covered - 0.985) * hidden
}

fn swap_sides(pose: &mut Pose, swap: Swap) {
    let pairs: &[(Joint, Joint)] = &[
        (Joint::LeftShoulder, Joint::RightShoulder),
        (Joint::LeftElbow, Joint::RightElbow),
        (Joint::LeftWrist, Joint::RightWrist),
        (Joint::LeftHip, Joint::RightHip),
        (Joint::LeftKnee, Joint::RightKnee),
        (Joint::LeftAnkle, Joint::RightAnkle),
        (Joint::LeftHeel, Joint::RightHeel),
        (Joint::LeftToe, Joint::RightToe),
    ];
    let chosen = match swap {
        Swap::Legs => &pairs[4..],
        Swap::Arms => &pairs[1..3],
        Swap::All => pairs,
    };
    for &(left, right) in chosen {
        pose.keypoints.swap(left as usize, right as usize);
        if let Some(world) = &mut pose.world {
            world.swap(left as usize, right as usize);
        }
    }
}
