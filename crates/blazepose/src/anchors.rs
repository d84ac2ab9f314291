//! The detector's anchors: one box center per network cell and scale, from MediaPipe's `pose_detection` graph.

/// Cells per side and anchors per cell. Strides 8, 16, 32, 32, 32 over 224 pixels, two anchors for each stride; the
/// three layers of stride 32 share their cells.
const LAYERS: [(u16, u16); 3] = [(28, 2), (14, 2), (7, 6)];

/// Anchor centers as fractions of the network's input, in the order of its outputs. Anchors have a fixed size of one
/// input, so the center is all there is.
pub(crate) fn centers() -> Vec<[f32; 2]> {
    let mut centers = Vec::new();
    for (side, per_cell) in LAYERS {
        for row in 0..side {
            for column in 0..side {
                let at = |index: u16| (f32::from(index) + 0.5) / f32::from(side);
                centers.extend((0..per_cell).map(|_copy| [at(column), at(row)]));
            }
        }
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::centers;

    #[test]
    fn there_are_as_many_anchors_as_boxes() {
        let all = centers();
        assert_eq!(all.len(), crate::N_BOXES);
        assert_eq!(all[0], [0.5 / 28.0, 0.5 / 28.0]);
        assert_eq!(all[2], [1.5 / 28.0, 0.5 / 28.0], "two anchors per cell, columns first");
        assert_eq!(all[2253], [6.5 / 7.0, 6.5 / 7.0]);
    }
}
