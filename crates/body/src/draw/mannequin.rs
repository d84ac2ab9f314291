//! The flesh on the skeleton: a figure in a shirt, shorts and shoes.
//!
//! Radii are fractions of stature, eyeballed against adult silhouettes; they are looks, not measurements.

use units::Side;

use crate::draw::part::{Group, Lens, Paint, Part};
use crate::draw::shape::{Blob, Oval};
use crate::skeleton::{Segment, sign};
use crate::space::{Vec3, vec3};

/// How a hand is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandShape {
    Open,
    Fist,
}

/// From the wrist to the middle of the grip, along the hand.
pub(crate) const GRIP_ALONG_HAND: Vec3 = vec3(0.0, -0.045, 0.006);

/// Limbs this much further than the trunk (metres per stature) are on the far side.
const FAR: f64 = 0.02;

/// The body's groups: legs, trunk, head, arms. `held` gives what each hand holds.
pub(crate) fn groups(lens: &Lens<'_>, hands: HandShape, held: impl Fn(Side) -> Option<Part>) -> Vec<Group> {
    let trunk_depth = lens.depth_m(lens.at(Segment::Thorax, Vec3::ZERO));
    let hip_depth = lens.depth_m(lens.figure.origin(Segment::Pelvis));
    let limit = FAR * lens.figure.body.stature_m;
    let mut groups = Vec::with_capacity(6);
    for side in Side::BOTH {
        let knee = lens.depth_m(lens.figure.origin(Segment::Shank(side)));
        let hip = lens.depth_m(lens.figure.origin(Segment::Thigh(side)));
        groups.push(Group {
            parts: leg(lens, side),
            depth_m: 0.5 * (hip + knee),
            far: hip - hip_depth > limit,
        });
    }
    groups.push(Group { parts: trunk(lens), depth_m: 0.5 * (trunk_depth + hip_depth), far: false });
    let head = lens.at(Segment::Head, vec3(0.0, 0.045, 0.0));
    groups.push(Group { parts: self::head(lens), depth_m: lens.depth_m(head) - 0.25 * limit, far: false });
    for side in Side::BOTH {
        let [shoulder, elbow, wrist] = [Segment::UpperArm(side), Segment::Forearm(side), Segment::Hand(side)]
            .map(|segment| lens.depth_m(lens.figure.origin(segment)));
        let mut parts: Vec<_> = held(side).into_iter().collect();
        parts.extend(arm(lens, side, hands));
        // Arms at the body's own depth are painted over it.
        let depth_m = (shoulder + elbow + wrist) / 3.0 - limit;
        groups.push(Group { parts, depth_m, far: shoulder - trunk_depth > 2.0 * limit });
    }
    groups
}

fn leg(lens: &Lens<'_>, side: Side) -> Vec<Part> {
    let figure = lens.figure;
    let [hip, knee, ankle] =
        [Segment::Thigh(side), Segment::Shank(side), Segment::Foot(side)].map(|segment| figure.origin(segment));
    let calf = knee.toward(ankle, 0.27) - figure.rotation(Segment::Shank(side)).z * (0.008 * figure.body.stature_m);
    let quad = hip.toward(knee, 0.42) + figure.rotation(Segment::Thigh(side)).z * (0.006 * figure.body.stature_m);
    let skin = lens.limb(&[
        (hip.toward(knee, 0.3), 0.046),
        (quad, 0.044),
        (knee, 0.0295),
        (calf, 0.0325),
        (ankle.toward(knee, 0.12), 0.0185),
        (ankle, 0.0185),
    ]);
    let shorts = lens.limb(&[(hip, 0.053), (quad.toward(knee, 0.18), 0.047)]);
    vec![
        Part { paint: Paint::Shoe, blobs: shoe(lens, side) },
        Part { paint: Paint::Skin, blobs: skin },
        Part { paint: Paint::Shorts, blobs: shorts },
    ]
}

fn shoe(lens: &Lens<'_>, side: Side) -> Vec<Blob> {
    let body = &lens.figure.body;
    let foot = Segment::Foot(side);
    let sole = |radius: f64, z_m: f64| {
        let local = vec3(0.0, radius * body.stature_m - body.ankle_height_m, z_m);
        lens.ball(lens.figure.point(foot, local), radius)
    };
    let inset = 0.016 * body.stature_m;
    let ball = sole(0.019, body.ball_m - 0.4 * inset);
    let instep = lens.ball(lens.at(foot, vec3(0.0, -0.002, 0.012)), 0.021);
    let toe = lens.ball(lens.figure.toe_tip(side, inset, 0.013 * body.stature_m), 0.013);
    vec![
        Blob::Hull { ovals: vec![sole(0.021, 0.012 * body.stature_m - body.heel_m), ball, instep], corners: 18 },
        Blob::Hull { ovals: vec![ball, toe], corners: 14 },
    ]
}

fn trunk(lens: &Lens<'_>) -> Vec<Part> {
    let body = &lens.figure.body;
    let (wide, hips) = (body.shoulder_half_m / (0.1062 * body.stature_m), body.hip_half_m / (0.0504 * body.stature_m));
    let thorax = body.thorax_m / body.stature_m;
    let seat = lens.ellipsoid(Segment::Pelvis, vec3(0.0, -0.006, -0.012), vec3(0.086 * hips, 0.050, 0.056));
    let belt = lens.ellipsoid(Segment::Pelvis, vec3(0.0, 0.045, 0.0), vec3(0.080 * hips, 0.022, 0.053));
    let waist = lens.ellipsoid(Segment::Thorax, vec3(0.0, -0.012, 0.002), vec3(0.076 * hips, 0.030, 0.051));
    let chest = lens.ellipsoid(Segment::Thorax, vec3(0.0, 0.62 * thorax, 0.006), vec3(0.095 * wide, 0.045, 0.062));
    let yoke = lens.ellipsoid(Segment::Thorax, vec3(0.0, thorax - 0.010, -0.006), vec3(0.108 * wide, 0.026, 0.040));
    let collar = lens.ball(lens.at(Segment::Neck, vec3(0.0, 0.012, -0.004)), 0.031);
    let hull = |ovals: &[Oval]| Blob::Hull { ovals: ovals.to_vec(), corners: 22 };
    let neck = lens.limb(&[
        (lens.at(Segment::Neck, vec3(0.0, 0.0, -0.002)), 0.030),
        (lens.at(Segment::Head, vec3(0.0, 0.012, 0.000)), 0.027),
    ]);
    vec![
        Part { paint: Paint::Skin, blobs: neck },
        Part { paint: Paint::Shorts, blobs: vec![hull(&[seat, belt])] },
        Part {
            paint: Paint::Top,
            blobs: vec![hull(&[belt, waist]), hull(&[waist, chest]), hull(&[chest, yoke]), hull(&[yoke, collar])],
        },
    ]
}

fn head(lens: &Lens<'_>) -> Vec<Part> {
    let at = |x: f64, y: f64, z: f64| lens.at(Segment::Head, vec3(x, y, z));
    let skull = lens.ellipsoid(Segment::Head, vec3(0.0, 0.054, -0.002), vec3(0.042, 0.054, 0.053));
    let jaw = lens.ellipsoid(Segment::Head, vec3(0.0, 0.004, 0.022), vec3(0.026, 0.025, 0.027));
    let nose = lens.ball(at(0.0, 0.024, 0.056), 0.0065);
    let brow = lens.ball(at(0.0, 0.048, 0.047), 0.004);
    let hull = |ovals: &[Oval], corners: u32| Blob::Hull { ovals: ovals.to_vec(), corners };
    let skin = Part { paint: Paint::Skin, blobs: vec![hull(&[skull, jaw], 20), hull(&[nose, brow], 8)] };
    let crown = lens.ellipsoid(Segment::Head, vec3(0.0, 0.082, -0.007), vec3(0.0435, 0.031, 0.050));
    let nape = lens.ellipsoid(Segment::Head, vec3(0.0, 0.042, -0.032), vec3(0.038, 0.038, 0.024));
    // Seen from the front, the nape is behind the face.
    let facing = lens.depth_m(at(0.0, 0.0, 1.0)) - lens.depth_m(at(0.0, 0.0, 0.0));
    if facing < -0.5 * lens.figure.body.stature_m {
        let back = Part { paint: Paint::Hair, blobs: vec![hull(&[crown, nape], 16)] };
        vec![back, skin, Part { paint: Paint::Hair, blobs: vec![hull(&[crown], 16)] }]
    } else {
        let none = Part { paint: Paint::Hair, blobs: vec![hull(&[crown], 16)] };
        vec![none, skin, Part { paint: Paint::Hair, blobs: vec![hull(&[crown, nape], 16)] }]
    }
}

fn arm(lens: &Lens<'_>, side: Side, hands: HandShape) -> Vec<Part> {
    let figure = lens.figure;
    let [shoulder, elbow, wrist] =
        [Segment::UpperArm(side), Segment::Forearm(side), Segment::Hand(side)].map(|segment| figure.origin(segment));
    let mut skin = lens.limb(&[
        (shoulder.toward(elbow, 0.2), 0.027),
        (shoulder.toward(elbow, 0.5), 0.0265),
        (elbow, 0.0195),
        (elbow.toward(wrist, 0.25), 0.0215),
        (wrist, 0.0140),
    ]);
    let hand = |x: f64, y: f64, z: f64| lens.at(Segment::Hand(side), vec3(sign(side) * x, y, z));
    let ovals = match hands {
        HandShape::Open => vec![
            lens.ball(hand(0.0, -0.004, 0.0), 0.0135),
            lens.ellipsoid(Segment::Hand(side), vec3(0.0, -0.045, 0.0), vec3(0.023, 0.02, 0.011)),
            lens.ellipsoid(Segment::Hand(side), vec3(0.0, -0.088, 0.004), vec3(0.015, 0.012, 0.008)),
        ],
        HandShape::Fist => vec![
            lens.ball(wrist, 0.0135),
            lens.ellipsoid(Segment::Hand(side), GRIP_ALONG_HAND, vec3(0.026, 0.022, 0.021)),
        ],
    };
    skin.push(Blob::Hull { ovals, corners: 14 });
    let sleeve = lens.limb(&[(shoulder, 0.034), (shoulder.toward(elbow, 0.45), 0.0305)]);
    vec![Part { paint: Paint::Skin, blobs: skin }, Part { paint: Paint::Top, blobs: sleeve }]
}
