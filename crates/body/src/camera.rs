//! A pinhole camera that looks at the place where the athlete trains.
//!
//! Pictures are in pixels, x right and y DOWN. Metric landmarks follow MediaPipe: origin between the hips, x to the
//! camera's right, y down, z away from the camera.

use units::ImageSize;

use crate::figure::Figure;
use crate::math;
use crate::space::{Vec3, vec3};

/// Where the camera stands and what it sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Around the athlete: 0 in front, 90 at the athlete's left side, 180 behind, −90 at the right side.
    pub yaw_deg: f64,
    /// Looking down is positive.
    pub pitch_deg: f64,
    /// Turned about its own line of sight; clockwise as seen from behind the camera is positive.
    pub roll_deg: f64,
    /// Lens above the floor.
    pub height_m: f64,
    /// Lens to the vertical axis through the athlete's place.
    pub distance_m: f64,
    /// The whole height of the picture.
    pub vertical_fov_deg: f64,
    /// Size of the picture.
    pub image: ImageSize,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            yaw_deg: 90.0,
            pitch_deg: 0.0,
            roll_deg: 0.0,
            height_m: 0.9,
            distance_m: 3.2,
            vertical_fov_deg: 50.0,
            image: ImageSize { width: 1280, height: 720 },
        }
    }
}

/// A point in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projected {
    /// Pixels from the left edge; may lie outside.
    pub x: f64,
    /// Pixels from the top edge, growing downwards; may lie outside.
    pub y: f64,
    /// Metres from the lens along the line of sight; nothing at or behind the lens is projected.
    pub depth_m: f64,
}

/// The three directions of a camera, in world space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) right: Vec3,
    pub(crate) down: Vec3,
    pub(crate) away: Vec3,
}

impl View {
    pub(crate) fn new(yaw_deg: f64, pitch_deg: f64, roll_deg: f64) -> Self {
        let (yaw, pitch, roll) =
            (yaw_deg.to_radians(), pitch_deg.to_radians(), roll_deg.to_radians());
        let level = vec3(-math::sin(yaw), 0.0, -math::cos(yaw));
        // Facing the athlete from the front, the camera's right is the athlete's left.
        let right = vec3(math::cos(yaw), 0.0, -math::sin(yaw));
        let away = level * math::cos(pitch) - Vec3::UP * math::sin(pitch);
        let down = away.cross(right);
        let (s, c) = (math::sin(roll), math::cos(roll));
        Self { right: right * c + down * s, down: down * c - right * s, away }
    }

    /// Right, down and away of a direction or of a point relative to another.
    pub(crate) fn apply(&self, world: Vec3) -> Vec3 {
        vec3(world.dot(self.right), world.dot(self.down), world.dot(self.away))
    }
}

impl Camera {
    fn view(&self) -> View {
        View::new(self.yaw_deg, self.pitch_deg, self.roll_deg)
    }

    /// Where the lens is.
    #[must_use]
    pub fn position_m(&self) -> Vec3 {
        let yaw = self.yaw_deg.to_radians();
        vec3(self.distance_m * math::sin(yaw), self.height_m, self.distance_m * math::cos(yaw))
    }

    /// Pixels per metre at one metre from the lens.
    #[must_use]
    pub fn focal_px(&self) -> f64 {
        0.5 * f64::from(self.image.height) / math::tan(0.5 * self.vertical_fov_deg.to_radians())
    }

    /// One world point in the picture; `None` if it is at or behind the lens.
    #[must_use]
    pub fn project(&self, world: Vec3) -> Option<Projected> {
        let seen = self.view().apply(world - self.position_m());
        (seen.z > 1e-6).then(|| {
            let scale = self.focal_px() / seen.z;
            Projected {
                x: 0.5 * f64::from(self.image.width) + scale * seen.x,
                y: 0.5 * f64::from(self.image.height) + scale * seen.y,
                depth_m: seen.z,
            }
        })
    }

    /// MediaPipe's 33 landmarks in the picture.
    #[must_use]
    pub fn blazepose(&self, figure: &Figure) -> [Option<Projected>; 33] {
        figure.blazepose().map(|point| self.project(point))
    }

    /// COCO's 17 keypoints in the picture.
    #[must_use]
    pub fn coco(&self, figure: &Figure) -> [Option<Projected>; 17] {
        figure.coco().map(|point| self.project(point))
    }

    /// MediaPipe's 33 world landmarks in metres.
    #[must_use]
    pub fn blazepose_world(&self, figure: &Figure) -> [Vec3; 33] {
        let (view, points) = (self.view(), figure.blazepose());
        let mid_hip = points[23].toward(points[24], 0.5);
        points.map(|point| view.apply(point - mid_hip))
    }
}
