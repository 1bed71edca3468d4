//! From bytes to letters: Chinese tables come in UTF-8, with or without a mark, in UTF-16, and in GBK.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// How letters are written in a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GBK, read as its superset GB 18030.
    Gbk,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Gbk, Self::Utf16Le, Self::Utf16Be];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gbk => "gbk",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    const fn coder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Gbk => GB18030,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
    }
}

/// The text of a file, its encoding, and how many letters could not be read.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> (String, Encoding, usize) {
    let encoding = asked.unwrap_or_else(|| guess(bytes));
    let (text, _) = encoding.coder().decode_with_bom_removal(bytes);
    let lost = text.matches('\u{fffd}').count();
    (text.into_owned(), encoding, lost)
}

/// A mark at the start decides; else zeros between letters; else whichever of UTF-8 and GBK loses fewer letters, UTF-8 first.
fn guess(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    if zeros(0) + zeros(1) > start.len() / 8 {
        return if zeros(1) >= zeros(0) { Encoding::Utf16Le } else { Encoding::Utf16Be };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    let lost = |e: Encoding| e.coder().decode_without_bom_handling(bytes).0.matches('\u{fffd}').count();
    if lost(Encoding::Utf8) <= lost(Encoding::Gbk) { Encoding::Utf8 } else { Encoding::Gbk }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_told_by_its_bytes() {
        let words = "名称,经度,纬度\n合肥收集点,117.28,31.86\n";
        let gbk = GB18030.encode(words).0.into_owned();
        let utf16 = |e: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(e).collect::<Vec<u8>>();
        for (bytes, encoding) in [
            (words.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", words.as_bytes()].concat(), Encoding::Utf8),
            (gbk, Encoding::Gbk),
            ([vec![0xff, 0xfe], utf16(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
            ([vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
        ] {
            assert_eq!(decode(&bytes, None), (words.to_owned(), encoding, 0));
        }
        let ascii: Vec<u8> = "name,lon,lat\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&ascii, None).1, Encoding::Utf16Le);
    }

    #[test]
    fn a_file_of_two_encodings_keeps_the_greater_part() {
        let gbk = GB18030.encode("上海,121,31\n").0.into_owned();
        let mixed = [b"name,lon,lat\n".to_vec(), "合肥收集点,117,31\n".repeat(9).into_bytes(), gbk].concat();
        let (text, encoding, lost) = decode(&mixed, None);
        assert_eq!(encoding, Encoding::Utf8);
        assert!(lost > 0 && text.contains("合肥收集点"));
        // The wrong one asked for is done, and told.
        assert!(decode("浙".as_bytes(), Some(Encoding::Gbk)).2 > 0);
    }
}
