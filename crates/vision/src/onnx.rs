//! Writing ONNX files: the few protobuf messages a network needs, and nothing else of the format.
//!
//! Field numbers are those of `onnx.proto` (IR version 7, operator set 13).

const IR_VERSION: u64 = 7;
const OPSET: u64 = 13;

/// A network to be written.
#[derive(Debug, Default, Clone)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) inputs: Vec<Value>,
    pub(crate) outputs: Vec<Value>,
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) operator: &'static str,
    pub(crate) inputs: Vec<String>,
    pub(crate) output: String,
    pub(crate) attributes: Vec<(&'static str, Attribute)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Attribute {
    Int(usize),
    Ints(Vec<usize>),
    Text(&'static str),
}

/// A named tensor of known shape that flows in or out; 32-bit floats.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Constant {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Data,
}

#[derive(Debug, Clone)]
pub(crate) enum Data {
    Floats(Vec<f32>),
    Ints(Vec<i64>),
}

impl Graph {
    /// The ONNX file's bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut graph = Message::default();
        for node in &self.nodes {
            graph.message(1, node.to_message());
        }
        graph.text(2, "network");
        for constant in &self.constants {
            graph.message(5, constant.to_message());
        }
        for input in &self.inputs {
            graph.message(11, input.to_message());
        }
        for output in &self.outputs {
            graph.message(12, output.to_message());
        }
        let mut opset = Message::default();
        opset.text(1, "");
        opset.number(2, OPSET);
        let mut model = Message::default();
        model.number(1, IR_VERSION);
        model.text(2, "spotter");
        model.message(7, graph);
        model.message(8, opset);
        model.bytes
    }
}

impl Node {
    fn to_message(&self) -> Message {
        let mut node = Message::default();
        for input in &self.inputs {
            node.text(1, input);
        }
        node.text(2, &self.output);
        node.text(3, &self.output);
        node.text(4, self.operator);
        for (name, attribute) in &self.attributes {
            let mut message = Message::default();
            message.text(1, name);
            match attribute {
                Attribute::Int(value) => {
                    message.number(3, number(*value));
                    message.number(20, 2);
                }
                Attribute::Text(text) => {
                    message.text(4, text);
                    message.number(20, 3);
                }
                Attribute::Ints(values) => {
                    for &value in values {
                        message.number(8, number(value));
                    }
                    message.number(20, 7);
                }
            }
            node.message(5, message);
        }
        node
    }
}

impl Value {
    fn to_message(&self) -> Message {
        let mut shape = Message::default();
        for &side in &self.shape {
            let mut dimension = Message::default();
            dimension.number(1, number(side));
            shape.message(1, dimension);
        }
        let mut tensor = Message::default();
        tensor.number(1, 1);
        tensor.message(2, shape);
        let mut kind = Message::default();
        kind.message(1, tensor);
        let mut value = Message::default();
        value.text(1, &self.name);
        value.message(2, kind);
        value
    }
}

impl Constant {
    fn to_message(&self) -> Message {
        let mut tensor = Message::default();
        for &side in &self.shape {
            tensor.number(1, number(side));
        }
        let (kind, raw): (u64, Vec<u8>) = match &self.data {
            Data::Floats(values) => {
                (1, values.iter().flat_map(|value| value.to_le_bytes()).collect())
            }
            Data::Ints(values) => {
                (7, values.iter().flat_map(|value| value.to_le_bytes()).collect())
            }
        };
        tensor.number(2, kind);
        tensor.text(8, &self.name);
        tensor.block(9, &raw);
        tensor
    }
}

fn number(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// One protobuf message under construction.
#[derive(Debug, Default)]
struct Message {
    bytes: Vec<u8>,
}

impl Message {
    fn varint(&mut self, mut value: u64) {
        loop {
            let low = value.to_le_bytes()[0] & 0x7f;
            value >>= 7;
            if value == 0 {
                self.bytes.push(low);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }

    fn number(&mut self, field: u64, value: u64) {
        self.varint(field << 3);
        self.varint(value);
    }

    fn block(&mut self, field: u64, block: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(number(block.len()));
        self.bytes.extend_from_slice(block);
    }

    fn text(&mut self, field: u64, text: &str) {
        self.block(field, text.as_bytes());
    }

    #[expect(clippy::needless_pass_by_value, reason = "the inner message is finished")]
    fn message(&mut self, field: u64, message: Self) {
        self.block(field, &message.bytes);
    }
}
