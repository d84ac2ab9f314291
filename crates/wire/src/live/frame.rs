//! One frame of one person: the seed's `{ts_ms, keypoints}` or the compact `{ts_ms, lm, world}`.

use std::fmt;

use motion::pose::{NormalizedKeypoint, Pose, Skeleton, WorldPoint};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use units::{ImageSize, MediaTime};

/// Times farther from zero than this are no times, milliseconds: three thousand years, so that a computer's date fits.
pub const MAX_TIME_MS: f64 = 1e14;
/// Coordinates are fractions of the image; a guess outside of it is never this far out.
pub(super) const MAX_FRACTION: f64 = 10.0;
/// Metric landmarks lie within a body's reach.
pub(super) const MAX_METRES: f64 = 100.0;
const N_POINTS: usize = 33;

/// A frame that can become a pose.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveFrame {
    /// Milliseconds by the client's clock.
    pub ts_ms: f64,
    skeleton: Skeleton,
    /// In the skeleton's order; none where nobody was seen.
    points: Option<[NormalizedKeypoint; N_POINTS]>,
    world: Option<[WorldPoint; N_POINTS]>,
}

impl LiveFrame {
    pub(super) fn new(ts_ms: f64, points: Points, world: Option<World>) -> Self {
        let skeleton = match points {
            Points::Rows(17, _) => Skeleton::Coco17,
            _ => Skeleton::BlazePose33,
        };
        let points = match points {
            Points::Nobody | Points::Rows(0, _) => None,
            Points::Rows(_, points) | Points::Named(points) => Some(points),
        };
        let world = world.filter(|world| world.n >= skeleton.n_points()).map(|world| world.points);
        Self { ts_ms, skeleton, points, world }
    }

    /// A frame of flat rows of numbers, x, y, z, visibility ×33, and metric x, y, z ×33; empty where nobody was seen.
    /// None where the lengths are others.
    #[must_use]
    pub fn from_rows(ts_ms: f64, lm: &[f64], world: &[f64]) -> Option<Self> {
        let fits = matches!(lm.len(), 0 | 132) && matches!(world.len(), 0 | 99);
        if !fits || !ts_ms.is_finite() {
            return None;
        }
        let mut points = [NormalizedKeypoint::default(); N_POINTS];
        for (point, row) in points.iter_mut().zip(lm.chunks_exact(4)) {
            *point = NormalizedKeypoint { x: row[0], y: row[1], confidence: row[3] };
        }
        let mut metres = World { n: world.len() / 3, points: [WorldPoint::default(); N_POINTS] };
        for (point, row) in metres.points.iter_mut().zip(world.chunks_exact(3)) {
            *point = WorldPoint { x: row[0], y: row[1], z: row[2] };
        }
        let points = if lm.is_empty() { Points::Nobody } else { Points::Rows(N_POINTS, points) };
        Some(Self::new(ts_ms, points, Some(metres)))
    }

    /// The pose in pixels of an image of that size.
    #[must_use]
    pub fn pose(&self, image: ImageSize) -> Pose {
        let time = MediaTime::from_ms(self.ts_ms.clamp(-MAX_TIME_MS, MAX_TIME_MS));
        match &self.points {
            None => Pose::nobody(time),
            Some(points) => {
                let world = self.world.as_ref().map(<[WorldPoint; N_POINTS]>::as_slice);
                self.skeleton.pose(time, &points[..self.skeleton.n_points()], world, image)
            }
        }
    }
}

/// The points of a frame as they were sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Points {
    Nobody,
    /// So many rows, 0, 17 or 33.
    Rows(usize, [NormalizedKeypoint; N_POINTS]),
    Named([NormalizedKeypoint; N_POINTS]),
}

/// Metric points as they were sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct World {
    n: usize,
    points: [WorldPoint; N_POINTS],
}

/// `{"left_shoulder": {"x": 0.5, "y": 0.4, "score": 0.9}, …}`.
pub(super) struct Keypoints(pub(super) Points);

/// The index of a landmark's name, which is most often the one after the last.
pub(super) fn index_of(name: &str, expected: usize) -> Option<usize> {
    let names = Skeleton::BlazePose33.names();
    if names.get(expected) == Some(&name) {
        return Some(expected);
    }
    names.iter().position(|known| *known == name)
}

/// A value as a fraction of the image, or a confidence, or metres: within what such a number can be.
fn within<E: serde::de::Error>(value: f64, most: f64) -> Result<f64, E> {
    if value.abs() <= most { Ok(value) } else { Err(E::custom("out of range")) }
}

impl<'de> Deserialize<'de> for Keypoints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Keypoints;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of landmarks by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keypoints, A::Error> {
                #[derive(serde::Deserialize)]
                struct Point {
                    x: f64,
                    y: f64,
                    #[serde(alias = "visibility")]
                    score: f64,
                }
                let (mut points, mut n, mut expected) =
                    ([NormalizedKeypoint::default(); N_POINTS], 0, 0);
                while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    let index = index_of(&name, expected)
                        .ok_or_else(|| A::Error::custom("unknown landmark"))?;
                    let point: Point = map.next_value()?;
                    points[index] = NormalizedKeypoint {
                        x: within(point.x, MAX_FRACTION)?,
                        y: within(point.y, MAX_FRACTION)?,
                        confidence: within(point.score, MAX_FRACTION)?,
                    };
                    expected = index + 1;
                    n += 1;
                }
                Ok(Keypoints(if n == 0 { Points::Nobody } else { Points::Named(points) }))
            }
        }
        deserializer.deserialize_map(Named)
    }
}

/// Up to 33 rows of a few numbers, without an allocation.
struct Rows<const N_MOST: usize> {
    n: usize,
    rows: [([f64; N_MOST], usize); N_POINTS],
}

impl<'de, const N_MOST: usize> Deserialize<'de> for Rows<N_MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Row<const N_MOST: usize>([f64; N_MOST], usize);
        struct OfRow<const N_MOST: usize>;
        impl<'de, const N_MOST: usize> Visitor<'de> for OfRow<N_MOST> {
            type Value = Row<N_MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row of numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let (mut row, mut n) = ([0.0; N_MOST], 0);
                while let Some(value) = seq.next_element()? {
                    *row.get_mut(n).ok_or_else(|| A::Error::custom("a row is too long"))? = value;
                    n += 1;
                }
                Ok(Row(row, n))
            }
        }
        impl<'de, const N_MOST: usize> Deserialize<'de> for Row<N_MOST> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_seq(OfRow)
            }
        }
        struct OfRows<const N_MOST: usize>;
        impl<'de, const N_MOST: usize> Visitor<'de> for OfRows<N_MOST> {
            type Value = Rows<N_MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rows of numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut rows = Rows { n: 0, rows: [([0.0; N_MOST], 0); N_POINTS] };
                while let Some(Row(row, n)) = seq.next_element()? {
                    let slot = rows.rows.get_mut(rows.n);
                    *slot.ok_or_else(|| A::Error::custom("there are too many rows"))? = (row, n);
                    rows.n += 1;
                }
                Ok(rows)
            }
        }
        deserializer.deserialize_seq(OfRows)
    }
}

/// `[[x, y, z, visibility] ×33]` or `[[x, y, visibility] ×17]`.
pub(super) struct Landmarks(pub(super) Points);

impl<'de> Deserialize<'de> for Landmarks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Rows::<4>::deserialize(deserializer)?;
        let n_columns = match rows.n {
            0 => return Ok(Self(Points::Nobody)),
            17 => 3,
            33 => 4,
            _ => return Err(D::Error::custom("neither 17 nor 33 rows")),
        };
        let mut points = [NormalizedKeypoint::default(); N_POINTS];
        for (point, (row, n)) in points.iter_mut().zip(&rows.rows[..rows.n]) {
            if *n != n_columns {
                return Err(D::Error::custom("a row of another length"));
            }
            *point = NormalizedKeypoint {
                x: within(row[0], MAX_FRACTION)?,
                y: within(row[1], MAX_FRACTION)?,
                confidence: within(row[n_columns - 1], MAX_FRACTION)?,
            };
        }
        Ok(Self(Points::Rows(rows.n, points)))
    }
}

impl<'de> Deserialize<'de> for World {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Rows::<3>::deserialize(deserializer)?;
        let mut points = [WorldPoint::default(); N_POINTS];
        for (point, ([x, y, z], n)) in points.iter_mut().zip(&rows.rows[..rows.n]) {
            if *n != 3 {
                return Err(D::Error::custom("a row of another length"));
            }
            *point = WorldPoint {
                x: within(*x, MAX_METRES)?,
                y: within(*y, MAX_METRES)?,
                z: within(*z, MAX_METRES)?,
            };
        }
        Ok(Self { n: rows.n, points })
    }
}
