//! Where a series of sessions is going, with how unsure that is.
//!
//! The x-axis counts exposures, not days: somebody who squats twice a week is not half as fast.

use jiff::civil::Date;

use crate::days;
use crate::exercise::names;
use crate::math::{as_f64, median, sqrt};
use crate::measured::{Confidence, Measured, Measurement, Missing, unknown};
use crate::series::Point;

/// A trend looks at no more than so many exposures, the latest.
const MOST_EXPOSURES: usize = 6;
/// And at none that are older, in days.
const OLDEST_DAYS: i64 = 42;
/// Fewer say nothing.
const FEWEST_EXPOSURES: usize = 4;
/// The best of so many days is what a regression is measured against.
const BEST_OF_DAYS: i64 = 28;
/// A regression is steeper than this, percent per exposure,
const REGRESSION_PERCENT: f64 = -1.0;
/// and its last two exposures are no better than this part of the best.
const REGRESSION_OF_BEST: f64 = 0.975;
/// The normal distribution's value for an interval of 90 %.
const Z_90: f64 = 1.645;

names! {
    /// Which way a trend goes, as far as its interval tells.
    Direction {
        /// All of the interval is above zero.
        Rising = "rising",
        /// The interval holds zero.
        Unclear = "unclear",
        /// All of the interval is below zero.
        Falling = "falling",
    }
}

/// Where a series is going.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Change per exposure, in the unit of the series.
    pub slope: f64,
    /// The lower end of its 90 % interval (of Kendall's statistic, after Sen 1968; with 4 points all slopes there are).
    pub slope_low: f64,
    /// The upper end.
    pub slope_high: f64,
    /// How much of it goes one way, Kendall's tau: -1 where every exposure is worse than all before, 1 where each is better.
    pub tau: f64,
    /// The middle value of the exposures; what percent are of.
    pub middle: f64,
    /// The latest value.
    pub latest: f64,
    /// The best value of the last 28 days.
    pub best: f64,
    /// Whether it is going down: steeper than −1 % per exposure, and the last two no better than 97.5 % of the best.
    pub regression: bool,
}

impl Trend {
    /// Change per exposure, percent of the middle value; none where that is not above zero.
    #[must_use]
    pub fn slope_percent(&self) -> Option<f64> {
        (self.middle > 0.0).then(|| 100.0 * self.slope / self.middle)
    }

    /// Which way it goes.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.slope_low > 0.0 {
            Direction::Rising
        } else if self.slope_high < 0.0 {
            Direction::Falling
        } else {
            Direction::Unclear
        }
    }
}

/// Where a series is going by `today`: Theil-Sen slope over its last 6 exposures within 42 days. `n` counts exposures; fewer
/// than 4 are too few. Later points than `today` do not count. Confidence is low under 6 exposures or where half of them are
/// of low confidence.
pub fn trend(points: &[Point], today: Date) -> Measurement<Trend> {
    let until = points.partition_point(|point| point.on <= today);
    let recent: Vec<&Point> = points[..until]
        .iter()
        .rev()
        .take_while(|point| days::between(point.on, today) < OLDEST_DAYS)
        .take(MOST_EXPOSURES)
        .collect();
    let values: Vec<f64> = recent.iter().rev().map(|point| point.value).collect();
    let &[.., before, latest] = values.as_slice() else { return unknown(Missing::TooFew) };
    if values.len() < FEWEST_EXPOSURES {
        return unknown(Missing::TooFew);
    }
    let (Some((slope, slope_low, slope_high)), Some(middle)) =
        (theil_sen(&values), median(&values))
    else {
        return unknown(Missing::TooFew);
    };
    let best = points[..until]
        .iter()
        .rev()
        .take_while(|point| days::between(point.on, today) < BEST_OF_DAYS)
        .fold(latest, |best, point| best.max(point.value));
    let steep = middle > 0.0 && 100.0 * slope / middle < REGRESSION_PERCENT;
    let regression = steep && before.max(latest) <= REGRESSION_OF_BEST * best;
    let n_low = recent.iter().filter(|point| point.confidence == Confidence::Low).count();
    let confidence = match values.len() {
        n if 2 * n_low >= n || n < MOST_EXPOSURES => Confidence::Low,
        _ if n_low > 0 => Confidence::Medium,
        _ => Confidence::High,
    };
    let value = Trend {
        tau: kendall(&values),
        slope,
        slope_low,
        slope_high,
        middle,
        latest,
        best,
        regression,
    };
    Ok(Measured { value, method: "theil_sen", confidence, n: values.len() })
}

/// Pairs that rise less pairs that fall, of all pairs; 0 without any.
fn kendall(values: &[f64]) -> f64 {
    let pairs = values
        .iter()
        .enumerate()
        .flat_map(|(at, from)| values[at + 1..].iter().map(move |to| (from, to)));
    let mut sum = 0.0;
    let mut n = 0;
    for (from, to) in pairs {
        sum += f64::from(i8::from(to > from) - i8::from(to < from));
        n += 1;
    }
    sum / as_f64(n.max(1))
}

/// The median of the slopes between all pairs, and its 90 % interval; none for less than two values or what is not finite.
fn theil_sen(values: &[f64]) -> Option<(f64, f64, f64)> {
    let mut slopes = Vec::new();
    for (from, low) in values.iter().enumerate() {
        for (to, high) in values.iter().enumerate().skip(from + 1) {
            slopes.push((high - low) / as_f64(to - from));
        }
    }
    slopes.sort_by(f64::total_cmp);
    let n = as_f64(values.len());
    let reach = Z_90 * sqrt(n * (n - 1.0) * (2.0 * n + 5.0) / 18.0);
    let first = slopes
        .iter()
        .enumerate()
        .take_while(|(rank, _)| as_f64(2 * rank) + 2.0 <= as_f64(slopes.len()) - reach);
    let outside = first.count().saturating_sub(1);
    let (low, high) = (slopes.get(outside)?, slopes.get(slopes.len().checked_sub(outside + 1)?)?);
    Some((median(&slopes)?, *low, *high))
        .filter(|all| all.0.is_finite() && all.1.is_finite() && all.2.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{day, library, refs, sessions};
    use crate::series::series;

    #[test]
    fn a_trend_has_a_slope_with_an_interval() {
        fn check(values: &[f64], apart: i64, expected: &str) {
            let n_days = apart * i64::try_from(values.len()).expect("few");
            let text: Vec<(i64, String)> = (0..)
                .zip(values)
                .map(|(n, value)| (n * apart, format!("bench {value}x1@0")))
                .collect();
            let text: Vec<(i64, &str)> = text.iter().map(|(n, text)| (*n, text.as_str())).collect();
            let all = series(&refs(&sessions(&text)), &library());
            let got = match trend(&all[0].strength, day(n_days)) {
                Ok(Measured { value, confidence, n, .. }) => format!(
                    "{:.2} ({:.2} to {:.2}) {} best {}{} {n} {}",
                    value.slope,
                    value.slope_low,
                    value.slope_high,
                    value.direction().as_str(),
                    value.best,
                    if value.regression { " regression" } else { "" },
                    confidence.as_str()
                ),
                Err(unknown) => unknown.why.as_str().to_owned(),
            };
            assert_eq!(got, expected, "{values:?}");
        }
        check(&[100.0, 101.0, 102.0], 3, "too_few");
        check(&[100.0, 101.0, 102.0, 103.0], 3, "1.00 (1.00 to 1.00) rising best 103 4 low");
        check(
            &[100.0, 101.0, 102.0, 150.0, 104.0, 105.0],
            3,
            "1.00 (1.00 to 16.67) rising best 150 6 high",
        );
        check(
            &[104.0, 101.0, 104.0, 102.0, 103.0, 104.0],
            3,
            "0.00 (-0.67 to 1.00) unclear best 104 6 high",
        );
        check(
            &[110.0, 108.0, 106.0, 104.0, 102.0, 100.0],
            3,
            "-2.00 (-2.00 to -2.00) falling best 110 regression 6 high",
        );
        check(
            &[110.0, 109.0, 108.0, 107.0, 106.0, 105.0],
            3,
            "-1.00 (-1.00 to -1.00) falling best 110 6 high",
        );
        check(
            &[110.0, 108.0, 106.0, 104.0, 100.0, 109.0],
            3,
            "-2.00 (-2.67 to 1.00) unclear best 110 6 high",
        );
        check(&[100.0, 101.0, 102.0, 103.0], 14, "too_few");
    }
}
