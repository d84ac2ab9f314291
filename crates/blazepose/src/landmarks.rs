//! The landmark network's answer: where in the frame the 33 landmarks are, refined by its heatmap, and in metres.

use crate::{Layout, Region, math};

/// Pixels along a side of the landmark network's input.
pub const LANDMARK_SIDE: u16 = 256;
/// How many landmarks a person has.
pub const N_LANDMARKS: usize = 33;
/// How many the network gives; the rest but two are never used.
pub const N_RAW_LANDMARKS: usize = 39;
/// Cells along a side of the network's heatmap.
pub const HEATMAP_SIDE: usize = 64;

/// Between the hips, and on the body's circle: where to look in the next frame.
const AUXILIARY: [usize; 2] = [33, 34];
/// The least probability that there is a person in the region.
const MIN_PRESENCE: f32 = 0.5;
/// Cells to each side of a landmark that refine it: MediaPipe's kernel of 7.
const REFINE_REACH: usize = 3;
/// The heatmap refines a landmark only where some cell is this sure.
const MIN_HEAT: f32 = 0.5;

/// One landmark in fractions of the frame's width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Landmark {
    /// 0 at the left edge, 1 at the right edge; may lie outside.
    pub x: f32,
    /// 0 at the top edge, 1 at the bottom edge; may lie outside.
    pub y: f32,
    /// Depth from the hips in fractions of the frame's WIDTH, smaller is nearer.
    pub z: f32,
    /// Probability that it is in the frame and not hidden.
    pub visibility: f32,
    /// Probability that it is in the frame.
    pub presence: f32,
}

/// One person's landmarks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// In the frame.
    pub landmarks: [Landmark; N_LANDMARKS],
    /// In metres from the point between the hips: x right, y down, z away from the camera.
    pub world: [[f32; 3]; N_LANDMARKS],
    /// Between the hips and on the body's circle, in pixels of the frame.
    pub(crate) circle: [[f32; 2]; 2],
}

/// How sure the network is of each landmark in each cell, before the sigmoid.
#[derive(Debug, Clone, Copy)]
pub struct Heatmap<'a> {
    /// 64 × 64 cells for each of 39 landmarks.
    pub logits: &'a [f32],
    /// Which comes first: the landmark (planar) or the cell (interleaved).
    pub layout: Layout,
}

impl Heatmap<'_> {
    fn heat(&self, landmark: usize, row: usize, column: usize) -> f32 {
        let index = match self.layout {
            Layout::Planar => (landmark * HEATMAP_SIDE + row) * HEATMAP_SIDE + column,
            Layout::Interleaved => (row * HEATMAP_SIDE + column) * N_RAW_LANDMARKS + landmark,
        };
        self.logits.get(index).map_or(0.0, |&logit| math::sigmoid(logit))
    }

    /// Where the heat around a point of the region lies; nothing when no cell there is sure.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "within 0..64 by then"
    )]
    fn refined(&self, landmark: usize, point: [f32; 2]) -> Option<[f32; 2]> {
        let side = HEATMAP_SIDE as f32;
        let [x, y] = point.map(|value| value * side);
        if !(x > -1.0 && y > -1.0 && x < side && y < side) {
            return None;
        }
        let around = |center: usize| {
            center.saturating_sub(REFINE_REACH)..(center + REFINE_REACH + 1).min(HEATMAP_SIDE)
        };
        let (mut sum, mut hottest, mut weighted) = (0.0, 0.0_f32, [0.0, 0.0]);
        for row in around(y as usize) {
            for column in around(x as usize) {
                let heat = self.heat(landmark, row, column);
                sum += heat;
                hottest = hottest.max(heat);
                weighted[0] += column as f32 * heat;
                weighted[1] += row as f32 * heat;
            }
        }
        (hottest >= MIN_HEAT).then(|| weighted.map(|value| value / side / sum))
    }
}

/// What the landmark network answered.
#[derive(Debug, Clone, Copy)]
pub struct LandmarkOutputs<'a> {
    /// 39 × x, y, z in input pixels, visibility and presence before the sigmoid.
    pub landmarks: &'a [f32],
    /// Probability that there is a person in the region.
    pub presence: f32,
    /// Refines the landmarks.
    pub heatmap: Heatmap<'a>,
    /// 39 × x, y, z in metres, turned with the region.
    pub world: &'a [f32],
}

/// The person in `region` of a frame of the given width and height; nobody when the network is not sure or its answer
/// is not finite or too short.
#[must_use]
pub fn read_landmarks(
    outputs: &LandmarkOutputs<'_>,
    region: &Region,
    frame_sides: [f32; 2],
) -> Option<Seen> {
    if outputs.presence.is_nan() || outputs.presence < MIN_PRESENCE {
        return None;
    }
    let raw = outputs.landmarks.as_chunks::<5>().0.get(..N_RAW_LANDMARKS)?;
    let raw_world = outputs.world.as_chunks::<3>().0.get(..N_RAW_LANDMARKS)?;
    if !raw.as_flattened().iter().chain(raw_world.as_flattened()).all(|value| value.is_finite()) {
        return None;
    }
    let input_side = f32::from(LANDMARK_SIDE);
    let in_frame = |index: usize| {
        let point = [raw[index][0] / input_side, raw[index][1] / input_side];
        region.frame_from_region(outputs.heatmap.refined(index, point).unwrap_or(point))
    };
    let [width, height] = frame_sides;
    let mut seen = Seen {
        landmarks: [Landmark::default(); N_LANDMARKS],
        world: [[0.0; 3]; N_LANDMARKS],
        circle: AUXILIARY.map(in_frame),
    };
    let (sin, cos) = (math::sin(region.rotation_rad), math::cos(region.rotation_rad));
    for index in 0..N_LANDMARKS {
        let [_, _, z, visibility, presence] = raw[index];
        let [x_px, y_px] = in_frame(index);
        seen.landmarks[index] = Landmark {
            x: x_px / width,
            y: y_px / height,
            z: z / input_side * region.side / width,
            visibility: math::sigmoid(visibility),
            presence: math::sigmoid(presence),
        };
        let [x, y, z] = raw_world[index];
        seen.world[index] = [cos * x - sin * y, sin * x + cos * y, z];
    }
    Some(seen)
}

#[cfg(test)]
mod tests;
