//! Flat outlines: tapered capsules and hulls of ellipses, as SVG path text.
//!
//! Every outline of one kind has the same commands whatever its numbers, so that SMIL can glide from one to the next.
//! Coordinates are whole picture units; a figure is a thousand units tall, so rounding costs half a thousandth.

use std::fmt::Write as _;

use crate::math;

/// A point of the picture, x right and y down.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// The flat image of an ellipsoid: its center and the images of its three half-axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Oval {
    pub(crate) center: Point,
    pub(crate) half_axes: [Point; 3],
}

impl Oval {
    pub(crate) fn circle(center: Point, radius: f64) -> Self {
        Self {
            center,
            half_axes: [Point { x: radius, y: 0.0 }, Point { x: 0.0, y: radius }, Point::default()],
        }
    }

    /// The outline point furthest in the direction `(x, y)` and how far that is.
    fn support(&self, x: f64, y: f64) -> (Point, f64) {
        let along = self.half_axes.map(|axis| axis.x * x + axis.y * y);
        let reach = along.iter().map(|a| a * a).sum::<f64>().sqrt();
        let mut point = self.center;
        if reach > 0.0 {
            for (axis, along) in self.half_axes.iter().zip(along) {
                point.x += axis.x * along / reach;
                point.y += axis.y * along / reach;
            }
        }
        (point, point.x * x + point.y * y)
    }
}

/// One closed outline. Outlines of one part are painted together, so overlapping ones melt into one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Blob {
    /// Two circles and their outer tangents.
    Capsule { from: Point, from_radius: f64, to: Point, to_radius: f64 },
    /// The convex hull of ovals, as a polygon of `corners`.
    Hull { ovals: Vec<Oval>, corners: u32 },
}

/// The smallest upright rectangle around something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) least: Point,
    pub(crate) most: Point,
}

impl Bounds {
    pub(crate) const NOTHING: Self = Self {
        least: Point { x: f64::INFINITY, y: f64::INFINITY },
        most: Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY },
    };

    pub(crate) fn add(&mut self, point: Point) {
        self.least = Point { x: self.least.x.min(point.x), y: self.least.y.min(point.y) };
        self.most = Point { x: self.most.x.max(point.x), y: self.most.y.max(point.y) };
    }

    pub(crate) fn add_blob(&mut self, blob: &Blob) {
        let mut ends = |center: Point, radius: f64| {
            self.add(Point { x: center.x - radius, y: center.y - radius });
            self.add(Point { x: center.x + radius, y: center.y + radius });
        };
        match blob {
            Blob::Capsule { from, from_radius, to, to_radius } => {
                ends(*from, *from_radius);
                ends(*to, *to_radius);
            }
            Blob::Hull { ovals, .. } => {
                for oval in ovals {
                    for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                        self.add(oval.support(x, y).0);
                    }
                }
            }
        }
    }
}

/// The path of a part.
pub(crate) fn path(blobs: &[Blob]) -> String {
    let mut text = String::new();
    for blob in blobs {
        match blob {
            Blob::Capsule { from, from_radius, to, to_radius } => {
                capsule(&mut text, *from, *from_radius, *to, *to_radius);
            }
            Blob::Hull { ovals, corners } => hull(&mut text, ovals, *corners),
        }
    }
    text
}

#[expect(clippy::cast_possible_truncation, reason = "saturating, and pictures are a few thousand units wide")]
pub(crate) fn round(value: f64) -> i32 {
    math::round(value) as i32
}

/// Appends a number, with a space only where the last one would run into it.
fn number(text: &mut String, value: i32) {
    if value >= 0 && text.ends_with(|c: char| c.is_ascii_digit()) {
        text.push(' ');
    }
    write!(text, "{value}").expect("writing to a string cannot fail");
}

fn capsule(text: &mut String, from: Point, from_radius: f64, to: Point, to_radius: f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = math::hypot(dx, dy);
    let (ux, uy) = if length > 1e-9 { (dx / length, dy / length) } else { (0.0, 1.0) };
    // Where one circle swallows the other there is no tangent; the clamp leaves the big circle with a harmless fold.
    let cos = ((from_radius - to_radius) / length.max(1e-9)).clamp(-0.995, 0.995);
    let sin = (1.0 - cos * cos).sqrt();
    let normal = |sign: f64| (ux * cos - sign * uy * sin, uy * cos + sign * ux * sin);
    let at = |center: Point, radius: f64, (nx, ny): (f64, f64)| (round(center.x + radius * nx), round(center.y + radius * ny));
    let [a, b] = [at(from, from_radius, normal(1.0)), at(from, from_radius, normal(-1.0))];
    let [c, d] = [at(to, to_radius, normal(-1.0)), at(to, to_radius, normal(1.0))];
    let mut arc = |text: &mut String, radius: f64, large: bool, end: (i32, i32)| {
        text.push('A');
        number(text, round(radius));
        number(text, round(radius));
        text.push_str(if large { " 0 1 1 " } else { " 0 0 1 " });
        number(text, end.0);
        number(text, end.1);
    };
    text.push('M');
    number(text, a.0);
    number(text, a.1);
    arc(text, from_radius, from_radius > to_radius, b);
    text.push('L');
    number(text, c.0);
    number(text, c.1);
    arc(text, to_radius, to_radius > from_radius, d);
    text.push('z');
}

fn hull(text: &mut String, ovals: &[Oval], corners: u32) {
    let mut last: Option<(i32, i32)> = None;
    for corner in 0..corners {
        let angle = f64::from(corner) / f64::from(corners.max(1)) * std::f64::consts::TAU;
        let (x, y) = (math::cos(angle), math::sin(angle));
        let furthest = ovals.iter().map(|oval| oval.support(x, y)).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((point, _)) = furthest else { return };
        let here = (round(point.x), round(point.y));
        match last {
            None => {
                text.push('M');
                number(text, here.0);
                number(text, here.1);
                text.push('l');
            }
            Some(before) => {
                number(text, here.0 - before.0);
                number(text, here.1 - before.1);
            }
        }
        last = Some(here);
    }
    text.push('z');
}
