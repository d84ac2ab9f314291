//! The detector's answer: boxes and scores per anchor in, people out.

use crate::{Region, anchors, math};

/// Pixels along a side of the detector's input.
pub const DETECTOR_SIDE: u16 = 224;
/// How many boxes the detector gives.
pub const N_BOXES: usize = 2254;
/// How many numbers each box has: center, size and four key points.
pub const N_BOX_VALUES: usize = 12;

/// The detector's input span per side, by which its coordinates are scaled.
const SCALE: f32 = 224.0;
/// The least probability that counts as a person.
const MIN_SCORE: f32 = 0.5;
/// Boxes that overlap more than this are the same person.
const SAME_PERSON_IOU: f32 = 0.3;

/// One person, in fractions of the detector's square view (see [`crate::letterbox`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// Left, top, right, bottom of the face.
    pub face: [f32; 4],
    /// Between the hips; on the full body's circle; between the shoulders; on the upper body's circle.
    pub points: [[f32; 2]; 4],
    /// Probability of a person.
    pub score: f32,
}

impl Detection {
    /// The region this person's landmarks are to be looked for in.
    #[must_use]
    pub fn region(&self, view: &Region) -> Option<Region> {
        Region::around(
            view.frame_from_region(self.points[0]),
            view.frame_from_region(self.points[1]),
        )
    }
}

/// Reads the detector's outputs.
#[derive(Debug, Clone)]
pub struct Detector {
    anchors: Vec<[f32; 2]>,
}

impl Default for Detector {
    fn default() -> Self {
        Self { anchors: anchors::centers() }
    }
}

impl Detector {
    /// The people in the network's outputs, most certain first. `boxes` holds [`N_BOX_VALUES`] numbers for each of
    /// [`N_BOXES`] anchors, `logits` one.
    #[must_use]
    pub fn people(&self, boxes: &[f32], logits: &[f32]) -> Vec<Detection> {
        let rows = boxes.as_chunks::<N_BOX_VALUES>().0;
        let found =
            rows.iter().zip(logits).zip(&self.anchors).filter_map(|((row, &logit), anchor)| {
                // MediaPipe clips the logit before the exponential overflows.
                let score = math::sigmoid(logit.clamp(-100.0, 100.0));
                (score >= MIN_SCORE)
                    .then(|| decoded(row, *anchor, score))
                    .filter(|found| found.points[0][0].is_finite())
            });
        merged(found.collect())
    }
}

fn decoded(row: &[f32; N_BOX_VALUES], anchor: [f32; 2], score: f32) -> Detection {
    let point = |at: usize| [row[at] / SCALE + anchor[0], row[at + 1] / SCALE + anchor[1]];
    let [x, y] = point(0);
    let (half_width, half_height) = (row[2] / SCALE / 2.0, row[3] / SCALE / 2.0);
    Detection {
        face: [x - half_width, y - half_height, x + half_width, y + half_height],
        points: [point(4), point(6), point(8), point(10)],
        score,
    }
}

/// Weighted non-maximum suppression: boxes that overlap the best one are averaged into it, weighted by score.
fn merged(mut found: Vec<Detection>) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut people = Vec::new();
    while let Some(&best) = found.first() {
        let (same, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|other| overlap(&best.face, &other.face) > SAME_PERSON_IOU);
        // A box without area overlaps nothing, not even itself.
        if same.is_empty() {
            people.push(best);
            found = others.into_iter().skip(1).collect();
            continue;
        }
        people.push(average(&same, best.score));
        found = others;
    }
    people
}

fn average(same: &[Detection], score: f32) -> Detection {
    let total: f32 = same.iter().map(|one| one.score).sum();
    let mut mean = Detection { face: [0.0; 4], points: [[0.0; 2]; 4], score };
    for one in same {
        let weight = one.score / total;
        for (sum, value) in mean.face.iter_mut().zip(one.face) {
            *sum += value * weight;
        }
        for (sum, value) in mean.points.as_flattened_mut().iter_mut().zip(one.points.as_flattened())
        {
            *sum += value * weight;
        }
    }
    mean
}

/// Intersection over union of two boxes given as left, top, right, bottom.
pub(crate) fn overlap(a: &[f32; 4], b: &[f32; 4]) -> f32 {
    let area = |r: &[f32; 4]| (r[2] - r[0]).max(0.0) * (r[3] - r[1]).max(0.0);
    let shared = area(&[a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    let union = area(a) + area(b) - shared;
    if union > 0.0 { shared / union } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{Detector, N_BOX_VALUES, N_BOXES};

    /// Raw outputs with people at the given anchors: (anchor, logit, x offset in input pixels).
    fn outputs(people: &[(usize, f32, f32)]) -> (Vec<f32>, Vec<f32>) {
        let (mut boxes, mut logits) = (vec![0.0; N_BOXES * N_BOX_VALUES], vec![-50.0; N_BOXES]);
        for &(anchor, logit, dx) in people {
            logits[anchor] = logit;
            let row = &mut boxes[anchor * N_BOX_VALUES..][..N_BOX_VALUES];
            row.copy_from_slice(&[dx, 0.0, 40.0, 40.0, dx, 50.0, dx, -60.0, dx, 0.0, dx, -20.0]);
        }
        (boxes, logits)
    }

    #[test]
    fn overlapping_boxes_become_one_weighted_by_score() {
        // Anchors 0 and 1 share a cell: certain (1.0) at 0 px and half certain (0.5) at 3 px.
        let (boxes, logits) = outputs(&[(0, 100.0, 0.0), (1, 0.0, 3.0), (2200, 2.0, 0.0)]);
        let people = Detector::default().people(&boxes, &logits);
        assert_eq!(people.len(), 2);
        let x = (people[0].points[0][0] - 0.5 / 28.0) * 224.0;
        assert!((x - 1.0).abs() < 1e-3, "the weighted mean of 0 and 3 is 1, not {x}");
        assert!((people[0].score - 1.0).abs() < 1e-6 && people[1].score > 0.87);
    }

    #[test]
    fn doubtful_boxes_and_short_outputs_give_nobody() {
        let (boxes, logits) = outputs(&[(7, -0.1, 0.0)]);
        assert!(Detector::default().people(&boxes, &logits).is_empty());
        assert!(Detector::default().people(&boxes[..5], &[f32::NAN]).is_empty());
    }
}
