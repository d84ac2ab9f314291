//! The repetition worth looking at as drawn figures, beside the reference from the same side.

use body::draw::{Caption, still};
use body::{Equipment, Moment, Physique, Rig};
use maud::{Markup, html};
use motion::pose::Pose;
use motion::report::ReportedRep;
use motion::spec::Kind;
use motion::technique::{Curve, Technique};
use units::{Language, MediaTime, Side};

use super::curves::{self, best};
use super::hero::angle_of;
use super::moments::{Figure, cell, drawable_in_all, figure, largest, nearest, scale};
use super::{grade_class, lowest};
use crate::judge::{Answer, JudgedSet};
use crate::phrases;
use crate::recording::Recording;

pub(super) fn figures(recording: &Recording, answer: &Answer<'_>) -> Markup {
    if let Some(set) = &answer.set {
        if let Some(index) = lowest(set) {
            return repetition(answer.language, recording, set, index);
        }
        if set.exercise.movement.kind == Kind::Hold && set.report.hold_ms.is_some_and(|ms| ms > 0.0)
        {
            return hold(answer.language, recording, set);
        }
    }
    glimpses(answer.language, recording)
}

/// A moment that is drawn twice: as seen, and as it should be.
struct Compared {
    label: &'static str,
    time: MediaTime,
    /// Where in the template's cycle it should look like this.
    progress: f64,
    own_words: String,
    reference_words: String,
}

/// Start, turn and end of one repetition.
fn repetition(
    language: Language,
    recording: &Recording,
    set: &JudgedSet<'_>,
    index: usize,
) -> Markup {
    let reported = &set.report.reps[index];
    let rep = &reported.rep;
    let figure = &set.exercise.figure;
    let (start, turn) = if set.exercise.figure_starts_at_turn() {
        (figure.turn(), 0.0)
    } else {
        (0.0, figure.turn())
    };
    let view = set.reference().for_rep(set.report.yaw_deg, rep.side);
    let curves = view.as_ref().map_or(&[][..], |view| &view.curves);
    let own_turn = rep.turn.secs_since(rep.start) / rep.secs().max(1e-6);
    let compared = |label, time, progress, own_at, reference_at| Compared {
        label,
        time,
        progress,
        own_words: angle_words(language, &rep.curves, rep.trust, own_at),
        reference_words: angle_words(language, curves, rep.trust, reference_at),
    };
    let moments = [
        compared(language.pick("start", "Anfang"), rep.start, start, 0.0, 0.0),
        compared(
            language.pick("turn", "Mitte"),
            rep.turn,
            turn,
            own_turn,
            curves::turn(curves, rep.trust),
        ),
        compared(language.pick("end", "Ende"), rep.end, start, 1.0, 1.0),
    ];
    let score = reported.technique.as_ref().map(|technique| technique.total);
    let lowest = if set.report.reps.len() > 1 {
        language.pick(", the lowest score of the set", ", die mit den wenigsten Punkten")
    } else {
        ""
    };
    html! {
        section.card {
            h2 { (language.pick("Rep", "Wiederholung")) " " (index + 1) (lowest) }
            p.lead { (rep_lead(language, set, reported)) }
            (compare(language, recording, set, &moments, rep.side))
            @if let Some(technique) = &reported.technique { (parts(language, technique, score)) }
        }
    }
}

fn rep_lead(language: Language, set: &JudgedSet<'_>, reported: &ReportedRep) -> String {
    let criteria = &set.engine.standard().criteria;
    let missed: Vec<&str> =
        reported.rep.missed.iter().map(|&k| criteria[k].text.as_str()).collect();
    if missed.is_empty() {
        beside(language).to_owned()
    } else {
        format!("{}: {}", language.pick("An attempt", "Ein Versuch"), missed.join(" "))
    }
}

fn beside(language: Language) -> &'static str {
    language.pick(
        "You, and the reference seen from the same side.",
        "Du, daneben das Vorbild von derselben Seite.",
    )
}

/// The first joint's angle at a share of a repetition, on the better seen side.
fn angle_words(language: Language, curves: &[Curve], trust: [f64; 2], at: f64) -> String {
    let curve = curves.iter().find(|curve| curve.signal.is_angle());
    let Some((curve, values)) = curve.and_then(|curve| Some((curve, best(curve, trust)?))) else {
        return String::new();
    };
    let name = phrases::signal(language, curve.signal);
    let name = language.pick(name.to_lowercase(), name.to_owned());
    values
        .get(step(at, values.len()))
        .map_or_else(String::new, |angle| format!("{name} {angle:.0}°"))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the last index"
)]
fn step(at: f64, n: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a curve has 48 values")]
    let last = n.saturating_sub(1) as f64;
    (at.clamp(0.0, 1.0) * last).round() as usize
}

/// Figures of one scale: the person, and the reference from the same side.
fn compare(
    language: Language,
    recording: &Recording,
    set: &JudgedSet<'_>,
    moments: &[Compared],
    side: Option<Side>,
) -> Markup {
    let name = &set.exercise.name;
    let rig = Rig::new(&set.exercise.figure, &Physique::default());
    let angle = angle_of(set.report.yaw_deg);
    let poses: Vec<Option<&Pose>> =
        moments.iter().map(|moment| nearest(recording, moment.time)).collect();
    let drawn = drawable_in_all(&poses, recording);
    let scale = scale(&poses, &drawn);
    let hangs = |kit: &Equipment| matches!(kit, Equipment::PullUpBar | Equipment::DipBars);
    let hanging = set.exercise.figure.equipment.iter().any(hangs);
    let mut cells = Vec::new();
    for (moment, pose) in moments.iter().zip(&poses) {
        let title =
            format!("{name}, {}, {}", moment.label, language.pick("as seen", "wie gesehen"));
        let caption = Caption { title: &title, description: drawn_from_landmarks(language) };
        let mut own = pose.map(|pose| figure(pose, &drawn, scale, caption));
        if let Some(own) = &mut own {
            own.floating |= hanging;
        }
        let title = format!("{name}, {}, {}", moment.label, language.pick("reference", "Vorbild"));
        let description = language
            .pick("Drawn from the exercise's template.", "Gezeichnet aus der Vorlage der Übung.");
        let caption = Caption { title: &title, description };
        // The template leads with the left.
        let template =
            Moment { progress: moment.progress, mirror: side == Some(Side::Right), faults: &[] };
        cells.push((moment, own, Figure::standing(still(&rig, template, angle, caption))));
    }
    let largest =
        largest(cells.iter().flat_map(|(_, own, reference)| own.iter().chain([reference])));
    let you = language.pick("You", "Du");
    html! {
        div.compare {
            @for (moment, own, reference) in &cells {
                @match own {
                    Some(own) => (cell(own, largest, &format!("{you}, {}", moment.label), &details(language, moment))),
                    None => div.moment.missing { (language.pick("Not seen: ", "Nicht zu sehen: ")) (moment.label) },
                }
                div.reference { (cell(reference, largest, language.pick("Reference", "Vorbild"), &moment.reference_words)) }
            }
        }
    }
}

fn drawn_from_landmarks(language: Language) -> &'static str {
    language.pick("Drawn from the landmarks.", "Gezeichnet aus den erkannten Körperpunkten.")
}

fn details(language: Language, moment: &Compared) -> String {
    let clock = phrases::clock(language, wire::report::in_ms(moment.time));
    if moment.own_words.is_empty() { clock } else { format!("{clock} · {}", moment.own_words) }
}

/// What the score is made of.
fn parts(language: Language, technique: &Technique, score: Option<f64>) -> Markup {
    let values = [
        Some(technique.shape),
        Some(technique.depth),
        technique.symmetry,
        Some(technique.tempo),
        Some(technique.smoothness),
    ];
    let words = language.pick(
        [
            ("Shape", "how much the joints' curves look like the reference's"),
            ("Depth", "how much of the standard's range was used"),
            ("Symmetry", "how alike left and right moved"),
            ("Tempo", "how close to the prescribed tempo and the rest of the set"),
            ("Smoothness", "how steady the effort was"),
        ],
        [
            ("Form", "wie sehr sich die Gelenke wie im Vorbild bewegen"),
            ("Tiefe", "wie viel vom Weg genutzt wurde"),
            ("Symmetrie", "wie gleich sich links und rechts bewegt haben"),
            ("Tempo", "wie nah am vorgegebenen Tempo und am Rest des Satzes"),
            ("Ruhe", "wie gleichmäßig die Anstrengung war"),
        ],
    );
    let score = score.map_or_else(String::new, |score| format!("{score:.0}"));
    html! {
        h3 { (language.pick(format!("What the {score} is made of"), format!("Woraus die {score} Punkte bestehen"))) }
        ul.parts {
            @for ((name, meaning), value) in words.into_iter().zip(values) {
                @if let Some(value) = value {
                    li.(grade_class(Some(value))) {
                        span.name { (name) }
                        span.bar { span style=(format!("width:{:.0}%", value.clamp(0.0, 100.0))) {} }
                        span.value { (format!("{value:.0}")) }
                        span.meaning { (meaning) }
                    }
                }
            }
        }
        p.small { (language.pick("Issues take points off the total.", "Fehler kosten Punkte vom Ganzen.")) }
    }
}

/// A hold: when it began, its gravest moment or its middle, and when it ended.
fn hold(language: Language, recording: &Recording, set: &JudgedSet<'_>) -> Markup {
    let held = set.engine.hold();
    let (Some(start), Some(end)) = (held.start, held.end) else { return html! {} };
    let worst = set.report.issues.iter().max_by_key(|issue| issue.severity).map(|issue| issue.time);
    let middle = MediaTime { micros: start.micros / 2 + end.micros / 2 };
    let (label, time) = match worst {
        Some(time) => (language.pick("worst moment", "schlechtester Moment"), time),
        None => (language.pick("middle", "Mitte"), middle),
    };
    let compared = |(label, time)| Compared {
        label,
        time,
        progress: 0.0,
        own_words: String::new(),
        reference_words: String::new(),
    };
    let mut moments = [
        (language.pick("start", "Anfang"), start),
        (label, time),
        (language.pick("end", "Ende"), end),
    ]
    .map(compared);
    moments.sort_by_key(|moment| moment.time);
    html! {
        section.card {
            h2 { (language.pick("Your line", "Deine Linie")) }
            p.lead { (beside(language)) }
            (compare(language, recording, set, &moments, None))
        }
    }
}

/// What was seen where nothing was judged: helps to find out why.
fn glimpses(language: Language, recording: &Recording) -> Markup {
    let (Some(first), Some(last)) = (recording.poses.first(), recording.poses.last()) else {
        return html! {};
    };
    let (first, last) = (first.time.micros, last.time.micros);
    let times =
        [1, 2, 3, 4].map(|k| MediaTime { micros: first + (last.saturating_sub(first)) / 5 * k });
    let caption = Caption {
        title: language.pick("The person as seen", "Der Mensch, wie er zu sehen war"),
        description: drawn_from_landmarks(language),
    };
    let poses = times.map(|time| nearest(recording, time));
    let seen: Vec<(MediaTime, Figure)> = times
        .into_iter()
        .zip(poses)
        .filter_map(|(time, pose)| {
            let drawn = drawable_in_all(&[pose], recording);
            Some((time, figure(pose?, &drawn, scale(&[pose], &drawn), caption)))
        })
        .collect();
    let largest = largest(seen.iter().map(|(_, figure)| figure));
    html! {
        @if !seen.is_empty() {
            section.card {
                h2 { (language.pick("What was seen", "Was zu sehen war")) }
                p.lead {
                    (language.pick(
                        "Drawn from the landmarks. Missing limbs were out of the picture or hidden.",
                        "Gezeichnet aus den erkannten Körperpunkten. Was fehlt, war nicht im Bild oder verdeckt.",
                    ))
                }
                div.glimpses {
                    @for (time, figure) in &seen { (cell(figure, largest, &phrases::clock(language, wire::report::in_ms(*time)), "")) }
                }
            }
        }
    }
}
