//! A finished cycle: is it one of this exercise, whose side was it, did it meet the standard?

use units::Side;

use super::{Engine, POSTURE_SHARE, SEEN};
use crate::cycle::{Cycle, Stage};
use crate::judge::{Judgement, judge};
use crate::kinematics;
use crate::rep::Rep;
use crate::spec::{MOST_COMPANY, Sides};

/// The side of each tracker where sides work alone.
pub(super) const SIDES: [Side; 2] = Side::BOTH;

impl Engine {
    /// Keeps a cycle if it is one of this exercise, with those that waited for it.
    pub(super) fn take_in(&mut self, tracker: usize, cycle: &Cycle) {
        let (mut n, mut fits) = (0.0, 0.0);
        for row in self.trace.rows(cycle.start.time, cycle.end.time) {
            n += 1.0;
            fits += if row.in_posture { 1.0 } else { 0.0 };
        }
        if n < 3.0
            || fits < POSTURE_SHARE * n
            || self.confidence_in(cycle) < SEEN
            || !self.looks_like_one(tracker, cycle)
        {
            return;
        }
        for one in self.believed(tracker, cycle).iter().flatten() {
            self.accept(tracker, one);
            if *one != *cycle {
                // What waited for company has ended for good by now.
                self.settle_ends(None);
            }
        }
    }

    /// Keeps the cycles that still wait for company when the recording ends.
    pub(super) fn take_in_what_waits(&mut self) {
        let Some(now) = self.last_time else { return };
        let mut waiting: Vec<(usize, Cycle)> = Vec::new();
        for (tracker, company) in self.company.iter_mut().enumerate() {
            waiting.extend(
                company
                    .believed_at_the_end(now)
                    .into_iter()
                    .flatten()
                    .map(|cycle| (tracker, cycle)),
            );
        }
        waiting.sort_by_key(|(_, cycle)| cycle.end.time);
        for (tracker, cycle) in waiting {
            self.accept(tracker, &cycle);
            self.settle_ends(None);
        }
    }

    /// How well a cycle was seen on the whole, 0..=1.
    fn confidence_in(&self, cycle: &Cycle) -> f64 {
        let (mut n, mut sum) = (0.0, 0.0);
        for row in self.trace.rows(cycle.start.time, cycle.end.time) {
            n += 1.0;
            sum += row.confidence;
        }
        if n > 0.0 { sum / n } else { 0.0 }
    }

    /// Judges a cycle and keeps it, unless it is the other side's seen twice.
    fn accept(&mut self, tracker: usize, cycle: &Cycle) {
        let confidence = self.confidence_in(cycle);
        self.trackers[tracker].keep(cycle);
        let trust = self.trust();
        let side = self.side_of(tracker, cycle);
        if self.spec.sides.are_followed_apart() {
            if self.is_echo(tracker, cycle, confidence) {
                return;
            }
            if let Some(twin) = self.twin_of(tracker, cycle) {
                if self.spec.sides == Sides::Independent {
                    self.reps[twin].side = None;
                }
                return;
            }
        }
        // Where sides work alone, the one that moved is judged, even if the other may have moved along.
        let trust = match (self.spec.sides, tracker) {
            (Sides::Independent | Sides::Alternating, 0) => [1.0, 0.0],
            (Sides::Independent | Sides::Alternating, _) => [0.0, 1.0],
            (Sides::Together | Sides::Labelled, _) => trust,
        };
        let around = self.circumstances(tracker, trust);
        let Judgement { measured, missed } = judge(
            Judgement::default(),
            &self.standard,
            &self.criteria,
            &self.trace,
            cycle,
            &around,
        );
        let previous_end = self.reps.last().map(|rep| rep.end);
        let motion =
            kinematics::of_cycle(&self.trace, cycle, tracker, self.spec.way_out, previous_end);
        let ranges = self.primary.map(|pair| kinematics::ranges(&self.trace, pair, cycle));
        let asymmetry = ranges
            .and_then(|ranges| ranges.asymmetry())
            .filter(|_| side.is_none() && self.sees_both_sides());
        self.reps.push(Rep {
            start: cycle.start.time,
            turn: cycle.turn.time,
            end: cycle.end.time,
            side,
            counted: missed.is_empty(),
            missed,
            measured,
            rom_deg: ranges.map_or(0.0, |ranges| ranges.fused(trust)),
            excursion: cycle.excursion(),
            tempo: motion.tempo,
            peak_speed_torsos_per_sec: motion.peak_speed,
            mean_concentric_torsos_per_sec: motion.mean_concentric_speed,
            asymmetry,
            smoothness_sparc: motion.sparc,
            curves: self
                .technique
                .iter()
                .map(|&(signal, pair)| {
                    kinematics::curve(&self.trace, signal, pair, cycle.start.time, cycle.end.time)
                })
                .collect(),
            trust,
            confidence,
        });
        self.open_end(tracker, cycle);
    }

    fn side_of(&self, tracker: usize, cycle: &Cycle) -> Option<Side> {
        match self.spec.sides {
            Sides::Together => None,
            // From the side the far arm is guessed, so a lone near arm may well be both.
            Sides::Independent if self.hides_other(tracker) => None,
            Sides::Independent | Sides::Alternating => Some(SIDES[tracker]),
            Sides::Labelled => {
                let pair = self.working_side?;
                let left = self.trace.value_at(pair.left, cycle.turn.time)?;
                let right = self.trace.value_at(pair.right, cycle.turn.time)?;
                Some(if left <= right { Side::Left } else { Side::Right })
            }
        }
    }

    /// Whether left and right can be compared: from the side one limb hides the other.
    fn sees_both_sides(&self) -> bool {
        let [left, right] = self.trust();
        self.view.side_on() < 0.6 && left.min(right) > 0.25
    }

    /// Whether the camera, side-on, hardly sees the other side.
    fn hides_other(&self, tracker: usize) -> bool {
        let trust = self.trust();
        self.view.side_on() > 0.8 && trust[1 - tracker] < 0.6 * trust[tracker]
    }

    /// A far limb that the network only guesses: smaller than the other side's movement, or hidden and either hardly
    /// seen or moving along with the side that is seen.
    fn is_echo(&self, tracker: usize, cycle: &Cycle, confidence: f64) -> bool {
        let other = 1 - tracker;
        let smaller =
            self.trackers[other].shown_range().is_some_and(|range| cycle.excursion() < 0.5 * range);
        let along =
            self.trackers[other].stage() != Stage::Rest || self.twin_of(tracker, cycle).is_some();
        smaller || (self.hides_other(other) && (confidence < 0.45 || along))
    }

    /// The other side's repetition that is the same one: both arms at once count once.
    fn twin_of(&self, tracker: usize, cycle: &Cycle) -> Option<usize> {
        let other = if tracker == 0 { Side::Right } else { Side::Left };
        let last = self.reps.len().checked_sub(1)?;
        (last.saturating_sub(MOST_COMPANY)..=last).rev().find(|&index| {
            let rep = &self.reps[index];
            let overlap = rep.end.min(cycle.end.time).secs_since(rep.start.max(cycle.start.time));
            let shorter =
                rep.end.secs_since(rep.start).min(cycle.end.time.secs_since(cycle.start.time));
            let at_once = (rep.start..=rep.end).contains(&cycle.turn.time);
            rep.side.is_none_or(|side| side == other) && at_once && overlap > 0.5 * shorter
        })
    }
}
