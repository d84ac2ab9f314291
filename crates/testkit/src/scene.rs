//! A set in front of a camera: say what happens, get the stream a pose network would give, and the truth.

mod film;
mod staging;

use body::Physique;
use catalog::Exercise;
use motion::pose::Pose;

use crate::bodies;
use crate::idle::Idle;
use crate::sensor::Noise;
use crate::truth::Truth;

pub use film::idling;

/// A stream of poses with its truth.
#[derive(Debug, Clone)]
pub struct FilmedSet {
    /// What a network gave.
    pub poses: Vec<Pose>,
    /// What happened.
    pub truth: Truth,
}

/// A set being described; [`Scene::play`] plays it. Defaults: five clean repetitions at the exercise's tempo, an
/// average body, the camera where the exercise is seen best, 30 frames per second, a perfect network.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    exercise: &'a Exercise,
    seed: u64,
    depths: Vec<f64>,
    tempo_secs: [f64; 4],
    spread: f64,
    fatigue: f64,
    physique: Physique,
    faults: Vec<(String, f64)>,
    camera_yaw_deg: f64,
    height_m: Option<f64>,
    closeness: f64,
    noise: Noise,
    fps: f64,
    jitter: f64,
    hold_secs: f64,
    comes_and_goes: bool,
    before: Vec<(Idle, f64)>,
    after: Vec<(Idle, f64)>,
    coco: bool,
}

/// A set of an exercise, to be described further.
#[must_use]
pub fn synth(exercise: &Exercise) -> Scene<'_> {
    let camera_yaw_deg = match exercise.camera.as_str() {
        "front" => 0.0,
        "front34" => 40.0,
        _ => 90.0,
    };
    Scene {
        exercise,
        seed: 1,
        depths: vec![1.0; 5],
        tempo_secs: tempo_secs(&exercise.tempo),
        spread: 0.0,
        fatigue: 0.0,
        physique: bodies::named("average"),
        faults: Vec::new(),
        camera_yaw_deg,
        height_m: None,
        closeness: 1.0,
        noise: Noise { seed: 1, level: 0.0, drop_out: 0.0, swaps_per_min: 0.0 },
        fps: 30.0,
        jitter: 0.0,
        hold_secs: 12.0,
        comes_and_goes: false,
        before: Vec::new(),
        after: Vec::new(),
        coco: false,
    }
}

/// Seconds of `2-0-1-0`; phases that move take at least 0.3 s.
fn tempo_secs(text: &str) -> [f64; 4] {
    let mut tempo: [f64; 4] = [2.0, 0.0, 1.0, 0.0];
    for (slot, part) in tempo.iter_mut().zip(text.split('-')) {
        *slot = part.trim().parse().unwrap_or(1.0);
    }
    [tempo[0].max(0.4), tempo[1], tempo[2].max(0.4), tempo[3]]
}

impl<'a> Scene<'a> {
    /// So many full repetitions.
    #[must_use]
    pub fn reps(self, n: usize) -> Self {
        self.depths(&vec![1.0; n])
    }

    /// One repetition per share of the cycle gone: 1 is full, 0.5 a partial. The body starts and stops gently, so 0.5
    /// is half of the way in degrees but 0.9 is already 97 %.
    #[must_use]
    pub fn depths(mut self, depths: &[f64]) -> Self {
        self.depths = depths.to_vec();
        self
    }

    /// Seconds eccentric, bottom, concentric, top.
    #[must_use]
    pub fn tempo(mut self, secs: [f64; 4]) -> Self {
        self.tempo_secs = secs;
        self
    }

    /// The exercise's own tempo, slower (above 1) or quicker.
    #[must_use]
    pub fn slower(mut self, factor: f64) -> Self {
        self.tempo_secs = self.tempo_secs.map(|secs| secs * factor);
        self
    }

    /// Rests at the bottom for longer than the tempo asks.
    #[must_use]
    pub fn pause_at_bottom(mut self, secs: f64) -> Self {
        self.tempo_secs[1] += secs;
        self
    }

    /// Human variation: standard deviation of durations, and a third of it of depths (0.1 is a steady lifter).
    #[must_use]
    pub fn spread(mut self, spread: f64) -> Self {
        self.spread = spread;
        self
    }

    /// How tired the last repetition is, 0..=1: at 1 its concentric takes twice as long and a tenth of the way is lost.
    #[must_use]
    pub fn fatigue(mut self, fatigue: f64) -> Self {
        self.fatigue = fatigue;
        self
    }

    /// The body.
    #[must_use]
    pub fn physique(mut self, physique: Physique) -> Self {
        self.physique = physique;
        self
    }

    /// Does it wrong: a fault of the exercise with a severity of 0..=1.
    #[must_use]
    pub fn fault(mut self, id: &str, severity: f64) -> Self {
        self.faults.push((id.to_owned(), severity));
        self
    }

    /// Where the camera stands around the athlete: 0 in front, 90 at the athlete's left side.
    #[must_use]
    pub fn yaw_deg(mut self, deg: f64) -> Self {
        self.camera_yaw_deg = deg;
        self
    }

    /// Height of the lens; it always looks at the middle of the movement.
    #[must_use]
    pub fn camera_height_m(mut self, height_m: f64) -> Self {
        self.height_m = Some(height_m);
        self
    }

    /// How near the camera is, 1 fills the picture well, below 1 makes the figure small, above 1.3 cuts it off.
    #[must_use]
    pub fn closeness(mut self, closeness: f64) -> Self {
        self.closeness = closeness;
        self
    }

    /// The network's noise: 1 is what real networks show.
    #[must_use]
    pub fn noise(mut self, seed: u64, level: f64) -> Self {
        self.noise = Noise { seed, level, ..self.noise };
        self.seed = seed;
        self
    }

    /// Frames per second.
    #[must_use]
    pub fn fps(mut self, fps: f64) -> Self {
        self.fps = fps;
        self
    }

    /// Frames come early or late by up to this share of their distance, and this share of a quarter of them is lost.
    #[must_use]
    pub fn jitter(mut self, jitter: f64) -> Self {
        self.jitter = jitter;
        self
    }

    /// Share of frames in which nobody is found.
    #[must_use]
    pub fn drop_out(mut self, share: f64) -> Self {
        self.noise.drop_out = share;
        self
    }

    /// Left-right mix-ups per minute.
    #[must_use]
    pub fn swaps(mut self, per_min: f64) -> Self {
        self.noise.swaps_per_min = per_min;
        self
    }

    /// How long a hold lasts, seconds.
    #[must_use]
    pub fn hold(mut self, secs: f64) -> Self {
        self.hold_secs = secs;
        self
    }

    /// The person stands first, gets into position, and stands up afterwards.
    #[must_use]
    pub fn comes_and_goes(mut self) -> Self {
        self.comes_and_goes = true;
        self
    }

    /// Idle life before the set; implies [`Scene::comes_and_goes`].
    #[must_use]
    pub fn before(mut self, idle: Idle, secs: f64) -> Self {
        self.before.push((idle, secs));
        self.comes_and_goes()
    }

    /// Idle life after the set; implies [`Scene::comes_and_goes`].
    #[must_use]
    pub fn after(mut self, idle: Idle, secs: f64) -> Self {
        self.after.push((idle, secs));
        self.comes_and_goes()
    }

    /// A network with COCO's 17 points and no metric landmarks.
    #[must_use]
    pub fn coco(mut self) -> Self {
        self.coco = true;
        self
    }
}
