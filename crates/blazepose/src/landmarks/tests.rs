//! Decoding of hand-made network answers.

use core::f32::consts::FRAC_PI_2;

use super::{HEATMAP_SIDE, Heatmap, LandmarkOutputs, N_RAW_LANDMARKS, Seen, read_landmarks};
use crate::{Layout, Region};

const FRAME: [f32; 2] = [640.0, 480.0];
const REGION: Region = Region { center: [320.0, 240.0], side: 256.0, rotation_rad: 0.0 };

/// An answer with every landmark at one place of the input, and heat (before the sigmoid) at some cells of landmark 0.
struct Answer {
    landmark: [f32; 5],
    heat: Vec<(usize, usize, f32)>,
    world: [f32; 3],
    presence: f32,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            landmark: [128.0, 64.0, 25.6, 0.0, 100.0],
            heat: vec![],
            world: [1.0, 0.0, 0.5],
            presence: 0.9,
        }
    }
}

impl Answer {
    fn read(&self, region: &Region, layout: Layout) -> Option<Seen> {
        let mut logits = vec![-50.0; HEATMAP_SIDE * HEATMAP_SIDE * N_RAW_LANDMARKS];
        for &(row, column, heat) in &self.heat {
            let cell = row * HEATMAP_SIDE + column;
            logits[if layout == Layout::Planar { cell } else { cell * N_RAW_LANDMARKS }] = heat;
        }
        let outputs = LandmarkOutputs {
            landmarks: &self.landmark.repeat(N_RAW_LANDMARKS),
            presence: self.presence,
            heatmap: Heatmap { logits: &logits, layout },
            world: &self.world.repeat(N_RAW_LANDMARKS),
        };
        read_landmarks(&outputs, region, FRAME)
    }
}

#[test]
fn input_pixels_become_fractions_of_the_frame() {
    let seen = Answer::default().read(&REGION, Layout::Planar).unwrap();
    let one = seen.landmarks[5];
    assert_eq!([one.x, one.y], [0.5, 176.0 / 480.0]);
    assert!((one.z - 0.04).abs() < 1e-6, "a tenth of the region's 256 pixels, of 640: {}", one.z);
    assert_eq!([one.visibility, one.presence], [0.5, 1.0]);
    assert_eq!(seen.world[5], [1.0, 0.0, 0.5]);
}

#[test]
fn a_turned_region_turns_the_landmarks_and_the_world_with_it() {
    let turned = Region { rotation_rad: FRAC_PI_2, ..REGION };
    let seen = Answer::default().read(&turned, Layout::Planar).unwrap();
    assert!(
        (seen.landmarks[3].x - 384.0 / 640.0).abs() < 1e-6
            && (seen.landmarks[3].y - 0.5).abs() < 1e-6
    );
    assert!(seen.world[3][0].abs() < 1e-6 && (seen.world[3][1] - 1.0).abs() < 1e-6);
}

#[test]
fn sure_cells_nearby_refine_a_landmark_in_either_layout() {
    // The landmark is in cell (row 16, column 32); equal heat two columns right and one row down.
    let answer = Answer { heat: vec![(16, 34, 5.0), (18, 34, 5.0)], ..Answer::default() };
    for layout in [Layout::Planar, Layout::Interleaved] {
        let seen = answer.read(&REGION, layout).unwrap();
        let at = [seen.landmarks[0].x * FRAME[0], seen.landmarks[0].y * FRAME[1]];
        let expected = [192.0 + 34.0 * 4.0, 112.0 + 17.0 * 4.0];
        assert!((at[0] - expected[0]).abs() < 1e-2 && (at[1] - expected[1]).abs() < 1e-2, "{at:?}");
        assert_eq!(
            seen.landmarks[1].x.to_bits(),
            0.5_f32.to_bits(),
            "other landmarks have no heat"
        );
    }
}

#[test]
fn faint_or_distant_cells_do_not() {
    for cell in [(16, 34, -0.1), (16, 36, 5.0), (12, 32, 5.0)] {
        let seen =
            Answer { heat: vec![cell], ..Answer::default() }.read(&REGION, Layout::Planar).unwrap();
        assert_eq!(seen.landmarks[0].x.to_bits(), 0.5_f32.to_bits(), "{cell:?}");
    }
}

#[test]
fn an_unsure_or_broken_answer_is_nobody() {
    let nobody = |answer: Answer| assert!(answer.read(&REGION, Layout::Planar).is_none());
    nobody(Answer { presence: 0.49, ..Answer::default() });
    nobody(Answer { presence: f32::NAN, ..Answer::default() });
    nobody(Answer { landmark: [f32::INFINITY, 0.0, 0.0, 0.0, 0.0], ..Answer::default() });
    nobody(Answer { world: [f32::NAN, 0.0, 0.0], ..Answer::default() });
    let empty = LandmarkOutputs {
        landmarks: &[],
        presence: 1.0,
        heatmap: Heatmap { logits: &[], layout: Layout::Planar },
        world: &[],
    };
    assert!(read_landmarks(&empty, &REGION, FRAME).is_none());
}
