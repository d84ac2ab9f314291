//! Bars, bells, boxes and mats, where the hands and the floor say they are. Sizes in metres.

use units::Side;

use crate::camera::View;
use crate::contact::PLATE_RADIUS_M;
use crate::draw::mannequin::{GRIP_ALONG_HAND, HandShape};
use crate::draw::part::{Group, Lens, Paint, Part};
use crate::draw::shape::{Blob, Oval};
use crate::figure::Figure;
use crate::keyframes::{Equipment, FigureSpec};
use crate::skeleton::Segment;
use crate::space::{Vec3, vec3};

const BAR_RADIUS_M: f64 = 0.016;
const BAR_HALF_M: f64 = 0.95;
const SLEEVE_AT_M: f64 = 0.72;
pub(crate) fn hand_shape(spec: &FigureSpec) -> HandShape {
    let gripping = |kit: &Equipment| !matches!(kit, Equipment::Box | Equipment::Mat);
    if spec.equipment.iter().any(gripping) { HandShape::Fist } else { HandShape::Open }
}

fn grip(figure: &Figure, side: Side) -> Vec3 {
    figure.point(Segment::Hand(side), GRIP_ALONG_HAND * figure.body.stature_m)
}

fn group(lens: &Lens<'_>, at: Vec3, parts: Vec<Part>) -> Group {
    Group { parts, depth_m: lens.depth_m(at), far: false }
}

/// A straight bar of one thickness.
fn rod(lens: &Lens<'_>, from: Vec3, to: Vec3, radius_m: f64) -> Blob {
    let radius = radius_m * lens.scale();
    Blob::Capsule {
        from: lens.flat(from),
        from_radius: radius,
        to: lens.flat(to),
        to_radius: radius,
    }
}

/// A short cylinder around `along`.
fn disc(lens: &Lens<'_>, center: Vec3, along: Vec3, half_thickness_m: f64, radius_m: f64) -> Blob {
    let upright = if along.y.abs() < 0.9 { Vec3::UP } else { vec3(0.0, 0.0, 1.0) };
    let across = along.cross(upright).unit();
    let face = |offset: f64| Oval {
        center: lens.flat(center + along * offset),
        half_axes: [across, along.cross(across), Vec3::ZERO].map(|axis| lens.flat(axis * radius_m)),
    };
    Blob::Smooth { from: face(-half_thickness_m), to: face(half_thickness_m) }
}

/// What one hand holds, painted before the hand.
pub(crate) fn held(lens: &Lens<'_>, spec: &FigureSpec, side: Side) -> Option<Part> {
    if !spec.equipment.contains(&Equipment::Dumbbells) {
        return None;
    }
    let (center, along) = (grip(lens.figure, side), lens.figure.rotation(Segment::Hand(side)).x);
    let bell = |sign: f64| disc(lens, center + along * (0.085 * sign), along, 0.03, 0.052);
    let handle = rod(lens, center - along * 0.07, center + along * 0.07, 0.016);
    Some(Part { paint: Paint::Plate, blobs: vec![bell(-1.0), handle, bell(1.0)] })
}

/// Equipment that stands, lies or is held in both hands. `at_start` is the start position, where fixed things stand.
pub(crate) fn groups(
    figure: &Figure,
    at_start: &Figure,
    view: View,
    spec: &FigureSpec,
) -> Vec<Group> {
    let lens = Lens { figure, view };
    let mut groups = Vec::new();
    for kit in &spec.equipment {
        match kit {
            Equipment::Barbell => {
                let middle = grip(figure, Side::Left).toward(grip(figure, Side::Right), 0.5);
                barbell(&lens, middle, &mut groups);
            }
            Equipment::BarbellOnBack => {
                let thorax_m = figure.body.thorax_m;
                let local =
                    vec3(0.0, thorax_m + 0.010, -0.045 * figure.body.stature_m - BAR_RADIUS_M);
                barbell(&lens, figure.point(Segment::Thorax, local), &mut groups);
            }
            Equipment::Kettlebell => groups.push(kettlebell(&lens)),
            Equipment::PullUpBar => pull_up_bar(&lens, at_start, &mut groups),
            Equipment::DipBars => dip_bars(&lens, at_start, &mut groups),
            Equipment::Box => groups.push(step_box(&lens, at_start, spec)),
            Equipment::Mat => groups.push(mat(&lens, at_start)),
            Equipment::Dumbbells => {}
        }
    }
    groups
}

fn barbell(lens: &Lens<'_>, middle: Vec3, groups: &mut Vec<Group>) {
    let x = |offset: f64| middle + vec3(offset, 0.0, 0.0);
    let bar = Part {
        paint: Paint::Metal,
        blobs: vec![rod(lens, x(-BAR_HALF_M), x(BAR_HALF_M), BAR_RADIUS_M)],
    };
    groups.push(group(lens, middle, vec![bar]));
    let along = vec3(1.0, 0.0, 0.0);
    for side in [-1.0, 1.0] {
        let plates = disc(lens, x(side * (SLEEVE_AT_M + 0.02)), along, 0.035, PLATE_RADIUS_M);
        let hub = disc(lens, x(side * (SLEEVE_AT_M + 0.07)), along, 0.03, 0.035);
        let nearness = side * lens.depth_m(along);
        let paint = if nearness < -0.6 { Paint::NearPlate } else { Paint::Plate };
        let mut parts = vec![Part { paint, blobs: vec![plates] }];
        // The far end's is behind its plate.
        if nearness < 0.6 {
            parts.push(Part { paint: Paint::Metal, blobs: vec![hub] });
        }
        groups.push(group(lens, x(side * SLEEVE_AT_M), parts));
    }
}

fn kettlebell(lens: &Lens<'_>) -> Group {
    let figure = lens.figure;
    let hands = grip(figure, Side::Left).toward(grip(figure, Side::Right), 0.5);
    let rotation = figure.rotation(Segment::Thorax);
    let ball = hands - rotation.y * 0.075 + rotation.z * 0.01;
    let scale = lens.scale();
    let blobs = vec![
        Blob::oval(Oval::circle(lens.flat(ball), 0.088 * scale)),
        rod(lens, ball + rotation.x * 0.062, hands + rotation.x * 0.058, 0.016),
        rod(lens, ball - rotation.x * 0.062, hands - rotation.x * 0.058, 0.016),
        rod(lens, hands + rotation.x * 0.058, hands - rotation.x * 0.058, 0.016),
    ];
    group(lens, ball, vec![Part { paint: Paint::Plate, blobs }])
}

fn pull_up_bar(lens: &Lens<'_>, at_start: &Figure, groups: &mut Vec<Group>) {
    let middle = grip(at_start, Side::Left).toward(grip(at_start, Side::Right), 0.5);
    let half = 0.42 * at_start.body.stature_m;
    let end = |side: f64| middle + vec3(side * half, 0.0, 0.0);
    let bar = Part { paint: Paint::Metal, blobs: vec![rod(lens, end(-1.0), end(1.0), 0.018)] };
    groups.push(group(lens, middle, vec![bar]));
    for side in [-1.0, 1.0] {
        let top = end(side) + vec3(0.0, 0.04, 0.0);
        let post = rod(lens, vec3(top.x, 0.0, top.z), top, 0.024);
        // See-through where it stands between the viewer and the body.
        let nearness = side * lens.depth_m(vec3(1.0, 0.0, 0.0));
        let paint = if nearness < -0.6 { Paint::NearPlate } else { Paint::Metal };
        groups.push(group(lens, end(side), vec![Part { paint, blobs: vec![post] }]));
    }
}

fn dip_bars(lens: &Lens<'_>, at_start: &Figure, groups: &mut Vec<Group>) {
    for side in Side::BOTH {
        let hand = grip(at_start, side);
        let end = |z: f64| hand + vec3(0.0, 0.0, z);
        let post = |z: f64| {
            let foot = vec3(hand.x, 0.0, hand.z + z);
            rod(lens, end(z), foot, 0.019)
        };
        let blobs = vec![rod(lens, end(-0.30), end(0.30), 0.021), post(-0.24), post(0.24)];
        groups.push(group(lens, hand, vec![Part { paint: Paint::Metal, blobs }]));
    }
}

fn step_box(lens: &Lens<'_>, at_start: &Figure, spec: &FigureSpec) -> Group {
    let stature = at_start.body.stature_m;
    let wrists = at_start
        .origin(Segment::Hand(Side::Left))
        .toward(at_start.origin(Segment::Hand(Side::Right)), 0.5);
    let half = vec3(0.22 * stature, 0.5 * spec.hand_height * stature, 0.11 * stature);
    let center = vec3(0.0, half.y, wrists.z + 0.05 * stature);
    group(lens, center, vec![Part { paint: Paint::Wood, blobs: vec![lens.cuboid(center, half)] }])
}

fn mat(lens: &Lens<'_>, at_start: &Figure) -> Group {
    let points = at_start.joints();
    let fold = |start: f64, pick: fn(f64, f64) -> f64| {
        points.iter().map(|point| point.z).fold(start, pick)
    };
    let (least, most) = (fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max));
    let stature = at_start.body.stature_m;
    let half = vec3(0.19 * stature, 0.004, 0.5 * (most - least) + 0.07 * stature);
    let center = vec3(0.0, -half.y, 0.5 * (least + most));
    let slab = Part { paint: Paint::Mat, blobs: vec![lens.cuboid(center, half)] };
    // A mat lies under everything, whatever the angle.
    Group { parts: vec![slab], depth_m: f64::INFINITY, far: false }
}
