//! The signals one exercise needs, each measured and filtered once per frame.

use units::{MediaTime, Side};

use crate::fusion::Reading;
use crate::one_euro::{OneEuroConfig, OneEuroFilter};
use crate::pose::Pose;
use crate::signal::Signal;
use crate::view::View;

/// Below this confidence a measurement is not used; the last good value is held.
pub const MIN_CONFIDENCE: f64 = 0.3;
/// After this long without a measurement the filter starts afresh.
const STALE_SECS: f64 = 0.5;

/// One signal on one side, over time.
#[derive(Debug, Clone)]
struct Channel {
    signal: Signal,
    side: Side,
    filter: OneEuroFilter,
    reading: Reading,
    speed_per_sec: f64,
    measured_at: Option<MediaTime>,
}

/// Where a signal's left and right are kept; the same index twice for a signal that exists once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Index of the left channel.
    pub left: usize,
    /// Index of the right channel.
    pub right: usize,
}

impl Pair {
    /// The index on one side.
    #[must_use]
    pub fn on(self, side: Side) -> usize {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Whether left and right are the same measurement.
    #[must_use]
    pub fn single(self) -> bool {
        self.left == self.right
    }
}

/// All channels of one exercise.
#[derive(Debug, Clone, Default)]
pub struct Channels {
    channels: Vec<Channel>,
}

impl Channels {
    /// Makes sure that a signal is measured, and tells where.
    pub fn need(&mut self, signal: Signal) -> Pair {
        let left = self.need_on(signal, Side::Left);
        let right = if signal.per_side() { self.need_on(signal, Side::Right) } else { left };
        Pair { left, right }
    }

    /// Where a signal is kept, if it is measured.
    #[must_use]
    pub fn find(&self, signal: Signal) -> Option<Pair> {
        let on = |side| self.channels.iter().position(|c| c.signal == signal && c.side == side);
        let left = on(Side::Left)?;
        Some(Pair { left, right: on(Side::Right).unwrap_or(left) })
    }

    fn need_on(&mut self, signal: Signal, side: Side) -> usize {
        if let Some(index) = self.channels.iter().position(|c| c.signal == signal && c.side == side)
        {
            return index;
        }
        self.channels.push(Channel {
            signal,
            side,
            filter: OneEuroFilter::new(OneEuroConfig::ANGLE_DEG),
            reading: Reading { value: 0.0, raw: 0.0, confidence: 0.0 },
            speed_per_sec: 0.0,
            measured_at: None,
        });
        self.channels.len() - 1
    }

    /// How many channels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.channels.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.channels.is_empty()
    }

    /// Measures every channel on a pose.
    pub fn see(&mut self, pose: &Pose, view: &View) {
        for channel in &mut self.channels {
            let measure = channel.signal.measure(pose, channel.side, view);
            channel.reading.confidence = measure.confidence;
            if measure.confidence < MIN_CONFIDENCE {
                continue;
            }
            let dt_secs = channel.measured_at.map_or(0.0, |before| pose.time.secs_since(before));
            if dt_secs > STALE_SECS {
                channel.filter.reset();
                channel.speed_per_sec = 0.0;
            }
            let before = channel.reading.value;
            channel.reading.raw = measure.value;
            channel.reading.value = channel.filter.filter(measure.value, dt_secs);
            if dt_secs > 0.0 && dt_secs <= STALE_SECS {
                channel.speed_per_sec = (channel.reading.value - before) / dt_secs;
            }
            channel.measured_at = Some(pose.time);
        }
    }

    /// Forgets the past: the next frame stands for itself.
    pub fn reset(&mut self) {
        for channel in &mut self.channels {
            channel.filter.reset();
            channel.measured_at = None;
            channel.speed_per_sec = 0.0;
        }
    }

    /// The latest reading of a channel.
    #[must_use]
    pub fn reading(&self, index: usize) -> Reading {
        self.channels[index].reading
    }

    /// The latest rate of change, per second.
    #[must_use]
    pub fn speed_per_sec(&self, index: usize) -> f64 {
        self.channels[index].speed_per_sec
    }
}
