//! Technique references made from the kinematic template, measured as a camera would see it from all around.

use body::{Camera, Moment, Physique, Rig};
use motion::channel::Channels;
use motion::plane;
use motion::pose::{NormalizedKeypoint, Pose, Skeleton, WorldPoint};
use motion::technique::{Curve, N_CURVE, Reference, ReferenceView};
use motion::view::View;
use units::{ImageSize, MediaTime, Side};

use crate::Exercise;

/// Degrees between the directions from which a reference is measured.
const STEP_DEG: i32 = 30;
/// Seconds of eccentric, bottom, concentric and top in a reference repetition.
const TEMPO_SECS: [f64; 4] = [1.4, 0.2, 1.0, 0.0];

/// The reference of one exercise.
pub(crate) fn of(exercise: &Exercise) -> Reference {
    let rig = Rig::new(&exercise.figure, &Physique::default());
    let views = (-180..180).step_by(STEP_DEG.unsigned_abs() as usize);
    Reference {
        source: exercise.movement.language.pick(
            format!("Spotter's template for {}", exercise.name),
            format!("Spotters Vorlage: {}", exercise.name),
        ),
        views: views.map(|yaw_deg| seen_from(&rig, exercise, f64::from(yaw_deg))).collect(),
    }
}

fn seen_from(rig: &Rig, exercise: &Exercise, camera_yaw_deg: f64) -> ReferenceView {
    let camera = Camera { yaw_deg: camera_yaw_deg, ..Camera::default() };
    let mut view = View::default();
    let poses: Vec<Pose> = (0..N_CURVE).map(|k| pose(rig, &camera, k)).collect();
    for pose in &poses {
        view.see(pose);
    }
    let at_turn = |k: &usize| rig.spec().progress_at(secs(*k), TEMPO_SECS) >= rig.spec().turn();
    let first =
        if exercise.figure_starts_at_turn() { (0..N_CURVE).find(at_turn).unwrap_or(0) } else { 0 };
    let mut needed = Channels::default();
    let curves = exercise.movement.technique.iter().map(|joint| {
        let single = needed.need(joint.signal).single();
        let turns = joint.signal.is_angle() && !joint.signal.needs_world();
        let on = |side: Side| {
            let poses = poses[first..].iter().chain(&poses[..first]);
            let value = |pose: &Pose| {
                let turned = turns.then(|| plane::flatten(pose, &view, exercise.movement.plane));
                let turned = turned.flatten().unwrap_or(*pose);
                joint.signal.measure(&turned, side, &view).value
            };
            poses.map(value).collect::<Vec<f64>>()
        };
        let left = on(Side::Left);
        let right = if single { left.clone() } else { on(Side::Right) };
        Curve { signal: joint.signal, sides: [Some(left), Some(right)] }
    });
    ReferenceView { curves: curves.collect(), yaw_deg: Some(view.yaw_deg()) }
}

/// The time of one of the curve's steps, seconds.
fn secs(step: usize) -> f64 {
    TEMPO_SECS.iter().sum::<f64>() * motion::math::as_f64(step) / motion::math::as_f64(N_CURVE - 1)
}

/// The template at one of the curve's steps, as a camera sees it.
fn pose(rig: &Rig, camera: &Camera, step: usize) -> Pose {
    let secs = secs(step);
    let figure = rig
        .figure(Moment { progress: rig.spec().progress_at(secs, TEMPO_SECS), ..Moment::default() });
    let ImageSize { width, height } = camera.image;
    let points = camera.blazepose(&figure).map(|point| {
        point.map_or_else(NormalizedKeypoint::default, |point| NormalizedKeypoint {
            x: point.x / f64::from(width),
            y: point.y / f64::from(height),
            confidence: 1.0,
        })
    });
    let world = camera.blazepose_world(&figure).map(|p| WorldPoint { x: p.x, y: p.y, z: p.z });
    Skeleton::BlazePose33.pose(
        MediaTime::from_ms(secs * 1000.0),
        &points,
        Some(&world),
        camera.image,
    )
}
