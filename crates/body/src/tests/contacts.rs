//! What should stay put does, and nothing sinks into the floor, for every exercise, fault and body.

use crate::{Figure, Rig, Segment};

use super::{cycle, exercises, physiques};

/// Runs `check` on every exercise with every body, and on the average body with every fault.
fn everywhere(check: impl Fn(&str, &Rig, f64, &Figure)) {
    for exercise in exercises() {
        let rigs = physiques().map(|physique| Rig::new(&exercise.figure, &physique));
        let good = rigs.iter().map(|rig| (exercise.id.clone(), rig, None));
        let bad = exercise.figure.faults.iter().map(|fault| {
            (format!("{} with {}", exercise.id, fault.id), &rigs[0], Some((fault.id.as_str(), 1.0)))
        });
        for (name, rig, fault) in good.chain(bad) {
            for progress in cycle(16) {
                check(&name, rig, progress, &rig.pose_at_with(progress, false, fault.as_slice()));
            }
        }
    }
}

#[test]
fn contacts_stay_within_a_millimetre() {
    everywhere(|name, rig, progress, figure| {
        let miss_mm = figure.contact_miss_m() * 1e3;
        let stature_m = rig.body().stature_m;
        assert!(miss_mm < 1.0, "{name} of {stature_m} m at {progress:.2}: {miss_mm:.2} mm");
    });
}

#[test]
fn what_holds_the_body_up_does_not_move() {
    for exercise in exercises() {
        let rig = Rig::new(&exercise.figure, &physiques()[0]);
        // Feet may step; how far off they are is in `contact_miss_m`.
        let held =
            exercise.figure.contact.anchors(rig.body(), &exercise.figure).into_iter().filter(
                |anchor| anchor.rows == [true; 3] && !matches!(anchor.segment, Segment::Foot(_)),
            );
        for anchor in held {
            let at = |progress: f64| rig.pose_at(progress).point(anchor.segment, anchor.local);
            for progress in cycle(40) {
                let moved_m = (at(progress) - at(0.0)).norm();
                assert!(moved_m < 0.001, "{} {:?} moved {moved_m} m", exercise.id, anchor.segment);
            }
        }
    }
}

#[test]
fn nothing_sinks_into_the_floor() {
    everywhere(|name, _, progress, figure| {
        for (idx, point) in figure.blazepose().iter().enumerate() {
            assert!(
                point.y > -0.012,
                "{name} at {progress:.2}: landmark {idx} is at {:.3} m",
                point.y
            );
        }
    });
}

#[test]
fn a_standing_body_is_balanced() {
    everywhere(|name, rig, progress, figure| {
        if !rig.balances() || name.contains("jumping_jack") {
            return;
        }
        let (heel, toe) = ([29, 30], [31, 32]);
        let points = figure.blazepose();
        let z = |idx: [usize; 2]| idx.map(|idx| points[idx].z);
        let (back, front) = (z(heel), z(toe));
        let com = figure.center_of_mass();
        let (back, front) = (back[0].min(back[1]), front[0].max(front[1]));
        assert!(
            com.z > back && com.z < front,
            "{name} at {progress:.2}: {:.3} not in {back:.3}..{front:.3}",
            com.z
        );
    });
}

#[test]
fn movement_has_no_jumps() {
    everywhere(|name, rig, progress, figure| {
        let faults: Vec<_> =
            name.split_once(" with ").map(|(_, fault)| (fault, 1.0)).into_iter().collect();
        let near = rig.pose_at_with((progress + 0.002).min(1.0), false, &faults);
        for (a, b) in figure.joints().iter().zip(near.joints()) {
            let moved_m = (*a - b).norm();
            assert!(moved_m < 0.035, "{name} at {progress:.2}: {moved_m} m in 0.2 % of a rep");
        }
    });
}
