//! The end of a repetition, looked at once more: a lockout often comes a moment after the cycle is complete.
//!
//! A repetition that meets the standard is told at once. One that only lacks its end is told when the end is certain.

use units::MediaTime;

use super::Engine;
use crate::cycle::{Cycle, Stage};
use crate::judge::{Circumstances, Judgement, judge};
use crate::spec::Extreme;

/// For so long after a cycle the joints may still come nearer to the end position, seconds.
const OPEN_SECS: f64 = 0.6;

/// A repetition whose end is not certain yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenEnd {
    rep: usize,
    cycle: Cycle,
    /// Whether the repetition is told only when its end is certain.
    undecided: bool,
}

impl Engine {
    /// What judging needs to know about a cycle.
    pub(super) fn circumstances(&self, tracker: usize, trust: [f64; 2]) -> Circumstances<'_> {
        Circumstances {
            view: &self.view,
            plane: self.spec.plane,
            tracker,
            benefit_of_doubt: self.standard.benefit_of_doubt,
            trust,
            frame_secs: self.frame_secs,
            agreement: &self.agreement,
        }
    }

    /// Keeps the end of the last repetition open, and tells of it unless its end decides.
    pub(super) fn open_end(&mut self, tracker: usize, cycle: &Cycle) {
        let rep = self.reps.len() - 1;
        let at_end = |&missed: &usize| self.standard.criteria[missed].of == Extreme::AtEnd;
        let missed = &self.reps[rep].missed;
        let undecided = !missed.is_empty() && missed.iter().all(at_end);
        self.open_ends[tracker] = Some(OpenEnd { rep, cycle: *cycle, undecided });
        if !undecided {
            self.told.push(rep);
        }
    }

    /// Judges once more those repetitions whose end is certain by now, or all of them, and tells of them.
    pub(super) fn settle_ends(&mut self, now: Option<MediaTime>) {
        for tracker in 0..self.trackers.len() {
            let Some(end) = self.open_ends[tracker] else { continue };
            let open = now.is_some_and(|now| now.secs_since(end.cycle.end.time) < OPEN_SECS);
            if open && self.trackers[tracker].stage() == Stage::Rest {
                continue;
            }
            self.open_ends[tracker] = None;
            let rep = &mut self.reps[end.rep];
            let known = Judgement {
                measured: core::mem::take(&mut rep.measured),
                missed: core::mem::take(&mut rep.missed),
            };
            let around = self.circumstances(tracker, self.reps[end.rep].trust);
            let judged =
                judge(known, &self.standard, &self.criteria, &self.trace, &end.cycle, &around);
            let rep = &mut self.reps[end.rep];
            rep.counted = judged.missed.is_empty();
            (rep.measured, rep.missed) = (judged.measured, judged.missed);
            if end.undecided {
                self.told.push(end.rep);
            }
        }
    }
}
