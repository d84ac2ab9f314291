//! The rotated square of a frame that holds one person, upright and with a margin: what the landmark network looks at.

use core::f32::consts::{FRAC_PI_2, PI};

use crate::math;

/// How much larger than the body's circle the region is; the network was trained with this margin.
const MARGIN: f32 = 1.25;

/// A rotated square in pixels of one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Pixels from the left and the top edge.
    pub center: [f32; 2],
    /// Pixels along one side.
    pub side: f32,
    /// How far the square is turned; 0 is upright, growing clockwise on screen.
    pub rotation_rad: f32,
}

impl Region {
    /// The square around a body whose hips are at `center` and whose enclosing circle passes through `rim`, turned so
    /// that `rim` is straight up. Nothing when the two coincide or are not finite.
    #[must_use]
    pub fn around(center: [f32; 2], rim: [f32; 2]) -> Option<Self> {
        let radius = math::distance(center, rim);
        if !radius.is_finite() || radius < 0.5 {
            return None;
        }
        let turn = FRAC_PI_2 - math::atan2(center[1] - rim[1], rim[0] - center[0]);
        Some(Self { center, side: 2.0 * radius * MARGIN, rotation_rad: normalized_angle(turn) })
    }

    /// The radius of the body's circle, without the margin.
    #[must_use]
    pub fn body_radius(&self) -> f32 {
        self.side / (2.0 * MARGIN)
    }

    /// Where a point of the region, as fractions of its side, lies in the frame.
    #[must_use]
    pub fn frame_from_region(&self, point: [f32; 2]) -> [f32; 2] {
        let (sin, cos) = (math::sin(self.rotation_rad), math::cos(self.rotation_rad));
        let (x, y) = ((point[0] - 0.5) * self.side, (point[1] - 0.5) * self.side);
        [self.center[0] + cos * x - sin * y, self.center[1] + sin * x + cos * y]
    }

    /// Whether every number is finite and the square is not absurdly small or large.
    pub(crate) fn usable(&self) -> bool {
        let finite = self.center.iter().all(|value| value.is_finite() && value.abs() < 1e6);
        finite && self.rotation_rad.is_finite() && (1.0..1e6).contains(&self.side)
    }
}

/// The same angle within −π..π.
fn normalized_angle(angle_rad: f32) -> f32 {
    angle_rad - 2.0 * PI * ((angle_rad + PI) / (2.0 * PI)).floor()
}

#[cfg(test)]
mod tests {
    use super::Region;

    fn check(rim: [f32; 2], expected_deg: f32) {
        let region = Region::around([100.0, 100.0], rim).unwrap();
        assert!((region.side - 100.0).abs() < 1e-3, "{region:?}");
        assert!(
            (region.rotation_rad.to_degrees() - expected_deg).abs() < 1e-2,
            "{region:?} is not at {expected_deg}"
        );
        let top = region.frame_from_region([0.5, 0.1]);
        assert!(
            (top[0] - rim[0]).abs() < 1e-3 && (top[1] - rim[1]).abs() < 1e-3,
            "{rim:?} is not the top: {top:?}"
        );
    }

    #[test]
    fn the_rim_point_is_straight_up() {
        check([100.0, 60.0], 0.0);
        check([140.0, 100.0], 90.0);
        check([60.0, 100.0], -90.0);
        check([100.0 - 1e-3, 140.0], -180.0);
    }

    #[test]
    fn a_point_or_nonsense_is_no_region() {
        assert_eq!(Region::around([5.0, 5.0], [5.0, 5.0]), None);
        assert_eq!(Region::around([f32::NAN, 5.0], [5.0, 5.0]), None);
    }
}
