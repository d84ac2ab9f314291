//! What to do next time, and what went wrong.

use maud::{Markup, html};
use units::Language;
use wire::report::{Analysis, Issue};

use super::severity_class;
use crate::issues::{groups, worst};
use crate::judge::Answer;
use crate::phrases::{self, Grade};

pub(super) fn findings(answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    let groups = groups(&analysis.issues);
    html! {
        div.columns {
            (tips(language, analysis))
            @if !groups.is_empty() {
                section.card.issues {
                    h2 { (language.pick("What went wrong", "Was schiefging")) }
                    ul { @for group in &groups { (issue(language, group)) } }
                    p.small {
                        (language.pick(
                            "“Sure” is the probability that the limit was really passed, given the view, how well the \
                             joints were seen and the frame rate.",
                            "„Sicher“ heißt: mit welcher Wahrscheinlichkeit die Grenze wirklich überschritten war, bei dieser \
                             Ansicht, Sichtbarkeit der Gelenke und Bildrate.",
                        ))
                    }
                }
            }
        }
    }
}

fn tips(language: Language, analysis: &Analysis) -> Markup {
    let heading = if analysis.standard.is_none() {
        language.pick("What to do", "Was du tun kannst")
    } else {
        language.pick("Next time", "Nächstes Mal")
    };
    let clean = analysis.tips.is_empty();
    html! {
        section.card.tips {
            h2 { (heading) }
            @if clean && analysis.issues.is_empty() {
                p.praise { (nothing_to_correct(language, analysis)) }
            } @else {
                ol { @for tip in &analysis.tips { li { (with_code(tip)) } } }
            }
        }
    }
}

fn nothing_to_correct(language: Language, analysis: &Analysis) -> &'static str {
    if analysis.score.is_some_and(|score| Grade::of(score) != Grade::Good) {
        language.pick(
            "Nothing passed its limit for certain, though there is room to improve: compare the figures and the curves below.",
            "Keine Grenze war sicher überschritten, aber da geht noch was: Vergleich unten die Figuren und Kurven.",
        )
    } else if analysis.hold_ms.is_some() {
        language.pick(
            "Nothing to correct. Keep it like this, and hold it a little longer.",
            "Nichts zu verbessern. Mach genau so weiter und halte etwas länger.",
        )
    } else {
        language.pick(
            "Nothing to correct. Keep it like this, and add a little load or a repetition.",
            "Nichts zu verbessern. Mach genau so weiter und leg etwas Gewicht oder eine Wiederholung drauf.",
        )
    }
}

/// Text with what stands in backticks set as code.
fn with_code(text: &str) -> Markup {
    html! {
        span {
            @for (part, number) in text.split('`').zip(0..) {
                @if number % 2 == 1 { code { (part) } } @else { (part) }
            }
        }
    }
}

fn issue(language: Language, group: &[&Issue]) -> Markup {
    let worst = worst(group);
    let reps: Vec<String> =
        group.iter().filter_map(|issue| issue.rep).map(|rep| rep.to_string()).collect();
    let (sure, at) = (100.0 * worst.confidence, phrases::clock(language, worst.t_ms));
    html! {
        li.(severity_class(worst.severity)) {
            h3 { (worst.text) span.pill { (phrases::severity(language, worst.severity)) } }
            p.when {
                @if !reps.is_empty() { (language.pick("Rep ", "Wiederholung ")) (reps.join(", ")) " · " }
                (language.pick(format!("clearest at {at}"), format!("am deutlichsten bei {at}"))) " · "
                (language.pick(format!("{sure:.0} % sure"), format!("zu {sure:.0} % sicher")))
            }
        }
    }
}
