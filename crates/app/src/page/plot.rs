//! Numbers as positions: scales, ticks and path data with few digits.

use std::fmt::Write as _;

/// Maps values to a length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    /// What `from` maps to.
    pub(super) start: f64,
    /// What `to` maps to.
    pub(super) end: f64,
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.to - self.from;
        let share = if span.abs() > 1e-12 { (value - self.from) / span } else { 0.5 };
        self.start + share * (self.end - self.start)
    }
}

/// The least and the most of finite values; none of nothing.
pub(super) fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|value| value.is_finite()).fold(None, |extent, value| match extent {
        None => Some((value, value)),
        Some((least, most)) => Some((f64::min(least, value), f64::max(most, value))),
    })
}

/// Round numbers within a range: two to five of them.
pub(super) fn ticks(least: f64, most: f64) -> Vec<f64> {
    let span = (most - least).clamp(1e-6, 1e6);
    let steps = [
        1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0, 90.0, 180.0, 500.0, 2000.0, 10_000.0, 50_000.0,
        250_000.0,
    ];
    let step = steps.into_iter().find(|step| span / step <= 4.5).unwrap_or(1e6);
    let mut ticks = Vec::new();
    let mut tick = (least / step).ceil() * step;
    while tick <= most && ticks.len() < 6 {
        ticks.push(tick + 0.0);
        tick += step;
    }
    ticks
}

/// Path data through points; a missing point lifts the pen.
pub(super) fn line(points: impl Iterator<Item = Option<(f64, f64)>>) -> String {
    let (mut path, mut down) = (String::new(), false);
    for point in points {
        match point {
            Some((x, y)) => {
                let command = if down { 'L' } else { 'M' };
                write!(path, "{command}{x:.1} {y:.1}").expect("writing to a string cannot fail");
                down = true;
            }
            None => down = false,
        }
    }
    path
}

/// Path data of the area between two lines.
pub(super) fn area(upper: &[(f64, f64)], lower: &[(f64, f64)]) -> String {
    let around = upper.iter().chain(lower.iter().rev());
    let mut path = line(around.map(|&point| Some(point)));
    path.push('Z');
    path
}

/// A share of a whole in percent, for CSS.
pub(super) fn percent(part: f64, whole: f64) -> String {
    let percent = if whole > 0.0 { (100.0 * part / whole).clamp(0.0, 100.0) } else { 0.0 };
    format!("{percent:.2}%")
}
