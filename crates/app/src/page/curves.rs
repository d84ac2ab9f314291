//! Each joint's angle over a repetition: every repetition, the one worth looking at, and the reference.

use maud::{Markup, html};
use motion::rep::Rep;
use motion::technique::{Curve, JointDeviation, Part};
use units::Language;

use super::lowest;
use super::plot::{Scale, area, extent, line, ticks};
use crate::judge::JudgedSet;
use crate::phrases;

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 22.0;

pub(super) fn curves(language: Language, set: &JudgedSet<'_>) -> Markup {
    let Some(shown) = lowest(set) else { return html! {} };
    let reps = &set.report.reps;
    let margin = set.report.angle_margin_deg;
    let n_curves = reps[shown].rep.curves.len();
    let charts: Vec<Markup> =
        (0..n_curves).filter_map(|index| chart(language, set, shown, index)).collect();
    let referenced = set.reference().nearest(set.report.yaw_deg).is_some();
    html! {
        @if !charts.is_empty() {
            section.card {
                h2 { (language.pick("Joint angles against the reference", "Gelenkwinkel neben dem Vorbild")) }
                p.legend {
                    span { i.key.line.bold {} (language.pick("rep", "Wiederholung")) " " (shown + 1) }
                    span { i.key.interval {} (language.pick(format!("its 90 % interval, ± {margin:.0}°"), format!("ihr 90-%-Intervall, ± {margin:.0}°"))) }
                    @if reps.len() > 1 { span { i.key.line.thin {} (language.pick("the other repetitions", "die anderen Wiederholungen")) } }
                    @if referenced { span { i.key.line.dashed {} (language.pick("reference", "Vorbild")) } }
                }
                div.charts { @for chart in &charts { (chart) } }
            }
        }
    }
}

/// The better seen side of a curve.
pub(super) fn best(curve: &Curve, trust: [f64; 2]) -> Option<&Vec<f64>> {
    let side = usize::from(trust[1] > trust[0]);
    curve.sides[side].as_ref().or(curve.sides[1 - side].as_ref())
}

/// One curve with where in it the movement turns. Curves are drawn with their turns above each other, so that a pause
/// or a slow way down does not look like a difference in form.
struct Drawn<'a> {
    values: &'a [f64],
    turn: f64,
}

impl<'a> Drawn<'a> {
    fn new(curves: &'a [Curve], index: usize, trust: [f64; 2]) -> Option<Self> {
        let values = best(curves.get(index)?, trust)?;
        Some(Self { values, turn: turn(curves, trust) })
    }

    /// Where the k-th value goes.
    #[expect(clippy::cast_precision_loss, reason = "a curve has 48 values")]
    fn x(&self, k: usize) -> f64 {
        let at = k as f64 / (self.values.len().max(2) - 1) as f64;
        let share = if at <= self.turn {
            0.5 * at / self.turn
        } else {
            0.5 + 0.5 * (at - self.turn) / (1.0 - self.turn)
        };
        LEFT + share * (WIDTH - RIGHT - LEFT)
    }
}

/// Where in a repetition the joint that moves most is farthest out, 0.1..=0.9: the middle of the pause there.
#[expect(clippy::cast_precision_loss, reason = "a curve has 48 values")]
pub(super) fn turn(curves: &[Curve], trust: [f64; 2]) -> f64 {
    let seen = curves.iter().filter_map(|curve| best(curve, trust));
    let range = |values: &&Vec<f64>| {
        extent(values.iter().copied()).map_or(0.0, |(least, most)| most - least)
    };
    let Some(widest) = seen.max_by(|a, b| range(a).total_cmp(&range(b))) else { return 0.5 };
    let start = widest.first().copied().unwrap_or(0.0);
    let out = |value: &f64| (value - start).abs();
    let farthest = widest.iter().map(out).fold(0.0, f64::max);
    let near: Vec<usize> =
        (0..widest.len()).filter(|&k| out(&widest[k]) >= 0.97 * farthest).collect();
    let (Some(&first), Some(&last)) = (near.first(), near.last()) else { return 0.5 };
    (0.5 * (first + last) as f64 / (widest.len().max(2) - 1) as f64).clamp(0.1, 0.9)
}

fn chart(language: Language, set: &JudgedSet<'_>, shown: usize, index: usize) -> Option<Markup> {
    let reps: Vec<&Rep> = set.report.reps.iter().map(|reported| &reported.rep).collect();
    let (rep, margin) = (reps[shown], set.report.angle_margin_deg);
    let joints =
        set.report.reps[shown].technique.as_ref().map_or(&[][..], |technique| &technique.joints);
    let bold = Drawn::new(&rep.curves, index, rep.trust)?;
    let signal = rep.curves[index].signal;
    let others = reps.iter().enumerate().filter(|(k, _)| *k != shown);
    let thin: Vec<Drawn<'_>> =
        others.filter_map(|(_, rep)| Drawn::new(&rep.curves, index, rep.trust)).collect();
    let view = set.reference().for_rep(set.report.yaw_deg, rep.side);
    let expected = view.as_ref().and_then(|view| Drawn::new(&view.curves, index, rep.trust));
    let all = thin.iter().chain(&expected).flat_map(|drawn| drawn.values).copied();
    let interval = bold.values.iter().flat_map(|value| [value - margin, value + margin]);
    let (least, most) = extent(all.chain(interval))?;
    let room = (0.05 * (most - least)).max(2.0);
    let y = Scale { from: least - room, to: most + room, start: HEIGHT - BOTTOM, end: TOP };
    let points = |drawn: &Drawn<'_>, off: f64| -> Vec<(f64, f64)> {
        let place =
            |(k, value): (usize, &f64)| (drawn.x(k), y.at(value + off).clamp(TOP, HEIGHT - BOTTOM));
        drawn.values.iter().enumerate().map(place).collect()
    };
    let path = |drawn: &Drawn<'_>| line(points(drawn, 0.0).into_iter().map(Some));
    let name = phrases::signal(language, signal);
    let label = language.pick(
        format!("{name} over the repetition, measured and reference"),
        format!("{name} über die Wiederholung, gemessen und im Vorbild"),
    );
    let unit = if signal.is_angle() { "°" } else { "%" };
    let deviation = joints.iter().find(|joint| joint.signal == signal);
    let axis_y = format!("{}", HEIGHT - 6.0);
    Some(html! {
        figure.chart {
            figcaption {
                b { (name) }
                @if let Some(joint) = deviation { span { (deviation_words(language, joint, unit)) } }
            }
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
                @for tick in ticks(y.from, y.to) {
                    line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(format!("{:.1}", y.at(tick))) y2=(format!("{:.1}", y.at(tick))) {}
                    text.axis x=(LEFT - 5.0) y=(format!("{:.1}", y.at(tick) + 3.5)) text-anchor="end" { (phrases::signed(tick, unit)) }
                }
                path.interval d=(area(&points(&bold, margin), &points(&bold, -margin))) {}
                @for values in &thin { path.thin d=(path(values)) {} }
                @if let Some(expected) = &expected { path.dashed d=(path(expected)) {} }
                path.bold d=(path(&bold)) {}
                text.axis x=(LEFT) y=(axis_y) { (language.pick("start", "Anfang")) }
                text.axis x=(f64::midpoint(LEFT, WIDTH - RIGHT)) y=(axis_y) text-anchor="middle" { (language.pick("turn", "Mitte")) }
                text.axis x=(WIDTH - RIGHT) y=(axis_y) text-anchor="end" { (language.pick("end", "Ende")) }
            }
        }
    })
}

fn deviation_words(language: Language, joint: &JointDeviation, unit: &str) -> String {
    let place = match Part::of(joint.worst_at) {
        Part::Start => language.pick("at the start", "am Anfang"),
        Part::Turn => language.pick("at the turning point", "am Umkehrpunkt"),
        Part::End => language.pick("towards the end", "gegen Ende"),
    };
    let (mean, most) = (joint.mean_deg, joint.worst_deg.abs());
    language.pick(
        format!("{mean:.0}{unit} off on average, at most {most:.0}{unit} {place}"),
        format!("im Mittel {mean:.0}{unit} daneben, höchstens {most:.0}{unit} {place}"),
    )
}
