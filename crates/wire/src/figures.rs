//! Drawn figures: an exercise as it should look, and the repetition worth looking at beside its reference.
//!
//! Pictures are made from landmarks and templates only; no image of a person is ever part of them.

mod exercise;

use body::draw::{Angle, Caption, Joints, Scale, from_keypoints, still};
use body::{Moment, Physique, Rig};
use catalog::Exercise;
use coach::judged::JudgedSet;
use motion::pose::{N_JOINTS, Pose};
use motion::rep::Rep;
use motion::report::ReportedRep;
use serde::Serialize;
use units::{ImageSize, MediaTime, Side};

use crate::curves::{self, JointCurve};
use crate::report::{in_ms, rounded};

pub use exercise::{Drawing, Picture, exercise_figure};

/// Pictures of a replay: enough to see the movement, few enough to send.
const N_FRAMES: u16 = 13;
/// A joint below this confidence is not drawn, and one outside of the picture only above the other.
const DRAWN: f64 = 0.15;
const DRAWN_OUTSIDE: f64 = 0.6;
/// A pose farther from a frame's time than this is another moment, seconds.
const NEAR_SECS: f64 = 0.5;

/// One repetition as moving figures: the person, and the reference seen from the same side at the same pace.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replay {
    /// Number of the repetition, from 1.
    pub rep: u32,
    /// Its technique, 0..=100.
    pub score: Option<f64>,
    /// Equal steps of time from its start to its end.
    pub frames: Vec<ReplayFrame>,
    /// Its joints, beside the reference's.
    pub curves: Vec<JointCurve>,
}

/// One step of a replay.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplayFrame {
    /// From the repetition's start.
    pub t_ms: i64,
    /// The person as SVG; null where nobody was seen then.
    pub person: Option<String>,
    /// The reference as SVG.
    pub reference: String,
}

/// The repetition with the lowest technique of a set, drawn. None for holds and for sets without repetitions.
#[must_use]
pub fn replay(set: &JudgedSet<'_>, poses: &[Pose], image: ImageSize) -> Option<Replay> {
    let (index, worst) = worst(&set.report.reps)?;
    let language = set.exercise.movement.language;
    let rep = &worst.rep;
    let rig = Rig::new(&set.exercise.figure, &Physique::default());
    let angle = Angle { yaw_deg: -set.report.yaw_deg, pitch_deg: 5.0 };
    let of_rep = within(poses, rep);
    let shown = shown_in_most(of_rep, image);
    let scale = Scale::of(&of_rep.iter().map(|pose| joints(pose, &shown)).collect::<Vec<Joints>>());
    let frames = (0..N_FRAMES).map(|step| {
        let share = f64::from(step) / f64::from(N_FRAMES - 1);
        let time = MediaTime::from_ms(rep.start.as_ms() + 1000.0 * share * rep.secs());
        let repetition = language.pick("repetition", "Wiederholung");
        let words = format!("{}, {repetition} {}", set.exercise.name, index + 1);
        let description = language
            .pick("Drawn from the landmarks.", "Gezeichnet aus den erkannten Körperpunkten.");
        let caption = Caption { title: &words, description };
        let person =
            nearest(of_rep, time).map(|pose| from_keypoints(&joints(pose, &shown), scale, caption));
        let should = language.pick("as it should look", "so soll es aussehen");
        let words = format!("{}, {should}", set.exercise.name);
        let description = language
            .pick("Drawn from the exercise's template.", "Gezeichnet aus der Vorlage der Übung.");
        let caption = Caption { title: &words, description };
        // The template leads with the left.
        let progress = template_progress(set.exercise, rep, time);
        let moment = Moment { progress, mirror: rep.side == Some(Side::Right), faults: &[] };
        let t_ms = in_ms(time) - in_ms(rep.start);
        ReplayFrame { t_ms, person, reference: still(&rig, moment, angle, caption) }
    });
    Some(Replay {
        rep: u32::try_from(index + 1).ok()?,
        score: worst.technique.as_ref().map(|technique| rounded(technique.total, 1)),
        frames: frames.collect(),
        curves: curves::of(set, rep),
    })
}

/// The repetition to look at: the lowest technique, or an attempt where technique is not known.
fn worst(reps: &[ReportedRep]) -> Option<(usize, &ReportedRep)> {
    let grade = |rep: &ReportedRep| {
        let unknown = if rep.rep.counted { 100.0 } else { 0.0 };
        rep.technique.as_ref().map_or(unknown, |technique| technique.total)
    };
    reps.iter().enumerate().min_by(|a, b| grade(a.1).total_cmp(&grade(b.1)))
}

/// Where the template is when the person is at `time` of a repetition: as far on the way out, or on the way back.
fn template_progress(exercise: &Exercise, rep: &Rep, time: MediaTime) -> f64 {
    let share = |from: MediaTime, to: MediaTime| {
        (time.secs_since(from) / to.secs_since(from).max(1e-6)).clamp(0.0, 1.0)
    };
    let turn = exercise.figure.turn();
    let (out, back) = if exercise.figure_starts_at_turn() {
        ((turn, 1.0), (0.0, turn))
    } else {
        ((0.0, turn), (turn, 1.0))
    };
    let ((from, to), share) = if time <= rep.turn {
        (out, share(rep.start, rep.turn))
    } else {
        (back, share(rep.turn, rep.end))
    };
    from + share * (to - from)
}

fn within<'a>(poses: &'a [Pose], rep: &Rep) -> &'a [Pose] {
    let first = poses.partition_point(|pose| pose.time < rep.start);
    let end = poses.partition_point(|pose| pose.time <= rep.end);
    poses.get(first..end).unwrap_or(&[])
}

fn nearest(poses: &[Pose], time: MediaTime) -> Option<&Pose> {
    let away = |pose: &&Pose| pose.time.micros.abs_diff(time.micros);
    let seen = poses.iter().filter(|pose| pose.shows_person());
    seen.min_by_key(away).filter(|pose| pose.time.secs_since(time).abs() < NEAR_SECS)
}

/// Joints that can be drawn in most of the poses, so that legs do not come and go from picture to picture.
fn shown_in_most(poses: &[Pose], image: ImageSize) -> [bool; N_JOINTS] {
    let (width, height) = (f64::from(image.width), f64::from(image.height));
    std::array::from_fn(|joint| {
        let drawable = poses.iter().filter(|pose| {
            let point = pose.keypoints[joint];
            let inside = (0.0..=width).contains(&point.x) && (0.0..=height).contains(&point.y);
            point.confidence >= if inside { DRAWN } else { DRAWN_OUTSIDE }
        });
        2 * drawable.count() > poses.len()
    })
}

fn joints(pose: &Pose, shown: &[bool; N_JOINTS]) -> Joints {
    std::array::from_fn(|joint| {
        let point = pose.keypoints[joint];
        shown[joint].then_some((point.x, point.y))
    })
}
