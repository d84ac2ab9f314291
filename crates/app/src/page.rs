//! The report as one self-contained page: no scripts, no fonts, nothing loaded from anywhere.
//!
//! Every text goes through maud, which escapes it. Pictures are drawn from landmarks, never taken from the video.

mod curves;
mod figures;
mod findings;
mod hero;
mod moments;
mod plot;
mod table;
mod timeline;
mod trust;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use wire::report::Severity;

use crate::judge::{Answer, JudgedSet};
use crate::phrases::{self, Grade};
use crate::recording::Recording;

const STYLE: &str = include_str!("page/style.css");
/// The browser is told to load nothing at all.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page.
pub(crate) fn render(recording: &Recording, answer: &Answer<'_>) -> String {
    let (analysis, language) = (&answer.analysis, answer.language);
    let name = exercise_name(answer);
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                title { (name) ": " (phrases::tally(language, analysis)) " – Spotter" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.top {
                    span.mark { "Spotter" }
                    span.file { (recording.name) }
                }
                main {
                    (hero::hero(recording, answer))
                    (timeline::timeline(recording, answer))
                    (findings::findings(answer))
                    (figures::figures(recording, answer))
                    @if let Some(set) = &answer.set { (curves::curves(language, set)) }
                    (table::table(answer))
                    (trust::trust(recording, answer))
                }
                (footer(answer))
            }
        }
    };
    page.into_string()
}

fn footer(answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    let n_frames = phrases::count(analysis.frames, phrases::frames(language));
    let n_seen = analysis.frames_with_person;
    let seen = language.pick(
        format!("{n_frames}, a person in {n_seen} of them. "),
        format!("{n_frames}, auf {n_seen} davon ein Mensch. "),
    );
    html! {
        footer {
            h2 { (language.pick("How this was made", "Wie das entstanden ist")) }
            ul {
                @if let Some(standard) = &analysis.standard {
                    li { (language.pick("Standard: ", "Maßstab: ")) (phrases::standard(language, analysis)) " – " (standard.source) "." }
                }
                @if let Some(reference) = &analysis.reference {
                    li { (language.pick("Technique was compared with: ", "Technik verglichen mit: ")) (reference) "." }
                }
                @for assumption in &analysis.assumptions { li { (language.pick("Assumed: ", "Angenommen: ")) (assumption) "." } }
                @for warning in &analysis.warnings { li { (language.pick("Note: ", "Hinweis: ")) (warning) "." } }
                li { (seen) (phrases::processing(language, analysis)) }
            }
            p {
                (language.pick(
                    "Every picture here is drawn from landmarks. No frame of the video is in this page, and it loads \
                     nothing from the network. It tells about movement, not about health.",
                    "Jedes Bild hier ist aus Körperpunkten gezeichnet. Kein Bild des Videos ist in dieser Seite, und sie lädt \
                     nichts aus dem Netz. Sie sagt etwas über Bewegung, nichts über Gesundheit.",
                ))
            }
        }
    }
}

fn exercise_name<'a>(answer: &'a Answer<'_>) -> &'a str {
    let unknown = answer.language.pick("Unknown exercise", "Unbekannte Übung");
    answer.set.as_ref().map_or(unknown, |set| set.exercise.name.as_str())
}

/// The class of a score's color.
fn grade_class(score: Option<f64>) -> &'static str {
    match score.map(Grade::of) {
        Some(Grade::Good) => "good",
        Some(Grade::Fair) => "fair",
        Some(Grade::Poor) => "poor",
        None => "none",
    }
}

/// The class of an issue's color.
fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
    }
}

/// The repetition worth looking at: the lowest score, or the first one where there are no scores.
fn lowest(set: &JudgedSet<'_>) -> Option<usize> {
    let score = |index: &usize| {
        set.report.reps[*index].technique.as_ref().map_or(f64::MAX, |technique| technique.total)
    };
    (0..set.report.reps.len()).min_by(|a, b| score(a).total_cmp(&score(b)))
}
