//! Following, played through with made-up networks.

use units::{ImageSize, MediaTime};

use super::{Follower, Step};
use crate::{Detection, Heatmap, ImageView, LandmarkOutputs, Layout, N_RAW_LANDMARKS, Region};

const SIZE: ImageSize = ImageSize { width: 640, height: 640 };

/// A world of people: each a place and a body radius in pixels.
struct Play {
    follower: Follower,
    rgb: Vec<u8>,
    n_detections: usize,
}

impl Play {
    fn new() -> Self {
        Self { follower: Follower::default(), rgb: vec![90; 640 * 640 * 3], n_detections: 0 }
    }

    /// One frame: who is there, and whom the landmark network sees whatever it is shown (nobody: presence 0). Answers
    /// where the person followed has their hips.
    fn frame(&mut self, ms: f64, people: &[(f32, f32)], shown: Option<(f32, f32)>) -> Option<f32> {
        let image = ImageView::new(&self.rgb, SIZE).unwrap();
        let mut step = self.follower.begin(MediaTime::from_ms(ms), &image);
        for _step in 0..5 {
            step = match step {
                Step::Detect => {
                    self.n_detections += 1;
                    let found: Vec<Detection> =
                        people.iter().map(|&(x, radius)| detection(x, radius)).collect();
                    self.follower.detected(&found)
                }
                Step::Look(region) => {
                    let nearest = |a: &&(f32, f32), b: &&(f32, f32)| {
                        let distance = |person: &(f32, f32)| (person.0 - region.center[0]).abs();
                        distance(a).total_cmp(&distance(b))
                    };
                    let person = shown.or_else(|| people.iter().min_by(nearest).copied());
                    look(&mut self.follower, &region, person)
                }
                Step::Nobody => return None,
                Step::Person(seen) => return Some(seen.landmarks[0].x * 640.0),
            };
        }
        panic!("the follower does not come to an end");
    }
}

/// A person of 640 pixels' view at (x, 320).
fn detection(x: f32, radius: f32) -> Detection {
    let point = |x: f32, y: f32| [x / 640.0, y / 640.0];
    let hips = point(x, 320.0);
    Detection { face: [0.0; 4], points: [hips, point(x, 320.0 - radius), hips, hips], score: 0.9 }
}

/// The landmark network's answer: everything at the person's hips, the circle's rim above them.
fn look(follower: &mut Follower, region: &Region, person: Option<(f32, f32)>) -> Step {
    let (x, radius) = person.unwrap_or((0.0, 0.0));
    let in_input = |x: f32, y: f32| {
        let scale = 256.0 / region.side;
        [
            (x - region.center[0]) * scale + 128.0,
            (y - region.center[1]) * scale + 128.0,
            0.0,
            9.0,
            9.0,
        ]
    };
    let mut landmarks = [in_input(x, 320.0); N_RAW_LANDMARKS];
    landmarks[34] = in_input(x, 320.0 - radius);
    follower.looked(&LandmarkOutputs {
        landmarks: landmarks.as_flattened(),
        presence: if person.is_some() { 0.9 } else { 0.0 },
        heatmap: Heatmap { logits: &[-50.0; 1], layout: Layout::Planar },
        world: &[0.0; 3 * N_RAW_LANDMARKS],
    })
}

fn near(seen: Option<f32>, expected: f32) -> bool {
    seen.is_some_and(|x| (x - expected).abs() < 12.0)
}

#[test]
fn the_detector_runs_once_for_a_person_who_stays() {
    let mut play = Play::new();
    for i in 0..100_u8 {
        let x = 300.0 + f32::from(i % 10);
        assert!(near(play.frame(f64::from(i) * 33.0, &[(x, 120.0)], None), x), "frame {i}");
    }
    assert_eq!(play.n_detections, 1);
}

#[test]
fn the_larger_central_person_is_followed_past_others() {
    let mut play = Play::new();
    for i in 0..50_u8 {
        let bystander = 100.0 + 8.0 * f32::from(i);
        let people = [(bystander, 70.0), (330.0, 130.0)];
        assert!(
            near(play.frame(f64::from(i) * 33.0, &people, None), 330.0)
                || (280.0..400.0).contains(&bystander)
        );
    }
}

#[test]
fn a_jump_onto_somebody_else_is_undone() {
    let mut play = Play::new();
    let people = [(200.0, 100.0), (450.0, 100.0)];
    assert!(near(play.frame(0.0, &people, None), 200.0));
    // The landmark network latches onto the neighbour once; the detector knows better.
    let mut step =
        play.follower.begin(MediaTime::from_ms(33.0), &ImageView::new(&play.rgb, SIZE).unwrap());
    let Step::Look(region) = step else { panic!("{step:?}") };
    step = look(&mut play.follower, &region, Some(people[1]));
    assert_eq!(step, Step::Detect);
    step = play.follower.detected(&people.map(|(x, radius)| detection(x, radius)));
    let Step::Look(region) = step else { panic!("{step:?}") };
    assert!((region.center[0] - 200.0).abs() < 1.0, "{region:?}");
    assert!(near(play.frame(66.0, &people, None), 200.0));
}

#[test]
fn a_person_who_really_jumped_is_followed() {
    let mut play = Play::new();
    assert!(near(play.frame(0.0, &[(200.0, 100.0)], None), 200.0));
    assert!(play.frame(33.0, &[(400.0, 100.0)], None).is_some());
    assert!(play.frame(66.0, &[(400.0, 100.0)], None).is_some());
}

#[test]
fn a_lost_person_is_not_exchanged_at_once() {
    let mut play = Play::new();
    assert!(near(play.frame(0.0, &[(150.0, 80.0)], None), 150.0));
    // Presence falls; somebody else stands far away.
    let mut step =
        play.follower.begin(MediaTime::from_ms(33.0), &ImageView::new(&play.rgb, SIZE).unwrap());
    if let Step::Look(region) = step {
        step = look(&mut play.follower, &region, None);
    }
    assert_eq!(step, Step::Nobody);
    assert_eq!(play.frame(66.0, &[(560.0, 80.0)], None), None, "too soon");
    assert!(
        near(play.frame(700.0, &[(560.0, 80.0)], None), 560.0),
        "the old one is not coming back"
    );
}

#[test]
fn after_a_scene_cut_whoever_is_there_is_followed() {
    let mut play = Play::new();
    assert!(near(play.frame(0.0, &[(150.0, 80.0)], None), 150.0));
    play.rgb.fill(220);
    assert!(near(play.frame(33.0, &[(560.0, 80.0)], None), 560.0));
    assert_eq!(play.n_detections, 2);
}

#[test]
fn nobody_means_the_detector_looks_in_every_frame() {
    let mut play = Play::new();
    for i in 0..5_u8 {
        assert_eq!(play.frame(f64::from(i), &[], None), None);
    }
    assert_eq!(play.n_detections, 5);
}
