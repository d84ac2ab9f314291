//! What to do next time, and what went wrong.

use maud::{Markup, html};
use wire::report::{Analysis, Issue};

use super::foreign;
use crate::judge::Answer;
use crate::phrases::{self, Grade};

pub(super) fn findings(answer: &Answer<'_>) -> Markup {
    let (analysis, lang) = (&answer.analysis, foreign(answer));
    let groups = groups(&analysis.issues);
    html! {
        div.columns {
            (tips(analysis, lang))
            @if !groups.is_empty() {
                section.card.issues {
                    h2 { "What went wrong" }
                    ul { @for group in &groups { (issue(group, lang)) } }
                    p.small {
                        "“Sure” is the probability that the limit was really passed, given the view, how well the \
                        joints were seen and the frame rate."
                    }
                }
            }
        }
    }
}

fn tips(analysis: &Analysis, lang: Option<&str>) -> Markup {
    let clean = analysis.tips.is_empty();
    html! {
        section.card.tips {
            h2 { @if analysis.standard.is_none() { "What to do" } @else { "Next time" } }
            @if clean && analysis.issues.is_empty() {
                p.praise { (nothing_to_correct(analysis)) }
            } @else {
                ol lang=[lang] { @for tip in &analysis.tips { li { (with_code(tip)) } } }
            }
        }
    }
}

fn nothing_to_correct(analysis: &Analysis) -> &'static str {
    if analysis.score.is_some_and(|score| Grade::of(score) != Grade::Good) {
        "Nothing passed its limit for certain, though there is room to improve: compare the figures and the curves below."
    } else if analysis.hold_ms.is_some() {
        "Nothing to correct. Keep it like this, and hold it a little longer."
    } else {
        "Nothing to correct. Keep it like this, and add a little load or a repetition."
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

/// Issues of one name together, gravest first.
fn groups(issues: &[Issue]) -> Vec<Vec<&Issue>> {
    let mut groups: Vec<Vec<&Issue>> = Vec::new();
    for issue in issues {
        match groups.iter_mut().find(|group| group[0].id == issue.id) {
            Some(group) => group.push(issue),
            None => groups.push(vec![issue]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse((worst(group).severity, group.len())));
    groups
}

fn worst<'a>(group: &[&'a Issue]) -> &'a Issue {
    group[1..].iter().fold(group[0], |worst, issue| {
        if (issue.severity, issue.confidence) > (worst.severity, worst.confidence) {
            issue
        } else {
            worst
        }
    })
}

fn issue(group: &[&Issue], lang: Option<&str>) -> Markup {
    let worst = worst(group);
    let severity = phrases::severity(worst.severity);
    let reps: Vec<String> =
        group.iter().filter_map(|issue| issue.rep).map(|rep| rep.to_string()).collect();
    let sure = 100.0 * worst.confidence;
    html! {
        li.(severity) {
            h3 { (phrases::title(&worst.id)) span.pill { (severity) } }
            p lang=[lang] { (worst.text) }
            p.when {
                @if !reps.is_empty() { "Rep " (reps.join(", ")) " · " }
                "clearest at " (phrases::clock(worst.t_ms)) " · " (format!("{sure:.0} % sure"))
            }
        }
    }
}
