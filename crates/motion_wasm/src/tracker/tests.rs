//! The tracker against `blazepose` driven directly, with networks made up from the very numbers they are shown: whatever
//! differs in an input shows in every later answer.

use blazepose::{
    Border, DETECTOR_SIDE, Detector, Follower, Heatmap, ImageView, LANDMARK_SIDE, LandmarkOutputs,
    Layout, N_BOX_VALUES, N_BOXES, N_RAW_LANDMARKS, Seen, Span, Step, crop, letterbox,
};
use units::{ImageSize, MediaTime};

use super::{PersonTracker, TrackStep};

/// A picture that moves with `shift`, as RGB and as RGBA.
fn picture(size: ImageSize, shift: u32) -> (Vec<u8>, Vec<u8>) {
    let rgb: Vec<u8> = (0..size.height)
        .flat_map(|y| (0..size.width).map(move |x| (x + shift, y)))
        .flat_map(|(x, y)| [x * 3 + y, x + y * 2, (x * y) / 7].map(|level| level.to_le_bytes()[0]))
        .collect();
    let rgba = rgb.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect();
    (rgb, rgba)
}

fn mean(input: &[f32]) -> f32 {
    input.iter().zip([1.0, 2.0, 3.0].into_iter().cycle()).map(|(value, w)| value * w).sum::<f32>()
        / input.len() as f32
}

/// One sure person at a cell of the grid, a little off by what was seen; nobody when `sure` is negative.
fn detector(input: &[f32], sure: f32) -> (Vec<f32>, Vec<f32>) {
    let (mut boxes, mut logits) = (vec![0.0; N_BOXES * N_BOX_VALUES], vec![-50.0; N_BOXES]);
    let dx = mean(input);
    logits[800] = sure;
    boxes[800 * N_BOX_VALUES..][..N_BOX_VALUES]
        .copy_from_slice(&[dx, 0.0, 40.0, 40.0, dx, 20.0, dx, -40.0, dx, 0.0, dx, -20.0]);
    (boxes, logits)
}

struct Answer {
    landmarks: Vec<f32>,
    presence: [f32; 1],
    heatmap: Vec<f32>,
    world: Vec<f32>,
}

fn network(input: &[f32], presence: f32) -> Answer {
    let off = mean(input);
    let index = |n: usize| f32::from(u16::try_from(n).unwrap());
    let mut landmarks: Vec<f32> = (0..N_RAW_LANDMARKS)
        .flat_map(|n| [100.0 + index(n) + off, 90.0 + index(n), off, 2.0 - index(n) / 9.0, 3.0])
        .collect();
    // Between the hips, and above it on the body's circle.
    landmarks[33 * 5..33 * 5 + 2].copy_from_slice(&[128.0 + off, 128.0]);
    landmarks[34 * 5..34 * 5 + 2].copy_from_slice(&[128.0, 30.0]);
    let heat = |cell: usize| if cell.is_multiple_of(5) { 1.0 + off } else { -3.0 };
    Answer {
        landmarks,
        presence: [presence],
        heatmap: (0..64 * 64 * N_RAW_LANDMARKS).map(heat).collect(),
        world: (0..N_RAW_LANDMARKS * 3).map(|n| index(n) / 100.0 + off).collect(),
    }
}

/// Somebody there or not, as the two networks say it.
#[derive(Clone, Copy)]
struct Play {
    sure: f32,
    presence: f32,
}

fn directly(follower: &mut Follower, ms: f64, image: &ImageView<'_>, play: Play) -> Option<Seen> {
    let mut step = follower.begin(MediaTime::from_ms(ms), image);
    loop {
        step = match step {
            Step::Detect => {
                let mut input = vec![0.0; 224 * 224 * 3];
                let layout = (Layout::Interleaved, Span { black: -1.0, white: 1.0 });
                let whole = letterbox(image);
                crop(image, &whole, DETECTOR_SIDE, Border::Constant(0), layout, &mut input);
                let (boxes, logits) = detector(&input, play.sure);
                follower.detected(&Detector::default().people(&boxes, &logits))
            }
            Step::Look(region) => {
                let mut input = vec![0.0; 256 * 256 * 3];
                let layout = (Layout::Interleaved, Span { black: 0.0, white: 1.0 });
                crop(image, &region, LANDMARK_SIDE, Border::Repeat, layout, &mut input);
                let answer = network(&input, play.presence);
                follower.looked(&LandmarkOutputs {
                    landmarks: &answer.landmarks,
                    presence: answer.presence[0],
                    heatmap: Heatmap { logits: &answer.heatmap, layout: Layout::Interleaved },
                    world: &answer.world,
                })
            }
            Step::Nobody => return None,
            Step::Person(seen) => return Some(*seen),
        };
    }
}

/// As the worker does it; answers how often each network ran.
fn tracked(tracker: &mut PersonTracker, ms: f64, play: Play) -> [u32; 2] {
    let mut n_runs = [0, 0];
    let mut step = tracker.begin(ms);
    loop {
        step = match step {
            TrackStep::Detect => {
                n_runs[0] += 1;
                let (boxes, logits) = detector(&tracker.input, play.sure);
                tracker.detected(&boxes, &logits)
            }
            TrackStep::Look => {
                n_runs[1] += 1;
                let answer = network(&tracker.input, play.presence);
                let Answer { landmarks, presence, heatmap, world } = &answer;
                tracker.looked(landmarks, presence, heatmap, world)
            }
            _ => return n_runs,
        };
    }
}

#[test]
fn the_tracker_sees_what_blazepose_sees() {
    let here = Play { sure: 5.0, presence: 0.9 };
    let nobody = Play { sure: -5.0, presence: 0.0 };
    let lost = Play { sure: 5.0, presence: 0.1 };
    let plays = [here, here, here, lost, here, nobody, nobody, here, here];
    let (mut follower, mut tracker) = (Follower::default(), PersonTracker::new());
    let mut n_people = 0;
    // A phone that is turned over half way changes the frame's size.
    for (width, height) in [(320, 180), (180, 320)] {
        let size = ImageSize { width, height };
        for (frame, &play) in (0_u32..).zip(&plays) {
            let ms = f64::from(frame) * 33.4 + f64::from(height) * 10.0;
            let (rgb, rgba) = picture(size, frame);
            let image = ImageView::new(&rgb, size).unwrap();
            let expected = directly(&mut follower, ms, &image, play);
            tracker.resize(size).unwrap();
            tracker.rgba.copy_from_slice(&rgba);
            tracked(&mut tracker, ms, play);
            assert_eq!(tracker.seen.as_deref(), expected.as_ref(), "{width}×{height}, {frame}");
            let n_numbers = if expected.is_some() { (33 * 4, 33 * 3) } else { (0, 0) };
            assert_eq!((tracker.landmarks().len(), tracker.world().len()), n_numbers);
            if let Some(seen) = expected {
                n_people += 1;
                let [left_hip, last] = [23, 32].map(|index: usize| seen.landmarks[index]);
                assert_eq!(tracker.landmarks()[23 * 4], f64::from(left_hip.x));
                assert_eq!(tracker.landmarks()[32 * 4 + 3], f64::from(last.visibility));
                assert_eq!(tracker.world()[23 * 3 + 1], f64::from(seen.world[23][1]));
            }
        }
    }
    assert_eq!(n_people, 12);
}

#[test]
fn the_detector_rests_while_somebody_is_followed() {
    let size = ImageSize { width: 64, height: 64 };
    let mut tracker = PersonTracker::new();
    tracker.resize(size).unwrap();
    tracker.rgba.copy_from_slice(&picture(size, 0).1);
    let play = Play { sure: 5.0, presence: 0.9 };
    assert_eq!(tracked(&mut tracker, 0.0, play), [1, 1]);
    assert_eq!((tracker.input_length(), tracker.input.len()), (256 * 256 * 3, 256 * 256 * 3));
    assert_eq!(tracked(&mut tracker, 33.0, play), [0, 1]);
}

#[test]
fn a_frame_that_cannot_be_is_refused_and_answers_out_of_turn_do_no_harm() {
    let mut tracker = PersonTracker::new();
    assert_eq!(tracker.begin(0.0), TrackStep::Nobody, "no frame was written yet");
    for (width, height) in [(0, 720), (1280, 0), (u32::MAX, u32::MAX), (4097, 4096)] {
        let refusal = tracker.resize(ImageSize { width, height }).unwrap_err();
        assert!(refusal.contains(&format!("{width}×{height}")), "{refusal}");
    }
    assert_eq!(tracker.looked(&[], &[], &[], &[]), TrackStep::Nobody);
    assert_eq!(tracker.detected(&[f32::NAN], &[]), TrackStep::Nobody);
    tracker.resize(ImageSize { width: 64, height: 64 }).unwrap();
    assert_eq!(tracker.begin(f64::NAN), TrackStep::Detect);
    let (boxes, logits) = detector(&tracker.input, 9.0);
    assert_eq!(tracker.detected(&boxes, &logits), TrackStep::Look);
    assert_eq!(tracker.looked(&[f32::NAN; 195], &[1.0], &[], &[0.0; 117]), TrackStep::Nobody);
}
