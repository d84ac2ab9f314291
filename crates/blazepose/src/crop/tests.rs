//! The crop against what can be said about it without looking at its code: flat pictures, gradients, edges.

use core::f32::consts::FRAC_PI_2;

use units::ImageSize;

use super::{Border, ImageView, Layout, Span, crop, letterbox};
use crate::Region;

const SIZE: ImageSize = ImageSize { width: 64, height: 48 };
const LEVELS: Span = Span { black: 0.0, white: 255.0 };

/// Red tells the column times two, green the row times two, blue is 7.
fn gradient() -> Vec<u8> {
    (0..48_u8).flat_map(|y| (0..64_u8).flat_map(move |x| [x * 2, y * 2, 7])).collect()
}

/// Crops four by four pixels out of the gradient, as (red, green, blue).
fn cropped(region: &Region, border: Border, layout: Layout) -> Vec<[f32; 3]> {
    let rgb = gradient();
    let mut out = vec![f32::NAN; 48];
    crop(&ImageView::new(&rgb, SIZE).unwrap(), region, 4, border, (layout, LEVELS), &mut out);
    match layout {
        Layout::Interleaved => out.as_chunks::<3>().0.to_vec(),
        Layout::Planar => {
            (0..16).map(|index| [out[index], out[16 + index], out[32 + index]]).collect()
        }
    }
}

#[test]
fn an_upright_crop_samples_where_it_should() {
    let region = Region { center: [20.0, 10.0], side: 8.0, rotation_rad: 0.0 };
    let pixels = cropped(&region, Border::Repeat, Layout::Interleaved);
    // The first sample is the region's corner, the next a quarter of the side further: no half pixels.
    assert_eq!(pixels[0], [32.0, 12.0, 7.0]);
    assert_eq!(pixels[1], [36.0, 12.0, 7.0]);
    assert_eq!(pixels[4], [32.0, 16.0, 7.0]);
    assert_eq!(pixels[15], [44.0, 24.0, 7.0]);
}

#[test]
fn both_layouts_hold_the_same_pixels() {
    let region = Region { center: [20.3, 10.6], side: 9.1, rotation_rad: 0.4 };
    let planar = cropped(&region, Border::Repeat, Layout::Planar);
    assert_eq!(planar, cropped(&region, Border::Repeat, Layout::Interleaved));
}

#[test]
fn a_crop_turned_right_reads_downwards() {
    let region = Region { center: [20.0, 20.0], side: 8.0, rotation_rad: FRAC_PI_2 };
    let pixels = cropped(&region, Border::Repeat, Layout::Planar);
    assert_eq!(pixels[0], [48.0, 32.0, 7.0], "its top left is the frame's top right");
    assert_eq!(pixels[1], [48.0, 36.0, 7.0], "along a row it goes down");
    assert_eq!(pixels[4], [44.0, 32.0, 7.0], "from row to row it goes left");
}

#[test]
fn between_pixels_the_levels_are_mixed() {
    let region = Region { center: [12.5, 12.25], side: 8.0, rotation_rad: 0.0 };
    assert_eq!(
        cropped(&region, Border::Repeat, Layout::Planar)[0],
        [17.0, 17.0, 7.0],
        "16.5 rounds up"
    );
}

#[test]
fn beyond_the_edge_the_border_is_seen() {
    let region = Region { center: [0.0, 0.0], side: 16.0, rotation_rad: 0.0 };
    let repeated = cropped(&region, Border::Repeat, Layout::Planar);
    assert_eq!(repeated[0], [0.0, 0.0, 7.0]);
    assert_eq!(repeated[11], [8.0, 0.0, 7.0], "the top row goes on above");
    let constant = cropped(&region, Border::Constant(114), Layout::Planar);
    assert_eq!(constant[0], [114.0; 3]);
    assert_eq!(constant[10], [0.0, 0.0, 7.0], "the frame's own corner");
    let far = Region { center: [1e5, -1e5], side: 16.0, rotation_rad: 1.0 };
    assert_eq!(cropped(&far, Border::Constant(1), Layout::Planar), [[1.0; 3]; 16]);
}

#[test]
fn the_last_row_and_column_are_reached() {
    let region = Region { center: [62.0, 46.0], side: 4.0, rotation_rad: 0.0 };
    let pixels = cropped(&region, Border::Constant(0), Layout::Planar);
    assert_eq!(pixels[15], [126.0, 94.0, 7.0]);
}

#[test]
fn the_letterbox_holds_the_whole_frame_in_the_middle() {
    let rgb = gradient();
    let view = letterbox(&ImageView::new(&rgb, SIZE).unwrap());
    assert_eq!(view, Region { center: [32.0, 24.0], side: 64.0, rotation_rad: 0.0 });
    assert_eq!(view.frame_from_region([0.0, 0.125]), [0.0, 0.0]);
}

#[test]
fn a_buffer_that_does_not_fit_its_size_is_no_image() {
    assert!(ImageView::new(&[0; 11], ImageSize { width: 2, height: 2 }).is_none());
    assert!(ImageView::new(&[], ImageSize { width: 0, height: 2 }).is_none());
    assert!(ImageView::new(&[0; 12], ImageSize { width: 2, height: 2 }).is_some());
}

#[test]
fn an_alpha_channel_changes_nothing() {
    let rgb = gradient();
    let rgba: Vec<u8> = rgb
        .as_chunks::<3>()
        .0
        .iter()
        .flat_map(|&[red, green, blue]| [red, green, blue, 99])
        .collect();
    let [plain, with_alpha] =
        [ImageView::new(&rgb, SIZE).unwrap(), ImageView::rgba(&rgba, SIZE).unwrap()];
    // Turned, and partly beyond two edges.
    let region = Region { center: [6.3, 40.6], side: 33.1, rotation_rad: 0.4 };
    for border in [Border::Repeat, Border::Constant(114)] {
        let cropped = |image| {
            let mut out = vec![f32::NAN; 3 * 16 * 16];
            crop(image, &region, 16, border, (Layout::Interleaved, LEVELS), &mut out);
            out
        };
        assert_eq!(cropped(&plain), cropped(&with_alpha));
    }
    assert_eq!(plain.level_at(3, 5, 16), with_alpha.level_at(3, 5, 16));
    assert!(ImageView::rgba(&rgb, SIZE).is_none(), "three bytes a pixel are not four");
}
