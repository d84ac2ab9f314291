//! Joint angles and lengths survive forward kinematics.

use units::Side;

use crate::math;
use crate::space::{Rotation, Vec3, included_angle_rad, vec3};
use crate::{Dof, Figure, Physique, Posture, Segment};

/// The next number of a fixed sequence, in 0..1.
fn next(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*state >> 40).unwrap()) / f64::from(1 << 24)
}

/// A posture within what joints can do, clear of the places where two angles do the same.
fn random_posture(state: &mut u64) -> Posture {
    let mut posture = Posture::default();
    for dof in Dof::ALL {
        for side in Side::BOTH {
            let (least, most) = match dof {
                Dof::ElbowFlexion | Dof::KneeFlexion => (10.0, 140.0),
                Dof::ShoulderFlexion | Dof::HipFlexion => (-40.0, 130.0),
                Dof::ShoulderAbduction | Dof::HipAbduction => (-20.0, 80.0),
                dof if !dof.is_angle() || matches!(dof, Dof::HeelLift | Dof::ToeLift) => (0.0, 0.0),
                _ => (-40.0, 40.0),
            };
            let degrees: f64 = least + (most - least) * next(state);
            posture = posture.with(dof, side, degrees.to_radians());
        }
    }
    posture
}

/// Flexion, abduction and rotation of a limb from three positions and the axes it hangs from. `bends` is +1 where the
/// lower part folds forward (arm), −1 where it folds back (leg).
fn ball_angles(axes: &Rotation, side: Side, [root, mid, end]: [Vec3; 3], bends: f64) -> [f64; 3] {
    let outward = if side == Side::Left { 1.0 } else { -1.0 };
    let upper = axes.local((mid - root).unit());
    let abduction = math::asin((outward * upper.x).clamp(-1.0, 1.0));
    let flexion = math::atan2(upper.z, -upper.y);
    // The lower part as it would lie before flexion and abduction.
    let lower = axes.local((end - mid).unit());
    let (sin, cos) = (math::sin(flexion), math::cos(flexion));
    let lower = vec3(lower.x, lower.y * cos - lower.z * sin, lower.z * cos + lower.y * sin);
    let (sin, cos) = (math::sin(outward * abduction), math::cos(abduction));
    let lower = vec3(lower.x * cos + lower.y * sin, lower.y * cos - lower.x * sin, lower.z);
    [flexion, abduction, math::atan2(-outward * bends * lower.x, bends * lower.z)]
}

#[test]
fn joint_angles_can_be_read_back_from_positions() {
    let body = Physique::default().segments();
    let mut state = 1;
    for _ in 0..200 {
        let posture = random_posture(&mut state);
        let figure = Figure::floating(&body, &posture, vec3(0.1, 0.9, -0.2));
        let at = |segment| figure.origin(segment);
        for side in Side::BOTH {
            let arm =
                [Segment::UpperArm(side), Segment::Forearm(side), Segment::Hand(side)].map(at);
            let leg = [Segment::Thigh(side), Segment::Shank(side), Segment::Foot(side)].map(at);
            let shoulder = ball_angles(&figure.rotation(Segment::Thorax), side, arm, 1.0);
            let hip = ball_angles(&figure.rotation(Segment::Pelvis), side, leg, -1.0);
            let bend = |[a, b, c]: [Vec3; 3]| std::f64::consts::PI - included_angle_rad(a, b, c);
            for (dof, read) in [
                (Dof::ShoulderFlexion, shoulder[0]),
                (Dof::ShoulderAbduction, shoulder[1]),
                (Dof::ShoulderRotation, shoulder[2]),
                (Dof::ElbowFlexion, bend(arm)),
                (Dof::HipFlexion, hip[0]),
                (Dof::HipAbduction, hip[1]),
                (Dof::HipRotation, hip[2]),
                (Dof::KneeFlexion, bend(leg)),
            ] {
                let meant = posture.get(dof, side);
                assert!((read - meant).abs() < 1e-6, "{dof:?} {side:?}: {read} instead of {meant}");
            }
        }
    }
}

#[test]
fn segment_lengths_do_not_change() {
    let mut state = 7;
    for physique in super::physiques() {
        let body = physique.segments();
        let figure = Figure::floating(&body, &random_posture(&mut state), Vec3::ZERO);
        let length = |from, to| (figure.origin(to) - figure.origin(from)).norm();
        for side in Side::BOTH {
            for (measured, meant) in [
                (length(Segment::UpperArm(side), Segment::Forearm(side)), body.upper_arm_m),
                (length(Segment::Forearm(side), Segment::Hand(side)), body.forearm_m),
                (length(Segment::Thigh(side), Segment::Shank(side)), body.thigh_m),
                (length(Segment::Shank(side), Segment::Foot(side)), body.shank_m),
                (length(Segment::Pelvis, Segment::Lumbar), body.pelvis_m),
                (length(Segment::Lumbar, Segment::Thorax), body.lumbar_m),
            ] {
                assert!((measured - meant).abs() < 1e-12, "{measured} instead of {meant}");
            }
        }
    }
}

#[test]
fn everybody_stands_as_tall_as_they_are() {
    for physique in super::physiques() {
        let body = physique.segments();
        let standing = Figure::floating(&body, &Posture::default(), Vec3::ZERO);
        let crown = standing.point(Segment::Head, vec3(0.0, body.head_m, 0.0));
        let sole = standing.point(Segment::Foot(Side::Left), vec3(0.0, -body.ankle_height_m, 0.0));
        assert!((crown.y - sole.y - physique.height_m).abs() < 1e-12);
    }
}

#[test]
fn flexion_goes_forward_and_abduction_outward() {
    let check = |dof: Dof, degrees: f64, moved: Segment, toward: Vec3| {
        let body = Physique::default().segments();
        let rest = Figure::floating(&body, &Posture::default(), Vec3::ZERO);
        let bent = Posture::default().with(dof, Side::Left, degrees.to_radians());
        let bent = Figure::floating(&body, &bent, Vec3::ZERO);
        let way = bent.origin(moved) - rest.origin(moved);
        assert!(way.dot(toward) > 0.05, "{dof:?} moves {moved:?} by {way:?}");
    };
    let (left, up, forward) = (vec3(1.0, 0.0, 0.0), Vec3::UP, vec3(0.0, 0.0, 1.0));
    check(Dof::ShoulderFlexion, 60.0, Segment::Hand(Side::Left), forward);
    check(Dof::ShoulderAbduction, 60.0, Segment::Hand(Side::Left), left);
    check(Dof::ElbowFlexion, 60.0, Segment::Hand(Side::Left), forward + up);
    check(Dof::HipFlexion, 60.0, Segment::Shank(Side::Left), forward + up);
    check(Dof::HipAbduction, 60.0, Segment::Shank(Side::Left), left + up);
    check(Dof::KneeFlexion, 60.0, Segment::Foot(Side::Left), up - forward);
    check(Dof::PelvisPitch, 40.0, Segment::Head, forward - up);
    check(Dof::PelvisRoll, 40.0, Segment::Head, -left);
    check(Dof::LumbarFlexion, 40.0, Segment::Head, forward);
    check(Dof::SideBend, 40.0, Segment::Head, -left);
    check(Dof::Twist, 60.0, Segment::UpperArm(Side::Left), -forward);
}

#[test]
fn mirroring_twice_changes_nothing() {
    let mut state = 3;
    let posture = random_posture(&mut state);
    assert_eq!(posture.mirrored().mirrored(), posture);
    let body = Physique::default().segments();
    let figure = Figure::floating(&body, &posture, Vec3::ZERO);
    // A mirrored posture and a mirrored figure are the same body.
    let (of_posture, of_figure) =
        (Figure::floating(&body, &posture.mirrored(), Vec3::ZERO), figure.mirrored());
    for (a, b) in of_posture.joints().iter().zip(of_figure.joints()) {
        assert!((*a - b).norm() < 1e-12);
    }
}
