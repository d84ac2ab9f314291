//! Small files in the data folder: written whole or not at all, readable by their owner only, checked when read.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::secret;
use crate::settings::Error;

/// No file of ours comes near this.
const MAX_BYTES: u64 = 64 << 20;

/// Makes the folder, for its owner alone.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| failed(path, "made", source))
}

/// A file's value; none where there is no file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let Some(text) = read_text(path)? else { return Ok(None) };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| Error::Damaged { path: path.to_owned(), reason: error.to_string() })
}

/// A file's text; none where there is no file.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    let mut text = String::new();
    match File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text)) {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, "read", error)),
    }
}

pub(crate) fn write(path: &Path, value: &impl Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| failed(path, "written", error.into()))?;
    write_text(path, &text)
}

/// Writes beside the file, then renames: a reader or a crash sees the old text or the new one, nothing between.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    let beside = path.with_extension(format!("{}.tmp", secret::random::<6>()?));
    let result = write_beside(&beside, text).and_then(|()| fs::rename(&beside, path));
    result.map_err(|source| {
        // What is left over is of no use, and nothing more can be done about it.
        drop(fs::remove_file(&beside));
        failed(path, "written", source)
    })
}

fn write_beside(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn failed(path: &Path, what: &'static str, source: std::io::Error) -> Error {
    Error::Data { path: path.to_owned(), what, source }
}
