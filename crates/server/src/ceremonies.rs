//! Ceremonies that were begun and not finished: so many, for five minutes, each good for one answer, right or wrong.
//!
//! They are in memory only. Whoever begins many pushes their own out first, so nobody keeps others from signing in.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a ceremony may take; browsers are told the same.
pub(crate) const LIFE: Duration = Duration::from_mins(5);
/// Of everybody: some hundred bytes each.
const MOST: usize = 4096;
/// Of one account, or of one address, which a whole gym may share.
const MOST_OF_ONE: usize = 256;

/// `W` is whose they are, `S` what must be known to finish one.
#[derive(Debug)]
pub(crate) struct Ceremonies<W, S> {
    /// The oldest first.
    begun: Mutex<VecDeque<Begun<W, S>>>,
}

#[derive(Debug)]
struct Begun<W, S> {
    whose: W,
    challenge: Vec<u8>,
    state: S,
    at_ms: i64,
}

impl<W, S> Begun<W, S> {
    fn is_fresh(&self, now_ms: i64) -> bool {
        let age_ms = u128::try_from(now_ms - self.at_ms);
        age_ms.is_ok_and(|age_ms| age_ms <= LIFE.as_millis())
    }
}

impl<W, S> Default for Ceremonies<W, S> {
    fn default() -> Self {
        Self { begun: Mutex::default() }
    }
}

impl<W: PartialEq, S> Ceremonies<W, S> {
    pub(crate) fn begin(&self, whose: W, challenge: Vec<u8>, state: S, now_ms: i64) {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.retain(|one| one.is_fresh(now_ms));
        let n_own = begun.iter().filter(|one| one.whose == whose).count();
        let in_the_way = if n_own >= MOST_OF_ONE {
            begun.iter().position(|one| one.whose == whose)
        } else {
            (begun.len() >= MOST).then_some(0)
        };
        if let Some(idx) = in_the_way {
            begun.remove(idx);
        }
        begun.push_back(Begun { whose, challenge, state, at_ms: now_ms });
    }

    /// The ceremony of this challenge, which is over with that.
    pub(crate) fn end(&self, challenge: &[u8], now_ms: i64) -> Option<(W, S)> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let idx = begun.iter().position(|one| one.challenge == challenge)?;
        let one = begun.remove(idx)?;
        one.is_fresh(now_ms).then_some((one.whose, one.state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceremony_is_finished_once_and_in_time() {
        let ceremonies = Ceremonies::default();
        let life_ms = i64::try_from(LIFE.as_millis()).unwrap();
        let begin = |name: &str| ceremonies.begin("ana", name.into(), name.to_owned(), 1000);
        let end = |name: &str, now_ms| ceremonies.end(name.as_bytes(), now_ms).is_some();
        begin("first");
        assert!(end("first", 1000 + life_ms));
        assert!(!end("first", 1000 + life_ms), "it is used up");
        assert!(!end("another", 1000));
        begin("late");
        assert!(!end("late", 1001 + life_ms), "it is too old");
        assert!(!end("late", 1000), "an answer that came too late ends it, too");
        begin("later than the clock");
        assert!(!end("later than the clock", 999));
    }

    #[test]
    fn whoever_begins_many_pushes_out_their_own() {
        let ceremonies = Ceremonies::default();
        ceremonies.begin(0, vec![0], (), 0);
        for n in 0..2 * MOST_OF_ONE {
            ceremonies.begin(1, n.to_be_bytes().to_vec(), (), 0);
        }
        assert_eq!(ceremonies.begun.lock().unwrap().len(), 1 + MOST_OF_ONE);
        assert!(ceremonies.end(&[0], 0).is_some());
        let n_many = 2 * MOST / MOST_OF_ONE;
        for whose in 0..n_many {
            for n in 0..MOST_OF_ONE {
                ceremonies.begin(whose, n.to_be_bytes().to_vec(), (), 0);
            }
        }
        assert_eq!(ceremonies.begun.lock().unwrap().len(), MOST);
    }
}
