//! Times a position: how long it was held, where it broke.

use units::MediaTime;

/// A loss of position shorter than this is a wobble, not a break, seconds.
const WOBBLE_SECS: f64 = 0.5;

/// The time held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hold {
    /// Milliseconds in position, breaks left out.
    pub held_ms: f64,
    /// The longest unbroken stretch, milliseconds.
    pub longest_ms: f64,
    /// When the position was first taken.
    pub start: Option<MediaTime>,
    /// When it was last held.
    pub end: Option<MediaTime>,
    /// How often it broke and was taken again.
    pub n_breaks: u32,
}

/// Times a hold frame by frame.
#[derive(Debug, Clone, Default)]
pub struct HoldTracker {
    hold: Hold,
    stretch_start: Option<MediaTime>,
    last_held: Option<MediaTime>,
}

impl HoldTracker {
    /// The time held so far.
    #[must_use]
    pub fn hold(&self) -> &Hold {
        &self.hold
    }

    /// Takes in one frame in which the position was seen to be held. Frames without say nothing: a gap longer than a
    /// wobble is a break.
    pub fn held_at(&mut self, time: MediaTime) {
        let gap_secs = self.last_held.map(|last| time.secs_since(last));
        match gap_secs {
            Some(gap) if gap <= WOBBLE_SECS => self.hold.held_ms += 1000.0 * gap,
            Some(_) => {
                self.hold.n_breaks += 1;
                self.stretch_start = Some(time);
            }
            None => {
                self.hold.start = Some(time);
                self.stretch_start = Some(time);
            }
        }
        self.last_held = Some(time);
        self.hold.end = Some(time);
        let stretch_ms = self.stretch_start.map_or(0.0, |start| 1000.0 * time.secs_since(start));
        self.hold.longest_ms = self.hold.longest_ms.max(stretch_ms);
    }
}
