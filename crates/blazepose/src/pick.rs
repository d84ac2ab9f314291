//! Which of several people to follow: the large one in the middle, and above all the one who was there before.

use crate::math;

/// After this long without the person, where they were no longer matters.
const MEMORY_SECS: f32 = 2.0;
/// For this long after losing the person, nobody else is taken for them.
const PATIENCE_SECS: f32 = 0.5;

/// A body in a frame, as the circle around it in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Body {
    pub(crate) center: [f32; 2],
    pub(crate) radius: f32,
}

impl Body {
    /// Whether this could be the same person as `earlier`, `slack` frames' worth of movement later.
    pub(crate) fn near(&self, earlier: &Self, reach_radii: f32) -> bool {
        let ratio = self.radius / earlier.radius;
        math::distance(self.center, earlier.center) < reach_radii * earlier.radius
            && (0.5..2.0).contains(&ratio)
    }
}

/// The index of the body to follow in a frame of the given sides. `last` is the person followed before and how many
/// seconds ago that was.
pub(crate) fn pick(
    bodies: &[(Body, f32)],
    last: Option<(Body, f32)>,
    [width, height]: [f32; 2],
) -> Option<usize> {
    let preference = |(body, score): &(Body, f32)| {
        let off_center =
            math::distance(body.center, [width / 2.0, height / 2.0]) / width.min(height);
        let general = score * body.radius / (1.0 + off_center * off_center);
        let Some((earlier, seconds)) = last else { return general };
        let distance_radii = math::distance(body.center, earlier.center) / (2.0 * earlier.radius);
        let size = (body.radius / earlier.radius).min(earlier.radius / body.radius);
        let same = size / (1.0 + distance_radii * distance_radii);
        let memory = (1.0 - seconds / MEMORY_SECS).clamp(0.0, 1.0);
        general * (1.0 - memory) + earlier.radius * same * memory
    };
    let allowed = |body: &Body| match last {
        Some((earlier, seconds)) if seconds < PATIENCE_SECS => body.near(&earlier, 3.0),
        Some(_) | None => true,
    };
    let candidates = bodies.iter().enumerate().filter(|(_, (body, _))| allowed(body));
    candidates
        .max_by(|(_, a), (_, b)| preference(a).total_cmp(&preference(b)))
        .map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::{Body, pick};

    const FRAME: [f32; 2] = [640.0, 360.0];

    fn body(x: f32, radius: f32) -> (Body, f32) {
        (Body { center: [x, 180.0], radius }, 0.9)
    }

    fn check(bodies: &[(Body, f32)], last: Option<(Body, f32)>, expected: Option<usize>) {
        assert_eq!(pick(bodies, last, FRAME), expected, "{bodies:?} after {last:?}");
    }

    #[test]
    fn the_large_and_central_person_is_taken() {
        check(&[], None, None);
        check(&[body(320.0, 60.0), body(320.0, 150.0)], None, Some(1));
        check(&[body(30.0, 100.0), body(320.0, 95.0)], None, Some(1));
    }

    #[test]
    fn the_one_who_was_there_before_is_taken() {
        let last = Some((body(120.0, 90.0).0, 0.1));
        check(&[body(130.0, 92.0), body(330.0, 110.0)], last, Some(0));
        check(&[body(330.0, 110.0)], Some((body(20.0, 90.0).0, 0.1)), None);
        check(&[body(330.0, 110.0)], Some((body(20.0, 90.0).0, 0.6)), Some(0));
    }

    #[test]
    fn a_person_lost_long_ago_is_forgotten() {
        let last = Some((body(120.0, 90.0).0, 5.0));
        check(&[body(130.0, 60.0), body(330.0, 140.0)], last, Some(1));
    }
}
