//! One person's joints at one time, in pixels, whatever network saw them.
//!
//! Easy to get wrong: `x` and `y` are PIXELS on the image's true aspect ratio, y down. Normalised coordinates must be
//! multiplied by width and height before they get here, or every angle is off on a non-square picture.

use units::{ImageSize, MediaTime, Side};

/// An anatomical point of our skeleton. Left and right are the athlete's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Joint {
    Nose,
    LeftEar,
    RightEar,
    LeftShoulder,
    RightShoulder,
    LeftElbow,
    RightElbow,
    LeftWrist,
    RightWrist,
    LeftHip,
    RightHip,
    LeftKnee,
    RightKnee,
    LeftAnkle,
    RightAnkle,
    LeftHeel,
    RightHeel,
    LeftToe,
    RightToe,
}

/// How many joints our skeleton has.
pub const N_JOINTS: usize = 19;

/// A joint that exists once per side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Limb {
    Ear,
    Shoulder,
    Elbow,
    Wrist,
    Hip,
    Knee,
    Ankle,
    Heel,
    Toe,
}

impl Limb {
    /// Every limb, in index order.
    pub const ALL: [Self; 9] = [
        Self::Ear,
        Self::Shoulder,
        Self::Elbow,
        Self::Wrist,
        Self::Hip,
        Self::Knee,
        Self::Ankle,
        Self::Heel,
        Self::Toe,
    ];

    /// The joint on one side.
    #[must_use]
    pub fn on(self, side: Side) -> Joint {
        let (left, right) = match self {
            Self::Ear => (Joint::LeftEar, Joint::RightEar),
            Self::Shoulder => (Joint::LeftShoulder, Joint::RightShoulder),
            Self::Elbow => (Joint::LeftElbow, Joint::RightElbow),
            Self::Wrist => (Joint::LeftWrist, Joint::RightWrist),
            Self::Hip => (Joint::LeftHip, Joint::RightHip),
            Self::Knee => (Joint::LeftKnee, Joint::RightKnee),
            Self::Ankle => (Joint::LeftAnkle, Joint::RightAnkle),
            Self::Heel => (Joint::LeftHeel, Joint::RightHeel),
            Self::Toe => (Joint::LeftToe, Joint::RightToe),
        };
        match side {
            Side::Left => left,
            Side::Right => right,
        }
    }
}

/// One detected point in the image.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Keypoint {
    /// Pixels from the left edge; may lie outside the image.
    pub x: f64,
    /// Pixels from the top edge, growing downwards.
    pub y: f64,
    /// 0 (not seen) to 1 (certain).
    pub confidence: f64,
}

/// A point in metres in the athlete's own space: origin between the hips, x to the camera's right, y down, z away
/// from the camera.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(missing_docs, reason = "axes are in the type's documentation")]
pub struct WorldPoint {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}

/// One person's joints at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// The frame's own time.
    pub time: MediaTime,
    /// Indexed by [`Joint`].
    pub keypoints: [Keypoint; N_JOINTS],
    /// Metric landmarks, where the network gives them; same confidence as the keypoint.
    pub world: Option<[WorldPoint; N_JOINTS]>,
}

impl Pose {
    /// A frame in which nobody was seen.
    #[must_use]
    pub fn nobody(time: MediaTime) -> Self {
        Self { time, keypoints: [Keypoint::default(); N_JOINTS], world: None }
    }

    /// Whether at least four joints are seen: somebody, not a stray guess.
    #[must_use]
    pub fn shows_person(&self) -> bool {
        self.keypoints.iter().filter(|keypoint| keypoint.confidence >= 0.3).count() >= 4
    }

    /// The keypoint of a joint.
    #[must_use]
    pub fn at(&self, joint: Joint) -> Keypoint {
        self.keypoints[joint as usize]
    }
}

/// A topology that some network or data set uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skeleton {
    /// MediaPipe's 33 landmarks.
    BlazePose33,
    /// COCO's 17 keypoints: no heels, no toes.
    Coco17,
}

/// A keypoint as networks give it: x and y as fractions of the image's width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NormalizedKeypoint {
    /// 0 at the left edge, 1 at the right edge.
    pub x: f64,
    /// 0 at the top edge, 1 at the bottom edge.
    pub y: f64,
    /// 0 to 1.
    pub confidence: f64,
}

impl Skeleton {
    /// How many points the topology has.
    #[must_use]
    pub fn n_points(self) -> usize {
        self.names().len()
    }

    /// The points' names in order, as MediaPipe and COCO spell them in snake case.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::BlazePose33 => &BLAZEPOSE_NAMES,
            Self::Coco17 => &COCO_NAMES,
        }
    }

    /// Where this topology keeps one of our joints, if it has it.
    #[must_use]
    pub fn index_of(self, joint: Joint) -> Option<usize> {
        let by_joint: [Option<usize>; N_JOINTS] = match self {
            Self::BlazePose33 => {
                [0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32].map(Some)
            }
            Self::Coco17 => {
                let mut map = [None; N_JOINTS];
                for (slot, index) in
                    map.iter_mut().zip([0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
                {
                    *slot = Some(index);
                }
                map
            }
        };
        by_joint[joint as usize]
    }

    /// A pose from this topology's points. Points the topology lacks, points with non-finite coordinates and points
    /// past the end of a short slice get confidence 0; confidence is clamped to 0..=1.
    #[must_use]
    pub fn pose(
        self,
        time: MediaTime,
        points: &[NormalizedKeypoint],
        world: Option<&[WorldPoint]>,
        image: ImageSize,
    ) -> Pose {
        let mut pose = Pose::nobody(time);
        let (width, height) = (f64::from(image.width), f64::from(image.height));
        for joint in Joint::ALL {
            let Some(point) = self.index_of(joint).and_then(|index| points.get(index)) else {
                continue;
            };
            if point.x.is_finite() && point.y.is_finite() && point.confidence.is_finite() {
                pose.keypoints[joint as usize] = Keypoint {
                    x: point.x * width,
                    y: point.y * height,
                    confidence: point.confidence.clamp(0.0, 1.0),
                };
            }
        }
        pose.world = world.filter(|points| points.len() >= self.n_points()).map(|points| {
            let mut ours = [WorldPoint::default(); N_JOINTS];
            for joint in Joint::ALL {
                let point =
                    self.index_of(joint).map_or_else(WorldPoint::default, |index| points[index]);
                let finite = point.x.is_finite() && point.y.is_finite() && point.z.is_finite();
                ours[joint as usize] = if finite { point } else { WorldPoint::default() };
            }
            ours
        });
        pose
    }
}

impl Joint {
    /// Every joint, in index order.
    pub const ALL: [Self; N_JOINTS] = [
        Self::Nose,
        Self::LeftEar,
        Self::RightEar,
        Self::LeftShoulder,
        Self::RightShoulder,
        Self::LeftElbow,
        Self::RightElbow,
        Self::LeftWrist,
        Self::RightWrist,
        Self::LeftHip,
        Self::RightHip,
        Self::LeftKnee,
        Self::RightKnee,
        Self::LeftAnkle,
        Self::RightAnkle,
        Self::LeftHeel,
        Self::RightHeel,
        Self::LeftToe,
        Self::RightToe,
    ];
}

const BLAZEPOSE_NAMES: [&str; 33] = [
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
];

const COCO_NAMES: [&str; 17] = [
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
];
