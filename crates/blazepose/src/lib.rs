//! Pure pre- and post-processing of the pose networks: what to cut out of a frame, and what the numbers that come back
//! mean. No inference runtime: the native host runs ONNX, the browser `LiteRT`, both through this crate.
//!
//! Easy to get wrong: a [`Region`] is in PIXELS of the frame it was made for; landmarks are fractions of its width and
//! height. A frame of another size needs another region.
#![warn(missing_docs)]

mod anchors;
mod crop;
mod detection;
mod follow;
mod landmarks;
mod math;
mod pick;
mod region;
mod scene;
mod smoothing;
mod yolo;

pub use crop::{Border, ImageView, Layout, Span, crop, letterbox};
pub use detection::{DETECTOR_SIDE, Detection, Detector, N_BOX_VALUES, N_BOXES};
pub use follow::{Follower, Step};
pub use landmarks::{
    HEATMAP_SIDE, Heatmap, LANDMARK_SIDE, Landmark, LandmarkOutputs, N_LANDMARKS, N_RAW_LANDMARKS,
    Seen, read_landmarks,
};
pub use region::Region;
pub use smoothing::Smoother;
pub use yolo::{
    N_YOLO_BOXES, N_YOLO_POINTS, N_YOLO_VALUES, YOLO_SIDE, YoloFollower, YoloPerson, read_yolo,
};
