//! The hand-kept tables of `data/tables`, read.

use crate::{
    error::{Explain, Result},
    terminals::Terminal,
};
use atlas_core::{geo::LonLat, model::Cluster};
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::BTreeMap, path::Path};

/// One table: its text as committed, and its rows by column name.
pub struct Table {
    /// File name without folder.
    pub file: String,
    /// The text as committed, without a byte-order mark.
    pub text: String,
    pub(crate) rows: Vec<Row>,
}

/// One row.
pub struct Row {
    /// The line it begins on.
    pub line: u64,
    /// Cells by column name.
    pub cells: BTreeMap<String, String>,
}

/// A city of the census.
#[derive(Clone, Debug, Deserialize)]
pub struct Prefecture {
    /// Six-digit code.
    pub adcode: u32,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Province in Chinese.
    pub province: String,
    /// Cluster key, or `corridor`.
    pub cluster: String,
    /// Seat.
    pub lat: f64,
    /// Seat.
    pub lon: f64,
    /// Residents in ten thousands.
    pub population_2020_10k: f64,
    /// Urban residents in ten thousands; the census copy lacks a few in the corridor provinces.
    pub urban_population_2020_10k: Option<f64>,
}

impl Prefecture {
    /// Seat of government.
    pub fn seat(&self) -> LonLat {
        LonLat::new(self.lon, self.lat)
    }

    /// Residents.
    pub fn people(&self) -> u64 {
        libm::round(self.population_2020_10k * 10_000.0) as u64
    }

    /// Urban residents; none where the table does not know.
    pub fn urban_people(&self) -> u64 {
        libm::round(self.urban_population_2020_10k.unwrap_or(0.0) * 10_000.0) as u64
    }

    /// First two digits of the code.
    pub const fn province_code(&self) -> u32 {
        self.adcode / 10_000
    }

    /// True in one of the three clusters.
    pub fn in_cluster(&self) -> bool {
        Cluster::from_key(&self.cluster).is_some()
    }
}

/// The real roads or railways that a source lacks.
pub struct Joins {
    /// File name without folder.
    pub file: String,
    /// One a row.
    pub rows: Vec<Join>,
}

/// A real road or railway that the source lacks.
#[derive(Clone, Debug)]
pub struct Join {
    /// Id of the row.
    pub id: String,
    /// One end, near a node of the network.
    pub a: LonLat,
    /// The other end.
    pub b: LonLat,
    /// What it is.
    pub name: String,
}

/// A name on the map that no other source gives.
#[derive(Clone, Debug, Deserialize)]
pub struct MapLabel {
    /// Layer.
    pub layer: String,
    /// Chinese.
    pub name_zh: String,
    /// English.
    pub name_en: String,
    /// Position.
    pub lon: f64,
    /// Position.
    pub lat: f64,
    /// 1 first.
    pub rank: u32,
}

/// A distance known from elsewhere.
#[derive(Clone, Debug, Deserialize)]
pub struct Reference {
    /// Id of the row.
    pub id: String,
    /// road, rail, water or sea.
    pub mode: String,
    /// City, or place on a waterway.
    pub from: String,
    /// The other one.
    pub to: String,
    /// Kilometres.
    pub distance_km: f64,
}

/// A point of a hand-drawn line: a waterway, or a way of ships into a port.
#[derive(Clone, Debug, Deserialize)]
pub struct Waypoint {
    /// The line.
    pub line: String,
    /// Name of the place, where it has one.
    pub name: String,
    /// Position.
    pub lon: f64,
    /// Position.
    pub lat: f64,
    /// Kilometres from the line's first point along its bends; none where it is straight from the point before.
    #[serde(default)]
    pub km: Option<f64>,
    /// True where seagoing ships sail, too.
    #[serde(default)]
    pub seagoing: String,
}

/// All tables as text and cells, by name without `.csv`.
pub type TableSet = BTreeMap<&'static str, Table>;

/// What the builder works on, once the tables have been found good.
pub struct Tables {
    /// Cities in table order.
    pub prefectures: Vec<Prefecture>,
    /// Roads to add.
    pub road_joins: Joins,
    /// Railways to add.
    pub rail_joins: Joins,
    /// Names to draw.
    pub map_labels: Vec<MapLabel>,
    /// Ports and freight stations.
    pub terminals: Vec<Terminal>,
    /// Known distances.
    pub references: Vec<Reference>,
    /// Ways of ships into the ports.
    pub sea_approaches: Vec<Waypoint>,
    /// Rivers and canals.
    pub waterways: Vec<Waypoint>,
}

const FILES: [&str; 18] = [
    "smelters",
    "hubs",
    "prefectures",
    "parameters",
    "freight_factors",
    "grid_factors",
    "scrap",
    "sources",
    "norms",
    "terminals",
    "reference_distances",
    "expressways",
    "sea_approaches",
    "waterways",
    "excluded",
    "road_joins",
    "rail_joins",
    "map_labels",
];

/// Reads every table of the folder.
pub fn read_all(folder: &Path) -> Result<TableSet> {
    FILES.into_iter().map(|name| Ok((name, Table::read(folder, name)?))).collect()
}

impl Tables {
    /// The typed rows.
    pub fn of(set: &TableSet) -> Result<Self> {
        let joins = |name: &str| -> Result<Joins> {
            let rows: Vec<JoinRow> = set[name].typed()?;
            let rows = rows.into_iter().map(JoinRow::into_join).collect();
            Ok(Joins { file: set[name].file.clone(), rows })
        };
        Ok(Self {
            prefectures: set["prefectures"].typed()?,
            road_joins: joins("road_joins")?,
            rail_joins: joins("rail_joins")?,
            map_labels: set["map_labels"].typed()?,
            terminals: set["terminals"].typed()?,
            references: set["reference_distances"].typed()?,
            sea_approaches: set["sea_approaches"].typed()?,
            waterways: set["waterways"].typed()?,
        })
    }
}

#[derive(Deserialize)]
struct JoinRow {
    id: String,
    lon_a: f64,
    lat_a: f64,
    lon_b: f64,
    lat_b: f64,
    name: String,
}

impl JoinRow {
    fn into_join(self) -> Join {
        let (a, b) = (LonLat::new(self.lon_a, self.lat_a), LonLat::new(self.lon_b, self.lat_b));
        Join { id: self.id, a, b, name: self.name }
    }
}

impl Table {
    fn read(folder: &Path, name: &str) -> Result<Self> {
        let file = format!("{name}.csv");
        let path = folder.join(&file);
        let text = std::fs::read_to_string(&path).explain(
            || format!("cannot read {}", path.display()),
            "The table belongs into data/tables; take it from version control.",
        )?;
        // Plain line ends: the packs must not depend on how a checkout writes them.
        Self::parse(file, text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
    }

    /// Reads a table from its text.
    pub fn parse(file: String, text: String) -> Result<Self> {
        let what = || format!("cannot read data/tables/{file}");
        let remedy = "Each row needs as many cells as the first; quote a cell that holds a comma.";
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().explain(what, remedy)?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.explain(what, remedy)?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells = headers.iter().zip(&record).map(|(h, c)| (h.to_owned(), c.trim().to_owned())).collect();
            rows.push(Row { line, cells });
        }
        Ok(Self { file, text, rows })
    }

    /// Its rows as values of a type.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(self.text.as_bytes());
        let rows: std::result::Result<Vec<T>, csv::Error> = reader.deserialize().collect();
        rows.explain(|| format!("cannot read data/tables/{}", self.file), "Correct the cell that the message names.")
    }
}
