//! A shared link: a scenario, and what to look at, in the fragment of an address.
//!
//! ```text
//! #s=  base64url of:  version (1 byte) · checksum (CRC-32, 4 bytes) · deflated payload
//! payload:            head · columns of the edits, each with its length before it
//! ```
//!
//! The head is JSON: the scenario file without its edits, read and upgraded like any file, the view and the language. Edits stand in
//! columns, because a hundred of them should fit a message: what is alike in all of them then takes next to nothing. Positions keep
//! every bit, so that a shared plan has the same figures.

use super::{
    scenario,
    varint::{Reader, Writer},
};
use crate::{
    diagnostics::Diagnostic,
    geo::LonLat,
    model::Name,
    scenario::{Edit, NewFacility, Scenario, View},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, Crc, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::io::{Read, Write};

/// What the fragment of a shared link begins with.
pub const LINK_PREFIX: &str = "#s=";
/// The version this code writes, and the newest it reads.
pub const LINK_VERSION: u8 = 1;
/// The longest code that is read: no browser keeps much more in an address.
pub const LINK_MOST: usize = 200_000;
/// The most that a code may hold when it is unpacked: a small code must not fill the memory.
const RAW_MOST: u64 = 8 << 20;
/// Version and checksum.
const HEAD: usize = 5;

/// What a link holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The scenario.
    pub scenario: Scenario,
    /// What to look at, where it says so.
    pub view: Option<View>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    s: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    v: Option<View>,
}

/// Writes the code of a link: what follows [`LINK_PREFIX`].
#[must_use]
pub fn write(link: &Link) -> String {
    let bare = Scenario { edits: Vec::new(), ..link.scenario.clone() };
    let s = serde_json::from_str(&scenario::write(&bare)).expect("a scenario file is JSON");
    let head = serde_json::to_string(&Head { s, v: link.view.clone() }).expect("a head has only text and numbers");
    let mut payload = Writer::default();
    payload.text(&head);
    for column in Columns::of(&link.scenario.edits).columns() {
        payload.uint(column.0.len() as u64);
        payload.0.extend_from_slice(&column.0);
    }
    seal(LINK_VERSION, &payload.0)
}

fn seal(version: u8, payload: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(payload);
    let mut bytes = vec![version];
    bytes.extend(crc.sum().to_le_bytes());
    let mut deflate = DeflateEncoder::new(bytes, Compression::best());
    deflate.write_all(payload).expect("writing to memory");
    URL_SAFE_NO_PAD.encode(deflate.finish().expect("writing to memory"))
}

/// Reads the code of a link. A part of the scenario that cannot be read is reported and left out, as in a file.
///
/// # Errors
/// Where the code is cut short or changed, holds no scenario, comes from a newer version, or would unpack to too much.
pub fn read(code: &str) -> Result<(Link, Vec<Diagnostic>), Diagnostic> {
    if code.len() > LINK_MOST {
        return Err(broken("too long"));
    }
    let bytes = URL_SAFE_NO_PAD.decode(code.trim_end_matches('=')).map_err(|e| broken(&e.to_string()))?;
    let (Some(version), Some(packed)) = (bytes.first(), bytes.get(HEAD..)) else { return Err(broken("cut short")) };
    if *version > LINK_VERSION {
        return Err(Diagnostic::error(
            "link-newer-version",
            "",
            format!("version {version}, this app reads up to {LINK_VERSION}"),
            "Reload the page to get the newest app, and open the link again.",
        ));
    }
    if *version == 0 {
        return Err(broken("version 0"));
    }
    let mut payload = Vec::new();
    DeflateDecoder::new(packed)
        .take(RAW_MOST + 1)
        .read_to_end(&mut payload)
        .map_err(|_| broken("cut short or changed"))?;
    if payload.len() as u64 > RAW_MOST {
        return Err(broken("unpacks to too much"));
    }
    let mut crc = Crc::new();
    crc.update(&payload);
    if crc.sum().to_le_bytes() != bytes[1..HEAD] {
        return Err(broken("cut short or changed"));
    }
    open(&payload)
}

fn broken(why: &str) -> Diagnostic {
    Diagnostic::error(
        "link-broken",
        "",
        why,
        "Copy the whole link and open it again, or ask for the scenario as a file.",
    )
}

fn open(payload: &[u8]) -> Result<(Link, Vec<Diagnostic>), Diagnostic> {
    let garbled = |_| broken("the content is damaged");
    let mut reader = Reader::new("link", payload);
    let head = reader.text().map_err(garbled)?;
    let columns = Columns::read(&mut reader).map_err(garbled)?;
    reader.finish().map_err(garbled)?;
    let head: Head = serde_json::from_str(&head).map_err(|e| broken(&e.to_string()))?;
    let (mut scenario, problems) = scenario::read(&head.s.to_string())?;
    scenario.edits.extend(columns.edits().ok_or_else(|| broken("the content is damaged"))?);
    let view = head.v.map(sound);
    Ok((Link { scenario, view }, problems))
}

/// A view whose place is one on earth.
fn sound(view: View) -> View {
    let at = view.at.filter(|at| at.is_valid() && view.zoom.is_finite());
    View { zoom: if at.is_some() { view.zoom.clamp(0.0, 24.0) } else { 0.0 }, at, ..view }
}

/// Edits, one column for each kind of thing that they say.
#[derive(Default)]
struct Columns {
    /// One letter an edit.
    tags: Writer,
    ids: Writer,
    /// Of what is added: kind and metals as in the scenario file, and names.
    kinds: Writer,
    metals: Writer,
    zh: Writer,
    en: Writer,
    /// Numbers: see [`Columns::number`].
    numbers: Writer,
    /// Those numbers that need all their bits, byte by byte: first the first bytes of all, then the second ones.
    exact: Writer,
    floats: Vec<f64>,
}

/// Decimals of a position that is written short.
const SHORT: f64 = 1e7;

/// The codes of [`Columns::number`].
const NONE: u64 = 0;
const EXACT: u64 = 1;
const WHOLE: u64 = 2;

impl Columns {
    fn of(edits: &[Edit]) -> Self {
        let mut c = Self::default();
        for edit in edits {
            c.tags.0.push(match edit {
                Edit::Add(_) => b'a',
                Edit::Move { .. } => b'm',
                Edit::Close { .. } => b'c',
                Edit::Reopen { .. } => b'o',
                Edit::Remove { .. } => b'r',
                Edit::SetCapacity { .. } => b's',
            });
            c.ids.text(edit.id());
            match edit {
                Edit::Add(new) => {
                    c.kinds.text(&json(&new.kind));
                    c.metals.text(&json(&new.metals));
                    c.zh.text(&new.name.zh);
                    c.en.text(&new.name.en);
                    c.place(new.at);
                    c.number(new.capacity_t);
                }
                Edit::Move { to, .. } => c.place(*to),
                Edit::SetCapacity { tonnes, .. } => c.number(*tonnes),
                Edit::Close { .. } | Edit::Reopen { .. } | Edit::Remove { .. } => {}
            }
        }
        let floats = std::mem::take(&mut c.floats);
        for byte in 0..8 {
            c.exact.0.extend(floats.iter().map(|f| f.to_be_bytes()[byte]));
        }
        c
    }

    /// Nothing, a whole number, or all the bits.
    fn number(&mut self, value: Option<f64>) {
        match value {
            None => self.numbers.uint(NONE),
            Some(v) if (0.0..1e15).contains(&v) && v.to_bits() == libm::trunc(v).to_bits() => {
                self.numbers.uint(WHOLE + v as u64);
            }
            Some(v) => {
                self.numbers.uint(EXACT);
                self.floats.push(v);
            }
        }
    }

    /// Both coordinates, short where seven decimals say all of it.
    fn place(&mut self, at: LonLat) {
        for v in [at.lon, at.lat] {
            let short = libm::round(v * SHORT);
            if short.abs() < 1e15 && (short / SHORT).to_bits() == v.to_bits() {
                let short = short as i64;
                self.numbers.uint(WHOLE + ((short << 1) ^ (short >> 63)) as u64);
            } else {
                self.numbers.uint(EXACT);
                self.floats.push(v);
            }
        }
    }

    const fn columns(&self) -> [&Writer; 8] {
        [&self.tags, &self.ids, &self.kinds, &self.metals, &self.zh, &self.en, &self.numbers, &self.exact]
    }

    fn read(reader: &mut Reader) -> Result<Self, super::pack::PackError> {
        let mut c = Self::default();
        for column in
            [&mut c.tags, &mut c.ids, &mut c.kinds, &mut c.metals, &mut c.zh, &mut c.en, &mut c.numbers, &mut c.exact]
        {
            column.0 = reader.bytes()?.to_vec();
        }
        let bytes = &c.exact.0;
        if !bytes.len().is_multiple_of(8) {
            return Err(reader.damaged());
        }
        let n = bytes.len() / 8;
        c.floats = (0..n).map(|i| f64::from_be_bytes(std::array::from_fn(|byte| bytes[byte * n + i]))).collect();
        Ok(c)
    }

    /// The edits; `None` where the columns do not fit one another.
    fn edits(&self) -> Option<Vec<Edit>> {
        let columns = self.columns().map(|c| Reader::new("link", &c.0));
        let [_, mut ids, mut kinds, mut metals, mut zh, mut en, numbers, _] = columns;
        let mut numbers = Numbers { codes: numbers, floats: self.floats.iter() };
        let mut edits = Vec::new();
        for tag in &self.tags.0 {
            let id = ids.text().ok()?;
            edits.push(match tag {
                b'a' => Edit::Add(NewFacility {
                    id,
                    kind: parsed(&kinds.text().ok()?)?,
                    metals: parsed(&metals.text().ok()?)?,
                    name: Name { zh: zh.text().ok()?, en: en.text().ok()? },
                    at: numbers.place()?,
                    capacity_t: numbers.number()?,
                }),
                b'm' => Edit::Move { id, to: numbers.place()? },
                b'c' => Edit::Close { id },
                b'o' => Edit::Reopen { id },
                b'r' => Edit::Remove { id },
                b's' => Edit::SetCapacity { id, tonnes: numbers.number()? },
                _ => return None,
            });
        }
        for rest in [ids, kinds, metals, zh, en, numbers.codes] {
            rest.finish().ok()?;
        }
        numbers.floats.next().is_none().then_some(edits)
    }
}

struct Numbers<'a> {
    codes: Reader<'a>,
    floats: std::slice::Iter<'a, f64>,
}

impl Numbers<'_> {
    fn number(&mut self) -> Option<Option<f64>> {
        Some(match self.codes.uint().ok()? {
            NONE => None,
            EXACT => Some(*self.floats.next()?),
            whole => Some((whole - WHOLE) as f64),
        })
    }

    fn place(&mut self) -> Option<LonLat> {
        let mut coordinate = || match self.codes.uint().ok()? {
            NONE => None,
            EXACT => self.floats.next().copied(),
            short => {
                let v = short - WHOLE;
                Some(((v >> 1) as i64 ^ -((v & 1) as i64)) as f64 / SHORT)
            }
        };
        Some(LonLat::new(coordinate()?, coordinate()?))
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a word or a list of words")
}

fn parsed<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{FacilityKind, Metal},
        scenario::{Goal, Levers},
    };
    use proptest::prelude::*;

    fn point(i: usize, at: LonLat) -> Edit {
        Edit::Add(NewFacility {
            id: format!("UC{i:03}"),
            kind: FacilityKind::CollectionPoint,
            name: Name { zh: format!("新收集点 {i}"), en: format!("New point {i}") },
            at,
            metals: vec![],
            capacity_t: None,
        })
    }

    /// Positions as a click on the map gives them, with all their digits.
    fn clicked(i: usize) -> LonLat {
        LonLat::new(113.0 + libm::sin(i as f64) * 1.7, 23.0 + libm::cos(3.0 * i as f64) * 0.9)
    }

    fn hundred() -> Scenario {
        let edits = (1..=100).map(|i| match i % 10 {
            7 => Edit::Move { id: format!("CP{:04}", i * 31), to: clicked(i) },
            8 => Edit::Close { id: format!("CP{:04}", i * 29) },
            9 => Edit::SetCapacity { id: "HB001".into(), tonnes: Some(1250.0 * i as f64) },
            _ => point(i, clicked(i)),
        });
        Scenario { name: "珠三角百点方案".into(), edits: edits.collect(), ..Scenario::default() }
    }

    fn view() -> View {
        View {
            at: Some(LonLat::new(113.123_456_789_012, 23.2)),
            zoom: 8.25,
            layers: Some(vec!["catchments".into(), "flows".into()]),
            results: "balance".into(),
            selected: Some("UC001".into()),
        }
    }

    fn whole() -> Link {
        let scenario = Scenario {
            note: "给评审会".into(),
            author: "王工 & Li".into(),
            levers: Levers { recovery_rate: Some(0.85), freight_price: None },
            parameters: [("freight.cost.all.rail".to_owned(), 0.123_456_789_012_345_6)].into(),
            goal: Goal { max_co2_t: Some(9e6), ..Goal::default() },
            unknown: r#"{"colour":"red"}"#.into(),
            ..hundred()
        };
        Link { scenario, view: Some(view()) }
    }

    #[test]
    fn a_hundred_edits_fit_four_kilobytes_with_every_bit() {
        for link in [whole(), Link { scenario: hundred(), view: None }] {
            let code = write(&link);
            assert!(code.len() < 3_500, "{} characters", code.len());
            assert_eq!(read(&code), Ok((link, vec![])));
        }
        let added = (1..=100).map(|i| point(i, clicked(i))).collect();
        let added = Link { scenario: Scenario { edits: added, ..Scenario::default() }, view: Some(view()) };
        assert!(write(&added).len() < 3_500, "{} characters", write(&added).len());
    }

    #[test]
    fn nothing_is_lost() {
        let new = NewFacility {
            id: String::new(),
            kind: FacilityKind::Hub,
            name: Name::default(),
            at: LonLat::new(-0.0, 90.0),
            metals: vec![Metal::Cu, Metal::Al],
            capacity_t: Some(0.1),
        };
        let id = || "CP0001".to_owned();
        let edits = vec![
            Edit::Add(new),
            Edit::Move { id: id(), to: LonLat::new(121.4737, 31.2304) },
            Edit::Move { id: id(), to: LonLat::new(f64::MAX, -1e-300) },
            Edit::Close { id: id() },
            Edit::Reopen { id: id() },
            Edit::Remove { id: id() },
            Edit::SetCapacity { id: id(), tonnes: None },
            Edit::SetCapacity { id: id(), tonnes: Some(0.0) },
            Edit::SetCapacity { id: id(), tonnes: Some(-5.0) },
        ];
        let link = Link { scenario: Scenario { edits, ..Scenario::default() }, view: None };
        assert_eq!(read(&write(&link)), Ok((link, vec![])));
        assert_eq!(read(&write(&Link::default())), Ok((Link::default(), vec![])));
    }

    /// Links of older versions are read for ever: this one is never changed.
    #[test]
    fn version_1_is_still_read() {
        let (link, problems) = read(include_str!("../../../tests/fixtures/link-v1.txt").trim()).unwrap();
        assert_eq!((link, problems), (whole(), vec![]));
    }

    #[test]
    fn what_is_broken_says_so() {
        let code = write(&whole());
        for bad in ["", "AQ", "!!!", "s=1", &code[..code.len() / 2], &code[..code.len() - 3]] {
            assert_eq!(read(bad).unwrap_err().code, "link-broken", "{bad}");
        }
        assert_eq!(read(&seal(2, b"whatever comes")).unwrap_err().code, "link-newer-version");
        assert_eq!(read(&seal(0, b"")).unwrap_err().code, "link-broken");
        assert_eq!(read(&"A".repeat(LINK_MOST + 1)).unwrap_err().message, "too long");
        // Forty megabytes of nothing in forty kilobytes.
        let bomb = seal(1, &vec![0; 40 << 20]);
        assert!(bomb.len() < LINK_MOST);
        assert_eq!(read(&bomb).unwrap_err().message, "unpacks to too much");
        let mut deep = Writer::default();
        deep.text(&"[".repeat(100_000));
        for _ in 0..8 {
            deep.uint(0);
        }
        assert_eq!(read(&seal(1, &deep.0)).unwrap_err().code, "link-broken");
        let newer = r#"{"s":{"format":"loop-atlas-scenario","version":99}}"#;
        let mut payload = Writer::default();
        payload.text(newer);
        payload.0.extend([0; 8]);
        assert_eq!(read(&seal(1, &payload.0)).unwrap_err().code, "scenario-newer-version");
    }

    #[test]
    fn a_view_nowhere_is_no_view() {
        let nowhere = |at, zoom| Link { view: Some(View { at: Some(at), zoom, ..View::default() }), ..Link::default() };
        let place = |link| read(&write(&link)).unwrap().0.view.unwrap();
        assert_eq!(place(nowhere(LonLat::new(500.0, 0.0), 8.0)), View::default());
        assert_eq!(place(nowhere(LonLat::new(113.0, 23.0), 99.0)).zoom, 24.0);
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read(code in "[A-Za-z0-9_-]{0,200}") {
            let _ = read(&code);
        }

        #[test]
        fn any_bytes_with_a_right_checksum_are_refused_or_read(payload in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&seal(1, &payload));
        }

        #[test]
        fn any_columns_under_a_right_head_are_refused_or_read(
            columns in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 8),
            tags in "[amcors]{0,6}",
        ) {
            let mut payload = Writer::default();
            payload.text(r#"{"s":{"format":"loop-atlas-scenario","version":4}}"#);
            for column in [tags.into_bytes()].iter().chain(&columns[1..]) {
                payload.uint(column.len() as u64);
                payload.0.extend(column);
            }
            let _ = read(&seal(1, &payload.0));
        }

        #[test]
        fn a_changed_letter_is_noticed(at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_-]") {
            let code = write(&whole());
            let at = at.index(code.len());
            let changed = format!("{}{to}{}", &code[..at], &code[at + 1..]);
            if let Ok((link, _)) = read(&changed) {
                prop_assert_eq!(link, whole());
            }
        }
    }
}
