//! The set's own time, which only goes forward, made of the frames' time, which may do anything.
//!
//! A page that is loaded again begins again at zero, and a hostile client may claim any year: a jump far back or far
//! forward becomes a short cut, so that the set goes on from where it was.

use units::MediaTime;

/// Frames late by less than this arrived out of order and are passed over, seconds; later ones are a new clock.
const LATE_SECS: f64 = 2.0;
/// A jump ahead by more than this is a new clock, seconds; less is a pause.
const AHEAD_SECS: f64 = 600.0;
/// How long a jump lasts in the set's time, microseconds: the engine takes more than a second for a cut.
const CUT_MICROS: i64 = 1_500_000;
/// The earliest and latest time that a first frame may have, microseconds: about thirty years.
const FIRST_MICROS: i64 = 1_000_000_000_000_000;

/// Translates the frames' time into the set's.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    last: Option<MediaTime>,
    ahead_micros: i64,
    cut: bool,
}

impl Clock {
    /// The set's time of a frame; none for one that is not later than the one before.
    pub(super) fn take(&mut self, frame: MediaTime) -> Option<MediaTime> {
        let mut now = MediaTime { micros: frame.micros.saturating_add(self.ahead_micros) };
        if let Some(last) = self.last {
            let gap_secs = now.secs_since(last);
            if self.cut || !(-LATE_SECS..=AHEAD_SECS).contains(&gap_secs) {
                now = MediaTime { micros: last.micros.saturating_add(CUT_MICROS) };
            } else if gap_secs <= 0.0 {
                return None;
            }
        } else {
            now.micros = now.micros.clamp(-FIRST_MICROS, FIRST_MICROS);
        }
        self.cut = false;
        self.ahead_micros = now.micros.saturating_sub(frame.micros);
        self.last = Some(now);
        Some(now)
    }

    /// However much later the next frame is, it follows after a short cut.
    pub(super) fn cut(&mut self) {
        self.cut = true;
    }

    /// The set's time at the last frame.
    pub(super) fn now(&self) -> Option<MediaTime> {
        self.last
    }

    /// A time of the set as the frames tell it now.
    pub(super) fn of_frames(&self, time: MediaTime) -> MediaTime {
        MediaTime { micros: time.micros.saturating_sub(self.ahead_micros) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(frames_ms: &[i64], expected_ms: &[Option<i64>]) {
        let mut clock = Clock::default();
        let taken: Vec<Option<i64>> = frames_ms
            .iter()
            .map(|ms| clock.take(MediaTime { micros: ms * 1000 }).map(|time| time.micros / 1000))
            .collect();
        assert_eq!(taken, expected_ms);
    }

    #[test]
    fn time_only_goes_forward() {
        check(&[0, 33, 66], &[Some(0), Some(33), Some(66)]);
        // Twice the same, and one out of order.
        check(&[0, 33, 33, 20, 66], &[Some(0), Some(33), None, None, Some(66)]);
        // A page that was loaded again.
        check(&[90_000, 90_033, 0, 33], &[Some(90_000), Some(90_033), Some(91_533), Some(91_566)]);
        // A frame from another century, and back.
        check(&[0, 9_000_000_000_000, 33], &[Some(0), Some(1500), Some(3000)]);
        // A pause of five minutes is one.
        check(&[0, 300_000], &[Some(0), Some(300_000)]);
    }

    #[test]
    fn a_first_frame_at_the_end_of_time_leaves_room() {
        let mut clock = Clock::default();
        assert!(clock.take(MediaTime { micros: i64::MAX }).is_some());
        assert!(clock.take(MediaTime { micros: 0 }).is_some());
        assert!(clock.take(MediaTime { micros: 33_000 }).is_some());
    }
}
