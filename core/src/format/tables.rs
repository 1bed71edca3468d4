//! The CSV tables of `data/tables`: rows with a source each. A bad row is reported and left out; the others are kept.

use crate::{
    diagnostics::Diagnostic,
    geo::LonLat,
    model::{
        Basis, Capacity, CapacityUnit, Cluster, Confidence, Facility, FacilityKind, LocationPrecision, Metal, MetalSet,
        Name, Origin, Parameter, Parameters, PerStream, Place, PlaceKind, Prefecture, Status,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// How the tables' source columns call the sector report.
const REPORT: &str = "seed";

/// Rows read from one table and what was wrong with the others.
type Read<T> = (Vec<T>, Vec<Diagnostic>);

/// Reads typed rows, then turns each into a thing of the model. The row's number is its line in the file.
fn read<R: DeserializeOwned, T>(
    table: &str,
    text: &str,
    mut make: impl FnMut(R, usize) -> Result<T, String>,
) -> Read<T> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = match reader.headers() {
        Ok(h) => h.clone(),
        Err(e) => return (rows, vec![bad_row(table, 1, &e.to_string())]),
    };
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let made =
                    record.deserialize::<R>(Some(&headers)).map_err(|e| e.to_string()).and_then(|r| make(r, line));
                match made {
                    Ok(row) => rows.push(row),
                    Err(reason) => problems.push(bad_row(table, line, &reason)),
                }
            }
            Err(e) => problems.push(bad_row(table, line, &e.to_string())),
        }
    }
    (rows, problems)
}

fn bad_row(table: &str, line: usize, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "table-bad-row",
        format!("{table}.csv, line {line}"),
        reason,
        "The row was left out; correct it in the table and load again.",
    )
}

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
    gdp_2023_100m_yuan: Option<f64>,
    secondary_share_pct: Option<f64>,
}

/// Reads `prefectures` and joins the scrap that the model assigns to each from `scrap`.
#[must_use]
pub fn prefectures(text: &str, scrap: &str) -> Read<Prefecture> {
    let (scrap, mut problems) = scrap_by_prefecture(scrap);
    let scrap: BTreeMap<u32, PerStream<f64>> = scrap.into_iter().collect();
    let (rows, more) = read("prefectures", text, |r: PrefectureRow, _| {
        let generated = scrap.get(&r.adcode).ok_or_else(|| format!("no scrap row for {}", r.adcode))?;
        Ok(Prefecture {
            adcode: r.adcode,
            name: Name { zh: r.name_zh, en: r.name_en },
            province: r.province,
            cluster: Cluster::from_key(&r.cluster),
            seat: position(r.lon, r.lat)?,
            people: libm::round(r.population_2020_10k * 10_000.0),
            secondary_value_added_yuan: r.gdp_2023_100m_yuan.unwrap_or(0.0)
                * 1e8
                * r.secondary_share_pct.unwrap_or(0.0)
                / 100.0,
            generated_t: *generated,
        })
    });
    problems.extend(more);
    (rows, problems)
}

#[derive(Deserialize)]
#[allow(non_snake_case)]
struct ScrapRow {
    adcode: u32,
    Al_generated_kt: f64,
    Cu_generated_kt: f64,
    Pb_generated_kt: f64,
    Zn_generated_kt: f64,
    other_generated_kt: f64,
}

fn scrap_by_prefecture(text: &str) -> Read<(u32, PerStream<f64>)> {
    read("scrap", text, |r: ScrapRow, _| {
        let kt = PerStream {
            al: r.Al_generated_kt,
            cu: r.Cu_generated_kt,
            pb: r.Pb_generated_kt,
            zn: r.Zn_generated_kt,
            other: r.other_generated_kt,
        };
        Ok((r.adcode, PerStream::from_fn(|s| kt[s] * 1000.0)))
    })
}

#[derive(Deserialize)]
struct ParameterRow {
    group: String,
    key: String,
    metal: String,
    mode: String,
    value: String,
    low: Option<f64>,
    high: Option<f64>,
    unit: String,
    year: String,
    basis: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `parameters`. A key that several rows share but for the year gets the year; a list `a;b;c` becomes `.1`, `.2`, `.3`.
#[must_use]
pub fn parameters(text: &str) -> (Parameters, Vec<Diagnostic>) {
    let (rows, mut problems) = read("parameters", text, |r: ParameterRow, line| Ok((r, line)));
    let base = |r: &ParameterRow| {
        let mode = if r.mode.is_empty() { String::new() } else { format!(".{}", r.mode) };
        format!("{}.{}.{}{mode}", r.group, r.key, r.metal)
    };
    let mut count = BTreeMap::<String, usize>::new();
    for (r, _) in &rows {
        *count.entry(base(r)).or_default() += 1;
    }
    let mut made = Vec::new();
    for (r, line) in rows {
        let mut key = base(&r);
        if count[&key] > 1 {
            key = format!("{key}.{}", r.year);
        }
        // The tables call the sector report "seed"; it was published, but what it says are claims.
        let basis = if r.source.starts_with(REPORT) { Some(Basis::Claim) } else { Basis::from_key(&r.basis) };
        let Some(basis) = basis else {
            problems.push(bad_row("parameters", line, &format!("unknown basis {:?}", r.basis)));
            continue;
        };
        let values: Vec<_> = r.value.split(';').collect();
        for (i, value) in values.iter().enumerate() {
            let Ok(value) = value.trim().parse::<f64>() else {
                problems.push(bad_row("parameters", line, &format!("value {value:?} is not a number")));
                continue;
            };
            made.push(Parameter {
                key: if values.len() > 1 { format!("{key}.{}", i + 1) } else { key.clone() },
                value,
                low: r.low,
                high: r.high,
                unit: r.unit.clone(),
                origin: Origin {
                    table: "parameters".into(),
                    row: format!("line {line}"),
                    basis,
                    source: r.source.clone(),
                    year: r.year.clone(),
                    confidence: Confidence::from_key(&r.confidence),
                    note: r.note.clone(),
                },
            });
        }
    }
    (Parameters::new(made), problems)
}

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
            cluster: cluster(&r.cluster)?,
            location: location(&r.province, &r.city, &r.county_or_park),
            metals: metals(&r.metals)?,
            capacity,
            street_points: 0.0,
            status,
            origin: origin("smelters", &r.id, &r.capacity_basis, r.source, r.year, &r.confidence, r.note)?,
            id: r.id,
        })
    })
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
            cluster: cluster(&r.cluster)?,
            location: location(&r.province, &r.city, &r.county_or_park),
            metals: metals(&r.metals)?,
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
            cluster: home.cluster.ok_or("its prefecture is in no cluster")?,
            location: location(&home.province, &home.name.zh, ""),
            metals: MetalSet::default(),
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

fn position(lon: f64, lat: f64) -> Result<LonLat, String> {
    let at = LonLat::new(lon, lat);
    if at.is_valid() { Ok(at) } else { Err(format!("{lon}, {lat} is not a position")) }
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
        other => return Err(format!("unknown location precision {other:?}")),
    })
}

fn location(province: &str, city: &str, county: &str) -> String {
    let city = if city == province { "" } else { city };
    format!("{province}{city} {county}").trim_end().to_owned()
}

fn origin(
    table: &str,
    row: &str,
    basis: &str,
    source: String,
    year: String,
    confidence: &str,
    note: String,
) -> Result<Origin, String> {
    let basis = Basis::from_key(basis).ok_or_else(|| format!("unknown basis {basis:?}"))?;
    Ok(Origin {
        table: table.into(),
        row: row.into(),
        basis,
        source,
        year,
        confidence: Confidence::from_key(confidence),
        note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "group,key,metal,mode,value,low,high,unit,year,basis,source,confidence,note\n";

    #[test]
    fn a_bad_row_loses_only_itself() {
        let text = format!(
            "{HEAD}price,carbon,all,,90,60,105,yuan/t,2024,recalled,x,medium,\nprice,carbon2,all,,ninety,,,yuan/t,2024,recalled,x,medium,\nprice,carbon3,all,,1,,,yuan/t,2024,guessed,x,medium,\n"
        );
        let (parameters, problems) = parameters(&text);
        assert_eq!(parameters.rows().len(), 1);
        assert_eq!(parameters.number("price.carbon.all"), 90.0);
        assert_eq!(
            problems.iter().map(|p| p.subject.as_str()).collect::<Vec<_>>(),
            ["parameters.csv, line 3", "parameters.csv, line 4"]
        );
    }

    #[test]
    fn what_the_report_says_is_a_claim() {
        let text = format!("{HEAD}policy,subsidy,Al,,200,,,yuan/t,2025,published,seed: Bohai Rim,medium,\n");
        let (p, _) = parameters(&text);
        assert_eq!(p.rows()[0].origin.basis, Basis::Claim);
    }

    #[test]
    fn repeated_keys_get_their_year_and_lists_a_number() {
        let text = format!(
            "{HEAD}national,rate,all,,68,,,%,2023,published,x,medium,\nnational,rate,all,,76,,,%,2025,published,x,medium,\nmodel,w,Cu,,0.1;0.9,,,a;b,,assumed,x,low,\n"
        );
        let (p, problems) = parameters(&text);
        assert!(problems.is_empty());
        assert_eq!(
            p.rows().iter().map(|r| r.key.as_str()).collect::<Vec<_>>(),
            ["national.rate.all.2023", "national.rate.all.2025", "model.w.Cu.1", "model.w.Cu.2"]
        );
    }
}
