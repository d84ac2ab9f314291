//! Flat outlines: tapered capsules and hulls of ellipses, as SVG path text.
//!
//! Every outline of one kind has the same commands whatever its numbers, so that SMIL can glide from one to the next.
//! Coordinates are whole picture units; a figure is a thousand units tall, so rounding costs half a thousandth.

use std::f64::consts::PI;
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
    /// The convex hull of two ovals (or one), as a smooth curve of eight arcs.
    Smooth { from: Oval, to: Oval },
    /// The convex hull of any number of ovals, as a polygon of 24 corners. Long, so not for moving pictures.
    Hull { ovals: Vec<Oval> },
}

impl Blob {
    /// The same outline without size, where it begins.
    pub(crate) fn shrunk(&self) -> Self {
        let point = |oval: &Oval| Oval { half_axes: [Point::default(); 3], ..*oval };
        match self {
            Self::Capsule { from, .. } => {
                Self::Capsule { from: *from, from_radius: 0.0, to: *from, to_radius: 0.0 }
            }
            Self::Smooth { from, .. } => Self::oval(point(from)),
            Self::Hull { ovals } => {
                Self::Hull { ovals: ovals.first().map(point).into_iter().collect() }
            }
        }
    }

    /// The convex hull of one oval.
    pub(crate) fn oval(oval: Oval) -> Self {
        Self::Smooth { from: oval, to: oval }
    }
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

    fn add_oval(&mut self, oval: &Oval) {
        for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
            self.add(oval.support(x, y).0);
        }
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
            Blob::Smooth { from, to } => {
                [from, to].into_iter().for_each(|oval| self.add_oval(oval));
            }
            Blob::Hull { ovals } => ovals.iter().for_each(|oval| self.add_oval(oval)),
        }
    }
}

/// Draws the same part at one moment after another. Remembers which way each outline lay, so that its points do not
/// change places when a limb swings past the line of sight.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pen {
    lay_rad: Vec<f64>,
}

/// The path of a part at one moment.
pub(crate) fn path(blobs: &[Blob]) -> String {
    Pen::default().path(blobs)
}

impl Pen {
    pub(crate) fn path(&mut self, blobs: &[Blob]) -> String {
        let mut text = String::new();
        for (idx, blob) in blobs.iter().enumerate() {
            match blob {
                Blob::Capsule { from, from_radius, to, to_radius } => {
                    capsule(&mut text, *from, *from_radius, *to, *to_radius);
                }
                Blob::Smooth { from, to } if from == to => spline(&mut text, around_oval(from)),
                Blob::Smooth { from, to } => {
                    // Worked out where the whole outline is about as wide as long; tangents stay tangents.
                    let shape = Stretch::of(from, to);
                    let (from, to) = (shape.undo(from), shape.undo(to));
                    let lay = self.lay(idx, from, to);
                    spline(
                        &mut text,
                        around_hull(&from, &to, lay).map(|corner| shape.apply(corner)),
                    );
                }
                Blob::Hull { ovals } => hull(&mut text, ovals),
            }
        }
        text
    }

    /// The direction from one oval to the other or its opposite, whichever is nearer to the last moment's.
    fn lay(&mut self, idx: usize, from: Oval, to: Oval) -> f64 {
        if self.lay_rad.len() <= idx {
            self.lay_rad.resize(idx + 1, 0.0);
        }
        let (dx, dy) = (to.center.x - from.center.x, to.center.y - from.center.y);
        let last = self.lay_rad[idx];
        let mut lay = if math::hypot(dx, dy) > NO_LENGTH { math::atan2(dy, dx) } else { last };
        lay -= PI * math::round((lay - last) / PI);
        self.lay_rad[idx] = lay;
        lay
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturating, and pictures are a few thousand units wide"
)]
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

fn numbers<const N: usize>(text: &mut String, values: [i32; N]) {
    for value in values {
        number(text, value);
    }
}

fn capsule(text: &mut String, from: Point, from_radius: f64, to: Point, to_radius: f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = math::hypot(dx, dy);
    let (ux, uy) = if length > 1e-9 { (dx / length, dy / length) } else { (0.0, 1.0) };
    // Where one circle swallows the other there is no tangent; the clamp leaves the big circle with a harmless fold.
    let cos = ((from_radius - to_radius) / length.max(1e-9)).clamp(-0.995, 0.995);
    let sin = (1.0 - cos * cos).sqrt();
    let corner = |center: Point, radius: f64, sign: f64| {
        let (nx, ny) = (ux * cos - sign * uy * sin, uy * cos + sign * ux * sin);
        (round(center.x + radius * nx), round(center.y + radius * ny))
    };
    let (a, b) = (corner(from, from_radius, 1.0), corner(from, from_radius, -1.0));
    let (c, d) = (corner(to, to_radius, -1.0), corner(to, to_radius, 1.0));
    let arc = |text: &mut String, radius: f64, large: bool, by: (i32, i32)| {
        text.push('a');
        numbers(text, [round(radius), round(radius)]);
        // Rotation, then the two flags, which need no space after them.
        text.push_str(if large { " 0 11" } else { " 0 01" });
        if by.0 >= 0 {
            text.push(' ');
        }
        numbers(text, [by.0, by.1]);
    };
    text.push('M');
    numbers(text, [a.0, a.1]);
    arc(text, from_radius, from_radius > to_radius, (b.0 - a.0, b.1 - a.1));
    text.push('l');
    numbers(text, [c.0 - b.0, c.1 - b.1]);
    arc(text, to_radius, to_radius > from_radius, (d.0 - c.0, d.1 - c.1));
    text.push('z');
}

/// Two centers closer than this share of the outline's size have no direction.
const NO_LENGTH: f64 = 0.01;

/// The linear map that makes a round outline as wide, long and slanted as a given one: lower triangular.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    xx: f64,
    yx: f64,
    yy: f64,
}

impl Stretch {
    fn of(from: &Oval, to: &Oval) -> Self {
        let apart = Point {
            x: 0.5 * (to.center.x - from.center.x),
            y: 0.5 * (to.center.y - from.center.y),
        };
        let halves = from
            .half_axes
            .iter()
            .chain(&to.half_axes)
            .map(|axis| (axis, 0.5))
            .chain([(&apart, 1.0)]);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (axis, weight) in halves {
            xx += weight * axis.x * axis.x;
            xy += weight * axis.x * axis.y;
            yy += weight * axis.y * axis.y;
        }
        let root = xx.max(1e-6).sqrt();
        let yx = xy / root;
        Self { xx: root, yx, yy: (yy - yx * yx).max(1e-6).sqrt() }
    }

    fn apply(&self, point: Point) -> Point {
        Point { x: self.xx * point.x, y: self.yx * point.x + self.yy * point.y }
    }

    fn undo(&self, oval: &Oval) -> Oval {
        let back = |point: Point| {
            let x = point.x / self.xx;
            Point { x, y: (point.y - self.yx * x) / self.yy }
        };
        Oval { center: back(oval.center), half_axes: oval.half_axes.map(back) }
    }
}

/// Corners of the polygon of eight tangents of one oval, as a circle's stretched by the oval's shape.
fn around_oval(oval: &Oval) -> [Point; 8] {
    let shape = Stretch::of(oval, oval);
    let reach = 1.0 / math::cos(PI / 8.0);
    std::array::from_fn(|i| {
        let angle = PI / 8.0 * (2.0 * f64::from(u8::try_from(i).unwrap_or(0)) + 1.0);
        let corner =
            shape.apply(Point { x: reach * math::cos(angle), y: reach * math::sin(angle) });
        Point { x: oval.center.x + corner.x, y: oval.center.y + corner.y }
    })
}

/// Corners of the polygon of eight tangents of a hull: along it, across it, and between.
fn around_hull(from: &Oval, to: &Oval, lay: f64) -> [Point; 8] {
    // Where the flat sides face. When one oval nearly swallows the other, straight across.
    let side = |sign: f64| {
        let ahead = |turn: f64| {
            let angle = lay + sign * turn;
            let (x, y) = (math::cos(angle), math::sin(angle));
            from.support(x, y).1 - to.support(x, y).1
        };
        let (mut low, mut high) = (0.9, PI - 0.9);
        let rising = ahead(high) >= ahead(low);
        for _ in 0..24 {
            let middle = 0.5 * (low + high);
            if (ahead(middle) < 0.0) == rising { low = middle } else { high = middle }
        }
        if math::hypot(to.center.x - from.center.x, to.center.y - from.center.y) > NO_LENGTH {
            low
        } else {
            0.5 * PI
        }
    };
    let (left, right) = (side(1.0), side(-1.0));
    let turns =
        [0.0, 0.5 * left, left, 0.5 * (left + PI), PI, -0.5 * (right + PI), -right, -0.5 * right];
    let tangents = turns.map(|turn| {
        let (x, y) = (math::cos(lay + turn), math::sin(lay + turn));
        (x, y, from.support(x, y).1.max(to.support(x, y).1))
    });
    std::array::from_fn(|i| {
        let ((ax, ay, a), (bx, by, b)) = (tangents[i], tangents[(i + 1) % 8]);
        let det = ax * by - ay * bx;
        Point { x: (a * by - b * ay) / det, y: (ax * b - bx * a) / det }
    })
}

/// A quadratic B-spline inside a polygon of eight tangents. On a circle it is off by 0.3 % of the radius.
fn spline(text: &mut String, corners: [Point; 8]) {
    // Even numbers, so that the middles of the edges are whole and `t` reflects without rounding.
    let even = |value: f64| 2 * round(0.5 * value);
    let corners = corners.map(|corner| (even(corner.x), even(corner.y)));
    let middle = |i: usize| {
        let (p, q) = (corners[i % 8], corners[(i + 1) % 8]);
        (i32::midpoint(p.0, q.0), i32::midpoint(p.1, q.1))
    };
    let (start, first) = (middle(7), middle(0));
    text.push('M');
    numbers(text, [start.0, start.1]);
    text.push('q');
    numbers(
        text,
        [corners[0].0 - start.0, corners[0].1 - start.1, first.0 - start.0, first.1 - start.1],
    );
    text.push('t');
    for i in 1..8 {
        let (before, here) = (middle(i - 1), middle(i));
        numbers(text, [here.0 - before.0, here.1 - before.1]);
    }
    text.push('z');
}

/// Found by looking in 24 directions: enough for a box from any side.
fn hull(text: &mut String, ovals: &[Oval]) {
    let mut last: Option<(i32, i32)> = None;
    for corner in 0..24 {
        let angle = f64::from(corner) / 24.0 * 2.0 * PI;
        let (x, y) = (math::cos(angle), math::sin(angle));
        let furthest =
            ovals.iter().map(|oval| oval.support(x, y)).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((point, _)) = furthest else { return };
        let here = (round(point.x), round(point.y));
        match last {
            None => {
                text.push('M');
                numbers(text, [here.0, here.1]);
                text.push('l');
            }
            Some(before) => numbers(text, [here.0 - before.0, here.1 - before.1]),
        }
        last = Some(here);
    }
    text.push('z');
}
