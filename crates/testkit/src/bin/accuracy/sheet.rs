//! The table: lines for people, figures for the budget.

use std::fmt::Write as _;

/// Which way a figure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// What is asked of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bar {
    /// Only reported.
    None,
    AtLeast(f64),
    AtMost(f64),
    Within(f64, f64),
}

impl Bar {
    fn met(self, value: f64) -> Option<bool> {
        match self {
            Self::None => None,
            Self::AtLeast(least) => Some(value >= least),
            Self::AtMost(most) => Some(value <= most),
            Self::Within(least, most) => Some(value >= least && value <= most),
        }
    }
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.write_str("-"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::Within(least, most) => write!(f, "{least}..{most}"),
        }
    }
}

/// One figure that the budget watches.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// `section.name`, the key in `budget.toml`.
    pub(crate) key: String,
    pub(crate) value: f64,
    pub(crate) better: Better,
    bar: Bar,
}

/// One section of the table.
#[derive(Debug, Default)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    pub(crate) figures: Vec<Figure>,
    /// Single sets that went wrong, for `--failures`.
    pub(crate) failures: Vec<String>,
}

impl Section {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    pub(crate) fn skipped(title: &str, why: &str) -> Self {
        let mut section = Self::new(title);
        section.line(format!("skipped: {why}"));
        section
    }

    pub(crate) fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    pub(crate) fn figure(&mut self, key: &str, value: f64, better: Better, bar: Bar) {
        self.figures.push(Figure { key: key.to_owned(), value, better, bar });
    }

    /// A share of successes in percent, higher is better.
    pub(crate) fn share(&mut self, key: &str, n_good: usize, n: usize, bar: Bar) {
        self.line(format!("{key}: {n_good} of {n}"));
        self.figure(key, percent(n_good, n), Better::Higher, bar);
    }

    pub(crate) fn text(&self, with_failures: bool) -> String {
        let mut text = format!("\n── {} ──\n", self.title);
        for line in &self.lines {
            let _written = writeln!(text, "  {line}");
        }
        if with_failures {
            for failure in &self.failures {
                let _written = writeln!(text, "    ✗ {failure}");
            }
        }
        for figure in &self.figures {
            let verdict = match figure.bar.met(figure.value) {
                Some(true) => "pass",
                Some(false) => "FAIL",
                None => "",
            };
            let _written = writeln!(
                text,
                "  {:<46} {:>9.2}   bar {:<12} {verdict}",
                figure.key,
                figure.value,
                figure.bar.to_string()
            );
        }
        text
    }
}

/// `n_good` of `n` in percent; 100 of nothing.
pub(crate) fn percent(n_good: usize, n: usize) -> f64 {
    if n == 0 { 100.0 } else { 100.0 * motion::math::as_f64(n_good) / motion::math::as_f64(n) }
}
