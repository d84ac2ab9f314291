//! The operators done the plain way, on pictures in `TFLite`'s order.

/// Rows, columns, channels; batch 1.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) channels: usize,
    pub(super) values: Vec<f32>,
}

impl Picture {
    /// Made of a value for each row, column and channel.
    pub(super) fn of(
        rows: usize,
        columns: usize,
        channels: usize,
        value: impl Fn(usize, usize, usize) -> f32,
    ) -> Self {
        let mut values = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                values.extend((0..channels).map(|channel| value(row, column, channel)));
            }
        }
        Self { rows, columns, channels, values }
    }

    /// Different everywhere, positive and negative.
    pub(super) fn counting(rows: usize, columns: usize, channels: usize) -> Self {
        Self::of(rows, columns, channels, |row, column, channel| {
            let mixed = (row * 7 + column * 3 + channel * 11) % 17;
            f32::from(u8::try_from(mixed).unwrap()) / 4.0 - 2.0
        })
    }

    /// A value, 0 outside.
    fn at(&self, row: isize, column: isize, channel: usize) -> f32 {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else {
            return 0.0;
        };
        if row >= self.rows || column >= self.columns {
            return 0.0;
        }
        self.values[(row * self.columns + column) * self.channels + channel]
    }

    pub(super) fn shape(&self) -> Vec<usize> {
        vec![1, self.rows, self.columns, self.channels]
    }

    /// In ONNX's order.
    pub(super) fn planar(&self) -> Vec<f32> {
        let n = self.channels;
        (0..n).flat_map(|channel| self.values.iter().skip(channel).step_by(n).copied()).collect()
    }

    pub(super) fn padded(&self, [top, bottom]: [usize; 2], [left, right]: [usize; 2]) -> Self {
        Self::of(
            self.rows + top + bottom,
            self.columns + left + right,
            self.channels,
            |row, column, channel| {
                self.at(
                    row.cast_signed() - top.cast_signed(),
                    column.cast_signed() - left.cast_signed(),
                    channel,
                )
            },
        )
    }
}

/// Output side and padding before it, as TensorFlow defines SAME and VALID.
fn window(side: usize, kernel: usize, stride: usize, same: bool) -> (usize, isize) {
    if !same {
        return ((side - kernel) / stride + 1, 0);
    }
    let out = side.div_ceil(stride);
    (out, (((out - 1) * stride + kernel).saturating_sub(side) / 2).cast_signed())
}

/// `kernel` is square and holds, for each of `n_filters`, rows, columns and channels.
pub(super) fn convolution(
    input: &Picture,
    weights: &[f32],
    n_filters: usize,
    kernel: usize,
    (stride, same): (usize, bool),
    bias: &[f32],
) -> Picture {
    let (rows, top) = window(input.rows, kernel, stride, same);
    let (columns, left) = window(input.columns, kernel, stride, same);
    Picture::of(rows, columns, n_filters, |row, column, filter| {
        let mut sum = bias[filter];
        for y in 0..kernel {
            for x in 0..kernel {
                for channel in 0..input.channels {
                    let weight =
                        weights[((filter * kernel + y) * kernel + x) * input.channels + channel];
                    let at_row = (row * stride + y).cast_signed() - top;
                    sum += weight
                        * input.at(at_row, (column * stride + x).cast_signed() - left, channel);
                }
            }
        }
        sum
    })
}

/// SAME padding, no bias.
pub(super) fn depthwise(input: &Picture, weights: &[f32], kernel: usize, stride: usize) -> Picture {
    let (rows, top) = window(input.rows, kernel, stride, true);
    let (columns, left) = window(input.columns, kernel, stride, true);
    Picture::of(rows, columns, input.channels, |row, column, channel| {
        let mut sum = 0.0;
        for y in 0..kernel {
            for x in 0..kernel {
                let weight = weights[(y * kernel + x) * input.channels + channel];
                let at_row = (row * stride + y).cast_signed() - top;
                sum +=
                    weight * input.at(at_row, (column * stride + x).cast_signed() - left, channel);
            }
        }
        sum
    })
}

/// Twice the size, bilinear between pixel centres.
pub(super) fn doubled(input: &Picture) -> Picture {
    let place = |out: usize, side: usize| -> (isize, isize, f32) {
        let at = (f32::from(u8::try_from(out).unwrap()) + 0.5) / 2.0 - 0.5;
        let at = at.max(0.0);
        let low = usize::from(at >= 1.0) + usize::from(at >= 2.0) + usize::from(at >= 3.0);
        let fraction = at - f32::from(u8::try_from(low).unwrap());
        (low.cast_signed(), (low + 1).min(side - 1).cast_signed(), fraction)
    };
    Picture::of(input.rows * 2, input.columns * 2, input.channels, |row, column, channel| {
        let (top, bottom, fy) = place(row, input.rows);
        let (left, right, fx) = place(column, input.columns);
        let mix =
            |y: isize| input.at(y, left, channel) * (1.0 - fx) + input.at(y, right, channel) * fx;
        mix(top) * (1.0 - fy) + mix(bottom) * fy
    })
}

/// Blocks of 2.
pub(super) fn depth_to_space(input: &Picture) -> Picture {
    let channels = input.channels / 4;
    Picture::of(input.rows * 2, input.columns * 2, channels, |row, column, channel| {
        let block = (row % 2) * 2 + column % 2;
        input.at((row / 2).cast_signed(), (column / 2).cast_signed(), block * channels + channel)
    })
}

/// Windows and strides of 2.
pub(super) fn max_pool(input: &Picture) -> Picture {
    Picture::of(input.rows / 2, input.columns / 2, input.channels, |row, column, channel| {
        let at = |y: usize, x: usize| {
            input.at((row * 2 + y).cast_signed(), (column * 2 + x).cast_signed(), channel)
        };
        at(0, 0).max(at(0, 1)).max(at(1, 0)).max(at(1, 1))
    })
}
