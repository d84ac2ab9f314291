//! The poses of one recording, wherever they came from.

use motion::pose::Pose;
use units::ImageSize;

/// The poses of one recording, in order.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    /// What it is called: the file's name.
    pub(crate) name: String,
    /// Size of the images.
    pub(crate) image: ImageSize,
    /// One a frame.
    pub(crate) poses: Vec<Pose>,
    /// Runtime and network, where one ran.
    pub(crate) seen_by: Option<SeenBy>,
    /// What the user should know.
    pub(crate) warnings: Vec<String>,
}

/// What looked at a video.
#[derive(Debug, Clone)]
pub(crate) struct SeenBy {
    pub(crate) runtime: String,
    pub(crate) network: String,
}

impl Recording {
    /// Frames that show a person.
    pub(crate) fn n_with_person(&self) -> usize {
        self.poses.iter().filter(|pose| pose.shows_person()).count()
    }

    /// From the first frame to the end of the last, milliseconds.
    pub(crate) fn duration_ms(&self) -> u64 {
        let (Some(first), Some(last)) = (self.poses.first(), self.poses.last()) else { return 0 };
        let span = u64::try_from(last.time.micros.saturating_sub(first.time.micros)).unwrap_or(0);
        let n_steps = u64::try_from(self.poses.len() - 1).unwrap_or(u64::MAX);
        // The last frame is shown as long as the others were on average.
        let frame = span.checked_div(n_steps).unwrap_or(0);
        span.saturating_add(frame).saturating_add(500) / 1000
    }
}
