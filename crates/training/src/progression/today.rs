//! What is asked for today: the plan's numbers, moved by what was decided last, and eased after a break or in an easier time.

use std::sync::Arc;

use jiff::civil::Date;
use units::ExerciseId;

use super::next::tenth_off;
use super::{Because, Decision};
use crate::athlete::State;
use crate::exercise::Facts;
use crate::planner::Why;
use crate::program::{Item, WeekKind};
use crate::session::{Asked, Session};

/// After a longer break it is a tenth less.
pub(super) const MOST_GAP_DAYS: u32 = 14;

/// What is asked for today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today<'a> {
    /// Of each set.
    pub asked: Asked,
    /// In so many sets.
    pub n_sets: u8,
    /// What moved the plan's numbers.
    pub by: Option<&'a Decision>,
    /// Days since it was last done, where that is why it is a tenth less.
    pub after_break_days: Option<u32>,
    /// Whether an easier time runs: fewer sets, less load, more in reserve.
    pub eased: bool,
}

/// What an item of a plan asks for on a day, in a week of a kind.
#[must_use]
pub fn today<'a>(
    state: &'a State,
    item: &Item,
    week: WeekKind,
    facts: &Facts,
    on: Date,
) -> Today<'a> {
    let planned = in_grams(item);
    let mut asked = Asked { target: item.target, load_g: planned };
    let easier_week = week == WeekKind::Deload;
    let follows = |last: &&Decision| easier_week || !chosen_since(item, last);
    let by = state.decided(&item.exercise).filter(follows);
    if let Some(last) = by {
        let (base, next) = (last.base.target, last.next.target);
        let same_range = (base.dose, base.low, base.high)
            == (item.target.dose, item.target.low, item.target.high);
        if same_range {
            (asked.target.low, asked.target.high) = (next.low, next.high);
        }
        asked.load_g = last.next.load_g.or(planned);
    }
    let eased = easier_week || state.deload_on(on).is_some();
    let gap_days = state.last_done(&item.exercise, on).map(|last| days(last, on));
    let after_break_days = gap_days.filter(|&days| days > MOST_GAP_DAYS && by.is_some() && !eased);
    // The plan's own numbers of an easier week are easier already.
    let lighter = after_break_days.is_some() || (eased && (by.is_some() || !easier_week));
    if lighter {
        asked.target.low = item.target.low;
        asked.target.high = item.target.high;
        asked.load_g = asked.load_g.map(|load_g| tenth_off(&state.loading, facts, load_g));
    }
    let mut n_sets = item.n_sets;
    if eased && !easier_week {
        n_sets = n_sets.div_ceil(2);
        asked.target.rir = asked.target.rir.map(|rir| rir.saturating_add(2).min(5));
    }
    Today { asked, n_sets, by, after_break_days, eased }
}

/// Whether the athlete has set another load in the plan since: then that is the one.
fn chosen_since(item: &Item, last: &Decision) -> bool {
    let reckoned = item.why.iter().any(|why| matches!(why, Why::Load { .. }));
    let Some(planned) = in_grams(item) else { return false };
    let then = Because::Planned { load_g: planned };
    item.why.contains(&Why::Chosen) && !reckoned && !last.why.contains(&then)
}

/// The load that a plan has.
pub(super) fn in_grams(item: &Item) -> Option<i32> {
    item.load_g.map(|load_g| i32::try_from(load_g).unwrap_or(i32::MAX))
}

/// Days from one day to another, 0 where it is earlier.
pub(super) fn days(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).get_days()).unwrap_or(0)
}

impl State {
    /// What was decided last for an exercise and not taken back.
    #[must_use]
    pub fn decided(&self, exercise: &ExerciseId) -> Option<&Decision> {
        let all = self.progress.get(exercise)?;
        all.iter().rfind(|one| !one.reversed).map(|one| &one.decision)
    }

    /// The last day before another on which an exercise was done for work.
    #[must_use]
    pub fn last_done(&self, exercise: &ExerciseId, before: Date) -> Option<Date> {
        let with = |session: &&Arc<Session>| {
            session.on < before
                && session.sets.iter().any(|set| set.counts() && set.exercise == *exercise)
        };
        self.sessions.values().filter(with).map(|session| session.on).max()
    }
}
