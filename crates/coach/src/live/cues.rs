//! One cue at a time: which of the things that could be said is said, and when.

use motion::spec::Severity;
use units::MediaTime;

/// What the athlete is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Its name: that of the check, the criterion or the placement problem.
    pub id: String,
    /// What to say.
    pub text: String,
    /// How grave the reason is.
    pub severity: Severity,
    /// What it is about.
    pub kind: CueKind,
}

/// What a cue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// How the exercise is done.
    Form,
    /// Where the person or the camera is.
    Placement,
    /// Something done better than before.
    Praise,
}

/// Least time between two cues, seconds: nobody can act on more.
const BETWEEN_SECS: f64 = 3.0;
/// The same thing is not said again within this time, seconds; the engine keeps the same silence per check.
const SILENCE_SECS: f64 = 10.0;
/// A cue that had to wait longer than this is about the past and dropped, seconds.
const STALE_SECS: f64 = 3.0;

/// What waits to be said, and what was said lately.
#[derive(Debug, Clone, Default)]
pub(super) struct Cues {
    waiting: Option<(Cue, MediaTime)>,
    said: Vec<(String, MediaTime)>,
    last_at: Option<MediaTime>,
}

impl Cues {
    /// Whether `id` was said a short while ago.
    pub(super) fn said_lately(&self, id: &str, now: MediaTime) -> bool {
        self.said.iter().any(|(said, at)| said == id && now.secs_since(*at) < SILENCE_SECS)
    }

    /// Offers a cue; the gravest of those that wait is kept, the first among equals.
    pub(super) fn offer(&mut self, cue: Cue, now: MediaTime) {
        let stays = self.waiting.as_ref().is_some_and(|(waiting, at)| {
            now.secs_since(*at) <= STALE_SECS && waiting.severity >= cue.severity
        });
        if !stays && !self.said_lately(&cue.id, now) {
            self.waiting = Some((cue, now));
        }
    }

    /// The cue to say now, if one waits and the last was long enough ago.
    pub(super) fn next(&mut self, now: MediaTime) -> Option<Cue> {
        if self.last_at.is_some_and(|last| now.secs_since(last) < BETWEEN_SECS) {
            return None;
        }
        let (cue, since) = self.waiting.take()?;
        if now.secs_since(since) > STALE_SECS {
            return None;
        }
        self.last_at = Some(now);
        self.said.retain(|(_, at)| now.secs_since(*at) < SILENCE_SECS);
        self.said.push((cue.id.clone(), now));
        Some(cue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offers (milliseconds, id, severity) and asks every 100 ms: what is said when.
    #[track_caller]
    fn check(offers: &[(i64, &str, Severity)], expected: &[(i64, &str)]) {
        let (mut cues, mut said) = (Cues::default(), Vec::new());
        for ms in (0..30_000).step_by(100) {
            let now = MediaTime { micros: ms * 1000 };
            for (_, id, severity) in offers.iter().filter(|(at, ..)| *at == ms) {
                let (id, text) = ((*id).to_owned(), String::new());
                cues.offer(Cue { id, text, severity: *severity, kind: CueKind::Form }, now);
            }
            said.extend(cues.next(now).map(|cue| (ms, cue.id)));
        }
        let said: Vec<(i64, &str)> = said.iter().map(|(ms, id)| (*ms, id.as_str())).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn the_gravest_is_said_and_one_at_a_time() {
        use Severity::{High, Low, Medium};
        check(&[(0, "a", Low), (0, "b", High)], &[(0, "b")]);
        check(&[(0, "a", Low), (1000, "b", High)], &[(0, "a"), (3000, "b")]);
        check(&[(0, "a", Low), (1000, "b", Medium), (2000, "c", Low)], &[(0, "a"), (3000, "b")]);
    }

    #[test]
    fn the_same_thing_waits_for_ten_seconds() {
        use Severity::Low;
        check(&[(0, "a", Low), (5000, "a", Low), (11_000, "a", Low)], &[(0, "a"), (11_000, "a")]);
    }
}
