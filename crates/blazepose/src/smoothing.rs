//! MediaPipe's landmark smoothing: 1€ filters on positions whose cutoff follows speed in body sizes per second, and a
//! low-pass on visibility (Casiez, Roussel, Vogel 2012; constants from MediaPipe's `pose_landmark_filtering` graph).
//!
//! Easy to get wrong: MediaPipe's Python wrapper pretends that every video has 30 frames a second. Here time is the
//! frame's own.

use core::f32::consts::PI;

use units::MediaTime;

use crate::{
    landmarks::{N_LANDMARKS, Seen},
    math,
};

/// Weight of the newest visibility.
const VISIBILITY_ALPHA: f32 = 0.1;
/// Bodies smaller than this many pixels are not smoothed: their speed has no scale.
const MIN_BODY_PX: f32 = 1e-6;

#[derive(Debug, Clone, Copy)]
struct OneEuro {
    min_cutoff_hz: f32,
    beta: f32,
    derivative_cutoff_hz: f32,
}

const IMAGE: OneEuro = OneEuro { min_cutoff_hz: 0.05, beta: 80.0, derivative_cutoff_hz: 1.0 };
const WORLD: OneEuro = OneEuro { min_cutoff_hz: 0.1, beta: 40.0, derivative_cutoff_hz: 1.0 };
/// Heavier than the landmarks', so that the region holds still when the person does.
const CIRCLE: OneEuro = OneEuro { min_cutoff_hz: 0.01, beta: 10.0, derivative_cutoff_hz: 1.0 };

#[derive(Debug, Clone, Copy, Default)]
struct Channel {
    raw: f32,
    smooth: f32,
    speed: f32,
}

impl OneEuro {
    fn step(&self, channel: &mut Channel, value: f32, scale: f32, seconds: f32) -> f32 {
        let speed = (value - channel.raw) * scale / seconds;
        channel.speed += (speed - channel.speed) * alpha(self.derivative_cutoff_hz, seconds);
        let cutoff_hz = self.min_cutoff_hz + self.beta * channel.speed.abs();
        channel.smooth += (value - channel.smooth) * alpha(cutoff_hz, seconds);
        channel.raw = value;
        channel.smooth
    }
}

fn alpha(cutoff_hz: f32, seconds: f32) -> f32 {
    let tau = 1.0 / (2.0 * PI * cutoff_hz);
    1.0 / (1.0 + tau / seconds)
}

#[derive(Debug, Clone)]
struct State {
    time: MediaTime,
    visibility: [f32; N_LANDMARKS],
    image: [[Channel; 3]; N_LANDMARKS],
    world: [[Channel; 3]; N_LANDMARKS],
    circle: [[Channel; 2]; 2],
}

/// One person's filters. A new person, or one who was lost, needs a new one.
#[derive(Debug, Clone, Default)]
pub struct Smoother {
    state: Option<Box<State>>,
}

impl Smoother {
    /// The smoothed person. A frame that is not later than the one before comes back as it is and changes nothing.
    #[must_use]
    pub fn smoothed(&mut self, time: MediaTime, mut seen: Seen, frame_sides: [f32; 2]) -> Seen {
        let body_px = 2.0 * math::distance(seen.circle[0], seen.circle[1]);
        if body_px.is_nan() || body_px <= MIN_BODY_PX {
            return seen;
        }
        let Some(state) = &mut self.state else {
            self.state = Some(Box::new(State::starting(time, &seen, frame_sides)));
            return seen;
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a frame interval needs no more than f32's precision"
        )]
        let seconds = time.secs_since(state.time) as f32;
        if seconds <= 0.0 {
            return seen;
        }
        state.time = time;
        let scale = 1.0 / body_px;
        let [width, height] = frame_sides;
        for (index, landmark) in seen.landmarks.iter_mut().enumerate() {
            let values = [&mut landmark.x, &mut landmark.y, &mut landmark.z];
            let units = [width, height, width];
            for ((channel, value), unit) in state.image[index].iter_mut().zip(values).zip(units) {
                *value = IMAGE.step(channel, *value * unit, scale, seconds) / unit;
            }
            let visibility = &mut state.visibility[index];
            *visibility += (landmark.visibility - *visibility) * VISIBILITY_ALPHA;
            landmark.visibility = *visibility;
        }
        let world = state.world.as_flattened_mut().iter_mut().zip(seen.world.as_flattened_mut());
        world.for_each(|(channel, value)| *value = WORLD.step(channel, *value, 1.0, seconds));
        let circle = state.circle.as_flattened_mut().iter_mut().zip(seen.circle.as_flattened_mut());
        circle.for_each(|(channel, value)| *value = CIRCLE.step(channel, *value, scale, seconds));
        seen
    }
}

impl State {
    fn starting(time: MediaTime, seen: &Seen, [width, height]: [f32; 2]) -> Self {
        let at = |value: f32| Channel { raw: value, smooth: value, speed: 0.0 };
        Self {
            time,
            visibility: seen.landmarks.map(|landmark| landmark.visibility),
            image: seen
                .landmarks
                .map(|one| [at(one.x * width), at(one.y * height), at(one.z * width)]),
            world: seen.world.map(|point| point.map(at)),
            circle: seen.circle.map(|point| point.map(at)),
        }
    }
}

#[cfg(test)]
mod tests;
