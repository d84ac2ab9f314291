//! Plays a scene: who stands where, what comes after what, and what of it is a repetition.

use body::space::Vec3;
use body::{Camera, Contact, Phase, Posture, Rig};
use motion::pose::Pose;
use motion::spec::{Kind, Sides};
use units::{MediaTime, Side};

use super::film::{as_coco, film};
use super::{FilmedSet, Scene};
use crate::cycle::{CycleTable, Way};
use crate::idle::{Idle, IdleMotion, all_fours, grounded, kneeling, sitting_down, standing};
use crate::lens::{Lens, Points};
use crate::rng::Rng;
use crate::sensor::Sensor;
use crate::timeline::{RepPlan, Timeline, What};
use crate::truth::{TrueRep, Truth, true_value};

impl Scene<'_> {
    /// Plays the scene.
    #[must_use]
    pub fn play(&self) -> FilmedSet {
        let rig = Rig::new(&self.exercise.figure, &self.physique);
        let faults: Vec<(&str, f64)> =
            self.faults.iter().map(|(id, severity)| (id.as_str(), *severity)).collect();
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
        let still_secs = rng.between(0.9, 1.6);
        let mut reps = Vec::new();
        let mut hold_ms = None;
        if self.exercise.movement.kind == Kind::Hold {
            timeline.add(What::Stay(Box::new(home)), self.hold_secs);
            hold_ms = Some(1000.0 * self.hold_secs);
        } else {
            timeline.add(What::Stay(Box::new(home)), still_secs);
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
        let mut poses: Vec<Pose> = times
            .iter()
            .zip(&bodies)
            .map(|(&time, body)| sensor.see(body, &lens, trunk_m, time))
            .collect();
        if self.coco {
            poses.iter_mut().for_each(as_coco);
        }
        FilmedSet {
            poses,
            truth: Truth {
                reps,
                faults: self.faults.clone(),
                hold_ms,
                times,
                bodies,
                trunk_m,
                plane,
            },
        }
    }

    fn plans(&self, n_tables: usize, rng: &mut Rng) -> Vec<RepPlan> {
        let [eccentric, bottom, concentric, top] = self.tempo_secs;
        let starts_low =
            matches!(self.exercise.figure.phase_at(0.0), Phase::Bottom | Phase::Concentric);
        let n = motion::math::as_f64(self.depths.len().max(2) - 1);
        self.depths
            .iter()
            .enumerate()
            .map(|(index, &depth)| {
                let tired = self.fatigue * motion::math::as_f64(index) / n;
                let mut vary = |share: f64| (1.0 + share * rng.normal()).clamp(0.6, 1.6);
                let eccentric = eccentric * vary(self.spread);
                let concentric = concentric * (1.0 + tired) * vary(self.spread);
                let depth =
                    (depth * (1.0 - 0.1 * tired) * vary(self.spread / 3.0).min(1.0)).min(1.0);
                let (away_secs, far_secs, back_secs, home_secs) = if starts_low {
                    (concentric, top, eccentric, bottom)
                } else {
                    (eccentric, bottom, concentric, top)
                };
                RepPlan {
                    table: index % n_tables,
                    depth,
                    away_secs,
                    far_secs,
                    back_secs,
                    home_secs,
                }
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
        let value =
            |body: &Points, signal, side| true_value(body, signal, side, trunk_m).unwrap_or(0.0);
        match movement.sides {
            Sides::Together => None,
            Sides::Independent | Sides::Alternating => {
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
                let left_lower =
                    value(&turn, signal, Side::Left) <= value(&turn, signal, Side::Right);
                if left_lower { Side::Left } else { Side::Right }
            }),
        }
    }

    /// The camera that shows the whole movement.
    fn camera(&self, table: &CycleTable) -> Camera {
        let mut corners: Vec<Vec3> =
            table.at(0.0).into_iter().chain(table.out(1.0, Way::Out)).collect();
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
        Camera {
            distance_m,
            height_m,
            pitch_deg: libm::atan2(below, distance_m).to_degrees(),
            ..camera
        }
    }

    fn get_ready(&self, timeline: &mut Timeline, home: &Points, rng: &mut Rng) {
        if !self.comes_and_goes {
            return;
        }
        let before =
            if self.before.is_empty() { vec![(Idle::Stand, 1.5)] } else { self.before.clone() };
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
        let after =
            if self.after.is_empty() { vec![(Idle::Stand, 1.5)] } else { self.after.clone() };
        self.idle(timeline, &after, Some(at), rng);
    }

    /// Goes through postures to a last one; gives where that ended.
    fn go(
        &self,
        timeline: &mut Timeline,
        from: Points,
        way: &[Posture],
        to: Option<&Points>,
        rng: &mut Rng,
    ) -> Points {
        let body = self.physique.segments();
        let mut at = from;
        let stops =
            way.iter().map(|posture| grounded(&body, posture, Vec3::ZERO)).chain(to.copied());
        for stop in stops {
            timeline.add(What::Blend(Box::new((at, stop))), rng.between(0.8, 1.3));
            timeline.add(What::Stay(Box::new(stop)), rng.between(0.1, 0.5));
            at = stop;
        }
        at
    }

    fn idle(
        &self,
        timeline: &mut Timeline,
        kinds: &[(Idle, f64)],
        from: Option<Points>,
        rng: &mut Rng,
    ) -> Points {
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
        *rep =
            TrueRep { start: top_before.unwrap_or(rep.start), turn: rep.start, end: top, ..*rep };
        top_before = Some(top);
    }
}

/// The postures between standing and an exercise's start position.
fn way_down(contact: Contact) -> Vec<Posture> {
    match contact {
        Contact::ToesAndHands | Contact::ToesAndElbows | Contact::LeftHandRightKnee => {
            vec![kneeling(), all_fours()]
        }
        Contact::SeatAndFeet | Contact::BackAndFeet => vec![kneeling(), sitting_down()],
        // Nothing else is judged yet that starts anywhere but standing or hanging.
        _ => Vec::new(),
    }
}
