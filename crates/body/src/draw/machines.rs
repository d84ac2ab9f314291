//! Machines for the legs and the back: their cushions and what the feet push.

use units::Side;

use crate::draw::equipment::{Stage, group, rod};
use crate::draw::furniture::{PAD_M, bench, bench_at, slab};
use crate::draw::part::{Group, Lens, Paint, Part};
use crate::figure::Figure;
use crate::skeleton::Segment;
use crate::space::{Rotation, Vec3, vec3};

fn behind(parts: Vec<Part>) -> Group {
    Group { parts, depth_m: f64::INFINITY, far: false }
}

fn pad(lens: &Lens<'_>, from: Vec3, to: Vec3, radius_m: f64) -> Part {
    Part { paint: Paint::Pad, blobs: vec![rod(lens, from, to, radius_m)] }
}

/// A cushion behind the trunk, as it leans at the start.
fn back_rest(lens: &Lens<'_>, figure: &Figure) -> Part {
    let stature = figure.body.stature_m;
    let rotation = figure.rotation(Segment::Thorax);
    let middle = figure
        .origin(Segment::Pelvis)
        .toward(figure.point(Segment::Thorax, vec3(0.0, figure.body.thorax_m, 0.0)), 0.6);
    let center = middle - rotation.z * (0.07 * stature + 0.5 * PAD_M);
    let half = vec3(0.1 * stature, 0.19 * stature, 0.5 * PAD_M);
    Part { paint: Paint::Pad, blobs: vec![slab(lens, center, &rotation, half)] }
}

fn seat(lens: &Lens<'_>, figure: &Figure, height: f64) -> Vec<Part> {
    let stature = figure.body.stature_m;
    let z = figure.origin(Segment::Pelvis).z + 0.05 * stature;
    bench_at(lens, vec3(0.0, height * stature, z), 0.11 * stature, 0.12 * stature)
}

/// A roller across both shins: `ahead_m` of the shank, just above the ankles.
fn roller(lens: &Lens<'_>, ahead_m: f64) -> Group {
    let end = |side: Side| {
        let shank_m = lens.figure.body.shank_m;
        lens.figure.point(Segment::Shank(side), vec3(0.0, -0.88 * shank_m, ahead_m))
    };
    let (left, right) = (end(Side::Left), end(Side::Right));
    let wide = (left - right).unit() * 0.07;
    let part = pad(lens, left + wide, right - wide, 0.045);
    group(lens, left.toward(right, 0.5), vec![part])
}

/// How a plate under both soles is turned: as they tilt, but never sideways.
fn level(figure: &Figure) -> Rotation {
    let x = vec3(1.0, 0.0, 0.0);
    let up = figure.rotation(Segment::Foot(Side::Left)).y;
    let y = vec3(0.0, up.y, up.z).unit();
    Rotation { x, y, z: x.cross(y) }
}

pub(super) fn leg_press(stage: &Stage<'_>) -> Vec<Group> {
    let Stage { lens, at_start, at_turn, spec, .. } = *stage;
    let stature = at_start.body.stature_m;
    let sole = |figure: &Figure| {
        let at = |side: Side| {
            let body = &figure.body;
            figure.point(
                Segment::Foot(side),
                vec3(0.0, -body.ankle_height_m - 0.012, 0.5 * body.ball_m),
            )
        };
        at(Side::Left).toward(at(Side::Right), 0.5)
    };
    let (near, far) = (sole(at_start), sole(at_turn));
    let along = (near - far).unit();
    let rail = rod(
        &lens,
        near.toward(far, 2.2) - vec3(0.0, 0.2, 0.0),
        near + along * 0.1 - vec3(0.0, 0.2, 0.0),
        0.02,
    );
    let center = sole(lens.figure);
    let rotation = level(lens.figure);
    let sled = slab(&lens, center, &rotation, vec3(0.19 * stature, 0.012, 0.13 * stature));
    let paint = if lens.depth_m(rotation.y) > 0.4 { Paint::NearPlate } else { Paint::Metal };
    let mut frame = seat(&lens, at_start, spec.seat_height);
    frame.push(back_rest(&lens, at_start));
    frame.insert(0, Part { paint: Paint::Metal, blobs: vec![rail] });
    vec![behind(frame), group(&lens, center, vec![Part { paint, blobs: vec![sled] }])]
}

pub(super) fn leg_curl(stage: &Stage<'_>) -> Vec<Group> {
    vec![bench(stage), roller(&stage.lens, -0.085)]
}

pub(super) fn leg_extension(stage: &Stage<'_>) -> Vec<Group> {
    let Stage { lens, at_start, spec, .. } = *stage;
    let mut frame = seat(&lens, at_start, spec.seat_height);
    frame.push(back_rest(&lens, at_start));
    vec![behind(frame), roller(&lens, 0.085)]
}

pub(super) fn back_extension(stage: &Stage<'_>) -> Vec<Group> {
    let Stage { lens, at_start, .. } = *stage;
    let stature = at_start.body.stature_m;
    let thigh = |side: Side| {
        let rotation = at_start.rotation(Segment::Thigh(side));
        let half = vec3(0.048 * stature, 0.09 * stature, 0.5 * PAD_M);
        let local = vec3(0.0, -0.075 * stature, 0.052 * stature + 0.5 * PAD_M);
        slab(&lens, at_start.point(Segment::Thigh(side), local), &rotation, half)
    };
    let sole = |side: Side| {
        let body = &at_start.body;
        let local = vec3(0.0, -body.ankle_height_m - 0.012, 0.4 * body.ball_m);
        at_start.point(Segment::Foot(side), local)
    };
    let (left, right) = (sole(Side::Left), sole(Side::Right));
    let middle = left.toward(right, 0.5);
    let rotation = level(at_start);
    let plate = slab(&lens, middle, &rotation, vec3(0.14 * stature, 0.012, 0.1 * stature));
    let hip = at_start.point(Segment::Pelvis, vec3(0.0, -0.08 * stature, 0.09 * stature));
    let floor = |at: Vec3, z: f64| vec3(0.0, 0.02, at.z + z);
    let frame = vec![
        rod(&lens, floor(middle, -0.1), floor(hip, 0.2), 0.022),
        rod(&lens, hip, floor(hip, 0.0), 0.022),
        rod(&lens, middle, hip, 0.022),
    ];
    vec![behind(vec![
        Part { paint: Paint::Metal, blobs: frame },
        Part { paint: Paint::Plate, blobs: vec![plate] },
        Part { paint: Paint::Pad, blobs: Side::BOTH.map(thigh).to_vec() },
    ])]
}
