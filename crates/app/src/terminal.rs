//! The report for a terminal, at most 80 columns wide. Colors are always written; the stream takes them out where
//! nobody wants them.

mod strip;
mod table;

use anstyle::{AnsiColor, Style};
use wire::report::{Analysis, Severity, UNKNOWN};

use crate::judge::Answer;
use crate::phrases::{self, Grade};
use crate::recording::Recording;

/// Columns between the two margins.
const WIDTH: usize = 76;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();

/// The whole report.
pub(crate) fn render(recording: &Recording, answer: &Answer<'_>) -> String {
    let mut out = Text::default();
    let analysis = &answer.analysis;
    head(&mut out, recording, answer);
    strip::strip(&mut out, analysis);
    table::table(&mut out, analysis);
    issues(&mut out, analysis);
    if !analysis.tips.is_empty() {
        let heading = if analysis.exercise == UNKNOWN { "What to do" } else { "Next time" };
        out.heading(heading);
        for (tip, number) in analysis.tips.iter().zip(1..) {
            out.item(&format!("{number}. "), tip);
        }
    }
    out.heading("How sure");
    out.paragraph(&phrases::certainty(analysis));
    for advice in &analysis.camera_advice {
        out.item("→ ", advice);
    }
    if let Some(effort) = phrases::effort(analysis) {
        out.heading("Effort");
        out.paragraph(&effort);
    }
    foot(&mut out, analysis);
    out.text
}

/// Text with a margin.
#[derive(Debug, Default)]
struct Text {
    text: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        self.text.push_str(if line.is_empty() { "" } else { "  " });
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.line("");
        self.line(&format!("{BOLD}{words}{BOLD:#}"));
    }

    fn paragraph(&mut self, words: &str) {
        self.item("", words);
    }

    /// Wrapped words that matter less.
    fn small(&mut self, words: &str, indent: usize) {
        for line in wrap(words, WIDTH - indent) {
            self.line(&format!("{}{DIM}{line}{DIM:#}", " ".repeat(indent)));
        }
    }

    /// Wrapped words behind a mark.
    fn item(&mut self, mark: &str, words: &str) {
        let indent = mark.chars().count();
        for (line, number) in wrap(words, WIDTH - indent).iter().zip(0..) {
            let mark = if number == 0 { mark.to_owned() } else { " ".repeat(indent) };
            self.line(&format!("{mark}{line}"));
        }
    }
}

/// Lines of at most so many characters; a longer word gets a line of its own.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last_mut().expect("there is always a last line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn color(score: Option<f64>) -> Style {
    match score.map(Grade::of) {
        Some(Grade::Good) => GREEN,
        Some(Grade::Fair) => YELLOW,
        Some(Grade::Poor) => RED,
        None => Style::new(),
    }
}

fn head(out: &mut Text, recording: &Recording, answer: &Answer<'_>) {
    let analysis = &answer.analysis;
    let unknown = answer.language.pick("Unknown exercise", "Unbekannte Übung");
    let name = answer.set.as_ref().map_or(unknown, |set| set.exercise.name.as_str());
    out.line("");
    out.line(&format!("{BOLD}{name}{BOLD:#}  {}", phrases::tally(analysis)));
    let frames = phrases::count(analysis.frames, "frame", "frames");
    let length = phrases::duration(analysis.duration_ms);
    out.small(&format!("{} · {length} · {frames} · {}", recording.name, detection(answer)), 0);
    if let Some(score) = analysis.score {
        let (style, grade) = (color(analysis.score), Grade::of(score));
        out.line("");
        out.line(&format!(
            "{style}{BOLD}{score:>3.0}{BOLD:#}{style} {}{style:#}  {}",
            bar(score, 40),
            grade.words()
        ));
    }
}

/// What the classifier thinks of it.
fn detection(answer: &Answer<'_>) -> String {
    let analysis = &answer.analysis;
    let percent = 100.0 * analysis.detection_confidence;
    match (&answer.set, answer.detected) {
        (None, _) => "no exercise recognized".to_owned(),
        (Some(_), None) => "not recognized by itself".to_owned(),
        (Some(set), Some(detected)) if set.exercise.family == detected.family => {
            format!("recognized, {percent:.0} % sure")
        }
        (Some(_), Some(detected)) => {
            // German writes nouns large.
            let name = answer.language.pick(detected.name.to_lowercase(), detected.name.clone());
            format!("looks like {name} ({percent:.0} % sure)")
        }
    }
}

/// A bar of 0..=100.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the width"
)]
fn bar(score: f64, width: u32) -> String {
    let full = (score.clamp(0.0, 100.0) / 100.0 * f64::from(width)).round() as usize;
    format!("{}{}", "━".repeat(full), "╌".repeat(width as usize - full))
}

/// Issues of one name together.
fn issues(out: &mut Text, analysis: &Analysis) {
    let mut ids: Vec<&str> = Vec::new();
    for issue in &analysis.issues {
        if !ids.contains(&issue.id.as_str()) {
            ids.push(&issue.id);
        }
    }
    if ids.is_empty() {
        return;
    }
    out.heading("What went wrong");
    for id in ids {
        let same: Vec<_> = analysis.issues.iter().filter(|issue| issue.id == id).collect();
        let Some(worst) = same.iter().max_by(|a, b| {
            (a.severity, a.confidence)
                .partial_cmp(&(b.severity, b.confidence))
                .unwrap_or(std::cmp::Ordering::Equal)
        }) else {
            continue;
        };
        let style = match worst.severity {
            Severity::High => RED,
            Severity::Medium => YELLOW,
            Severity::Low => DIM,
        };
        let reps: Vec<String> =
            same.iter().filter_map(|issue| issue.rep).map(|rep| rep.to_string()).collect();
        let place = if reps.is_empty() {
            format!("at {}", phrases::clock(worst.t_ms))
        } else {
            format!("rep {}, clearest at {}", reps.join(" "), phrases::clock(worst.t_ms))
        };
        let title = phrases::title(id);
        let severity = phrases::severity(worst.severity);
        out.line(&format!("{style}●{style:#} {BOLD}{title}{BOLD:#}  {style}{severity}{style:#}"));
        out.item("  ", &worst.text);
        out.small(&format!("{place} · {:.0} % sure", 100.0 * worst.confidence), 2);
    }
}

fn foot(out: &mut Text, analysis: &Analysis) {
    out.line("");
    for warning in &analysis.warnings {
        out.item("! ", warning);
    }
    let mut small = Vec::new();
    if let Some(standard) = &analysis.standard {
        small.push(format!("Standard: {} ({}).", standard.name, standard.source));
    }
    small.extend(analysis.reference.iter().map(|reference| format!("Reference: {reference}.")));
    small.extend(analysis.assumptions.iter().map(|assumption| format!("Assumed: {assumption}.")));
    small.push(phrases::processing(analysis));
    for words in &small {
        out.small(words, 0);
    }
    out.line("");
}
