//! Cutting a region out of a frame, bilinearly, into the numbers a network wants. This is the hot loop of the crate.
//!
//! Easy to get wrong: like MediaPipe's `OpenCV` path, output pixel `i` samples the region at `i / side`, with no half
//! pixel added. The networks' landmarks are exact only under the same convention.

use units::ImageSize;

use crate::{Region, math};

/// An 8-bit image, rows from the top, red, green, blue (and nothing else, or alpha), no padding.
#[derive(Debug, Clone, Copy)]
pub struct ImageView<'a> {
    // Invariant: exactly `width * height * n_channels` bytes.
    bytes: &'a [u8],
    width: usize,
    height: usize,
    /// 3, or 4 when each pixel ends with an alpha value, which is ignored.
    n_channels: usize,
}

impl<'a> ImageView<'a> {
    /// A view of `rgb`; nothing when its length does not fit the size.
    #[must_use]
    pub fn new(rgb: &'a [u8], size: ImageSize) -> Option<Self> {
        Self::with_channels(rgb, size, 3)
    }

    /// A view of `rgba`, as browsers have it; nothing when its length does not fit the size.
    #[must_use]
    pub fn rgba(rgba: &'a [u8], size: ImageSize) -> Option<Self> {
        Self::with_channels(rgba, size, 4)
    }

    fn with_channels(bytes: &'a [u8], size: ImageSize, n_channels: usize) -> Option<Self> {
        let width = usize::try_from(size.width).ok()?;
        let height = usize::try_from(size.height).ok()?;
        let n_bytes = width.checked_mul(height)?.checked_mul(n_channels)?;
        (n_bytes > 0 && n_bytes == bytes.len()).then_some(Self { bytes, width, height, n_channels })
    }

    /// Width and height as numbers to calculate with.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "image sides are far below 2^24")]
    pub fn sides(&self) -> [f32; 2] {
        [self.width as f32, self.height as f32]
    }

    /// The green value, near enough to brightness, in the middle of one cell of a `grid` × `grid` division.
    pub(crate) fn level_at(&self, column: usize, row: usize, grid: usize) -> u8 {
        let (x, y) =
            ((2 * column + 1) * self.width / (2 * grid), (2 * row + 1) * self.height / (2 * grid));
        self.bytes.get((y * self.width + x) * self.n_channels + 1).copied().unwrap_or_default()
    }

    /// A pixel, or what the border has in its place.
    fn tap(&self, x: i64, y: i64, border: Border) -> [u8; 3] {
        let inside =
            |value: i64, end: usize| usize::try_from(value).ok().filter(|&value| value < end);
        let nearest = |value: i64, end: usize| usize::try_from(value).unwrap_or(0).min(end - 1);
        let (column, row) = match (inside(x, self.width), inside(y, self.height), border) {
            (Some(column), Some(row), _) => (column, row),
            (_, _, Border::Repeat) => (nearest(x, self.width), nearest(y, self.height)),
            (_, _, Border::Constant(level)) => return [level; 3],
        };
        let start = (row * self.width + column) * self.n_channels;
        [self.bytes[start], self.bytes[start + 1], self.bytes[start + 2]]
    }
}

/// How a network wants its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// All red values, then all green, then all blue (NCHW: ONNX).
    Planar,
    /// Red, green, blue for each pixel (NHWC: `TFLite`).
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

/// The square that holds a whole frame, centerd: the detector's view, and where its answers are to be read.
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
    match image.n_channels {
        4 => crop_from::<4>(image, region, side, border, (layout, span), out),
        _ => crop_from::<3>(image, region, side, border, (layout, span), out),
    }
}

/// [`crop`], compiled for images of `N` bytes a pixel.
fn crop_from<const N: usize>(
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
    let sampler = Sampler::new(image, border, span);
    let n_columns = usize::from(side);
    let row_start = |row: u16| [origin[0] - f32::from(row) * dy, origin[1] + f32::from(row) * dx];
    match layout {
        Layout::Interleaved => {
            for (row, line) in (0..side).zip(out.chunks_exact_mut(n_columns * 3)) {
                let mut pixels = line.as_chunks_mut::<3>().0.iter_mut();
                sampler.row::<N>(row_start(row), [dx, dy], side, |value| {
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
            for (row, ((red, green), blue)) in
                (0..side).zip(planes.zip(blue.chunks_exact_mut(n_columns)))
            {
                let mut pixels = red.iter_mut().zip(green).zip(blue);
                sampler.row::<N>(row_start(row), [dx, dy], side, |value| {
                    if let Some(((red, green), blue)) = pixels.next() {
                        [*red, *green, *blue] = value;
                    }
                });
            }
        }
    }
}

/// Positions are counted in steps of 2^-21 pixels along a row, and looked up in steps of 2^-5: `OpenCV`'s precision, which
/// the reference landmarks were made with.
const FINE: f32 = 2_097_152.0;
const FINE_TO_TAP_SHIFT: u32 = 16;
const TAPS: i64 = 32;

struct Sampler<'a> {
    image: &'a ImageView<'a>,
    border: Border,
    /// What each of the 256 levels becomes.
    levels: [f32; 256],
}

/// A place between four pixels: the upper left one, and the weight of each, in 1,024ths.
#[derive(Clone, Copy)]
struct Place {
    left: i64,
    top: i64,
    weights: [u32; 4],
}

impl Place {
    #[inline(always)]
    fn new(fine_x: i64, fine_y: i64) -> Self {
        const HALF: i64 = 1 << (FINE_TO_TAP_SHIFT - 1);
        let (x, y) = ((fine_x + HALF) >> FINE_TO_TAP_SHIFT, (fine_y + HALF) >> FINE_TO_TAP_SHIFT);
        #[expect(clippy::cast_sign_loss, reason = "masked to 0..32")]
        let (right, lower) = ((x & (TAPS - 1)) as u32, (y & (TAPS - 1)) as u32);
        let (left, upper) = (32 - right, 32 - lower);
        let weights = [left * upper, right * upper, left * lower, right * lower];
        Self { left: x >> 5, top: y >> 5, weights }
    }

    /// The level between four levels, to the nearest whole one.
    #[inline(always)]
    fn between(&self, a: u8, b: u8, c: u8, d: u8) -> usize {
        let [wa, wb, wc, wd] = self.weights;
        let sum = u32::from(a) * wa + u32::from(b) * wb + u32::from(c) * wc + u32::from(d) * wd;
        // At most 255 * 1024 + 512, shifted: a byte.
        ((sum + 512) >> 10) as usize & 0xff
    }
}

impl<'a> Sampler<'a> {
    fn new(image: &'a ImageView<'a>, border: Border, span: Span) -> Self {
        let scale = (span.white - span.black) / 255.0;
        let mut levels = [0.0; 256];
        for (level, value) in (0_u8..=255).zip(&mut levels) {
            *value = f32::from(level) * scale + span.black;
        }
        Self { image, border, levels }
    }

    /// Hands `put` one sample per column: `start`, `start + step`, …
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to int casts saturate; the comparison keeps out negative places"
    )]
    fn row<const N: usize>(
        &self,
        start: [f32; 2],
        step: [f32; 2],
        n_columns: u16,
        mut put: impl FnMut([f32; 3]),
    ) {
        let (mut x, mut y) = ((start[0] * FINE) as i64, (start[1] * FINE) as i64);
        let (step_x, step_y) = ((step[0] * FINE) as i64, (step[1] * FINE) as i64);
        let (right_end, lower_end) = (self.image.width as u64 - 1, self.image.height as u64 - 1);
        let line = self.image.width * N;
        for _column in 0..n_columns {
            let place = Place::new(x, y);
            (x, y) = (x + step_x, y + step_y);
            if (place.left as u64) < right_end && (place.top as u64) < lower_end {
                let at = place.top as usize * line + place.left as usize * N;
                let above = self.image.bytes.get(at..at + 2 * N);
                let below = self.image.bytes.get(at + line..at + line + 2 * N);
                if let (Some(above), Some(below)) = (above, below) {
                    put(std::array::from_fn(|channel| {
                        let (left, right) = (channel, channel + N);
                        self.levels
                            [place.between(above[left], above[right], below[left], below[right])]
                    }));
                    continue;
                }
            }
            put(self.at_edge(&place));
        }
    }

    /// A sample that touches the outside.
    #[cold]
    fn at_edge(&self, place: &Place) -> [f32; 3] {
        let tap = |right: i64, lower: i64| {
            self.image.tap(place.left + right, place.top + lower, self.border)
        };
        let (a, b, c, d) = (tap(0, 0), tap(1, 0), tap(0, 1), tap(1, 1));
        std::array::from_fn(|channel| {
            self.levels[place.between(a[channel], b[channel], c[channel], d[channel])]
        })
    }
}

#[cfg(test)]
mod tests;
