//! Takes the pictures: frame times with jitter and loss, and idle life on its own.

use body::{Camera, Physique};
use motion::pose::{Joint, Pose};
use motion::spec::Plane;
use units::MediaTime;

use super::FilmedSet;
use crate::idle::{Idle, IdleMotion};
use crate::lens::{Lens, Points};
use crate::rng::Rng;
use crate::sensor::{Noise, Sensor};
use crate::timeline::{Timeline, What};
use crate::truth::Truth;

/// Frame times and the bodies at them.
pub(super) fn film(
    timeline: &Timeline,
    fps: f64,
    jitter: f64,
    seed: u64,
) -> (Vec<MediaTime>, Vec<Points>) {
    let mut rng = Rng::stream(seed, 3);
    let (mut times, mut bodies) = (Vec::new(), Vec::new());
    let mut frame = 0.0;
    while frame / fps <= timeline.secs() {
        let early = 0.45 * jitter * rng.between(-1.0, 1.0);
        let lost = rng.chance(0.25 * jitter);
        let secs = ((frame + early) / fps).max(0.0);
        if !lost && let Some(body) = timeline.at(secs) {
            times.push(MediaTime::from_ms(1000.0 * secs));
            bodies.push(body);
        }
        frame += 1.0;
    }
    (times, bodies)
}

/// The pose as a network with COCO's points would give it.
pub(super) fn as_coco(pose: &mut Pose) {
    pose.world = None;
    for joint in [Joint::LeftHeel, Joint::RightHeel, Joint::LeftToe, Joint::RightToe] {
        pose.keypoints[joint as usize].confidence = 0.0;
    }
}

/// Nothing but idle life, each kind for some seconds, as one stream.
#[must_use]
pub fn idling(
    kinds: &[(Idle, f64)],
    physique: &Physique,
    camera_yaw_deg: f64,
    fps: f64,
    noise: Noise,
) -> FilmedSet {
    let mut rng = Rng::stream(noise.seed, 4);
    let mut timeline = Timeline::default();
    let mut at: Option<Points> = None;
    for &(kind, secs) in kinds {
        let motion = IdleMotion::new(kind, secs, physique, &mut rng);
        if let Some(at) = at {
            timeline.add(What::Blend(Box::new((at, motion.at(0.0)))), 1.2);
        }
        at = Some(motion.at(secs));
        timeline.add(What::Idle(Box::new(motion), 0.0), secs);
    }
    let camera = Camera {
        yaw_deg: camera_yaw_deg,
        height_m: 1.2,
        pitch_deg: 4.0,
        distance_m: 3.6,
        ..Camera::default()
    };
    let lens = Lens::new(camera);
    let body = physique.segments();
    let trunk_m = body.pelvis_m + body.lumbar_m + body.thorax_m;
    let (times, bodies) = film(&timeline, fps, 0.3, noise.seed);
    let mut sensor = Sensor::new(noise);
    let poses = times
        .iter()
        .zip(&bodies)
        .map(|(&time, body)| sensor.see(body, &lens, trunk_m, time))
        .collect();
    FilmedSet {
        poses,
        truth: Truth {
            reps: Vec::new(),
            faults: Vec::new(),
            hold_ms: None,
            times,
            bodies,
            trunk_m,
            plane: Plane::Sagittal,
        },
    }
}
