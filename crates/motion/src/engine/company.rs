//! Company: cycles that could as well be gestures are believed within a set, or once several alike follow each other.

use units::MediaTime;

use crate::cycle::{Cycle, Turning};
use crate::spec::MOST_COMPANY;

/// So many cycles alike are a set where the recording ends with them.
const COMPANY_AT_THE_END: usize = 3;
/// Whoever films a set ends the recording within this time after it, seconds.
const LEAVES_WITHIN_SECS: f64 = 6.0;
/// Cycles of a set follow each other within this time, seconds.
const WITHIN_SET_SECS: f64 = 2.5;
/// Cycles alike differ by no more than this factor in excursion.
const ALIKE: f64 = 1.3;
/// Cycles alike differ by no more than this factor in duration: where one begins and ends is not seen sharply.
const LOOSE_TEMPO: f64 = 2.0;
/// Where sides work by turns, the other's cycle takes at least this part of this one's time.
const OTHERS_TURN: f64 = 0.5;
/// Cycles alike begin at the same level, up to this part of their excursion: where one leaves rest is not sharp.
const SAME_START: f64 = 0.3;
/// Cycles alike turn at the same level, up to this part of their excursion.
const SAME_TURN: f64 = 0.12;
/// Cycles of a set take as long as their neighbours up to this factor.
const SAME_TEMPO: f64 = 1.6;

/// What one tracker's last cycles looked like.
#[derive(Debug, Clone)]
pub(super) struct Company {
    /// Whether a cycle of the other side comes in between.
    by_turns: bool,
    /// So many cycles alike, one after the other, are a set.
    enough: usize,
    last: Option<Cycle>,
    /// How many cycles alike have followed each other, the last one included.
    n_alike: usize,
    /// Those of them that are not believed yet, oldest first.
    waiting: [Option<Cycle>; MOST_COMPANY],
    /// The last cycle of a set that began beyond doubt.
    sure: Option<Cycle>,
}

impl Company {
    pub(super) fn new(by_turns: bool, enough: usize) -> Self {
        Self { by_turns, enough, last: None, n_alike: 0, waiting: [None; MOST_COMPANY], sure: None }
    }

    /// The cycles to believe now that this one is complete, oldest first: none while it waits for company. `alone`
    /// tells whether it can stand alone.
    pub(super) fn believed(&mut self, cycle: &Cycle, alone: bool) -> [Option<Cycle>; MOST_COMPANY] {
        let one_of_them = self.last.is_some_and(|last| self.follows_closely(&last, cycle))
            && self
                .waiting
                .iter()
                .flatten()
                .chain(&self.last)
                .all(|one| self.are_alike(one, cycle));
        if !one_of_them {
            self.n_alike = 0;
            self.waiting = [None; MOST_COMPANY];
        }
        self.last = Some(*cycle);
        self.n_alike += 1;
        if let Some(place) = self.waiting.iter_mut().find(|place| place.is_none()) {
            *place = Some(*cycle);
        }
        let sure = alone || self.sure.is_some_and(|before| self.goes_on(&before, cycle));
        if sure {
            self.sure = Some(*cycle);
        }
        if sure || self.n_alike >= self.enough {
            core::mem::take(&mut self.waiting)
        } else {
            [None; MOST_COMPANY]
        }
    }

    /// The cycles to believe because the recording ends, oldest first: a set cut short, not gestures long ago.
    pub(super) fn believed_at_the_end(&mut self, now: MediaTime) -> [Option<Cycle>; MOST_COMPANY] {
        let recent =
            self.last.is_some_and(|last| now.secs_since(last.end.time) <= LEAVES_WITHIN_SECS);
        if recent && self.n_alike >= COMPANY_AT_THE_END {
            core::mem::take(&mut self.waiting)
        } else {
            [None; MOST_COMPANY]
        }
    }

    fn follows_closely(&self, before: &Cycle, after: &Cycle) -> bool {
        let pause_secs = after.start.time.secs_since(before.end.time);
        if !self.by_turns {
            return pause_secs <= WITHIN_SET_SECS;
        }
        // The other side's turn comes in between.
        (OTHERS_TURN * secs(before)..=WITHIN_SET_SECS + ALIKE * secs(before)).contains(&pause_secs)
    }

    /// Where more company is asked for, people do something alike all day: then the tempo must be a set's, too.
    fn tempo(&self) -> f64 {
        if self.enough < MOST_COMPANY { LOOSE_TEMPO } else { ALIKE }
    }

    /// Whether a set goes on with this cycle, be it half a repetition.
    fn goes_on(&self, before: &Cycle, after: &Cycle) -> bool {
        self.follows_closely(before, after) && alike(secs(before), secs(after), SAME_TEMPO)
    }

    fn are_alike(&self, a: &Cycle, b: &Cycle) -> bool {
        alike(a.excursion(), b.excursion(), ALIKE)
            && alike(secs(a), secs(b), self.tempo())
            && same_levels(a, b)
    }
}

/// Whether two cycles go from about the same position to the same.
fn same_levels(before: &Cycle, after: &Cycle) -> bool {
    let apart = |a: &Turning, b: &Turning| (a.progress - b.progress).abs();
    let excursion = before.excursion().max(after.excursion());
    apart(&before.start, &after.start) <= SAME_START * excursion
        && apart(&before.turn, &after.turn) <= SAME_TURN * excursion
}

fn secs(cycle: &Cycle) -> f64 {
    cycle.end.time.secs_since(cycle.start.time)
}

fn alike(a: f64, b: f64, factor: f64) -> bool {
    a.max(b) <= factor * a.min(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Start in seconds, length in seconds, excursion, whether it can stand alone.
    type Made = (f64, f64, f64, bool);

    fn made((start_secs, secs, excursion, _): Made) -> Cycle {
        let at =
            |secs: f64, progress| Turning { time: MediaTime::from_ms(1000.0 * secs), progress };
        Cycle {
            start: at(start_secs, 0.0),
            turn: at(start_secs + 0.5 * secs, excursion),
            end: at(start_secs + secs, 0.0),
        }
    }

    /// How many cycles are believed after each, and how many more when the recording ends `left_secs` after the last.
    fn check_company(by_turns: bool, cycles: &[Made], left_secs: f64, expected: (&[usize], usize)) {
        let mut company = Company::new(by_turns, 4);
        let count = |cycles: [Option<Cycle>; MOST_COMPANY]| cycles.iter().flatten().count();
        let believed: Vec<usize> =
            cycles.iter().map(|&one| count(company.believed(&made(one), one.3))).collect();
        let (start_secs, secs, ..) = cycles[cycles.len() - 1];
        let end = MediaTime::from_ms(1000.0 * (start_secs + secs + left_secs));
        let at_the_end = count(company.believed_at_the_end(end));
        assert_eq!((believed.as_slice(), at_the_end), expected, "{cycles:?}");
    }

    fn check(cycles: &[Made], expected: &[usize]) {
        check_company(false, cycles, 60.0, (expected, 0));
    }

    fn doubtful(start_secs: f64) -> Made {
        (start_secs, 2.0, 0.6, false)
    }

    #[test]
    fn doubtful_cycles_wait_for_company() {
        check(&[(0.0, 2.0, 1.0, true), (3.0, 2.0, 1.0, true)], &[1, 1]);
        // Four alike are a set, and what follows in kind belongs to it.
        check(&[0.0, 3.0, 6.0, 9.0, 12.0].map(doubtful), &[0, 0, 0, 4, 1]);
        // Half a repetition within a sure set is an attempt at once.
        check(&[(0.0, 2.0, 1.0, true), doubtful(3.0), doubtful(6.0)], &[1, 1, 1]);
        // Gestures differ in length or in height, or come now and then.
        check(&[doubtful(0.0), (3.0, 4.0, 0.6, false), doubtful(8.0)], &[0, 0, 0]);
        check(&[doubtful(0.0), (3.0, 2.0, 0.77, false), doubtful(6.0), doubtful(9.0)], &[0; 4]);
        check(&[doubtful(0.0), doubtful(9.0), doubtful(18.0)], &[0, 0, 0]);
        // Each like the one before, but not like the first: gestures drift, a set does not.
        let drifting = [(0.0, 0.6), (3.0, 0.65), (6.0, 0.7), (9.0, 0.75)];
        check(
            &drifting.map(|(start_secs, excursion)| (start_secs, 2.0, excursion, false)),
            &[0; 4],
        );
        // A set that begins with half repetitions is told once it is sure.
        check(&[doubtful(0.0), (3.0, 2.0, 0.66, true)], &[0, 2]);
    }

    #[test]
    fn cycles_alike_begin_about_where_the_others_did() {
        // Where a cycle leaves rest is not sharp; the turning point stays.
        let check = |start_progress: f64, expected: &[usize]| {
            let mut company = Company::new(false, 3);
            let believed = [0.0, start_progress, 0.0].into_iter().zip([0.0, 3.0, 6.0]);
            let believed = believed.map(|(progress, start_secs)| {
                let mut cycle = made(doubtful(start_secs));
                cycle.start.progress = progress;
                company.believed(&cycle, false).iter().flatten().count()
            });
            assert_eq!(believed.collect::<Vec<_>>(), expected, "{start_progress}");
        };
        check(0.12, &[0, 0, 3]);
        check(-0.2, &[0, 0, 0]);
    }

    #[test]
    fn by_turns_the_other_side_comes_in_between() {
        check_company(true, &[0.0, 4.0, 8.0, 12.0].map(doubtful), 60.0, (&[0, 0, 0, 4], 0));
        check_company(true, &[0.0, 2.5, 5.0, 7.5].map(doubtful), 60.0, (&[0; 4], 0));
    }

    #[test]
    fn a_recording_that_ends_with_three_alike_filmed_a_set() {
        check_company(false, &[0.0, 3.0, 6.0].map(doubtful), 4.0, (&[0; 3], 3));
        check_company(false, &[0.0, 3.0, 6.0].map(doubtful), 20.0, (&[0; 3], 0));
        check_company(false, &[0.0, 3.0].map(doubtful), 1.0, (&[0; 2], 0));
    }
}
