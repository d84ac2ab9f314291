//! How sure the numbers are, from where the camera stood; and how hard the set was.

use maud::{Markup, html};
use wire::report::Analysis;

use super::foreign;
use super::plot::percent;
use crate::judge::Answer;
use crate::phrases;
use crate::recording::Recording;

pub(super) fn trust(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let analysis = &answer.analysis;
    html! {
        div.columns {
            section.card {
                h2 { "How sure is this?" }
                div.view {
                    (from_above(analysis))
                    div {
                        p { (phrases::certainty(analysis)) }
                        p.small {
                            "An angle is sure when the joint moves across the picture, and unsure when it moves towards \
                            the camera. A correction is given only when its whole interval is past the limit."
                        }
                        (unseen(recording, analysis))
                    }
                }
                @if !analysis.camera_advice.is_empty() {
                    h3 { "For a better view" }
                    ul.advice lang=[foreign(answer)] { @for advice in &analysis.camera_advice { li { (advice) } } }
                }
            }
            (effort(analysis))
        }
    }
}

fn unseen(recording: &Recording, analysis: &Analysis) -> Markup {
    let n_unseen = analysis.frames.saturating_sub(analysis.frames_with_person);
    #[expect(clippy::cast_precision_loss, reason = "a count of frames")]
    let share = 100.0 * n_unseen as f64 / (recording.poses.len().max(1)) as f64;
    html! { @if share >= 1.0 { p.small { (format!("Nobody was seen in {share:.0} % of the frames.")) } } }
}

/// The camera and the person from above, with the yaw's interval.
fn from_above(analysis: &Analysis) -> Markup {
    let view = &analysis.view;
    let words = format!("Camera and person from above: yaw {:.0} degrees", view.yaw_deg);
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

fn effort(analysis: &Analysis) -> Markup {
    let fastest = analysis.rep_list.iter().map(|rep| rep.mean_concentric_speed).fold(0.0, f64::max);
    html! {
        @if fastest > 0.0 && analysis.rep_list.len() > 1 {
            section.card {
                h2 { "Effort" }
                p {
                    @match phrases::effort(analysis) {
                        Some(words) => (words),
                        None => "Too few repetitions to tell how many were left in reserve.",
                    }
                }
                div.speeds role="img" aria-label=(speed_words(analysis)) {
                    @for rep in &analysis.rep_list {
                        div.speed {
                            span.bar style=(format!("height:{}", percent(rep.mean_concentric_speed, fastest))) {}
                            span.number { (rep.number) }
                        }
                    }
                }
                p.small { (format!("Mean speed of the lifting part of each repetition; the fastest is {fastest:.2} m/s.")) }
            }
        }
    }
}

fn speed_words(analysis: &Analysis) -> String {
    let speeds: Vec<String> = analysis
        .rep_list
        .iter()
        .map(|rep| format!("rep {}: {:.2} m/s", rep.number, rep.mean_concentric_speed))
        .collect();
    speeds.join("; ")
}
