//! Places: prefectures, populated places and demand cells.

use super::{Cluster, Origin, Parameter};
use crate::geo::LonLat;
use serde::{Deserialize, Serialize};

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A prefecture-level city.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prefecture {
    /// Six-digit administrative code.
    pub adcode: u32,
    /// Name.
    pub name: Name,
    /// Province in Chinese, as the tables write it.
    pub province: String,
    /// Its cluster; none in the corridor provinces.
    pub cluster: Option<Cluster>,
    /// Seat of government.
    pub seat: LonLat,
    /// Residents by the census of 2020.
    pub people: f64,
    /// Residents of towns by the census of 2020, where the table knows.
    pub urban_people: Option<f64>,
    /// Secondary-industry value added in yuan a year (GDP x share; partly recalled).
    pub secondary_value_added_yuan: f64,
    /// GDP in yuan a year (recalled).
    pub gdp_yuan: f64,
    /// Where the people come from.
    pub census: Origin,
    /// Where the value added comes from.
    pub industry: Origin,
    /// Where the GDP comes from.
    pub output: Origin,
}

impl Prefecture {
    /// The row's numbers as sourced values: people, town people where known, value added, GDP.
    #[must_use]
    pub fn inputs(&self) -> Vec<Parameter> {
        let input = |what: &str, value: f64, unit: &str, origin: &Origin| Parameter {
            key: format!("prefecture.{what}.{}", self.adcode),
            value,
            low: None,
            high: None,
            unit: unit.into(),
            origin: origin.clone(),
            default: None,
        };
        let urban = self.urban_people.map(|u| input("urban_people", u, "people", &self.census));
        [
            Some(input("people", self.people, "people", &self.census)),
            urban,
            Some(input("secondary_value_added", self.secondary_value_added_yuan / 1e8, "100 m yuan/y", &self.industry)),
            Some(input("gdp", self.gdp_yuan / 1e8, "100 m yuan/y", &self.output)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What a place of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// Seat of a prefecture; wins over namesakes.
    Prefecture,
    /// Any other populated place.
    Place,
}

/// A place that can be searched for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Name.
    pub name: Name,
    /// Position.
    pub at: LonLat,
    /// Residents, rough: only for order and as weights.
    pub people: f64,
    /// Code of its prefecture.
    pub adcode: u32,
    /// What it is.
    pub kind: PlaceKind,
}

/// A hexagon where people live and scrap arises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemandCell {
    /// H3 index of resolution 6.
    pub h3: u64,
    /// Centre.
    pub at: LonLat,
    /// Modelled residents.
    pub people: u32,
    /// Row of the prefecture table.
    pub prefecture: u32,
    /// Its cluster.
    pub cluster: Cluster,
}
