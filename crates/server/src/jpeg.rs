//! A JPEG file from a client into pixels, bounded before anything is decoded.
//!
//! The size in the file is checked first, so that a small file cannot ask for a large picture; a file that ends early is
//! refused, not filled up with gray.

use std::panic::catch_unwind;

use units::ImageSize;
use wire::frames::StartFrames;
use wire::live::WireError;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::problem::shown;

/// Progressive files come in about ten passes, and each costs as much as a whole picture.
const MAX_SCANS: usize = 16;

/// The picture's size and its pixels, three bytes each.
pub(crate) fn decode(
    jpeg: &[u8],
    announced: StartFrames,
) -> Result<(ImageSize, Vec<u8>), WireError> {
    // Files made to confuse it make the decoder panic: that is its way to say no, and costs the one picture.
    let decoded = catch_unwind(|| decode_or_panic(jpeg, announced));
    decoded.unwrap_or_else(|_panic| Err(unreadable("it contradicts itself")))
}

fn decode_or_panic(jpeg: &[u8], announced: StartFrames) -> Result<(ImageSize, Vec<u8>), WireError> {
    // Its own bounds on the size are as wide as they go, because ours say what to do.
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    decoder.decode_headers().map_err(|error| unreadable(&error.to_string()))?;
    let (width, height) = decoder.dimensions().ok_or_else(|| unreadable("no size"))?;
    let side = |pixels| u32::try_from(pixels).unwrap_or(u32::MAX);
    let size = ImageSize { width: side(width), height: side(height) };
    announced.admits(size.width, size.height)?;
    let rgb = decoder.decode().map_err(|error| unreadable(&error.to_string()))?;
    if rgb.len() != width * height * 3 {
        return Err(unreadable("it is neither gray nor in color"));
    }
    Ok((size, rgb))
}

fn unreadable(reason: &str) -> WireError {
    let reason = shown(reason);
    let why = format!(
        "it is no JPEG that can be read ({reason}); send one whole JPEG file after the eight bytes of time"
    );
    WireError::new("frame", why)
}
