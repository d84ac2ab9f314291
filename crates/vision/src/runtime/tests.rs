//! Each runtime that is there against arithmetic on networks written by our own ONNX writer.

use super::{Runtime, RuntimeKind};
use crate::onnx::{Attribute, Constant, Data, Graph, Node, Value};

/// A network of one operator over 1 × 2 × 2 × 2: pixels doubled and one added.
fn doubling() -> Vec<u8> {
    let shape = vec![1, 2, 2, 2];
    let kernel = Data::Floats(vec![2.0, 0.0, 0.0, 2.0]);
    let graph = Graph {
        nodes: vec![Node {
            operator: "Conv",
            inputs: ["in", "kernel", "bias"].map(str::to_owned).to_vec(),
            output: "out".to_owned(),
            attributes: vec![("kernel_shape", Attribute::Ints(vec![1, 1]))],
        }],
        constants: vec![
            Constant { name: "kernel".to_owned(), shape: vec![2, 2, 1, 1], data: kernel },
            Constant {
                name: "bias".to_owned(),
                shape: vec![2],
                data: Data::Floats(vec![1.0, 1.0]),
            },
        ],
        inputs: vec![Value { name: "in".to_owned(), shape: shape.clone() }],
        outputs: vec![Value { name: "out".to_owned(), shape }],
    };
    graph.to_bytes()
}

/// Every runtime this machine has.
pub(crate) fn runtimes() -> Vec<Runtime> {
    let (best, reason) = Runtime::find();
    if let Some(reason) = reason {
        println!("only tract is tested: {reason}");
        return vec![Runtime::Tract];
    }
    vec![best, Runtime::Tract]
}

#[test]
fn a_network_gives_what_arithmetic_gives() {
    for runtime in runtimes() {
        let mut session = runtime.load(&doubling(), &[1, 2, 2, 2]).unwrap();
        let mut outputs = Vec::new();
        for offset in [0.0, 10.0] {
            let input: Vec<f32> = (0..8_u8).map(|value| f32::from(value) + offset).collect();
            session.run(&input, &mut outputs).unwrap();
            let expected: Vec<f32> = input.iter().map(|value| value * 2.0 + 1.0).collect();
            assert_eq!(outputs, [expected], "{:?}", runtime.kind());
        }
    }
}

#[test]
fn what_is_no_network_is_refused() {
    for runtime in runtimes() {
        for bytes in [b"no network".as_slice(), b"", &doubling()[..60]] {
            assert!(runtime.load(bytes, &[1, 2, 2, 2]).is_err(), "{:?}", runtime.kind());
        }
    }
}

#[test]
fn runtimes_have_the_names_that_reports_use() {
    assert_eq!(
        [RuntimeKind::OnnxRuntime, RuntimeKind::Tract].map(RuntimeKind::name),
        ["onnxruntime", "tract"]
    );
}
