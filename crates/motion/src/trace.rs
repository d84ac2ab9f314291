//! The last seconds of every channel, so that a finished repetition can be looked at as a whole.
//!
//! A ring of fixed size: pushing never allocates.

use units::MediaTime;

/// How many frames are kept: 20 s at 60 frames per second.
const N_FRAMES: usize = 1200;

/// One frame's summary.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row {
    /// When.
    pub time: MediaTime,
    /// Fused progress, or the left side's where sides are independent.
    pub progress: f64,
    /// The right side's progress where sides are independent.
    pub progress_right: f64,
    /// How well the primary signals were seen.
    pub confidence: f64,
    /// Whether the posture fits the exercise.
    pub in_posture: bool,
    /// The load point in percent of the torso, x to the right and y down, from the image's corner.
    pub load_point: (f64, f64),
}

/// The ring.
#[derive(Debug, Clone)]
pub struct Trace {
    n_channels: usize,
    rows: Vec<Row>,
    values: Vec<(f32, f32, f32)>,
    next: usize,
    n_pushed: usize,
}

impl Trace {
    /// A ring for so many channels.
    #[must_use]
    pub fn new(n_channels: usize) -> Self {
        Self {
            n_channels,
            rows: vec![Row::default(); N_FRAMES],
            values: vec![(0.0, 0.0, 0.0); N_FRAMES * n_channels],
            next: 0,
            n_pushed: 0,
        }
    }

    /// Keeps a row and its (value, value before filtering, confidence) per channel.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "degrees and percent need no more than f32"
    )]
    pub fn push(&mut self, row: Row, values: impl Iterator<Item = (f64, f64, f64)>) {
        self.rows[self.next] = row;
        let slots = &mut self.values[self.next * self.n_channels..][..self.n_channels];
        for (slot, (value, raw, confidence)) in slots.iter_mut().zip(values) {
            *slot = (value as f32, raw as f32, confidence as f32);
        }
        self.next = (self.next + 1) % N_FRAMES;
        self.n_pushed += 1;
    }

    /// The row pushed last.
    #[must_use]
    pub fn latest(&self) -> Option<&Row> {
        (self.n_pushed > 0).then(|| &self.rows[(self.next + N_FRAMES - 1) % N_FRAMES])
    }

    fn indices(
        &self,
        from: MediaTime,
        to: MediaTime,
    ) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let n = self.n_pushed.min(N_FRAMES);
        (0..n)
            .map(move |k| (self.next + N_FRAMES - n + k) % N_FRAMES)
            .filter(move |&index| self.rows[index].time >= from && self.rows[index].time <= to)
    }

    /// The rows between two times, both included, oldest first.
    pub fn rows(
        &self,
        from: MediaTime,
        to: MediaTime,
    ) -> impl DoubleEndedIterator<Item = &Row> + '_ {
        self.indices(from, to).map(|index| &self.rows[index])
    }

    /// One channel between two times: (time, value, confidence).
    pub fn channel(
        &self,
        channel: usize,
        from: MediaTime,
        to: MediaTime,
    ) -> impl DoubleEndedIterator<Item = (MediaTime, f64, f64)> + '_ {
        self.indices(from, to).map(move |index| {
            let (value, _, confidence) = self.values[index * self.n_channels + channel];
            (self.rows[index].time, f64::from(value), f64::from(confidence))
        })
    }

    /// As [`Trace::channel`], before filtering: what a filter shaves off a turning point is still there.
    pub fn raw_channel(
        &self,
        channel: usize,
        from: MediaTime,
        to: MediaTime,
    ) -> impl DoubleEndedIterator<Item = (MediaTime, f64, f64)> + '_ {
        self.indices(from, to).map(move |index| {
            let (_, raw, confidence) = self.values[index * self.n_channels + channel];
            (self.rows[index].time, f64::from(raw), f64::from(confidence))
        })
    }

    /// A channel's value at the last row not after a time.
    #[must_use]
    pub fn value_at(&self, channel: usize, time: MediaTime) -> Option<f64> {
        self.channel(channel, MediaTime { micros: i64::MIN }, time)
            .next_back()
            .map(|(_, value, _)| value)
    }
}
