//! Seconds per phase of a repetition: eccentric, bottom, concentric, top.

use crate::spec::Muscle;

/// Seconds per phase, in the order of the tempo notation 3-1-1-0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tempo {
    /// The muscle lengthens.
    pub eccentric_secs: f64,
    /// At the end of the eccentric.
    pub bottom_secs: f64,
    /// The muscle shortens.
    pub concentric_secs: f64,
    /// At the end of the concentric.
    pub top_secs: f64,
}

/// Share of the excursion that counts as being at the turning point.
const AT_TURN: f64 = 0.1;

/// Tempo from a repetition's progress curve: `samples` are (seconds, progress) from start to end, `rest_secs` is the
/// time spent in the start position before it.
#[must_use]
pub fn tempo(samples: &[(f64, f64)], way_out: Muscle, rest_secs: f64) -> Tempo {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else {
        return Tempo::default();
    };
    let low = samples.iter().map(|s| s.1).fold(f64::INFINITY, f64::min);
    let high = samples.iter().map(|s| s.1).fold(f64::NEG_INFINITY, f64::max);
    let near_turn = high - AT_TURN * (high - low);
    let reached = samples.iter().find(|s| s.1 >= near_turn).map_or(first.0, |s| s.0);
    let left = samples.iter().rev().find(|s| s.1 >= near_turn).map_or(last.0, |s| s.0);
    let (out_secs, turn_secs, back_secs) = (reached - first.0, left - reached, last.0 - left);
    match way_out {
        Muscle::Eccentric => Tempo {
            eccentric_secs: out_secs,
            bottom_secs: turn_secs,
            concentric_secs: back_secs,
            top_secs: rest_secs,
        },
        Muscle::Concentric => Tempo {
            eccentric_secs: back_secs,
            bottom_secs: rest_secs,
            concentric_secs: out_secs,
            top_secs: turn_secs,
        },
    }
}
