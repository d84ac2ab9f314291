//! What runs from the hands to something else: bands, cables and the jump rope.

use std::f64::consts::PI;

use units::Side;

use crate::draw::equipment::{Stage, grip, group, rod};
use crate::draw::furniture::bench_at;
use crate::draw::part::{Group, Lens, Paint, Part};
use crate::math;
use crate::skeleton::Segment;
use crate::space::{Vec3, vec3};

const BAND_RADIUS_M: f64 = 0.009;
const CABLE_RADIUS_M: f64 = 0.005;

fn hands(lens: &Lens<'_>) -> [Vec3; 2] {
    Side::BOTH.map(|side| grip(lens.figure, side))
}

fn line(lens: &Lens<'_>, from: Vec3, to: Vec3, paint: Paint, radius_m: f64) -> Group {
    let blobs = vec![rod(lens, from, to, radius_m)];
    group(lens, from.toward(to, 0.5), vec![Part { paint, blobs }])
}

pub(super) fn band(stage: &Stage<'_>) -> Group {
    let [left, right] = hands(&stage.lens);
    line(&stage.lens, left, right, Paint::Band, BAND_RADIUS_M)
}

pub(super) fn band_to_feet(stage: &Stage<'_>) -> Vec<Group> {
    let lens = stage.lens;
    let body = &lens.figure.body;
    let sole = |side: Side| {
        let local = vec3(0.0, -body.ankle_height_m, 0.45 * body.ball_m);
        lens.figure.point(Segment::Foot(side), local)
    };
    let strand =
        |side: Side| line(&lens, grip(lens.figure, side), sole(side), Paint::Band, BAND_RADIUS_M);
    let under = line(&lens, sole(Side::Left), sole(Side::Right), Paint::Band, BAND_RADIUS_M);
    vec![strand(Side::Left), strand(Side::Right), under]
}

fn pulley(stage: &Stage<'_>) -> Vec3 {
    let [left, up, forward] = stage.spec.pulley;
    vec3(left, up, forward) * stage.at_start.body.stature_m
}

/// A strand from each hand, or one from both where they are together.
fn strands(stage: &Stage<'_>, paint: Paint, radius_m: f64) -> Vec<Group> {
    let (lens, hook) = (stage.lens, pulley(stage));
    let [left, right] = hands(&lens);
    if (left - right).norm() < 0.16 {
        return vec![line(&lens, left.toward(right, 0.5), hook, paint, radius_m)];
    }
    [left, right].map(|hand| line(&lens, hand, hook, paint, radius_m)).into()
}

/// A post from the floor, see-through where it stands between the viewer and the body.
fn post(stage: &Stage<'_>, at: Vec3, top_m: f64, radius_m: f64, paint: Paint) -> Group {
    let lens = stage.lens;
    let foot = vec3(at.x, radius_m, at.z);
    let blobs = vec![rod(&lens, foot, vec3(at.x, top_m, at.z), radius_m)];
    let near = lens.depth_m(at) < -0.2 * stage.at_start.body.stature_m;
    let paint = if near { Paint::NearPlate } else { paint };
    group(&lens, at, vec![Part { paint, blobs }])
}

pub(super) fn band_to_hook(stage: &Stage<'_>) -> Vec<Group> {
    let at = pulley(stage);
    let top_m = (at.y + 0.06).max(0.3);
    let mut groups = strands(stage, Paint::Band, BAND_RADIUS_M);
    groups.push(post(stage, at, top_m, 0.022, Paint::Wood));
    groups
}

pub(super) fn cable(stage: &Stage<'_>) -> Vec<Group> {
    let stature = stage.at_start.body.stature_m;
    let at = pulley(stage);
    let mut groups = strands(stage, Paint::Metal, CABLE_RADIUS_M);
    let [left, right] = hands(&stage.lens);
    if (left - right).norm() >= 0.16 {
        groups.push(line(&stage.lens, left, right, Paint::Metal, 0.012));
    }
    let outward = vec3(at.x, 0.0, at.z).unit() * 0.06;
    groups.push(post(stage, at + outward, (1.12 * stature).max(at.y + 0.06), 0.04, Paint::Metal));
    groups
}

pub(super) fn lat_pulldown(stage: &Stage<'_>) -> Vec<Group> {
    let (lens, start) = (stage.lens, stage.at_start);
    let stature = start.body.stature_m;
    let [left, right] = hands(&lens);
    let middle = left.toward(right, 0.5);
    let along = (left - right).unit() * 0.09;
    let bar = rod(&lens, left + along, right - along, 0.014);
    let at = pulley(stage);
    let knee = start
        .origin(Segment::Shank(Side::Left))
        .toward(start.origin(Segment::Shank(Side::Right)), 0.5);
    let tower_z = knee.z + 0.13 * stature;
    let top = vec3(0.0, at.y, tower_z);
    let mut seat = bench_at(
        &lens,
        vec3(0.0, stage.spec.seat_height * stature, start.origin(Segment::Pelvis).z),
        0.1 * stature,
        0.11 * stature,
    );
    seat.insert(0, Part { paint: Paint::Metal, blobs: vec![rod(&lens, at, top, 0.022)] });
    let over_knee = vec3(0.0, 0.055 * stature, -0.04 * stature);
    let wide = vec3(0.13 * stature, 0.0, 0.0);
    let roller = rod(&lens, knee + over_knee - wide, knee + over_knee + wide, 0.045);
    vec![
        Group { parts: seat, depth_m: f64::INFINITY, far: false },
        post(stage, top, at.y, 0.03, Paint::Metal),
        group(&lens, knee + over_knee, vec![Part { paint: Paint::Pad, blobs: vec![roller] }]),
        line(&lens, middle, at, Paint::Metal, CABLE_RADIUS_M),
        group(&lens, middle, vec![Part { paint: Paint::Metal, blobs: vec![bar] }]),
    ]
}

/// A wide arc from hand to hand, over the head at the start and under the feet at the turn.
pub(super) fn jump_rope(stage: &Stage<'_>) -> Group {
    const PIECES: u8 = 8;
    let lens = stage.lens;
    let stature = stage.at_start.body.stature_m;
    let [left, right] = hands(&lens);
    let turned = 2.0 * PI * stage.progress;
    let around = vec3(0.0, math::cos(turned), math::sin(turned));
    let height = 0.5 * (left.y + right.y);
    // Just over the head, just under the feet.
    let (above, below) = (1.07 * stature - height, height - 0.012);
    let reach = 0.5 * (above + below) + 0.5 * (above - below) * around.y;
    let at = |piece: u8| {
        let share = f64::from(piece) / f64::from(PIECES);
        let bulge = math::sin(PI * share);
        let wide = (0.5 - share) * bulge * 0.25;
        left.toward(right, share) + around * (reach * bulge.sqrt()) + vec3(wide, 0.0, 0.0)
    };
    let blobs = (0..PIECES).map(|piece| rod(&lens, at(piece), at(piece + 1), 0.008)).collect();
    group(&lens, at(PIECES / 2), vec![Part { paint: Paint::Band, blobs }])
}
