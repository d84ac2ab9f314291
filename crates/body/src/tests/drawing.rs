//! Pictures: small, named, well formed, and still where motion is unwelcome.

use expect_test::expect;

use crate::draw::{Angle, Caption, Joints, Scale, animated, from_keypoints, still};
use crate::{Camera, Moment, Phase, Physique, Rig};

use super::{exercises, spec};

const CAPTION: Caption<'_> = Caption { title: "Squat & co", description: "Sits down, stands up." };

/// Opening and closing tags match and attributes are quoted.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}

#[test]
fn every_exercise_moves_in_25_kb() {
    for exercise in exercises() {
        let rig = Rig::new(&exercise.figure, &Physique::default());
        for angle in [Angle::SIDE, Angle::FRONT] {
            let svg = animated(&rig, &[], angle, [2.0, 0.0, 1.0, 0.0], CAPTION);
            assert!(svg.len() <= 25_000, "{}: {} bytes", exercise.id, svg.len());
            assert_well_formed(&svg);
            assert!(svg.contains("prefers-reduced-motion"));
            let holds = exercise.figure.phase_at(0.0) == Phase::Hold;
            assert_ne!(holds, svg.contains("<animate "), "{}", exercise.id);
        }
    }
}

#[test]
fn frames_of_a_moving_part_have_the_same_commands() {
    for exercise in exercises() {
        let rig = Rig::new(&exercise.figure, &Physique::default());
        let svg = animated(&rig, &[], Angle::FRONT, [1.0, 0.0, 1.0, 0.0], CAPTION);
        for values in svg.split("values=\"").skip(1) {
            let values = values.split('"').next().unwrap();
            let letters =
                |path: &str| path.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            let first = letters(values.split(';').next().unwrap());
            for path in values.split(';') {
                assert_eq!(letters(path), first, "{}", exercise.id);
            }
        }
    }
}

#[test]
fn steps_show_what_is_new() {
    let told = |id: &str| {
        let steps = spec(id).steps();
        steps.iter().map(|step| format!("{} {}", step.part.as_str(), step.at)).collect::<Vec<_>>()
    };
    assert_eq!(told("squat"), ["start 0", "out 0.25", "turn 0.5"]);
    assert_eq!(told("arm_circles"), ["start 0", "out 0.25", "turn 0.5", "back 0.75"]);
    assert_eq!(told("plank"), ["hold 0.5"]);
    for exercise in exercises() {
        let steps = exercise.figure.steps();
        assert!(steps.windows(2).all(|pair| pair[0].at < pair[1].at), "{}", exercise.id);
    }
}

#[test]
fn stills_are_named_and_small() {
    let rig = Rig::new(&spec("squat"), &Physique::default());
    for step in rig.spec().steps() {
        let moment = Moment { progress: step.at, ..Moment::default() };
        let svg = still(&rig, moment, Angle::SIDE, CAPTION);
        assert_well_formed(&svg);
        assert!(svg.len() < 6_000, "{} bytes", svg.len());
        assert!(svg.contains("role=\"img\"") && svg.contains("<title>Squat &amp; co</title>"));
        assert!(svg.contains("<desc>Sits down, stands up.</desc>"));
    }
    let worst = still(
        &rig,
        Moment { progress: 0.5, mirror: true, faults: &[("knee_valgus", 1.0)] },
        Angle::FRONT,
        CAPTION,
    );
    assert_well_formed(&worst);
}

#[test]
fn far_limbs_are_painted_first_and_darker() {
    let rig = Rig::new(&spec("squat"), &Physique::default());
    let svg = still(&rig, Moment { progress: 0.5, ..Moment::default() }, Angle::SIDE, CAPTION);
    let classes: Vec<_> =
        svg.split("<path class=\"").skip(1).map(|path| path.split('"').next().unwrap()).collect();
    expect!["fig-l, fig-g, fig-k fig-f, fig-s fig-f, fig-s fig-f, fig-b fig-f, fig-t fig-f, fig-s, fig-b, fig-t, fig-s, fig-h, fig-s, fig-b, fig-k, fig-s, fig-t, fig-s"].assert_eq(&classes.join(", "));
}

/// A picture that is compared with no other.
fn alone(joints: &Joints) -> String {
    from_keypoints(joints, Scale::of([joints]), CAPTION)
}

#[test]
fn pictures_of_one_person_share_a_scale() {
    let (rig, camera) = (Rig::new(&spec("push_up"), &Physique::default()), Camera::default());
    let seen: Joints = rig
        .pose_at(0.5)
        .joints()
        .map(|joint| camera.project(joint).map(|point| (point.x, point.y)));
    // Arms and legs that point at the camera look short; head and trunk stay as they are.
    let mut short = seen;
    for (root, limb) in [(3, [5, 7]), (4, [6, 8]), (9, [11, 13]), (10, [12, 14])] {
        let (x, y) = seen[root].unwrap();
        for joint in limb {
            short[joint] =
                seen[joint].map(|(to_x, to_y)| (x + (to_x - x) / 2.0, y + (to_y - y) / 2.0));
        }
    }
    let head = |svg: &str| {
        svg.split("<path class=\"fig-h\" d=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(head(&alone(&seen)), head(&alone(&short)));
    let scale = Scale::of([&seen, &short]);
    let [one, other] = [&seen, &short].map(|joints| from_keypoints(joints, scale, CAPTION));
    assert_eq!(head(&one), head(&other));
    assert_ne!(one, other);
}

#[test]
fn figures_from_keypoints_survive_whatever_is_missing() {
    let rig = Rig::new(&spec("push_up"), &Physique::default());
    let camera = Camera::default();
    let joints = rig
        .pose_at(0.5)
        .joints()
        .map(|joint| camera.project(joint).map(|point| (point.x, point.y)));
    assert_well_formed(&alone(&joints));
    assert_well_formed(&alone(&[None; 19]));
    for missing in 0..19 {
        let mut joints = joints;
        joints[missing] = if missing % 2 == 0 { None } else { Some((f64::NAN, f64::INFINITY)) };
        assert_well_formed(&alone(&joints));
    }
    let one_spot = [Some((5.0, 5.0)); 19];
    assert_well_formed(&alone(&one_spot));
}
