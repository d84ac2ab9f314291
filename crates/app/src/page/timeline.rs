//! The whole set on one line of time: the strip of repetitions above the angle they were counted from.

use maud::{Markup, html};
use motion::one_euro::{OneEuroConfig, OneEuroFilter};
use motion::signal::Signal;
use motion::spec::Sides;
use motion::view::View;
use units::{Language, Side};
use wire::report::{Analysis, Rep, RepSide};

use super::plot::{Scale, line, percent, ticks};
use super::{grade_class, severity_class};
use crate::judge::{Answer, JudgedSet};
use crate::phrases;
use crate::recording::Recording;

/// Points of a line over the whole set; more cannot be seen.
const N_POINTS: usize = 700;
/// Height of the plot in its own units; the browser stretches it.
const HEIGHT: f64 = 100.0;
const WIDTH: f64 = 1000.0;

pub(super) fn timeline(recording: &Recording, answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    let Some(set) = &answer.set else { return html! {} };
    let Some(first_ms) = recording.poses.first().map(|pose| pose.time.as_ms()) else {
        return html! {};
    };
    let duration_ms = u32::try_from(recording.duration_ms()).unwrap_or(u32::MAX);
    let span = (first_ms, first_ms + f64::from(duration_ms));
    if analysis.rep_list.is_empty() && analysis.hold_ms.is_none_or(|ms| ms == 0) || span.1 <= span.0
    {
        return html! {};
    }
    let lanes: &[Option<RepSide>] = if analysis.rep_list.iter().any(|rep| rep.side != RepSide::Both)
    {
        &[Some(RepSide::Left), Some(RepSide::Right)]
    } else {
        &[None]
    };
    let traces = traces(language, recording, set);
    let heading = if analysis.hold_ms.is_some() {
        language.pick("The hold", "Dein Halten")
    } else {
        language.pick("The set", "Dein Satz")
    };
    let clock = |at_ms: f64| phrases::clock(language, ms(at_ms));
    html! {
        section.card.timeline {
            h2 { (heading) }
            (legend(language, analysis, &traces))
            @for &side in lanes {
                @if let Some(side) = side { h3.lane-name { (phrases::side(language, side)) } }
                div.lane role="img" aria-label=(lane_words(language, analysis, side)) {
                    @for rep in analysis.rep_list.iter().filter(|rep| belongs(rep, side)) { (block(rep, span, analysis)) }
                    @if analysis.hold_ms.is_some() { (hold_block(language, set, span)) }
                }
            }
            (plot(language, &traces, analysis, span))
            div.clock { span { (clock(span.0)) } span { (clock((span.0 + span.1) / 2.0)) } span { (clock(span.1)) } }
        }
    }
}

fn belongs(rep: &Rep, side: Option<RepSide>) -> bool {
    side.is_none_or(|side| rep.side == side || rep.side == RepSide::Both)
}

fn lane_words(language: Language, analysis: &Analysis, side: Option<RepSide>) -> String {
    let words: Vec<String> = analysis
        .rep_list
        .iter()
        .filter(|rep| belongs(rep, side))
        .map(|rep| {
            let kind = if rep.counted {
                language.pick("rep", "Wiederholung")
            } else {
                language.pick("attempt", "Versuch")
            };
            let score = rep.score.map_or(String::new(), |score| {
                language.pick(format!(", score {score:.0}"), format!(", {score:.0} Punkte"))
            });
            let (number, at) = (rep.number, phrases::clock(language, rep.start_ms));
            format!("{kind} {number} {} {at}{score}", language.pick("at", "bei"))
        })
        .collect();
    words.join("; ")
}

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn ms(ms: f64) -> i64 {
    ms.round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a recording")]
fn share(rep_ms: i64, span: (f64, f64)) -> f64 {
    ((rep_ms as f64 - span.0) / (span.1 - span.0)).clamp(0.0, 1.0)
}

fn block(rep: &Rep, span: (f64, f64), analysis: &Analysis) -> Markup {
    let (start, end) = (share(rep.start_ms, span), share(rep.end_ms, span));
    let place = format!("left:{};width:{}", percent(start, 1.0), percent(end - start, 1.0));
    let kind = if rep.counted { "rep" } else { "attempt" };
    let crowded = if analysis.rep_list.len() > 14 { "crowded" } else { "roomy" };
    html! {
        div.block.(kind).(crowded).(grade_class(rep.score)) style=(place) {
            @if let Some(score) = rep.score { b { (format!("{score:.0}")) } }
            span { (rep.number) }
        }
    }
}

fn hold_block(language: Language, set: &JudgedSet<'_>, span: (f64, f64)) -> Markup {
    let held = set.engine.hold();
    let Some((start, end)) = held.start.zip(held.end) else { return html! {} };
    let (start, end) = (share(ms(start.as_ms()), span), share(ms(end.as_ms()), span));
    let place = format!("left:{};width:{}", percent(start, 1.0), percent(end - start, 1.0));
    html! {
        div.block.rep.roomy.(grade_class(set.report.score)) style=(place) {
            b { (phrases::duration(language, u64::try_from(ms(held.held_ms)).unwrap_or(0))) }
        }
    }
}

fn legend(language: Language, analysis: &Analysis, traces: &[Trace]) -> Markup {
    let attempts = analysis.attempts > 0;
    html! {
        p.legend {
            @if !analysis.rep_list.is_empty() {
                @for (class, words) in grades(language, analysis) { span { i.key.rep.(class) {} (words) } }
                @if attempts { span { i.key.attempt {} (language.pick("attempt: below the standard", "Versuch: unter dem Maßstab")) } }
            }
            @for trace in traces { span { i.key.line.(trace.class) {} (trace.name) } }
            @if !analysis.issues.is_empty() { span { i.key.mark-of-issue {} (language.pick("issue", "Fehler")) } }
        }
    }
}

/// The grades there are, so that colors are explained in words.
fn grades(language: Language, analysis: &Analysis) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("good", language.pick("score 80 and up", "80 Punkte und mehr")),
        ("fair", language.pick("50 to 79", "50 bis 79")),
        ("poor", language.pick("below 50", "unter 50")),
        ("none", language.pick("rep without a score", "Wiederholung ohne Punkte")),
    ];
    let there = |class: &str| {
        analysis.rep_list.iter().any(|rep| rep.counted && grade_class(rep.score) == class)
    };
    all.into_iter().filter(|(class, _)| there(class)).collect()
}

/// An angle over the whole recording.
struct Trace {
    name: String,
    class: &'static str,
    signal: Signal,
    /// Milliseconds and value; none where it was not seen.
    points: Vec<(f64, Option<f64>)>,
}

/// The angle that repetitions are counted from; for a hold the line that has to be kept.
fn traces(language: Language, recording: &Recording, set: &JudgedSet<'_>) -> Vec<Trace> {
    let movement = &set.exercise.movement;
    let primary = movement.primary.first().map(|primary| primary.signal);
    let Some(signal) = primary
        .or_else(|| set.engine.standard().criteria.first().map(|criterion| criterion.signal))
    else {
        return Vec::new();
    };
    let signal = signal.in_image();
    let trust = set.engine.trust();
    let better = if trust[1] > trust[0] { Side::Right } else { Side::Left };
    let name = phrases::signal(language, signal);
    let both = signal.per_side() && movement.sides != Sides::Together;
    let sides: Vec<Side> = if both { Side::BOTH.to_vec() } else { vec![better] };
    let trace = |side: Side| Trace {
        name: match side {
            Side::Left if both => format!("{name}, {}", language.pick("left", "links")),
            Side::Right if both => format!("{name}, {}", language.pick("right", "rechts")),
            Side::Left | Side::Right => name.to_owned(),
        },
        class: if both && side == Side::Right { "second" } else { "first" },
        signal,
        points: measured(recording, signal, side),
    };
    sides.into_iter().map(trace).collect()
}

fn measured(recording: &Recording, signal: Signal, side: Side) -> Vec<(f64, Option<f64>)> {
    let mut view = View::default();
    let mut filter = OneEuroFilter::new(OneEuroConfig::ANGLE_DEG);
    let mut last_secs = None;
    let stride = recording.poses.len().div_ceil(N_POINTS).max(1);
    let mut points = Vec::new();
    for (index, pose) in recording.poses.iter().enumerate() {
        view.see(pose);
        let measure = signal.measure(pose, side, &view);
        let secs = pose.time.as_secs();
        let seen =
            measure.confidence >= motion::channel::MIN_CONFIDENCE && measure.value.is_finite();
        let value = seen.then(|| {
            let dt_secs = last_secs.map_or(0.0, |last: f64| secs - last);
            if !(0.0..=0.5).contains(&dt_secs) {
                filter.reset();
            }
            last_secs = Some(secs);
            filter.filter(measure.value, dt_secs.clamp(0.0, 0.5))
        });
        if index % stride == 0 {
            points.push((pose.time.as_ms(), value));
        }
    }
    points
}

fn plot(language: Language, traces: &[Trace], analysis: &Analysis, span: (f64, f64)) -> Markup {
    let mut values: Vec<f64> =
        traces.iter().flat_map(|trace| &trace.points).filter_map(|point| point.1).collect();
    values.sort_by(f64::total_cmp);
    // One slip of the network must not flatten everything else.
    let slips = values.len() / 100;
    let Some((&least, &most)) =
        values.get(slips).zip(values.get(values.len().saturating_sub(1 + slips)))
    else {
        return html! {};
    };
    let room = (0.06 * (most - least)).max(2.0);
    let y = Scale { from: least - room, to: most + room, start: HEIGHT, end: 0.0 };
    let x = Scale { from: span.0, to: span.1, start: 0.0, end: WIDTH };
    let unit = traces.first().map_or("", |trace| phrases::unit(language, trace.signal));
    html! {
        div.plot {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" aria-hidden="true" {
                @for rep in &analysis.rep_list {
                    rect.band x=(format!("{:.1}", WIDTH * share(rep.start_ms, span))) y="0" height=(HEIGHT)
                        width=(format!("{:.1}", WIDTH * (share(rep.end_ms, span) - share(rep.start_ms, span)))) {}
                }
                @for trace in traces {
                    path.trace.(trace.class) d=(line(trace.points.iter().map(|&(ms, value)| value.map(|value| (x.at(ms), y.at(value)))))) {}
                }
            }
            @for tick in ticks(y.from, y.to) {
                span.tick style=(format!("top:{}", percent(y.at(tick), HEIGHT))) { (phrases::signed(tick, unit)) }
            }
            @for issue in &analysis.issues {
                span.flag.(severity_class(issue.severity)) title=(format!("{}: {}", phrases::clock(language, issue.t_ms), issue.text))
                    style=(format!("left:{}", percent(share(issue.t_ms, span), 1.0))) {}
            }
        }
    }
}
