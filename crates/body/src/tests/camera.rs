//! The pinhole camera sees things where they are.

use expect_test::{Expect, expect};
use units::ImageSize;

use crate::space::{Vec3, vec3};
use crate::{Camera, Rig};

use super::{physiques, spec};

fn check(camera: Camera, world: Vec3, expected: &Expect) {
    let seen = camera.project(world);
    let text = seen.map_or_else(
        || "behind".to_owned(),
        |p| format!("{:.1} {:.1}, {:.2} m", p.x, p.y, p.depth_m),
    );
    expected.assert_eq(&text);
}

#[test]
fn projection() {
    let image = ImageSize { width: 640, height: 480 };
    let front = Camera {
        yaw_deg: 0.0,
        height_m: 1.0,
        distance_m: 4.0,
        vertical_fov_deg: 90.0,
        image,
        ..Camera::default()
    };
    check(front, vec3(0.0, 1.0, 0.0), &expect!["320.0 240.0, 4.00 m"]);
    // From the front, the athlete's left is on the right; up is up; nearer is bigger.
    check(front, vec3(1.0, 1.0, 0.0), &expect!["380.0 240.0, 4.00 m"]);
    check(front, vec3(0.0, 2.0, 0.0), &expect!["320.0 180.0, 4.00 m"]);
    check(front, vec3(1.0, 1.0, 2.0), &expect!["440.0 240.0, 2.00 m"]);
    check(front, vec3(0.0, 1.0, 5.0), &expect!["behind"]);
    // From the athlete's left side, forward is to the left; from the right side, to the right.
    check(Camera { yaw_deg: 90.0, ..front }, vec3(0.0, 1.0, 1.0), &expect!["260.0 240.0, 4.00 m"]);
    check(Camera { yaw_deg: -90.0, ..front }, vec3(0.0, 1.0, 1.0), &expect!["380.0 240.0, 4.00 m"]);
    // Looking down lifts things in the picture; a camera turned clockwise turns the picture the other way.
    check(Camera { pitch_deg: 45.0, ..front }, vec3(0.0, 1.0, 0.0), &expect!["320.0 0.0, 2.83 m"]);
    check(Camera { roll_deg: 90.0, ..front }, vec3(0.0, 2.0, 0.0), &expect!["260.0 240.0, 4.00 m"]);
}

#[test]
fn world_landmarks_are_metric_and_centered_between_the_hips() {
    let rig = Rig::new(&spec("squat"), &physiques()[0]);
    let figure = rig.pose_at(0.3);
    for yaw_deg in [0.0, 40.0, 90.0, 200.0] {
        let camera = Camera { yaw_deg, pitch_deg: 10.0, roll_deg: 3.0, ..Camera::default() };
        let landmarks = camera.blazepose_world(&figure);
        assert!((landmarks[23] + landmarks[24]).norm() < 1e-12);
        let thigh_m = (landmarks[25] - landmarks[23]).norm();
        assert!((thigh_m - rig.body().thigh_m).abs() < 1e-12);
    }
    // From the front: left hip to the right, head above (negative y), toes toward the camera (negative z).
    let front = Camera { yaw_deg: 0.0, ..Camera::default() }.blazepose_world(&figure);
    assert!(front[23].x > 0.05 && front[0].y < -0.4 && front[31].z < -0.05);
}

#[test]
fn the_whole_body_fits_the_default_picture() {
    for exercise in super::exercises() {
        let rig = Rig::new(&exercise.figure, &physiques()[0]);
        for yaw_deg in [0.0, 45.0, 90.0] {
            let camera = Camera { yaw_deg, ..Camera::default() };
            for point in camera.blazepose(&rig.pose_at(rig.spec().turn())).into_iter().flatten() {
                assert!(
                    point.x > 0.0 && point.x < 1280.0 && point.y < 720.0,
                    "{}: {point:?}",
                    exercise.id
                );
            }
        }
    }
}
