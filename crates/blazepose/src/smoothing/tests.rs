//! The filters' promises: still people stand still, moving ones are followed, time is the frame's own.

use units::MediaTime;

use super::Smoother;
use crate::landmarks::{Landmark, N_LANDMARKS, Seen};

const FRAME: [f32; 2] = [1000.0, 500.0];

/// A person of radius 100 px with every landmark at `x_px` and the given visibility.
fn person(x_px: f32, visibility: f32) -> Seen {
    let landmark = Landmark { x: x_px / FRAME[0], y: 0.5, z: 0.0, visibility, presence: 1.0 };
    Seen {
        landmarks: [landmark; N_LANDMARKS],
        world: [[0.0; 3]; N_LANDMARKS],
        circle: [[x_px, 250.0], [x_px, 150.0]],
    }
}

fn run(frames: impl IntoIterator<Item = (f64, Seen)>) -> Vec<Seen> {
    let mut smoother = Smoother::default();
    frames
        .into_iter()
        .map(|(ms, seen)| smoother.smoothed(MediaTime::from_ms(ms), seen, FRAME))
        .collect()
}

fn x_px(seen: &Seen) -> f32 {
    seen.landmarks[0].x * FRAME[0]
}

#[test]
fn the_first_frame_is_unchanged() {
    assert_eq!(run([(0.0, person(300.0, 0.7))]), [person(300.0, 0.7)]);
}

#[test]
fn jitter_shrinks_and_movement_is_followed() {
    let still =
        run((0..60_u16).map(|i| (f64::from(i) * 33.3, person(300.0 + f32::from(i % 2), 1.0))));
    let swing = |frames: &[Seen]| {
        let xs = frames.iter().map(x_px);
        xs.clone().fold(f32::MIN, f32::max) - xs.fold(f32::MAX, f32::min)
    };
    assert!(swing(&still[30..]) < 0.75, "a jitter of one pixel is still {}", swing(&still[30..]));
    let moving = run((0..60_u16).map(|i| (f64::from(i) * 33.3, person(10.0 * f32::from(i), 1.0))));
    assert!((x_px(&moving[59]) - 590.0).abs() < 2.0, "the filter lags: {}", x_px(&moving[59]));
}

#[test]
fn half_the_frame_rate_does_not_mean_half_the_speed() {
    let at = |step_ms: f64, n: u16| {
        let frames = run((0..n).map(|i| {
            let ms = f64::from(i) * step_ms;
            #[expect(clippy::cast_possible_truncation, reason = "test data")]
            let x = (ms * 0.05) as f32;
            (ms, person(x, 1.0))
        }));
        x_px(frames.last().unwrap())
    };
    assert!((at(20.0, 101) - at(40.0, 51)).abs() < 1.0, "{} and {}", at(20.0, 101), at(40.0, 51));
}

#[test]
fn visibility_changes_slowly() {
    let frames = run([(0.0, person(0.0, 1.0)), (33.0, person(0.0, 0.0))]);
    assert!((frames[1].landmarks[4].visibility - 0.9).abs() < 1e-6);
}

#[test]
fn a_frame_out_of_order_changes_nothing() {
    let frames =
        run([(100.0, person(300.0, 1.0)), (100.0, person(500.0, 1.0)), (90.0, person(700.0, 1.0))]);
    assert_eq!([x_px(&frames[1]), x_px(&frames[2])], [500.0, 700.0]);
}
