//! Reads `NumPy`'s `.npz`: a zip of `.npy` arrays of half, single or double floats in C order.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// A table of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Array {
    pub(crate) n_columns: usize,
    pub(crate) values: Vec<f64>,
}

/// Every array of the archive, by name without `.npy`.
pub(crate) fn read(path: &Path) -> Result<BTreeMap<String, Array>> {
    let file =
        std::fs::File::open(path).with_context(|| format!("opening `{}`", path.display()))?;
    let mut archive = zip::ZipArchive::new(file)?;
    let mut arrays = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name().trim_end_matches(".npy").to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        arrays.insert(name.clone(), array(&bytes).with_context(|| format!("array `{name}`"))?);
    }
    Ok(arrays)
}

fn array(bytes: &[u8]) -> Result<Array> {
    if bytes.get(..6) != Some(b"\x93NUMPY") || bytes.len() < 12 {
        bail!("not an npy array");
    }
    let (start, length) = match bytes[6] {
        1 => (10, usize::from(u16::from_le_bytes([bytes[8], bytes[9]]))),
        _ => (12, u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize),
    };
    let head =
        String::from_utf8_lossy(bytes.get(start..start + length).context("cut off")?).into_owned();
    let data = &bytes[start + length..];
    if head.contains("'fortran_order': True") {
        bail!("columns first is not supported");
    }
    let n_columns = head
        .split("'shape': (")
        .nth(1)
        .and_then(|rest| rest.split(')').next())
        .map(|shape| {
            shape.split(',').skip(1).filter_map(|n| n.trim().parse::<usize>().ok()).product()
        })
        .context("no shape")?;
    let values = if head.contains("'<f2'") {
        data.chunks_exact(2).map(|b| half(u16::from_le_bytes([b[0], b[1]]))).collect()
    } else if head.contains("'<f4'") {
        data.chunks_exact(4)
            .map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])))
            .collect()
    } else if head.contains("'<f8'") {
        data.chunks_exact(8)
            .map(|b| f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))
            .collect()
    } else {
        bail!("unknown type of number in `{head}`");
    };
    Ok(Array { n_columns, values })
}

/// A half-precision float.
fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from((bits >> 10) & 0x1f);
    let fraction = f64::from(bits & 0x3ff) / 1024.0;
    match exponent {
        0 => sign * fraction * libm::exp2(-14.0),
        31 => {
            if fraction == 0.0 {
                sign * f64::INFINITY
            } else {
                f64::NAN
            }
        }
        _ => sign * (1.0 + fraction) * libm::exp2(f64::from(exponent - 15)),
    }
}
