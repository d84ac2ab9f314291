//! A decision as it is kept: what to do next time, by which rule, and the numbers behind it.
//!
//! Words are made of it where it is shown. Rules and facts are never renamed: somebody's log holds them.

use serde::{Deserialize, Serialize};
use units::ExerciseId;

use crate::exercise::names;
use crate::load_state::State;
use crate::session::Asked;

names! {
    /// What a decision does.
    Kind {
        /// More load, a stronger band or a harder exercise.
        Advance = "advance",
        /// The same load for more repetitions, or seconds.
        AddReps = "add_reps",
        /// The same again.
        Hold = "hold",
        /// Less load, or an easier exercise.
        Reduce = "reduce",
        /// Something like it instead, to get going again.
        Vary = "vary",
        /// As before the easier time, once that is over.
        Deload = "deload",
        /// Something that does not hurt instead.
        Swap = "swap",
        /// Back after a break: with less.
        ReturnAfterBreak = "return_after_break",
    }
}

names! {
    /// The row of the table that a decision comes from. Its name is kept for ever.
    Rule {
        /// It hurt at 4 of 10 or more: something else instead.
        PainSwap = "pain_swap",
        /// It hurt a little: no more than this until it does not.
        PainHold = "pain_hold",
        /// An easier time runs: targets stay where they were.
        InDeload = "in_deload",
        /// After more than 14 days it went as it should: the same again.
        BreakKept = "break_kept",
        /// After more than 14 days: a tenth less than before.
        BreakEased = "break_eased",
        /// It failed after two holds and two reductions: something like it instead.
        StalledVary = "stalled_vary",
        /// It failed after two holds: 5 to 7.5 % less.
        StalledReduce = "stalled_reduce",
        /// A set stayed below the range: the same again.
        Missed = "missed",
        /// More than one repetition nearer to failure than asked: the same again.
        TooHard = "too_hard",
        /// Sets are missing, and those that were done were fine: the same again.
        Incomplete = "incomplete",
        /// The week's load has jumped, or training has just begun again: the same again.
        LoadSpike = "load_spike",
        /// At the top with less in reserve than asked, by up to one repetition: the same load, one more.
        NearTarget = "near_target",
        /// In the range: the same load, one more.
        InRange = "in_range",
        /// At the top of the range with enough in reserve: the next load.
        TopOfRange = "top_of_range",
        /// At the top, but the next weight is more than 5 % heavier: one more with this one first.
        StepTooBig = "step_too_big",
        /// Well above the range, so even the big step is taken.
        BigStep = "big_step",
        /// At the top of the range, and only the person knows the load: a little more of it.
        LoadUnknown = "load_unknown",
        /// At the top of the range: a stronger band.
        StrongerBand = "stronger_band",
        /// At the top with nothing said of the reserve, or nothing harder to go on to: one more.
        LadderMore = "ladder_more",
        /// At the top with enough in reserve, for the first time: once more.
        LadderOnce = "ladder_once",
        /// At the top with enough in reserve, twice: the next harder exercise.
        LadderUp = "ladder_up",
        /// Well above the range, and the library has nothing harder: the same again.
        LadderEnd = "ladder_end",
    }
}

/// What to do next time with an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What it does.
    pub kind: Kind,
    /// By which rule.
    pub rule: Rule,
    /// The range that the plan has it move in, and the load that it was decided from.
    pub base: Asked,
    /// What to ask for next time: at least `low`, with `load_g`.
    pub next: Asked,
    /// In so many sets, 1..=6.
    pub n_sets: u8,
    /// What to do instead, where something else is proposed. Nothing changes in the plan before the athlete says so.
    pub instead: Option<ExerciseId>,
    /// The numbers that it was decided from.
    pub why: Vec<Because>,
}

/// A fact behind a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Because {
    /// What was done, of the sets that count.
    Did {
        /// So many sets; both sides are one.
        n_sets: u8,
        /// Of so many.
        n_asked: u8,
        /// Repetitions or seconds of the shortest of them.
        least: u16,
        /// Of the longest.
        most: u16,
        /// With this load, grams; none where there is none, or nobody said.
        load_g: Option<i32>,
    },
    /// What the range was.
    Range {
        /// At least.
        low: u16,
        /// At most.
        high: u16,
    },
    /// What was left in reserve.
    Reserve {
        /// At the least, in halves of a repetition, as a person said or the camera saw.
        least_halves: u8,
        /// What was asked for, in repetitions.
        asked: u8,
    },
    /// From this load to the next.
    Step {
        /// Grams.
        step_g: u32,
        /// Of the load, in tenths of a percent.
        per_mille: u32,
    },
    /// Days since the time before.
    Gap {
        /// Days.
        days: u32,
    },
    /// The load that the plan had, grams.
    Planned {
        /// Grams.
        load_g: i32,
    },
    /// The load before that, grams.
    Before {
        /// Grams.
        load_g: i32,
    },
    /// Pain that was told.
    Pain {
        /// How much, 1..=10.
        level: u8,
    },
    /// Times in a row that it did not go on.
    Stalled {
        /// Held in a row.
        n_holds: u8,
        /// Reduced since it last went up.
        n_reduced: u8,
    },
    /// The week's training load.
    Load {
        /// How it compares.
        state: State,
    },
}
