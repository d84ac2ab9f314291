//! Numbers, loads, lengths of time and distances as people and programs write them.

use crate::options::LoadUnit;
use crate::warning::{Skip, WarningKind, skip};

/// A number with `.` or `,` before its fraction; none where nothing is written.
///
/// # Errors
/// When it is no number, or not finite.
pub(crate) fn number(text: &str) -> Result<Option<f64>, Skip> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
    if bare.is_empty() || bare == "-" || bare == "–" {
        return Ok(None);
    }
    let no_number = || skip(WarningKind::NoNumber, text);
    if !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | 'e' | 'E')) {
        return Err(no_number());
    }
    // The last of the two marks the fraction; the other groups thousands.
    let fraction = bare.rfind([',', '.']);
    let plain: String = bare
        .char_indices()
        .filter_map(|(at, c)| match c {
            ',' | '.' if Some(at) == fraction => Some('.'),
            ',' | '.' => None,
            other => Some(other),
        })
        .collect();
    let n_marks = bare.matches([',', '.']).count();
    let same_twice = n_marks > 1 && !(bare.contains(',') && bare.contains('.'));
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() && !same_twice => Ok(Some(value)),
        _ => Err(no_number()),
    }
}

/// A whole number within bounds.
///
/// # Errors
/// When it is no number, has a fraction or is out of bounds.
pub(crate) fn whole(text: &str, most: u32) -> Result<Option<u32>, Skip> {
    let Some(value) = number(text)? else { return Ok(None) };
    if (value - value.round()).abs() > 1e-6 {
        return Err(skip(WarningKind::OutOfRange, text));
    }
    Ok(Some(bounded(value, most, text)?))
}

/// The nearest whole number, within bounds.
pub(crate) fn bounded(value: f64, most: u32, text: &str) -> Result<u32, Skip> {
    let value = value.round();
    if !(0.0..=f64::from(most)).contains(&value) {
        return Err(skip(WarningKind::OutOfRange, text));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and a u32"
    )]
    let value = value as u32;
    Ok(value)
}

/// A load and the unit that stands beside it, such as `60 kg`.
///
/// # Errors
/// When it is no number.
pub(crate) fn load(text: &str) -> Result<Option<(f64, Option<LoadUnit>)>, Skip> {
    let letters = text.trim_end().trim_end_matches(|c: char| c.is_alphabetic());
    let (amount, word) = text.split_at(letters.len());
    match LoadUnit::of_word(word) {
        Some(unit) => Ok(number(amount)?.map(|amount| (amount, Some(unit)))),
        None => Ok(number(text)?.map(|amount| (amount, None))),
    }
}

/// Grams, within what a set may have.
///
/// # Errors
/// When nobody lifts it.
pub(crate) fn grams(amount: f64, unit: LoadUnit, text: &str) -> Result<i32, Skip> {
    let grams = (amount * unit.grams()).round();
    if !(-500_000.0..=1_000_000.0).contains(&grams) {
        return Err(skip(WarningKind::OutOfRange, text));
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is within a million")]
    let grams = grams as i32;
    Ok(grams)
}

/// Seconds of `90`, `1:30`, `0:01:30`, `1h 5m` or `45min`. A number alone counts in `bare_secs`.
///
/// # Errors
/// When it is no length of time.
pub(crate) fn secs(text: &str, bare_secs: f64) -> Result<Option<f64>, Skip> {
    let text = text.trim();
    let wrong = || skip(WarningKind::NoNumber, text);
    if text.contains(':') {
        let mut total = 0.0;
        let parts = text.split(':').collect::<Vec<_>>();
        if parts.len() > 3 {
            return Err(wrong());
        }
        for part in parts {
            total = total * 60.0 + number(part)?.filter(|part| *part >= 0.0).ok_or_else(wrong)?;
        }
        return Ok(Some(total));
    }
    if !text.contains(|c: char| c.is_alphabetic()) {
        return Ok(number(text)?.map(|value| value * bare_secs));
    }
    let (mut total, mut rest) = (0.0, text);
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        let (amount, after) = rest.split_at(rest.len() - digits.len());
        let next = after.trim_start_matches(char::is_alphabetic);
        let unit = after.get(..after.len() - next.len()).unwrap_or_default().to_lowercase();
        let scale = match unit.as_str() {
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" => 3600.0,
            "m" | "min" | "mins" | "minutes" => 60.0,
            "s" | "sec" | "secs" | "seconds" | "sek" => 1.0,
            _ => return Err(wrong()),
        };
        total += number(amount)?.filter(|part| *part >= 0.0).ok_or_else(wrong)? * scale;
        rest = next.trim_start();
    }
    Ok(Some(total))
}

/// Meters of one of a unit of distance.
pub(crate) fn meters_of(unit: &str) -> Option<f64> {
    match unit.trim().to_lowercase().as_str() {
        "m" | "meter" | "meters" | "metre" | "metres" => Some(1.0),
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => Some(1000.0),
        "mi" | "mile" | "miles" | "meilen" => Some(1609.344),
        "ft" | "feet" | "foot" => Some(0.3048),
        "yd" | "yds" | "yard" | "yards" => Some(0.9144),
        "cm" => Some(0.01),
        "in" | "inch" | "inches" => Some(0.0254),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        fn check(text: &str, expected: Option<f64>) {
            assert_eq!(number(text), Ok(expected), "{text}");
        }
        check("", None);
        check("-", None);
        check("8,5", Some(8.5));
        check("1.234,5", Some(1234.5));
        check("1,234.5", Some(1234.5));
        check("1 000", Some(1000.0));
        check("-20.5", Some(-20.5));
        check("1e3", Some(1000.0));
        for wrong in ["NaN", "inf", "-inf", "1e999", "ten", "1.2.3", "0x10", "1-2", "=1+1"] {
            assert_eq!(number(wrong), Err(skip(WarningKind::NoNumber, wrong)), "{wrong}");
        }
    }

    #[test]
    fn loads_carry_their_unit() {
        let kg = Some(LoadUnit::Kilograms);
        assert_eq!(load("60 kg"), Ok(Some((60.0, kg))));
        assert_eq!(load("135lbs"), Ok(Some((135.0, Some(LoadUnit::Pounds)))));
        assert_eq!(load("62,5"), Ok(Some((62.5, None))));
        assert!(load("BW").is_err());
        assert_eq!(grams(135.0, LoadUnit::Pounds, ""), Ok(61_235));
        assert!(grams(1e6, LoadUnit::Kilograms, "").is_err());
        assert!(grams(f64::NAN, LoadUnit::Kilograms, "").is_err());
    }

    #[test]
    fn lengths_of_time_have_many_forms() {
        fn check(text: &str, expected: f64) {
            assert_eq!(secs(text, 1.0), Ok(Some(expected)), "{text}");
        }
        check("90", 90.0);
        check("1:30", 90.0);
        check("0:01:30", 90.0);
        check("1h 5m", 3900.0);
        check("45min", 2700.0);
        check("2m30s", 150.0);
        assert_eq!(secs("1.5", 3600.0), Ok(Some(5400.0)));
        for wrong in ["1:2:3:4", ":", "1:-5", "soon", "5 parsecs", "m", "1h m"] {
            assert!(secs(wrong, 1.0).is_err(), "{wrong}");
        }
    }
}
