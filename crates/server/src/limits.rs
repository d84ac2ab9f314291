//! How much one address may ask of the server: requests over time, and things open at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::gate::peer_of;
use crate::problem::Problem;
use crate::settings::Limits;
use tokio::time::Instant;

/// Requests per address. Files of the site are counted apart: one visit fetches hundreds to keep them for offline use,
/// each costs next to nothing, and a page that cannot load its own files helps nobody.
#[derive(Debug)]
pub(crate) struct Rate {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    files: DefaultKeyedRateLimiter<IpAddr>,
}

/// How many files of the site an address may have where it may make one other request.
const FILES_PER_REQUEST: u32 = 10;

impl Rate {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        let at_least_one = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let limiter = |times: u32| {
            let per_minute = limits.requests_per_minute.saturating_mul(times);
            let burst = limits.request_burst.saturating_mul(times);
            let quota = Quota::per_minute(at_least_one(per_minute));
            RateLimiter::keyed(quota.allow_burst(at_least_one(burst)))
        };
        Arc::new(Self { requests: limiter(1), files: limiter(FILES_PER_REQUEST) })
    }

    /// Seconds to wait, when the address has asked too much.
    fn take(&self, request: &Request) -> Result<(), u32> {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        // What no route matches is answered by the site.
        let is_file = reads && request.extensions().get::<MatchedPath>().is_none();
        let limiter = if is_file { &self.files } else { &self.requests };
        limiter.check_key(&peer_of(request.extensions()).key()).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX)
        })
    }

    /// Forgets addresses that have not asked for a while. Called from time to time, so that memory stays flat.
    pub(crate) fn sweep(&self) {
        for limiter in [&self.requests, &self.files] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// How often to [`Rate::sweep`].
pub(crate) const SWEEP_EVERY: Duration = Duration::from_mins(1);

pub(crate) async fn limit(State(rate): State<Arc<Rate>>, request: Request, next: Next) -> Response {
    match rate.take(&request) {
        Ok(()) => next.run(request).await,
        Err(secs) => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            format!("this address asks too often; it may ask again in {secs} s"),
        )
        .retry_after_secs(secs)
        .into_response(),
    }
}

/// Things that may be open at once, in all and per address.
#[derive(Debug)]
pub(crate) struct Seats {
    most: usize,
    most_per_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    n: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One open thing; dropping it makes room.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Arc<Seats>,
    address: IpAddr,
}

/// Why there is no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// For anybody.
    All,
    /// For this address.
    Address,
}

impl Seats {
    pub(crate) fn new(most: usize, most_per_address: usize) -> Arc<Self> {
        Arc::new(Self { most, most_per_address, taken: Mutex::default() })
    }

    pub(crate) fn take(self: &Arc<Self>, address: IpAddr) -> Result<Seat, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.n >= self.most {
            return Err(Full::All);
        }
        let n_here = taken.by_address.entry(address).or_default();
        if *n_here >= self.most_per_address {
            return Err(Full::Address);
        }
        *n_here += 1;
        taken.n += 1;
        Ok(Seat { seats: Arc::clone(self), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.n -= 1;
        let last = taken.by_address.get_mut(&self.address).is_some_and(|n| {
            *n -= 1;
            *n == 0
        });
        if last {
            taken.by_address.remove(&self.address);
        }
    }
}

/// Messages of one socket: so many a second, and what two seconds of a stalled network hold back at once.
#[derive(Debug)]
pub(crate) struct Bucket {
    per_sec: f64,
    left: f64,
    at: Instant,
}

impl Bucket {
    pub(crate) fn new(per_sec: u32, now: Instant) -> Self {
        let per_sec = f64::from(per_sec);
        Self { per_sec, left: 2.0 * per_sec, at: now }
    }

    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.at = now;
        self.left = (self.left + passed * self.per_sec).min(2.0 * self.per_sec);
        let taken = self.left >= 1.0;
        if taken {
            self.left -= 1.0;
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Bucket, Full, Seats};

    #[test]
    fn a_bucket_lets_through_its_rate_and_two_seconds_at_once() {
        let start = Instant::now();
        let mut bucket = Bucket::new(30, start);
        let n_at_once = (0..100).filter(|_| bucket.take(start)).count();
        assert_eq!(n_at_once, 60);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..100).filter(|_| bucket.take(later)).count(), 30);
    }

    #[test]
    fn seats_are_counted_per_address_and_given_back() {
        let (a, b) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let seats = Seats::new(3, 2);
        let first = seats.take(a).unwrap();
        let _second = seats.take(a).unwrap();
        assert_eq!(seats.take(a).unwrap_err(), Full::Address);
        let _third = seats.take(b).unwrap();
        assert_eq!(seats.take(b).unwrap_err(), Full::All);
        drop(first);
        assert!(seats.take(a).is_ok());
    }
}
