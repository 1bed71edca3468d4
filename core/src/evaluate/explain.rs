//! Where a figure comes from: its formula, and the parameters and tables behind it.

use crate::{
    account::ROAD_FACTOR_KEY,
    model::{Parameter, Parameters},
    scenario::RECOVERY_RATE_KEY,
};
use serde::{Deserialize, Serialize};

/// A main figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Scrap that is collected.
    Collected,
    /// Mean way from home to collection point.
    MeanCollectionKm,
    /// Mean haul from point to smelter.
    MeanHaulKm,
    /// 95th percentile of the haul.
    P95HaulKm,
    /// Tonne-kilometres.
    TonneKm,
    /// Transport cost.
    TransportCost,
    /// Transport emissions.
    TransportCo2,
    /// People near a collection point.
    PeopleWithin,
}

impl Figure {
    /// All figures, in the order of the panel.
    pub const ALL: [Self; 8] = [
        Self::Collected,
        Self::MeanHaulKm,
        Self::P95HaulKm,
        Self::MeanCollectionKm,
        Self::TonneKm,
        Self::TransportCost,
        Self::TransportCo2,
        Self::PeopleWithin,
    ];

    /// The stable key in files and translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Collected => "collected",
            Self::MeanCollectionKm => "mean_collection_km",
            Self::MeanHaulKm => "mean_haul_km",
            Self::P95HaulKm => "p95_haul_km",
            Self::TonneKm => "tonne_km",
            Self::TransportCost => "transport_cost",
            Self::TransportCo2 => "transport_co2",
            Self::PeopleWithin => "people_within",
        }
    }
}

/// How a figure is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The figure.
    pub figure: Figure,
    /// Unit.
    pub unit: String,
    /// Formula in plain notation; the app puts it into words.
    pub formula: String,
    /// Parameters it uses, each with its source.
    pub inputs: Vec<Parameter>,
    /// Tables and data sets behind it.
    pub data: Vec<DataSet>,
}

/// A table or data set behind figures. In reports it stands in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DataSet {
    /// Scrap by prefecture.
    #[serde(rename = "scrap.csv (modelled: national totals spread by population, urban population and industry)")]
    Scrap,
    /// People by cell.
    #[serde(rename = "prefectures.csv (census 2020, spread over H3 cells by places and roads: modelled)")]
    Census,
    /// Roads.
    #[serde(rename = "road network (OpenStreetMap contributors, ODbL; no road classes, no speeds)")]
    Roads,
    /// Collection points.
    #[serde(rename = "points.csv (modelled: one aggregate point a 200,000 people)")]
    Points,
    /// Hubs and plants.
    #[serde(rename = "hubs.csv, smelters.csv (named plants that run; capacities do not bind in this figure)")]
    Plants,
}

impl DataSet {
    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scrap => "scrap",
            Self::Census => "census",
            Self::Roads => "roads",
            Self::Points => "points",
            Self::Plants => "plants",
        }
    }
}

/// Explains a figure.
#[must_use]
pub fn explain(figure: Figure, parameters: &Parameters) -> Explanation {
    let content: [&str; 5] = crate::model::Stream::ALL.map(super::content_key);
    let truck = ["freight.cost.all.truck_full", "freight.cost.all.truck_collect", "freight.handling.all.truck"];
    let hazard = ["freight.hazard_multiplier.Pb.truck_full", "freight.hazard_multiplier.Li.truck_full"];
    let emission = ["freight.ef.all.truck_full", "freight.ef.all.truck_collect"];
    let sorting = "process.hub_sorting_yield.all";
    let (unit, formula, keys, data): (_, _, Vec<&str>, Vec<DataSet>) = match figure {
        Figure::Collected => (
            "t metal/y",
            "sum over cells (generated x recovery rate)",
            vec![RECOVERY_RATE_KEY],
            vec![DataSet::Scrap, DataSet::Census],
        ),
        Figure::MeanCollectionKm => (
            "km",
            "sum (gross t x road km from cell to its point) / sum gross t",
            [ROAD_FACTOR_KEY].into_iter().chain(content).collect(),
            vec![DataSet::Roads, DataSet::Census, DataSet::Points, DataSet::Scrap],
        ),
        Figure::MeanHaulKm => (
            "km",
            "sum (gross t x road km from point over hub to smelter) / sum gross t",
            [ROAD_FACTOR_KEY].into_iter().chain(content).collect(),
            vec![DataSet::Roads, DataSet::Points, DataSet::Plants, DataSet::Scrap],
        ),
        Figure::P95HaulKm => (
            "km",
            "least km such that 95 % of gross t are hauled no further",
            [ROAD_FACTOR_KEY].into_iter().chain(content).collect(),
            vec![DataSet::Roads, DataSet::Points, DataSet::Plants, DataSet::Scrap],
        ),
        Figure::TonneKm => (
            "t-km/y",
            "sum (gross t x km) of collection and haul; behind the hub times the sorting yield",
            [ROAD_FACTOR_KEY, sorting].into_iter().chain(content).collect(),
            vec![DataSet::Roads, DataSet::Points, DataSet::Plants, DataSet::Scrap],
        ),
        Figure::TransportCost => (
            "yuan/t",
            "(collection t-km x rate + haul t-km x rate x hazard + 2 x handling a leg) / gross t collected",
            truck.into_iter().chain(hazard).chain([ROAD_FACTOR_KEY, sorting]).chain(content).collect(),
            vec![DataSet::Roads, DataSet::Points, DataSet::Plants, DataSet::Scrap],
        ),
        Figure::TransportCo2 => (
            "kg CO2e/t",
            "(collection t-km x factor + haul t-km x factor) / gross t collected, well to wheel",
            emission.into_iter().chain([ROAD_FACTOR_KEY, sorting]).chain(content).collect(),
            vec![DataSet::Roads, DataSet::Points, DataSet::Plants, DataSet::Scrap],
        ),
        Figure::PeopleWithin => (
            "people",
            "people in cells whose road km to the nearest open point is at most the limit",
            vec![ROAD_FACTOR_KEY, "model.people_per_point.all"],
            vec![DataSet::Roads, DataSet::Census, DataSet::Points],
        ),
    };
    Explanation {
        figure,
        unit: unit.into(),
        formula: formula.into(),
        inputs: keys.into_iter().filter_map(|k| parameters.get(k).cloned()).collect(),
        data,
    }
}
