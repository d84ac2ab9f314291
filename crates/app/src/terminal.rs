//! The report for a terminal, at most 80 columns wide. Colors are always written; the stream takes them out where
//! nobody wants them.

mod strip;
mod table;

use anstyle::{AnsiColor, Style};
use units::Language;
use wire::report::{Analysis, Severity, UNKNOWN};

use crate::issues::{groups, worst};
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
    let (analysis, language) = (&answer.analysis, answer.language);
    head(&mut out, recording, answer);
    strip::strip(&mut out, language, analysis);
    table::table(&mut out, answer);
    issues(&mut out, language, analysis);
    if !analysis.tips.is_empty() {
        out.heading(if analysis.exercise == UNKNOWN {
            language.pick("What to do", "Was du tun kannst")
        } else {
            language.pick("Next time", "Nächstes Mal")
        });
        for (tip, number) in analysis.tips.iter().zip(1..) {
            out.item(&format!("{number}. "), tip);
        }
    }
    out.heading(language.pick("How sure", "Wie sicher das ist"));
    out.paragraph(&phrases::certainty(language, analysis));
    for advice in &analysis.camera_advice {
        out.item("→ ", advice);
    }
    if let Some(effort) = phrases::effort(language, analysis) {
        out.heading(language.pick("Effort", "Anstrengung"));
        out.paragraph(&effort);
    }
    foot(&mut out, language, analysis);
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

    /// Wrapped words behind a mark of one character in a color.
    fn marked(&mut self, mark: &str, style: Style, words: &str) {
        for (line, number) in wrap(words, WIDTH - 2).iter().zip(0..) {
            let mark = if number == 0 { mark } else { " " };
            self.line(&format!("{style}{mark}{style:#} {BOLD}{line}{BOLD:#}"));
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
    let (analysis, language) = (&answer.analysis, answer.language);
    let unknown = language.pick("Unknown exercise", "Unbekannte Übung");
    let name = answer.set.as_ref().map_or(unknown, |set| set.exercise.name.as_str());
    out.line("");
    out.line(&format!("{BOLD}{name}{BOLD:#}  {}", phrases::tally(language, analysis)));
    let frames = phrases::count(analysis.frames, phrases::frames(language));
    let length = phrases::duration(language, analysis.duration_ms);
    out.small(&format!("{} · {length} · {frames} · {}", recording.name, detection(answer)), 0);
    if let Some(score) = analysis.score {
        let (style, grade) = (color(analysis.score), Grade::of(score));
        out.line("");
        out.line(&format!(
            "{style}{BOLD}{score:>3.0}{BOLD:#}{style} {}{style:#}  {}",
            bar(score, 40),
            grade.words(language)
        ));
    }
}

/// What the classifier thinks of it.
fn detection(answer: &Answer<'_>) -> String {
    let language = answer.language;
    let percent = 100.0 * answer.analysis.detection_confidence;
    match (&answer.set, answer.detected) {
        (None, _) => language.pick("no exercise recognized", "keine Übung erkannt").to_owned(),
        (Some(_), None) => {
            language.pick("not recognized by itself", "nicht von selbst erkannt").to_owned()
        }
        (Some(set), Some(detected)) if set.exercise.family == detected.family => language.pick(
            format!("recognized, {percent:.0} % sure"),
            format!("erkannt, zu {percent:.0} % sicher"),
        ),
        (Some(_), Some(detected)) => language.pick(
            format!("looks like {} ({percent:.0} % sure)", detected.name.to_lowercase()),
            format!("sieht aus wie {} (zu {percent:.0} % sicher)", detected.name),
        ),
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
fn issues(out: &mut Text, language: Language, analysis: &Analysis) {
    let groups = groups(&analysis.issues);
    if groups.is_empty() {
        return;
    }
    out.heading(language.pick("What went wrong", "Was schiefging"));
    for same in groups {
        let worst = worst(&same);
        let style = match worst.severity {
            Severity::High => RED,
            Severity::Medium => YELLOW,
            Severity::Low => DIM,
        };
        let reps: Vec<String> =
            same.iter().filter_map(|issue| issue.rep).map(|rep| rep.to_string()).collect();
        let (reps, at) = (reps.join(" "), phrases::clock(language, worst.t_ms));
        let place = if reps.is_empty() {
            language.pick(format!("at {at}"), format!("bei {at}"))
        } else {
            language.pick(
                format!("rep {reps}, clearest at {at}"),
                format!("Wiederholung {reps}, am deutlichsten bei {at}"),
            )
        };
        let sure = 100.0 * worst.confidence;
        let sure = language.pick(format!("{sure:.0} % sure"), format!("zu {sure:.0} % sicher"));
        out.marked("●", style, &worst.text);
        let severity = phrases::severity(language, worst.severity);
        out.small(&format!("{severity} · {place} · {sure}"), 2);
    }
}

fn foot(out: &mut Text, language: Language, analysis: &Analysis) {
    out.line("");
    for warning in &analysis.warnings {
        out.item("! ", warning);
    }
    let mut small = Vec::new();
    if let Some(standard) = &analysis.standard {
        let words = language.pick("Standard", "Maßstab");
        let name = phrases::standard(language, analysis);
        small.push(format!("{words}: {name} ({}).", standard.source));
    }
    let words = language.pick("Reference", "Verglichen mit");
    small.extend(analysis.reference.iter().map(|reference| format!("{words}: {reference}.")));
    let words = language.pick("Assumed", "Angenommen");
    small.extend(analysis.assumptions.iter().map(|one| format!("{words}: {one}.")));
    small.push(phrases::processing(language, analysis));
    for words in &small {
        out.small(words, 0);
    }
    out.line("");
}
