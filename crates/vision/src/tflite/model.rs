//! A `TFLite` network as read from its file: tensors, operators, and which tensors go in and out.
//!
//! Slot numbers are those of TensorFlow's `schema.fbs`.

use super::{ImportError, flatbuffer::Table};

type Result<T> = std::result::Result<T, ImportError>;

/// Bounds that keep a hostile file from asking for all memory; our largest network has 1,100 tensors.
const MAX_TENSORS: usize = 20_000;
const MAX_DIMENSIONS: usize = 8;

/// The kinds of numbers a tensor can hold, as far as our networks use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    F32,
    F16,
    I32,
    Other,
}

#[derive(Debug)]
pub(crate) struct Tensor<'a> {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) kind: Kind,
    /// Stored values; empty when the tensor is calculated.
    pub(crate) stored: &'a [u8],
    pub(crate) sparsity: Option<Sparsity>,
}

/// How the stored values of a sparse tensor are spread.
#[derive(Debug)]
pub(crate) struct Sparsity {
    pub(crate) traversal_order: Vec<usize>,
    pub(crate) n_block_dimensions: usize,
    pub(crate) dimensions: Vec<Dimension>,
}

#[derive(Debug)]
pub(crate) enum Dimension {
    /// Every index is there.
    Dense(usize),
    /// `segments[i]..segments[i + 1]` are the places in `indices` that belong to parent `i`.
    Sparse { segments: Vec<usize>, indices: Vec<usize> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Add,
    Concatenation,
    Conv2d,
    DepthwiseConv2d,
    DepthToSpace,
    Dequantize,
    Logistic,
    MaxPool2d,
    Relu,
    Relu6,
    Reshape,
    ResizeBilinear,
    Pad,
    Densify,
    Other(i32),
}

#[derive(Debug)]
pub(crate) struct Operator<'a> {
    pub(crate) code: Code,
    pub(crate) inputs: Vec<Option<usize>>,
    pub(crate) output: usize,
    pub(crate) options: Option<Table<'a>>,
}

#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) tensors: Vec<Tensor<'a>>,
    pub(crate) operators: Vec<Operator<'a>>,
    pub(crate) inputs: Vec<usize>,
    pub(crate) outputs: Vec<usize>,
}

impl<'a> Model<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self> {
        let root = Table::root(bytes)?;
        let codes = root.tables(1)?.iter().map(code).collect::<Result<Vec<_>>>()?;
        let buffers =
            root.tables(4)?.iter().map(|buffer| buffer.bytes(0)).collect::<Result<Vec<_>>>()?;
        let graphs = root.tables(2)?;
        let [graph] = graphs.as_slice() else {
            return Err(ImportError::Unsupported(format!("`{}` graphs in one file", graphs.len())));
        };
        if graph.tables(0)?.len() > MAX_TENSORS {
            return Err(ImportError::Unsupported(format!("more than `{MAX_TENSORS}` tensors")));
        }
        let tensors = graph
            .tables(0)?
            .iter()
            .map(|table| tensor(table, &buffers))
            .collect::<Result<Vec<_>>>()?;
        let index = |value: i32| {
            let index = usize::try_from(value).ok().filter(|&index| index < tensors.len());
            index.ok_or(ImportError::Malformed("an operator names a tensor that is not there"))
        };
        let indices = |values: Vec<i32>| values.into_iter().map(index).collect::<Result<Vec<_>>>();
        let operator_tables = graph.tables(3)?;
        let operators = operator_tables.iter().map(|table| {
            let code = *codes
                .get(table.count(0, 0)?)
                .ok_or(ImportError::Malformed("an operator without a code"))?;
            let inputs = table
                .i32s(1)?
                .into_iter()
                .map(|value| if value < 0 { Ok(None) } else { index(value).map(Some) });
            let outputs = indices(table.i32s(2)?)?;
            let [output] = outputs.as_slice() else {
                return Err(ImportError::Unsupported(format!(
                    "{code:?} with `{}` outputs",
                    outputs.len()
                )));
            };
            Ok(Operator {
                code,
                inputs: inputs.collect::<Result<_>>()?,
                output: *output,
                options: table.table(4)?,
            })
        });
        let operators = operators.collect::<Result<_>>()?;
        let (inputs, outputs) = (indices(graph.i32s(1)?)?, indices(graph.i32s(2)?)?);
        Ok(Self { tensors, operators, inputs, outputs })
    }
}

fn code(table: &Table<'_>) -> Result<Code> {
    // Codes above 127 did not fit the first field, which is kept for old readers.
    let code = table.i32(3, 0)?.max(i32::from(table.u8(0, 0)?));
    Ok(match code {
        0 => Code::Add,
        2 => Code::Concatenation,
        3 => Code::Conv2d,
        4 => Code::DepthwiseConv2d,
        5 => Code::DepthToSpace,
        6 => Code::Dequantize,
        14 => Code::Logistic,
        17 => Code::MaxPool2d,
        19 => Code::Relu,
        21 => Code::Relu6,
        22 => Code::Reshape,
        23 => Code::ResizeBilinear,
        34 => Code::Pad,
        124 => Code::Densify,
        other => Code::Other(other),
    })
}

fn sizes(values: Vec<i32>) -> Result<Vec<usize>> {
    let sizes = values.into_iter().map(usize::try_from);
    sizes
        .collect::<std::result::Result<_, _>>()
        .map_err(|_negative| ImportError::Malformed("a size is negative"))
}

fn tensor<'a>(table: &Table<'a>, buffers: &[&'a [u8]]) -> Result<Tensor<'a>> {
    let stored = buffers
        .get(table.count(2, 0)?)
        .ok_or(ImportError::Malformed("a tensor without a buffer"))?;
    let shape = sizes(table.i32s(0)?)?;
    if shape.len() > MAX_DIMENSIONS {
        return Err(ImportError::Unsupported(format!("a tensor of `{}` dimensions", shape.len())));
    }
    let kind = match table.u8(1, 0)? {
        0 => Kind::F32,
        1 => Kind::F16,
        2 => Kind::I32,
        _ => Kind::Other,
    };
    Ok(Tensor {
        name: String::from_utf8_lossy(table.bytes(3)?).into_owned(),
        shape,
        kind,
        stored,
        sparsity: table.table(6)?.as_ref().map(sparsity).transpose()?,
    })
}

fn sparsity(table: &Table<'_>) -> Result<Sparsity> {
    let dimensions = table.tables(2)?;
    let dimensions = dimensions.iter().map(|dimension| match dimension.u8(0, 0)? {
        0 => Ok(Dimension::Dense(dimension.count(1, 0)?)),
        _ => Ok(Dimension::Sparse {
            segments: index_list(dimension, 2)?,
            indices: index_list(dimension, 4)?,
        }),
    });
    Ok(Sparsity {
        dimensions: dimensions.collect::<Result<_>>()?,
        traversal_order: sizes(table.i32s(0)?)?,
        n_block_dimensions: table.i32s(1)?.len(),
    })
}

/// A list of indices whose width the field before it tells.
fn index_list(dimension: &Table<'_>, slot: usize) -> Result<Vec<usize>> {
    let missing = ImportError::Malformed("a sparse tensor without indices");
    let width = dimension.u8(slot, 0)?;
    let values = dimension.table(slot + 1)?.ok_or_else(|| missing.clone())?;
    match width {
        1 => sizes(values.i32s(0)?),
        2 => Ok(values.u16s(0)?.into_iter().map(usize::from).collect()),
        3 => Ok(values.bytes(0)?.iter().map(|&value| usize::from(value)).collect()),
        _ => Err(missing),
    }
}
