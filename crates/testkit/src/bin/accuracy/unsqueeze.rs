//! Restores the shape of bodies that were squeezed into a unit box frame by frame, from what bones must measure.
//!
//! A bone's length is `L² = (a·dx)² + (b·dy)² + (c·dz)²` with the box's true sides a, b, c, so a frame's bones are linear
//! equations for the squared sides. Lengths are an average body's, so the size is not the person's, but angles are near the
//! truth again. Where the body is in the room is lost: one pair of joints that stays put in the exercise is held still.

/// Fractions of stature between two of MediaPipe's points (Drillis and Contini 1966; joint centres).
const BONES: [(usize, usize, f64); 12] = [
    (11, 13, 0.186),
    (12, 14, 0.186),
    (13, 15, 0.146),
    (14, 16, 0.146),
    (11, 12, 0.212),
    (23, 24, 0.101),
    (11, 23, 0.293),
    (12, 24, 0.293),
    (23, 25, 0.245),
    (24, 26, 0.245),
    (25, 27, 0.246),
    (26, 28, 0.246),
];
const STATURE_M: f64 = 1.75;
/// Pull towards the video's usual box, where a frame's bones leave a side open.
const PRIOR: f64 = 0.02;

/// A body as rows of x, y, z.
pub(crate) type Rows = [[f64; 3]; 33];

/// Metric bodies, y down, the middle of the `anchor` joints at the origin; nobody stays nobody.
pub(crate) fn restore(frames: &[Option<Rows>], anchor: [usize; 2]) -> Vec<Option<Rows>> {
    let free: Vec<[f64; 3]> =
        frames.iter().flatten().map(|rows| sides(rows, [1.0; 3], 1e-3)).collect();
    let usual = [0, 1, 2].map(|axis| median(free.iter().map(|sides| sides[axis]).collect()));
    let mut smooth: Option<[f64; 3]> = None;
    frames
        .iter()
        .map(|frame| {
            let rows = frame.as_ref()?;
            let now = sides(rows, usual, PRIOR);
            let squared = match smooth {
                Some(before) => [0, 1, 2].map(|axis| 0.5 * (before[axis] + now[axis])),
                None => now,
            };
            smooth = Some(squared);
            let sides_m = squared.map(f64::sqrt);
            let held = [0, 1, 2].map(|axis| 0.5 * (rows[anchor[0]][axis] + rows[anchor[1]][axis]));
            Some(rows.map(|point| [0, 1, 2].map(|axis| (point[axis] - held[axis]) * sides_m[axis])))
        })
        .collect()
}

/// The squared sides of the box, square metres: least squares over the bones, pulled towards `usual`.
fn sides(rows: &Rows, usual: [f64; 3], prior: f64) -> [f64; 3] {
    let (mut matrix, mut right) = ([[0.0; 3]; 3], [0.0; 3]);
    for (a, b, share) in BONES {
        let length = (share * STATURE_M) * (share * STATURE_M);
        let d = [0, 1, 2].map(|axis| {
            let difference = rows[a][axis] - rows[b][axis];
            difference * difference / length
        });
        for i in 0..3 {
            for j in 0..3 {
                matrix[i][j] += d[i] * d[j];
            }
            right[i] += d[i];
        }
    }
    for axis in 0..3 {
        matrix[axis][axis] += prior;
        right[axis] += prior * usual[axis];
    }
    solve(matrix, right).map(|squared| squared.clamp(0.04, 9.0))
}

/// Cramer's rule for a symmetric positive matrix.
fn solve(matrix: [[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    let determinant = |m: &[[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(&matrix);
    [0, 1, 2].map(|column| {
        let mut replaced = matrix;
        for row in 0..3 {
            replaced[row][column] = right[row];
        }
        if whole.abs() > 1e-12 { determinant(&replaced) / whole } else { 1.0 }
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}
