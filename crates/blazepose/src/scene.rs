//! Whether a frame shows another scene than the one before: everything remembered about the person is then void.

use crate::ImageView;

/// Points per row and column that are compared.
const GRID: usize = 16;
/// Mean change of brightness, of 255, that only a cut makes; people and cameras in motion stay under 25.
const CUT_LEVEL: u32 = 48;

/// The last frame's brightness at a grid of points.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    levels: Option<[[u8; GRID]; GRID]>,
}

impl Scene {
    /// Looks at the next frame; true when it does not continue the last one.
    pub(crate) fn cuts_to(&mut self, image: &ImageView<'_>) -> bool {
        let mut levels = [[0; GRID]; GRID];
        for (row, line) in levels.iter_mut().enumerate() {
            for (column, level) in line.iter_mut().enumerate() {
                *level = image.level_at(column, row, GRID);
            }
        }
        let Some(before) = self.levels.replace(levels) else { return false };
        let pairs = before.as_flattened().iter().zip(levels.as_flattened());
        let change: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        change > CUT_LEVEL * 256
    }
}

#[cfg(test)]
mod tests {
    use units::ImageSize;

    use super::Scene;
    use crate::ImageView;

    #[test]
    fn a_cut_is_noticed_and_movement_is_not() {
        let size = ImageSize { width: 64, height: 48 };
        let picture = |shift: u32| -> Vec<u8> {
            let pixels =
                (0..48_u32).flat_map(|y| (0..64_u32).map(move |x| (x * 3 + y + shift) % 256));
            pixels.flat_map(|level| [u8::try_from(level).unwrap(); 3]).collect()
        };
        let mut scene = Scene::default();
        let mut cuts = |rgb: &[u8]| scene.cuts_to(&ImageView::new(rgb, size).unwrap());
        assert!(!cuts(&picture(0)), "the first frame is no cut");
        assert!(!cuts(&picture(10)));
        assert!(cuts(&vec![255; 64 * 48 * 3]));
        assert!(!cuts(&vec![250; 64 * 48 * 3]));
    }
}
