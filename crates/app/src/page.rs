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
use units::Language;

use crate::judge::{Answer, JudgedSet};
use crate::phrases::{self, Grade};
use crate::recording::Recording;

const STYLE: &str = include_str!("page/style.css");
/// The browser is told to load nothing at all.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page.
pub(crate) fn render(recording: &Recording, answer: &Answer<'_>) -> String {
    let analysis = &answer.analysis;
    let name = exercise_name(answer);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                title { (name) ": " (phrases::tally(analysis)) " – Spotter" }
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
                    @if let Some(set) = &answer.set { (curves::curves(set)) }
                    (table::table(analysis))
                    (trust::trust(recording, answer))
                }
                (footer(answer))
            }
        }
    };
    page.into_string()
}

fn footer(answer: &Answer<'_>) -> Markup {
    let (analysis, lang) = (&answer.analysis, foreign(answer));
    html! {
        footer {
            h2 { "How this was made" }
            ul {
                @if let Some(standard) = &analysis.standard {
                    li { "Standard: " (standard.name) " – " (told(lang, &standard.source)) "." }
                }
                @if let Some(reference) = &analysis.reference { li { "Technique was compared with: " (told(lang, reference)) "." } }
                @for assumption in &analysis.assumptions { li { "Assumed: " (told(lang, assumption)) "." } }
                @for warning in &analysis.warnings { li { "Note: " (warning) "." } }
                li {
                    (phrases::count(analysis.frames, "frame", "frames")) ", a person in "
                    (analysis.frames_with_person) " of them. " (phrases::processing(analysis))
                }
            }
            p {
                "Every picture here is drawn from landmarks. No frame of the video is in this page, and it loads \
                nothing from the network. It tells about movement, not about health."
            }
        }
    }
}

/// The language of names, findings and tips, where it is not the page's own English.
fn foreign(answer: &Answer<'_>) -> Option<&'static str> {
    (answer.language != Language::English).then(|| answer.language.code())
}

/// Words within an English sentence, marked where they are in another language.
fn told(lang: Option<&str>, words: &str) -> Markup {
    html! { @if let Some(lang) = lang { span lang=(lang) { (words) } } @else { (words) } }
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

/// The repetition worth looking at: the lowest score, or the first one where there are no scores.
fn lowest(set: &JudgedSet<'_>) -> Option<usize> {
    let score = |index: &usize| {
        set.report.reps[*index].technique.as_ref().map_or(f64::MAX, |technique| technique.total)
    };
    (0..set.report.reps.len()).min_by(|a, b| score(a).total_cmp(&score(b)))
}
