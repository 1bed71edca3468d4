//! The region pack: a container of named, compressed, checked sections.
//!
//! ```text
//! magic    8 bytes  "LOOPATLS"
//! version  u32      PACK_VERSION
//! count    u32      number of sections
//! then for each section, in order of writing
//!   name   16 bytes, ASCII, padded with zeros
//!   raw    u32      length unpacked
//!   packed u32      length of the deflate stream
//!   check  u32      CRC-32 of the deflate stream
//! then the deflate streams, one after the other
//! ```
//! All numbers are little-endian. A pack that is not whole is told apart from one that is not a pack and from
//! one of another version, because each asks the person for something else.

use flate2::{Crc, read::DeflateDecoder, write::DeflateEncoder};
use std::io::{Read, Write};
use thiserror::Error;

/// First eight bytes of every pack.
pub const PACK_MAGIC: [u8; 8] = *b"LOOPATLS";
/// The version this code reads and writes. A change of any section's layout is a new version.
pub const PACK_VERSION: u32 = 1;

const HEADER: usize = 16;
const ENTRY: usize = 28;
const NAME: usize = 16;
/// No section of ours comes near this; a length above it is damage, not data.
const MOST_RAW: u32 = 256 << 20;

/// Why bytes could not be read as a region pack.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PackError {
    /// The bytes do not begin with [`PACK_MAGIC`].
    #[error("not a region pack")]
    NotAPack,
    /// A pack of another version than [`PACK_VERSION`].
    #[error("region pack of version {found}, this app reads version {PACK_VERSION}")]
    WrongVersion {
        /// The version the pack states.
        found: u32,
    },
    /// Fewer bytes than the directory announces.
    #[error("region pack cut short: {have} of {need} bytes")]
    Truncated {
        /// Bytes announced.
        need: u64,
        /// Bytes there.
        have: u64,
    },
    /// A section whose bytes were changed, or whose content breaks the layout.
    #[error("section {section} of the region pack is damaged")]
    Damaged {
        /// The section's name.
        section: String,
    },
    /// A section that must be there is not.
    #[error("section {section} is missing from the region pack")]
    Missing {
        /// The section's name.
        section: String,
    },
}

impl PackError {
    /// A damaged section, by name.
    #[must_use]
    pub fn damaged(section: &str) -> Self {
        Self::Damaged { section: section.to_owned() }
    }

    /// The stable code that the app translates and files report.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPack => "pack-not-a-pack",
            Self::WrongVersion { .. } => "pack-wrong-version",
            Self::Truncated { .. } => "pack-truncated",
            Self::Damaged { .. } => "pack-damaged",
            Self::Missing { .. } => "pack-missing-section",
        }
    }
}

/// Writes a pack. The same sections give the same bytes.
#[derive(Default)]
pub struct PackWriter {
    sections: Vec<(String, Vec<u8>)>,
}

impl PackWriter {
    /// Adds a section.
    ///
    /// # Panics
    /// Where the name is empty, not ASCII or longer than 16 bytes.
    pub fn section(&mut self, name: &str, raw: Vec<u8>) {
        assert!(!name.is_empty() && name.is_ascii() && name.len() <= NAME, "section name {name:?}");
        self.sections.push((name.to_owned(), raw));
    }

    /// The whole pack.
    ///
    /// # Panics
    /// Where a section is larger than 4 GiB.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let packed: Vec<(String, u32, Vec<u8>)> = self
            .sections
            .into_iter()
            .map(|(name, raw)| {
                let mut deflate = DeflateEncoder::new(Vec::new(), flate2::Compression::best());
                deflate.write_all(&raw).expect("writing to memory");
                (name, u32::try_from(raw.len()).expect("section size"), deflate.finish().expect("writing to memory"))
            })
            .collect();
        let mut out = PACK_MAGIC.to_vec();
        out.extend(PACK_VERSION.to_le_bytes());
        out.extend((packed.len() as u32).to_le_bytes());
        for (name, raw, bytes) in &packed {
            let mut padded = [0; NAME];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            out.extend(padded);
            out.extend(raw.to_le_bytes());
            out.extend(u32::try_from(bytes.len()).expect("section size").to_le_bytes());
            out.extend(crc(bytes).to_le_bytes());
        }
        for (_, _, bytes) in packed {
            out.extend(bytes);
        }
        out
    }
}

/// A pack whose directory has been read; sections are unpacked when asked for.
#[derive(Debug)]
pub struct Pack<'a> {
    sections: Vec<Section<'a>>,
}

#[derive(Debug)]
struct Section<'a> {
    name: &'a str,
    raw: u32,
    check: u32,
    packed: &'a [u8],
}

impl<'a> Pack<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// Where the bytes are no pack, of another version, cut short or damaged.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PackError> {
        if bytes.len() < PACK_MAGIC.len() || bytes[..8] != PACK_MAGIC {
            return Err(PackError::NotAPack);
        }
        let truncated = |need: u64| PackError::Truncated { need, have: bytes.len() as u64 };
        if bytes.len() < HEADER {
            return Err(truncated(HEADER as u64));
        }
        let found = u32_at(bytes, 8);
        if found != PACK_VERSION {
            return Err(PackError::WrongVersion { found });
        }
        let count = u32_at(bytes, 12) as usize;
        let body = HEADER as u64 + count as u64 * ENTRY as u64;
        if (bytes.len() as u64) < body {
            return Err(truncated(body));
        }
        let mut at = body;
        let mut sections = Vec::with_capacity(count);
        for i in 0..count {
            let entry = &bytes[HEADER + i * ENTRY..HEADER + (i + 1) * ENTRY];
            let name = entry[..NAME].split(|b| *b == 0).next().unwrap_or_default();
            let name = std::str::from_utf8(name).map_err(|_| PackError::damaged("?"))?;
            let raw = u32_at(entry, NAME);
            let end = at + u64::from(u32_at(entry, NAME + 4));
            if raw > MOST_RAW {
                return Err(PackError::damaged(name));
            }
            if end > bytes.len() as u64 {
                return Err(truncated(end));
            }
            let packed = &bytes[at as usize..end as usize];
            sections.push(Section { name, raw, check: u32_at(entry, NAME + 8), packed });
            at = end;
        }
        Ok(Self { sections })
    }

    /// The section names in order.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.sections.iter().map(|s| s.name)
    }

    /// Unpacks one section.
    ///
    /// # Errors
    /// Where it is missing or damaged.
    pub fn section(&self, name: &str) -> Result<Vec<u8>, PackError> {
        let found = self.sections.iter().find(|s| s.name == name);
        let s = found.ok_or_else(|| PackError::Missing { section: name.to_owned() })?;
        if crc(s.packed) != s.check {
            return Err(PackError::damaged(name));
        }
        let mut raw = Vec::with_capacity(s.raw as usize);
        // One byte more than announced is enough to see that the length is wrong.
        let read = DeflateDecoder::new(s.packed).take(u64::from(s.raw) + 1).read_to_end(&mut raw);
        if read.is_err() || raw.len() != s.raw as usize {
            return Err(PackError::damaged(name));
        }
        Ok(raw)
    }

    /// Unpacks one section that holds text.
    ///
    /// # Errors
    /// Where it is missing, damaged or not UTF-8.
    pub fn text(&self, name: &str) -> Result<String, PackError> {
        String::from_utf8(self.section(name)?).map_err(|_| PackError::damaged(name))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let mut w = PackWriter::default();
        w.section("one", b"hello hello hello".to_vec());
        w.section("two", vec![7; 1000]);
        w.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = sample();
        let pack = Pack::parse(&bytes).unwrap();
        assert_eq!(pack.names().collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(pack.text("one").unwrap(), "hello hello hello");
        assert_eq!(pack.section("two").unwrap(), vec![7; 1000]);
        assert_eq!(pack.section("three"), Err(PackError::Missing { section: "three".into() }));
    }

    #[test]
    fn each_damage_has_its_name() {
        let bytes = sample();
        assert_eq!(Pack::parse(b"<!doctype html>").unwrap_err(), PackError::NotAPack);
        let mut other = bytes.clone();
        other[8] = 99;
        assert_eq!(Pack::parse(&other).unwrap_err(), PackError::WrongVersion { found: 99 });
        let cut = &bytes[..bytes.len() - 1];
        assert!(matches!(Pack::parse(cut), Err(PackError::Truncated { .. })));
        let mut flipped = bytes.clone();
        *flipped.last_mut().unwrap() ^= 1;
        assert_eq!(Pack::parse(&flipped).unwrap().section("two"), Err(PackError::damaged("two")));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), real in any::<bool>(), at in any::<prop::sample::Index>(), v in any::<u8>()) {
            if real {
                bytes = sample();
                let i = at.index(bytes.len());
                bytes[i] = v;
            }
            if let Ok(pack) = Pack::parse(&bytes) {
                for name in pack.names() { let _ = pack.section(name); }
            }
        }
    }
}
