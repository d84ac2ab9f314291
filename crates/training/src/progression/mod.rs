//! What to do next time: a decision for each exercise when a session ends, from a table in which exactly one row fits.
//!
//! A decision is a fact with its reasons, not a change of the plan: taking it back restores the target from before.

mod decision;

pub use decision::{Because, Decision, Kind, LoadState, Rule};

use crate::athlete::State;
use crate::exercise::Facts;
use crate::session::SessionId;

/// What is decided after a session that has ended: none where that is decided already, or nothing is to be decided.
pub(crate) fn after_session(
    _state: &State,
    _session: SessionId,
    _library: &[Facts],
) -> Option<Vec<Decision>> {
    None
}
