//! What was seen of a person, and how the engine's poses are made from it.

use blazepose::{Seen, YoloPerson};
use motion::pose::{NormalizedKeypoint, Pose, Skeleton, WorldPoint};
use units::{ImageSize, MediaTime};

/// One person in one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPerson {
    /// x and y in fractions of the frame's width and height, depth in fractions of its width, and visibility from 0 to
    /// 1, for every point of the network's skeleton.
    pub landmarks: Vec<[f32; 4]>,
    /// Metres from the point between the hips: x right, y down, z away from the camera; where the network gives them.
    pub world: Option<Vec<[f32; 3]>>,
}

impl SeenPerson {
    pub(crate) fn from_blazepose(seen: &Seen) -> Self {
        Self {
            landmarks: seen
                .landmarks
                .iter()
                .map(|one| [one.x, one.y, one.z, one.visibility])
                .collect(),
            world: Some(seen.world.to_vec()),
        }
    }

    pub(crate) fn from_yolo(person: &YoloPerson, [width, height]: [f32; 2]) -> Self {
        let landmarks = person
            .points
            .iter()
            .map(|[x, y, confidence]| [x / width, y / height, 0.0, *confidence]);
        Self { landmarks: landmarks.collect(), world: None }
    }

    /// The engine's pose, in pixels of an image of the given size.
    #[must_use]
    pub fn pose(&self, time: MediaTime, skeleton: Skeleton, image: ImageSize) -> Pose {
        let point = |[x, y, _, visibility]: &[f32; 4]| NormalizedKeypoint {
            x: f64::from(*x),
            y: f64::from(*y),
            confidence: f64::from(*visibility),
        };
        let points: Vec<NormalizedKeypoint> = self.landmarks.iter().map(point).collect();
        let world: Option<Vec<WorldPoint>> = self.world.as_ref().map(|world| {
            let in_metres = |[x, y, z]: [f32; 3]| WorldPoint {
                x: f64::from(x),
                y: f64::from(y),
                z: f64::from(z),
            };
            world.iter().copied().map(in_metres).collect()
        });
        skeleton.pose(time, &points, world.as_deref(), image)
    }
}

/// One frame of a video, looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPose {
    /// When the frame is to be shown.
    pub time: MediaTime,
    /// The video's own size, upright.
    pub image: ImageSize,
    /// The topology of the person's landmarks.
    pub skeleton: Skeleton,
    /// The person followed, if there.
    pub person: Option<SeenPerson>,
}

impl SeenPose {
    /// The engine's pose; one without any joint when nobody was seen.
    #[must_use]
    pub fn pose(&self) -> Pose {
        let person = self.person.as_ref();
        person.map_or_else(
            || Pose::nobody(self.time),
            |person| person.pose(self.time, self.skeleton, self.image),
        )
    }
}
