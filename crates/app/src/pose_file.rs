//! Landmark streams in files: read plain or gzipped, written gzipped.
//!
//! Everything is bounded: a gzip bomb or an endless line ends in an error, not in a full memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use motion::pose::Pose;
use units::ImageSize;
use wire::pose_stream::{PoseLine, PoseStreamError};

/// Bytes of text, after decompression: about two hours of 33 landmarks at 30 frames a second.
const MAX_BYTES: u64 = 512 << 20;
/// Bytes of one line.
const MAX_LINE_BYTES: u64 = 64 << 10;
/// Frames of one stream: four and a half hours at 30 frames a second.
pub(crate) const MAX_FRAMES: usize = 500_000;

/// Opens a file and undoes its compression, if any.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!("no such file: `{shown}`"),
        _ => anyhow::anyhow!("`{shown}` cannot be opened: {error}"),
    })?;
    let mut reader = BufReader::new(file);
    let start = reader.fill_buf().with_context(|| format!("`{shown}` cannot be read"))?;
    Ok(if start.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    })
}

/// Reads a whole landmark stream as poses in an image of that size.
pub(crate) fn read(path: &Path, image: ImageSize) -> Result<Vec<Pose>> {
    let reader = open(path)?;
    poses(reader, image).with_context(|| format!("`{}` is not a landmark stream", path.display()))
}

/// Poses of a stream of text.
pub(crate) fn poses(mut reader: impl BufRead, image: ImageSize) -> Result<Vec<Pose>> {
    let (mut poses, mut line, mut n_bytes) = (Vec::new(), Vec::new(), 0);
    for number in 1.. {
        line.clear();
        let n_read =
            reader.by_ref().take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut line).map_err(
                |error| match error.kind() {
                    io::ErrorKind::UnexpectedEof => {
                        anyhow::anyhow!("line {number}: the gzip data is cut off")
                    }
                    _ => anyhow::anyhow!("line {number}: it cannot be unpacked: {error}"),
                },
            )?;
        if n_read == 0 {
            break;
        }
        n_bytes += n_read as u64;
        if n_read as u64 > MAX_LINE_BYTES {
            bail!("line {number}: it is longer than a frame can be ({MAX_LINE_BYTES} bytes)");
        }
        if n_bytes > MAX_BYTES {
            bail!(
                "line {number}: there are more than {} MB of landmarks; cut the recording into sets",
                MAX_BYTES >> 20
            );
        }
        let Ok(text) = str::from_utf8(&line) else { bail!("line {number}: it is not text") };
        if text.trim().is_empty() {
            continue;
        }
        if poses.len() == MAX_FRAMES {
            bail!(
                "line {number}: there are more than {MAX_FRAMES} frames; cut the recording into sets"
            );
        }
        poses.push(PoseLine::parse(text.trim_end(), number)?.pose(image));
    }
    if poses.is_empty() { Err(PoseStreamError::Empty.into()) } else { Ok(poses) }
}

/// Writes a gzipped landmark stream. Until [`PoseFileWriter::finish`] the file has another name, so that a run that
/// is cut short leaves no half stream behind.
pub(crate) struct PoseFileWriter {
    path: PathBuf,
    unfinished: PathBuf,
    encoder: Option<GzEncoder<BufWriter<File>>>,
}

impl PoseFileWriter {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        let file = File::create(&unfinished)
            .with_context(|| format!("`{}` cannot be written", path.display()))?;
        let encoder = GzEncoder::new(BufWriter::new(file), Compression::default());
        Ok(Self { path: path.to_owned(), unfinished, encoder: Some(encoder) })
    }

    pub(crate) fn write(&mut self, frame: &PoseLine) -> Result<()> {
        if let Some(encoder) = &mut self.encoder {
            serde_json::to_writer(&mut *encoder, frame)?;
            encoder.write_all(b"\n")?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        if let Some(encoder) = self.encoder.take() {
            encoder.finish()?.flush()?;
            std::fs::rename(&self.unfinished, &self.path)
                .with_context(|| format!("`{}` cannot be written", self.path.display()))?;
        }
        Ok(())
    }
}

impl Drop for PoseFileWriter {
    fn drop(&mut self) {
        if self.encoder.take().is_some() {
            // An error is on its way already; a file that stays is the lesser one.
            drop(std::fs::remove_file(&self.unfinished));
        }
    }
}

#[cfg(test)]
mod tests;
