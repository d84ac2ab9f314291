//! What stands or lies on the floor: mats, boxes, benches, chairs and walls.
//!
//! All of it is painted behind the body, whatever the angle; only a wall that the athlete leans on with the hands may
//! come between, and is see-through.

use units::Side;

use crate::contact::Contact;
use crate::draw::equipment::{Stage, group, rod};
use crate::draw::part::{Group, Lens, Paint, Part};
use crate::draw::shape::{Blob, Oval};
use crate::figure::Figure;
use crate::keyframes::Equipment;
use crate::posture::Dof;
use crate::skeleton::Segment;
use crate::space::{Rotation, Vec3, vec3};

/// Something that everything else is painted over.
fn behind(parts: Vec<Part>) -> Group {
    Group { parts, depth_m: f64::INFINITY, far: false }
}

/// A box turned in space; `half` along the axes of its rotation.
pub(super) fn slab(lens: &Lens<'_>, center: Vec3, rotation: &Rotation, half: Vec3) -> Blob {
    let corner = |i: u8| {
        let pick = |bit: u8, half: f64| if i & bit == 0 { -half } else { half };
        let local = vec3(pick(1, half.x), pick(2, half.y), pick(4, half.z));
        Oval::circle(lens.flat(center + rotation.apply(local)), 0.0)
    };
    Blob::Hull { ovals: (0..8).map(corner).collect() }
}

/// Thickness of a cushion.
pub(super) const PAD_M: f64 = 0.05;

/// A cushion with its top at `top`, on two feet.
pub(super) fn bench_at(lens: &Lens<'_>, top: Vec3, half_x_m: f64, half_z_m: f64) -> Vec<Part> {
    let pad = lens.cuboid(top - vec3(0.0, 0.5 * PAD_M, 0.0), vec3(half_x_m, 0.5 * PAD_M, half_z_m));
    let (leg_x, leg_z) = (0.75 * half_x_m, (half_z_m - 0.1).max(0.5 * half_z_m));
    let mut legs = Vec::new();
    for z in [-leg_z, leg_z] {
        let foot = |x: f64| vec3(top.x + x, 0.02, top.z + z);
        let under = |x: f64| vec3(top.x + x, top.y - PAD_M, top.z + z);
        legs.push(rod(lens, foot(-leg_x), under(-leg_x), 0.02));
        legs.push(rod(lens, foot(leg_x), under(leg_x), 0.02));
        legs.push(rod(lens, foot(-leg_x), foot(leg_x), 0.02));
    }
    vec![Part { paint: Paint::Metal, blobs: legs }, Part { paint: Paint::Pad, blobs: vec![pad] }]
}

/// Lying, on the back or on the belly.
fn lies(figure: &Figure) -> bool {
    figure.rotation(Segment::Pelvis).y.y.abs() < 0.6
}

/// Where the sole of a foot that is put on something stands, if one is.
fn raised_foot(stage: &Stage<'_>) -> Option<Vec3> {
    let figure = stage.at_start;
    let body = &figure.body;
    let raised = |side: &Side| figure.posture.get(Dof::StepUp, *side) > 0.02;
    let side = Side::BOTH.into_iter().find(raised)?;
    let height = figure.posture.get(Dof::StepUp, side) * body.stature_m;
    let ball =
        figure.point(Segment::Foot(side), vec3(0.0, -body.ankle_height_m, 0.5 * body.ball_m));
    Some(vec3(0.0, height, ball.z))
}

fn hands(figure: &Figure) -> Vec3 {
    figure.origin(Segment::Hand(Side::Left)).toward(figure.origin(Segment::Hand(Side::Right)), 0.5)
}

pub(super) fn step_box(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    if let Some(foot) = raised_foot(stage) {
        let half = vec3(0.20 * stature, 0.5 * foot.y, 0.11 * stature);
        let center = vec3(0.0, half.y, foot.z);
        return behind(vec![Part { paint: Paint::Wood, blobs: vec![lens.cuboid(center, half)] }]);
    }
    let half = vec3(0.22 * stature, 0.5 * spec.hand_height * stature, 0.11 * stature);
    let center = vec3(0.0, half.y, hands(at_start).z + 0.05 * stature);
    group(&lens, center, vec![Part { paint: Paint::Wood, blobs: vec![lens.cuboid(center, half)] }])
}

pub(super) fn mat(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, .. } = *stage;
    let points = at_start.joints();
    let fold = |start: f64, pick: fn(f64, f64) -> f64| {
        points.iter().map(|point| point.z).fold(start, pick)
    };
    let (least, most) = (fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max));
    let stature = at_start.body.stature_m;
    let half = vec3(0.19 * stature, 0.004, 0.5 * (most - least) + 0.07 * stature);
    let center = vec3(0.0, -half.y, 0.5 * (least + most));
    behind(vec![Part { paint: Paint::Mat, blobs: vec![lens.cuboid(center, half)] }])
}

pub(super) fn bench(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    let pelvis = at_start.origin(Segment::Pelvis);
    let (half_x, seat) = (0.085 * stature, spec.seat_height * stature);
    if spec.seat_height > 0.0 && lies(at_start) {
        // The head hangs free where a plate trains the neck.
        let head = if spec.equipment.contains(&Equipment::Plate) {
            at_start.point(Segment::Thorax, vec3(0.0, 0.6 * at_start.body.thorax_m, 0.0))
        } else {
            at_start.point(Segment::Head, vec3(0.0, 0.5 * at_start.body.head_m, 0.0))
        };
        let (least, most) = (pelvis.z.min(head.z), pelvis.z.max(head.z));
        let top = vec3(0.0, seat, 0.5 * (least + most));
        return behind(bench_at(&lens, top, half_x, 0.5 * (most - least) + 0.06 * stature));
    }
    if spec.seat_height > 0.0 {
        return behind(bench_at(&lens, vec3(0.0, seat, pelvis.z), half_x, 0.14 * stature));
    }
    if let Some(foot) = raised_foot(stage) {
        let top = vec3(0.0, foot.y - 0.02 * stature, foot.z - 0.06 * stature);
        return behind(bench_at(&lens, top, 0.28 * stature, half_x));
    }
    let hand = at_start.origin(Segment::Hand(Side::Left));
    let top = vec3(hand.x, spec.hand_height * stature, hand.z + 0.20 * stature);
    behind(bench_at(&lens, top, half_x, 0.27 * stature))
}

pub(super) fn bench_across(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    let back = at_start.point(Segment::Thorax, vec3(0.0, at_start.body.thorax_m, 0.0));
    let top = vec3(0.0, spec.seat_height * stature, back.z + 0.03 * stature);
    behind(bench_at(&lens, top, 0.32 * stature, 0.085 * stature))
}

pub(super) fn chair(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, at_turn, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    let half = vec3(0.125 * stature, 0.02, 0.115 * stature);
    // The seat's middle.
    let (z, height) = match spec.contact {
        Contact::FeetAndHands => (hands(at_start).z - 0.07 * stature, spec.hand_height),
        Contact::Seat | Contact::SeatAndFeet => {
            (at_start.origin(Segment::Pelvis).z + 0.04 * stature, spec.seat_height)
        }
        _ => (at_turn.origin(Segment::Pelvis).z + 0.02 * stature, spec.seat_height),
    };
    let seat = vec3(0.0, height * stature - half.y, z);
    let corner = |x: f64, z: f64| seat + vec3(x * (half.x - 0.02), 0.0, z * (half.z - 0.02));
    let mut frame = Vec::new();
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        let top = corner(x, z);
        frame.push(rod(&lens, vec3(top.x, 0.015, top.z), top, 0.018));
    }
    let back_top = 0.27 * stature;
    for x in [-1.0, 1.0] {
        let low = corner(x, -1.0);
        frame.push(rod(&lens, low, low + vec3(0.0, back_top, -0.03), 0.018));
    }
    let rest = seat + vec3(0.0, 0.8 * back_top, -half.z);
    let wood =
        vec![lens.cuboid(rest, vec3(half.x, 0.2 * back_top, 0.014)), lens.cuboid(seat, half)];
    behind(vec![
        Part { paint: Paint::Metal, blobs: frame },
        Part { paint: Paint::Wood, blobs: wood },
    ])
}

pub(super) fn wall(stage: &Stage<'_>) -> Group {
    let Stage { lens, at_start, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    let half = vec3(0.42 * stature, 0.56 * stature, 0.02 * stature);
    let before = spec.contact == Contact::FeetAndWall;
    let z = if before {
        hands(at_start).z + 0.015 * stature + half.z
    } else {
        let back = vec3(0.0, 0.5 * at_start.body.thorax_m, -0.062 * stature);
        at_start.point(Segment::Thorax, back).z - half.z
    };
    let center = vec3(0.0, half.y, z);
    let parts = vec![Part { paint: Paint::Wall, blobs: vec![lens.cuboid(center, half)] }];
    if before { group(&lens, center, parts) } else { behind(parts) }
}
