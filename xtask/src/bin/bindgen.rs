//! Writes the JavaScript and the TypeScript types around a compiled WASM module: `bindgen MODULE.wasm FOLDER`.
//!
//! A binary of its own because wasm-bindgen takes longer to compile than the rest of xtask together.

use std::path::Path;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let module = args.next().context("usage: bindgen MODULE.wasm FOLDER")?;
    let folder = args.next().context("usage: bindgen MODULE.wasm FOLDER")?;
    let (module, folder) = (Path::new(&module), Path::new(&folder));
    Bindgen::new()
        .input_path(module)
        .typescript(true)
        .nodejs(true)?
        .generate(folder.join("node"))?;
    Bindgen::new().input_path(module).typescript(true).web(true)?.generate(folder.join("web"))?;
    Ok(())
}
