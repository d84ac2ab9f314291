//! Undoes short mix-ups of left and right: pose networks exchange the sides' labels for some frames when limbs cross.
//!
//! A limb that seems to jump to where the other one just was, and the other to where this one was, has changed its name,
//! not its place. A mix-up that lasts is believed: then it was the earlier frames that were wrong.

use units::{MediaTime, Side};

use crate::pose::{Joint, Keypoint, Limb, N_JOINTS, Pose};
use crate::signal::distance;

/// What changes names together: networks exchange arms, legs or the whole body.
const GROUPS: [&[Limb]; 3] = [
    &[Limb::Shoulder, Limb::Hip],
    &[Limb::Elbow, Limb::Wrist],
    &[Limb::Knee, Limb::Ankle, Limb::Heel, Limb::Toe],
];
/// The time over which a limb is expected near its last place, seconds.
const MEMORY_SECS: f64 = 0.35;
/// A mix-up that lasts longer is none, seconds.
const LONGEST_SECS: f64 = 0.6;
/// The least mean jump of the joints of a group, as a part of the torso.
const JUMP: f64 = 0.12;
/// With the names exchanged back, the joints moved no more than this part of the jump.
const EXPLAINED: f64 = 0.4;
/// Joints seen less are not compared.
const LEAST_CONFIDENCE: f64 = 0.1;

/// Remembers where each side's joints were last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    last: Option<(MediaTime, [Keypoint; N_JOINTS])>,
    mixed_up_since: [Option<MediaTime>; GROUPS.len()],
}

impl Labels {
    /// The pose with the names that its joints had before. `torso_px` is the torso's length, 0 while unknown.
    pub(crate) fn keep(&mut self, pose: &Pose, torso_px: f64) -> Pose {
        let mut kept = *pose;
        if !pose.shows_person() {
            return kept;
        }
        let recent = self.last.filter(|(time, _)| pose.time.secs_since(*time) <= MEMORY_SECS);
        for (group, since) in GROUPS.iter().zip(&mut self.mixed_up_since) {
            let jumps = recent
                .as_ref()
                .is_some_and(|(_, last)| mixed_up(last, &kept.keypoints, group, torso_px));
            if !jumps {
                *since = None;
                continue;
            }
            let since = *since.get_or_insert(pose.time);
            if pose.time.secs_since(since) <= LONGEST_SECS {
                exchange(&mut kept, group);
            }
        }
        self.last = Some((pose.time, kept.keypoints));
        kept
    }
}

/// Whether a group's joints are where the other side's were.
fn mixed_up(
    last: &[Keypoint; N_JOINTS],
    now: &[Keypoint; N_JOINTS],
    group: &[Limb],
    torso_px: f64,
) -> bool {
    let seen = |joint: Joint| {
        last[joint as usize].confidence >= LEAST_CONFIDENCE
            && now[joint as usize].confidence >= LEAST_CONFIDENCE
    };
    let moved = |from: Joint, to: Joint| distance(last[from as usize], now[to as usize]);
    let (mut as_named, mut exchanged, mut n) = (0.0, 0.0, 0.0);
    for limb in group {
        let (left, right) = (limb.on(Side::Left), limb.on(Side::Right));
        if seen(left) && seen(right) {
            as_named += moved(left, left) + moved(right, right);
            exchanged += moved(left, right) + moved(right, left);
            n += 2.0;
        }
    }
    n > 0.0 && torso_px > 0.0 && as_named > JUMP * n * torso_px && exchanged < EXPLAINED * as_named
}

fn exchange(pose: &mut Pose, group: &[Limb]) {
    for limb in group {
        let (left, right) = (limb.on(Side::Left) as usize, limb.on(Side::Right) as usize);
        pose.keypoints.swap(left, right);
        if let Some(world) = &mut pose.world {
            world.swap(left, right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body with knees at these x, ankles below them; the torso is 100 pixels long.
    fn body(ms: f64, left_x: f64, right_x: f64) -> Pose {
        let mut pose = Pose::nobody(MediaTime::from_ms(ms));
        let mut put = |limb: Limb, left: (f64, f64), right: (f64, f64)| {
            for (side, (x, y)) in [(Side::Left, left), (Side::Right, right)] {
                pose.keypoints[limb.on(side) as usize] = Keypoint { x, y, confidence: 0.9 };
            }
        };
        put(Limb::Shoulder, (120.0, 0.0), (80.0, 0.0));
        put(Limb::Hip, (115.0, 100.0), (85.0, 100.0));
        put(Limb::Knee, (left_x, 150.0), (right_x, 150.0));
        put(Limb::Ankle, (left_x, 200.0), (right_x, 200.0));
        pose
    }

    /// Knees' x per frame of 33 ms as the network names them, and the left knee's x as it is kept.
    fn check(frames: &[(f64, f64)], expected: &[f64]) {
        let mut labels = Labels::default();
        let kept: Vec<f64> = (0_u32..)
            .zip(frames)
            .map(|(k, &(left, right))| {
                labels.keep(&body(33.0 * f64::from(k), left, right), 100.0).at(Joint::LeftKnee).x
            })
            .collect();
        assert_eq!(kept, expected, "{frames:?}");
    }

    #[test]
    fn names_stay_with_their_limbs() {
        check(&[(115.0, 85.0), (116.0, 84.0)], &[115.0, 116.0]);
        // Exchanged for two frames.
        check(
            &[(115.0, 85.0), (85.0, 115.0), (84.0, 116.0), (116.0, 84.0)],
            &[115.0, 115.0, 116.0, 116.0],
        );
        // Knees that meet and part again keep their names, whatever the network says where they meet.
        check(&[(104.0, 96.0), (96.0, 104.0), (104.0, 96.0)], &[104.0, 96.0, 104.0]);
        // A wide jump to a place where the other was not is a movement.
        check(&[(115.0, 85.0), (150.0, 50.0)], &[115.0, 150.0]);
    }

    #[test]
    fn a_lasting_exchange_is_believed() {
        let mut frames = vec![(115.0, 85.0)];
        frames.extend([(85.0, 115.0); 30]);
        let mut expected = vec![115.0; 20];
        expected.extend([85.0; 11]);
        check(&frames, &expected);
    }
}
