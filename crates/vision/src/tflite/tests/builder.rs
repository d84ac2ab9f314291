//! Writing small `TFLite` files. Flatbuffers are written back to front; the `flatbuffers` crate does that.

use flatbuffers::{
    FlatBufferBuilder, TableFinishedWIPOffset, TableUnfinishedWIPOffset, UnionWIPOffset, WIPOffset,
};

use super::naive::Picture;

type Fbb = FlatBufferBuilder<'static>;
type Offset = WIPOffset<TableFinishedWIPOffset>;
type Start = WIPOffset<TableUnfinishedWIPOffset>;

pub(super) struct Weights {
    shape: Vec<usize>,
    pub(super) values: Vec<f32>,
}

impl Weights {
    pub(super) fn counting(shape: &[usize]) -> Self {
        let n = shape.iter().product::<usize>();
        let value = |index: usize| f32::from(u8::try_from(index * 5 % 13).unwrap()) / 8.0 - 0.75;
        Self { shape: shape.to_vec(), values: (0..n).map(value).collect() }
    }
}

#[derive(Debug, Clone)]
struct Tensor {
    shape: Vec<usize>,
    kind: u8,
    stored: Vec<u8>,
    /// Row starts and column indices of a sparse tensor of two real dimensions, 4-D with ones between.
    sparse: Option<(Vec<i32>, Vec<u8>)>,
}

/// One field of an operator's options.
#[derive(Debug, Clone, Copy)]
enum Field {
    Byte(u16, u8),
    Int(u16, i32),
}

#[derive(Debug, Clone)]
struct Operator {
    code: u8,
    inputs: Vec<usize>,
    output: usize,
    options: Vec<Field>,
}

/// A network of one picture; the last tensor is its output, called `out`.
#[derive(Debug, Clone)]
pub(super) struct Network {
    tensors: Vec<Tensor>,
    operators: Vec<Operator>,
    /// The tensor that the next operator reads.
    last: usize,
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

impl Network {
    pub(super) fn of_picture(input: &Picture) -> Self {
        let tensor = Tensor { shape: input.shape(), kind: 0, stored: vec![], sparse: None };
        Self { tensors: vec![tensor], operators: vec![], last: 0 }
    }

    fn tensor(&mut self, shape: Vec<usize>, kind: u8, stored: Vec<u8>) -> usize {
        self.tensors.push(Tensor { shape, kind, stored, sparse: None });
        self.tensors.len() - 1
    }

    fn operator(&mut self, code: u8, others: &[usize], shape: Vec<usize>, options: &[Field]) {
        let output = self.tensor(shape, 0, vec![]);
        let inputs = std::iter::once(self.last).chain(others.iter().copied()).collect();
        self.operators.push(Operator { code, inputs, output, options: options.to_vec() });
        self.last = output;
    }

    pub(super) fn convolution(
        &mut self,
        weights: &Weights,
        bias: &[f32],
        stride: usize,
        same: bool,
        out: &Picture,
    ) {
        let kernel = self.tensor(weights.shape.clone(), 0, bytes_of(&weights.values));
        let bias = self.tensor(vec![bias.len()], 0, bytes_of(bias));
        let stride = i32::try_from(stride).unwrap();
        let options =
            [Field::Byte(0, u8::from(!same)), Field::Int(1, stride), Field::Int(2, stride)];
        self.operator(3, &[kernel, bias], out.shape(), &options);
    }

    pub(super) fn then_convolution(&mut self, weights: &Weights, bias: &[f32], out: &Picture) {
        self.convolution(weights, bias, 1, false, out);
    }

    pub(super) fn depthwise(&mut self, weights: &Weights, stride: i32, out: &Picture) {
        let kernel = self.tensor(weights.shape.clone(), 0, bytes_of(&weights.values));
        let options =
            [Field::Byte(0, 0), Field::Int(1, stride), Field::Int(2, stride), Field::Int(3, 1)];
        self.operator(4, &[kernel], out.shape(), &options);
    }

    /// A pointwise convolution with half-float weights stored sparsely, unpacked by DENSIFY and DEQUANTIZE.
    pub(super) fn sparse_pointwise(
        &mut self,
        halves: &[u16],
        starts: &[i32],
        indices: &[u8],
        out: &Picture,
    ) {
        let shape = vec![out.channels, 1, 1, self.tensors[self.last].shape[3]];
        let stored = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        let packed = self.tensor(shape.clone(), 1, stored);
        self.tensors[packed].sparse = Some((starts.to_vec(), indices.to_vec()));
        let picture = std::mem::replace(&mut self.last, packed);
        self.operator(124, &[], shape.clone(), &[]);
        self.operator(6, &[], shape, &[]);
        let kernel = std::mem::replace(&mut self.last, picture);
        let bias = self.tensor(vec![out.channels], 0, bytes_of(&vec![0.0; out.channels]));
        self.operator(
            3,
            &[kernel, bias],
            out.shape(),
            &[Field::Byte(0, 1), Field::Int(1, 1), Field::Int(2, 1)],
        );
    }

    pub(super) fn pad(
        &mut self,
        [top, bottom]: [usize; 2],
        [left, right]: [usize; 2],
        out: &Picture,
    ) {
        let amounts =
            [0, 0, top, bottom, left, right, 0, 0].map(|side| i32::try_from(side).unwrap());
        let amounts = self.tensor(
            vec![4, 2],
            2,
            amounts.iter().flat_map(|side| side.to_le_bytes()).collect(),
        );
        self.operator(34, &[amounts], out.shape(), &[]);
    }

    pub(super) fn resize(&mut self, out: &Picture) {
        let size = self.tensor(vec![2], 2, vec![0; 8]);
        self.operator(23, &[size], out.shape(), &[Field::Byte(2, 0), Field::Byte(3, 1)]);
    }

    pub(super) fn depth_to_space(&mut self, out: &Picture) {
        self.operator(5, &[], out.shape(), &[Field::Int(0, 2)]);
    }

    pub(super) fn max_pool(&mut self, out: &Picture) {
        let options = [
            Field::Byte(0, 1),
            Field::Int(1, 2),
            Field::Int(2, 2),
            Field::Int(3, 2),
            Field::Int(4, 2),
        ];
        self.operator(17, &[], out.shape(), &options);
    }

    pub(super) fn logistic(&mut self) {
        self.operator(14, &[], self.tensors[self.last].shape.clone(), &[]);
    }

    pub(super) fn double_by_adding_relu6(&mut self) {
        self.operator(0, &[self.last], self.tensors[self.last].shape.clone(), &[Field::Byte(0, 3)]);
    }

    pub(super) fn flatten(&mut self) {
        let n = self.tensors[self.last].shape.iter().product();
        self.operator(22, &[], vec![1, n], &[]);
    }

    pub(super) fn join_with_itself(&mut self) {
        let n = self.tensors[self.last].shape[1];
        self.operator(2, &[self.last], vec![1, 2 * n], &[Field::Int(0, -1)]);
    }

    pub(super) fn unknown_operator(&mut self, code: u8) {
        self.operator(code, &[], self.tensors[self.last].shape.clone(), &[]);
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut fbb = Fbb::new();
        let mut buffers = vec![table(&mut fbb, |_, _| ())];
        for tensor in &self.tensors {
            let data = fbb.create_vector(&tensor.stored);
            buffers.push(table(&mut fbb, |fbb, _| fbb.push_slot_always(slot(0), data)));
        }
        let tensors: Vec<Offset> = self
            .tensors
            .iter()
            .enumerate()
            .map(|(index, tensor)| self.write_tensor(&mut fbb, index, tensor))
            .collect();
        let codes: Vec<Offset> = self
            .operators
            .iter()
            .map(|operator| {
                let code = i32::from(operator.code);
                table(&mut fbb, |fbb, _| {
                    fbb.push_slot_always(slot(0), operator.code.min(127));
                    fbb.push_slot_always(slot(3), code);
                })
            })
            .collect();
        let operators: Vec<Offset> = (0_u32..)
            .zip(&self.operators)
            .map(|(index, one)| write_operator(&mut fbb, index, one))
            .collect();
        let inputs = fbb.create_vector(&[0_i32]);
        let outputs = fbb.create_vector(&[i32::try_from(self.last).unwrap()]);
        let (tensors, operators) = (fbb.create_vector(&tensors), fbb.create_vector(&operators));
        let graph = table(&mut fbb, |fbb, _| {
            fbb.push_slot_always(slot(0), tensors);
            fbb.push_slot_always(slot(1), inputs);
            fbb.push_slot_always(slot(2), outputs);
            fbb.push_slot_always(slot(3), operators);
        });
        let (codes, graphs, buffers) =
            (fbb.create_vector(&codes), fbb.create_vector(&[graph]), fbb.create_vector(&buffers));
        let model = table(&mut fbb, |fbb, _| {
            fbb.push_slot_always(slot(0), 3_u32);
            fbb.push_slot_always(slot(1), codes);
            fbb.push_slot_always(slot(2), graphs);
            fbb.push_slot_always(slot(4), buffers);
        });
        fbb.finish(model, Some("TFL3"));
        fbb.finished_data().to_vec()
    }

    fn write_tensor(&self, fbb: &mut Fbb, index: usize, tensor: &Tensor) -> Offset {
        let shape: Vec<i32> =
            tensor.shape.iter().map(|&side| i32::try_from(side).unwrap()).collect();
        let shape = fbb.create_vector(&shape);
        let name = fbb.create_string(if index == self.last { "out" } else { "inner" });
        let sparsity = tensor
            .sparse
            .as_ref()
            .map(|(starts, indices)| write_sparsity(fbb, tensor, starts, indices));
        table(fbb, |fbb, _| {
            fbb.push_slot_always(slot(0), shape);
            fbb.push_slot_always(slot(1), tensor.kind);
            fbb.push_slot_always(slot(2), u32::try_from(index + 1).unwrap());
            fbb.push_slot_always(slot(3), name);
            if let Some(sparsity) = sparsity {
                fbb.push_slot_always(slot(6), sparsity);
            }
        })
    }
}

fn slot(number: u16) -> u16 {
    4 + 2 * number
}

fn table(fbb: &mut Fbb, fill: impl FnOnce(&mut Fbb, &Start)) -> Offset {
    let start = fbb.start_table();
    fill(fbb, &start);
    fbb.end_table(start)
}

fn write_operator(fbb: &mut Fbb, index: u32, operator: &Operator) -> Offset {
    let inputs: Vec<i32> =
        operator.inputs.iter().map(|&input| i32::try_from(input).unwrap()).collect();
    let inputs = fbb.create_vector(&inputs);
    let outputs = fbb.create_vector(&[i32::try_from(operator.output).unwrap()]);
    let options = table(fbb, |fbb, _| {
        for field in &operator.options {
            match *field {
                Field::Byte(number, value) => fbb.push_slot_always(slot(number), value),
                Field::Int(number, value) => fbb.push_slot_always(slot(number), value),
            }
        }
    });
    let options: WIPOffset<UnionWIPOffset> = options.as_union_value();
    table(fbb, |fbb, _| {
        fbb.push_slot_always(slot(0), index);
        fbb.push_slot_always(slot(1), inputs);
        fbb.push_slot_always(slot(2), outputs);
        fbb.push_slot_always(slot(3), 1_u8);
        fbb.push_slot_always(slot(4), options);
    })
}

fn write_sparsity(fbb: &mut Fbb, tensor: &Tensor, starts: &[i32], indices: &[u8]) -> Offset {
    let (starts, indices) = (fbb.create_vector(starts), fbb.create_vector(indices));
    let starts = table(fbb, |fbb, _| fbb.push_slot_always(slot(0), starts));
    let indices = table(fbb, |fbb, _| fbb.push_slot_always(slot(0), indices));
    let mut dimensions: Vec<Offset> = Vec::new();
    for &side in &tensor.shape[..3] {
        let side = i32::try_from(side).unwrap();
        dimensions.push(table(fbb, |fbb, _| fbb.push_slot_always(slot(1), side)));
    }
    dimensions.push(table(fbb, |fbb, _| {
        fbb.push_slot_always(slot(0), 1_u8);
        fbb.push_slot_always(slot(2), 1_u8);
        fbb.push_slot_always(slot(3), starts);
        fbb.push_slot_always(slot(4), 3_u8);
        fbb.push_slot_always(slot(5), indices);
    }));
    let order = fbb.create_vector(&[0_i32, 1, 2, 3]);
    let dimensions = fbb.create_vector(&dimensions);
    table(fbb, |fbb, _| {
        fbb.push_slot_always(slot(0), order);
        fbb.push_slot_always(slot(2), dimensions);
    })
}
