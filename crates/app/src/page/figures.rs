//! The repetition worth looking at as drawn figures, beside the reference from the same side.

use body::draw::{Caption, still};
use body::{Moment, Physique, Rig};
use maud::{Markup, html};
use motion::pose::Pose;
use motion::rep::Rep;
use motion::report::ReportedRep;
use motion::spec::Kind;
use motion::technique::{Curve, N_CURVE, Technique};
use units::{MediaTime, Side};

use super::hero::angle_of;
use super::moments::{Figure, cell, drawable_in_all, figure, largest, nearest};
use super::{grade_class, lowest};
use crate::judge::{Answer, JudgedSet};
use crate::phrases;
use crate::recording::Recording;

pub(super) fn figures(recording: &Recording, answer: &Answer<'_>) -> Markup {
    if let Some(set) = &answer.set {
        if let Some(index) = lowest(set) {
            return repetition(recording, set, index, answer.analysis.view.yaw_deg);
        }
        if set.exercise.movement.kind == Kind::Hold && set.report.hold_ms.is_some_and(|ms| ms > 0.0)
        {
            return hold(recording, answer, set);
        }
    }
    glimpses(recording)
}

/// Start, turn and end of one repetition.
fn repetition(recording: &Recording, set: &JudgedSet<'_>, index: usize, yaw_deg: f64) -> Markup {
    let reported = &set.report.reps[index];
    let rep = &reported.rep;
    let turn = set.exercise.figure.turn();
    let moments = [("Start", rep.start, 0.0), ("Turn", rep.turn, turn), ("End", rep.end, 1.0)];
    let mirror = rep.side == Some(Side::Right) && set.exercise.figure.alternates;
    let score = reported.technique.as_ref().map(|technique| technique.total);
    let lowest = if set.report.reps.len() > 1 { ", the lowest score of the set" } else { "" };
    html! {
        section.card {
            h2 { "Rep " (index + 1) (lowest) }
            p.lead { (rep_lead(set, reported)) }
            (compare(recording, set, &moments, mirror, yaw_deg, &|at| angle_words(rep, at)))
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

/// The first joint's angle at a share of the repetition.
fn angle_words(rep: &Rep, at: f64) -> String {
    let Some(curve) = rep.curves.iter().find(|curve| curve.signal.is_angle()) else {
        return String::new();
    };
    let side = if rep.trust[1] > rep.trust[0] { 1 } else { 0 };
    let Some(values) = curve.sides[side].as_ref().or(curve.sides[1 - side].as_ref()) else {
        return String::new();
    };
    format!(
        "{} {:.0}°",
        phrases::signal(curve.signal).to_lowercase(),
        values[step(at, values.len())]
    )
}

fn reference_words(curves: &[Curve], at: f64) -> String {
    let Some(curve) = curves.iter().find(|curve| curve.signal.is_angle()) else {
        return String::new();
    };
    let Some(values) = curve.sides[0].as_ref().or(curve.sides[1].as_ref()) else {
        return String::new();
    };
    format!(
        "{} {:.0}°",
        phrases::signal(curve.signal).to_lowercase(),
        values[step(at, values.len())]
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the curve's last index"
)]
fn step(at: f64, n: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a curve has 48 values")]
    let last = n.min(N_CURVE).saturating_sub(1) as f64;
    (at.clamp(0.0, 1.0) * last).round() as usize
}

/// Two rows of figures of one scale: the person, and the reference.
fn compare(
    recording: &Recording,
    set: &JudgedSet<'_>,
    moments: &[(&str, MediaTime, f64)],
    mirror: bool,
    yaw_deg: f64,
    own_words: &dyn Fn(f64) -> String,
) -> Markup {
    let name = &set.exercise.name;
    let rig = Rig::new(&set.exercise.figure, &Physique::default());
    let curves = set.reference().nearest(yaw_deg).map_or(&[][..], |view| &view.curves);
    let (first, last) = (
        moments.first().map_or(MediaTime::ZERO, |m| m.1),
        moments.last().map_or(MediaTime::ZERO, |m| m.1),
    );
    let length_secs = last.secs_since(first).max(1e-6);
    let poses: Vec<Option<&Pose>> =
        moments.iter().map(|&(_, time, _)| nearest(recording, time)).collect();
    let drawn = drawable_in_all(&poses, recording);
    let mut cells = Vec::new();
    for (&(label, time, progress), pose) in moments.iter().zip(&poses) {
        let title = format!("{name}, {label}, as seen");
        let caption = Caption { title: &title, description: "Drawn from the landmarks." };
        let own = pose.map(|pose| figure(pose, &drawn, caption));
        let title = format!("{name}, {label}, reference");
        let caption = Caption { title: &title, description: "Drawn from the exercise's template." };
        let reference =
            still(&rig, Moment { progress, mirror, faults: &[] }, angle_of(yaw_deg), caption);
        let reference = Figure::standing(reference);
        let clock = phrases::clock(wire::report::in_ms(time));
        let own_detail = own_words(time.secs_since(first) / length_secs);
        cells.push(if own_detail.is_empty() {
            (label, own, clock, reference, String::new())
        } else {
            (
                label,
                own,
                format!("{clock} · {own_detail}"),
                reference,
                reference_words(curves, progress),
            )
        });
    }
    let drawn = cells.iter().flat_map(|(_, own, _, reference, _)| own.iter().chain([reference]));
    let largest = largest(drawn);
    html! {
        div.compare {
            @for (label, own, own_detail, reference, reference_detail) in &cells {
                @match own {
                    Some(own) => (cell(own, largest, &format!("You, {}", label.to_lowercase()), own_detail)),
                    None => div.moment.missing { "Not seen at " (label.to_lowercase()) },
                }
                div.reference { (cell(reference, largest, "Reference", reference_detail)) }
            }
        }
    }
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
fn hold(recording: &Recording, answer: &Answer<'_>, set: &JudgedSet<'_>) -> Markup {
    let held = set.engine.hold();
    let (Some(start), Some(end)) = (held.start, held.end) else { return html! {} };
    let worst = set.report.issues.iter().max_by_key(|issue| issue.severity).map(|issue| issue.time);
    let middle = MediaTime { micros: start.micros / 2 + end.micros / 2 };
    let (label, time) = worst.map_or(("Middle", middle), |time| ("Worst", time));
    let mut moments = [("Start", start, 0.0), (label, time, 0.5), ("End", end, 1.0)];
    moments.sort_by_key(|moment| moment.1);
    html! {
        section.card {
            h2 { "Your line" }
            p.lead { "You, and the reference seen from the same side." }
            (compare(recording, set, &moments, false, answer.analysis.view.yaw_deg, &|_| String::new()))
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
            Some((time, figure(pose?, &drawable_in_all(&[pose], recording), caption)))
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
