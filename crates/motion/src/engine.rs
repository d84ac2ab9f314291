//! The live engine: one person, one exercise, one pose at a time.
//!
//! Causal: everything told at a frame depends on that frame and those before it. Once its buffers are full, a frame
//! allocates nothing; a finished repetition allocates its own record.

mod checks;
mod company;
mod cycles;
mod ends;
mod plausible;

use units::{MediaTime, Side};

use self::company::Company;
use self::ends::OpenEnd;
use crate::channel::{Channels, MIN_CONFIDENCE, Pair};
use crate::consensus::Alignment;
use crate::cycle::{CycleConfig, CycleTracker, Stage};
use crate::form::CheckState;
use crate::fusion::Candidate;
use crate::hold::{Hold, HoldTracker};
use crate::kinematics;
use crate::labels::Labels;
use crate::plane;
use crate::pose::Pose;
use crate::rep::{Finding, Rep};
use crate::signal::Signal;
use crate::spec::{Kind, MovementSpec, Part, Sides, Standard, ViewPreference};
use crate::trace::{Row, Trace};
use crate::view::View;

/// Which of an exercise's standards applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StandardName {
    /// The published default.
    #[default]
    Default,
    /// The strict one, where the exercise has it; else the default.
    Strict,
}

/// What a first pass over a recording, or an earlier set, taught about this person and camera.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    /// The excursion shown, in progress, per tracker.
    pub shown_range: [Option<f64>; 2],
    /// How each candidate follows the shared motion, in the engine's order; empty when not known.
    pub alignments: Vec<Alignment>,
}

/// What one frame tells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FrameOutput {
    /// Where in the repetition: the phase and how far.
    pub part: Option<Part>,
    /// 0 in the start position, 1 at the turning point, clamped to 0..=1.
    pub progress: f64,
    /// Repetitions that met the standard so far.
    pub n_reps: u32,
    /// Cycles that did not.
    pub n_attempts: u32,
    /// The last cycle that became certain with this frame: its index in [`Engine::reps`]; see [`Engine::told`].
    pub completed: Option<usize>,
    /// The gravest finding to say aloud at this frame.
    pub finding: Option<Finding>,
    /// Whether the body fits the exercise's posture.
    pub in_posture: bool,
    /// How well the moving joints are seen, 0..=1.
    pub confidence: f64,
    /// Milliseconds held so far, for holds.
    pub held_ms: f64,
}

/// What one candidate shows at one frame.
#[derive(Debug, Clone, Copy)]
pub struct CandidateNow {
    /// Progress by this candidate alone.
    pub progress: f64,
    /// 0..=1.
    pub confidence: f64,
    /// Belief before looking.
    pub prior: f64,
    /// Whether it is a place in the picture.
    pub is_place: bool,
    /// The tracker it votes in.
    pub tracker: usize,
}

/// Out of the posture for longer than this is another activity, seconds; shorter is a flicker of the landmarks.
const LEFT_POSTURE_SECS: f64 = 0.7;
/// A gap in time after which the picture may show something else altogether, seconds.
const CUT_SECS: f64 = 1.0;
/// Part of a cycle's frames that must fit the posture.
const POSTURE_SHARE: f64 = 0.6;
/// The least mean confidence of a cycle.
const SEEN: f64 = 0.35;
/// A frame this close to the turning point, in shown range, is near it.
const NEAR_TURN: f64 = 0.25;

/// The engine for one person and one exercise.
#[derive(Debug, Clone)]
pub struct Engine {
    spec: MovementSpec,
    standard: Standard,
    view: View,
    channels: Channels,
    trace: Trace,
    /// Left candidates first, then right (or central once, among the left).
    candidates: Vec<(Candidate, usize, Side)>,
    trackers: Vec<CycleTracker>,
    posture: Vec<Pair>,
    travel: Vec<Pair>,
    alone: Vec<Pair>,
    company: [Company; 2],
    criteria: Vec<Pair>,
    checks: Vec<(CheckState, Pair)>,
    working_side: Option<Pair>,
    primary: Option<Pair>,
    technique: Vec<(Signal, Pair)>,
    rep_start_values: Vec<Option<f64>>,
    /// Per channel, how well it follows the shared motion, where a first pass has told.
    agreement: Vec<Option<f64>>,
    labels: Labels,
    hold: HoldTracker,
    reps: Vec<Rep>,
    told: Vec<usize>,
    open_ends: [Option<OpenEnd>; 2],
    findings: Vec<Finding>,
    last_time: Option<MediaTime>,
    frame_secs: f64,
    out_of_posture_secs: f64,
}

impl Engine {
    /// An engine that has seen nothing.
    #[must_use]
    pub fn new(
        spec: &MovementSpec,
        standard: StandardName,
        calibration: Option<&Calibration>,
    ) -> Self {
        let standard = match (standard, &spec.standards.strict) {
            (StandardName::Strict, Some(strict)) => strict.clone(),
            _ => spec.standards.default.clone(),
        };
        let mut channels = Channels::default();
        let mut candidates = Vec::new();
        for primary in &spec.primary {
            let pair = channels.need(primary.signal);
            for side in Side::BOTH {
                if side == Side::Left || !pair.single() {
                    let known =
                        calibration.and_then(|c| c.alignments.get(candidates.len())).copied();
                    candidates.push((Candidate::new(*primary, known), pair.on(side), side));
                }
            }
        }
        let primary = spec.primary.first().map(|primary| channels.need(primary.signal));
        let posture = spec.posture.iter().map(|bound| channels.need(bound.signal)).collect();
        let travel = spec.travel.iter().map(|travel| channels.need(travel.signal)).collect();
        let alone = spec.alone.iter().map(|travel| channels.need(travel.signal)).collect();
        // What is judged is measured in its own plane; what is counted, as the picture shows it.
        let judged = |channels: &mut Channels, signal: Signal, view: ViewPreference| {
            channels.need_in_plane(signal, plane::judged_in(view, spec.plane))
        };
        let criteria: Vec<Pair> =
            standard.criteria.iter().map(|c| judged(&mut channels, c.signal, c.view)).collect();
        let checks: Vec<_> = spec
            .checks
            .iter()
            .map(|check| (CheckState::default(), judged(&mut channels, check.signal, check.view)))
            .collect();
        let working_side = spec.working_side.map(|signal| channels.need(signal));
        let technique = spec
            .technique
            .iter()
            .map(|joint| (joint.signal, channels.need_in_plane(joint.signal, spec.plane)))
            .collect();
        let config = CycleConfig {
            min_excursion: spec.min_excursion,
            dwell_secs: 0.15,
            min_secs: spec.min_rep_secs,
            max_secs: spec.max_rep_secs,
            open_start: spec.open_start,
        };
        let mut agreement = vec![None; channels.len()];
        for (index, (_, channel, _)) in candidates.iter().enumerate() {
            for twin in channels.twins(*channel) {
                agreement[twin] =
                    calibration.and_then(|c| c.alignments.get(index)).map(|a| a.agreement);
            }
        }
        let n_trackers = if spec.sides.are_followed_apart() { 2 } else { 1 };
        let trackers = (0..n_trackers)
            .map(|index| CycleTracker::new(config, calibration.and_then(|c| c.shown_range[index])))
            .collect();
        Self {
            standard,
            view: View::default(),
            trace: Trace::new(channels.len()),
            rep_start_values: vec![None; channels.len()],
            agreement,
            channels,
            candidates,
            trackers,
            posture,
            travel,
            alone,
            company: [(); 2].map(|()| Company::new(spec.sides == Sides::Alternating, spec.company)),
            criteria,
            checks,
            working_side,
            primary,
            technique,
            labels: Labels::default(),
            hold: HoldTracker::default(),
            reps: Vec::with_capacity(64),
            told: Vec::with_capacity(64),
            open_ends: [None; 2],
            findings: Vec::with_capacity(64),
            last_time: None,
            frame_secs: 1.0 / 30.0,
            out_of_posture_secs: 0.0,
            spec: spec.clone(),
        }
    }

    /// The cycles so far, in the order of their completion.
    #[must_use]
    pub fn reps(&self) -> &[Rep] {
        &self.reps
    }

    /// The cycles that are certain to be repetitions or to be attempts, as indices of [`Engine::reps`], in the order in
    /// which that became certain.
    #[must_use]
    pub fn told(&self) -> &[usize] {
        &self.told
    }

    /// What the form checks saw so far.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The camera's view so far.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The exercise.
    #[must_use]
    pub fn spec(&self) -> &MovementSpec {
        &self.spec
    }

    /// The standard that applies.
    #[must_use]
    pub fn standard(&self) -> &Standard {
        &self.standard
    }

    /// The time held so far, for holds.
    #[must_use]
    pub fn hold(&self) -> &Hold {
        self.hold.hold()
    }

    /// The recent past of every channel, for reports.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Where the channels of a technique signal are.
    #[must_use]
    pub fn technique_pair(&self, signal: Signal) -> Option<Pair> {
        self.technique.iter().find(|(known, _)| *known == signal).map(|&(_, pair)| pair)
    }

    /// How much each side has been trusted so far, left then right; sums to 1 once anything was seen.
    #[must_use]
    pub fn trust(&self) -> [f64; 2] {
        let mut trust = [0.0; 2];
        for (candidate, _, side) in &self.candidates {
            trust[*side as usize] += candidate.total_credibility();
        }
        let total = trust[0] + trust[1];
        if total > 0.0 { trust.map(|t| t / total) } else { [0.5; 2] }
    }

    /// Each candidate's own progress and confidence at the last frame, its prior and its side, for a first pass.
    pub fn candidates(&self) -> impl Iterator<Item = CandidateNow> + '_ {
        let side_on = self.view.side_on();
        self.candidates.iter().map(move |(candidate, channel, side)| {
            let reading = self.channels.reading(*channel);
            CandidateNow {
                progress: candidate.plain_progress(reading.value),
                confidence: reading.confidence,
                prior: candidate.prior(side_on),
                is_place: candidate.is_place(),
                tracker: if self.trackers.len() == 2 { *side as usize } else { 0 },
            }
        })
    }

    /// What this run taught, for a second pass.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        let mut shown_range = [None; 2];
        for (range, tracker) in shown_range.iter_mut().zip(&self.trackers) {
            *range = tracker.shown_range();
        }
        Calibration { shown_range, alignments: Vec::new() }
    }

    /// Takes in one pose. A pose not later than the one before is ignored.
    pub fn push(&mut self, pose: &Pose) -> FrameOutput {
        let dt_secs = self.last_time.map_or(0.0, |before| pose.time.secs_since(before));
        if self.last_time.is_some() && dt_secs <= 0.0 {
            return self.output();
        }
        self.last_time = Some(pose.time);
        let n_told = self.told.len();
        if dt_secs > CUT_SECS {
            self.interrupt();
        } else if dt_secs > 0.0 {
            self.frame_secs += 0.1 * (dt_secs - self.frame_secs);
        }
        let pose = &self.labels.keep(pose, self.view.torso_px());
        self.view.see(pose);
        self.channels.see(pose, &self.view);
        let in_posture = self.in_posture();
        let (progress, confidence) = self.progress(dt_secs.min(CUT_SECS));
        let row = Row {
            time: pose.time,
            progress: progress[0],
            progress_right: progress[1],
            confidence: confidence[0].max(confidence[1]),
            in_posture,
            load_point: kinematics::load_point(pose, self.spec.load_point, self.view.torso_px()),
        };
        let channels = &self.channels;
        self.trace.push(
            row,
            (0..channels.len()).map(|index| {
                let reading = channels.reading(index);
                (reading.value, reading.raw, reading.confidence)
            }),
        );
        if self.spec.kind == Kind::Reps {
            self.out_of_posture_secs =
                if in_posture { 0.0 } else { self.out_of_posture_secs + dt_secs };
            if self.out_of_posture_secs > LEFT_POSTURE_SECS {
                self.leave_posture();
            }
            for index in 0..self.trackers.len() {
                if confidence[index] < MIN_CONFIDENCE
                    || self.out_of_posture_secs > LEFT_POSTURE_SECS
                {
                    continue;
                }
                if let Some(cycle) = self.trackers[index].push(pose.time, progress[index]) {
                    self.take_in(index, &cycle);
                }
            }
            self.settle_ends(Some(pose.time));
        } else {
            let seen = row.confidence.max(self.posture_confidence()) >= SEEN;
            if seen && in_posture && self.meets_standard_now() {
                self.hold.held_at(pose.time);
            }
        }
        let finding = self.look(pose.time, in_posture);
        let completed = self.told[n_told..].last().copied();
        FrameOutput { completed, finding, in_posture, confidence: row.confidence, ..self.output() }
    }

    /// The stream ends: what is nearly complete is completed.
    pub fn finish(&mut self) {
        self.complete_what_is_nearly();
        self.take_in_what_waits();
        self.settle_ends(None);
    }

    fn complete_what_is_nearly(&mut self) {
        for index in 0..self.trackers.len() {
            if let Some(cycle) = self.trackers[index].finish() {
                self.take_in(index, &cycle);
            }
        }
    }

    /// The body is in another posture: what was under way ends, and what comes next starts afresh. Else standing up
    /// from the floor would be the far end of a push-up.
    fn leave_posture(&mut self) {
        self.complete_what_is_nearly();
        self.settle_ends(None);
        for tracker in &mut self.trackers {
            tracker.interrupt();
        }
    }

    fn interrupt(&mut self) {
        self.settle_ends(None);
        self.channels.reset();
        for tracker in &mut self.trackers {
            tracker.interrupt();
        }
        for (check, _) in &mut self.checks {
            check.skip();
        }
    }

    fn output(&self) -> FrameOutput {
        let n_counted = self.told.iter().filter(|&&rep| self.reps[rep].counted).count();
        let n_attempts = self.told.len() - n_counted;
        let last = self.trace.latest();
        FrameOutput {
            part: (self.spec.kind == Kind::Reps).then(|| self.part()),
            progress: last.map_or(0.0, |row| row.progress.max(row.progress_right).clamp(0.0, 1.0)),
            n_reps: u32::try_from(n_counted).unwrap_or(u32::MAX),
            n_attempts: u32::try_from(n_attempts).unwrap_or(u32::MAX),
            held_ms: self.hold.hold().held_ms,
            ..FrameOutput::default()
        }
    }

    fn part(&self) -> Part {
        let busiest =
            self.trackers.iter().map(CycleTracker::stage).find(|&stage| stage != Stage::Rest);
        match busiest {
            None | Some(Stage::Rest) => Part::Rest,
            Some(Stage::Out) => Part::Out,
            Some(Stage::Back) => Part::Back,
        }
    }

    /// Fused progress and confidence per tracker.
    fn progress(&mut self, dt_secs: f64) -> ([f64; 2], [f64; 2]) {
        let side_on = self.view.side_on();
        let independent = self.trackers.len() == 2;
        let (mut sums, mut weights, mut sure) = ([0.0; 2], [0.0; 2], [0.0_f64; 2]);
        for (candidate, channel, side) in &mut self.candidates {
            let reading = self.channels.reading(*channel);
            let vote = candidate.read(reading, side_on, dt_secs);
            let tracker = if independent { *side as usize } else { 0 };
            sums[tracker] += vote.weight * vote.progress;
            weights[tracker] += vote.weight;
            if vote.weight > 0.0 {
                sure[tracker] = sure[tracker].max(reading.confidence);
            }
        }
        let mut progress = [0.0; 2];
        for tracker in 0..2 {
            if weights[tracker] > 0.0 {
                progress[tracker] = sums[tracker] / weights[tracker];
            } else {
                sure[tracker] = 0.0;
            }
        }
        (progress, sure)
    }
}
