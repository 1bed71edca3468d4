//! Prefectures with their people and industry, populated places, names on the map.

use super::{Read, origin, position, read};
use crate::{
    geo::LonLat,
    model::{Cluster, Name, Place, PlaceKind, Prefecture},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct PrefectureRow {
    adcode: u32,
    name_zh: String,
    name_en: String,
    province: String,
    cluster: String,
    lat: f64,
    lon: f64,
    population_2020_10k: f64,
    urban_population_2020_10k: Option<f64>,
    population_source: String,
    gdp_2023_100m_yuan: Option<f64>,
    gdp_source: String,
    gdp_confidence: String,
    secondary_share_pct: Option<f64>,
    secondary_share_basis: String,
    note: String,
}

/// Reads `prefectures`.
#[must_use]
pub fn prefectures(text: &str) -> Read<Prefecture> {
    read("prefectures", text, |r: PrefectureRow, _| {
        let row = r.adcode.to_string();
        let industry_source = format!("GDP: {}; industry's share: {}", r.gdp_source, r.secondary_share_basis);
        Ok(Prefecture {
            adcode: r.adcode,
            name: Name { zh: r.name_zh, en: r.name_en },
            province: r.province,
            cluster: Cluster::from_key(&r.cluster),
            seat: position(r.lon, r.lat)?,
            people: libm::round(r.population_2020_10k * 10_000.0),
            urban_people: r.urban_population_2020_10k.map(|p| libm::round(p * 10_000.0)),
            secondary_value_added_yuan: r.gdp_2023_100m_yuan.unwrap_or(0.0)
                * 1e8
                * r.secondary_share_pct.unwrap_or(0.0)
                / 100.0,
            gdp_yuan: r.gdp_2023_100m_yuan.unwrap_or(0.0) * 1e8,
            census: origin(
                "prefectures",
                &row,
                "published",
                r.population_source,
                "2020".into(),
                "high",
                r.note.clone(),
            )?,
            industry: origin(
                "prefectures",
                &row,
                "recalled",
                industry_source,
                "2023".into(),
                &r.gdp_confidence,
                r.note.clone(),
            )?,
            output: origin("prefectures", &row, "recalled", r.gdp_source, "2023".into(), &r.gdp_confidence, r.note)?,
        })
    })
}

#[derive(Deserialize)]
struct PlaceRow {
    name_zh: String,
    name_en: String,
    lon: f64,
    lat: f64,
    population: f64,
    adcode: u32,
    kind: String,
}

/// Reads `places`.
#[must_use]
pub fn places(text: &str) -> Read<Place> {
    read("places", text, |r: PlaceRow, _| {
        let kind = match r.kind.as_str() {
            "prefecture" => PlaceKind::Prefecture,
            "place" => PlaceKind::Place,
            other => return Err(format!("unknown kind {other:?}")),
        };
        Ok(Place {
            name: Name { zh: r.name_zh, en: r.name_en },
            at: position(r.lon, r.lat)?,
            people: r.population,
            adcode: r.adcode,
            kind,
        })
    })
}

/// A city name on the first map.
#[derive(Clone, Debug, PartialEq)]
pub struct CityLabel {
    /// Name.
    pub name: Name,
    /// Position.
    pub at: LonLat,
    /// 1 is the most important.
    pub rank: u32,
}

#[derive(Deserialize)]
struct LabelRow {
    name_zh: String,
    name_en: String,
    lon: f64,
    lat: f64,
    rank: u32,
}

/// Reads `labels`.
#[must_use]
pub fn labels(text: &str) -> Read<CityLabel> {
    read("labels", text, |r: LabelRow, _| {
        Ok(CityLabel { name: Name { zh: r.name_zh, en: r.name_en }, at: position(r.lon, r.lat)?, rank: r.rank })
    })
}
