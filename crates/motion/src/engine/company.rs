//! Company: cycles that could as well be gestures are believed within a set, or once several alike follow each other.

use crate::cycle::Cycle;

/// So many cycles alike, one after the other, are a set.
pub(super) const COMPANY: usize = 4;
/// Cycles of a set follow each other within this time, seconds.
const WITHIN_SET_SECS: f64 = 2.5;
/// Cycles alike differ by no more than this factor in excursion and in duration.
const ALIKE: f64 = 1.3;
/// Cycles alike begin and turn at the same levels, up to this part of their excursion.
const SAME_LEVEL: f64 = 0.2;
/// A doubtful cycle within a set takes as long as its neighbour up to this factor.
const SAME_TEMPO: f64 = 1.6;

/// What one tracker's last cycles looked like.
#[derive(Debug, Clone)]
pub(super) struct Company {
    /// Whether a cycle of the other side comes in between.
    by_turns: bool,
    last: Option<Cycle>,
    /// How many cycles alike have followed each other, the last one included.
    n_alike: usize,
    /// Those of them that are not believed yet, oldest first.
    waiting: [Option<Cycle>; COMPANY],
    /// The last cycle of a set that began beyond doubt.
    sure: Option<Cycle>,
}

impl Company {
    pub(super) fn new(by_turns: bool) -> Self {
        Self { by_turns, last: None, n_alike: 0, waiting: [None; COMPANY], sure: None }
    }

    /// The cycles to believe now that this one is complete, oldest first: none while it waits for company. `alone`
    /// tells whether it can stand alone.
    pub(super) fn believed(&mut self, cycle: &Cycle, alone: bool) -> [Option<Cycle>; COMPANY] {
        if !self.last.is_some_and(|before| self.are_alike(&before, cycle)) {
            self.n_alike = 0;
            self.waiting = [None; COMPANY];
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
        if sure || self.n_alike >= COMPANY {
            core::mem::take(&mut self.waiting)
        } else {
            [None; COMPANY]
        }
    }

    fn follows_closely(&self, before: &Cycle, after: &Cycle) -> bool {
        let within_secs = WITHIN_SET_SECS + if self.by_turns { ALIKE * secs(before) } else { 0.0 };
        after.start.time.secs_since(before.end.time) <= within_secs
    }

    /// Whether a set goes on with this cycle, be it half a repetition.
    fn goes_on(&self, before: &Cycle, after: &Cycle) -> bool {
        self.follows_closely(before, after) && alike(secs(before), secs(after), SAME_TEMPO)
    }

    fn are_alike(&self, before: &Cycle, after: &Cycle) -> bool {
        self.follows_closely(before, after)
            && alike(before.excursion(), after.excursion(), ALIKE)
            && alike(secs(before), secs(after), ALIKE)
            && same_level(before, after)
    }
}

/// Whether two cycles go from about the same position to about the same.
fn same_level(before: &Cycle, after: &Cycle) -> bool {
    let apart = SAME_LEVEL * before.excursion().max(after.excursion());
    (before.start.progress - after.start.progress).abs() <= apart
        && (before.turn.progress - after.turn.progress).abs() <= apart
}

fn secs(cycle: &Cycle) -> f64 {
    cycle.end.time.secs_since(cycle.start.time)
}

fn alike(a: f64, b: f64, factor: f64) -> bool {
    a.max(b) <= factor * a.min(b)
}

#[cfg(test)]
mod tests {
    use units::MediaTime;

    use super::*;
    use crate::cycle::Turning;

    /// Cycles as (start seconds, length, excursion, whether it can stand alone), and how many are believed after each.
    fn check(cycles: &[(f64, f64, f64, bool)], expected: &[usize]) {
        let mut company = Company::new(false);
        let believed: Vec<usize> = cycles
            .iter()
            .map(|&(start, secs, excursion, alone)| {
                let at = |secs: f64, progress| Turning {
                    time: MediaTime::from_ms(1000.0 * secs),
                    progress,
                };
                let cycle = Cycle {
                    start: at(start, 0.0),
                    turn: at(start + 0.5 * secs, excursion),
                    end: at(start + secs, 0.0),
                };
                company.believed(&cycle, alone).iter().flatten().count()
            })
            .collect();
        assert_eq!(believed, expected, "{cycles:?}");
    }

    #[test]
    fn doubtful_cycles_wait_for_company() {
        let doubtful = |start| (start, 2.0, 0.6, false);
        check(&[(0.0, 2.0, 1.0, true), (3.0, 2.0, 1.0, true)], &[1, 1]);
        // Three alike are a set, and what follows in kind belongs to it.
        check(&[doubtful(0.0), doubtful(3.0), doubtful(6.0), doubtful(9.0)], &[0, 0, 3, 1]);
        // Half a repetition within a sure set is an attempt at once.
        check(&[(0.0, 2.0, 1.0, true), doubtful(3.0), doubtful(6.0)], &[1, 1, 1]);
        // Gestures differ in length, or come now and then.
        check(&[doubtful(0.0), (3.0, 4.0, 0.6, false), doubtful(8.0)], &[0, 0, 0]);
        check(&[doubtful(0.0), doubtful(9.0), doubtful(18.0)], &[0, 0, 0]);
        // A set that begins with half repetitions is told once it is sure.
        check(&[doubtful(0.0), (3.0, 2.0, 0.75, true)], &[0, 2]);
    }
}
