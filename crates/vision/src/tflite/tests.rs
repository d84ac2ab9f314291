//! Small `TFLite` files made here, imported, run, and compared with arithmetic done the plain way; and broken ones.

use proptest::prelude::{any, prop, proptest};

use super::{ImportError, onnx_from_tflite};
use crate::runtime::Runtime;

mod builder;
mod naive;

use builder::{Network, Weights};
use naive::Picture;

/// Runs an imported network of one picture in tract and returns its only output, a picture turned back if it is one.
fn run(network: &Network, input: &Picture) -> Vec<f32> {
    let onnx = onnx_from_tflite(&network.to_bytes(), &["out"]).unwrap();
    let planar = input.planar();
    let shape = [1, input.channels, input.rows, input.columns];
    let mut outputs = Vec::new();
    Runtime::Tract.load(&onnx, &shape).unwrap().run(&planar, &mut outputs).unwrap();
    outputs.remove(0)
}

fn check(network: &Network, input: &Picture, expected: &[f32]) {
    let found = run(network, input);
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < 1e-4, "at {index}: {found} instead of {expected}");
    }
}

#[test]
fn a_convolution_pads_and_strides_as_tflite_does() {
    for (stride, same) in [(1, true), (2, true), (1, false), (2, false)] {
        let input = Picture::counting(6, 5, 2);
        let weights = Weights::counting(&[3, 3, 3, 2]);
        let mut network = Network::of_picture(&input);
        let expected = naive::convolution(
            &input,
            &weights.values,
            3,
            3,
            (stride, same),
            [0.5, -0.5, 1.0].as_slice(),
        );
        network.convolution(&weights, &[0.5, -0.5, 1.0], stride, same, &expected);
        check(&network, &input, &expected.planar());
    }
}

#[test]
fn a_depthwise_convolution_keeps_channels_apart() {
    let input = Picture::counting(6, 6, 3);
    let weights = Weights::counting(&[1, 3, 3, 3]);
    let mut network = Network::of_picture(&input);
    let expected = naive::depthwise(&input, &weights.values, 3, 2);
    network.depthwise(&weights, 2, &expected);
    check(&network, &input, &expected.planar());
}

#[test]
fn half_and_sparse_weights_are_unpacked() {
    let input = Picture::counting(3, 3, 4);
    // Row by row what a 2 × 1 × 1 × 4 kernel holds: 1.5 in channel 1, −2 in channel 3, and 0.25 in channel 0.
    let dense = [0.0, 1.5, 0.0, -2.0, 0.25, 0.0, 0.0, 0.0];
    let mut network = Network::of_picture(&input);
    let expected = naive::convolution(&input, &dense, 2, 1, (1, false), &[0.0, 0.0]);
    network.sparse_pointwise(&[0x3e00, 0xc000, 0x3400], &[0, 2, 3], &[1, 3, 0], &expected);
    check(&network, &input, &expected.planar());
}

#[test]
fn padding_is_taken_over_by_a_convolution_and_written_out_otherwise() {
    let input = Picture::counting(4, 4, 2);
    let padded = input.padded([1, 2], [0, 1]);
    let mut network = Network::of_picture(&input);
    network.pad([1, 2], [0, 1], &padded);
    check(&network, &input, &padded.planar());
    let weights = Weights::counting(&[1, 3, 3, 2]);
    let expected = naive::convolution(&padded, &weights.values, 1, 3, (1, false), &[0.0]);
    network.then_convolution(&weights, &[0.0], &expected);
    check(&network, &input, &expected.planar());
}

#[test]
fn pictures_grow_smoothly_and_by_depth() {
    let input = Picture::counting(2, 3, 4);
    let mut network = Network::of_picture(&input);
    let expected = naive::doubled(&input);
    network.resize(&expected);
    check(&network, &input, &expected.planar());
    let mut network = Network::of_picture(&input);
    let expected = naive::depth_to_space(&input);
    network.depth_to_space(&expected);
    check(&network, &input, &expected.planar());
}

#[test]
fn the_rest_of_the_operators_do_what_they_are_called() {
    let input = Picture::counting(4, 4, 2);
    let mut network = Network::of_picture(&input);
    let pooled = naive::max_pool(&input);
    network.max_pool(&pooled);
    check(&network, &input, &pooled.planar());

    let mut network = Network::of_picture(&input);
    network.logistic();
    let expected: Vec<f32> =
        input.planar().iter().map(|value| 1.0 / (1.0 + (-value).exp())).collect();
    check(&network, &input, &expected);

    let mut network = Network::of_picture(&input);
    network.double_by_adding_relu6();
    let expected: Vec<f32> =
        input.planar().iter().map(|value| (value * 2.0).clamp(0.0, 6.0)).collect();
    check(&network, &input, &expected);
}

#[test]
fn a_flattened_picture_keeps_tflites_order() {
    let input = Picture::counting(2, 3, 2);
    let mut network = Network::of_picture(&input);
    network.flatten();
    check(&network, &input, &input.values);
    network.join_with_itself();
    check(&network, &input, &input.values.repeat(2));
}

#[test]
fn what_cannot_be_imported_says_why() {
    let reason = |bytes: &[u8], wanted: &str| onnx_from_tflite(bytes, &[wanted]).unwrap_err();
    assert!(matches!(reason(b"", "out"), ImportError::Malformed(_)));
    assert!(matches!(reason(b"\x18\0\0\0TFL3", "out"), ImportError::Malformed(_)));
    let input = Picture::counting(2, 2, 1);
    let mut network = Network::of_picture(&input);
    network.logistic();
    assert!(reason(&network.to_bytes(), "nowhere").to_string().contains("`nowhere`"));
    network.unknown_operator(99);
    assert!(reason(&network.to_bytes(), "out").to_string().contains("`99`"));
}

proptest! {
    #[test]
    fn broken_files_are_errors_and_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        keep in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let input = Picture::counting(3, 3, 4);
        let mut network = Network::of_picture(&input);
        network.sparse_pointwise(&[0x3e00, 0xc000, 0x3400], &[0, 2, 3], &[1, 3, 0], &Picture::counting(3, 3, 2));
        let mut bytes = network.to_bytes();
        if cut {
            bytes.truncate(keep.index(bytes.len()));
        }
        for (place, value) in changes {
            if !bytes.is_empty() {
                let at = place.index(bytes.len());
                bytes[at] = value;
            }
        }
        drop(onnx_from_tflite(&bytes, &["out"]));
    }

    #[test]
    fn random_bytes_are_errors(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = bytes;
        if bytes.len() > 8 {
            bytes[4..8].copy_from_slice(b"TFL3");
        }
        assert!(onnx_from_tflite(&bytes, &["out"]).is_err());
    }
}
