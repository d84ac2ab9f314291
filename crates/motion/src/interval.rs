//! How sure a measured angle is: its 90 % interval from view, visibility and frame rate.
//!
//! Published error of MediaPipe's squat knee angle against motion capture: −2.3 ± 6.4° from the side, −13.9 ± 15.1°
//! from 45–90° off it. Turning the pose into the movement's plane ([`crate::plane`]) takes most of the second away, where
//! the network gives depth. Distances in percent of the torso behave alike, so one model serves both. The standard
//! deviations are set so that the synthetic lab's 90 % intervals hold 87–93 %.

use crate::plane;
use crate::signal::Signal;
use crate::spec::{Plane, ViewPreference};
use crate::view::View;

/// Standard deviation of a well seen angle in the plane of the picture, degrees.
const IN_PLANE_SD_DEG: f64 = 3.7;
/// Standard deviation added when the plane of movement points at the camera and only the metric landmarks' depth shows
/// it, degrees.
const DEPTH_SD_DEG: f64 = 9.5;
/// The same without metric landmarks, when only the picture's foreshortened angle is known.
const OUT_OF_PLANE_SD_DEG: f64 = 15.0;
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
    let out_of_plane = off * if view.left().is_some() { DEPTH_SD_DEG } else { OUT_OF_PLANE_SD_DEG };
    let hidden = UNSEEN_SD_DEG * unseen;
    // Half a frame of motion blurs when the value was what it was.
    let blur = 0.25 * (speed_per_sec * frame_secs).abs().min(40.0);
    Z90 * (IN_PLANE_SD_DEG * IN_PLANE_SD_DEG
        + out_of_plane * out_of_plane
        + hidden * hidden
        + blur * blur)
        .sqrt()
}

/// The plane that decides how well a signal is seen: its own for an angle, the movement's for a distance.
#[must_use]
pub fn plane_of(signal: Signal, preference: ViewPreference, movement: Plane) -> Plane {
    if signal.is_angle() && !signal.needs_world() {
        plane::judged_in(preference, movement)
    } else {
        movement
    }
}
