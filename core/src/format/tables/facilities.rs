//! Facilities: plants, hubs, collection points, ports and rail hubs.

use super::{Read, origin, position, read};
use crate::model::{
    Capacity, CapacityUnit, Cluster, Facility, FacilityKind, LocationPrecision, Metal, MetalSet, Mode, ModeSet, Name,
    Parameters, Prefecture, Status,
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct SmelterRow {
    id: String,
    name_zh: String,
    name_en: String,
    province: String,
    city: String,
    county_or_park: String,
    cluster: String,
    lat: f64,
    lon: f64,
    location_precision: String,
    metals: String,
    capacity_kt_per_year: Option<f64>,
    model_capacity_kt: Option<f64>,
    capacity_unit: String,
    capacity_basis: String,
    year: String,
    status: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `smelters`.
#[must_use]
pub fn smelters(text: &str) -> Read<Facility> {
    read("smelters", text, |r: SmelterRow, _| {
        let unit = match r.capacity_unit.as_str() {
            "kt product metal/y" | "" => CapacityUnit::Product,
            "kt battery feed/y" => CapacityUnit::BatteryFeed,
            "kt feed/y" => CapacityUnit::Feed,
            other => return Err(format!("unknown capacity unit {other:?}")),
        };
        // The model's own capacity is 0 for a plant that is only planned; what was announced is still worth showing.
        let kt = r.model_capacity_kt.filter(|kt| *kt > 0.0).or(r.capacity_kt_per_year);
        let capacity = kt.map(|kt| Capacity { tonnes: kt * 1000.0, unit });
        let status = match r.status.as_str() {
            s if s.starts_with("planned") => Status::Planned,
            s if s.starts_with("trial") || s.starts_with("uncertain") || s.ends_with('?') => Status::Uncertain,
            _ => Status::Operating,
        };
        Ok(Facility {
            kind: FacilityKind::Smelter,
            name: Name { zh: r.name_zh, en: r.name_en },
            at: position(r.lon, r.lat)?,
            precision: precision(&r.location_precision)?,
            cluster: Some(cluster(&r.cluster)?),
            province: r.province.clone(),
            location: location(&r.province, &r.city, &r.county_or_park),
            metals: metals(&r.metals)?,
            modes: ModeSet::default(),
            capacity,
            street_points: 0.0,
            status,
            origin: origin("smelters", &r.id, &r.capacity_basis, r.source, r.year, &r.confidence, r.note)?,
            id: r.id,
        })
    })
}

#[derive(Deserialize)]
struct OperatorRow {
    id: String,
    #[serde(default)]
    operator: String,
}

/// Who runs each plant of `smelters`, by id; without those of which nobody says. A firm is known by its stock code, where one
/// is given, under whatever name; a plant of several owners counts for the first. Rows that cannot be read are told by
/// [`smelters`].
#[must_use]
pub fn operators(text: &str) -> BTreeMap<String, String> {
    let (rows, _) = read("smelters", text, |r: OperatorRow, _| Ok((r.id, r.operator)));
    let mut of_code = BTreeMap::<String, String>::new();
    let mut firms = BTreeMap::new();
    for (id, operator) in rows {
        let first = operator.split(['+', '/']).next().unwrap_or_default();
        let (name, code) = first.split_once('(').unwrap_or((first, ""));
        let (name, code) = (name.trim().to_owned(), code.trim_end_matches([')', ' ']).to_owned());
        if name.is_empty() {
            continue;
        }
        let firm = if code.is_empty() { name } else { of_code.entry(code).or_insert(name).clone() };
        firms.insert(id, firm);
    }
    firms
}

#[derive(Deserialize)]
struct HubRow {
    id: String,
    name_zh: String,
    name_en: String,
    province: String,
    city: String,
    county_or_park: String,
    cluster: String,
    lat: f64,
    lon: f64,
    location_precision: String,
    metals: String,
    throughput_kt_per_year: Option<f64>,
    throughput_basis: String,
    year: String,
    show_as_hub: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `hubs`. Rows that the table marks `show_as_hub=no` are context, not hubs. Unknown throughput gets the modelled default.
#[must_use]
pub fn hubs(text: &str, parameters: &Parameters) -> Read<Facility> {
    let default_kt = parameters.get("model.hub_throughput_default.all").map(|p| p.value);
    let (rows, problems) = read("hubs", text, |r: HubRow, _| {
        if r.show_as_hub == "no" {
            return Ok(None);
        }
        Ok(Some(Facility {
            kind: FacilityKind::Hub,
            name: Name { zh: r.name_zh, en: r.name_en },
            at: position(r.lon, r.lat)?,
            precision: precision(&r.location_precision)?,
            cluster: Some(cluster(&r.cluster)?),
            province: r.province.clone(),
            location: location(&r.province, &r.city, &r.county_or_park),
            metals: metals(&r.metals)?,
            modes: ModeSet::default(),
            capacity: r
                .throughput_kt_per_year
                .or(default_kt)
                .map(|kt| Capacity { tonnes: kt * 1000.0, unit: CapacityUnit::Gross }),
            street_points: 0.0,
            status: Status::Operating,
            origin: origin("hubs", &r.id, &r.throughput_basis, r.source, r.year, &r.confidence, r.note)?,
            id: r.id,
        }))
    });
    (rows.into_iter().flatten().collect(), problems)
}

#[derive(Deserialize)]
struct PointRow {
    id: String,
    name_zh: String,
    name_en: String,
    adcode: u32,
    lon: f64,
    lat: f64,
    street_points: f64,
}

/// Reads `points`, the modelled collection points.
#[must_use]
pub fn points(text: &str, prefectures: &[Prefecture], parameters: &Parameters) -> Read<Facility> {
    let per_point_t = parameters.get("model.point_capacity.all").map(|p| p.value);
    read("points", text, |r: PointRow, _| {
        let home =
            prefectures.iter().find(|p| p.adcode == r.adcode).ok_or_else(|| format!("no prefecture {}", r.adcode))?;
        Ok(Facility {
            kind: FacilityKind::CollectionPoint,
            name: Name { zh: r.name_zh, en: r.name_en },
            at: position(r.lon, r.lat)?,
            precision: LocationPrecision::Modelled,
            cluster: Some(home.cluster.ok_or("its prefecture is in no cluster")?),
            province: home.province.clone(),
            location: location(&home.province, &home.name.zh, ""),
            metals: MetalSet::default(),
            modes: ModeSet::default(),
            capacity: per_point_t.map(|t| Capacity { tonnes: t * r.street_points, unit: CapacityUnit::Gross }),
            street_points: r.street_points,
            status: Status::Operating,
            origin: origin(
                "points",
                &r.id,
                "modelled",
                "one aggregate point a 200,000 people, placed by population".into(),
                "2020".into(),
                "low",
                String::new(),
            )?,
            id: r.id,
        })
    })
}

#[derive(Deserialize)]
struct TerminalRow {
    id: String,
    kind: String,
    name_zh: String,
    name_en: String,
    province: String,
    city: String,
    cluster: String,
    lat: f64,
    lon: f64,
    location_precision: String,
    modes: String,
    throughput_mt: Option<f64>,
    year: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `terminals`: ports and rail hubs, where goods change from one mode to another.
#[must_use]
pub fn terminals(text: &str) -> Read<Facility> {
    read("terminals", text, |r: TerminalRow, _| {
        let kind = match r.kind.as_str() {
            "port" => FacilityKind::Port,
            "rail_hub" => FacilityKind::RailHub,
            other => return Err(format!("unknown kind {other:?}")),
        };
        let modes: ModeSet = r
            .modes
            .split(';')
            .map(|m| Mode::from_key(m.trim()).ok_or_else(|| format!("unknown mode {m:?}")))
            .collect::<Result<_, _>>()?;
        Ok(Facility {
            kind,
            // Freight stations are called like their cities: a word tells them apart from places.
            name: match kind {
                FacilityKind::RailHub => {
                    Name { zh: format!("{}站", r.name_zh), en: format!("{} freight station", r.name_en) }
                }
                _ => Name { zh: r.name_zh, en: r.name_en },
            },
            at: position(r.lon, r.lat)?,
            precision: precision(&r.location_precision)?,
            cluster: Cluster::from_key(&r.cluster),
            province: r.province.clone(),
            location: location(&r.province, &r.city, ""),
            metals: MetalSet::default(),
            modes,
            capacity: r.throughput_mt.map(|mt| Capacity { tonnes: mt * 1e6, unit: CapacityUnit::Cargo }),
            street_points: 0.0,
            status: Status::Operating,
            origin: origin("terminals", &r.id, "recalled", r.source, r.year, &r.confidence, r.note)?,
            id: r.id,
        })
    })
}

fn cluster(key: &str) -> Result<Cluster, String> {
    Cluster::from_key(key).ok_or_else(|| format!("unknown cluster {key:?}"))
}

fn metals(list: &str) -> Result<MetalSet, String> {
    list.split(';')
        .filter(|m| !m.is_empty())
        .map(|m| Metal::from_key(m).ok_or_else(|| format!("unknown metal {m:?}")))
        .collect()
}

fn precision(word: &str) -> Result<LocationPrecision, String> {
    Ok(match word {
        "park" => LocationPrecision::Park,
        "county" => LocationPrecision::County,
        "city" => LocationPrecision::City,
        "station" => LocationPrecision::Station,
        word if word.starts_with("port") => LocationPrecision::Port,
        other => return Err(format!("unknown location precision {other:?}")),
    })
}

fn location(province: &str, city: &str, county: &str) -> String {
    let city = if city == province { "" } else { city };
    format!("{province}{city} {county}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_one_under_whatever_name() {
        let table = "id,operator\nSM1,天能股份 (688819)\nSM2,天能 (688819)\nSM3,立中集团 (300428)\nSM4,立中集团 / Nippon Kinzoku\nSM5,\n";
        let firms = operators(table);
        assert_eq!(firms["SM1"], firms["SM2"]);
        assert_eq!(firms["SM3"], firms["SM4"]);
        assert_ne!(firms["SM1"], firms["SM3"]);
        assert!(!firms.contains_key("SM5"));
    }
}
