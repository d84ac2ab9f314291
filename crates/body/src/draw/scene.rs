//! A flattened moment and the SVG around it: style sheet, frame, floor and shadow.

use std::fmt::Write as _;

use units::Side;

use crate::camera::View;
use crate::draw::equipment::Stage;
use crate::draw::part::{Group, Lens, Paint};
use crate::draw::shape::{Blob, Bounds, Oval, Point, path, round};
use crate::draw::{equipment, mannequin};
use crate::figure::Figure;
use crate::rig::{Moment, Rig};
use crate::skeleton::Segment;
use crate::space::vec3;

/// What a picture is called and what it shows, for people who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Short: "Push-up, from the side".
    pub title: &'a str,
    /// One or two sentences.
    pub description: &'a str,
}

/// Where a picture is seen from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angle {
    /// As [`crate::Camera::yaw_deg`]: 0 in front, −90 at the athlete's right side, who then faces right.
    pub yaw_deg: f64,
    /// Looking down is positive.
    pub pitch_deg: f64,
}

impl Angle {
    /// From the athlete's right side; the athlete faces right.
    pub const SIDE: Self = Self { yaw_deg: -90.0, pitch_deg: 4.0 };
    /// From in front.
    pub const FRONT: Self = Self { yaw_deg: 0.0, pitch_deg: 8.0 };
    /// Halfway between front and side.
    pub const THREE_QUARTER: Self = Self { yaw_deg: -40.0, pitch_deg: 10.0 };
}

/// One moment, flattened. Groups are in the order they were built, the same for every moment of a rig and angle.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) groups: Vec<Group>,
    pub(crate) shadow: Blob,
    pub(crate) bounds: Bounds,
}

pub(crate) fn scene(rig: &Rig, moment: Moment<'_>, angle: Angle) -> Scene {
    let view = View::new(angle.yaw_deg, angle.pitch_deg, 0.0);
    let figure = rig.figure(moment);
    let at_start = rig.figure(Moment { progress: 0.0, mirror: moment.mirror, faults: &[] });
    let at_turn =
        rig.figure(Moment { progress: rig.spec().turn(), mirror: moment.mirror, faults: &[] });
    let lens = Lens { figure: &figure, view };
    let mut groups = equipment::groups(&Stage {
        lens,
        at_start: &at_start,
        at_turn: &at_turn,
        spec: rig.spec(),
        progress: moment.progress,
    });
    let held = |side| equipment::held(&lens, rig.spec(), side);
    groups.extend(mannequin::groups(&lens, equipment::hand_shape(rig.spec()), held));
    let shadow = shadow(&lens, &figure);
    let mut bounds = Bounds::NOTHING;
    if rig.spec().close_up {
        upper_body(&lens).into_iter().for_each(|blob| bounds.add_blob(&blob));
    } else {
        for blob in groups.iter().flat_map(|group| &group.parts).flat_map(|part| &part.blobs) {
            bounds.add_blob(blob);
        }
        bounds.add_blob(&shadow);
    }
    Scene { groups, shadow, bounds }
}

/// What a close-up shows.
fn upper_body(lens: &Lens<'_>) -> Vec<Blob> {
    let figure = lens.figure;
    let mut shown = vec![
        (figure.origin(Segment::Pelvis), 0.06),
        (figure.origin(Segment::Thorax), 0.08),
        (lens.at(Segment::Head, vec3(0.0, 0.05, 0.0)), 0.08),
    ];
    for side in Side::BOTH {
        shown.push((figure.origin(Segment::UpperArm(side)), 0.06));
        shown.push((figure.origin(Segment::Forearm(side)), 0.04));
        shown.push((figure.origin(Segment::Hand(side)), 0.06));
    }
    shown.into_iter().map(|(at, radius)| Blob::oval(lens.ball(at, radius))).collect()
}

/// A flat oval on the floor under the body.
fn shadow(lens: &Lens<'_>, figure: &Figure) -> Blob {
    let (mut least, mut most) =
        (vec3(f64::INFINITY, 0.0, f64::INFINITY), vec3(f64::NEG_INFINITY, 0.0, f64::NEG_INFINITY));
    for joint in figure.joints() {
        least = vec3(least.x.min(joint.x), 0.0, least.z.min(joint.z));
        most = vec3(most.x.max(joint.x), 0.0, most.z.max(joint.z));
    }
    let margin = 0.03 * figure.body.stature_m;
    let axes = [
        vec3(0.5 * (most.x - least.x) + margin, 0.0, 0.0),
        vec3(0.0, 0.0, 0.5 * (most.z - least.z) + margin),
    ];
    let oval = Oval {
        center: lens.flat(least.toward(most, 0.5)),
        half_axes: [lens.flat(axes[0]), lens.flat(axes[1]), Point::default()],
    };
    Blob::oval(oval)
}

/// Back to front. Given several moments, one order for all of them.
pub(crate) fn painting_order(scenes: &[Scene]) -> Vec<usize> {
    let Some(first) = scenes.first() else { return Vec::new() };
    let mut order: Vec<usize> = (0..first.groups.len()).collect();
    let depth = |idx: usize| scenes.iter().map(|scene| scene.groups[idx].depth_m).sum::<f64>();
    order.sort_by(|&a, &b| depth(b).total_cmp(&depth(a)));
    order
}

const MARGIN: f64 = 36.0;

/// Rectangle of the picture and height of the floor line in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) floor: Option<i32>,
}

impl Frame {
    pub(crate) fn around(scenes: &[Scene]) -> Self {
        let mut bounds = Bounds::NOTHING;
        for scene in scenes {
            bounds.add(scene.bounds.least);
            bounds.add(scene.bounds.most);
        }
        Self::new(bounds, scenes.first().map(floor_line))
    }

    pub(crate) fn new(bounds: Bounds, floor: Option<f64>) -> Self {
        let (left, top) = (round(bounds.least.x - MARGIN), round(bounds.least.y - MARGIN));
        Self {
            left,
            top,
            width: round(bounds.most.x + MARGIN) - left,
            height: round(bounds.most.y + MARGIN) - top,
            floor: floor.map(round),
        }
    }
}

/// The picture height of the floor's line: the far edge of the shadow, so that everything stands in front of it.
fn floor_line(scene: &Scene) -> f64 {
    let mut bounds = Bounds::NOTHING;
    bounds.add_blob(&scene.shadow);
    bounds.least.y
}

pub(crate) fn class(paint: Paint, far: bool) -> &'static str {
    match (paint, far) {
        (Paint::Skin, false) => "fig-s",
        (Paint::Skin, true) => "fig-s fig-f",
        (Paint::Hair, _) => "fig-h",
        (Paint::Top, false) => "fig-t",
        (Paint::Top, true) => "fig-t fig-f",
        (Paint::Shorts, false) => "fig-b",
        (Paint::Shorts, true) => "fig-b fig-f",
        (Paint::Shoe, false) => "fig-k",
        (Paint::Shoe, true) => "fig-k fig-f",
        (Paint::Metal, _) => "fig-m",
        (Paint::Plate, _) => "fig-p",
        (Paint::NearPlate, _) => "fig-p fig-n",
        (Paint::Wood, _) => "fig-w",
        (Paint::Mat, _) => "fig-a",
        (Paint::Pad, _) => "fig-c",
        (Paint::Band, _) => "fig-e",
        (Paint::Wall, _) => "fig-v",
    }
}

const STYLE: &str = "\
.fig path{paint-order:stroke;stroke:var(--figure-line,#18212f);stroke-width:5;stroke-linejoin:round}\
.fig .fig-s{fill:var(--figure-skin,#e0aa84)}.fig .fig-s.fig-f{fill:var(--figure-skin-far,#b27c5a)}\
.fig .fig-h{fill:var(--figure-hair,#4a3429)}\
.fig .fig-t{fill:var(--figure-top,#22a095)}.fig .fig-t.fig-f{fill:var(--figure-top-far,#15736d)}\
.fig .fig-b{fill:var(--figure-shorts,#4a5f8c)}.fig .fig-b.fig-f{fill:var(--figure-shorts-far,#344567)}\
.fig .fig-k{fill:var(--figure-shoe,#f2795c)}.fig .fig-k.fig-f{fill:var(--figure-shoe-far,#bb543b)}\
.fig .fig-m{fill:var(--figure-metal,#9aa5b4)}.fig .fig-p{fill:var(--figure-plate,#5d6979)}\
.fig .fig-n{fill-opacity:.5}.fig .fig-w{fill:var(--figure-wood,#c79a63)}.fig .fig-a{fill:var(--figure-mat,#8bb8d6);fill-opacity:.45;stroke:none}\
.fig .fig-c{fill:var(--figure-pad,#54617a)}.fig .fig-e{fill:var(--figure-band,#d64f7f);stroke-width:2}\
.fig .fig-v{fill:currentColor;fill-opacity:.1;stroke-opacity:.5;stroke-width:3}\
.fig .fig-g{fill:currentColor;fill-opacity:.13;stroke:none}.fig .fig-l{stroke:currentColor;stroke-opacity:.35;stroke-width:3}";

/// Everything up to the figure. `extra_style` is appended to the style sheet.
pub(crate) fn open(frame: &Frame, caption: Caption<'_>, extra_style: &str) -> String {
    let Frame { left, top, width, height, floor } = *frame;
    let mut svg = String::new();
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fig\" role=\"img\" viewBox=\"{left} {top} {width} {height}\">\
         <title>{}</title><desc>{}</desc><style>{STYLE}{extra_style}</style>",
        escape(caption.title),
        escape(caption.description),
    )
    .expect("writing to a string cannot fail");
    if let Some(floor) = floor {
        let right = left + width;
        write!(svg, "<path class=\"fig-l\" d=\"M{left} {floor}H{right}\"/>")
            .expect("writing to a string cannot fail");
    }
    svg
}

/// One moment's paths, back to front.
pub(crate) fn paint(svg: &mut String, scene: &Scene, order: &[usize]) {
    write!(svg, "<path class=\"fig-g\" d=\"{}\"/>", path(std::slice::from_ref(&scene.shadow)))
        .expect("writing to a string cannot fail");
    for group in order.iter().map(|&idx| &scene.groups[idx]) {
        for part in group.parts.iter().filter(|part| !part.blobs.is_empty()) {
            write!(
                svg,
                "<path class=\"{}\" d=\"{}\"/>",
                class(part.paint, group.far),
                path(&part.blobs)
            )
            .expect("writing to a string cannot fail");
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
