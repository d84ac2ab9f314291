//! The wasm-bindgen shell over the engine.
