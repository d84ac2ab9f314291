//! The reasons behind each number of a plan, as data: words are made of them where they are shown.

use serde::{Deserialize, Serialize};

use crate::exercise::{Muscle, Pattern};

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Why {
    /// It wakes up what the session needs.
    WarmsUp,
    /// It calms down after work.
    CoolsDown,
    /// It trains a muscle that the goal is about.
    Serves {
        /// Which.
        muscle: Muscle,
    },
    /// It gives a muscle its share of the week: half sets with this exercise of those aimed at.
    Volume {
        /// Which.
        muscle: Muscle,
        /// So many in this week.
        half_sets: u16,
        /// Of so many aimed at (Pelland 2024: direct sets count whole, indirect ones half).
        aim_half_sets: u16,
    },
    /// It keeps pushing and pulling, or knees and hips, within a factor of two.
    Balances {
        /// The movement that was short.
        pattern: Pattern,
    },
    /// It fills the session with work for the heart.
    Heart,
    /// Repetitions of the range that suits goal and exercise (ACSM 2026).
    Range {
        /// At least.
        low: u16,
        /// At most.
        high: u16,
    },
    /// So many repetitions stay in reserve: more at the start of a block, and more for beginners.
    Reserve {
        /// Left at the end of a set.
        rir: u8,
        /// Week of the block, from 1.
        week: u8,
    },
    /// Rest as long as this kind of set needs.
    Rest {
        /// Seconds.
        secs: u16,
    },
    /// The load follows from the estimated maximum, by Epley's formula, and rises by no more than a tenth.
    Load {
        /// Estimated one-repetition maximum, grams.
        e1rm_g: u32,
        /// Part of it, percent.
        percent: u8,
    },
    /// An easier week: fewer sets, more in reserve.
    Easier,
    /// The athlete chose it, or its numbers.
    Chosen,
    /// A language model proposed it, or its numbers, and no rule is against it.
    Proposed,
}
