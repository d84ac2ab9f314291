//! Counting one exercise: the engine, the technique of the last repetitions, and what there is to say about them.

use catalog::{Catalog, Exercise};
use motion::engine::{Engine, FrameOutput, StandardName};
use motion::math::as_f64;
use motion::pose::Pose;
use motion::report::{n_per_side, technique_of};
use motion::spec::{Kind, Part, Severity};
use units::MediaTime;

use super::cues::{Cue, CueKind, Cues};
use super::tick::{LiveRep, LiveTick, Phase};

/// Cycles that the running technique is the mean of: few enough to show a correction at once.
const N_RECENT: usize = 3;
/// A finding colors a hold for so long, seconds.
const HOLD_FINDING_SECS: f64 = 5.0;
/// A hold shorter than this is not a set yet, milliseconds.
const LEAST_HOLD_MS: f64 = 2000.0;
/// A body moves when its progress changes by this: a standstill at the far end is no repetition under way.
const MOVED: f64 = 0.1;

/// One exercise being counted.
#[derive(Debug, Clone)]
pub(super) struct Counting {
    /// Index into the catalogue.
    pub(super) exercise: usize,
    pub(super) engine: Engine,
    output: FrameOutput,
    /// Technique of the last cycles, 0..=100, oldest first.
    recent: Vec<f64>,
    /// Cycles that became certain and are yet to be told, and how many were taken note of.
    news: Vec<LiveRep>,
    n_noted: usize,
    held_now: bool,
    /// The progress from which it is told whether the body moves.
    moved_from: f64,
    /// When something of the exercise last went on, and when a cycle was last completed.
    active_at: Option<MediaTime>,
    completed_at: Option<MediaTime>,
}

impl Counting {
    pub(super) fn new(catalog: &Catalog, exercise: usize, standard: StandardName) -> Self {
        let spec = &catalog.exercises()[exercise];
        if spec.movement.kind == Kind::Reps {
            // Made on first use, which must not be the moment when a repetition is to be announced.
            let _made = spec.reference();
        }
        Self {
            exercise,
            engine: Engine::new(&spec.movement, standard, None),
            output: FrameOutput::default(),
            recent: Vec::with_capacity(N_RECENT + 1),
            news: Vec::new(),
            n_noted: 0,
            held_now: false,
            moved_from: 0.0,
            active_at: None,
            completed_at: None,
        }
    }

    /// Takes in one pose; `cues` hears what could be said about it.
    pub(super) fn see(&mut self, pose: &Pose, exercise: &Exercise, cues: &mut Cues) {
        self.output = self.engine.push(pose);
        self.held_now = self.engine.hold().end == Some(pose.time);
        let moved = (self.output.progress - self.moved_from).abs() > MOVED;
        if moved {
            self.moved_from = self.output.progress;
        }
        let under_way = moved && self.output.in_posture && self.is_moving();
        if under_way || self.held_now || self.output.completed.is_some() {
            self.active_at = Some(pose.time);
        }
        while let Some(&index) = self.engine.told().get(self.n_noted) {
            self.n_noted += 1;
            self.note(index, pose.time, exercise, cues);
        }
        if let Some(finding) = self.output.finding
            && let Some(check) = self.engine.spec().checks.get(finding.check)
        {
            let (id, text) = (check.id.clone(), check.cue.clone());
            cues.offer(
                Cue { id, text, severity: finding.severity, kind: CueKind::Form },
                pose.time,
            );
        }
    }

    fn note(&mut self, index: usize, now: MediaTime, exercise: &Exercise, cues: &mut Cues) {
        let reps = self.engine.reps();
        let rep = &reps[index];
        let score = technique_of(&self.engine, index, exercise.reference()).map(|t| t.total);
        self.recent.extend(score);
        if self.recent.len() > N_RECENT {
            self.recent.remove(0);
        }
        self.completed_at = Some(now);
        let standard = self.engine.standard();
        let missed = rep.missed.iter().filter_map(|&missed| standard.criteria.get(missed));
        if let Some(gravest) = missed.max_by_key(|criterion| criterion.severity) {
            let (id, text) = (gravest.id.clone(), gravest.tip.clone());
            cues.offer(Cue { id, text, severity: gravest.severity, kind: CueKind::Form }, now);
        } else if let Some(before) = index.checked_sub(1)
            && !reps[before].counted
        {
            let language = exercise.movement.language;
            let text = language.pick("Better: that one counts.", "Besser: Die zählt.").to_owned();
            let id = "counts_again".to_owned();
            cues.offer(Cue { id, text, severity: Severity::Low, kind: CueKind::Praise }, now);
        }
        self.news.push(LiveRep::new(self.n_noted, rep, standard, score));
    }

    /// Whether something was done that makes a set.
    pub(super) fn has_begun(&self) -> bool {
        !self.engine.reps().is_empty() || self.output.held_ms >= LEAST_HOLD_MS
    }

    /// Whether there is a cycle already.
    pub(super) fn has_cycles(&self) -> bool {
        !self.engine.reps().is_empty()
    }

    /// Whether the first cycle is still to be completed: no moment for corrections.
    pub(super) fn in_first_cycle(&self) -> bool {
        self.engine.spec().kind == Kind::Reps && self.engine.reps().is_empty()
    }

    /// Whether a cycle is under way.
    pub(super) fn is_moving(&self) -> bool {
        matches!(self.output.part, Some(Part::Out | Part::Back))
    }

    pub(super) fn output(&self) -> &FrameOutput {
        &self.output
    }

    /// Seconds since something of the exercise went on. A cycle that leads to nothing for longer than the slowest
    /// repetition is no sign of life.
    pub(super) fn idle_secs(&self, now: MediaTime) -> f64 {
        let since = |at: Option<MediaTime>| at.map_or(0.0, |at| now.secs_since(at));
        let without_cycle = since(self.completed_at) - self.engine.spec().max_rep_secs;
        since(self.active_at).max(without_cycle)
    }

    /// Tells counts and measures.
    pub(super) fn tell(&mut self, tick: &mut LiveTick, now: MediaTime) {
        let holds = self.engine.spec().kind == Kind::Hold;
        tick.n_reps = self.output.n_reps;
        tick.n_attempts = self.output.n_attempts;
        tick.n_per_side = n_per_side(&self.engine);
        tick.hold_ms = holds.then_some(self.output.held_ms);
        tick.phase = match self.output.part {
            Some(part) => Phase::of(part),
            None if self.held_now => Phase::Hold,
            None => Phase::Rest,
        };
        tick.technique = if holds { self.hold_technique(now) } else { self.recent_technique() };
        tick.reps.append(&mut self.news);
    }

    fn recent_technique(&self) -> Option<f64> {
        let sum: f64 = self.recent.iter().sum();
        (!self.recent.is_empty()).then(|| sum / as_f64(self.recent.len()) / 100.0)
    }

    /// A hold is good until a check speaks, and again once it has been silent for a while.
    fn hold_technique(&self, now: MediaTime) -> Option<f64> {
        let lately = self.engine.findings().iter().rev();
        let gravest = lately
            .take_while(|finding| now.secs_since(finding.time) < HOLD_FINDING_SECS)
            .map(|finding| finding.severity)
            .max();
        (self.output.held_ms > 0.0).then_some(match gravest {
            None => 1.0,
            Some(Severity::Low) => 0.8,
            Some(Severity::Medium) => 0.6,
            Some(Severity::High) => 0.4,
        })
    }
}
