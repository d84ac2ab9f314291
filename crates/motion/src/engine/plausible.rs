//! Is a finished cycle one of this exercise, or something else that people do between sets?

use units::MediaTime;

use super::Engine;
use super::cycles::SIDES;
use crate::channel::{MIN_CONFIDENCE, Pair};
use crate::cycle::{Cycle, Turning};
use crate::kinematics::{self, median3};
use crate::signal::Signal;
use crate::spec::{Extent, MOST_COMPANY, Primary, Sides, Travel};

/// Left and right that correlate less than this move by turns.
const BY_TURNS: f64 = 0.2;
/// The joint that the exercise is about goes at least this part of the textbook's way out and comes back: a person who
/// bends down with straight arms lowers the shoulders as in a push-up, but the elbows tell.
const PRIME_MOVER: f64 = 0.15;

/// What becomes of a limit on something that was not seen during the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// It is not held against the cycle.
    Passes,
    /// Nothing is sure.
    Fails,
}

impl Engine {
    /// Whether a cycle of progress is the exercise's movement.
    pub(super) fn looks_like_one(&self, tracker: usize, cycle: &Cycle) -> bool {
        self.travels(&self.spec.travel, &self.travel, tracker, cycle, Unseen::Passes)
            && !self.moves_by_turns(cycle)
            && self.prime_mover_moves(tracker, cycle)
    }

    /// The cycles to believe now that this one is complete, oldest first.
    pub(super) fn believed(
        &mut self,
        tracker: usize,
        cycle: &Cycle,
    ) -> [Option<Cycle>; MOST_COMPANY] {
        let alone = self.travels(&self.spec.alone, &self.alone, tracker, cycle, Unseen::Fails);
        self.company[tracker].believed(cycle, alone)
    }

    /// Whether everything moves as far as the exercise asks, and no farther.
    fn travels(
        &self,
        limits: &[Travel],
        channels: &[Pair],
        tracker: usize,
        cycle: &Cycle,
        unseen: Unseen,
    ) -> bool {
        let side_on = self.view.side_on();
        limits.iter().zip(channels).all(|(travel, &pair)| {
            if travel.view.suits(side_on) < 0.5 {
                return true;
            }
            // Whoever steps up to the bar and bends down at once has walked only at the start of the way out.
            let late = Cycle { start: half_way_out(cycle), ..*cycle };
            let within = if travel.signal == Signal::AnkleX { &late } else { cycle };
            let shown = kinematics::shown(&self.trace, self.working(tracker, pair), within);
            let shown = match travel.of {
                Extent::Range => shown.ranges(),
                Extent::Highest => shown.highest(),
                Extent::Lowest => shown.lowest(),
                Extent::Gap => shown.gaps(),
                Extent::Detour => shown.detours(),
            };
            let Some((most, least)) = shown.extremes() else {
                return unseen == Unseen::Passes;
            };
            let (reached, exceeded) = if travel.every_side { (least, most) } else { (most, least) };
            travel.min.is_none_or(|min| reached >= min)
                && travel.max.is_none_or(|max| exceeded <= max)
        })
    }

    /// Where sides work alone, only the working side is looked at.
    fn working(&self, tracker: usize, pair: Pair) -> Pair {
        match self.spec.sides {
            Sides::Independent | Sides::Alternating => {
                Pair { left: pair.on(SIDES[tracker]), right: pair.on(SIDES[tracker]) }
            }
            Sides::Together | Sides::Labelled => pair,
        }
    }

    /// Whether left and right move by turns where the exercise moves them together: walking is not squatting.
    fn moves_by_turns(&self, cycle: &Cycle) -> bool {
        !self.spec.sides.are_followed_apart()
            && self
                .primary
                .and_then(|pair| kinematics::togetherness(&self.trace, pair, cycle))
                .is_some_and(|together| together < BY_TURNS)
    }

    /// Whether the first primary signal, in the picture or in space, on either side, goes out and comes back.
    fn prime_mover_moves(&self, tracker: usize, cycle: &Cycle) -> bool {
        let Some(first) = self.spec.primary.first() else { return true };
        let alone = self.spec.sides.are_followed_apart();
        let mut seen = false;
        for (candidate, channel, side) in &self.candidates {
            let primary = candidate.primary();
            if primary.signal.in_image() != first.signal.in_image()
                || alone && *side != SIDES[tracker]
            {
                continue;
            }
            match self.way_gone(primary, *channel, cycle) {
                Some(way) if way >= PRIME_MOVER => return true,
                Some(_) => seen = true,
                None => {}
            }
        }
        !seen
    }

    /// How much farther out a signal was within a cycle than at its ends, in the textbook's progress; none where it was
    /// not seen.
    fn way_gone(&self, primary: &Primary, channel: usize, cycle: &Cycle) -> Option<f64> {
        let (mut first, mut last, mut farthest, mut n) = (0.0, [0.0; 3], f64::NEG_INFINITY, 0);
        let mut n_rows = 0;
        for (_, value, confidence) in self.trace.channel(channel, cycle.start.time, cycle.end.time)
        {
            n_rows += 1;
            if confidence < MIN_CONFIDENCE {
                continue;
            }
            last = [last[1], last[2], primary.progress(value)];
            n += 1;
            if n == 3 {
                first = median3(last);
            }
            if n >= 3 {
                farthest = farthest.max(median3(last));
            }
        }
        let opened_at_turn = self.spec.open_start && cycle.start.progress > 0.5;
        let start = if opened_at_turn { f64::NEG_INFINITY } else { first };
        // What was lost for long may have moved unseen.
        (n >= 3 && 4 * n >= 3 * n_rows).then(|| farthest - median3(last).max(start))
    }
}

/// Half-way from the start to the turning point, in time.
fn half_way_out(cycle: &Cycle) -> Turning {
    let micros = i64::midpoint(cycle.start.time.micros, cycle.turn.time.micros);
    Turning { time: MediaTime { micros }, progress: cycle.start.progress }
}
