//! The report after a set: counts, every repetition with its technique, issues in plain words, tips, effort.

use units::{MediaTime, Side};

use crate::effort::{self, Effort};
use crate::engine::Engine;
use crate::math::as_f64;
use crate::rep::Rep;
use crate::spec::{Kind, Severity, Sides};
use crate::technique::{self, Reference, SetFacts, Technique};
use crate::{advice, form, interval};

/// Everything told about one set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetReport {
    /// Repetitions that met the standard.
    pub n_reps: u32,
    /// Cycles that did not.
    pub n_attempts: u32,
    /// Cycles of the left side, where sides work alone.
    pub n_left: Option<u32>,
    /// Cycles of the right side, where sides work alone.
    pub n_right: Option<u32>,
    /// Milliseconds in position, for holds.
    pub hold_ms: Option<f64>,
    /// Times the position broke, for holds.
    pub n_breaks: Option<u32>,
    /// Technique over the set, 0..=100; none when nothing was done.
    pub score: Option<f64>,
    /// Yaw of the trunk, degrees: 0 facing the camera, ±90 side-on, ±180 from behind.
    pub yaw_deg: f64,
    /// Half-width of the yaw's 90 % interval, degrees.
    pub yaw_margin_deg: f64,
    /// Half-width of the 90 % interval of an angle in this view, degrees.
    pub angle_margin_deg: f64,
    /// The cycles in order of time, each with its technique where a reference exists.
    pub reps: Vec<ReportedRep>,
    /// What went wrong, in order of time.
    pub issues: Vec<Issue>,
    /// What to do about it, gravest first, each once.
    pub tips: Vec<String>,
    /// How to place the camera better; empty when the view is good.
    pub camera_advice: Vec<String>,
    /// Speed lost from the fastest to the last repetition, 0..=1.
    pub velocity_loss: Option<f64>,
    /// How hard the set was.
    pub effort: Option<Effort>,
    /// 1 less the variation of duration and range between repetitions, 0..=1.
    pub consistency: Option<f64>,
}

/// A cycle with its technique.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedRep {
    /// The cycle.
    pub rep: Rep,
    /// The criteria it missed, by name.
    pub reasons: Vec<String>,
    /// Its technique.
    pub technique: Option<Technique>,
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its name, such as `hip_sag`.
    pub id: String,
    /// How grave.
    pub severity: Severity,
    /// Index into the reps, where it belongs to one.
    pub rep: Option<usize>,
    /// When.
    pub time: MediaTime,
    /// The side it was seen on, where it was one.
    pub side: Option<Side>,
    /// What was seen, in plain words.
    pub text: String,
    /// What to do about it.
    pub tip: String,
    /// Degrees or percent of torso outside the limit.
    pub excess: f64,
    /// Half-width of the 90 % interval of that.
    pub margin: f64,
    /// Probability that the limit is really passed, 0..=1.
    pub confidence: f64,
}

/// The report on what an engine has seen. Without a reference the technique is left out.
#[must_use]
pub fn report(engine: &Engine, reference: Option<&Reference>) -> SetReport {
    let (spec, view) = (engine.spec(), engine.view());
    let set = set_facts(engine);
    let mut issues = issues(engine, 0);
    let reps: Vec<ReportedRep> = engine
        .reps()
        .iter()
        .enumerate()
        .map(|(index, rep)| ReportedRep {
            reasons: rep.missed.iter().map(|&k| engine.standard().criteria[k].id.clone()).collect(),
            technique: reference.and_then(|reference| {
                let of_rep = issues.iter().filter(|issue| issue.rep == Some(index));
                let view = reference.for_rep(view.yaw_deg(), rep.side)?;
                technique::assess(rep, spec, &view, set, of_rep)
            }),
            rep: rep.clone(),
        })
        .collect();
    issues.sort_by(|a, b| a.time.cmp(&b.time).then_with(|| a.id.cmp(&b.id)));
    let n_counted = reps.iter().filter(|reported| reported.rep.counted).count();
    let per_side = n_per_side(engine);
    // An attempt is shorter, so its speed says nothing about fatigue.
    let full = reps.iter().map(|reported| &reported.rep).filter(|rep| rep.counted);
    let speeds: Vec<f64> = full.map(|rep| rep.mean_concentric_torsos_per_sec).collect();
    let effort = effort::effort(&speeds);
    let hold = (spec.kind == Kind::Hold).then(|| engine.hold());
    let scores: Vec<f64> =
        reps.iter().filter_map(|r| r.technique.as_ref().map(|t| t.total)).collect();
    let score = match hold {
        Some(hold) => (hold.held_ms > 0.0).then(|| technique::hold_score(&issues)),
        None if scores.is_empty() => None,
        None => Some(scores.iter().sum::<f64>() / as_f64(scores.len())),
    };
    let consistency = consistency(engine.reps());
    let mut report = SetReport {
        n_reps: u32::try_from(n_counted).unwrap_or(u32::MAX),
        n_attempts: u32::try_from(reps.len() - n_counted).unwrap_or(u32::MAX),
        n_left: per_side.map(|[left, _]| left),
        n_right: per_side.map(|[_, right]| right),
        hold_ms: hold.map(|hold| hold.held_ms),
        n_breaks: hold.map(|hold| hold.n_breaks),
        score,
        yaw_deg: view.yaw_deg(),
        yaw_margin_deg: view.yaw_margin_deg(),
        angle_margin_deg: set.margin_deg,
        reps,
        issues,
        tips: Vec::new(),
        camera_advice: advice::camera(view, spec),
        velocity_loss: effort.map(|(loss, _)| loss),
        effort: effort.map(|(_, effort)| effort),
        consistency,
    };
    report.tips = advice::tips(&report, spec, engine.standard());
    report
}

/// The technique of the cycle completed last, judged with what is known by then: for a live display.
#[must_use]
pub fn technique_of(engine: &Engine, index: usize, reference: &Reference) -> Option<Technique> {
    let rep = engine.reps().get(index)?;
    let view = reference.for_rep(engine.view().yaw_deg(), rep.side)?;
    let issues = issues(engine, index);
    technique::assess(rep, engine.spec(), &view, set_facts(engine), issues.iter())
}

/// Cycles of the left and of the right side, where sides work alone.
#[must_use]
pub fn n_per_side(engine: &Engine) -> Option<[u32; 2]> {
    let reps = engine.reps();
    let one_sided = match engine.spec().sides {
        Sides::Together => false,
        Sides::Alternating | Sides::Labelled => true,
        Sides::Independent => reps.iter().any(|rep| rep.side.is_some()),
    };
    let n_on = |side: Side| {
        let n = reps.iter().filter(|rep| rep.side.is_none_or(|own| own == side)).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    one_sided.then(|| Side::BOTH.map(n_on))
}

fn set_facts(engine: &Engine) -> SetFacts {
    SetFacts {
        median_secs: median(engine.reps().iter().map(Rep::secs).collect()),
        margin_deg: interval::margin(engine.view(), engine.spec().plane, 1.0, 0.0, 0.0),
    }
}

/// What went wrong in the repetitions from index `first` on (or in a hold): findings that belong to a kept repetition,
/// and the criteria that it missed; each name once a repetition.
fn issues(engine: &Engine, first: usize) -> Vec<Issue> {
    let (spec, reps) = (engine.spec(), engine.reps());
    let mut issues: Vec<Issue> = Vec::new();
    for finding in engine.findings() {
        let rep = match spec.kind {
            Kind::Hold => None,
            // What is seen while nothing is under way (getting down to the floor) is not the repetition's. The number
            // given live may be off by one where a cycle was dropped, so time decides.
            Kind::Reps => {
                let during = |rep: &Rep| rep.start <= finding.time && finding.time <= rep.end;
                match finding.rep.and_then(|_| reps.iter().skip(first).position(during)) {
                    Some(rep) => Some(first + rep),
                    None => continue,
                }
            }
        };
        let check = &spec.checks[finding.check];
        let mut same = issues.iter_mut().filter(|issue| issue.rep == rep && issue.id == check.id);
        if rep.is_some()
            && let Some(known) = same.next()
        {
            if finding.excess > known.excess {
                (known.excess, known.margin) = (finding.excess, finding.margin);
            }
            known.confidence = known.confidence.max(finding.confidence);
            continue;
        }
        issues.push(Issue {
            id: check.id.clone(),
            severity: finding.severity,
            rep,
            time: finding.time,
            side: None,
            text: check.text.clone(),
            tip: check.tip.clone(),
            excess: finding.excess,
            margin: finding.margin,
            confidence: finding.confidence,
        });
    }
    for (index, rep) in reps.iter().enumerate().skip(first) {
        for measured in
            rep.measured.iter().filter(|measured| rep.missed.contains(&measured.criterion))
        {
            let criterion = &engine.standard().criteria[measured.criterion];
            if issues.iter().any(|issue| issue.rep == Some(index) && issue.id == criterion.id) {
                continue;
            }
            issues.push(Issue {
                id: criterion.id.clone(),
                severity: criterion.severity,
                rep: Some(index),
                time: rep.turn,
                side: rep.side,
                text: criterion.text.clone(),
                tip: criterion.tip.clone(),
                excess: measured.excess,
                margin: measured.margin,
                confidence: form::confidence(measured.excess, measured.margin),
            });
        }
    }
    issues
}

/// 1 less the mean coefficient of variation of duration and range; none under two repetitions.
fn consistency(reps: &[Rep]) -> Option<f64> {
    if reps.len() < 2 {
        return None;
    }
    let variation = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / as_f64(values.len());
        let variance =
            values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / as_f64(values.len());
        if mean > 0.0 { variance.sqrt() / mean } else { 1.0 }
    };
    let durations: Vec<f64> = reps.iter().map(Rep::secs).collect();
    let ranges: Vec<f64> = reps.iter().map(|rep| rep.excursion).collect();
    Some((1.0 - 0.5 * (variation(&durations) + variation(&ranges))).clamp(0.0, 1.0))
}

/// The middle value; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
