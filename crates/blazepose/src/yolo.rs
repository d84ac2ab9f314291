//! YOLO-pose networks: people with COCO's 17 keypoints straight from a letterboxed frame, and the one to follow.

use units::MediaTime;

use crate::{
    ImageView, Region,
    detection::overlap,
    letterbox,
    pick::{Body, pick},
    scene::Scene,
};

/// Pixels along a side of the network's input.
pub const YOLO_SIDE: u16 = 640;
/// How many candidates the network gives.
pub const N_YOLO_BOXES: usize = 8400;
/// How many numbers each candidate has: center, size, confidence and the keypoints.
pub const N_YOLO_VALUES: usize = 5 + 3 * N_YOLO_POINTS;
/// COCO's keypoints.
pub const N_YOLO_POINTS: usize = 17;

const MIN_CONFIDENCE: f32 = 0.4;
const SAME_PERSON_IOU: f32 = 0.6;

/// One person in pixels of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YoloPerson {
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// Probability of a person.
    pub confidence: f32,
    /// x, y and confidence for each of COCO's keypoints.
    pub points: [[f32; 3]; N_YOLO_POINTS],
}

impl YoloPerson {
    fn body(&self) -> Body {
        let [left, top, right, bottom] = self.bounds;
        let half_diagonal =
            ((right - left) * (right - left) + (bottom - top) * (bottom - top)).sqrt() / 2.0;
        Body {
            center: [f32::midpoint(left, right), f32::midpoint(top, bottom)],
            radius: half_diagonal.max(1.0),
        }
    }
}

/// The people in the network's output of [`N_YOLO_VALUES`] rows by `n` candidates, most certain first. `view` is the
/// region the network saw, usually [`crate::letterbox`] of the frame.
#[must_use]
pub fn read_yolo(output: &[f32], view: &Region) -> Vec<YoloPerson> {
    let n = output.len() / N_YOLO_VALUES;
    let value = |row: usize, candidate: usize| output[row * n + candidate];
    let in_frame = |x: f32, y: f32| {
        view.frame_from_region([x / f32::from(YOLO_SIDE), y / f32::from(YOLO_SIDE)])
    };
    let mut found: Vec<YoloPerson> = (0..n)
        .filter(|&candidate| value(4, candidate) >= MIN_CONFIDENCE)
        .map(|candidate| {
            let [x, y, width, height] = [0, 1, 2, 3].map(|row| value(row, candidate));
            let [left, top] = in_frame(x - width / 2.0, y - height / 2.0);
            let [right, bottom] = in_frame(x + width / 2.0, y + height / 2.0);
            let mut points = [[0.0; 3]; N_YOLO_POINTS];
            for (index, point) in points.iter_mut().enumerate() {
                let [x, y, confidence] = [5, 6, 7].map(|row| value(row + 3 * index, candidate));
                let [x_px, y_px] = in_frame(x, y);
                *point = [x_px, y_px, confidence.clamp(0.0, 1.0)];
            }
            YoloPerson {
                bounds: [left, top, right, bottom],
                confidence: value(4, candidate),
                points,
            }
        })
        .filter(|person| {
            person
                .bounds
                .iter()
                .chain(person.points.as_flattened())
                .all(|value| value.is_finite() && value.abs() < 1e6)
        })
        .collect();
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut people: Vec<YoloPerson> = Vec::new();
    for person in found {
        if people.iter().all(|kept| overlap(&kept.bounds, &person.bounds) <= SAME_PERSON_IOU) {
            people.push(person);
        }
    }
    people
}

/// Follows one person among those a YOLO network gives for each frame.
#[derive(Debug, Clone, Default)]
pub struct YoloFollower {
    scene: Scene,
    last: Option<(Body, MediaTime)>,
}

impl YoloFollower {
    /// The person to follow, given the network's output for this frame.
    #[must_use]
    pub fn seen(
        &mut self,
        time: MediaTime,
        image: &ImageView<'_>,
        output: &[f32],
    ) -> Option<YoloPerson> {
        if self.scene.cuts_to(image) {
            self.last = None;
        }
        let people = read_yolo(output, &letterbox(image));
        let bodies: Vec<(Body, f32)> =
            people.iter().map(|person| (person.body(), person.confidence)).collect();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seconds within a video need no more precision"
        )]
        let last = self.last.map(|(body, earlier)| (body, time.secs_since(earlier) as f32));
        let index = pick(&bodies, last, image.sides())?;
        self.last = Some((bodies[index].0, time));
        Some(people[index])
    }
}

#[cfg(test)]
mod tests {
    use units::{ImageSize, MediaTime};

    use super::{N_YOLO_BOXES, N_YOLO_VALUES, YoloFollower, read_yolo};
    use crate::{ImageView, letterbox};

    /// Candidates given as (x, confidence) in letterboxed pixels, each with its keypoints on its center.
    fn output(people: &[(f32, f32)]) -> Vec<f32> {
        let mut output = vec![0.0; N_YOLO_VALUES * N_YOLO_BOXES];
        for (candidate, &(x, confidence)) in people.iter().enumerate() {
            let column =
                [x, 320.0, 60.0, 200.0, confidence].into_iter().chain([x, 320.0, 0.9].repeat(17));
            for (row, value) in column.enumerate() {
                output[row * N_YOLO_BOXES + candidate] = value;
            }
        }
        output
    }

    #[test]
    fn people_come_out_in_pixels_of_the_frame_and_once_each() {
        let rgb = vec![0; 320 * 160 * 3];
        let image = ImageView::new(&rgb, ImageSize { width: 320, height: 160 }).unwrap();
        let people = read_yolo(
            &output(&[(100.0, 0.6), (102.0, 0.8), (400.0, 0.5), (500.0, 0.3)]),
            &letterbox(&image),
        );
        let found: Vec<[f32; 3]> = people.iter().map(|person| person.points[0]).collect();
        assert_eq!(found, [[51.0, 80.0, 0.9], [200.0, 80.0, 0.9]]);
        assert_eq!(people[0].bounds, [36.0, 30.0, 66.0, 130.0]);
        assert!(read_yolo(&[], &letterbox(&image)).is_empty());
    }

    #[test]
    fn the_same_person_is_followed() {
        let rgb = vec![0; 320 * 160 * 3];
        let image = ImageView::new(&rgb, ImageSize { width: 320, height: 160 }).unwrap();
        let mut follower = YoloFollower::default();
        let mut x_at = |ms: f64, people: &[(f32, f32)]| {
            follower
                .seen(MediaTime::from_ms(ms), &image, &output(people))
                .map(|person| person.points[0][0])
        };
        assert_eq!(x_at(0.0, &[(100.0, 0.9)]), Some(50.0));
        assert_eq!(x_at(33.0, &[(330.0, 0.9), (104.0, 0.5)]), Some(52.0));
        assert_eq!(x_at(66.0, &[]), None);
    }
}
