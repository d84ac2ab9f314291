//! What the record answers: sessions in order, and what was decided after one.

use std::sync::Arc;

use super::State;
use crate::progression::Decision;
use crate::session::{Session, SessionId};

impl State {
    /// Sessions, newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<&Session> {
        let mut all: Vec<&Session> = self.sessions.values().map(Arc::as_ref).collect();
        all.sort_by_key(|one| std::cmp::Reverse((one.on, one.started_at_ms, one.id)));
        all
    }

    /// What was decided after a session and is remembered, and whether it was taken back, in the order of exercises.
    #[must_use]
    pub fn decided_after(&self, session: SessionId) -> Vec<(&Decision, bool)> {
        let all = self.progress.values().flatten().filter(|one| one.session == session);
        all.map(|one| (&one.decision, one.reversed)).collect()
    }
}
