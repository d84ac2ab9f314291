//! The table: what a session was like, and what follows from it.
//!
//! Each row says by itself when it fits, not "or else". A test goes through every case there is and finds that exactly one
//! row fits, in whatever order they stand.
//!
//! Sources: double progression and holds, reductions and variation after stalls as peers have them (Liftosaur, `LiftLog`);
//! ACSM 2009 for going on when the range is exceeded; a repetition more where the effort is between target and one more.

use super::{Kind, Rule};
use crate::load_state::State;

/// What was told about pain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pain {
    None,
    /// 1..=3 of 10.
    Mild,
    /// 4 of 10 and more.
    Strong,
}

/// What there is to go on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The next load, at most 5 % heavier.
    Step,
    /// The next load, which is more than 5 % heavier.
    BigStep,
    /// A load that only the person knows.
    UnknownLoad,
    /// A stronger band.
    Band,
    /// A harder exercise.
    Ladder,
    /// Nothing but more of the same.
    LadderEnd,
}

/// The shortest set against the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Below it.
    Missed,
    /// In it, below the top.
    InRange,
    /// At the top or a little above.
    Top,
    /// As far above as is worth going.
    Past,
}

/// What was left in reserve, against what was asked for. Repetitions above the range count as reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// As much as asked, or more.
    Spare,
    /// Less, by at most one repetition.
    Near,
    /// Less by more than that.
    Hard,
    /// Nobody said, or nothing was asked.
    Unknown,
}

/// A session of an exercise, as far as the table looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) pain: Pain,
    /// More than 14 days since the time before.
    pub(super) long_gap: bool,
    /// An easier time runs.
    pub(super) deload: bool,
    /// How the week's training load compares; none where nobody can say.
    pub(super) load: Option<State>,
    pub(super) way: Way,
    pub(super) reach: Reach,
    pub(super) effort: Effort,
    /// As many sets as were asked for.
    pub(super) complete: bool,
    /// Failed in a row before, 0..=2.
    pub(super) n_holds: u8,
    /// Reduced before, and not above that since, 0..=2.
    pub(super) n_reduced: u8,
    /// The time before it was at the top with enough in reserve as well.
    pub(super) top_before: bool,
}

impl Case {
    /// Neither pain nor an easier time.
    fn free(&self) -> bool {
        self.pain == Pain::None && !self.deload
    }

    /// Free, and no break before.
    fn usual(&self) -> bool {
        self.free() && !self.long_gap
    }

    fn failed(&self) -> bool {
        self.reach == Reach::Missed || self.effort == Effort::Hard
    }

    fn fine(&self) -> bool {
        self.usual() && !self.failed()
    }

    /// Nothing stands in the way of more.
    fn may_rise(&self) -> bool {
        self.fine() && self.complete && !self.load_jumps()
    }

    fn load_jumps(&self) -> bool {
        matches!(self.load, Some(State::Spike | State::Returning))
    }

    /// At the top of the range, and not too near to failure.
    fn at_top(&self) -> bool {
        let spare = matches!(self.effort, Effort::Spare | Effort::Unknown);
        self.may_rise() && self.reach >= Reach::Top && spare
    }

    /// Enough for a harder exercise: the reserve was told, or it was so many that it need not be.
    fn mastered(&self) -> bool {
        self.at_top() && (self.effort == Effort::Spare || self.reach == Reach::Past)
    }
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) rule: Rule,
    pub(super) kind: Kind,
    pub(super) when: fn(&Case) -> bool,
}

const fn row(rule: Rule, kind: Kind, when: fn(&Case) -> bool) -> Row {
    Row { rule, kind, when }
}

pub(super) const TABLE: [Row; 22] = [
    row(Rule::PainSwap, Kind::Swap, |case| case.pain == Pain::Strong),
    row(Rule::PainHold, Kind::Hold, |case| case.pain == Pain::Mild),
    row(Rule::InDeload, Kind::Deload, |case| case.pain == Pain::None && case.deload),
    row(Rule::BreakKept, Kind::ReturnAfterBreak, |case| {
        case.free() && case.long_gap && !case.failed()
    }),
    row(Rule::BreakEased, Kind::ReturnAfterBreak, |case| {
        case.free() && case.long_gap && case.failed()
    }),
    row(Rule::StalledVary, Kind::Vary, |case| {
        case.usual() && case.failed() && case.n_holds >= 2 && case.n_reduced >= 2
    }),
    row(Rule::StalledReduce, Kind::Reduce, |case| {
        case.usual() && case.failed() && case.n_holds >= 2 && case.n_reduced < 2
    }),
    row(Rule::Missed, Kind::Hold, |case| {
        case.usual() && case.reach == Reach::Missed && case.n_holds < 2
    }),
    row(Rule::TooHard, Kind::Hold, |case| {
        let in_range = case.reach != Reach::Missed;
        case.usual() && in_range && case.effort == Effort::Hard && case.n_holds < 2
    }),
    row(Rule::Incomplete, Kind::Hold, |case| case.fine() && !case.complete),
    row(Rule::LoadSpike, Kind::Hold, |case| case.fine() && case.complete && case.load_jumps()),
    row(Rule::InRange, Kind::AddReps, |case| case.may_rise() && case.reach == Reach::InRange),
    row(Rule::NearTarget, Kind::AddReps, |case| {
        case.may_rise() && case.reach >= Reach::Top && case.effort == Effort::Near
    }),
    row(Rule::TopOfRange, Kind::Advance, |case| case.at_top() && case.way == Way::Step),
    row(Rule::StepTooBig, Kind::AddReps, |case| {
        case.at_top() && case.way == Way::BigStep && case.reach == Reach::Top
    }),
    row(Rule::BigStep, Kind::Advance, |case| {
        case.at_top() && case.way == Way::BigStep && case.reach == Reach::Past
    }),
    row(Rule::LoadUnknown, Kind::Advance, |case| case.at_top() && case.way == Way::UnknownLoad),
    row(Rule::StrongerBand, Kind::Advance, |case| case.at_top() && case.way == Way::Band),
    row(Rule::LadderMore, Kind::AddReps, |case| {
        let more = match case.way {
            Way::Ladder => !case.mastered(),
            Way::LadderEnd => case.reach == Reach::Top,
            Way::Step | Way::BigStep | Way::UnknownLoad | Way::Band => false,
        };
        case.at_top() && more
    }),
    row(Rule::LadderOnce, Kind::Hold, |case| {
        case.mastered() && case.way == Way::Ladder && !case.top_before
    }),
    row(Rule::LadderUp, Kind::Advance, |case| {
        case.mastered() && case.way == Way::Ladder && case.top_before
    }),
    row(Rule::LadderEnd, Kind::Hold, |case| {
        case.at_top() && case.way == Way::LadderEnd && case.reach == Reach::Past
    }),
];

/// The row that fits.
pub(super) fn row_of(case: &Case) -> &'static Row {
    /// There is always one in the table: the test below goes through all cases.
    static SAME_AGAIN: Row = row(Rule::Incomplete, Kind::Hold, |_| true);
    TABLE.iter().find(|row| (row.when)(case)).unwrap_or(&SAME_AGAIN)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn every_case(mut see: impl FnMut(&Case)) {
        let bools = [false, true];
        let ways =
            [Way::Step, Way::BigStep, Way::UnknownLoad, Way::Band, Way::Ladder, Way::LadderEnd];
        for pain in [Pain::None, Pain::Mild, Pain::Strong] {
            for (long_gap, deload) in bools.into_iter().flat_map(|a| bools.map(|b| (a, b))) {
                let loads = State::ALL.iter().map(|&state| Some(state)).chain([None]);
                for (load, way) in loads.flat_map(|a| ways.map(|b| (a, b))) {
                    for reach in [Reach::Missed, Reach::InRange, Reach::Top, Reach::Past] {
                        for effort in [Effort::Spare, Effort::Near, Effort::Hard, Effort::Unknown] {
                            for n in 0..36_u8 {
                                see(&Case {
                                    pain,
                                    long_gap,
                                    deload,
                                    load,
                                    way,
                                    reach,
                                    effort,
                                    complete: n % 2 == 1,
                                    top_before: n / 2 % 2 == 1,
                                    n_holds: n / 4 % 3,
                                    n_reduced: n / 12,
                                });
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn exactly_one_row_fits_every_case() {
        let (mut n_cases, mut used) = (0_u32, BTreeSet::new());
        every_case(|case| {
            n_cases += 1;
            let fitting: Vec<Rule> =
                TABLE.iter().filter(|row| (row.when)(case)).map(|row| row.rule).collect();
            assert_eq!(fitting.len(), 1, "{case:?}: {fitting:?}");
            used.extend(fitting);
        });
        assert_eq!(n_cases, 290_304);
        assert_eq!(used.len(), Rule::ALL.len(), "a row that never fits, or a rule without a row");
    }

    #[test]
    fn nothing_rises_in_pain_or_an_easier_time_or_when_the_load_has_jumped() {
        every_case(|case| {
            let rises = matches!(row_of(case).kind, Kind::Advance | Kind::AddReps);
            if rises {
                assert_eq!((case.pain, case.deload, case.long_gap), (Pain::None, false, false));
                assert!(case.complete && !case.load_jumps() && case.reach != Reach::Missed);
                assert!(case.effort != Effort::Hard);
            }
        });
    }

    /// What a seed left open: between 8 and 9 of 10.
    #[test]
    fn between_target_and_one_less_it_is_one_repetition_more() {
        every_case(|case| {
            if case.may_rise() && case.effort == Effort::Near {
                assert_eq!(row_of(case).kind, Kind::AddReps, "{case:?}");
            }
        });
    }
}
