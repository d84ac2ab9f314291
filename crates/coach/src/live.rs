//! A set as it happens: poses in; counts, one cue at a time and where the set stands out.
//!
//! Causal: what a tick tells depends on the frames so far. `hands_free` decides both ends: with it the set begins when
//! the start pose is held and ends by itself; without it counting begins at once and only the host ends the set.

mod clock;
mod counting;
mod cues;
mod placement;
mod ready;
mod recognition;
mod tick;

use catalog::{Catalog, Exercise};
use motion::engine::StandardName;
use motion::pose::Pose;
use units::{ExerciseId, ImageSize, MediaTime};

use crate::judged::{Judged, judge};
use clock::Clock;
use counting::Counting;
use cues::Cues;
pub use cues::{Cue, CueKind};
pub use placement::Placement;
use placement::{Guide, Needs};
use ready::{Readiness, start_progress};
use recognition::Recognition;
pub use tick::{LiveRep, LiveTick, Phase, Stage};

/// Poses kept by default: half an hour at 30 frames a second, 50 MB.
pub const MAX_POSES: usize = 54_000;
/// Nothing going on for so long is a rest, seconds.
const REST_SECS: f64 = 3.0;
/// Nothing going on for so long ends a hands-free set, seconds.
const END_SECS: f64 = 8.0;
/// Nobody in the picture for so long ends a hands-free set, seconds.
const ABSENT_SECS: f64 = 5.0;
/// What was seen before an exercise was recognized is counted again for at most so long, seconds.
const REPLAY_SECS: f64 = 30.0;

/// How a set begins.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveStart {
    /// None, or one that the catalogue lacks: recognize it.
    pub exercise: Option<ExerciseId>,
    /// What a repetition must show.
    pub standard: StandardName,
    /// Begin when the start pose is held, and end when nothing goes on any more.
    pub hands_free: bool,
    /// Body height, which makes speeds of torso lengths.
    pub height_cm: f64,
    /// Size of the picture that the poses' pixels lie in.
    pub image: ImageSize,
    /// Poses kept for the report; past that the oldest are dropped and counting goes on.
    pub max_poses: usize,
}

impl Default for LiveStart {
    fn default() -> Self {
        Self {
            exercise: None,
            standard: StandardName::Default,
            hands_free: false,
            height_cm: 170.0,
            image: ImageSize { width: 1280, height: 720 },
            max_poses: MAX_POSES,
        }
    }
}

/// One set of one person.
#[derive(Debug, Clone)]
pub struct LiveSet {
    catalog: Catalog,
    start: LiveStart,
    clock: Clock,
    poses: Vec<Pose>,
    guide: Guide,
    needs: Needs,
    readiness: Readiness,
    /// Where the exercise was not given.
    recognition: Option<Recognition>,
    /// The exercise given or chosen. Before the set begins it only tells whether the start pose is taken.
    counting: Option<Counting>,
    cues: Cues,
    /// Advice that is good to know but no obstacle: said once a set.
    advised: Vec<Placement>,
    begun: bool,
    paused: bool,
    ended: bool,
    tick: LiveTick,
}

impl LiveSet {
    /// A set that has seen nothing.
    #[must_use]
    pub fn new(catalog: &Catalog, start: &LiveStart) -> Self {
        let given = start
            .exercise
            .as_ref()
            .and_then(|id| catalog.exercises().iter().position(|exercise| exercise.id == *id));
        let exercise = given.map(|given| &catalog.exercises()[given]);
        Self {
            guide: Guide::new(start.image),
            needs: exercise.map_or(Needs::ANY, Needs::of),
            recognition: given.is_none().then(|| Recognition::new(catalog)),
            counting: given.map(|given| Counting::new(catalog, given, start.standard)),
            tick: LiveTick {
                exercise: exercise.map(|exercise| (exercise.id.clone(), 1.0)),
                ..LiveTick::default()
            },
            catalog: catalog.clone(),
            start: start.clone(),
            clock: Clock::default(),
            poses: Vec::new(),
            readiness: Readiness::default(),
            cues: Cues::default(),
            advised: Vec::new(),
            begun: false,
            paused: false,
            ended: false,
        }
    }

    /// Takes in one pose. One that is not later than the one before changes nothing.
    pub fn push(&mut self, pose: &Pose) -> &LiveTick {
        self.tick.time = pose.time;
        self.tick.forget_news();
        if self.paused || self.ended {
            return &self.tick;
        }
        let Some(now) = self.clock.take(pose.time) else { return &self.tick };
        let pose = &Pose { time: now, ..*pose };
        self.guide.see(pose, self.needs);
        if self.begun {
            self.work(pose);
        } else if self.may_begin(pose) {
            self.begin(pose);
        }
        self.tell(now);
        &self.tick
    }

    /// Nothing counts until [`LiveSet::resume`].
    pub fn pause(&mut self) -> &LiveTick {
        self.paused = !self.ended;
        self.tell_stage()
    }

    /// Goes on after a pause, as if it had lasted a moment. A movement is not followed across it.
    pub fn resume(&mut self) -> &LiveTick {
        self.clock.cut();
        self.paused = false;
        self.tell_stage()
    }

    /// The set is over: what comes now changes nothing.
    pub fn finish(&mut self) -> &LiveTick {
        (self.paused, self.ended) = (false, true);
        self.tell_stage()
    }

    /// The set judged with everything that was kept of it. Takes as long as several runs of the engine over it.
    #[must_use]
    pub fn judge(&self) -> Judged<'_> {
        judge(&self.poses, &self.catalog, self.exercise(), self.start.standard, None)
    }

    /// What was kept for the report, at most [`LiveStart::max_poses`], without what came before the set.
    #[must_use]
    pub fn poses(&self) -> &[Pose] {
        &self.poses
    }

    /// How it was begun.
    #[must_use]
    pub fn start(&self) -> &LiveStart {
        &self.start
    }

    /// What was told last.
    #[must_use]
    pub fn tick(&self) -> &LiveTick {
        &self.tick
    }

    /// The exercise given or recognized.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.counting.as_ref().map(|counting| &self.catalog.exercises()[counting.exercise])
    }

    /// Whether the set begins with this pose.
    fn may_begin(&mut self, pose: &Pose) -> bool {
        if !self.start.hands_free {
            return placement::is_somebody(pose);
        }
        let fits = !self.guide.problems().iter().any(|problem| problem.forbids_start());
        let progress = match &mut self.counting {
            // Recognition waits for a body that stands still, whatever the pose.
            None => Some(0.0),
            Some(counting) => {
                let exercise = &self.catalog.exercises()[counting.exercise];
                counting.see(pose, exercise, &mut Cues::default());
                start_progress(&counting.engine, counting.output().in_posture, pose.time)
            }
        };
        self.readiness.see(pose, progress.filter(|_| fits), self.guide.torso_px());
        self.readiness.share() >= 1.0
    }

    /// Counts from the held start pose on, or from this pose, with nothing of what came before.
    fn begin(&mut self, pose: &Pose) {
        self.begun = true;
        if let Some(counting) = &mut self.counting {
            *counting = Counting::new(&self.catalog, counting.exercise, self.start.standard);
        }
        let held = self.readiness.take();
        for pose in if held.is_empty() { std::slice::from_ref(pose) } else { &held } {
            self.work(pose);
        }
    }

    fn work(&mut self, pose: &Pose) {
        if self.poses.len() >= self.start.max_poses.max(10) {
            // A tenth at once, so that moving the rest is rare.
            self.poses.drain(..self.poses.len() / 10);
        }
        self.poses.push(*pose);
        let chosen = self.counting.as_ref().map(|counting| counting.exercise);
        let settled = self.counting.as_ref().is_some_and(Counting::has_cycles);
        if let Some(recognition) = &mut self.recognition
            && !settled
            && recognition.see(pose)
            && let Some(better) = recognition.better_than(chosen)
        {
            self.choose(better, pose.time);
        } else if let Some(counting) = &mut self.counting {
            let exercise = &self.catalog.exercises()[counting.exercise];
            counting.see(pose, exercise, &mut self.cues);
        }
    }

    /// Counts what was kept as this exercise, so that nothing done before it was recognized is lost.
    fn choose(&mut self, chosen: usize, now: MediaTime) {
        let exercise = &self.catalog.exercises()[chosen];
        let mut counting = Counting::new(&self.catalog, chosen, self.start.standard);
        // Advice on what is long over is none.
        let mut unsaid = Cues::default();
        let first = self.poses.partition_point(|pose| now.secs_since(pose.time) > REPLAY_SECS);
        for pose in &self.poses[first..] {
            counting.see(pose, exercise, &mut unsaid);
        }
        self.needs = Needs::of(exercise);
        self.counting = Some(counting);
    }

    fn tell(&mut self, now: MediaTime) {
        self.end_by_itself(now);
        let tick = &mut self.tick;
        tick.placement.clear();
        tick.placement.extend_from_slice(self.guide.problems());
        tick.ready_progress = if self.begun { 1.0 } else { self.readiness.share() };
        if let Some(counting) = &mut self.counting {
            let output = counting.output();
            tick.progress = output.progress;
            tick.confidence = output.confidence;
            tick.in_posture = output.in_posture;
            if self.begun {
                counting.tell(tick, now);
            }
            let belief = self.recognition.as_ref().map(|r| r.belief(counting.exercise));
            let id = &self.catalog.exercises()[counting.exercise].id;
            match &mut tick.exercise {
                Some((told, confidence)) if told == id => *confidence = belief.unwrap_or(1.0),
                told => *told = Some((id.clone(), belief.unwrap_or(1.0))),
            }
        }
        for LiveRep { rep, .. } in &mut tick.reps {
            for time in [&mut rep.start, &mut rep.turn, &mut rep.end] {
                *time = self.clock.of_frames(*time);
            }
        }
        self.tick.stage = self.stage(now);
        self.tick.cue = self.next_cue(now);
    }

    fn tell_stage(&mut self) -> &LiveTick {
        self.tick.forget_news();
        if let Some(now) = self.clock.now() {
            self.tick.stage = self.stage(now);
        } else if self.paused || self.ended {
            self.tick.stage = if self.paused { Stage::Paused } else { Stage::Ended };
        }
        &self.tick
    }

    /// Seconds without anybody in the picture.
    fn absent_secs(&self, now: MediaTime) -> f64 {
        self.guide.seen_at().map_or(0.0, |seen| now.secs_since(seen))
    }

    /// Seconds without anything of the exercise going on; none before anything was done.
    fn idle_secs(&self, now: MediaTime) -> Option<f64> {
        let counting = self.counting.as_ref().filter(|counting| counting.has_begun())?;
        Some(counting.idle_secs(now))
    }

    fn end_by_itself(&mut self, now: MediaTime) {
        if !self.start.hands_free || !self.begun {
            return;
        }
        let absent = self.absent_secs(now) >= ABSENT_SECS;
        match self.idle_secs(now) {
            Some(idle_secs) => self.ended = absent || idle_secs >= END_SECS,
            // Whoever leaves before doing anything begins anew.
            None if absent => {
                self.begun = false;
                self.poses.clear();
                self.readiness.take();
            }
            None => {}
        }
    }

    fn stage(&self, now: MediaTime) -> Stage {
        if self.ended {
            return Stage::Ended;
        }
        if self.paused {
            return Stage::Paused;
        }
        if !self.begun {
            let fits = !self.guide.problems().iter().any(|problem| problem.forbids_start());
            let waits = fits && self.start.hands_free && self.guide.seen_at().is_some();
            return if waits { Stage::Ready } else { Stage::Placing };
        }
        match self.idle_secs(now) {
            Some(idle_secs) if idle_secs >= REST_SECS => Stage::Resting,
            None if self.absent_secs(now) >= ABSENT_SECS => Stage::Placing,
            _ => Stage::Working,
        }
    }

    /// The cue to say now. Placement advice has its turn while no repetition is under way.
    fn next_cue(&mut self, now: MediaTime) -> Option<Cue> {
        let moving = self.begun && self.counting.as_ref().is_some_and(Counting::is_moving);
        let over = self.ended || self.tick.stage == Stage::Resting;
        if !moving
            && !over
            && let Some(&problem) = self.guide.problems().first()
            && !self.advised.contains(&problem)
            && !self.cues.said_lately(problem.id(), now)
        {
            let text = problem.advice(self.catalog.language()).to_owned();
            let id = problem.id().to_owned();
            let kind = CueKind::Placement;
            self.cues.offer(Cue { id, text, severity: problem.severity(), kind }, now);
            if !problem.forbids_start() {
                self.advised.push(problem);
            }
        }
        let silent =
            over || (moving && self.counting.as_ref().is_some_and(Counting::in_first_cycle));
        if silent { None } else { self.cues.next(now) }
    }
}
