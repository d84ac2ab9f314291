//! `TFLite` operators as ONNX operators, rows-columns-channels as channels-rows-columns.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ImportError,
    constants::{n_numbers, stored_floats},
    flatbuffer::Table,
    model::{Code, Model, Operator},
    windows::Padding,
};
use crate::onnx::{Attribute, Constant, Data, Graph, Node, Value};

type Result<T> = std::result::Result<T, ImportError>;

/// The ONNX file for a `TFLite` file. Only `wanted` outputs (by name, in that order) and what they need are kept; outputs
/// keep their names.
pub(crate) fn onnx_from_tflite(bytes: &[u8], wanted: &[&str]) -> Result<Vec<u8>> {
    let model = Model::read(bytes)?;
    let outputs = wanted.iter().map(|name| {
        let found = model.outputs.iter().copied().find(|&index| model.tensors[index].name == *name);
        found.ok_or_else(|| ImportError::Unsupported(format!("no output called `{name}`")))
    });
    let outputs = outputs.collect::<Result<Vec<_>>>()?;
    let mut converter = Converter {
        model: &model,
        graph: Graph::default(),
        floats: BTreeMap::new(),
        padded: BTreeMap::new(),
    };
    let needed = needed_operators(&model, &outputs);
    for (operator, _) in model.operators.iter().zip(needed).filter(|(_, needed)| *needed) {
        converter.convert(operator)?;
    }
    for &index in &model.inputs {
        let value = converter.value(index)?;
        converter.graph.inputs.push(value);
    }
    for index in outputs {
        let name = model.tensors[index].name.clone();
        let value = Value { name: name.clone(), ..converter.value(index)? };
        let inputs = vec![converter.operand(index)?];
        let node = Node { operator: "Identity", inputs, output: name, attributes: vec![] };
        converter.graph.nodes.push(node);
        converter.graph.outputs.push(value);
    }
    Ok(converter.graph.to_bytes())
}

/// Which operators the outputs depend on. Operators come in the order they run, so one pass from the back is enough.
fn needed_operators(model: &Model<'_>, outputs: &[usize]) -> Vec<bool> {
    let mut tensors: BTreeSet<usize> = outputs.iter().copied().collect();
    let mut needed = vec![false; model.operators.len()];
    for (operator, needed) in model.operators.iter().zip(&mut needed).rev() {
        if tensors.contains(&operator.output) {
            *needed = true;
            tensors.extend(operator.inputs.iter().flatten());
        }
    }
    needed
}

pub(super) fn tensor_name(index: usize) -> String {
    format!("t{index}")
}

/// A shape in ONNX's order.
fn turned(shape: &[usize]) -> Vec<usize> {
    match *shape {
        [batch, rows, columns, channels] => vec![batch, channels, rows, columns],
        _ => shape.to_vec(),
    }
}

pub(super) struct Converter<'a> {
    pub(super) model: &'a Model<'a>,
    graph: Graph,
    /// Tensors known now: stored ones as they are unpacked.
    floats: BTreeMap<usize, Vec<f32>>,
    /// Padded pictures, whose padding the next convolution may take over.
    pub(super) padded: BTreeMap<usize, Padding>,
}

impl Converter<'_> {
    fn convert(&mut self, operator: &Operator<'_>) -> Result<()> {
        let name = tensor_name(operator.output);
        match operator.code {
            Code::Dequantize | Code::Densify => {
                let values = self.weights(input(operator, 0)?)?;
                self.floats.insert(operator.output, values);
            }
            Code::Conv2d | Code::DepthwiseConv2d => self.convolution(operator)?,
            Code::MaxPool2d => self.max_pool(operator)?,
            Code::Add => {
                let fused = operator.options.as_ref().map_or(Ok(0), |options| options.u8(0, 0))?;
                let inputs =
                    vec![self.operand(input(operator, 0)?)?, self.operand(input(operator, 1)?)?];
                self.activated("Add", inputs, vec![], &name, fused)?;
            }
            Code::Relu => self.activate(input(operator, 0)?, &name, 1)?,
            Code::Relu6 => self.activate(input(operator, 0)?, &name, 3)?,
            Code::Logistic => {
                let inputs = vec![self.operand(input(operator, 0)?)?];
                self.node("Sigmoid", inputs, vec![], name);
            }
            Code::Pad => self.pad(operator)?,
            Code::Concatenation => self.concatenation(operator, &name)?,
            Code::DepthToSpace => {
                let block = options(operator)?.count(0, 0)?;
                let inputs = vec![self.operand(input(operator, 0)?)?];
                let attributes =
                    vec![("blocksize", Attribute::Int(block)), ("mode", Attribute::Text("DCR"))];
                self.node("DepthToSpace", inputs, attributes, name);
            }
            Code::ResizeBilinear => self.resize(operator, name)?,
            Code::Reshape => self.reshape(operator, name)?,
            Code::Other(code) => {
                return Err(ImportError::Unsupported(format!("operator `{code}`")));
            }
        }
        Ok(())
    }

    fn concatenation(&mut self, operator: &Operator<'_>, name: &str) -> Result<()> {
        let options = options(operator)?;
        let n_dimensions = self.model.tensors[operator.output].shape.len();
        let axis = options.i32(0, 0)?;
        let from_end = if axis < 0 { i32::try_from(n_dimensions).unwrap_or(0) } else { 0 };
        let axis = usize::try_from(axis + from_end).ok().filter(|&axis| axis < n_dimensions);
        let axis = axis
            .ok_or(ImportError::Malformed("tensors joined along an axis that they do not have"))?;
        let axis = if n_dimensions == 4 { [0, 2, 3, 1][axis] } else { axis };
        let inputs = operator
            .inputs
            .iter()
            .flatten()
            .map(|&index| self.operand(index))
            .collect::<Result<_>>()?;
        self.activated(
            "Concat",
            inputs,
            vec![("axis", Attribute::Int(axis))],
            name,
            options.u8(1, 0)?,
        )
    }

    fn resize(&mut self, operator: &Operator<'_>, name: String) -> Result<()> {
        let source = input(operator, 0)?;
        let options = options(operator)?;
        let mode = match (options.u8(2, 0)?, options.u8(3, 0)?) {
            (0, 0) => "asymmetric",
            (0, _) => "half_pixel",
            (_, 0) => "align_corners",
            _ => {
                return Err(ImportError::Malformed(
                    "a resize both by corners and by pixel centers",
                ));
            }
        };
        self.picture(source)?;
        let sizes = turned(&self.picture(operator.output)?);
        let sizes = sizes.into_iter().map(|side| i64::try_from(side).unwrap_or(i64::MAX)).collect();
        let sizes = self.constant(format!("{name}_sizes"), vec![4], Data::Ints(sizes));
        let attributes = vec![
            ("mode", Attribute::Text("linear")),
            ("coordinate_transformation_mode", Attribute::Text(mode)),
        ];
        let inputs = vec![self.operand(source)?, String::new(), String::new(), sizes];
        self.node("Resize", inputs, attributes, name);
        Ok(())
    }

    fn reshape(&mut self, operator: &Operator<'_>, name: String) -> Result<()> {
        let source = input(operator, 0)?;
        let (from, to) =
            (&self.model.tensors[source].shape, &self.model.tensors[operator.output].shape);
        if n_numbers(from)? != n_numbers(to)? || to.len() == 4 {
            return Err(ImportError::Unsupported(format!("reshaping `{from:?}` to `{to:?}`")));
        }
        let mut source_name = self.operand(source)?;
        if from.len() == 4 {
            // The numbers must be in TFLite's order before their shape is forgotten.
            let turned = format!("{name}_turned");
            let attributes = vec![("perm", Attribute::Ints(vec![0, 2, 3, 1]))];
            self.node("Transpose", vec![source_name], attributes, turned.clone());
            source_name = turned;
        }
        let shape: Vec<i64> =
            to.iter().map(|&side| i64::try_from(side).unwrap_or(i64::MAX)).collect();
        let shape = self.constant(format!("{name}_shape"), vec![shape.len()], Data::Ints(shape));
        self.node("Reshape", vec![source_name, shape], vec![], name);
        Ok(())
    }

    /// An operator followed by `TFLite`'s fused activation.
    pub(super) fn activated(
        &mut self,
        operator: &'static str,
        inputs: Vec<String>,
        attributes: Vec<(&'static str, Attribute)>,
        name: &str,
        activation: u8,
    ) -> Result<()> {
        if activation == 0 {
            self.node(operator, inputs, attributes, name.to_owned());
            return Ok(());
        }
        let inner = format!("{name}_linear");
        self.node(operator, inputs, attributes, inner.clone());
        self.activation(inner, name, activation)
    }

    fn activate(&mut self, source: usize, name: &str, activation: u8) -> Result<()> {
        let source = self.operand(source)?;
        self.activation(source, name, activation)
    }

    fn activation(&mut self, source: String, name: &str, activation: u8) -> Result<()> {
        let bounds = match activation {
            1 => None,
            2 => Some([-1.0, 1.0]),
            3 => Some([0.0, 6.0]),
            other => return Err(ImportError::Unsupported(format!("activation `{other}`"))),
        };
        let Some([low, high]) = bounds else {
            self.node("Relu", vec![source], vec![], name.to_owned());
            return Ok(());
        };
        let low = self.constant(format!("{name}_low"), vec![], Data::Floats(vec![low]));
        let high = self.constant(format!("{name}_high"), vec![], Data::Floats(vec![high]));
        self.node("Clip", vec![source, low, high], vec![], name.to_owned());
        Ok(())
    }

    pub(super) fn node(
        &mut self,
        operator: &'static str,
        inputs: Vec<String>,
        attributes: Vec<(&'static str, Attribute)>,
        output: String,
    ) {
        self.graph.nodes.push(Node { operator, inputs, output, attributes });
    }

    pub(super) fn constant(&mut self, name: String, shape: Vec<usize>, data: Data) -> String {
        self.graph.constants.push(Constant { name: name.clone(), shape, data });
        name
    }

    /// The name under which a tensor is an operator's input. Stored floats become constants, and padding that no
    /// convolution took over is written out.
    pub(super) fn operand(&mut self, index: usize) -> Result<String> {
        let name = tensor_name(index);
        if let Some(&Padding { source, pads: [[top, bottom], [left, right]], channels }) =
            self.padded.get(&index)
        {
            let source = self.operand(source)?;
            let [first, last] = channels;
            let pads = [0, first, top, left, 0, last, bottom, right]
                .map(|side| i64::try_from(side).unwrap_or(i64::MAX));
            let pads_name = format!("{name}_pads");
            if !self.graph.constants.iter().any(|constant| constant.name == pads_name) {
                let pads = self.constant(pads_name, vec![8], Data::Ints(pads.to_vec()));
                self.node("Pad", vec![source, pads], vec![], name.clone());
            }
            return Ok(name);
        }
        let stored = match self.floats.get(&index) {
            Some(values) => Some(values.clone()),
            None => stored_floats(&self.model.tensors[index])?,
        };
        let Some(values) = stored else { return Ok(name) };
        let shape = &self.model.tensors[index].shape;
        let values = match *shape.as_slice() {
            [_, rows, columns, channels] => {
                let pictures = values.chunks_exact((rows * columns * channels).max(1));
                pictures.flat_map(|picture| transposed(picture, rows * columns, channels)).collect()
            }
            _ => values,
        };
        if !self.graph.constants.iter().any(|constant| constant.name == name) {
            self.constant(name.clone(), turned(shape), Data::Floats(values));
        }
        Ok(name)
    }

    /// A stored or unpacked tensor's numbers in `TFLite`'s order.
    pub(super) fn weights(&self, index: usize) -> Result<Vec<f32>> {
        let tensor = &self.model.tensors[index];
        let values = match self.floats.get(&index) {
            Some(values) => Some(values.clone()),
            None => stored_floats(tensor)?,
        };
        let values = values
            .ok_or_else(|| ImportError::Unsupported("weights that are calculated".to_owned()))?;
        if values.len() == n_numbers(&tensor.shape)? {
            return Ok(values);
        }
        Err(ImportError::Malformed("weights do not fill their shape"))
    }

    /// The shape of a four-dimensional tensor.
    pub(super) fn picture(&self, index: usize) -> Result<[usize; 4]> {
        let shape = &self.model.tensors[index].shape;
        n_numbers(shape)?;
        let not_a_picture = || ImportError::Unsupported(format!("a picture of shape `{shape:?}`"));
        shape.as_slice().try_into().map_err(|_mismatch| not_a_picture())
    }

    fn value(&self, index: usize) -> Result<Value> {
        let shape = &self.model.tensors[index].shape;
        n_numbers(shape)?;
        Ok(Value { name: tensor_name(index), shape: turned(shape) })
    }
}

pub(super) fn input(operator: &Operator<'_>, index: usize) -> Result<usize> {
    let found = operator.inputs.get(index).copied().flatten();
    found.ok_or(ImportError::Malformed("an operator lacks an input"))
}

pub(super) fn options<'a>(operator: &Operator<'a>) -> Result<Table<'a>> {
    operator.options.ok_or(ImportError::Malformed("an operator lacks its options"))
}

/// A table of `rows` × `columns` numbers with rows and columns exchanged.
pub(super) fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| values[row * columns + column]))
        .collect()
}
