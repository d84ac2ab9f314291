//! Importing `TFLite` networks: the flatbuffer is read, stored weights are unpacked, and every operator is written as its
//! ONNX equal.
//!
//! Easy to get wrong: `TFLite` keeps pictures as rows, columns, channels; the ONNX made here as channels, rows, columns.
//! Four-dimensional inputs AND outputs of the result are therefore turned.

mod constants;
mod convert;
mod flatbuffer;
mod model;
mod windows;

pub(crate) use convert::onnx_from_tflite;

/// Why a file could not be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ImportError {
    /// The bytes are not a `TFLite` file, or not a whole one.
    #[error("not a whole TFLite network: {0}")]
    Malformed(&'static str),
    /// A `TFLite` file, but of a kind no network of ours is.
    #[error("unsupported in a TFLite network: {0}")]
    Unsupported(String),
}

#[cfg(test)]
mod tests;
