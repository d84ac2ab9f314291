//! The flesh on the skeleton: a figure in a shirt, shorts and shoes.
//!
//! Radii are fractions of stature, eyeballed against adult silhouettes; they are looks, not measurements.

use units::Side;

use crate::draw::part::{Group, Lens, Paint, Part};
use crate::draw::shape::{Blob, Oval};
use crate::skeleton::Segment;
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
///
/// Sleeves and shorts are groups of their own, because a forearm that points at the viewer covers its sleeve.
pub(crate) fn groups(
    lens: &Lens<'_>,
    hands: HandShape,
    held: impl Fn(Side) -> Option<Part>,
) -> Vec<Group> {
    let depth = |segment: Segment| lens.depth_m(lens.figure.origin(segment));
    let (trunk_depth, hip_depth) = (depth(Segment::Thorax), depth(Segment::Pelvis));
    let limit = FAR * lens.figure.body.stature_m;
    let mut groups = Vec::with_capacity(10);
    for side in Side::BOTH {
        let [hip, knee, ankle] =
            [Segment::Thigh(side), Segment::Shank(side), Segment::Foot(side)].map(depth);
        let far = hip - hip_depth > limit;
        groups.push(Group { parts: leg(lens, side), depth_m: (hip + knee + ankle) / 3.0, far });
        let depth_m = 0.7 * hip + 0.3 * knee - 0.2 * limit;
        groups.push(Group { parts: vec![shorts(lens, side)], depth_m, far });
    }
    groups.push(Group { parts: trunk(lens), depth_m: 0.5 * (trunk_depth + hip_depth), far: false });
    let head = lens.depth_m(lens.at(Segment::Head, vec3(0.0, 0.045, 0.0)));
    groups.push(Group { parts: self::head(lens), depth_m: head - 0.25 * limit, far: false });
    for side in Side::BOTH {
        let [shoulder, elbow, wrist] =
            [Segment::UpperArm(side), Segment::Forearm(side), Segment::Hand(side)].map(depth);
        let far = shoulder - trunk_depth > 2.0 * limit;
        let mut parts: Vec<_> = held(side).into_iter().collect();
        parts.push(arm(lens, side, hands));
        // Arms at the body's own depth are painted over it.
        groups.push(Group { parts, depth_m: (shoulder + elbow + wrist) / 3.0 - limit, far });
        let depth_m = 0.7 * shoulder + 0.3 * elbow - 1.2 * limit;
        groups.push(Group { parts: vec![sleeve(lens, side)], depth_m, far });
    }
    groups
}

fn leg(lens: &Lens<'_>, side: Side) -> Vec<Part> {
    let figure = lens.figure;
    let [hip, knee, ankle] = [Segment::Thigh(side), Segment::Shank(side), Segment::Foot(side)]
        .map(|segment| figure.origin(segment));
    let calf = knee.toward(ankle, 0.27)
        - figure.rotation(Segment::Shank(side)).z * (0.008 * figure.body.stature_m);
    let skin = lens.limb(&[
        (hip.toward(knee, 0.52), 0.0415),
        (knee, 0.0295),
        (calf, 0.0325),
        (ankle, 0.0180),
    ]);
    vec![
        Part { paint: Paint::Shoe, blobs: shoe(lens, side) },
        Part { paint: Paint::Skin, blobs: skin },
    ]
}

fn shorts(lens: &Lens<'_>, side: Side) -> Part {
    let figure = lens.figure;
    let (hip, knee) = (figure.origin(Segment::Thigh(side)), figure.origin(Segment::Shank(side)));
    let quad = hip.toward(knee, 0.5)
        + figure.rotation(Segment::Thigh(side)).z * (0.004 * figure.body.stature_m);
    Part { paint: Paint::Shorts, blobs: lens.limb(&[(hip, 0.053), (quad, 0.0465)]) }
}

fn shoe(lens: &Lens<'_>, side: Side) -> Vec<Blob> {
    let body = &lens.figure.body;
    let foot = Segment::Foot(side);
    let sole = |radius: f64, z_m: f64| {
        lens.figure.point(foot, vec3(0.0, radius * body.stature_m - body.ankle_height_m, z_m))
    };
    let inset = 0.016 * body.stature_m;
    let heel = (sole(0.021, 0.012 * body.stature_m - body.heel_m), 0.021);
    let ball = (sole(0.019, body.ball_m - 0.4 * inset), 0.019);
    let instep = (lens.at(foot, vec3(0.0, -0.004, 0.006)), 0.0225);
    let toe = (lens.figure.toe_tip(side, inset, 0.013 * body.stature_m), 0.013);
    [lens.limb(&[heel, ball, toe]), lens.limb(&[heel, instep, ball])].concat()
}

fn trunk(lens: &Lens<'_>) -> Vec<Part> {
    let body = &lens.figure.body;
    let (wide, hips) = (
        body.shoulder_half_m / (0.1062 * body.stature_m),
        body.hip_half_m / (0.0504 * body.stature_m),
    );
    let thorax = body.thorax_m / body.stature_m;
    let seat = lens.ellipsoid(
        Segment::Pelvis,
        vec3(0.0, -0.006, -0.012),
        vec3(0.086 * hips, 0.050, 0.056),
    );
    let belt =
        lens.ellipsoid(Segment::Pelvis, vec3(0.0, 0.045, 0.0), vec3(0.080 * hips, 0.022, 0.053));
    let waist =
        lens.ellipsoid(Segment::Thorax, vec3(0.0, -0.012, 0.002), vec3(0.076 * hips, 0.030, 0.051));
    let chest = lens.ellipsoid(
        Segment::Thorax,
        vec3(0.0, 0.62 * thorax, 0.006),
        vec3(0.095 * wide, 0.045, 0.062),
    );
    let yoke = lens.ellipsoid(
        Segment::Thorax,
        vec3(0.0, thorax - 0.010, -0.006),
        vec3(0.108 * wide, 0.026, 0.040),
    );
    let collar = lens.ball(lens.at(Segment::Neck, vec3(0.0, 0.012, -0.004)), 0.031);
    let hull = |from: Oval, to: Oval| Blob::Smooth { from, to };
    let neck = lens.limb(&[
        (lens.at(Segment::Neck, vec3(0.0, 0.0, -0.002)), 0.030),
        (lens.at(Segment::Head, vec3(0.0, 0.012, 0.000)), 0.027),
    ]);
    vec![
        Part { paint: Paint::Skin, blobs: neck },
        Part { paint: Paint::Shorts, blobs: vec![hull(seat, belt)] },
        Part {
            paint: Paint::Top,
            blobs: vec![
                hull(belt, waist),
                hull(waist, chest),
                hull(chest, yoke),
                hull(yoke, collar),
            ],
        },
    ]
}

fn head(lens: &Lens<'_>) -> Vec<Part> {
    let at = |x: f64, y: f64, z: f64| lens.at(Segment::Head, vec3(x, y, z));
    let skull = lens.ellipsoid(Segment::Head, vec3(0.0, 0.054, -0.002), vec3(0.042, 0.054, 0.053));
    let jaw = lens.ellipsoid(Segment::Head, vec3(0.0, 0.004, 0.022), vec3(0.026, 0.025, 0.027));
    let nose = Blob::Capsule {
        from: lens.flat(at(0.0, 0.024, 0.056)),
        from_radius: lens.girth(0.0065),
        to: lens.flat(at(0.0, 0.048, 0.047)),
        to_radius: lens.girth(0.004),
    };
    let crown = lens.ellipsoid(Segment::Head, vec3(0.0, 0.086, -0.010), vec3(0.0425, 0.027, 0.046));
    let nape = lens.ellipsoid(Segment::Head, vec3(0.0, 0.052, -0.036), vec3(0.036, 0.036, 0.020));
    let skin =
        Part { paint: Paint::Skin, blobs: vec![Blob::Smooth { from: skull, to: jaw }, nose] };
    // Seen from the front, the nape is behind the face.
    let facing = lens.depth_m(at(0.0, 0.0, 1.0)) - lens.depth_m(at(0.0, 0.0, 0.0));
    let low = if facing < -0.5 * lens.figure.body.stature_m { crown } else { nape };
    let hair = Part { paint: Paint::Hair, blobs: vec![Blob::Smooth { from: crown, to: low }] };
    // The ear on the viewer's side, once that side shows.
    let left = lens.depth_m(at(1.0, 0.0, 0.0)) - lens.depth_m(at(0.0, 0.0, 0.0));
    let shows = left.abs() > 0.5 * lens.figure.body.stature_m;
    let x = if left < 0.0 { 0.042 } else { -0.042 };
    let ear = lens.ellipsoid(Segment::Head, vec3(x, 0.036, -0.004), vec3(0.004, 0.015, 0.009));
    let ear = if shows { vec![Blob::oval(ear)] } else { Vec::new() };
    vec![skin, hair, Part { paint: Paint::Skin, blobs: ear }]
}

fn arm(lens: &Lens<'_>, side: Side, hands: HandShape) -> Part {
    let figure = lens.figure;
    let [shoulder, elbow, wrist] =
        [Segment::UpperArm(side), Segment::Forearm(side), Segment::Hand(side)]
            .map(|segment| figure.origin(segment));
    let mut blobs =
        lens.limb(&[(shoulder.toward(elbow, 0.52), 0.0255), (elbow, 0.0205), (wrist, 0.0138)]);
    let palm = |center: Vec3, half: Vec3| lens.ellipsoid(Segment::Hand(side), center, half);
    blobs.push(match hands {
        HandShape::Open => Blob::Smooth {
            from: palm(vec3(0.0, -0.030, 0.0), vec3(0.022, 0.030, 0.011)),
            to: palm(vec3(0.0, -0.088, 0.004), vec3(0.014, 0.014, 0.008)),
        },
        HandShape::Fist => Blob::oval(palm(GRIP_ALONG_HAND, vec3(0.026, 0.028, 0.021))),
    });
    Part { paint: Paint::Skin, blobs }
}

fn sleeve(lens: &Lens<'_>, side: Side) -> Part {
    let (shoulder, elbow) =
        (lens.figure.origin(Segment::UpperArm(side)), lens.figure.origin(Segment::Forearm(side)));
    Part {
        paint: Paint::Top,
        blobs: lens.limb(&[(shoulder, 0.034), (shoulder.toward(elbow, 0.46), 0.0305)]),
    }
}
