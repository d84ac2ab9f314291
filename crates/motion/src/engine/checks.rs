//! What is looked at on every frame: the posture, the standard of a hold, the form checks.

use units::{MediaTime, Side};

use super::{Engine, NEAR_TURN};
use crate::channel::{MIN_CONFIDENCE, Pair};
use crate::cycle::CycleTracker;
use crate::form::{Look, Told};
use crate::interval;
use crate::math;
use crate::rep::Finding;
use crate::spec::{Baseline, Part, Plane};

impl Engine {
    /// The best seen value of a pair of channels, with its confidence and side.
    fn better(&self, pair: Pair) -> (f64, f64, Side) {
        let left = self.channels.reading(pair.left);
        if pair.single() {
            return (left.value, left.confidence, Side::Left);
        }
        let right = self.channels.reading(pair.right);
        let trust = self.trust();
        if left.confidence * trust[0] >= right.confidence * trust[1] {
            (left.value, left.confidence, Side::Left)
        } else {
            (right.value, right.confidence, Side::Right)
        }
    }

    pub(super) fn in_posture(&self) -> bool {
        let side_on = self.view.side_on();
        self.spec.posture.iter().zip(&self.posture).all(|(bound, &pair)| {
            let (value, confidence, _) = self.better(pair);
            confidence < MIN_CONFIDENCE
                || bound.view.suits(side_on) < 0.5
                || bound.excess(value) <= 0.0
        })
    }

    pub(super) fn posture_confidence(&self) -> f64 {
        self.posture.iter().map(|&pair| self.better(pair).1).fold(0.0, f64::max)
    }

    pub(super) fn meets_standard_now(&self) -> bool {
        self.standard.criteria.iter().zip(&self.criteria).all(|(criterion, &pair)| {
            let (value, confidence, _) = self.better(pair);
            let plane = interval::plane_of(criterion.signal, criterion.view, self.spec.plane);
            let margin = self.margin(plane, confidence, 0.0);
            let below = criterion.min.map_or(f64::NEG_INFINITY, |min| min - value);
            let above = criterion.max.map_or(f64::NEG_INFINITY, |max| value - max);
            let allowed = if self.standard.benefit_of_doubt { margin } else { 0.0 };
            confidence < MIN_CONFIDENCE || below.max(above) <= allowed
        })
    }

    fn margin(&self, plane: Plane, confidence: f64, speed_per_sec: f64) -> f64 {
        interval::margin(&self.view, plane, confidence, self.frame_secs, speed_per_sec)
    }

    pub(super) fn look(&mut self, time: MediaTime, in_posture: bool) -> Option<Finding> {
        let part = self.part();
        let under_way = part != Part::Rest;
        let near_turn = under_way && self.near_turn();
        self.keep_start_values(under_way);
        let rep = under_way.then_some(self.reps.len());
        let mut gravest: Option<Finding> = None;
        for index in 0..self.checks.len() {
            let (check, pair) = (&self.spec.checks[index], self.checks[index].1);
            let (mut value, confidence, side) = match self.working_side_now() {
                Some(side) if !pair.single() => {
                    let reading = self.channels.reading(pair.on(side));
                    (reading.value, reading.confidence, side)
                }
                _ => self.better(pair),
            };
            let suits = check.view.suits(self.view.side_on()) >= 0.5;
            let baseline = match check.relative_to {
                Baseline::Zero => Some(0.0),
                Baseline::RepStart => self.rep_start_values[pair.on(side)],
                Baseline::OtherSide => {
                    value = self.channels.reading(pair.left).value;
                    Some(self.channels.reading(pair.right).value)
                }
            };
            let (Some(baseline), true) =
                (baseline, suits && in_posture && confidence >= MIN_CONFIDENCE)
            else {
                self.checks[index].0.skip();
                continue;
            };
            let plane = interval::plane_of(check.signal, check.view, self.spec.plane);
            let speed_per_sec = self.channels.speed_per_sec(pair.on(side));
            let margin = self.margin(plane, confidence, speed_per_sec);
            let look = Look { time, value: value - baseline, margin, part, near_turn, rep };
            match self.checks[index].0.look(index, check, &look) {
                Told::Nothing => {}
                Told::Still(now) => self.worsen(&now),
                Told::New(finding) => {
                    self.findings.push(finding);
                    if finding.announced
                        && gravest.is_none_or(|other| finding.severity > other.severity)
                    {
                        gravest = Some(finding);
                    }
                }
            }
        }
        gravest
    }

    /// A finding says how far its worst moment went.
    fn worsen(&mut self, now: &Finding) {
        let same = |known: &&mut Finding| known.check == now.check && known.rep == now.rep;
        if let Some(known) = self.findings.iter_mut().rev().find(same)
            && now.excess > known.excess
        {
            (known.value, known.excess) = (now.value, now.excess);
            (known.margin, known.confidence) = (now.margin, now.confidence);
        }
    }

    /// Where each repetition belongs to a side: the one that works now.
    fn working_side_now(&self) -> Option<Side> {
        let pair = self.working_side?;
        let [left, right] =
            [pair.left, pair.right].map(|channel| self.channels.reading(channel).value);
        Some(if left <= right { Side::Left } else { Side::Right })
    }

    fn near_turn(&self) -> bool {
        let Some(row) = self.trace.latest() else { return false };
        let progress = if self.trackers.len() == 2 {
            row.progress.max(row.progress_right)
        } else {
            row.progress
        };
        let range =
            self.trackers.iter().filter_map(CycleTracker::shown_range).fold(0.0, math::fmax);
        let range = if range > 0.0 { range } else { 1.0 };
        progress >= (1.0 - NEAR_TURN) * range
    }

    fn keep_start_values(&mut self, under_way: bool) {
        if !under_way {
            self.rep_start_values.fill(None);
            return;
        }
        if self.rep_start_values.first().is_some_and(Option::is_some) {
            return;
        }
        if let Some(start) = self.trackers.iter().find_map(CycleTracker::started) {
            for index in 0..self.rep_start_values.len() {
                self.rep_start_values[index] = self.trace.value_at(index, start.time);
            }
        }
    }
}
