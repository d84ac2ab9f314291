//! Reading flatbuffers safely: every offset is checked, and whatever does not fit is an error.

use super::ImportError;

type Result<T> = std::result::Result<T, ImportError>;

/// A table of a flatbuffer: fields by slot number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the table of field offsets starts, and its length in bytes.
    slots: (usize, usize),
}

fn read<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N]> {
    let end = at.checked_add(N).ok_or(ImportError::Malformed("an offset overflows"))?;
    let slice =
        bytes.get(at..end).ok_or(ImportError::Malformed("an offset leads outside the file"))?;
    slice.try_into().map_err(|_mismatch| ImportError::Malformed("an offset leads outside the file"))
}

fn size(value: u32) -> Result<usize> {
    usize::try_from(value).map_err(|_overflow| ImportError::Malformed("a size overflows"))
}

/// Where the offset stored at `at` leads.
fn follow(bytes: &[u8], at: usize) -> Result<usize> {
    let offset = size(u32::from_le_bytes(read(bytes, at)?))?;
    at.checked_add(offset).ok_or(ImportError::Malformed("an offset overflows"))
}

impl<'a> Table<'a> {
    /// The root table of a `TFLite` file.
    pub(crate) fn root(bytes: &'a [u8]) -> Result<Self> {
        if read(bytes, 4)? != *b"TFL3" {
            return Err(ImportError::Malformed("it does not carry the mark `TFL3`"));
        }
        Self::new(bytes, follow(bytes, 0)?)
    }

    fn new(bytes: &'a [u8], at: usize) -> Result<Self> {
        let back = i64::from(i32::from_le_bytes(read(bytes, at)?));
        let place = i64::try_from(at).ok().and_then(|at| at.checked_sub(back));
        let slots = place.and_then(|place| usize::try_from(place).ok());
        let slots = slots.ok_or(ImportError::Malformed("a table has no fields"))?;
        let length = usize::from(u16::from_le_bytes(read(bytes, slots)?));
        Ok(Self { bytes, at, slots: (slots, length) })
    }

    /// Where a field's value is, if the table has it.
    fn field(&self, slot: usize) -> Result<Option<usize>> {
        let entry = 4 + 2 * slot;
        if entry + 2 > self.slots.1 {
            return Ok(None);
        }
        let offset = u16::from_le_bytes(read(self.bytes, self.slots.0 + entry)?);
        Ok((offset != 0).then(|| self.at + usize::from(offset)))
    }

    /// A one-byte field, `default` when absent.
    pub(crate) fn u8(&self, slot: usize, default: u8) -> Result<u8> {
        self.field(slot)?.map_or(Ok(default), |at| Ok(read::<1>(self.bytes, at)?[0]))
    }

    /// A four-byte field as a count or an index, `default` when absent. Negative values are an error.
    pub(crate) fn count(&self, slot: usize, default: usize) -> Result<usize> {
        let Some(at) = self.field(slot)? else { return Ok(default) };
        let value = i32::from_le_bytes(read(self.bytes, at)?);
        usize::try_from(value).map_err(|_negative| ImportError::Malformed("a count is negative"))
    }

    /// A four-byte signed field, `default` when absent.
    pub(crate) fn i32(&self, slot: usize, default: i32) -> Result<i32> {
        self.field(slot)?.map_or(Ok(default), |at| Ok(i32::from_le_bytes(read(self.bytes, at)?)))
    }

    /// A table field.
    pub(crate) fn table(&self, slot: usize) -> Result<Option<Self>> {
        self.field(slot)?.map(|at| Self::new(self.bytes, follow(self.bytes, at)?)).transpose()
    }

    /// The elements' bytes of a vector field whose elements have the given width; empty when absent.
    fn vector(&self, slot: usize, width: usize) -> Result<&'a [u8]> {
        let Some(at) = self.field(slot)? else { return Ok(&[]) };
        let start = follow(self.bytes, at)?;
        let length = size(u32::from_le_bytes(read(self.bytes, start)?))?;
        let end = length.checked_mul(width).and_then(|size| size.checked_add(start + 4));
        let elements = end.and_then(|end| self.bytes.get(start + 4..end));
        elements.ok_or(ImportError::Malformed("a list leads outside the file"))
    }

    /// A vector of bytes.
    pub(crate) fn bytes(&self, slot: usize) -> Result<&'a [u8]> {
        self.vector(slot, 1)
    }

    /// A vector of 16-bit numbers.
    pub(crate) fn u16s(&self, slot: usize) -> Result<Vec<u16>> {
        Ok(self
            .vector(slot, 2)?
            .as_chunks()
            .0
            .iter()
            .map(|four| u16::from_le_bytes(*four))
            .collect())
    }

    /// A vector of 32-bit numbers.
    pub(crate) fn i32s(&self, slot: usize) -> Result<Vec<i32>> {
        Ok(self
            .vector(slot, 4)?
            .as_chunks()
            .0
            .iter()
            .map(|four| i32::from_le_bytes(*four))
            .collect())
    }

    /// A vector of tables.
    pub(crate) fn tables(&self, slot: usize) -> Result<Vec<Self>> {
        let n = self.vector(slot, 4)?.len() / 4;
        let Some(at) = self.field(slot)? else { return Ok(Vec::new()) };
        let start = follow(self.bytes, at)? + 4;
        (0..n).map(|index| Self::new(self.bytes, follow(self.bytes, start + 4 * index)?)).collect()
    }
}
