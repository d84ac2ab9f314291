//! How sure a measured angle is: its 90 % interval from view, visibility and frame rate.
//!
//! Published error of MediaPipe's squat knee angle against motion capture: −2.3 ± 6.4° from the side, −13.9 ± 15.1°
//! from 45–90° off it. Distances in percent of the torso behave alike, so one model serves both.

use crate::spec::Plane;
use crate::view::View;

/// Standard deviation of a well seen angle in the plane of the picture, degrees.
const IN_PLANE_SD_DEG: f64 = 3.5;
/// Standard deviation added when the plane of movement points at the camera, degrees.
const OUT_OF_PLANE_SD_DEG: f64 = 12.0;
/// Standard deviation added when the joints are hardly seen, degrees.
const UNSEEN_SD_DEG: f64 = 12.0;
/// Two-sided 90 % quantile of the normal distribution.
const Z90: f64 = 1.645;

/// The half-width of a measured value's 90 % interval, degrees or percent.
#[must_use]
pub fn margin(
    view: &View,
    plane: Plane,
    confidence: f64,
    frame_secs: f64,
    speed_per_sec: f64,
) -> f64 {
    let side_on = view.side_on();
    let off = match plane {
        Plane::Sagittal => 1.0 - side_on,
        Plane::Frontal => side_on,
    };
    let unseen = 1.0 - confidence.clamp(0.0, 1.0);
    let out_of_plane = OUT_OF_PLANE_SD_DEG * off;
    let hidden = UNSEEN_SD_DEG * unseen;
    // Half a frame of motion blurs when the value was what it was.
    let blur = 0.25 * (speed_per_sec * frame_secs).abs().min(40.0);
    Z90 * (IN_PLANE_SD_DEG * IN_PLANE_SD_DEG
        + out_of_plane * out_of_plane
        + hidden * hidden
        + blur * blur)
        .sqrt()
}
