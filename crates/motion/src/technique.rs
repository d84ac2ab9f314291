//! Technique of one repetition against a reference: shape, depth, symmetry, tempo and smoothness.

use crate::dtw;
use crate::math::{self, as_f64};
use crate::rep::Rep;
use crate::report::Issue;
use crate::signal::Signal;
use crate::spec::{MovementSpec, Severity};
use units::Side;

/// Samples of a curve over one repetition.
pub const N_CURVE: usize = 48;

/// One signal over one repetition, resampled to equal steps of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Which signal.
    pub signal: Signal,
    /// Left then right; the same twice for a signal that exists once; none where it was not seen. [`N_CURVE`] values.
    pub sides: [Option<Vec<f64>>; 2],
}

/// How an exercise looks when done well, seen from several directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Where it comes from, for the report.
    pub source: String,
    /// The curves by yaw of the trunk, degrees −180..=180.
    pub views: Vec<ReferenceView>,
}

/// A reference seen from one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceView {
    /// Yaw of the trunk, degrees; none where the curves hold for every direction.
    pub yaw_deg: Option<f64>,
    /// One curve per signal, in the order of the exercise's `technique` list.
    pub curves: Vec<Curve>,
}

impl ReferenceView {
    /// The same movement done with the other side, for a repetition that leads with the right.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let swap = |curve: &Curve| Curve {
            signal: curve.signal,
            sides: [curve.sides[1].clone(), curve.sides[0].clone()],
        };
        Self {
            yaw_deg: self.yaw_deg.map(|yaw| -yaw),
            curves: self.curves.iter().map(swap).collect(),
        }
    }
}

impl Reference {
    /// The view for a repetition seen from `yaw_deg`. One that leads with the right is the mirror image of the
    /// template, which leads with the left, seen from the other side.
    #[must_use]
    pub fn for_rep(&self, yaw_deg: f64, side: Option<Side>) -> Option<ReferenceView> {
        match side {
            Some(Side::Right) => self.nearest(-yaw_deg).map(ReferenceView::mirrored),
            Some(Side::Left) | None => self.nearest(yaw_deg).cloned(),
        }
    }

    /// The view nearest to a yaw.
    #[must_use]
    pub fn nearest(&self, yaw_deg: f64) -> Option<&ReferenceView> {
        let off = |view: &ReferenceView| {
            view.yaw_deg.map_or(0.0, |yaw| {
                let turn = (yaw - yaw_deg).abs() % 360.0;
                turn.min(360.0 - turn)
            })
        };
        self.views.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
    }
}

/// The parts of a technique score, each 0..=100, and what they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Technique {
    /// All parts together.
    pub total: f64,
    /// How much the joints' curves look like the reference's.
    pub shape: f64,
    /// How much of the standard's range was used.
    pub depth: f64,
    /// How alike left and right moved; none where one side is not seen.
    pub symmetry: Option<f64>,
    /// How close the tempo is to the prescribed one, or to the rest of the set.
    pub tempo: f64,
    /// How smooth the concentric was.
    pub smoothness: f64,
    /// Per joint: how far from the reference, degrees, and where in the repetition (0..=1) the most.
    pub joints: Vec<JointDeviation>,
}

/// One joint's distance from the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JointDeviation {
    /// Which signal.
    pub signal: Signal,
    /// Mean distance along the warped path, degrees.
    pub mean_deg: f64,
    /// Largest distance along the path, degrees; positive when the measured value is larger.
    pub worst_deg: f64,
    /// Where in the reference's repetition the largest is, 0..=1.
    pub worst_at: f64,
}

/// Where in a repetition something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// At its start.
    Start,
    /// Around its turning point.
    Turn,
    /// Towards its end.
    End,
}

impl Part {
    /// The part in which a moment lies, 0..=1 of the repetition.
    #[must_use]
    pub fn of(at: f64) -> Self {
        match at {
            at if at < 0.35 => Self::Start,
            at if at > 0.65 => Self::End,
            _ => Self::Turn,
        }
    }
}

/// Distance that costs nothing: the camera's and the body's own differences, degrees.
const FREE_DEG: f64 = 9.0;
/// Distance at which the shape score has fallen to 1/e, degrees.
const SCALE_DEG: f64 = 22.0;
/// Exponent of the fall: flat near perfect, steep later.
const POWER: f64 = 1.3;

/// Compares a repetition's curves with a reference view; none where no curve can be compared. `weights` are the
/// exercise's, in the order of the curves; `trust` tells how much each side is seen; `margin_deg` is an angle's 90 %
/// half-width in this view, within which a distance costs nothing.
#[must_use]
pub fn shape(
    curves: &[Curve],
    view: &ReferenceView,
    weights: &[f64],
    trust: [f64; 2],
    margin_deg: f64,
) -> Option<(f64, Vec<JointDeviation>)> {
    let free_deg = margin_deg.max(FREE_DEG);
    let (mut sum, mut total) = (0.0, 0.0);
    let mut joints = Vec::new();
    for ((curve, reference), &weight) in curves.iter().zip(&view.curves).zip(weights) {
        let mut best: Option<(f64, dtw::Alignment)> = None;
        for (side, trust) in trust.into_iter().enumerate() {
            let (Some(measured), Some(expected)) = (&curve.sides[side], &reference.sides[side])
            else {
                continue;
            };
            // The better seen side speaks for the pair.
            if best.as_ref().is_none_or(|(seen, _)| trust > *seen) {
                best = Some((trust, dtw::align(measured, expected, dtw::BAND)));
            }
        }
        let Some((_, alignment)) = best else { continue };
        let free: f64 =
            alignment.distances.iter().map(|d| (d.abs() - free_deg).max(0.0)).sum::<f64>()
                / alignment.n_steps();
        sum += weight * free;
        total += weight;
        joints.push(alignment.deviation(curve.signal));
    }
    (total > 0.0).then(|| (100.0 * falloff(sum / total / SCALE_DEG), joints))
}

/// `exp(−x^p)` for x ≥ 0.
#[must_use]
pub fn falloff(x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { math::exp(-math::pow(x, POWER)) }
}

/// How much of a repetition's score each part makes.
const PARTS: [f64; 5] = [0.35, 0.25, 0.1, 0.15, 0.15];
/// What a gross fault takes off: what is left is at most half.
const GROSS_POINTS: f64 = 52.0;

/// Points an issue takes off. At the edge of doubt its severity decides; the farther it goes past the limit, counted in
/// the measurement's own uncertainty, the more it costs, up to that of a gross fault: the graver in name, the sooner.
fn penalty(issue: &Issue) -> f64 {
    let (points, gross_at) = match issue.severity {
        Severity::Low => (5.0, 2.7),
        Severity::Medium => (18.0, 2.0),
        Severity::High => (30.0, 1.7),
    };
    let beyond = (issue.excess / issue.margin.max(1e-9) - 1.0) / (gross_at - 1.0);
    issue.confidence * points * math::pow(GROSS_POINTS / points, beyond.clamp(0.0, 1.0))
}

/// What a repetition's technique needs to know of its set.
#[derive(Debug, Clone, Copy)]
pub struct SetFacts {
    /// The median duration of the repetitions, seconds.
    pub median_secs: f64,
    /// Half-width of an angle's 90 % interval in this view, degrees.
    pub margin_deg: f64,
}

/// The technique of one repetition: its parts, less what its issues cost; none where no curve can be compared.
#[must_use]
pub fn assess<'a>(
    rep: &Rep,
    spec: &MovementSpec,
    reference: &ReferenceView,
    set: SetFacts,
    issues: impl Iterator<Item = &'a Issue>,
) -> Option<Technique> {
    let weights: Vec<f64> = spec.technique.iter().map(|joint| joint.weight).collect();
    let (shape, joints) = shape(&rep.curves, reference, &weights, rep.trust, set.margin_deg)?;
    let depth = depth(rep);
    let symmetry =
        rep.asymmetry.map(|asymmetry| 100.0 * falloff((asymmetry.abs() - 0.1).max(0.0) / 0.35));
    let tempo = tempo(rep, set.median_secs);
    // −1.5 is a healthy reach (Balasubramanian 2015); a phase with several stops is past −4.
    let smoothness = 100.0 * falloff((-rep.smoothness_sparc - 1.9).max(0.0) / 2.5);
    let parts = [Some(shape), Some(depth), symmetry, Some(tempo), Some(smoothness)];
    let (mut sum, mut total) = (0.0, 0.0);
    for (part, share) in parts.into_iter().zip(PARTS) {
        if let Some(part) = part {
            sum += share * part;
            total += share;
        }
    }
    let cost: f64 = issues.map(penalty).sum();
    let missed = if rep.counted { 100.0 } else { 50.0 };
    let total = (sum / total - cost).clamp(0.0, missed);
    Some(Technique { total, shape, depth, symmetry, tempo, smoothness, joints })
}

/// 100 with every criterion met, falling by how far the worst was missed.
fn depth(rep: &Rep) -> f64 {
    let worst = rep.measured.iter().map(|measured| measured.excess).fold(0.0, f64::max);
    100.0 * falloff(worst / 30.0)
}

/// Far from the set's median duration, or too fast or slow for muscle (0.5 to 10 s; Schoenfeld 2015), costs.
fn tempo(rep: &Rep, median_secs: f64) -> f64 {
    let ratio = if median_secs > 0.0 { rep.secs() / median_secs } else { 1.0 };
    let uneven = (math::log(ratio.max(1e-3)).abs() - 0.25).max(0.0) / 0.7;
    let hasty = (0.9 - rep.secs()).max(0.0) / 0.6;
    let slow = (rep.secs() - 10.0).max(0.0) / 10.0;
    100.0 * falloff(uneven.max(hasty).max(slow))
}

/// The score of a hold: 100 less what its issues cost.
#[must_use]
pub fn hold_score(issues: &[Issue]) -> f64 {
    (100.0 - issues.iter().map(penalty).sum::<f64>()).max(0.0)
}

/// A reference made from recorded repetitions: the mean of their curves, good for the view they were recorded in.
#[must_use]
pub fn record(reps: &[Rep], source: &str) -> Option<Reference> {
    let first = reps.first()?;
    let mut curves = first.curves.clone();
    for (index, curve) in curves.iter_mut().enumerate() {
        for side in 0..2 {
            let seen: Vec<&Vec<f64>> =
                reps.iter().filter_map(|rep| rep.curves.get(index)?.sides[side].as_ref()).collect();
            curve.sides[side] = (!seen.is_empty()).then(|| {
                (0..N_CURVE)
                    .map(|k| seen.iter().map(|curve| curve[k]).sum::<f64>() / as_f64(seen.len()))
                    .collect()
            });
        }
    }
    Some(Reference {
        source: source.to_owned(),
        views: vec![ReferenceView { yaw_deg: None, curves }],
    })
}
