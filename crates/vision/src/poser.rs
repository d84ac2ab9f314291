//! One frame in, the followed person out: for files, live cameras and servers alike.

use std::path::Path;

use blazepose::{
    Border, DETECTOR_SIDE, Detector, Follower, Heatmap, ImageView, LANDMARK_SIDE, LandmarkOutputs,
    Layout, Region, Span, Step, YOLO_SIDE, YoloFollower, crop, letterbox,
};
use camera::Frame;
use motion::pose::Skeleton;

use crate::{
    Error, NetworkChoice, Networks, Runtime, RuntimeKind, SeenPerson,
    networks::{DETECTOR_FILE, onnx_bytes},
    runtime::Session,
};

/// The outputs we use, by `TFLite`'s names: landmarks, presence, heatmap, world landmarks. The segmentation mask is left
/// out, and with it a third of the network's work.
const LANDMARK_OUTPUTS: [&str; 4] = ["Identity", "Identity_1", "Identity_3", "Identity_4"];
const DETECTOR_OUTPUTS: [&str; 2] = ["Identity", "Identity_1"];

/// Sees one person per frame and follows them from frame to frame.
#[derive(Debug)]
pub struct PersonPoser {
    network: Network,
    runtime: RuntimeKind,
    n_detector_runs: u64,
}

#[derive(Debug)]
enum Network {
    BlazePose(Box<BlazePose>),
    Yolo(Box<Yolo>),
}

/// A network with its input and outputs, which are used again for every frame.
#[derive(Debug)]
struct Run {
    session: Session,
    side: u16,
    input: Vec<f32>,
    outputs: Vec<Vec<f32>>,
    runtime: RuntimeKind,
}

#[derive(Debug)]
struct Yolo {
    network: Run,
    follower: YoloFollower,
}

#[derive(Debug)]
struct BlazePose {
    detector: Run,
    landmarks: Run,
    reader: Detector,
    follower: Follower,
}

impl PersonPoser {
    /// Loads the networks into a runtime.
    pub fn load(
        choice: &NetworkChoice,
        networks: &Networks,
        runtime: &Runtime,
    ) -> Result<Self, Error> {
        let network = match choice {
            NetworkChoice::YoloPose(path) => {
                let bytes =
                    std::fs::read(path).map_err(|error| unusable(path, error.to_string()))?;
                let network = Run::load(runtime, path, &bytes, YOLO_SIDE)?;
                Network::Yolo(Box::new(Yolo { network, follower: YoloFollower::default() }))
            }
            NetworkChoice::Lite | NetworkChoice::Full | NetworkChoice::Heavy => {
                let import = |name: &str, outputs: &[&str], side| {
                    let path = networks.path(name)?;
                    Run::load(runtime, &path, &onnx_bytes(&path, outputs)?, side)
                };
                Network::BlazePose(Box::new(BlazePose {
                    detector: import(DETECTOR_FILE, &DETECTOR_OUTPUTS, DETECTOR_SIDE)?,
                    landmarks: import(choice.file_name(), &LANDMARK_OUTPUTS, LANDMARK_SIDE)?,
                    reader: Detector::default(),
                    follower: Follower::default(),
                }))
            }
        };
        Ok(Self { network, runtime: runtime.kind(), n_detector_runs: 0 })
    }

    /// The person followed, if there is one in this frame. Frames come in order of time.
    pub fn see(&mut self, frame: &Frame) -> Result<Option<SeenPerson>, Error> {
        let Some(image) = ImageView::new(&frame.rgb, frame.size) else { return Ok(None) };
        match &mut self.network {
            Network::Yolo(yolo) => {
                let Yolo { network, follower } = yolo.as_mut();
                let span = Span { black: 0.0, white: 1.0 };
                network.run(&image, &letterbox(&image), Border::Constant(114), span)?;
                let output = network.outputs.first().map_or([].as_slice(), Vec::as_slice);
                Ok(follower
                    .seen(frame.time, &image, output)
                    .map(|person| SeenPerson::from_yolo(&person, image.sides())))
            }
            Network::BlazePose(networks) => {
                let mut step = networks.follower.begin(frame.time, &image);
                loop {
                    step = match step {
                        Step::Detect => {
                            self.n_detector_runs += 1;
                            networks.detect(&image)?
                        }
                        Step::Look(region) => networks.look(&image, &region)?,
                        Step::Nobody => return Ok(None),
                        Step::Person(seen) => return Ok(Some(SeenPerson::from_blazepose(&seen))),
                    };
                }
            }
        }
    }

    /// The topology of the landmarks.
    #[must_use]
    pub fn skeleton(&self) -> Skeleton {
        match self.network {
            Network::BlazePose(_) => Skeleton::BlazePose33,
            Network::Yolo(_) => Skeleton::Coco17,
        }
    }

    /// What the networks run in.
    #[must_use]
    pub fn runtime(&self) -> RuntimeKind {
        self.runtime
    }

    /// How often the detector had to search a whole frame so far.
    #[must_use]
    pub fn n_detector_runs(&self) -> u64 {
        self.n_detector_runs
    }
}

impl BlazePose {
    fn detect(&mut self, image: &ImageView<'_>) -> Result<Step, Error> {
        let span = Span { black: -1.0, white: 1.0 };
        self.detector.run(image, &letterbox(image), Border::Constant(0), span)?;
        let [boxes, logits] = self.detector.outputs.as_slice() else { return Ok(Step::Nobody) };
        Ok(self.follower.detected(&self.reader.people(boxes, logits)))
    }

    fn look(&mut self, image: &ImageView<'_>, region: &Region) -> Result<Step, Error> {
        self.landmarks.run(image, region, Border::Repeat, Span { black: 0.0, white: 1.0 })?;
        let [landmarks, presence, heatmap, world] = self.landmarks.outputs.as_slice() else {
            return Ok(Step::Nobody);
        };
        Ok(self.follower.looked(&LandmarkOutputs {
            landmarks,
            presence: presence.first().copied().unwrap_or_default(),
            heatmap: Heatmap { logits: heatmap, layout: Layout::Planar },
            world,
        }))
    }
}

impl Run {
    fn load(runtime: &Runtime, path: &Path, onnx: &[u8], side: u16) -> Result<Self, Error> {
        let shape = [1, 3, usize::from(side), usize::from(side)];
        let session = runtime.load(onnx, &shape).map_err(|reason| unusable(path, reason))?;
        let input = vec![0.0; shape.iter().product()];
        Ok(Self { session, side, input, outputs: Vec::new(), runtime: runtime.kind() })
    }

    /// Shows a region of the image to the network.
    fn run(
        &mut self,
        image: &ImageView<'_>,
        region: &Region,
        border: Border,
        span: Span,
    ) -> Result<(), Error> {
        crop(image, region, self.side, border, (Layout::Planar, span), &mut self.input);
        let result = self.session.run(&self.input, &mut self.outputs);
        result.map_err(|reason| Error::RunFailed { runtime: self.runtime.name(), reason })
    }
}

fn unusable(path: &Path, reason: String) -> Error {
    Error::NetworkUnusable { path: path.to_owned(), reason }
}
