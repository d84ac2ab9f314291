//! A pose turned until the plane of the movement lies in the picture, so that angles keep their size.
//!
//! From 30° off the side a limb that leaves the plane (an elbow that flares) changes a picture's angle by ten degrees and
//! more. Across and down come from the image, where networks are best; only what the turn brings in comes from the
//! metric landmarks' depth, so that a camera that stands right loses nothing. Left is any sign: a mirrored picture has
//! the same angles.

use crate::pose::{Joint, Pose};
use crate::spec::{Plane, ViewPreference};
use crate::view::View;

/// The plane in which something is judged: that from which it is seen best, or else the movement's own.
#[must_use]
pub fn judged_in(view: ViewPreference, movement: Plane) -> Plane {
    match view {
        ViewPreference::Any => movement,
        ViewPreference::Side => Plane::Sagittal,
        ViewPreference::Front => Plane::Frontal,
    }
}

/// The pose's joints as they lie in a plane of the body, in pixels; none without metric landmarks.
#[must_use]
pub fn flatten(pose: &Pose, view: &View, plane: Plane) -> Option<Pose> {
    let world = pose.world.as_ref()?;
    let px_per_m = view.px_per_m();
    let left = view.left()?;
    // Down in the picture less what of it points along the axis that is flattened away.
    let down = [0.0, 1.0, 0.0];
    let normal = match plane {
        Plane::Sagittal => left,
        Plane::Frontal => unit(cross(left, down))?,
    };
    let upright = dot(down, normal);
    let low = unit([
        down[0] - upright * normal[0],
        down[1] - upright * normal[1],
        down[2] - upright * normal[2],
    ])?;
    let along = cross(low, normal);
    let mut flat = *pose;
    for joint in Joint::ALL {
        let point = &mut flat.keypoints[joint as usize];
        let at = [point.x, point.y, px_per_m * world[joint as usize].z];
        (point.x, point.y) = (dot(at, along), dot(at, low));
    }
    Some(flat)
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// A vector of length 1; none for one that points nowhere.
#[must_use]
pub(crate) fn unit(v: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(v, v).sqrt();
    (length > 1e-6).then(|| v.map(|part| part / length))
}
