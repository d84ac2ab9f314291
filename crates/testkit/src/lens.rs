//! From points in the world to pixels, and which joints hide behind the body.
//!
//! Bodies here are 19 points in the order of [`motion::pose::Joint`].

use body::Camera;
use body::space::{Vec3, vec3};
use motion::pose::{Joint, N_JOINTS};

/// A body as the points of our skeleton, metres, in world space.
pub type Points = [Vec3; N_JOINTS];

/// The middle of two joints.
#[must_use]
pub fn middle(points: &Points, a: Joint, b: Joint) -> Vec3 {
    points[a as usize].toward(points[b as usize], 0.5)
}

/// A camera with its axes worked out.
#[derive(Debug, Clone, Copy)]
pub struct Lens {
    camera: Camera,
    place: Vec3,
    right: Vec3,
    down: Vec3,
    away: Vec3,
}

impl Lens {
    /// The lens of a camera.
    #[must_use]
    pub fn new(camera: Camera) -> Self {
        let (yaw, pitch) = (camera.yaw_deg.to_radians(), camera.pitch_deg.to_radians());
        let level = vec3(-libm::sin(yaw), 0.0, -libm::cos(yaw));
        let right = vec3(libm::cos(yaw), 0.0, -libm::sin(yaw));
        let away = level * libm::cos(pitch) - Vec3::UP * libm::sin(pitch);
        Self { place: camera.position_m(), right, down: away.cross(right), away, camera }
    }

    /// Right, down and away of a world point, metres from the lens.
    #[must_use]
    pub fn seen(&self, world: Vec3) -> Vec3 {
        let from_lens = world - self.place;
        vec3(from_lens.dot(self.right), from_lens.dot(self.down), from_lens.dot(self.away))
    }

    /// Pixels of a point in front of the lens, and pixels per metre there.
    #[must_use]
    pub fn pixel(&self, seen: Vec3) -> Option<(f64, f64, f64)> {
        (seen.z > 0.05).then(|| {
            let scale = self.camera.focal_px() / seen.z;
            let image = self.camera.image;
            (
                0.5 * f64::from(image.width) + scale * seen.x,
                0.5 * f64::from(image.height) + scale * seen.y,
                scale,
            )
        })
    }

    /// How far outside the picture a pixel lies, as a fraction of the picture's height; negative inside.
    #[must_use]
    pub fn outside(&self, x: f64, y: f64) -> f64 {
        let (width, height) =
            (f64::from(self.camera.image.width), f64::from(self.camera.image.height));
        (-x).max(x - width).max(-y).max(y - height) / height
    }
}

/// A round bone: two joints and the thickness of the flesh, metres.
const BONES: [(Joint, Joint, f64); 8] = [
    (Joint::LeftHip, Joint::LeftKnee, 0.075),
    (Joint::RightHip, Joint::RightKnee, 0.075),
    (Joint::LeftKnee, Joint::LeftAnkle, 0.05),
    (Joint::RightKnee, Joint::RightAnkle, 0.05),
    (Joint::LeftShoulder, Joint::LeftElbow, 0.045),
    (Joint::RightShoulder, Joint::RightElbow, 0.045),
    (Joint::LeftElbow, Joint::LeftWrist, 0.035),
    (Joint::RightElbow, Joint::RightWrist, 0.035),
];
const TRUNK_RADIUS_M: f64 = 0.125;
const HEAD_RADIUS_M: f64 = 0.09;

/// How much each joint is covered by the rest of the body, 0 (in plain sight) to 1. `seen` are camera coordinates.
#[must_use]
pub fn cover(seen: &Points) -> [f64; N_JOINTS] {
    let trunk = (
        middle(seen, Joint::LeftShoulder, Joint::RightShoulder),
        middle(seen, Joint::LeftHip, Joint::RightHip),
    );
    let head = middle(seen, Joint::LeftEar, Joint::RightEar);
    let mut cover = [0.0; N_JOINTS];
    for joint in Joint::ALL {
        let target = seen[joint as usize];
        let mut worst = 0.0_f64;
        for (a, b, radius) in BONES {
            // A foot's points belong to its shank.
            let own = a == joint || b == joint || shank_of(joint).is_some_and(|ankle| b == ankle);
            if !own {
                worst = worst.max(hides(seen[a as usize], seen[b as usize], radius, target));
            }
        }
        let on_trunk = matches!(
            joint,
            Joint::LeftShoulder | Joint::RightShoulder | Joint::LeftHip | Joint::RightHip
        );
        if !on_trunk {
            worst = worst.max(hides(trunk.0, trunk.1, TRUNK_RADIUS_M, target));
        }
        if !matches!(joint, Joint::Nose | Joint::LeftEar | Joint::RightEar) {
            worst = worst.max(hides(head, head, HEAD_RADIUS_M, target));
        }
        cover[joint as usize] = worst;
    }
    cover
}

fn shank_of(joint: Joint) -> Option<Joint> {
    match joint {
        Joint::LeftHeel | Joint::LeftToe | Joint::LeftAnkle => Some(Joint::LeftAnkle),
        Joint::RightHeel | Joint::RightToe | Joint::RightAnkle => Some(Joint::RightAnkle),
        _ => None,
    }
}

/// How much a round bone between the lens and a point covers it.
fn hides(a: Vec3, b: Vec3, radius: f64, target: Vec3) -> f64 {
    let sight = target.unit();
    let depth = target.norm();
    // The bone's point nearest to the line of sight, from three probes: bones are short compared with the distance.
    let mut least = f64::INFINITY;
    for k in 0..=6_u8 {
        let probe = a.toward(b, f64::from(k) / 6.0);
        let along = probe.dot(sight);
        if along < depth - 0.06 {
            least = least.min((probe - sight * along).norm());
        }
    }
    ((radius * 1.15 - least) / (0.5 * radius)).clamp(0.0, 1.0)
}
