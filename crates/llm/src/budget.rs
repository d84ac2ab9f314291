//! Tokens by the day. Days are told by the caller: nothing here reads a clock.

use std::time::{Duration, SystemTime};

use crate::error::Error;

/// A day, by its number in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub u64);

impl Day {
    /// The day of a time; the first one for times before 1970.
    #[must_use]
    pub fn of(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self(since.as_secs() / 86_400)
    }
}

/// Counts the tokens of a day.
#[derive(Debug, Clone)]
pub struct Budget {
    daily: u64,
    day: Day,
    spent: u64,
}

impl Budget {
    /// So many tokens in a day.
    #[must_use]
    pub fn new(daily: u64) -> Self {
        Self { daily, day: Day(0), spent: 0 }
    }

    /// Tokens spent or promised on a day.
    #[must_use]
    pub fn spent(&self, day: Day) -> u64 {
        if day > self.day { 0 } else { self.spent }
    }

    /// Puts tokens aside before a call. Whoever never settles has spent them all.
    ///
    /// # Errors
    /// When they are more than is left of the day.
    pub fn reserve(&mut self, day: Day, tokens: u64) -> Result<(), Error> {
        // A clock that goes back finds the later day's counter: never more than one budget.
        if day > self.day {
            (self.day, self.spent) = (day, 0);
        }
        let spent = self.spent.saturating_add(tokens);
        if spent > self.daily {
            let Self { daily, spent, .. } = *self;
            return Err(Error::Spent { spent, daily, asked: tokens });
        }
        self.spent = spent;
        Ok(())
    }

    /// Replaces what was put aside on a day by what it really took.
    pub fn settle(&mut self, day: Day, reserved: u64, used: u64) {
        if day == self.day {
            self.spent = self.spent.saturating_sub(reserved).saturating_add(used);
        }
    }
}
