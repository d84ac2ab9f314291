//! What runs a network: ONNX Runtime where its library is found, tract otherwise.

mod onnxruntime;
mod tract;

use std::fmt;

pub use onnxruntime::OrtLibrary;

/// Which runtime a network runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuntimeKind {
    /// Microsoft's library, loaded at run time.
    OnnxRuntime,
    /// Pure Rust, built in.
    Tract,
}

impl RuntimeKind {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnnxRuntime => "onnxruntime",
            Self::Tract => "tract",
        }
    }
}

impl fmt::Display for RuntimeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where networks run.
#[derive(Debug, Clone)]
pub enum Runtime {
    /// ONNX Runtime with so many threads.
    OnnxRuntime(OrtLibrary),
    /// The built-in one.
    Tract,
}

impl Runtime {
    /// ONNX Runtime if its library can be loaded, tract with the reason why not otherwise.
    #[must_use]
    pub fn find() -> (Self, Option<String>) {
        match OrtLibrary::find() {
            Ok(library) => (Self::OnnxRuntime(library), None),
            Err(reason) => (Self::Tract, Some(reason)),
        }
    }

    /// Which of the two this is.
    #[must_use]
    pub fn kind(&self) -> RuntimeKind {
        match self {
            Self::OnnxRuntime(_) => RuntimeKind::OnnxRuntime,
            Self::Tract => RuntimeKind::Tract,
        }
    }

    /// Prepares a network given as ONNX bytes, with one input of the given shape. The error is the runtime's reason.
    pub(crate) fn load(&self, onnx: &[u8], input_shape: &[usize]) -> Result<Session, String> {
        Ok(match self {
            Self::OnnxRuntime(library) => Session::OnnxRuntime(library.load(onnx, input_shape)?),
            Self::Tract => Session::Tract(tract::Session::load(onnx, input_shape)?),
        })
    }
}

/// A network ready to run.
#[derive(Debug)]
pub(crate) enum Session {
    OnnxRuntime(onnxruntime::Session),
    Tract(tract::Session),
}

impl Session {
    /// Runs the network on one input. `outputs` receives each output's numbers, in the network's order.
    pub(crate) fn run(&mut self, input: &[f32], outputs: &mut Vec<Vec<f32>>) -> Result<(), String> {
        match self {
            Self::OnnxRuntime(session) => session.run(input, outputs),
            Self::Tract(session) => session.run(input, outputs),
        }
    }
}

/// Stores output `index`, reusing its memory.
fn store(outputs: &mut Vec<Vec<f32>>, index: usize, values: &[f32]) {
    if outputs.len() <= index {
        outputs.resize_with(index + 1, Vec::new);
    }
    outputs[index].clear();
    outputs[index].extend_from_slice(values);
}

#[cfg(test)]
pub(crate) mod tests;
