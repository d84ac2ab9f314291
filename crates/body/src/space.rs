//! Vectors and rotations in three dimensions.
//!
//! World space is right-handed and in metres: **x to the athlete's left, y up, z the way the athlete faces** when the
//! pelvis is not turned. The floor is `y = 0`.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use crate::math;

/// A point or direction.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(missing_docs, reason = "axes are in the module's documentation")]
pub struct Vec3 {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}

/// A vector from its three coordinates.
#[must_use]
pub const fn vec3(x: f64, y: f64, z: f64) -> Vec3 {
    Vec3 { x, y, z }
}

impl Vec3 {
    /// The origin.
    pub const ZERO: Self = vec3(0.0, 0.0, 0.0);
    /// One metre up.
    pub const UP: Self = vec3(0.0, 1.0, 0.0);

    /// Scalar product.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// Vector product.
    #[must_use]
    pub fn cross(self, other: Self) -> Self {
        vec3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// Length.
    #[must_use]
    pub fn norm(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// Same direction, length one; the zero vector stays zero.
    #[must_use]
    pub fn unit(self) -> Self {
        let norm = self.norm();
        if norm > 0.0 { self * (1.0 / norm) } else { self }
    }

    /// Seen in the mirror that swaps the athlete's left and right.
    #[must_use]
    pub fn mirrored(self) -> Self {
        vec3(-self.x, self.y, self.z)
    }

    /// The point `share` of the way from here to `other`.
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }

    /// The three coordinates in order.
    #[must_use]
    pub fn to_array(self) -> [f64; 3] {
        [self.x, self.y, self.z]
    }
}

impl Add for Vec3 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        vec3(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl AddAssign for Vec3 {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Vec3 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        vec3(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Neg for Vec3 {
    type Output = Self;
    fn neg(self) -> Self {
        vec3(-self.x, -self.y, -self.z)
    }
}

impl Mul<f64> for Vec3 {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        vec3(self.x * factor, self.y * factor, self.z * factor)
    }
}

/// The angle at `vertex` between the directions to `a` and `b`, in 0..=π.
#[must_use]
pub fn included_angle_rad(a: Vec3, vertex: Vec3, b: Vec3) -> f64 {
    let (u, v) = (a - vertex, b - vertex);
    // atan2 keeps full accuracy near 0 and π, where acos loses half the digits.
    math::atan2(u.cross(v).norm(), u.dot(v))
}

/// One of a segment's own axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    X,
    Y,
    Z,
}

/// A rotation: the images of the three axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rotation {
    /// Where the segment's left axis points.
    pub x: Vec3,
    /// Where the segment's up axis points.
    pub y: Vec3,
    /// Where the segment's forward axis points.
    pub z: Vec3,
}

impl Rotation {
    /// No rotation.
    pub const IDENTITY: Self = Self { x: vec3(1.0, 0.0, 0.0), y: Vec3::UP, z: vec3(0.0, 0.0, 1.0) };

    pub(crate) fn about(axis: Axis, angle_rad: f64) -> Self {
        let (s, c) = (math::sin(angle_rad), math::cos(angle_rad));
        match axis {
            Axis::X => Self { x: vec3(1.0, 0.0, 0.0), y: vec3(0.0, c, s), z: vec3(0.0, -s, c) },
            Axis::Y => Self { x: vec3(c, 0.0, -s), y: Vec3::UP, z: vec3(s, 0.0, c) },
            Axis::Z => Self { x: vec3(c, s, 0.0), y: vec3(-s, c, 0.0), z: vec3(0.0, 0.0, 1.0) },
        }
    }

    pub(crate) fn axis(&self, axis: Axis) -> Vec3 {
        match axis {
            Axis::X => self.x,
            Axis::Y => self.y,
            Axis::Z => self.z,
        }
    }

    /// A direction of this segment in world space.
    #[must_use]
    pub fn apply(&self, local: Vec3) -> Vec3 {
        self.x * local.x + self.y * local.y + self.z * local.z
    }

    /// A world direction in this segment's own axes.
    #[must_use]
    pub fn local(&self, world: Vec3) -> Vec3 {
        vec3(self.x.dot(world), self.y.dot(world), self.z.dot(world))
    }

    /// First `inner` in this rotation's own axes, then this rotation.
    #[must_use]
    pub fn then(&self, inner: &Self) -> Self {
        Self { x: self.apply(inner.x), y: self.apply(inner.y), z: self.apply(inner.z) }
    }

    /// Seen in the mirror that swaps the athlete's left and right; still a rotation.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self { x: -self.x.mirrored(), y: self.y.mirrored(), z: self.z.mirrored() }
    }
}
