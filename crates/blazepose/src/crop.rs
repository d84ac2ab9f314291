//! Cutting a region out of a frame, bilinearly, into the numbers a network wants. This is the hot loop of the crate.
//!
//! Easy to get wrong: like MediaPipe's OpenCV path, output pixel `i` samples the region at `i / side`, with no half
//! pixel added. The networks' landmarks are exact only under the same convention.

use units::ImageSize;

use crate::{Region, math};

/// An 8-bit RGB image, rows from the top, three bytes a pixel, no padding.
#[derive(Debug, Clone, Copy)]
pub struct ImageView<'a> {
    // Invariant: exactly `width * height * 3` bytes.
    rgb: &'a [u8],
    width: usize,
    height: usize,
}

impl<'a> ImageView<'a> {
    /// A view of `rgb`; nothing when its length does not fit the size.
    #[must_use]
    pub fn new(rgb: &'a [u8], size: ImageSize) -> Option<Self> {
        let width = usize::try_from(size.width).ok()?;
        let height = usize::try_from(size.height).ok()?;
        let fits = width > 0 && height > 0 && width.checked_mul(height)?.checked_mul(3)? == rgb.len();
        fits.then_some(Self { rgb, width, height })
    }

    /// Width and height as numbers to calculate with.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "image sides are far below 2^24")]
    pub fn sides(&self) -> [f32; 2] {
        [self.width as f32, self.height as f32]
    }

    /// The green value, near enough to brightness, in the middle of one cell of a `grid` × `grid` division.
    pub(crate) fn level_at(&self, column: usize, row: usize, grid: usize) -> u8 {
        let (x, y) = ((2 * column + 1) * self.width / (2 * grid), (2 * row + 1) * self.height / (2 * grid));
        self.rgb.get((y * self.width + x) * 3 + 1).copied().unwrap_or_default()
    }

    /// A pixel, the nearest one when the position lies outside.
    pub(crate) fn nearest(&self, x: isize, y: isize) -> [u8; 3] {
        let clamp = |value: isize, end: usize| usize::try_from(value).unwrap_or(0).min(end - 1);
        let start = (clamp(y, self.height) * self.width + clamp(x, self.width)) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }
}

/// How a network wants its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// All red values, then all green, then all blue (NCHW: ONNX).
    Planar,
    /// Red, green, blue for each pixel (NHWC: TFLite).
    Interleaved,
}

/// What lies beyond the frame's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// The edge's own pixels, repeated.
    Repeat,
    /// One value of 0 to 255.
    Constant(u8),
}

/// Which numbers the pixel values 0 and 255 become.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// What 0 becomes.
    pub black: f32,
    /// What 255 becomes.
    pub white: f32,
}

/// The square that holds a whole frame, centred: the detector's view, and where its answers are to be read.
#[must_use]
pub fn letterbox(image: &ImageView<'_>) -> Region {
    let [width, height] = image.sides();
    Region { center: [width / 2.0, height / 2.0], side: width.max(height), rotation_rad: 0.0 }
}

/// Samples `region` of `image` into `out`, a square of `side` × `side` pixels of three values. A slice of another length
/// is filled as far as whole rows go.
pub fn crop(
    image: &ImageView<'_>,
    region: &Region,
    side: u16,
    border: Border,
    (layout, span): (Layout, Span),
    out: &mut [f32],
) {
    let step = region.side / f32::from(side);
    let (dx, dy) = (step * math::cos(region.rotation_rad), step * math::sin(region.rotation_rad));
    let origin = region.frame_from_region([0.0, 0.0]);
    let sampler = Sampler { image, border, scale: (span.white - span.black) / 255.0, offset: span.black };
    let n_columns = usize::from(side);
    let row_start = |row: u16| [origin[0] - f32::from(row) * dy, origin[1] + f32::from(row) * dx];
    match layout {
        Layout::Interleaved => {
            for (row, line) in (0..side).zip(out.chunks_exact_mut(n_columns * 3)) {
                let mut pixels = line.as_chunks_mut::<3>().0.iter_mut();
                sampler.row(row_start(row), [dx, dy], side, |value| {
                    if let Some(pixel) = pixels.next() {
                        *pixel = value;
                    }
                });
            }
        }
        Layout::Planar => {
            let n = n_columns * n_columns;
            let Some((red, rest)) = out.split_at_mut_checked(n) else { return };
            let Some((green, blue)) = rest.split_at_mut_checked(n) else { return };
            let planes = red.chunks_exact_mut(n_columns).zip(green.chunks_exact_mut(n_columns));
            for (row, ((red, green), blue)) in (0..side).zip(planes.zip(blue.chunks_exact_mut(n_columns))) {
                let mut pixels = red.iter_mut().zip(green).zip(blue);
                sampler.row(row_start(row), [dx, dy], side, |value| {
                    if let Some(((red, green), blue)) = pixels.next() {
                        [*red, *green, *blue] = value;
                    }
                });
            }
        }
    }
}

struct Sampler<'a> {
    image: &'a ImageView<'a>,
    border: Border,
    scale: f32,
    offset: f32,
}

impl Sampler<'_> {
    /// Hands `put` one sample per column: `start`, `start + step`, …
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "inside the picture, where coordinates are small and positive"
    )]
    fn row(&self, start: [f32; 2], step: [f32; 2], n_columns: u16, mut put: impl FnMut([f32; 3])) {
        let [width, height] = self.image.sides();
        let inside = columns_inside(start[0], step[0], width - 1.0, n_columns);
        let inside_y = columns_inside(start[1], step[1], height - 1.0, n_columns);
        let (first, last) = (inside.0.max(inside_y.0), inside.1.min(inside_y.1));
        let line = self.image.width * 3;
        for column in 0..n_columns {
            let at = f32::from(column);
            let (x, y) = (start[0] + at * step[0], start[1] + at * step[1]);
            if column < first || column >= last {
                put(self.at_edge(x, y));
                continue;
            }
            let (left, top) = (x as usize, y as usize);
            let (fx, fy) = (x - left as f32, y - top as f32);
            let place = top * line + left * 3;
            let (Some(above), Some(below)) = (
                self.image.rgb.get(place..place + 6).and_then(<[u8]>::as_array::<6>),
                self.image.rgb.get(place + line..place + line + 6).and_then(<[u8]>::as_array::<6>),
            ) else {
                put(self.at_edge(x, y));
                continue;
            };
            put([0, 1, 2].map(|channel| {
                let [a, b] = [f32::from(above[channel]), f32::from(above[channel + 3])];
                let [c, d] = [f32::from(below[channel]), f32::from(below[channel + 3])];
                let (upper, lower) = (a + (b - a) * fx, c + (d - c) * fx);
                (upper + (lower - upper) * fy) * self.scale + self.offset
            }));
        }
    }

    /// A sample that touches the outside.
    #[cold]
    #[expect(clippy::cast_possible_truncation, reason = "float to int casts saturate, and `nearest` clamps")]
    fn at_edge(&self, x: f32, y: f32) -> [f32; 3] {
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let [width, height] = self.image.sides();
        let tap = |x: f32, y: f32| match self.border {
            Border::Constant(value) if x < 0.0 || y < 0.0 || x >= width || y >= height => [f32::from(value); 3],
            Border::Constant(_) | Border::Repeat => self.image.nearest(x as isize, y as isize).map(f32::from),
        };
        let (a, b) = (tap(left, top), tap(left + 1.0, top));
        let (c, d) = (tap(left, top + 1.0), tap(left + 1.0, top + 1.0));
        [0, 1, 2].map(|channel| {
            let upper = a[channel] + (b[channel] - a[channel]) * fx;
            let lower = c[channel] + (d[channel] - c[channel]) * fx;
            (upper + (lower - upper) * fy) * self.scale + self.offset
        })
    }
}

/// The columns whose coordinate `start + column * step` lies in `0..end`, as a half-open range, one column short at
/// either end so that rounding cannot lead outside.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float to int casts saturate, which is what is wanted"
)]
fn columns_inside(start: f32, step: f32, end: f32, n_columns: u16) -> (u16, u16) {
    if step.abs() < 1e-9 {
        return if start >= 0.0 && start < end { (0, n_columns) } else { (0, 0) };
    }
    let (a, b) = (-start / step, (end - start) / step);
    let (enter, leave) = if a < b { (a, b) } else { (b, a) };
    ((enter.ceil() + 1.0) as u16, ((leave.floor()) as u16).min(n_columns))
}

#[cfg(test)]
mod tests;
