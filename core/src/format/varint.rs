//! Variable-length integers, the alphabet of the pack's sections.

use super::pack::PackError;

/// Appends little-endian base-128 integers.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn uint(&mut self, mut v: u64) {
        while v >= 0x80 {
            self.0.push((v as u8) | 0x80);
            v >>= 7;
        }
        self.0.push(v as u8);
    }

    /// Zigzag: small magnitudes of either sign stay short.
    pub(crate) fn int(&mut self, v: i64) {
        self.uint(((v << 1) ^ (v >> 63)) as u64);
    }

    pub(crate) fn text(&mut self, s: &str) {
        self.uint(s.len() as u64);
        self.0.extend(s.as_bytes());
    }
}

/// Reads what [`Writer`] wrote; every shortfall is `Damaged`, with the section's name.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    section: &'a str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(section: &'a str, bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, section }
    }

    pub(crate) fn damaged(&self) -> PackError {
        PackError::damaged(self.section)
    }

    pub(crate) fn uint(&mut self) -> Result<u64, PackError> {
        let mut v = 0u64;
        for shift in (0..64).step_by(7) {
            let b = *self.bytes.get(self.at).ok_or_else(|| self.damaged())?;
            self.at += 1;
            v |= u64::from(b & 0x7f) << shift;
            if b < 0x80 {
                return Ok(v);
            }
        }
        Err(self.damaged())
    }

    pub(crate) fn int(&mut self) -> Result<i64, PackError> {
        let v = self.uint()?;
        Ok((v >> 1) as i64 ^ -((v & 1) as i64))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, PackError> {
        u32::try_from(self.uint()?).map_err(|_| self.damaged())
    }

    /// A count of things that take at least one byte each: more than the bytes left is damage, not a reservation.
    pub(crate) fn count(&mut self) -> Result<usize, PackError> {
        let n = self.uint()?;
        if n > (self.bytes.len() - self.at) as u64 { Err(self.damaged()) } else { Ok(n as usize) }
    }

    /// Bytes with their number before them.
    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], PackError> {
        let n = self.count()?;
        let bytes = &self.bytes[self.at..self.at + n];
        self.at += n;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self) -> Result<String, PackError> {
        let n = self.count()?;
        let s = std::str::from_utf8(&self.bytes[self.at..self.at + n]).map_err(|_| self.damaged())?;
        self.at += n;
        Ok(s.to_owned())
    }

    /// Everything must have been read.
    pub(crate) fn finish(self) -> Result<(), PackError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.damaged()) }
    }
}
