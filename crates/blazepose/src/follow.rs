//! One person through a video: where to look in each frame, when to ask the detector, and whom to believe.
//!
//! The follower runs no network. It says what it needs next ([`Step`]) and is told the answer, so that the native host
//! can call a library and the browser can await one:
//!
//! ```text
//! begin ──► Detect ──detected──► Look ──looked──► Person | Nobody
//!   └────────────────────────────►┘  └──► Detect (the person seems to have jumped)
//! ```

use units::MediaTime;

use crate::{
    Detection, ImageView, LandmarkOutputs, Region, Seen, Smoother, letterbox,
    pick::{Body, pick},
    read_landmarks,
    scene::Scene,
};

/// A body that moves more than this many of its radii between two frames 40 ms apart is somebody else's.
const JUMP_RADII: f32 = 0.6;
const JUMP_FRAME_SECS: f32 = 0.04;
const MAX_JUMP_RADII: f32 = 2.0;

/// What the follower needs, or has found.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Run the detector on the letterboxed frame and call [`Follower::detected`].
    Detect,
    /// Run the landmark network on this region and call [`Follower::looked`].
    Look(Region),
    /// Nobody to follow in this frame.
    Nobody,
    /// The person followed.
    Person(Box<Seen>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Last {
    body: Body,
    time: MediaTime,
}

/// Follows one person. See the module's own documentation.
#[derive(Debug, Clone, Default)]
pub struct Follower {
    scene: Scene,
    smoother: Smoother,
    /// Where to look in the next frame, while tracking.
    region: Option<Region>,
    last: Option<Last>,
    now: MediaTime,
    frame_sides: [f32; 2],
    /// The detector's view of this frame.
    view: Option<Region>,
    /// The region the landmark network was last asked about.
    asked: Option<Region>,
    /// What it answered when the person seemed to have jumped there.
    doubtful: Option<Box<Seen>>,
    detected_now: bool,
}

impl Follower {
    /// Starts on the next frame.
    #[must_use]
    pub fn begin(&mut self, time: MediaTime, image: &ImageView<'_>) -> Step {
        if self.scene.cuts_to(image) {
            *self = Self { scene: std::mem::take(&mut self.scene), ..Self::default() };
        }
        self.now = time;
        self.view = Some(letterbox(image));
        self.frame_sides = image.sides();
        self.doubtful = None;
        self.detected_now = false;
        self.region.take().map_or(Step::Detect, |region| self.look(region))
    }

    /// Takes the detector's answer for this frame.
    #[must_use]
    pub fn detected(&mut self, people: &[Detection]) -> Step {
        self.detected_now = true;
        let regions: Vec<(Region, f32)> = people
            .iter()
            .filter_map(|one| Some((one.region(self.view.as_ref()?)?, one.score)))
            .collect();
        let bodies: Vec<(Body, f32)> =
            regions.iter().map(|(region, score)| (body_of(region), *score)).collect();
        if let Some(seen) = self.doubtful.take() {
            // The person seems to have jumped. If someone still stands in the old place, that is the person.
            let old_place =
                |last: Last| bodies.iter().position(|(body, _)| body.near(&last.body, JUMP_RADII));
            return match self.last.and_then(old_place) {
                Some(index) => self.look(regions[index].0),
                None => self.accept(*seen),
            };
        }
        self.smoother = Smoother::default();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seconds within a video need no more precision"
        )]
        let last = self.last.map(|last| (last.body, self.now.secs_since(last.time) as f32));
        match pick(&bodies, last, self.frame_sides) {
            Some(index) => self.look(regions[index].0),
            None => Step::Nobody,
        }
    }

    /// Takes the landmark network's answer for the region it was given.
    #[must_use]
    pub fn looked(&mut self, outputs: &LandmarkOutputs<'_>) -> Step {
        let seen =
            self.asked.take().and_then(|region| read_landmarks(outputs, &region, self.frame_sides));
        let Some(seen) = seen else { return Step::Nobody };
        if !self.detected_now && self.jumped(&seen) {
            self.doubtful = Some(Box::new(seen));
            return Step::Detect;
        }
        self.accept(seen)
    }

    fn look(&mut self, region: Region) -> Step {
        if !region.usable() {
            return Step::Nobody;
        }
        self.asked = Some(region);
        Step::Look(region)
    }

    fn accept(&mut self, seen: Seen) -> Step {
        let body = Region::around(seen.circle[0], seen.circle[1]).map(|region| body_of(&region));
        self.last = body.map(|body| Last { body, time: self.now });
        let seen = self.smoother.smoothed(self.now, seen, self.frame_sides);
        self.region = Region::around(seen.circle[0], seen.circle[1]);
        Step::Person(Box::new(seen))
    }

    fn jumped(&self, seen: &Seen) -> bool {
        let (Some(last), Some(region)) =
            (self.last, Region::around(seen.circle[0], seen.circle[1]))
        else {
            return false;
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a frame interval needs no more than f32's precision"
        )]
        let frames = (self.now.secs_since(last.time) as f32 / JUMP_FRAME_SECS).max(1.0);
        !body_of(&region).near(&last.body, (JUMP_RADII * frames).min(MAX_JUMP_RADII))
    }
}

fn body_of(region: &Region) -> Body {
    Body { center: region.center, radius: region.body_radius() }
}

#[cfg(test)]
mod tests;
