//! How sure the numbers are, from where the camera stood; and how hard the set was.

use maud::{Markup, html};
use units::Language;
use wire::report::Analysis;

use super::plot::percent;
use crate::judge::Answer;
use crate::phrases;
use crate::recording::Recording;

pub(super) fn trust(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    html! {
        div.columns {
            section.card {
                h2 { (language.pick("How sure is this?", "Wie sicher ist das?")) }
                div.view {
                    (from_above(language, analysis))
                    div {
                        p { (phrases::certainty(language, analysis)) }
                        p.small {
                            (language.pick(
                                "An angle is sure when the joint moves across the picture, and unsure when it moves towards \
                                 the camera. A correction is given only when its whole interval is past the limit.",
                                "Ein Winkel ist sicher, wenn sich das Gelenk quer durchs Bild bewegt, und unsicher, wenn es auf \
                                 die Kamera zukommt. Korrigiert wird nur, was mit dem ganzen Intervall über der Grenze liegt.",
                            ))
                        }
                        (unseen(recording, answer))
                    }
                }
                @if !analysis.camera_advice.is_empty() {
                    h3 { (language.pick("For a better view", "Für ein besseres Bild")) }
                    ul.advice { @for advice in &analysis.camera_advice { li { (advice) } } }
                }
            }
            (effort(language, analysis))
        }
    }
}

fn unseen(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let analysis = &answer.analysis;
    let n_unseen = analysis.frames.saturating_sub(analysis.frames_with_person);
    #[expect(clippy::cast_precision_loss, reason = "a count of frames")]
    let share = 100.0 * n_unseen as f64 / (recording.poses.len().max(1)) as f64;
    let words = answer.language.pick(
        format!("Nobody was seen in {share:.0} % of the frames."),
        format!("Auf {share:.0} % der Bilder war niemand zu sehen."),
    );
    html! { @if share >= 1.0 { p.small { (words) } } }
}

/// The camera and the person from above, with the yaw's interval.
fn from_above(language: Language, analysis: &Analysis) -> Markup {
    let view = &analysis.view;
    let words = language.pick(
        format!("Camera and person from above: yaw {:.0} degrees", view.yaw_deg),
        format!("Kamera und Mensch von oben: um {:.0} Grad gedreht", view.yaw_deg),
    );
    // A wedge of the interval's width around the direction the person faces, which is down at yaw 0.
    let half = view.interval.clamp(2.0, 90.0).to_radians();
    let (x, y) = (62.0 * half.sin(), 62.0 * half.cos());
    html! {
        svg.above viewBox="-90 -78 180 190" role="img" aria-label=(words) {
            path.sight d="M0 84L-58 -50M0 84L58 -50" {}
            g transform=(format!("rotate({:.1})", -view.yaw_deg)) {
                path.wedge d=(format!("M0 0L{:.1} {y:.1}A62 62 0 0 1 {:.1} {y:.1}Z", x, -x)) {}
                ellipse.shoulders cx="0" cy="0" rx="38" ry="13" {}
                circle.head cx="0" cy="3" r="14" {}
                path.nose d="M-6 15L0 26L6 15Z" {}
            }
            g.camera transform="translate(0 92)" {
                rect x="-15" y="-4" width="30" height="20" rx="4" {}
                path d="M-7 -4L-10 -13H10L7 -4Z" {}
            }
        }
    }
}

fn effort(language: Language, analysis: &Analysis) -> Markup {
    let fastest = analysis.rep_list.iter().map(|rep| rep.mean_concentric_speed).fold(0.0, f64::max);
    let top = phrases::decimal(language, fastest, 2);
    html! {
        @if fastest > 0.0 && analysis.rep_list.len() > 1 {
            section.card {
                h2 { (language.pick("Effort", "Anstrengung")) }
                p {
                    @match phrases::effort(language, analysis) {
                        Some(words) => (words),
                        None => (language.pick(
                            "Too few repetitions to tell how many were left in reserve.",
                            "Zu wenige Wiederholungen, um zu sagen, wie viele noch gegangen wären.",
                        )),
                    }
                }
                div.speeds role="img" aria-label=(speed_words(language, analysis)) {
                    @for rep in &analysis.rep_list {
                        div.speed {
                            span.bar style=(format!("height:{}", percent(rep.mean_concentric_speed, fastest))) {}
                            span.number { (rep.number) }
                        }
                    }
                }
                p.small {
                    (language.pick(
                        format!("Mean speed of the lifting part of each repetition; the fastest is {top} m/s."),
                        format!("Mittleres Tempo der Anstrengung je Wiederholung; die schnellste hat {top} m/s."),
                    ))
                }
            }
        }
    }
}

fn speed_words(language: Language, analysis: &Analysis) -> String {
    let rep_word = language.pick("rep", "Wiederholung");
    let speeds: Vec<String> = analysis
        .rep_list
        .iter()
        .map(|rep| {
            let speed = phrases::decimal(language, rep.mean_concentric_speed, 2);
            format!("{rep_word} {}: {speed} m/s", rep.number)
        })
        .collect();
    speeds.join("; ")
}
