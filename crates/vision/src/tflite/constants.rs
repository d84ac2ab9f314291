//! Stored tensors as plain 32-bit floats: half floats widened, sparse ones spread out.

use super::{
    ImportError,
    model::{Dimension, Kind, Sparsity, Tensor},
};

type Result<T> = std::result::Result<T, ImportError>;

/// The largest tensor there can sensibly be; the largest in our networks has 2 million numbers.
const MAX_NUMBERS: usize = 1 << 26;

/// How many numbers a tensor of this shape has.
pub(crate) fn n_numbers(shape: &[usize]) -> Result<usize> {
    let product = shape.iter().try_fold(1_usize, |product, &side| product.checked_mul(side));
    product
        .filter(|n| (1..=MAX_NUMBERS).contains(n))
        .ok_or(ImportError::Malformed("a tensor is empty or absurdly large"))
}

/// A stored tensor's integers; nothing when it is calculated or not of integers.
pub(crate) fn stored_integers(tensor: &Tensor<'_>) -> Option<Vec<i32>> {
    let stored = tensor.kind == Kind::I32 && !tensor.stored.is_empty();
    stored
        .then(|| tensor.stored.as_chunks().0.iter().map(|four| i32::from_le_bytes(*four)).collect())
}

/// A stored tensor's numbers, dense; nothing when the tensor is calculated or not of floats.
pub(crate) fn stored_floats(tensor: &Tensor<'_>) -> Result<Option<Vec<f32>>> {
    if tensor.stored.is_empty() {
        return Ok(None);
    }
    let values: Vec<f32> = match tensor.kind {
        Kind::F32 => {
            tensor.stored.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
        }
        Kind::F16 => tensor
            .stored
            .as_chunks()
            .0
            .iter()
            .map(|two| widened(u16::from_le_bytes(*two)))
            .collect(),
        Kind::I32 | Kind::Other => return Ok(None),
    };
    let n = n_numbers(&tensor.shape)?;
    match &tensor.sparsity {
        Some(sparsity) => spread(&values, sparsity, &tensor.shape, n).map(Some),
        None if values.len() == n => Ok(Some(values)),
        None => Err(ImportError::Malformed("a tensor's values do not fill its shape")),
    }
}

/// A half float as a float.
fn widened(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10 & 0x1f);
    let fraction = u32::from(bits & 0x3ff);
    match exponent {
        0 => {
            // Subnormal: the fraction counts steps of 2^-24.
            let magnitude = f32::from(bits & 0x3ff) / 16_777_216.0;
            if sign == 0 { magnitude } else { -magnitude }
        }
        0x1f => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

/// Spreads the values of a sparse tensor over its dense shape. Only unblocked tensors in natural order: what our
/// networks have.
fn spread(values: &[f32], sparsity: &Sparsity, shape: &[usize], n: usize) -> Result<Vec<f32>> {
    let natural = sparsity.traversal_order.iter().copied().eq(0..shape.len());
    if !natural || sparsity.n_block_dimensions > 0 || sparsity.dimensions.len() != shape.len() {
        return Err(ImportError::Unsupported("a blocked or reordered sparse tensor".to_owned()));
    }
    // Places in the dense tensor of the stored entries, one dimension after the other.
    let mut places = vec![0_usize];
    for (dimension, &side) in sparsity.dimensions.iter().zip(shape) {
        let mut next = Vec::with_capacity(places.len());
        for (parent, place) in places.iter().enumerate() {
            let mut push = |index: usize| {
                if index >= side || next.len() >= n {
                    return Err(ImportError::Malformed("a sparse tensor's index leads outside it"));
                }
                next.push(place * side + index);
                Ok(())
            };
            match dimension {
                Dimension::Dense(size) if *size == side => (0..side).try_for_each(&mut push)?,
                Dimension::Dense(_) => {
                    return Err(ImportError::Malformed("a sparse tensor contradicts its shape"));
                }
                Dimension::Sparse { segments, indices } => {
                    let bounds = (segments.get(parent), segments.get(parent + 1));
                    let entries = if let (Some(&start), Some(&end)) = bounds {
                        indices.get(start..end)
                    } else {
                        None
                    };
                    let entries = entries
                        .ok_or(ImportError::Malformed("a sparse tensor's segments lead outside"))?;
                    entries.iter().try_for_each(|&index| push(index))?;
                }
            }
        }
        places = next;
    }
    if places.len() > values.len() {
        return Err(ImportError::Malformed("a sparse tensor has fewer values than places"));
    }
    let mut dense = vec![0.0; n];
    for (place, value) in places.into_iter().zip(values) {
        dense[place] = *value;
    }
    Ok(dense)
}

#[cfg(test)]
mod tests {
    use super::widened;

    #[test]
    fn half_floats_widen_exactly() {
        for (bits, expected) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
            (0x7bff, 65504.0),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(widened(bits).to_bits(), f32::to_bits(expected), "{bits:#x}");
        }
    }
}
