//! Moments of a recording, as drawn figures.

use body::draw::{Caption, Joints, Scale, from_keypoints};
use maud::{Markup, PreEscaped, html};
use motion::pose::{Joint, N_JOINTS, Pose};
use units::MediaTime;

use super::plot::percent;
use crate::recording::Recording;

/// A joint below this confidence is not drawn.
const DRAWN: f64 = 0.15;
/// Tallest picture of a moment.
const MAX_HEIGHT_PX: f64 = 300.0;
/// A joint outside of the picture below this confidence is a guess and not drawn.
const DRAWN_OUTSIDE: f64 = 0.6;

/// The pose nearest to a time; none where nobody was seen around then.
pub(super) fn nearest(recording: &Recording, time: MediaTime) -> Option<&Pose> {
    let away = |pose: &&Pose| (pose.time.micros.saturating_sub(time.micros)).unsigned_abs();
    let with_person = recording
        .poses
        .iter()
        .filter(|pose| drawable(pose, recording).iter().filter(|&&d| d).count() >= 8);
    with_person.min_by_key(away).filter(|pose| pose.time.secs_since(time).abs() < 0.5)
}

/// Joints that can be drawn in every one of some poses, so that legs do not come and go between two pictures.
pub(super) fn drawable_in_all(poses: &[Option<&Pose>], recording: &Recording) -> [bool; N_JOINTS] {
    let mut drawn = [true; N_JOINTS];
    for pose in poses.iter().flatten() {
        for (drawn, drawable) in drawn.iter_mut().zip(drawable(pose, recording)) {
            *drawn &= drawable;
        }
    }
    drawn
}

/// A drawn person.
pub(super) struct Figure {
    pub(super) svg: String,
    /// Hangs, or has its feet out of the picture: where the floor is is not known.
    pub(super) floating: bool,
}

impl Figure {
    /// A figure that stands on the floor.
    pub(super) fn standing(svg: String) -> Self {
        Self { svg, floating: false }
    }
}

/// The one scale for figures of some joints of these poses.
pub(super) fn scale(poses: &[Option<&Pose>], drawn: &[bool; N_JOINTS]) -> Scale {
    let joints: Vec<Joints> = poses.iter().flatten().map(|pose| joints(pose, drawn)).collect();
    Scale::of(&joints)
}

/// A pose as a figure of some of its joints.
pub(super) fn figure(
    pose: &Pose,
    drawn: &[bool; N_JOINTS],
    scale: Scale,
    caption: Caption<'_>,
) -> Figure {
    let floating =
        !Joint::ALL[Joint::LeftAnkle as usize..].iter().any(|&joint| drawn[joint as usize]);
    Figure { svg: from_keypoints(&joints(pose, drawn), scale, caption), floating }
}

fn joints(pose: &Pose, drawn: &[bool; N_JOINTS]) -> Joints {
    std::array::from_fn(|joint| {
        let point = pose.keypoints[joint];
        drawn[joint].then_some((point.x, point.y))
    })
}

fn drawable(pose: &Pose, recording: &Recording) -> [bool; N_JOINTS] {
    let (width, height) = (f64::from(recording.image.width), f64::from(recording.image.height));
    pose.keypoints.map(|point| {
        let inside = (0.0..=width).contains(&point.x) && (0.0..=height).contains(&point.y);
        point.confidence >= if inside { DRAWN } else { DRAWN_OUTSIDE }
    })
}

/// Width and height of a drawn figure, in its own units: a thousand to a stature.
fn size(svg: &str) -> (f64, f64) {
    let numbers = svg
        .split_once("viewBox=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(box_, _)| box_);
    let numbers: Vec<f64> = numbers.split(' ').filter_map(|number| number.parse().ok()).collect();
    if let [_, _, width, height] = numbers[..] { (width, height) } else { (1.0, 1.0) }
}

/// The largest width and height of some figures.
pub(super) fn largest<'a>(figures: impl Iterator<Item = &'a Figure>) -> (f64, f64) {
    figures
        .map(|figure| size(&figure.svg))
        .fold((1.0, 1.0), |(width, height), (w, h)| (f64::max(width, w), f64::max(height, h)))
}

/// One figure with words below. All figures with the same `largest` get the same scale: the widest fills its cell,
/// unless the tallest would become taller than [`MAX_HEIGHT_PX`].
pub(super) fn cell(figure: &Figure, largest: (f64, f64), label: &str, detail: &str) -> Markup {
    let width = size(&figure.svg).0;
    let style = format!(
        "width:{};max-width:{:.1}px",
        percent(width, largest.0),
        MAX_HEIGHT_PX * width / largest.1
    );
    html! {
        figure.moment.floating[figure.floating] {
            div.stage { div.fit style=(style) { (PreEscaped(&figure.svg)) } }
            figcaption { b { (label) } @if !detail.is_empty() { span { (detail) } } }
        }
    }
}
