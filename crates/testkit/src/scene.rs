//! A set in front of a camera: say what happens, get the stream a pose network would give, and the truth.

use body::space::Vec3;
use body::{Camera, Contact, Phase, Physique, Posture, Rig};
use catalog::Exercise;
use motion::pose::{Joint, N_JOINTS, Pose};
use motion::spec::{Kind, Plane, Sides};
use units::{MediaTime, Side};

use crate::bodies;
use crate::cycle::{CycleTable, Way};
use crate::idle::{Idle, IdleMotion, all_fours, grounded, kneeling, sitting_down, standing};
use crate::lens::{Lens, Points};
use crate::rng::Rng;
use crate::sensor::{Noise, Sensor};
use crate::timeline::{RepPlan, Timeline, What};
use crate::truth::{TrueRep, Truth, true_value};

/// A stream of poses with its truth.
#[derive(Debug, Clone)]
pub struct Stream {
    /// What a network gave.
    pub poses: Vec<Pose>,
    /// What happened.
    pub truth: Truth,
}

/// A set being described; [`Scene::stream`] plays it. Defaults: five clean repetitions at the exercise's tempo, an
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

    /// One repetition per share of the way gone: 1 is full, 0.4 a partial.
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

    /// Plays the scene.
    #[must_use]
    pub fn stream(&self) -> Stream {
        let rig = Rig::new(&self.exercise.figure, &self.physique);
        let faults: Vec<(&str, f64)> = self.faults.iter().map(|(id, severity)| (id.as_str(), *severity)).collect();
        let mut timeline = Timeline::default();
        timeline.tables.push(CycleTable::new(&rig, false, &faults));
        if self.exercise.figure.alternates {
            timeline.tables.push(CycleTable::new(&rig, true, &faults));
        }
        let home = timeline.tables[0].at(0.0);
        let mut rng = Rng::stream(self.seed, 1);
        let lens = Lens::new(self.camera(&timeline.tables[0]));
        self.get_ready(&mut timeline, &home, &mut rng);
        let trunk_m = rig.body().pelvis_m + rig.body().lumbar_m + rig.body().thorax_m;
        timeline.add(What::Stay(Box::new(home)), rng.between(0.9, 1.6));
        let mut reps = Vec::new();
        let mut hold_ms = None;
        if self.exercise.movement.kind == Kind::Hold {
            timeline.add(What::Stay(Box::new(home)), self.hold_secs);
            hold_ms = Some(1000.0 * self.hold_secs);
        } else {
            for plan in self.plans(timeline.tables.len(), &mut rng) {
                let side = self.side(&timeline.tables[plan.table], trunk_m);
                let start = timeline.add(What::Rep(plan), 0.0);
                let at = |secs: f64| MediaTime::from_ms(1000.0 * (start + secs));
                reps.push(TrueRep {
                    start: at(0.0),
                    turn: at(plan.away_secs + 0.5 * plan.far_secs),
                    end: at(plan.away_secs + plan.far_secs + plan.back_secs),
                    side,
                    depth: plan.depth,
                });
            }
            timeline.add(What::Stay(Box::new(home)), rng.between(0.8, 1.5));
            if self.begins_at_turn(&timeline.tables[0], trunk_m) {
                begin_at_turn(&mut reps);
            }
        }
        self.leave(&mut timeline, &home, &mut rng);
        let (times, bodies) = film(&timeline, self.fps, self.jitter, self.seed);
        let plane = self.exercise.movement.plane;
        let mut sensor = Sensor::new(self.noise);
        let mut poses: Vec<Pose> =
            times.iter().zip(&bodies).map(|(&time, body)| sensor.see(body, &lens, trunk_m, time)).collect();
        if self.coco {
            poses.iter_mut().for_each(as_coco);
        }
        Stream { poses, truth: Truth { reps, faults: self.faults.clone(), hold_ms, times, bodies, trunk_m, plane } }
    }

    fn plans(&self, n_tables: usize, rng: &mut Rng) -> Vec<RepPlan> {
        let [eccentric, bottom, concentric, top] = self.tempo_secs;
        let starts_low = matches!(self.exercise.figure.phase_at(0.0), Phase::Bottom | Phase::Concentric);
        let n = motion::math::as_f64(self.depths.len().max(2) - 1);
        self.depths
            .iter()
            .enumerate()
            .map(|(index, &depth)| {
                let tired = self.fatigue * motion::math::as_f64(index) / n;
                let mut vary = |share: f64| (1.0 + share * rng.normal()).clamp(0.6, 1.6);
                let eccentric = eccentric * vary(self.spread);
                let concentric = concentric * (1.0 + tired) * vary(self.spread);
                let depth = (depth * (1.0 - 0.1 * tired) * vary(self.spread / 3.0).min(1.0)).min(1.0);
                let (away_secs, far_secs, back_secs, home_secs) = if starts_low {
                    (concentric, top, eccentric, bottom)
                } else {
                    (eccentric, bottom, concentric, top)
                };
                RepPlan { table: index % n_tables, depth, away_secs, far_secs, back_secs, home_secs }
            })
            .collect()
    }

    /// Whether the figure's start position is the engine's turning point.
    fn begins_at_turn(&self, table: &CycleTable, trunk_m: f64) -> bool {
        let Some(primary) = self.exercise.movement.primary.first() else { return false };
        let at_home = true_value(&table.at(0.0), primary.signal, Side::Left, trunk_m);
        at_home.is_some_and(|value| (value - primary.turn).abs() < (value - primary.start).abs())
            && self.exercise.movement.sides == Sides::Together
    }

    /// The side a repetition of a cycle belongs to.
    fn side(&self, table: &CycleTable, trunk_m: f64) -> Option<Side> {
        let movement = &self.exercise.movement;
        let (home, turn) = (table.at(0.0), table.out(1.0, Way::Out));
        let value = |body: &Points, signal, side| true_value(body, signal, side, trunk_m).unwrap_or(0.0);
        match movement.sides {
            Sides::Together => None,
            Sides::Independent => {
                let signal = movement.primary.first()?.signal;
                let range = |side| (value(&turn, signal, side) - value(&home, signal, side)).abs();
                let (left, right) = (range(Side::Left), range(Side::Right));
                if (left - right).abs() < 15.0 {
                    None
                } else if left > right {
                    Some(Side::Left)
                } else {
                    Some(Side::Right)
                }
            }
            Sides::Labelled => movement.working_side.map(|signal| {
                let left_lower = value(&turn, signal, Side::Left) <= value(&turn, signal, Side::Right);
                if left_lower { Side::Left } else { Side::Right }
            }),
        }
    }

    /// The camera that shows the whole movement.
    fn camera(&self, table: &CycleTable) -> Camera {
        let mut corners: Vec<Vec3> = table.at(0.0).into_iter().chain(table.out(1.0, Way::Out)).collect();
        if self.comes_and_goes {
            corners.extend(grounded(&self.physique.segments(), &standing(), Vec3::ZERO));
        }
        let top = corners.iter().map(|p| p.y).fold(f64::NEG_INFINITY, f64::max) + 0.15;
        let bottom = corners.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
        let around = corners.iter().map(|p| (p.x * p.x + p.z * p.z).sqrt()).fold(0.0, f64::max);
        let half_height_m = 0.5 * (top - bottom);
        let camera = Camera { yaw_deg: self.camera_yaw_deg, ..Camera::default() };
        let up = libm::tan(0.5 * camera.vertical_fov_deg.to_radians());
        let aspect = f64::from(camera.image.width) / f64::from(camera.image.height);
        let fit_m = (1.15 * half_height_m / up).max(1.15 * around / (up * aspect));
        let distance_m = (fit_m / self.closeness + 0.5 * around).max(1.6);
        let height_m = self.height_m.unwrap_or(0.9);
        let below = height_m - 0.5 * (top + bottom);
        Camera { distance_m, height_m, pitch_deg: libm::atan2(below, distance_m).to_degrees(), ..camera }
    }

    fn get_ready(&self, timeline: &mut Timeline, home: &Points, rng: &mut Rng) {
        if !self.comes_and_goes {
            return;
        }
        let before = if self.before.is_empty() { vec![(Idle::Stand, 1.5)] } else { self.before.clone() };
        let last = self.idle(timeline, &before, None, rng);
        let way = way_down(self.exercise.figure.contact);
        self.go(timeline, last, &way, Some(home), rng);
    }

    fn leave(&self, timeline: &mut Timeline, home: &Points, rng: &mut Rng) {
        // A deadlift ends with the bar on the floor: standing up without it looks like one more.
        if !self.comes_and_goes || self.exercise.figure.contact == Contact::FeetAndBarPath {
            return;
        }
        let mut way = way_down(self.exercise.figure.contact);
        way.reverse();
        let at = self.go(timeline, *home, &way, None, rng);
        let after = if self.after.is_empty() { vec![(Idle::Stand, 1.5)] } else { self.after.clone() };
        self.idle(timeline, &after, Some(at), rng);
    }

    /// Goes through postures to a last one; gives where that ended.
    fn go(&self, timeline: &mut Timeline, from: Points, way: &[Posture], to: Option<&Points>, rng: &mut Rng) -> Points {
        let body = self.physique.segments();
        let mut at = from;
        let stops = way.iter().map(|posture| grounded(&body, posture, Vec3::ZERO)).chain(to.copied());
        for stop in stops {
            timeline.add(What::Blend(Box::new((at, stop))), rng.between(0.8, 1.3));
            timeline.add(What::Stay(Box::new(stop)), rng.between(0.1, 0.5));
            at = stop;
        }
        at
    }

    fn idle(&self, timeline: &mut Timeline, kinds: &[(Idle, f64)], from: Option<Points>, rng: &mut Rng) -> Points {
        let mut at = from;
        for &(kind, secs) in kinds {
            let motion = IdleMotion::new(kind, secs, &self.physique, rng);
            if let Some(at) = at {
                timeline.add(What::Blend(Box::new((at, motion.at(0.0)))), 0.8);
            }
            at = Some(motion.at(secs));
            timeline.add(What::Idle(Box::new(motion), 0.0), secs);
        }
        at.unwrap_or_else(|| grounded(&self.physique.segments(), &standing(), Vec3::ZERO))
    }
}

/// Tells repetitions from the start position, where the figure begins each at the turning point: the way down belongs to
/// the repetition that follows it.
fn begin_at_turn(reps: &mut [TrueRep]) {
    let mut top_before = None;
    for rep in reps {
        let top = rep.turn;
        *rep = TrueRep { start: top_before.unwrap_or(rep.start), turn: rep.start, end: top, ..*rep };
        top_before = Some(top);
    }
}

/// The postures between standing and an exercise's start position.
fn way_down(contact: Contact) -> Vec<Posture> {
    match contact {
        Contact::ToesAndHands | Contact::ToesAndElbows | Contact::LeftHandRightKnee => vec![kneeling(), all_fours()],
        Contact::SeatAndFeet | Contact::BackAndFeet => vec![kneeling(), sitting_down()],
        Contact::Feet | Contact::FeetAndBarPath | Contact::HandsOnBar | Contact::HandsOnDipBars => Vec::new(),
    }
}

/// Frame times and the bodies at them.
pub(crate) fn film(timeline: &Timeline, fps: f64, jitter: f64, seed: u64) -> (Vec<MediaTime>, Vec<Points>) {
    let mut rng = Rng::stream(seed, 3);
    let (mut times, mut bodies) = (Vec::new(), Vec::new());
    let mut frame = 0.0;
    while frame / fps <= timeline.secs() {
        let early = 0.45 * jitter * rng.between(-1.0, 1.0);
        let lost = rng.chance(0.25 * jitter);
        let secs = ((frame + early) / fps).max(0.0);
        if !lost && let Some(body) = timeline.at(secs) {
            times.push(MediaTime::from_ms(1000.0 * secs));
            bodies.push(body);
        }
        frame += 1.0;
    }
    (times, bodies)
}

fn as_coco(pose: &mut Pose) {
    pose.world = None;
    for joint in [Joint::LeftHeel, Joint::RightHeel, Joint::LeftToe, Joint::RightToe] {
        pose.keypoints[joint as usize].confidence = 0.0;
    }
    debug_assert_eq!(pose.keypoints.len(), N_JOINTS);
}

/// Ten minutes of nothing but idle life, as one stream.
#[must_use]
pub fn idling(kinds: &[(Idle, f64)], physique: &Physique, camera_yaw_deg: f64, fps: f64, noise: Noise) -> Stream {
    let mut rng = Rng::stream(noise.seed, 4);
    let mut timeline = Timeline::default();
    let mut at: Option<Points> = None;
    for &(kind, secs) in kinds {
        let motion = IdleMotion::new(kind, secs, physique, &mut rng);
        if let Some(at) = at {
            timeline.add(What::Blend(Box::new((at, motion.at(0.0)))), 1.2);
        }
        at = Some(motion.at(secs));
        timeline.add(What::Idle(Box::new(motion), 0.0), secs);
    }
    let camera = Camera { yaw_deg: camera_yaw_deg, height_m: 1.2, pitch_deg: 4.0, distance_m: 3.6, ..Camera::default() };
    let lens = Lens::new(camera);
    let body = physique.segments();
    let trunk_m = body.pelvis_m + body.lumbar_m + body.thorax_m;
    let (times, bodies) = film(&timeline, fps, 0.3, noise.seed);
    let mut sensor = Sensor::new(noise);
    let poses = times.iter().zip(&bodies).map(|(&time, body)| sensor.see(body, &lens, trunk_m, time)).collect();
    Stream { poses, truth: Truth { reps: Vec::new(), faults: Vec::new(), hold_ms: None, times, bodies, trunk_m, plane: Plane::Sagittal } }
}
