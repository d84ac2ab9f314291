//! What a picture is made of: groups of parts, each group at one depth.

use crate::camera::View;
use crate::draw::shape::{Blob, Oval, Point};
use crate::figure::Figure;
use crate::skeleton::Segment;
use crate::space::{Vec3, vec3};

/// What a part is made of; decides its color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    Skin,
    Hair,
    Top,
    Shorts,
    Shoe,
    Metal,
    Plate,
    /// A plate between the viewer and the body: see-through.
    NearPlate,
    Wood,
    Mat,
    /// A cushion.
    Pad,
    /// Elastic.
    Band,
    /// See-through, because it may stand in front.
    Wall,
}

/// Outlines of one color.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) paint: Paint,
    pub(crate) blobs: Vec<Blob>,
}

/// Parts that are painted one after the other, between what is further and what is nearer.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) parts: Vec<Part>,
    /// Metres away from the viewer, relative to the world's origin.
    pub(crate) depth_m: f64,
    /// Whether it belongs to the body's far side, and is painted darker.
    pub(crate) far: bool,
}

/// Flattens a figure: parallel projection, a thousand units per stature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lens<'a> {
    pub(crate) figure: &'a Figure,
    pub(crate) view: View,
}

impl Lens<'_> {
    /// Picture units per metre.
    pub(crate) fn scale(&self) -> f64 {
        1000.0 / self.figure.body.stature_m
    }

    pub(crate) fn flat(&self, world: Vec3) -> Point {
        let seen = self.view.apply(world) * self.scale();
        Point { x: seen.x, y: seen.y }
    }

    pub(crate) fn depth_m(&self, world: Vec3) -> f64 {
        self.view.apply(world).z
    }

    /// A point of a segment; `local` in fractions of stature.
    pub(crate) fn at(&self, segment: Segment, local: Vec3) -> Vec3 {
        self.figure.point(segment, local * self.figure.body.stature_m)
    }

    /// A ball; `radius` as a fraction of stature, before girth.
    pub(crate) fn ball(&self, world: Vec3, radius: f64) -> Oval {
        Oval::circle(self.flat(world), self.girth(radius))
    }

    /// Picture units of a radius given as a fraction of stature.
    pub(crate) fn girth(&self, radius: f64) -> f64 {
        radius * 1000.0 * self.figure.body.girth_ratio
    }

    /// An ellipsoid in a segment's axes; center and half-axes as fractions of stature.
    pub(crate) fn ellipsoid(&self, segment: Segment, center: Vec3, half: Vec3) -> Oval {
        let rotation = self.figure.rotation(segment);
        let girth = self.figure.body.girth_ratio * self.figure.body.stature_m;
        let axis = |world: Vec3, half: f64| self.flat(world * (half * girth));
        Oval {
            center: self.flat(self.at(segment, center)),
            half_axes: [
                axis(rotation.x, half.x),
                axis(rotation.y, half.y),
                axis(rotation.z, half.z),
            ],
        }
    }

    /// A chain of balls along joints, as capsules that melt into one limb.
    pub(crate) fn limb(&self, chain: &[(Vec3, f64)]) -> Vec<Blob> {
        let capsule = |pair: &[(Vec3, f64)]| Blob::Capsule {
            from: self.flat(pair[0].0),
            from_radius: self.girth(pair[0].1),
            to: self.flat(pair[1].0),
            to_radius: self.girth(pair[1].1),
        };
        chain.windows(2).map(capsule).collect()
    }

    /// An upright box standing in the world, metres.
    pub(crate) fn cuboid(&self, center: Vec3, half: Vec3) -> Blob {
        let corner = |i: u8| {
            let pick = |bit: u8, half: f64| if i & bit == 0 { -half } else { half };
            let point = center + vec3(pick(1, half.x), pick(2, half.y), pick(4, half.z));
            Oval::circle(self.flat(point), 0.0)
        };
        Blob::Hull { ovals: (0..8).map(corner).collect() }
    }
}
