//! Finding poses in pictures, as this crate sees it: `app` hands in the networks, which may not be imported here.
//!
//! Pictures live as long as it takes to look at them. Nothing here writes one anywhere, and their `Debug` has no pixels.

use std::fmt;
use std::sync::Arc;

use tokio::sync::Semaphore;
use units::{ImageSize, MediaTime};
use wire::frames::{FoundPose, PoseNetwork};

use crate::settings::Limits;

/// One picture of a stream, upright.
pub struct Picture {
    /// By the client's clock.
    pub time: MediaTime,
    /// Of `rgb`.
    pub size: ImageSize,
    /// Rows from the top, three bytes a pixel, no padding.
    pub rgb: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture").field("size", &self.size).finish_non_exhaustive()
    }
}

/// Follows one person through one stream of pictures, which come in order of time.
pub trait PoseFinder: Send {
    /// Who is seen, if anybody is. Forgets the picture before it returns.
    ///
    /// # Errors
    /// The reason, when the networks stopped working. The stream ends then.
    fn find(&mut self, picture: Picture) -> Result<Option<FoundPose>, String>;
}

type Make = dyn Fn(PoseNetwork) -> Result<Box<dyn PoseFinder>, String> + Send + Sync;

/// Makes a [`PoseFinder`] for each stream.
#[derive(Clone)]
pub struct PoseFinders(Arc<Make>);

impl PoseFinders {
    /// `make` may take as long as loading networks takes; its error says what to do.
    pub fn new(
        make: impl Fn(PoseNetwork) -> Result<Box<dyn PoseFinder>, String> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(make))
    }

    /// Whether one can be made at all, so that a server which cannot look at pictures says so when it starts.
    pub(crate) async fn try_once(&self) -> Result<(), String> {
        let making = self.clone();
        let made = tokio::task::spawn_blocking(move || {
            PoseNetwork::ALL.iter().try_for_each(|&network| making.make(network).map(drop))
        })
        .await;
        made.unwrap_or_else(|panic| Err(panic.to_string()))
    }

    pub(crate) fn make(&self, network: PoseNetwork) -> Result<Box<dyn PoseFinder>, String> {
        (self.0)(network)
    }
}

impl fmt::Debug for PoseFinders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PoseFinders")
    }
}

/// What streams of pictures need.
#[derive(Debug, Clone)]
pub(crate) struct Poses {
    /// None where the feature is off.
    pub(crate) finders: Option<PoseFinders>,
    /// One for each stream that may be looked at.
    pub(crate) streams: Arc<Semaphore>,
}

impl Poses {
    pub(crate) fn new(finders: Option<PoseFinders>, limits: &Limits) -> Self {
        Self { finders, streams: Arc::new(Semaphore::new(limits.pose_streams)) }
    }
}
