//! The same figure from points in a picture: how a report draws what the camera saw.
//!
//! There is no depth here. The nose tells which way the athlete faces, and with it which side is the near one.

use crate::draw::part::{Group, Paint, Part};
use crate::draw::scene::{Caption, Frame, Scene, open, paint};
use crate::draw::shape::{Blob, Bounds, Oval, Point};
use crate::math;

// Indices of the 19 joints of `motion::pose`; left first, right is the next one.
const NOSE: usize = 0;
const EAR: usize = 1;
const SHOULDER: usize = 3;
const ELBOW: usize = 5;
const WRIST: usize = 7;
const HIP: usize = 9;
const KNEE: usize = 11;
const ANKLE: usize = 13;
const HEEL: usize = 15;
const TOE: usize = 17;

/// 19 joints, in the order of `motion::pose` and in pixels (y down); none where a joint is missing.
pub type Joints = [Option<(f64, f64)>; 19];

/// How large a person is drawn. Pictures that are compared with each other share one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Picture units per pixel.
    units_per_pixel: f64,
}

impl Scale {
    /// Such that the stature of the person in these poses would be a thousand units, so pixels of any resolution look the
    /// same. Each bone gives an estimate of the stature; foreshortening only ever makes it too small, so a high one is taken.
    #[must_use]
    pub fn of<'a>(poses: impl IntoIterator<Item = &'a Joints>) -> Self {
        let mut statures: Vec<f64> = poses.into_iter().flat_map(statures).collect();
        statures.sort_by(f64::total_cmp);
        let high = statures.get(statures.len() * 3 / 4).copied();
        Self { units_per_pixel: high.map_or(1.0, |stature| 1000.0 / stature) }
    }
}

/// Draws joints; what is missing is left out.
#[must_use]
pub fn from_keypoints(joints: &Joints, scale: Scale, caption: Caption<'_>) -> String {
    let scale = scale.units_per_pixel;
    let points = joints.map(|joint| {
        joint
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|(x, y)| Point { x: x * scale, y: y * scale })
    });
    let groups = Sketch { points }.groups();
    let mut bounds = Bounds::NOTHING;
    for blob in groups.iter().flat_map(|group| &group.parts).flat_map(|part| &part.blobs) {
        bounds.add_blob(blob);
    }
    if !bounds.least.x.is_finite() {
        bounds.add(Point::default());
        bounds.add(Point { x: 100.0, y: 100.0 });
    }
    let floor = [HEEL, HEEL + 1, TOE, TOE + 1, ANKLE, ANKLE + 1, WRIST, WRIST + 1]
        .iter()
        .filter_map(|&idx| points[idx])
        .map(|point| point.y)
        .fold(f64::NEG_INFINITY, f64::max);
    let frame = Frame::new(bounds, floor.is_finite().then_some(floor + 14.0));
    let mut svg = open(&frame, caption, "");
    let order: Vec<usize> = (0..groups.len()).collect();
    let nothing = Blob::Hull { ovals: Vec::new() };
    paint(&mut svg, &Scene { groups, shadow: nothing, bounds }, &order);
    svg.push_str("</svg>");
    svg
}

fn distance(a: Point, b: Point) -> f64 {
    math::hypot(a.x - b.x, a.y - b.y)
}

/// Statures by each bone that is there, pixels.
fn statures(joints: &Joints) -> Vec<f64> {
    let bones = [
        (SHOULDER, HIP, 0.288),
        (HIP, KNEE, 0.245),
        (KNEE, ANKLE, 0.246),
        (SHOULDER, ELBOW, 0.186),
        (ELBOW, WRIST, 0.146),
    ];
    bones
        .iter()
        .flat_map(|&(from, to, share)| [(from, to, share), (from + 1, to + 1, share)])
        .filter_map(|(from, to, share)| {
            let ((ax, ay), (bx, by)) = (joints[from]?, joints[to]?);
            let length = math::hypot(ax - bx, ay - by) / share;
            (length.is_finite() && length > 0.0).then_some(length)
        })
        .collect()
}

struct Sketch {
    points: [Option<Point>; 19],
}

impl Sketch {
    /// Back to front: far limbs, trunk, head, near limbs.
    fn groups(&self) -> Vec<Group> {
        let near = self.near_side();
        let mut groups = Vec::new();
        let mut push = |parts: Vec<Part>, far: bool| {
            groups.push(Group { parts, depth_m: 0.0, far });
        };
        let (near_idx, sideways) = near.map_or((0, false), |idx| (idx, true));
        let far_idx = 1 - near_idx;
        push(self.arm(far_idx), sideways);
        push(self.leg(far_idx), sideways);
        push(self.trunk(), false);
        push(self.head(), false);
        push(self.leg(near_idx), false);
        push(self.arm(near_idx), false);
        groups
    }

    /// 0 for left, 1 for right, where the body is seen from the side: facing right shows the right side.
    fn near_side(&self) -> Option<usize> {
        let mid = |idx: usize| Some(middle(self.points[idx]?, self.points[idx + 1]?));
        let (shoulders, hips) = (mid(SHOULDER)?, mid(HIP)?);
        let breadth = distance(self.points[SHOULDER]?, self.points[SHOULDER + 1]?);
        if breadth > 0.55 * distance(shoulders, hips) {
            return None;
        }
        let nose = self.points[NOSE]?;
        let ears: Vec<Point> = [EAR, EAR + 1].iter().filter_map(|&idx| self.points[idx]).collect();
        let ear = ears.iter().copied().reduce(middle)?;
        // Which way the nose points, turned with the trunk so that it works lying down too.
        let (up_x, up_y) = (shoulders.x - hips.x, shoulders.y - hips.y);
        let facing = (nose.x - ear.x) * -up_y + (nose.y - ear.y) * up_x;
        Some(usize::from(facing > 0.0))
    }

    fn limb(&self, chain: &[(Option<Point>, f64)]) -> Vec<Blob> {
        let capsule = |pair: &[(Option<Point>, f64)]| {
            Some(Blob::Capsule {
                from: pair[0].0?,
                from_radius: pair[0].1,
                to: pair[1].0?,
                to_radius: pair[1].1,
            })
        };
        chain.windows(2).filter_map(capsule).collect()
    }

    fn leg(&self, side: usize) -> Vec<Part> {
        let [hip, knee, ankle, heel, toe] =
            [HIP, KNEE, ANKLE, HEEL, TOE].map(|idx| self.points[idx + side]);
        let along =
            |from: Option<Point>, to: Option<Point>, share: f64| Some(toward(from?, to?, share));
        let skin = self.limb(&[
            (along(hip, knee, 0.3), 44.0),
            (along(hip, knee, 0.45), 42.0),
            (knee, 29.5),
            (along(knee, ankle, 0.27), 32.0),
            (ankle, 18.5),
        ]);
        let shorts = self.limb(&[(hip, 51.0), (along(hip, knee, 0.5), 46.0)]);
        let soles: Vec<Oval> = [(heel, 18.0), (toe, 12.0), (ankle, 21.0)]
            .into_iter()
            .filter_map(|(point, radius)| Some(Oval::circle(point?, radius)))
            .collect();
        let shoe = if soles.len() > 1 { vec![Blob::Hull { ovals: soles }] } else { Vec::new() };
        keep([(Paint::Shoe, shoe), (Paint::Skin, skin), (Paint::Shorts, shorts)])
    }

    fn arm(&self, side: usize) -> Vec<Part> {
        let [shoulder, elbow, wrist] = [SHOULDER, ELBOW, WRIST].map(|idx| self.points[idx + side]);
        let along =
            |from: Option<Point>, to: Option<Point>, share: f64| Some(toward(from?, to?, share));
        let mut skin = self.limb(&[
            (along(shoulder, elbow, 0.2), 27.0),
            (along(shoulder, elbow, 0.5), 26.5),
            (elbow, 19.5),
            (along(elbow, wrist, 0.25), 21.5),
            (wrist, 14.0),
        ]);
        skin.extend(self.limb(&[(wrist, 16.0), (along(elbow, wrist, 1.3), 19.0)]));
        let sleeve = self.limb(&[(shoulder, 34.0), (along(shoulder, elbow, 0.45), 30.5)]);
        keep([(Paint::Skin, skin), (Paint::Top, sleeve)])
    }

    fn trunk(&self) -> Vec<Part> {
        let ovals = |idx: usize, radius: f64, toward_idx: usize, share: f64| -> Vec<Oval> {
            [0, 1]
                .into_iter()
                .filter_map(|side| {
                    let (from, to) = (self.points[idx + side]?, self.points[toward_idx + side]?);
                    Some(Oval::circle(toward(from, to, share), radius))
                })
                .collect()
        };
        let seat = ovals(HIP, 50.0, SHOULDER, 0.0);
        let belt = ovals(HIP, 44.0, SHOULDER, 0.22);
        let waist = ovals(HIP, 44.0, SHOULDER, 0.45);
        let chest = ovals(SHOULDER, 52.0, HIP, 0.28);
        let yoke = ovals(SHOULDER, 36.0, HIP, 0.03);
        let hull = |parts: [&[Oval]; 2]| {
            let ovals = parts.concat();
            if ovals.is_empty() { Vec::new() } else { vec![Blob::Hull { ovals }] }
        };
        let shirt = [hull([&belt, &waist]), hull([&waist, &chest]), hull([&chest, &yoke])].concat();
        keep([(Paint::Shorts, hull([&seat, &belt])), (Paint::Top, shirt)])
    }

    fn head(&self) -> Vec<Part> {
        let ears: Vec<Point> = [EAR, EAR + 1].iter().filter_map(|&idx| self.points[idx]).collect();
        let Some(center) = ears.iter().copied().reduce(middle).or(self.points[NOSE]) else {
            return Vec::new();
        };
        let nose = self.points[NOSE].unwrap_or(center);
        let shoulders: Vec<Point> =
            [SHOULDER, SHOULDER + 1].iter().filter_map(|&idx| self.points[idx]).collect();
        let neck = shoulders.iter().copied().reduce(middle);
        let up = neck.map_or(Point { x: 0.0, y: -1.0 }, |base| {
            let length = distance(base, center).max(1e-6);
            Point { x: (center.x - base.x) / length, y: (center.y - base.y) / length }
        });
        let face = |ahead: f64, above: f64| {
            let base = toward(center, nose, ahead);
            Point { x: base.x + up.x * above, y: base.y + up.y * above }
        };
        let skin = vec![Blob::Hull {
            ovals: vec![
                Oval::circle(face(0.0, 16.0), 50.0),
                Oval::circle(face(0.5, -26.0), 26.0),
                Oval::circle(face(0.95, -6.0), 8.0),
            ],
        }];
        let hair = vec![Blob::Hull {
            ovals: vec![
                Oval::circle(face(-0.05, 32.0), 44.0),
                Oval::circle(face(-0.45, 8.0), 32.0),
            ],
        }];
        let throat = self.limb(&[(neck, 31.0), (Some(face(0.0, -20.0)), 27.0)]);
        keep([(Paint::Skin, throat), (Paint::Skin, skin), (Paint::Hair, hair)])
    }
}

fn keep<const N: usize>(parts: [(Paint, Vec<Blob>); N]) -> Vec<Part> {
    parts
        .into_iter()
        .filter(|(_, blobs)| !blobs.is_empty())
        .map(|(paint, blobs)| Part { paint, blobs })
        .collect()
}

fn middle(a: Point, b: Point) -> Point {
    toward(a, b, 0.5)
}

fn toward(from: Point, to: Point, share: f64) -> Point {
    Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
