//! The wall clock that the server was handed, in the forms that are asked for, and ids that carry it.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use uuid::Uuid;

/// The wall clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(pub(crate) fn() -> SystemTime);

impl Clock {
    /// Milliseconds since 1970.
    pub(crate) fn now_ms(self) -> i64 {
        let since = (self.0)().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    pub(crate) fn now(self) -> Timestamp {
        at(self.now_ms())
    }

    /// A UUID of version 7: the time first, then 74 random bits.
    pub(crate) fn new_id(self) -> Result<Uuid, getrandom::Error> {
        let mut random = [0; 10];
        getrandom::fill(&mut random)?;
        let ms = u64::try_from(self.now_ms()).unwrap_or_default();
        Ok(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
    }
}

/// An instant; one beyond the calendar is the last there is.
pub(crate) fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
}
