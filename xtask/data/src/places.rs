//! Places for search, weights and names: prefecture seats of the table, then populated places of GeoNames.

use crate::{geonames, provinces::Admin, tables::Prefecture};
use atlas_core::geo::{LonLat, haversine_m};

/// A populated place with the prefecture it is counted in.
#[derive(Clone, Debug)]
pub struct Place {
    /// Chinese name; empty where GeoNames has none.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Position.
    pub at: LonLat,
    /// Residents by GeoNames, rough; for a seat by the census.
    pub people: u64,
    /// Row of its prefecture.
    pub prefecture: usize,
    /// True for the seat itself.
    pub is_seat: bool,
}

/// A place this near to its seat and of the same name is the seat.
const SAME_PLACE_M: f64 = 40_000.0;
/// A place away from the seat with more than this share of its prefecture's people is taken for an error of the source
/// (it gives Puyang in Zhejiang the people of Puyang in Henan), and its people for unknown.
const MOST_OF_PREFECTURE: f64 = 0.35;
const AWAY_FROM_SEAT_M: f64 = 20_000.0;

/// The places of the 17 provinces: all of GeoNames with their prefecture, seats not among them.
pub fn gazetteer(source: &[geonames::Place], admin: &Admin, prefectures: &[Prefecture]) -> Vec<Place> {
    let mut places = Vec::new();
    for p in source {
        let Some(province) = admin.province_near(p.at, 0.05).filter(|p| p.has_roads()) else { continue };
        let Some(prefecture) = nearest_seat(prefectures, province.code, p.at) else { continue };
        let home = &prefectures[prefecture];
        let too_many = p.people as f64 > MOST_OF_PREFECTURE * home.people() as f64;
        let people = if too_many && haversine_m(p.at, home.seat()) > AWAY_FROM_SEAT_M { 0 } else { p.people };
        places.push(Place { zh: p.zh.clone(), en: p.en.clone(), at: p.at, people, prefecture, is_seat: false });
    }
    places
}

/// The prefecture of a position: the nearest seat of its province in a straight line. A stand-in for prefecture borders,
/// of which no free source was found; wrong near them.
pub fn nearest_seat(prefectures: &[Prefecture], province: u32, at: LonLat) -> Option<usize> {
    let seats = prefectures.iter().enumerate().filter(|(_, p)| p.province_code() == province);
    seats.map(|(i, p)| (haversine_m(at, p.seat()), i)).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, i)| i)
}

/// What can be searched for: the seats, then the places with a Chinese name, larger ones first.
pub fn searchable(gazetteer: &[Place], prefectures: &[Prefecture]) -> Vec<Place> {
    let mut all: Vec<Place> = prefectures
        .iter()
        .enumerate()
        .map(|(i, p)| Place {
            zh: p.name_zh.clone(),
            en: p.name_en.clone(),
            at: p.seat(),
            people: p.people(),
            prefecture: i,
            is_seat: true,
        })
        .collect();
    let is_a_seat = |place: &&Place| {
        let seat = &all[place.prefecture];
        let same = short_name(&seat.zh) == short_name(&place.zh) || seat.en == place.en;
        same && haversine_m(seat.at, place.at) < SAME_PLACE_M
    };
    let mut rest: Vec<Place> = gazetteer.iter().filter(|p| !p.zh.is_empty() && !is_a_seat(p)).cloned().collect();
    rest.sort_by(|a, b| b.people.cmp(&a.people).then(a.zh.cmp(&b.zh)).then(a.at.lon.total_cmp(&b.at.lon)));
    rest.dedup_by(|b, a| a.zh == b.zh && a.prefecture == b.prefecture && haversine_m(a.at, b.at) < 5000.0);
    all.extend(rest);
    all
}

/// A city's name without 市.
pub fn short_name(zh: &str) -> &str {
    zh.strip_suffix('市').filter(|s| s.chars().count() > 1).unwrap_or(zh)
}

/// The CSV text of the places.
pub fn to_csv(places: &[Place], prefectures: &[Prefecture]) -> String {
    let mut out = String::from("name_zh,name_en,lon,lat,population,adcode,kind\n");
    for p in places {
        let kind = if p.is_seat { "prefecture" } else { "place" };
        out += &format!(
            "{},{},{},{},{},{},{kind}\n",
            p.zh,
            p.en,
            degrees(p.at.lon, 4),
            degrees(p.at.lat, 4),
            p.people,
            prefectures[p.prefecture].adcode
        );
    }
    out
}

/// The city names of the first map: the seats with a rank.
pub fn labels_csv(prefectures: &[Prefecture]) -> String {
    let mut out = String::from("name_zh,name_en,lon,lat,population,rank\n");
    for p in prefectures {
        let first = p.adcode % 10_000 == 100 || p.adcode % 10_000 == 0 || FIRST.contains(&p.adcode);
        let rank = match p.people() {
            _ if first => 1,
            4_500_000.. => 2,
            _ => 3,
        };
        out += &format!(
            "{},{},{},{},{},{rank}\n",
            short_name(&p.name_zh),
            p.name_en,
            degrees(p.lon, 4),
            degrees(p.lat, 4),
            p.people()
        );
    }
    out
}

/// Cities of the first rank that are no provincial capital: Dalian, Ningbo, Qingdao, Xiamen, Shenzhen.
const FIRST: [u32; 5] = [210_200, 330_200, 370_200, 350_200, 440_300];

/// Degrees with at most `digits` decimals and no trailing zeros.
pub fn degrees(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_degrees_are_short() {
        assert_eq!(short_name("苏州市"), "苏州");
        assert_eq!(short_name("沙市"), "沙市");
        assert_eq!(degrees(120.5, 4), "120.5");
        assert_eq!(degrees(121.0, 4), "121");
        assert_eq!(degrees(31.23456, 4), "31.2346");
    }
}
