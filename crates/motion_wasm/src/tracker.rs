//! Seeing one person in a browser: `blazepose`'s follower, with the networks run by the host.
//!
//! The host (a worker with `LiteRT.js`) copies a frame's RGBA bytes to [`PersonTracker::frame_buffer`], calls
//! [`PersonTracker::begin`], and then does what each answer asks until somebody or nobody is seen:
//!
//! ```text
//! begin ──► detect ──detected──► look ──looked──► person | nobody
//!   └────────────────────────────►┘  └──► detect (the person seems to have jumped)
//! ```
//!
//! The native twin is `vision::PersonPoser`; both show the networks the same pixels, here in `TFLite`'s own layout.
//! Easy to get wrong: pointers into this module's memory die whenever that memory grows. Make a new view for each use.

use blazepose::{
    Border, DETECTOR_SIDE, Detector, Follower, Heatmap, ImageView, LANDMARK_SIDE, LandmarkOutputs,
    Layout, Region, Seen, Span, Step, crop, letterbox,
};
use units::{ImageSize, MediaTime};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// A 4K camera's frame fits; what is larger is a mistake, and would not fit into a phone's memory.
const MAX_PIXELS: u64 = 4096 * 4096;

/// What the tracker needs next, or has found.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackStep {
    /// Run the person detector on the input and call `detected`.
    Detect = "detect",
    /// Run the landmark network on the input and call `looked`.
    Look = "look",
    /// Nobody to follow in this frame.
    Nobody = "nobody",
    /// The person followed: see `landmarks` and `world`.
    Person = "person",
}

/// Follows one person through frames. See the module's own documentation.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct PersonTracker {
    follower: Follower,
    reader: Detector,
    rgba: Vec<u8>,
    /// Nothing until a frame was written.
    size: Option<ImageSize>,
    input: Vec<f32>,
    seen: Option<Box<Seen>>,
}

#[wasm_bindgen]
impl PersonTracker {
    /// A tracker that has seen nobody yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the host writes a frame of this size, as `width * height * 4` bytes of RGBA. Throws when a side is 0 or the
    /// frame is larger than 4096 × 4096.
    pub fn frame_buffer(&mut self, width: u32, height: u32) -> Result<*mut u8, JsError> {
        self.resize(ImageSize { width, height }).map_err(|reason| JsError::new(&reason))?;
        Ok(self.rgba.as_mut_ptr())
    }

    /// Starts on the frame that was written last. Frames come in order of time.
    pub fn begin(&mut self, ts_ms: f64) -> TrackStep {
        self.seen = None;
        let Some(image) = view(&self.rgba, self.size) else {
            return TrackStep::Nobody;
        };
        let step = self.follower.begin(MediaTime::from_ms(ts_ms), &image);
        self.prepare(step)
    }

    /// Where the network's input lies: `input_length` floats, rows of red, green, blue.
    #[must_use]
    pub fn input(&self) -> *const f32 {
        self.input.as_ptr()
    }

    /// How many floats the network's input has.
    #[must_use]
    pub fn input_length(&self) -> usize {
        self.input.len()
    }

    /// Takes the detector's answer: 2254 × 12 numbers, and 2254 scores before the sigmoid.
    pub fn detected(&mut self, boxes: &[f32], scores: &[f32]) -> TrackStep {
        let step = self.follower.detected(&self.reader.people(boxes, scores));
        self.prepare(step)
    }

    /// Takes the landmark network's answer: 39 × 5 numbers, the probability of a person, 64 × 64 × 39 cells of heat
    /// before the sigmoid, and 39 × 3 meters.
    pub fn looked(
        &mut self,
        landmarks: &[f32],
        presence: &[f32],
        heatmap: &[f32],
        world: &[f32],
    ) -> TrackStep {
        let step = self.follower.looked(&LandmarkOutputs {
            landmarks,
            presence: presence.first().copied().unwrap_or_default(),
            heatmap: Heatmap { logits: heatmap, layout: Layout::Interleaved },
            world,
        });
        self.prepare(step)
    }

    /// The person's 33 × x, y, z, visibility, in fractions of the frame (z: of its width); empty when nobody is seen.
    #[must_use]
    pub fn landmarks(&self) -> Vec<f64> {
        let seen = self.seen.iter().flat_map(|seen| &seen.landmarks);
        seen.flat_map(|one| [one.x, one.y, one.z, one.visibility]).map(f64::from).collect()
    }

    /// The person's 33 × x, y, z in meters from between the hips; empty when nobody is seen.
    #[must_use]
    pub fn world(&self) -> Vec<f64> {
        let seen = self.seen.iter().flat_map(|seen| seen.world.as_flattened());
        seen.copied().map(f64::from).collect()
    }
}

impl PersonTracker {
    fn resize(&mut self, size: ImageSize) -> Result<(), String> {
        let n_pixels = u64::from(size.width) * u64::from(size.height);
        if n_pixels == 0 || n_pixels > MAX_PIXELS {
            return Err(format!(
                "a frame of {}×{} cannot be looked at; make both sides at least 1 and the frame at most 4096×4096",
                size.width, size.height
            ));
        }
        let n_bytes = usize::try_from(n_pixels * 4).expect("at most 64 MiB");
        self.rgba.resize(n_bytes, 0);
        self.size = Some(size);
        Ok(())
    }

    /// Gets ready what the host needs for this step.
    fn prepare(&mut self, step: Step) -> TrackStep {
        match step {
            Step::Detect => {
                let span = Span { black: -1.0, white: 1.0 };
                self.show(letterbox, DETECTOR_SIDE, Border::Constant(0), span);
                TrackStep::Detect
            }
            Step::Look(region) => {
                let span = Span { black: 0.0, white: 1.0 };
                self.show(|_image| region, LANDMARK_SIDE, Border::Repeat, span);
                TrackStep::Look
            }
            Step::Nobody => TrackStep::Nobody,
            Step::Person(seen) => {
                self.seen = Some(seen);
                TrackStep::Person
            }
        }
    }

    /// Writes a region of the frame into the input.
    fn show(
        &mut self,
        region: impl FnOnce(&ImageView<'_>) -> Region,
        side: u16,
        border: Border,
        span: Span,
    ) {
        self.input.resize(usize::from(side) * usize::from(side) * 3, 0.0);
        if let Some(image) = view(&self.rgba, self.size) {
            let layout = (Layout::Interleaved, span);
            crop(&image, &region(&image), side, border, layout, &mut self.input);
        }
    }
}

fn view(rgba: &[u8], size: Option<ImageSize>) -> Option<ImageView<'_>> {
    ImageView::rgba(rgba, size?)
}

#[cfg(test)]
mod tests;
