//! Whether a failed request is worth another try, and when.

use std::time::Duration;

use crate::settings::Provider;

/// What a server's headers say about trying again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Advice {
    /// `x-should-retry`.
    pub(crate) should: Option<bool>,
    /// `retry-after-ms`, or else `retry-after` in seconds. The form with a date is not understood.
    pub(crate) after: Option<Duration>,
}

const LONGEST: Duration = Duration::from_hours(1);

impl Advice {
    pub(crate) fn read<'h>(header: impl Fn(&str) -> Option<&'h str>) -> Self {
        let number = |name: &str, unit_secs: f64| {
            let secs = header(name)?.trim().parse::<f64>().ok()? * unit_secs;
            // Nobody waits longer, and clocks have an end.
            Duration::try_from_secs_f64(secs).ok().map(|after| after.min(LONGEST))
        };
        let should = match header("x-should-retry").map(str::trim) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        Self {
            should,
            after: number("retry-after-ms", 1e-3).or_else(|| number("retry-after", 1.0)),
        }
    }
}

/// How long to wait before the next try; none where it would not help. `n_before` tries have failed before this one.
pub(crate) fn wait(
    provider: Provider,
    code: u16,
    advice: &Advice,
    n_before: u32,
) -> Option<Duration> {
    let usual = matches!(code, 408 | 409 | 429 | 500..);
    // Anthropic's limit of requests always says when; one that does not is the month's limit of spending.
    let for_good = provider == Provider::Anthropic && code == 429 && advice.after.is_none();
    let worth_it = advice.should.unwrap_or(usual && !for_good);
    worth_it.then(|| advice.after.unwrap_or_else(|| backoff(n_before)))
}

/// Half a second, doubled each time, at most eight seconds.
pub(crate) fn backoff(n_before: u32) -> Duration {
    Duration::from_millis(500) * 2_u32.pow(n_before.min(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_try_is_repeated_when_the_server_says_so_or_may_recover() {
        fn check(provider: Provider, code: u16, headers: &[(&str, &'static str)], ms: Option<u64>) {
            let header = |name: &str| headers.iter().find(|one| one.0 == name).map(|one| one.1);
            let wait = wait(provider, code, &Advice::read(header), 0);
            assert_eq!(wait, ms.map(Duration::from_millis), "{code} {headers:?}");
        }
        use Provider::{Anthropic, OpenaiCompatible};
        check(Anthropic, 529, &[], Some(500));
        check(Anthropic, 408, &[], Some(500));
        check(Anthropic, 409, &[], Some(500));
        check(Anthropic, 500, &[("x-should-retry", "false")], None);
        check(Anthropic, 400, &[], None);
        check(Anthropic, 400, &[("x-should-retry", "true")], Some(500));
        check(Anthropic, 429, &[("retry-after", "2")], Some(2000));
        check(Anthropic, 429, &[], None);
        check(OpenaiCompatible, 429, &[], Some(500));
        check(OpenaiCompatible, 503, &[("retry-after", "7"), ("retry-after-ms", "20")], Some(20));
        check(
            OpenaiCompatible,
            503,
            &[("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT")],
            Some(500),
        );
        check(OpenaiCompatible, 503, &[("retry-after", "-1")], Some(500));
        check(OpenaiCompatible, 503, &[("retry-after", "NaN")], Some(500));
        check(OpenaiCompatible, 503, &[("retry-after", "1e19")], Some(3_600_000));
        check(OpenaiCompatible, 503, &[("retry-after", "1e300")], Some(500));
        check(OpenaiCompatible, 404, &[("retry-after", "1")], None);
        check(OpenaiCompatible, 302, &[], None);
    }

    #[test]
    fn waits_double_up_to_eight_seconds() {
        let waits: Vec<u64> =
            (0..7).map(|n| u64::try_from(backoff(n).as_millis()).unwrap()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    }
}
