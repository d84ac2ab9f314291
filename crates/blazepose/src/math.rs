//! The transcendental functions, from `libm` so that native and WASM give the same bits. Free functions on purpose: a
//! postfix method silently picks std's.

pub(crate) fn sin(x: f32) -> f32 {
    libm::sinf(x)
}

pub(crate) fn cos(x: f32) -> f32 {
    libm::cosf(x)
}

pub(crate) fn atan2(y: f32, x: f32) -> f32 {
    libm::atan2f(y, x)
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}

/// The distance between two points.
pub(crate) fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    (dx * dx + dy * dy).sqrt()
}
