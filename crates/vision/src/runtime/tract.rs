//! tract, the runtime that is always there.

use std::sync::Arc;

use tract_onnx::prelude::*;

use super::store;

/// A network ready to run in tract.
#[derive(Debug)]
pub(crate) struct Session {
    plan: Arc<TypedRunnableModel>,
    input_shape: Vec<usize>,
}

impl Session {
    pub(crate) fn load(onnx: &[u8], input_shape: &[usize]) -> Result<Self, String> {
        let plan = || {
            let model = tract_onnx::onnx().model_for_read(&mut &*onnx)?;
            let model = model.with_input_fact(0, f32::fact(input_shape).into())?;
            model.into_optimized()?.into_runnable()
        };
        let plan = plan().map_err(|error| format!("{error:#}"))?;
        Ok(Self { plan, input_shape: input_shape.to_vec() })
    }

    pub(crate) fn run(&self, input: &[f32], outputs: &mut Vec<Vec<f32>>) -> Result<(), String> {
        let mut run = || {
            let tensor = Tensor::from_shape(&self.input_shape, input)?;
            for (index, output) in self.plan.run(tvec!(tensor.into()))?.iter().enumerate() {
                store(outputs, index, output.try_as_plain_ram()?.as_slice::<f32>()?);
            }
            TractResult::Ok(())
        };
        run().map_err(|error| format!("{error:#}"))
    }
}
