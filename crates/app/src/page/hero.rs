//! The top of the page: what was done, how well, in one look.

use body::draw::{Angle, Caption, animated, still};
use body::{Moment, Physique, Rig};
use maud::{Markup, PreEscaped, html};
use motion::spec::Kind;
use wire::report::Analysis;

use super::{exercise_name, foreign, grade_class};
use crate::judge::{Answer, JudgedSet};
use crate::phrases::{self, Grade};
use crate::recording::Recording;

pub(super) fn hero(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let analysis = &answer.analysis;
    html! {
        section.hero.unscored[analysis.score.is_none()] {
            @if let Some(score) = analysis.score { (ring(score)) }
            div.what {
                h1 lang=[foreign(answer)] { (exercise_name(answer)) }
                p.tally { (phrases::tally(analysis)) }
                p.verdict { (verdict(analysis)) }
                (detection(answer))
            }
            @if let Some(set) = &answer.set { (moving_reference(set, analysis.view.yaw_deg)) }
            (facts(recording, analysis))
        }
    }
}

fn ring(score: f64) -> Markup {
    html! {
        div.ring.(grade_class(Some(score))) {
            svg viewBox="0 0 120 120" role="img" aria-label=(format!("Technique score {score:.0} of 100")) {
                circle.track cx="60" cy="60" r="52" {}
                circle.arc cx="60" cy="60" r="52" pathLength="100" transform="rotate(-90 60 60)"
                    stroke-dasharray=(format!("{:.1} 100", score.clamp(0.0, 100.0))) {}
            }
            div.number aria-hidden="true" { b { (format!("{score:.0}")) } span { "of 100" } }
            div.words { (Grade::of(score).words()) }
        }
    }
}

/// One honest sentence.
fn verdict(analysis: &Analysis) -> String {
    let n_cycles = analysis.reps + analysis.attempts;
    match (analysis.set_kind(), analysis.score) {
        (SetKind::Unknown, _) => "A person was seen, but no exercise was recognized.".to_owned(),
        (SetKind::Reps, _) if n_cycles == 0 => {
            "A person was seen, but no repetition of this exercise.".to_owned()
        }
        (SetKind::Hold, None) => "A person was seen, but not in this position.".to_owned(),
        (SetKind::Reps, _) if analysis.attempts > 0 => {
            format!("{} of {n_cycles} met the {} standard.", analysis.reps, standard_name(analysis))
        }
        (SetKind::Reps, _) if !analysis.issues.is_empty() => {
            format!(
                "Every repetition met the {} standard; the form has something to correct.",
                standard_name(analysis)
            )
        }
        (SetKind::Reps, _) => {
            format!("Every repetition met the {} standard.", standard_name(analysis))
        }
        (SetKind::Hold, Some(_)) if analysis.issues.is_empty() => {
            "The line was kept throughout.".to_owned()
        }
        (SetKind::Hold, Some(_)) => "Held, with something to correct.".to_owned(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SetKind {
    Reps,
    Hold,
    Unknown,
}

trait Told {
    fn set_kind(&self) -> SetKind;
}

impl Told for Analysis {
    fn set_kind(&self) -> SetKind {
        if self.standard.is_none() {
            SetKind::Unknown
        } else if self.hold_ms.is_some() {
            SetKind::Hold
        } else {
            SetKind::Reps
        }
    }
}

fn standard_name(analysis: &Analysis) -> &str {
    analysis.standard.as_ref().map_or("default", |standard| standard.name.as_str())
}

/// Only where the classifier's view is news.
fn detection(answer: &Answer<'_>) -> Markup {
    let (Some(set), Some(detected)) = (&answer.set, answer.detected) else { return html! {} };
    html! {
        @if set.exercise.family != detected.family {
            p.note {
                "It looks like " (detected.name) " (" (format!("{:.0}", 100.0 * answer.analysis.detection_confidence))
                " % sure); it was judged as asked."
            }
        }
    }
}

fn facts(recording: &Recording, analysis: &Analysis) -> Markup {
    let mean = |of: &dyn Fn(&wire::report::Rep) -> f64| {
        let values: Vec<f64> = analysis.rep_list.iter().map(of).collect();
        #[expect(clippy::cast_precision_loss, reason = "a set has few repetitions")]
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let secs = mean(&|rep| (rep.end_ms - rep.start_ms) as f64 / 1000.0);
    html! {
        dl.facts {
            (fact("Recording", &phrases::duration(recording.duration_ms())))
            @if let Some(secs) = secs { (fact("Mean repetition", &format!("{secs:.1} s"))) }
            @if let Some(rom) = mean(&|rep| rep.rom_deg) { (fact("Mean range", &format!("{rom:.0}°"))) }
            @if let Some(speed) = mean(&|rep| rep.peak_speed) { (fact("Mean peak speed", &format!("{speed:.2} m/s"))) }
            @if let Some(consistency) = analysis.consistency {
                (fact("Consistency", &format!("{:.0} %", 100.0 * consistency)))
            }
            @if let Some(effort) = analysis.effort { (fact("Left in reserve", &phrases::reserve(effort.reps_in_reserve))) }
            (fact("Seen", phrases::view(analysis.view.yaw_deg)))
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// The exercise as it should look, from where the camera stood.
fn moving_reference(set: &JudgedSet<'_>, yaw_deg: f64) -> Markup {
    let rig = Rig::new(&set.exercise.figure, &Physique::default());
    let title = format!("{}, as it should look", set.exercise.name);
    let steps = set.exercise.steps.join(" ");
    let caption = Caption { title: &title, description: &steps };
    let angle = angle_of(yaw_deg);
    let svg = match set.exercise.movement.kind {
        Kind::Reps => animated(&rig, &[], angle, set.exercise.tempo_secs(), caption),
        Kind::Hold => still(&rig, Moment::default(), angle, caption),
    };
    html! { figure.moving { (PreEscaped(svg)) figcaption { "How it should look" } } }
}

/// The figure's camera for a measured yaw: the figure counts it the other way round.
pub(super) fn angle_of(yaw_deg: f64) -> Angle {
    Angle { yaw_deg: -yaw_deg, pitch_deg: 5.0 }
}
