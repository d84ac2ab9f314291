//! The signals one exercise needs, each measured and filtered once per frame.

use units::{MediaTime, Side};

use crate::fusion::Reading;
use crate::one_euro::{OneEuroConfig, OneEuroFilter};
use crate::plane;
use crate::pose::Pose;
use crate::signal::Signal;
use crate::spec::Plane;
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
    /// The plane into which the pose is turned first; none for the picture as it is.
    plane: Option<Plane>,
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
    /// Makes sure that a signal is measured in the picture, and tells where.
    pub fn need(&mut self, signal: Signal) -> Pair {
        self.need_pair(signal, None)
    }

    /// Makes sure that a signal is measured as it lies in a plane of the body, and tells where. Only angles in the
    /// picture gain by that.
    pub fn need_in_plane(&mut self, signal: Signal, plane: Plane) -> Pair {
        let gains = signal.is_angle() && !signal.needs_world();
        self.need_pair(signal, gains.then_some(plane))
    }

    fn need_pair(&mut self, signal: Signal, plane: Option<Plane>) -> Pair {
        let left = self.need_on(signal, Side::Left, plane);
        let right = if signal.per_side() { self.need_on(signal, Side::Right, plane) } else { left };
        Pair { left, right }
    }

    /// The channels of the same signal on the same side, this one among them: in the picture and in planes.
    pub fn twins(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let Channel { signal, side, .. } = self.channels[index];
        (0..self.channels.len()).filter(move |&other| {
            self.channels[other].signal == signal && self.channels[other].side == side
        })
    }

    fn need_on(&mut self, signal: Signal, side: Side, plane: Option<Plane>) -> usize {
        let known = self
            .channels
            .iter()
            .position(|c| c.signal == signal && c.side == side && c.plane == plane);
        if let Some(index) = known {
            return index;
        }
        self.channels.push(Channel {
            signal,
            side,
            plane,
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
        let in_plane = |plane: Plane| {
            let needed = self.channels.iter().any(|channel| channel.plane == Some(plane));
            needed.then(|| plane::flatten(pose, view, plane)).flatten()
        };
        let (sagittal, frontal) = (in_plane(Plane::Sagittal), in_plane(Plane::Frontal));
        for channel in &mut self.channels {
            let turned = match channel.plane {
                Some(Plane::Sagittal) => sagittal.as_ref(),
                Some(Plane::Frontal) => frontal.as_ref(),
                None => None,
            };
            let mut measure = channel.signal.measure(turned.unwrap_or(pose), channel.side, view);
            if !measure.value.is_finite() {
                // What is no number would stay in the filter for the rest of the set.
                measure.confidence = 0.0;
            }
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
