//! URLs as QR pictures: for a terminal, and for a page.

use qrcode::QrCode;
use qrcode::render::{svg, unicode};

/// As text of half blocks, for a terminal with a dark background; a light border is part of it.
pub(crate) fn text(url: &str) -> Option<String> {
    let code = QrCode::new(url).ok()?;
    let (dark, light) = (unicode::Dense1x2::Light, unicode::Dense1x2::Dark);
    Some(code.render::<unicode::Dense1x2>().dark_color(dark).light_color(light).build())
}

pub(crate) fn svg(url: &str) -> Option<String> {
    let code = QrCode::new(url).ok()?;
    Some(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}
