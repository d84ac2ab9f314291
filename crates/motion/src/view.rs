//! How the camera sees the person: the trunk's yaw, the torso's size in pixels and what is out of view.
//!
//! Yaw is the direction of the line through shoulders and hips about the vertical: 0 facing the camera, ±90 side-on,
//! ±180 from behind. It holds for a lying body as well, because that line is level in a push-up too.

use units::{MediaTime, Side};

use crate::math;
use crate::plane;
use crate::pose::{Limb, Pose};
use crate::signal::{distance, midpoint};

/// A median adult's shoulder-to-hip distance as a fraction of stature (Drillis and Contini 1966: 0.818 − 0.530).
pub const TORSO_PER_STATURE: f64 = 0.288;

/// Smoothing of the view, seconds: a person turns slowly compared with a repetition's noise.
const TIME_CONSTANT_SECS: f64 = 1.0;

/// Smoothing of the scale for places in the picture, seconds: they must not move because the scale does.
const STEADY_SECS: f64 = 15.0;

/// The camera's view of one person, smoothed over about a second.
#[derive(Debug, Clone, Copy, Default)]
pub struct View {
    sin_yaw: f64,
    cos_yaw: f64,
    /// Towards the athlete's left: x right, y down, z away from the camera; zero without metric landmarks.
    left: [f64; 3],
    px_per_m: f64,
    torso_px: f64,
    steady_torso_px: f64,
    origin: (f64, f64),
    seen_secs: f64,
    sure: f64,
    seen_at: Option<MediaTime>,
    limbs: [f64; Limb::ALL.len()],
}

impl View {
    /// Takes in one pose. Poses without shoulders and hips change nothing.
    pub fn see(&mut self, pose: &Pose) {
        let Some(now) = Glimpse::of(pose) else { return };
        let dt_secs = self.seen_at.map(|before| pose.time.secs_since(before).clamp(0.0, 10.0));
        let weight = dt_secs.map_or(1.0, |dt_secs| 1.0 - math::exp(-dt_secs / TIME_CONSTANT_SECS));
        if self.seen_at.is_none() {
            let hips = midpoint(pose, Limb::Hip);
            self.origin = (hips.x, hips.y);
        }
        self.seen_secs += dt_secs.unwrap_or(0.0);
        // A plain mean at first, then one that forgets slowly.
        let steady = dt_secs.map_or(1.0, |dt_secs| {
            (dt_secs / self.seen_secs.clamp(dt_secs.max(1e-9), STEADY_SECS)).min(1.0)
        });
        self.steady_torso_px += steady * (now.torso_px - self.steady_torso_px);
        self.seen_at = Some(pose.time);
        self.sin_yaw += weight * (now.sin_yaw - self.sin_yaw);
        self.cos_yaw += weight * (now.cos_yaw - self.cos_yaw);
        self.torso_px += weight * (now.torso_px - self.torso_px);
        if let Some(depth) = now.depth {
            // The first look at depth stands for itself.
            let weight = if self.px_per_m > 0.0 { weight } else { 1.0 };
            self.px_per_m += weight * (depth.px_per_m - self.px_per_m);
            for (part, now) in self.left.iter_mut().zip(depth.left) {
                *part += weight * (now - *part);
            }
        }
        self.sure += weight * (now.confidence - self.sure);
        for (index, limb) in Limb::ALL.into_iter().enumerate() {
            let better = Side::BOTH
                .map(|side| pose.at(limb.on(side)).confidence)
                .into_iter()
                .fold(0.0, f64::max);
            self.limbs[index] += weight.min(0.02) * (better - self.limbs[index]);
            if weight >= 1.0 {
                self.limbs[index] = better;
            }
        }
    }

    /// How well a limb's better side has been seen over the last seconds, 0..=1.
    #[must_use]
    pub fn limb_confidence(&self, limb: Limb) -> f64 {
        self.limbs[limb as usize]
    }

    /// Yaw of the trunk, degrees −180..=180; positive when the athlete's left side is away from the camera.
    #[must_use]
    pub fn yaw_deg(&self) -> f64 {
        if self.seen_at.is_none() {
            0.0
        } else {
            math::atan2(self.sin_yaw, self.cos_yaw).to_degrees()
        }
    }

    /// Half-width of the yaw's 90 % interval, degrees: the network's own error plus how much the trunk turned.
    #[must_use]
    pub fn yaw_margin_deg(&self) -> f64 {
        let steadiness = (self.sin_yaw * self.sin_yaw + self.cos_yaw * self.cos_yaw).sqrt();
        (12.0 + 40.0 * (1.0 - steadiness) + 20.0 * (1.0 - self.sure)).clamp(12.0, 90.0)
    }

    /// 0 facing the camera or from behind, 1 side-on.
    #[must_use]
    pub fn side_on(&self) -> f64 {
        let squared = self.sin_yaw * self.sin_yaw + self.cos_yaw * self.cos_yaw;
        if squared <= 1e-9 { 0.5 } else { (self.sin_yaw * self.sin_yaw / squared).sqrt() }
    }

    /// Towards the athlete's left, of length 1: x to the camera's right, y down, z away from it. None without metric
    /// landmarks.
    #[must_use]
    pub fn left(&self) -> Option<[f64; 3]> {
        plane::unit(self.left)
    }

    /// Pixels per meter where the person stands; 0 without metric landmarks.
    #[must_use]
    pub fn px_per_m(&self) -> f64 {
        self.px_per_m
    }

    /// The torso's true length in pixels, foreshortening undone; 0 before the first pose.
    #[must_use]
    pub fn torso_px(&self) -> f64 {
        self.torso_px
    }

    /// Where the hips were first seen, pixels: places in the picture are measured from here, so that a changing scale
    /// hardly moves them.
    #[must_use]
    pub fn origin(&self) -> (f64, f64) {
        self.origin
    }

    /// As [`View::torso_px`], averaged over the last quarter of a minute.
    #[must_use]
    pub fn steady_torso_px(&self) -> f64 {
        self.steady_torso_px
    }
}

/// What one pose alone says about the view.
struct Glimpse {
    sin_yaw: f64,
    cos_yaw: f64,
    torso_px: f64,
    confidence: f64,
    depth: Option<Depth>,
}

/// What only metric landmarks tell.
struct Depth {
    left: [f64; 3],
    px_per_m: f64,
}

impl Glimpse {
    fn of(pose: &Pose) -> Option<Self> {
        let (shoulder, hip) = (midpoint(pose, Limb::Shoulder), midpoint(pose, Limb::Hip));
        let confidence = shoulder.confidence.min(hip.confidence);
        if confidence < 0.3 {
            return None;
        }
        let torso_in_image_px = distance(shoulder, hip);
        Self::from_world(pose, confidence)
            .or_else(|| Self::from_image(pose, torso_in_image_px, confidence))
    }

    fn from_world(pose: &Pose, confidence: f64) -> Option<Self> {
        let world = pose.world.as_ref()?;
        let across = |limb: Limb| {
            let (left, right) =
                (world[limb.on(Side::Left) as usize], world[limb.on(Side::Right) as usize]);
            [left.x - right.x, left.y - right.y, left.z - right.z]
        };
        let (shoulders, hips) = (across(Limb::Shoulder), across(Limb::Hip));
        let (x, z) = (shoulders[0] + hips[0], shoulders[2] + hips[2]);
        // As long as each other: hips turn as surely as shoulders, though they are narrower.
        let left = plane::unit(shoulders).zip(plane::unit(hips));
        let left = left.map(|(a, b)| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        let length = (x * x + z * z).sqrt();
        // Pixels per metre: image lengths over the same segments' lengths across the picture.
        let (mut pixels, mut metres, mut torso_m) = (0.0, 0.0, 0.0);
        for side in Side::BOTH {
            for (a, b) in [
                (Limb::Shoulder, Limb::Hip),
                (Limb::Hip, Limb::Knee),
                (Limb::Shoulder, Limb::Elbow),
                (Limb::Knee, Limb::Ankle),
                (Limb::Elbow, Limb::Wrist),
            ] {
                let (p, q) = (pose.at(a.on(side)), pose.at(b.on(side)));
                let (u, v) = (world[a.on(side) as usize], world[b.on(side) as usize]);
                let (dx, dy, dz) = (u.x - v.x, u.y - v.y, u.z - v.z);
                if p.confidence.min(q.confidence) >= 0.5 {
                    pixels += distance(p, q);
                    metres += (dx * dx + dy * dy).sqrt();
                }
                if a == Limb::Shoulder && b == Limb::Hip {
                    torso_m += 0.5 * (dx * dx + dy * dy + dz * dz).sqrt();
                }
            }
        }
        (length > 1e-6 && metres > 1e-3 && torso_m > 1e-3).then(|| Self {
            sin_yaw: z / length,
            cos_yaw: x / length,
            torso_px: torso_m * pixels / metres,
            confidence,
            depth: left.map(|left| Depth { left, px_per_m: pixels / metres }),
        })
    }

    /// Without metric landmarks: the shoulders' apparent width against the torso's length. Cannot tell left from right
    /// side-on, and a lying body seen head-on looks small.
    fn from_image(pose: &Pose, torso_px: f64, confidence: f64) -> Option<Self> {
        let (left, right) =
            (pose.at(Limb::Shoulder.on(Side::Left)), pose.at(Limb::Shoulder.on(Side::Right)));
        let shoulders_px = distance(left, right);
        // Biacromial breadth is 0.259 and torso length 0.288 of stature (Drillis and Contini 1966); networks put the
        // shoulder joints a little further in.
        let torso_px = torso_px.max(shoulders_px * 1.2);
        if torso_px <= 1e-6 {
            return None;
        }
        let width = (shoulders_px / (0.75 * torso_px)).min(1.0);
        let facing = if left.x >= right.x { 1.0 } else { -1.0 };
        Some(Self {
            sin_yaw: (1.0 - width * width).sqrt(),
            cos_yaw: facing * width,
            torso_px,
            confidence,
            depth: None,
        })
    }
}
