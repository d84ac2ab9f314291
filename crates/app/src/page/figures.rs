//! The repetition worth looking at as drawn figures, beside the reference from the same side.

use body::draw::{Caption, still};
use body::{Equipment, Moment, Physique, Rig};
use maud::{Markup, html};
use motion::pose::Pose;
use motion::report::ReportedRep;
use motion::spec::Kind;
use motion::technique::{Curve, Technique};
use units::{MediaTime, Side};

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
            return repetition(recording, set, index);
        }
        if set.exercise.movement.kind == Kind::Hold && set.report.hold_ms.is_some_and(|ms| ms > 0.0)
        {
            return hold(recording, set);
        }
    }
    glimpses(recording)
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
fn repetition(recording: &Recording, set: &JudgedSet<'_>, index: usize) -> Markup {
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
        own_words: angle_words(&rep.curves, rep.trust, own_at),
        reference_words: angle_words(curves, rep.trust, reference_at),
    };
    let moments = [
        compared("start", rep.start, start, 0.0, 0.0),
        compared("turn", rep.turn, turn, own_turn, curves::turn(curves, rep.trust)),
        compared("end", rep.end, start, 1.0, 1.0),
    ];
    let score = reported.technique.as_ref().map(|technique| technique.total);
    let lowest = if set.report.reps.len() > 1 { ", the lowest score of the set" } else { "" };
    html! {
        section.card {
            h2 { "Rep " (index + 1) (lowest) }
            p.lead { (rep_lead(set, reported)) }
            (compare(recording, set, &moments, rep.side))
            @if let Some(technique) = &reported.technique { (parts(technique, score)) }
        }
    }
}

fn rep_lead(set: &JudgedSet<'_>, reported: &ReportedRep) -> String {
    let criteria = &set.engine.standard().criteria;
    let missed: Vec<&str> =
        reported.rep.missed.iter().map(|&k| criteria[k].text.as_str()).collect();
    if missed.is_empty() {
        "You, and the reference seen from the same side.".to_owned()
    } else {
        format!("An attempt: {}", missed.join(" "))
    }
}

/// The first joint's angle at a share of a repetition, on the better seen side.
fn angle_words(curves: &[Curve], trust: [f64; 2], at: f64) -> String {
    let curve = curves.iter().find(|curve| curve.signal.is_angle());
    let Some((curve, values)) = curve.and_then(|curve| Some((curve, best(curve, trust)?))) else {
        return String::new();
    };
    let name = phrases::signal(curve.signal).to_lowercase();
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
        let title = format!("{name}, {}, as seen", moment.label);
        let caption = Caption { title: &title, description: "Drawn from the landmarks." };
        let mut own = pose.map(|pose| figure(pose, &drawn, scale, caption));
        if let Some(own) = &mut own {
            own.floating |= hanging;
        }
        let title = format!("{name}, {}, reference", moment.label);
        let caption = Caption { title: &title, description: "Drawn from the exercise's template." };
        // The template leads with the left.
        let template =
            Moment { progress: moment.progress, mirror: side == Some(Side::Right), faults: &[] };
        cells.push((moment, own, Figure::standing(still(&rig, template, angle, caption))));
    }
    let largest =
        largest(cells.iter().flat_map(|(_, own, reference)| own.iter().chain([reference])));
    html! {
        div.compare {
            @for (moment, own, reference) in &cells {
                @match own {
                    Some(own) => (cell(own, largest, &format!("You, {}", moment.label), &details(moment))),
                    None => div.moment.missing { "Not seen at the " (moment.label) },
                }
                div.reference { (cell(reference, largest, "Reference", &moment.reference_words)) }
            }
        }
    }
}

fn details(moment: &Compared) -> String {
    let clock = phrases::clock(wire::report::in_ms(moment.time));
    if moment.own_words.is_empty() { clock } else { format!("{clock} · {}", moment.own_words) }
}

/// What the score is made of.
fn parts(technique: &Technique, score: Option<f64>) -> Markup {
    let parts = [
        ("Shape", Some(technique.shape), "how much the joints' curves look like the reference's"),
        ("Depth", Some(technique.depth), "how much of the standard's range was used"),
        ("Symmetry", technique.symmetry, "how alike left and right moved"),
        (
            "Tempo",
            Some(technique.tempo),
            "how close to the prescribed tempo and the rest of the set",
        ),
        ("Smoothness", Some(technique.smoothness), "how steady the effort was"),
    ];
    html! {
        h3 { "What the " @if let Some(score) = score { (format!("{score:.0}")) } " is made of" }
        ul.parts {
            @for (name, value, meaning) in parts {
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
        p.small { "Issues take points off the total." }
    }
}

/// A hold: when it began, its gravest moment or its middle, and when it ended.
fn hold(recording: &Recording, set: &JudgedSet<'_>) -> Markup {
    let held = set.engine.hold();
    let (Some(start), Some(end)) = (held.start, held.end) else { return html! {} };
    let worst = set.report.issues.iter().max_by_key(|issue| issue.severity).map(|issue| issue.time);
    let middle = MediaTime { micros: start.micros / 2 + end.micros / 2 };
    let (label, time) = worst.map_or(("middle", middle), |time| ("worst moment", time));
    let compared = |(label, time)| Compared {
        label,
        time,
        progress: 0.0,
        own_words: String::new(),
        reference_words: String::new(),
    };
    let mut moments = [("start", start), (label, time), ("end", end)].map(compared);
    moments.sort_by_key(|moment| moment.time);
    html! {
        section.card {
            h2 { "Your line" }
            p.lead { "You, and the reference seen from the same side." }
            (compare(recording, set, &moments, None))
        }
    }
}

/// What was seen where nothing was judged: helps to find out why.
fn glimpses(recording: &Recording) -> Markup {
    let (Some(first), Some(last)) = (recording.poses.first(), recording.poses.last()) else {
        return html! {};
    };
    let (first, last) = (first.time.micros, last.time.micros);
    let times =
        [1, 2, 3, 4].map(|k| MediaTime { micros: first + (last.saturating_sub(first)) / 5 * k });
    let caption = Caption { title: "The person as seen", description: "Drawn from the landmarks." };
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
                h2 { "What was seen" }
                p.lead { "Drawn from the landmarks. Missing limbs were out of the picture or hidden." }
                div.glimpses {
                    @for (time, figure) in &seen { (cell(figure, largest, &phrases::clock(wire::report::in_ms(*time)), "")) }
                }
            }
        }
    }
}
