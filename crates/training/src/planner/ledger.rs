//! What a week gives each muscle, day by day, and what may still be added.

use crate::exercise::{Facts, Level, Muscle, Pattern};
use crate::planner::Intake;
use crate::program::Weekday;

const N_MUSCLES: usize = Muscle::ALL.len();
const N_DAYS: usize = Weekday::ALL.len();
/// From so many direct sets in a session on, a muscle needs two days.
pub(super) const HARD_SETS: u16 = 4;
/// Movements that pull at opposite sides stay within this factor of each other.
pub(super) const BALANCE: u16 = 2;
/// So few sets in a week are no imbalance.
pub(super) const TOO_FEW_TO_WEIGH: u16 = 4;
/// A week may be this much more than the usual one, percent.
pub(super) const MOST_OF_USUAL_PERCENT: u16 = 130;
/// Whoever did next to nothing may do so many half sets.
pub(super) const START_HALF_SETS: u16 = 8;

/// Movements that are weighed against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Push,
    Pull,
    Knee,
    Hip,
}

impl Family {
    pub(super) const PAIRS: [(Self, Self); 2] = [(Self::Push, Self::Pull), (Self::Knee, Self::Hip)];

    pub(super) fn of(pattern: Pattern) -> Option<Self> {
        match pattern {
            Pattern::PushHorizontal | Pattern::PushVertical => Some(Self::Push),
            Pattern::PullHorizontal | Pattern::PullVertical => Some(Self::Pull),
            Pattern::Squat | Pattern::Lunge => Some(Self::Knee),
            Pattern::Hinge => Some(Self::Hip),
            _ => None,
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Push => Self::Pull,
            Self::Pull => Self::Push,
            Self::Knee => Self::Hip,
            Self::Hip => Self::Knee,
        }
    }
}

/// Half sets a muscle may get in a week.
pub(super) fn most_half_sets(intake: &Intake, muscle: Muscle) -> u16 {
    let most = match (intake.level, muscle) {
        (Level::Beginner, Muscle::NeckFlexors | Muscle::NeckExtensors) => 16,
        (_, Muscle::NeckFlexors | Muscle::NeckExtensors) => 20,
        (Level::Beginner, _) => 24,
        (Level::Intermediate, _) => 36,
        (Level::Advanced, _) => 44,
    };
    let usual = intake.usual.iter().find(|(of, _)| *of == muscle);
    let by_usual = usual.map_or(most, |(_, half_sets)| {
        let more = u32::from(*half_sets) * u32::from(MOST_OF_USUAL_PERCENT) / 100;
        u16::try_from(more).unwrap_or(u16::MAX).max(START_HALF_SETS)
    });
    most.min(by_usual)
}

/// The sets of a week.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    half_sets: [u16; N_MUSCLES],
    direct_sets: [[u16; N_DAYS]; N_MUSCLES],
    by_family: [u16; 4],
    most: [u16; N_MUSCLES],
    /// Families of which the person may do something.
    possible: [bool; 4],
}

impl Ledger {
    pub(super) fn new(intake: &Intake, allowed: &[&Facts]) -> Self {
        let mut most = [0; N_MUSCLES];
        for &muscle in Muscle::ALL {
            most[muscle as usize] = most_half_sets(intake, muscle);
        }
        let mut possible = [false; 4];
        for facts in allowed {
            if let Some(family) = Family::of(facts.pattern) {
                possible[family as usize] = true;
            }
        }
        Self {
            half_sets: [0; N_MUSCLES],
            direct_sets: [[0; N_DAYS]; N_MUSCLES],
            by_family: [0; 4],
            most,
            possible,
        }
    }

    pub(super) fn half_sets(&self, muscle: Muscle) -> u16 {
        self.half_sets[muscle as usize]
    }

    /// Whether a family is behind the one it is weighed against.
    pub(super) fn is_behind(&self, family: Family) -> bool {
        self.by_family[family as usize] < self.by_family[family.other() as usize]
    }

    /// Whether so many more sets on a day leave every rule whole.
    pub(super) fn has_room(&self, facts: &Facts, day: Weekday, n_sets: u8) -> bool {
        if !facts.pattern.counts_as_volume() {
            return true;
        }
        let n_sets = u16::from(n_sets);
        let within = |muscles: &[Muscle], half_sets: u16| {
            muscles.iter().all(|&muscle| {
                self.half_sets[muscle as usize] + half_sets <= self.most[muscle as usize]
            })
        };
        within(&facts.direct, 2 * n_sets)
            && within(&facts.indirect, n_sets)
            && facts.direct.iter().all(|&muscle| self.has_rested(muscle, day, n_sets))
            && self.stays_balanced(facts, n_sets)
    }

    fn has_rested(&self, muscle: Muscle, day: Weekday, n_sets: u16) -> bool {
        let sets = &self.direct_sets[muscle as usize];
        let today = day as usize;
        let (before, after) = (sets[(today + N_DAYS - 1) % N_DAYS], sets[(today + 1) % N_DAYS]);
        sets[today] + n_sets < HARD_SETS || before.max(after) < HARD_SETS
    }

    fn stays_balanced(&self, facts: &Facts, n_sets: u16) -> bool {
        let Some(family) = Family::of(facts.pattern) else { return true };
        let more = self.by_family[family as usize] + n_sets;
        !self.possible[family.other() as usize]
            || more <= TOO_FEW_TO_WEIGH
            || more <= BALANCE * self.by_family[family.other() as usize]
    }

    pub(super) fn add(&mut self, facts: &Facts, day: Weekday, n_sets: u8) {
        if !facts.pattern.counts_as_volume() {
            return;
        }
        let n_sets = u16::from(n_sets);
        for &muscle in &facts.direct {
            self.half_sets[muscle as usize] += 2 * n_sets;
            self.direct_sets[muscle as usize][day as usize] += n_sets;
        }
        for &muscle in &facts.indirect {
            self.half_sets[muscle as usize] += n_sets;
        }
        if let Some(family) = Family::of(facts.pattern) {
            self.by_family[family as usize] += n_sets;
        }
    }
}
