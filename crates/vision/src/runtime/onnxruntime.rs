//! ONNX Runtime through `ort`, its library found and loaded at run time.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use ort::{environment::Environment, session::builder::GraphOptimizationLevel, value::TensorRef};

use super::store;

/// ONNX Runtime's library, loaded. One per process: the first that loads is kept.
#[derive(Debug, Clone)]
pub struct OrtLibrary {
    environment: Environment,
    /// Threads that share the work of one network.
    pub n_threads: usize,
}

static ENVIRONMENT: OnceLock<Result<Environment, String>> = OnceLock::new();

impl OrtLibrary {
    /// Finds and loads the library: `ORT_DYLIB_PATH` alone if set; else beside the executable, `build/onnxruntime` of this
    /// workspace, the npm package `onnxruntime-node`, a system install. The error tells what was tried.
    pub fn find() -> Result<Self, String> {
        let environment = ENVIRONMENT.get_or_init(|| {
            let mut failures = Vec::new();
            for path in candidates() {
                match ort::init_from(&path).map_err(|error| error.to_string()) {
                    Ok(builder) => {
                        return builder
                            .with_telemetry(false)
                            .build()
                            .map_err(|error| error.to_string());
                    }
                    Err(reason) => failures.push(reason),
                }
            }
            Err(format!("ONNX Runtime's library could not be loaded ({})", failures.join("; ")))
        });
        // Half the processors: the other half decodes. On two, a second thread makes a quiet machine's networks a fifth
        // faster and a busy one's a third slower.
        let n_threads =
            std::thread::available_parallelism().map_or(1, |n| (n.get() / 2).clamp(1, 4));
        environment.clone().map(|environment| Self { environment, n_threads })
    }

    pub(super) fn load(&self, onnx: &[u8], input_shape: &[usize]) -> Result<Session, String> {
        let build = || {
            let mut builder = ort::session::Session::builder(&self.environment)?
                .with_optimization_level(GraphOptimizationLevel::All)?
                .with_intra_threads(self.n_threads)?
                .with_inter_threads(1)?
                // Waiting threads would take the time of the decoder, which shares the processor.
                .with_intra_op_spinning(false)?
                .with_flush_to_zero()?;
            builder.commit_from_memory(onnx)
        };
        let session = build().map_err(|error: ort::Error| error.to_string())?;
        let n_outputs = session.outputs().len();
        Ok(Session { session, input_shape: input_shape.to_vec(), n_outputs })
    }
}

/// Where the library may be, best first.
fn candidates() -> Vec<PathBuf> {
    if let Some(path) = std::env::var_os("ORT_DYLIB_PATH").filter(|path| !path.is_empty()) {
        return vec![PathBuf::from(path)];
    }
    let mut found = Vec::new();
    for folder in crate::networks::build_folders() {
        found.extend(libraries_in(&folder));
        found.extend(libraries_in(&folder.join("onnxruntime")));
        for modules in ["../node_modules", "../web/node_modules"] {
            found.extend(node_libraries(&folder.join(modules).join("onnxruntime-node/bin")));
        }
    }
    // Left to the system's own search path.
    let [prefix, suffix] = [std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX];
    found.push(PathBuf::from(format!("{prefix}onnxruntime{suffix}")));
    found
}

/// ONNX Runtime's libraries in a folder; their version may stand before or behind the ending.
fn libraries_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let stem = format!("{}onnxruntime.", std::env::consts::DLL_PREFIX);
    let ending = std::env::consts::DLL_EXTENSION;
    let named = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let rest = name.and_then(|name| name.strip_prefix(stem.as_str()));
        rest.is_some_and(|rest| rest.split('.').any(|part| part == ending))
    };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(named).collect();
    paths.sort();
    paths
}

/// The libraries of the npm package, one folder per version of node's interface.
fn node_libraries(folder: &Path) -> Vec<PathBuf> {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let versions =
        entries.filter_map(|entry| Some(entry.ok()?.path().join(system).join(architecture)));
    let mut libraries: Vec<PathBuf> = versions.flat_map(|folder| libraries_in(&folder)).collect();
    libraries.sort();
    libraries
}

/// A network ready to run in ONNX Runtime.
#[derive(Debug)]
pub(crate) struct Session {
    session: ort::session::Session,
    input_shape: Vec<usize>,
    n_outputs: usize,
}

impl Session {
    pub(super) fn run(&mut self, input: &[f32], outputs: &mut Vec<Vec<f32>>) -> Result<(), String> {
        let n_outputs = self.n_outputs;
        let mut run = || {
            let tensor = TensorRef::from_array_view((self.input_shape.as_slice(), input))?;
            let values = self.session.run(ort::inputs![tensor])?;
            for index in 0..n_outputs {
                store(outputs, index, values[index].try_extract_tensor::<f32>()?.1);
            }
            Ok(())
        };
        run().map_err(|error: ort::Error| error.to_string())
    }
}
