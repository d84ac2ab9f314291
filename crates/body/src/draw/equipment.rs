//! What is done with: dispatch, and all that is held or hung from. Sizes in metres.

use units::Side;

use crate::contact::PLATE_RADIUS_M;
use crate::draw::mannequin::{GRIP_ALONG_HAND, HandShape};
use crate::draw::part::{Group, Lens, Paint, Part};
use crate::draw::shape::{Blob, Oval};
use crate::draw::{furniture, machines, ropes};
use crate::figure::Figure;
use crate::keyframes::{Equipment, FigureSpec};
use crate::skeleton::Segment;
use crate::space::{Vec3, vec3};

const BAR_RADIUS_M: f64 = 0.016;
const BAR_HALF_M: f64 = 0.95;
const SLEEVE_AT_M: f64 = 0.72;

/// A moment on its stage: the figure, and the start position, where fixed things stand.
#[derive(Clone, Copy)]
pub(crate) struct Stage<'a> {
    pub(crate) lens: Lens<'a>,
    pub(crate) at_start: &'a Figure,
    pub(crate) at_turn: &'a Figure,
    pub(crate) spec: &'a FigureSpec,
    pub(crate) progress: f64,
}

pub(crate) fn hand_shape(spec: &FigureSpec) -> HandShape {
    use Equipment::{
        BackExtension, Bench, BenchAcross, Box, Chair, LegCurl, LegExtension, LegPress, Mat, Plate,
        Wall,
    };
    let gripping = |kit: &Equipment| {
        !matches!(
            kit,
            Box | Mat
                | Bench
                | BenchAcross
                | Chair
                | Wall
                | LegPress
                | Plate
                | LegCurl
                | LegExtension
                | BackExtension
        )
    };
    if spec.equipment.iter().any(gripping) { HandShape::Fist } else { HandShape::Open }
}

pub(super) fn grip(figure: &Figure, side: Side) -> Vec3 {
    figure.point(Segment::Hand(side), GRIP_ALONG_HAND * figure.body.stature_m)
}

pub(super) fn group(lens: &Lens<'_>, at: Vec3, parts: Vec<Part>) -> Group {
    Group { parts, depth_m: lens.depth_m(at), far: false }
}

/// A straight bar of one thickness.
pub(super) fn rod(lens: &Lens<'_>, from: Vec3, to: Vec3, radius_m: f64) -> Blob {
    let radius = radius_m * lens.scale();
    Blob::Capsule {
        from: lens.flat(from),
        from_radius: radius,
        to: lens.flat(to),
        to_radius: radius,
    }
}

/// A short cylinder around `along`.
pub(super) fn disc(
    lens: &Lens<'_>,
    center: Vec3,
    along: Vec3,
    half_thickness_m: f64,
    radius_m: f64,
) -> Blob {
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
    let has = |kit: Equipment| spec.equipment.contains(&kit);
    if has(Equipment::KettlebellInHand) && side == Side::Right {
        let at = grip(lens.figure, side);
        return Some(bell_below(lens, at, vec3(0.0, -1.0, 0.0), vec3(0.0, 0.0, 1.0)));
    }
    let one = has(Equipment::Dumbbell) && side == Side::Right;
    if !has(Equipment::Dumbbells) && !one {
        return None;
    }
    let (center, along) = (grip(lens.figure, side), lens.figure.rotation(Segment::Hand(side)).x);
    let bell = |sign: f64| disc(lens, center + along * (0.085 * sign), along, 0.03, 0.052);
    let handle = rod(lens, center - along * 0.07, center + along * 0.07, 0.016);
    Some(Part { paint: Paint::Plate, blobs: vec![bell(-1.0), handle, bell(1.0)] })
}

/// Equipment that stands, lies or is held in both hands.
pub(crate) fn groups(stage: &Stage<'_>) -> Vec<Group> {
    let Stage { lens, at_start, spec, .. } = *stage;
    let figure = lens.figure;
    let between = |figure: &Figure| grip(figure, Side::Left).toward(grip(figure, Side::Right), 0.5);
    let mut groups = Vec::new();
    for kit in &spec.equipment {
        match kit {
            Equipment::Barbell => barbell(&lens, between(figure), &mut groups),
            Equipment::BarbellOnBack => {
                let thorax_m = figure.body.thorax_m;
                let local =
                    vec3(0.0, thorax_m + 0.010, -0.045 * figure.body.stature_m - BAR_RADIUS_M);
                barbell(&lens, figure.point(Segment::Thorax, local), &mut groups);
            }
            Equipment::BarbellInFront => {
                let local = vec3(0.0, figure.body.thorax_m + 0.005, 0.052 * figure.body.stature_m);
                barbell(&lens, figure.point(Segment::Thorax, local), &mut groups);
            }
            Equipment::BarbellOnHips => {
                let local = vec3(0.0, 0.02, 0.075 * figure.body.stature_m);
                barbell(&lens, figure.point(Segment::Pelvis, local), &mut groups);
            }
            Equipment::Kettlebell => groups.push(kettlebell(&lens)),
            Equipment::KettlebellHanging => groups.push(hanging(&lens, between(figure))),
            Equipment::Plate => groups.push(plate(&lens, between(figure))),
            Equipment::PullUpBar => pull_up_bar(&lens, at_start, &mut groups),
            Equipment::DipBars => dip_bars(&lens, at_start, &mut groups),
            Equipment::Box => groups.push(furniture::step_box(stage)),
            Equipment::Mat => groups.push(furniture::mat(stage)),
            Equipment::Bench => groups.push(furniture::bench(stage)),
            Equipment::BenchAcross => groups.push(furniture::bench_across(stage)),
            Equipment::Chair => groups.push(furniture::chair(stage)),
            Equipment::Wall => groups.push(furniture::wall(stage)),
            Equipment::Band => groups.push(ropes::band(stage)),
            Equipment::BandToFeet => groups.extend(ropes::band_to_feet(stage)),
            Equipment::BandToHook => groups.extend(ropes::band_to_hook(stage)),
            Equipment::Cable => groups.extend(ropes::cable(stage)),
            Equipment::LatPulldown => groups.extend(ropes::lat_pulldown(stage)),
            Equipment::JumpRope => groups.push(ropes::jump_rope(stage)),
            Equipment::LegPress => groups.extend(machines::leg_press(stage)),
            Equipment::LegCurl => groups.extend(machines::leg_curl(stage)),
            Equipment::LegExtension => groups.extend(machines::leg_extension(stage)),
            Equipment::BackExtension => groups.extend(machines::back_extension(stage)),
            // These are painted with the hand that holds them.
            Equipment::Dumbbells | Equipment::Dumbbell | Equipment::KettlebellInHand => {}
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

/// A kettlebell that hangs from a grip; its handle runs along `across`.
fn bell_below(lens: &Lens<'_>, grip: Vec3, down: Vec3, across: Vec3) -> Part {
    let ball = grip + down * 0.125;
    let side =
        |sign: f64| rod(lens, ball + across * (0.05 * sign), grip + across * (0.05 * sign), 0.014);
    let blobs = vec![
        Blob::oval(Oval::circle(lens.flat(ball), 0.088 * lens.scale())),
        side(1.0),
        side(-1.0),
        rod(lens, grip + across * 0.05, grip - across * 0.05, 0.014),
    ];
    Part { paint: Paint::Plate, blobs }
}

/// In line with the arms, as the swing throws it.
fn hanging(lens: &Lens<'_>, grip: Vec3) -> Group {
    let arms = Side::BOTH.map(|side| {
        let figure = lens.figure;
        figure.origin(Segment::Hand(side)) - figure.origin(Segment::UpperArm(side))
    });
    let down = (arms[0] + arms[1]).unit();
    group(lens, grip + down * 0.1, vec![bell_below(lens, grip, down, vec3(1.0, 0.0, 0.0))])
}

/// On the side of the head that the hands are on: forehead or back.
fn plate(lens: &Lens<'_>, hands: Vec3) -> Group {
    let figure = lens.figure;
    let rotation = figure.rotation(Segment::Head);
    let before = rotation.z.dot(hands - figure.origin(Segment::Head)) > 0.0;
    let (z, along) = if before { (0.066, rotation.z) } else { (-0.068, -rotation.z) };
    let center = lens.at(Segment::Head, vec3(0.0, 0.056, z));
    let disc = disc(lens, center, along, 0.016, 0.115);
    group(lens, center, vec![Part { paint: Paint::Plate, blobs: vec![disc] }])
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
