//! Operators that slide a window over a picture, and the padding around it.

use super::{
    ImportError,
    constants::stored_integers,
    convert::{Converter, input, options, tensor_name, transposed},
    flatbuffer::Table,
    model::{Code, Operator},
};
use crate::onnx::{Attribute, Data};

type Result<T> = std::result::Result<T, ImportError>;

/// Pads before and after each of rows and columns.
pub(super) type Pads = [[usize; 2]; 2];

/// What a padding operator pads, and by how much.
#[derive(Debug, Clone, Copy)]
pub(super) struct Padding {
    pub(super) source: usize,
    pub(super) pads: Pads,
    pub(super) channels: [usize; 2],
}

impl Converter<'_> {
    pub(super) fn convolution(&mut self, operator: &Operator<'_>) -> Result<()> {
        let options = options(operator)?;
        let depthwise = operator.code == Code::DepthwiseConv2d;
        let (fused, dilation_slot) =
            if depthwise { (options.u8(4, 0)?, 5) } else { (options.u8(3, 0)?, 4) };
        let (mut source, kernel) = (input(operator, 0)?, input(operator, 1)?);
        let &[first, rows, columns, last] = self.model.tensors[kernel].shape.as_slice() else {
            return Err(ImportError::Malformed("a convolution's kernel is not four-dimensional"));
        };
        let strides = [options.count(2, 1)?, options.count(1, 1)?];
        let dilations = [options.count(dilation_slot + 1, 1)?, options.count(dilation_slot, 1)?];
        let mut pads = self.pads(&options, source, [rows, columns], strides, dilations)?;
        if let Some(padding) = self.padded.get(&source)
            && padding.channels == [0, 0]
            && pads == Pads::default()
        {
            (source, pads) = (padding.source, padding.pads);
        }
        let values = self.weights(kernel)?;
        let (shape, values, group) = if depthwise {
            let channels = *self.picture(source)?.last().unwrap_or(&1);
            if first != 1 || channels == 0 || last % channels != 0 {
                return Err(ImportError::Malformed("a depthwise kernel does not fit its picture"));
            }
            (vec![last, 1, rows, columns], transposed(&values, rows * columns, last), channels)
        } else {
            let filters = values.chunks_exact((rows * columns * last).max(1));
            let values =
                filters.flat_map(|filter| transposed(filter, rows * columns, last)).collect();
            (vec![first, last, rows, columns], values, 1)
        };
        let name = tensor_name(operator.output);
        let n_filters = shape[0];
        let mut inputs = vec![
            self.operand(source)?,
            self.constant(format!("{name}_kernel"), shape, Data::Floats(values)),
        ];
        if let Some(bias) = operator.inputs.get(2).copied().flatten() {
            let values = self.weights(bias)?;
            if values.len() != n_filters {
                return Err(ImportError::Malformed("a convolution's bias does not fit its kernel"));
            }
            inputs.push(self.constant(
                format!("{name}_bias"),
                vec![n_filters],
                Data::Floats(values),
            ));
        }
        let attributes = vec![
            ("kernel_shape", Attribute::Ints(vec![rows, columns])),
            ("strides", Attribute::Ints(strides.to_vec())),
            ("dilations", Attribute::Ints(dilations.to_vec())),
            ("pads", Attribute::Ints(onnx_pads(&pads))),
            ("group", Attribute::Int(group)),
        ];
        self.activated("Conv", inputs, attributes, &name, fused)
    }

    /// The padding a sliding window of this kind gets: none, or as much as keeps every pixel in.
    fn pads(
        &self,
        options: &Table<'_>,
        source: usize,
        kernel: [usize; 2],
        strides: [usize; 2],
        dilations: [usize; 2],
    ) -> Result<Pads> {
        const VALID: u8 = 1;
        if strides.contains(&0) || kernel.contains(&0) || dilations.contains(&0) {
            return Err(ImportError::Malformed("a sliding window without size or stride"));
        }
        let [_, rows, columns, _] = self.picture(source)?;
        if options.u8(0, 0)? == VALID {
            return Ok(Pads::default());
        }
        let mut pads = Pads::default();
        for (axis, side) in [rows, columns].into_iter().enumerate() {
            let reach = (kernel[axis] - 1).saturating_mul(dilations[axis]).saturating_add(1);
            let covered = (side.div_ceil(strides[axis]).max(1) - 1)
                .saturating_mul(strides[axis])
                .saturating_add(reach);
            let total = covered.saturating_sub(side);
            pads[axis] = [total / 2, total - total / 2];
        }
        Ok(pads)
    }

    pub(super) fn pad(&mut self, operator: &Operator<'_>) -> Result<()> {
        let source = input(operator, 0)?;
        let amounts = stored_integers(&self.model.tensors[input(operator, 1)?]);
        let amounts = amounts
            .ok_or_else(|| ImportError::Unsupported("padding that is calculated".to_owned()))?;
        let sides = amounts
            .iter()
            .map(|&side| usize::try_from(side))
            .collect::<std::result::Result<Vec<_>, _>>();
        let Ok(&[0, 0, top, bottom, left, right, first, last]) = sides.as_deref() else {
            return Err(ImportError::Unsupported(format!("padding by `{amounts:?}`")));
        };
        self.picture(source)?;
        let padding =
            Padding { source, pads: [[top, bottom], [left, right]], channels: [first, last] };
        self.padded.insert(operator.output, padding);
        Ok(())
    }

    pub(super) fn max_pool(&mut self, operator: &Operator<'_>) -> Result<()> {
        let options = options(operator)?;
        let [rows, columns] = [options.count(4, 1)?, options.count(3, 1)?];
        let strides = [options.count(2, 1)?, options.count(1, 1)?];
        let source = input(operator, 0)?;
        let pads = self.pads(&options, source, [rows, columns], strides, [1, 1])?;
        let attributes = vec![
            ("kernel_shape", Attribute::Ints(vec![rows, columns])),
            ("strides", Attribute::Ints(strides.to_vec())),
            ("pads", Attribute::Ints(onnx_pads(&pads))),
        ];
        let inputs = vec![self.operand(source)?];
        self.activated(
            "MaxPool",
            inputs,
            attributes,
            &tensor_name(operator.output),
            options.u8(5, 0)?,
        )
    }
}

fn onnx_pads(&[[top, bottom], [left, right]]: &Pads) -> Vec<usize> {
    vec![top, left, bottom, right]
}
