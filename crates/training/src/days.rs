//! Days as numbers: how many lie between two dates, and the Monday of a week. Nothing here overflows.

use jiff::Span;
use jiff::civil::Date;

/// Days from one date to another; negative when `to` is earlier.
pub(crate) fn between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// The date so many days later; the calendar's last day where it ends.
pub(crate) fn after(date: Date, n_days: i64) -> Date {
    date.saturating_add(Span::new().try_days(n_days).unwrap_or_default())
}

/// The place of a date in a list of consecutive days that begins with `first`; none before it.
pub(crate) fn index(first: Date, date: Date) -> Option<usize> {
    usize::try_from(between(first, date)).ok()
}

/// The days from `first` to `last`, both included.
pub(crate) fn all(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted() {
        fn check(from: Date, to: Date, expected: i64) {
            assert_eq!(between(from, to), expected);
            assert_eq!(after(from, expected), to);
        }
        check(date(2026, 2, 27), date(2026, 3, 2), 3);
        check(date(2026, 3, 2), date(2026, 2, 27), -3);
        check(date(2024, 2, 28), date(2024, 3, 1), 2);
        assert_eq!(after(Date::MAX, 9), Date::MAX);
        assert_eq!(all(date(2026, 2, 27), date(2026, 3, 2)).count(), 4);
    }
}
