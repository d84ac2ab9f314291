//! Numbers over a history: medians, spreads, percentiles, and transcendental functions from the `libm` crate.
//!
//! Call these as free functions: the standard library's `x.exp()` and `x.powf(y)` give other bits natively than in
//! WebAssembly.

pub(crate) use libm::{exp, pow, sqrt};

/// A median absolute deviation times this is the standard deviation of a normal distribution.
const SD_PER_MAD: f64 = 1.4826;

/// A count as a float; exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) fn as_f64(count: usize) -> f64 {
    count as f64
}

/// The finite ones, in order of size.
fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The middle one, or the mean of the two middle ones.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 0.5)
}

/// The value that a fraction of the values, 0..=1, lies below, with straight lines between neighbors.
pub(crate) fn percentile(values: &[f64], fraction: f64) -> Option<f64> {
    let values = sorted(values);
    let last = values.len().checked_sub(1)?;
    let at = fraction.clamp(0.0, 1.0) * as_f64(last);
    let below = (0..=last).rev().find(|&idx| as_f64(idx) <= at)?;
    let (low, high) = (values[below], values[(below + 1).min(last)]);
    Some(low + (high - low) * (at - as_f64(below)))
}

/// The middle of answers that are whole numbers: between them, by how many lie on either side. Of 3, 4, 4 and 4 it is 3.83
/// where the plain median says 4, and half of all answers would be under it.
pub(crate) fn median_of_answers(values: &[f64]) -> Option<f64> {
    let answer = median(values)?.round();
    let below = values.iter().filter(|value| **value < answer - 0.5).count();
    let at = values.iter().filter(|value| (**value - answer).abs() <= 0.5).count();
    let part = (as_f64(values.len()) / 2.0 - as_f64(below)) / as_f64(at);
    if at == 0 { Some(answer) } else { Some(answer - 0.5 + part) }
}

/// A standard deviation around a middle that single wild values do not move: scaled median absolute deviation.
pub(crate) fn robust_sd(values: &[f64], middle: f64) -> Option<f64> {
    let off: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    Some(SD_PER_MAD * median(&off)?)
}

/// The mean.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / as_f64(values.len()))
}

/// The standard deviation of a population: divided by the number of values, not by one less.
pub(crate) fn population_sd(values: &[f64]) -> Option<f64> {
    let middle = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    Some(sqrt(squares / as_f64(values.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middles_and_spreads() {
        fn check(values: &[f64], expected: &str) {
            let two = |value: Option<f64>| {
                value.map_or_else(|| "none".to_owned(), |value| format!("{value:.2}"))
            };
            let got = [
                two(median(values)),
                two(percentile(values, 0.9)),
                two(median(values).and_then(|middle| robust_sd(values, middle))),
                two(population_sd(values)),
            ];
            assert_eq!(got.join(" "), expected, "{values:?}");
        }
        check(&[], "none none none none");
        check(&[3.0], "3.00 3.00 0.00 0.00");
        check(&[1.0, 2.0, 3.0, 100.0], "2.50 70.90 1.48 42.44");
        check(&[5.0, 1.0, 3.0], "3.00 4.60 2.97 1.63");
    }
    #[test]
    fn the_middle_of_answers_lies_between_them() {
        fn check(values: &[f64], expected: Option<f64>) {
            let got = median_of_answers(values).map(|middle| (100.0 * middle).round() / 100.0);
            assert_eq!(got, expected, "{values:?}");
        }
        check(&[], None);
        check(&[4.0; 5], Some(4.0));
        check(&[3.0, 4.0, 4.0, 4.0], Some(3.83));
        check(&[3.0, 3.0, 4.0, 4.0], Some(3.5));
        check(&[1.0, 5.0], Some(3.0));
        check(&[2.0, 3.0, 3.0, 4.0, 4.0], Some(3.25));
    }
}
