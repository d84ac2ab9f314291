//! The top of the page: what was done, how well, in one look.

use body::draw::{Angle, Caption, animated, still};
use body::{Moment, Physique, Rig};
use maud::{Markup, PreEscaped, html};
use motion::spec::Kind;
use units::Language;
use wire::report::Analysis;

use super::{exercise_name, grade_class};
use crate::judge::{Answer, JudgedSet};
use crate::phrases::{self, Grade};
use crate::recording::Recording;

pub(super) fn hero(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    html! {
        section.hero.unscored[analysis.score.is_none()] {
            @if let Some(score) = analysis.score { (ring(language, score)) }
            div.what {
                h1 { (exercise_name(answer)) }
                p.tally { (phrases::tally(language, analysis)) }
                p.verdict { (verdict(language, analysis)) }
                (detection(answer))
            }
            @if let Some(set) = &answer.set { (moving_reference(language, set, analysis.view.yaw_deg)) }
            (facts(recording, answer))
        }
    }
}

fn ring(language: Language, score: f64) -> Markup {
    let label = language.pick(
        format!("Technique score {score:.0} of 100"),
        format!("Technik: {score:.0} von 100 Punkten"),
    );
    html! {
        div.ring.(grade_class(Some(score))) {
            svg viewBox="0 0 120 120" role="img" aria-label=(label) {
                circle.track cx="60" cy="60" r="52" {}
                circle.arc cx="60" cy="60" r="52" pathLength="100" transform="rotate(-90 60 60)"
                    stroke-dasharray=(format!("{:.1} 100", score.clamp(0.0, 100.0))) {}
            }
            div.number aria-hidden="true" { b { (format!("{score:.0}")) } span { (language.pick("of 100", "von 100")) } }
            div.words { (Grade::of(score).words(language)) }
        }
    }
}

/// One honest sentence.
fn verdict(language: Language, analysis: &Analysis) -> String {
    let (n_met, n_cycles) = (analysis.reps, analysis.reps + analysis.attempts);
    let standard = phrases::standard(language, analysis);
    let said = |english: &str, german: &str| language.pick(english, german).to_owned();
    match (analysis.set_kind(), analysis.score) {
        (SetKind::Unknown, _) => said(
            "A person was seen, but no exercise was recognized.",
            "Du warst zu sehen, aber keine Übung war zu erkennen.",
        ),
        (SetKind::Reps, _) if n_cycles == 0 => said(
            "A person was seen, but no repetition of this exercise.",
            "Du warst zu sehen, aber keine Wiederholung dieser Übung.",
        ),
        (SetKind::Hold, None) => said(
            "A person was seen, but not in this position.",
            "Du warst zu sehen, aber nicht in dieser Position.",
        ),
        (SetKind::Reps, _) if analysis.attempts > 0 => language.pick(
            format!("{n_met} of {n_cycles} met the {standard} standard."),
            format!("{n_met} von {n_cycles} erfüllen den {standard}en Maßstab."),
        ),
        (SetKind::Reps, _) if !analysis.issues.is_empty() => language.pick(
            format!(
                "Every repetition met the {standard} standard; the form has something to correct."
            ),
            format!(
                "Jede Wiederholung erfüllt den {standard}en Maßstab; an der Form gibt es etwas zu verbessern."
            ),
        ),
        (SetKind::Reps, _) => language.pick(
            format!("Every repetition met the {standard} standard."),
            format!("Jede Wiederholung erfüllt den {standard}en Maßstab."),
        ),
        (SetKind::Hold, Some(_)) if analysis.issues.is_empty() => {
            said("The line was kept throughout.", "Die Linie hat die ganze Zeit gehalten.")
        }
        (SetKind::Hold, Some(_)) => {
            said("Held, with something to correct.", "Gehalten, aber da ist etwas zu verbessern.")
        }
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

/// Only where the classifier's view is news.
fn detection(answer: &Answer<'_>) -> Markup {
    let (Some(set), Some(detected)) = (&answer.set, answer.detected) else { return html! {} };
    let (name, sure) = (&detected.name, 100.0 * answer.analysis.detection_confidence);
    html! {
        @if set.exercise.family != detected.family {
            p.note {
                (answer.language.pick(
                    format!("It looks like {name} ({sure:.0} % sure); it was judged as asked."),
                    format!("Es sieht aus wie {name} (zu {sure:.0} % sicher); bewertet wurde, was du genannt hast."),
                ))
            }
        }
    }
}

fn facts(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    let decimal = |value: f64, n_decimals| phrases::decimal(language, value, n_decimals);
    let mean = |of: &dyn Fn(&wire::report::Rep) -> f64| {
        let values: Vec<f64> = analysis.rep_list.iter().map(of).collect();
        #[expect(clippy::cast_precision_loss, reason = "a set has few repetitions")]
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let secs = mean(&|rep| (rep.end_ms - rep.start_ms) as f64 / 1000.0);
    html! {
        dl.facts {
            (fact(language.pick("Recording", "Aufnahme"), &phrases::duration(language, recording.duration_ms())))
            @if let Some(secs) = secs {
                (fact(language.pick("Mean repetition", "Wiederholung, Mittel"), &format!("{} s", decimal(secs, 1))))
            }
            @if let Some(rom) = mean(&|rep| rep.rom_deg) {
                (fact(language.pick("Mean range", "Weg, Mittel"), &format!("{rom:.0}°")))
            }
            @if let Some(speed) = mean(&|rep| rep.peak_speed) {
                (fact(language.pick("Mean peak speed", "Höchsttempo, Mittel"), &format!("{} m/s", decimal(speed, 2))))
            }
            @if let Some(consistency) = analysis.consistency {
                (fact(language.pick("Consistency", "Gleichmäßigkeit"), &format!("{:.0} %", 100.0 * consistency)))
            }
            @if let Some(effort) = analysis.effort {
                (fact(language.pick("Left in reserve", "In Reserve"), &phrases::reserve(language, effort.reps_in_reserve)))
            }
            (fact(language.pick("Seen", "Gesehen"), phrases::view(language, analysis.view.yaw_deg)))
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// The exercise as it should look, from where the camera stood.
fn moving_reference(language: Language, set: &JudgedSet<'_>, yaw_deg: f64) -> Markup {
    let rig = Rig::new(&set.exercise.figure, &Physique::default());
    let should = language.pick("as it should look", "so soll es aussehen");
    let title = format!("{}, {should}", set.exercise.name);
    let steps = set.exercise.steps.join(" ");
    let caption = Caption { title: &title, description: &steps };
    let angle = angle_of(yaw_deg);
    let svg = match set.exercise.movement.kind {
        Kind::Reps => animated(&rig, &[], angle, set.exercise.tempo_secs(), caption),
        Kind::Hold => still(&rig, Moment::default(), angle, caption),
    };
    html! { figure.moving { (PreEscaped(svg)) figcaption { (language.pick("How it should look", "So soll es aussehen")) } } }
}

/// The figure's camera for a measured yaw: the figure counts it the other way round.
pub(super) fn angle_of(yaw_deg: f64) -> Angle {
    Angle { yaw_deg: -yaw_deg, pitch_deg: 5.0 }
}
