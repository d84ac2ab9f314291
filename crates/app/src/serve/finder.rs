//! The networks behind `features.server_pose`: pictures of a stream to poses. `server` may not import `vision`, so this
//! is where they meet.

use camera::Frame;
use server::{Picture, PoseFinder, PoseFinders};
use vision::{NetworkChoice, Networks, PersonPoser, Runtime};
use wire::frames::{FoundPose, PoseNetwork};

/// The network that is asked for, on the best runtime there is.
pub(crate) fn finders() -> PoseFinders {
    PoseFinders::new(|network| {
        let choice = match network {
            PoseNetwork::Lite => NetworkChoice::Lite,
            PoseNetwork::Full => NetworkChoice::Full,
        };
        let (runtime, fallback) = Runtime::find();
        if let Some(why) = fallback {
            tracing::warn!("Streamed pictures will be looked at slowly: {why}");
        }
        let poser = PersonPoser::load(&choice, &Networks::find(), &runtime);
        let finder = Finder(poser.map_err(|error| error.to_string())?);
        Ok(Box::new(finder))
    })
}

struct Finder(PersonPoser);

impl PoseFinder for Finder {
    fn find(&mut self, picture: Picture) -> Result<Option<FoundPose>, String> {
        let Picture { time, size, rgb } = picture;
        let seen = self.0.see(&Frame { time, size, rgb }).map_err(|error| error.to_string())?;
        Ok(seen.map(|person| FoundPose {
            lm: person.landmarks,
            world: person.world.unwrap_or_default(),
        }))
    }
}
