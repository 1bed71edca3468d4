//! Where a figure comes from: its formula, and the parameters and tables behind it.

use crate::{
    account::{
        CLUSTER_FRICTION_KEY, EMISSION_FAMILY_KEY, EmissionFamily, FreightTable, PROVINCE_FRICTION_KEY, ROAD_FACTOR_KEY,
    },
    model::{
        Cluster, Mode, PICKUP_COST_KEY, PICKUP_FROM_KEY, PICKUP_RADIUS_KEY, Parameter, Parameters, ScrapModel, Stream,
        recovery_points_key,
    },
    scenario::RECOVERY_RATE_KEY,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    #[serde(rename = "scrap model (national totals shared out by people, town people and industry: modelled)")]
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

/// So many values of scrap that a person set are told with a figure.
const MOST_SET: usize = 12;

/// Explains a figure with the parameters in force.
#[must_use]
pub fn explain(figure: Figure, parameters: &Parameters) -> Explanation {
    let (unit, formula, keys, data) = behind(figure, EmissionFamily::of(parameters));
    // Scrap that a person set takes the model's place, so that it is told with it; the first of them stand for all.
    let rests_on_scrap = keys.iter().any(|k| ScrapModel::keys(Stream::Al).contains(k));
    let set = parameters.rows().iter().filter(|p| rests_on_scrap && ScrapModel::read_key(&p.key).is_some());
    let set = set.take(MOST_SET).cloned();
    Explanation {
        figure,
        unit: unit.into(),
        formula: formula.into(),
        inputs: keys.iter().filter_map(|k| parameters.get(k).filter(|p| is_told(p)).cloned()).chain(set).collect(),
        data: data.to_vec(),
    }
}

/// What pick-up at the door rests on.
const PICKUP_KEYS: [&str; 3] = [PICKUP_FROM_KEY, PICKUP_RADIUS_KEY, PICKUP_COST_KEY];

/// By how much each cluster collects more than the general rate.
fn recovery_keys() -> impl Iterator<Item = String> {
    Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| recovery_points_key(s, c)))
}

/// Levers that add nothing while nobody turns them are not told: a dozen of them would hide what counts.
fn is_told(p: &Parameter) -> bool {
    let adds_nothing = PICKUP_KEYS.contains(&p.key.as_str()) || recovery_keys().any(|k| k == p.key);
    p.default.is_some() || !adds_nothing
}

/// Unit, formula, keys of parameters and data sets of a figure.
pub(crate) fn behind(
    figure: Figure,
    family: EmissionFamily,
) -> (&'static str, &'static str, Vec<String>, &'static [DataSet]) {
    use DataSet::{Census, Plants, Points, Roads, Scrap};
    let own = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>();
    let content = own(&Stream::ALL.map(Stream::content_key));
    let scrap: Vec<String> = {
        let mut keys: Vec<String> = Stream::ALL.into_iter().flat_map(ScrapModel::keys).collect();
        keys.extend(recovery_keys());
        let mut seen = BTreeSet::new();
        keys.retain(|k| seen.insert(k.clone()));
        keys
    };
    let weighed = || [own(&[ROAD_FACTOR_KEY]), content.clone(), scrap.clone()].concat();
    let hazard = || {
        let of = |s| FreightTable::hazard(s, Mode::Road);
        Stream::ALL.into_iter().filter_map(of).collect::<Vec<_>>()
    };
    let sorting = "process.hub_sorting_yield.all";
    let haul: &[DataSet] = &[Roads, Points, Plants, Scrap];
    match figure {
        Figure::Collected => (
            "t metal/y",
            "sum over cells (generated x recovery rate); generated = national total x (a people + b town people + c industry) / base rate",
            [own(&[RECOVERY_RATE_KEY]), scrap.clone()].concat(),
            &[Scrap, Census],
        ),
        Figure::MeanCollectionKm => (
            "km",
            "sum (gross t x road km from cell to its point) / sum gross t",
            weighed(),
            &[Roads, Census, Points, Scrap],
        ),
        Figure::MeanHaulKm => {
            ("km", "sum (gross t x road km from point over hub to smelter) / sum gross t", weighed(), haul)
        }
        Figure::P95HaulKm => ("km", "least km such that 95 % of gross t are hauled no further", weighed(), haul),
        Figure::TonneKm => (
            "t-km/y",
            "sum (gross t x km) of collection and haul; behind the hub times the sorting yield",
            [own(&[RECOVERY_RATE_KEY, sorting]), weighed()].concat(),
            haul,
        ),
        Figure::TransportCost => (
            "yuan/t",
            "(collection t-km x rate + picked up t x rate + haul t-km x rate x hazard + 2 x handling a leg + borders) / gross t collected",
            [
                vec![
                    FreightTable::cost(Mode::Road),
                    "freight.cost.all.truck_collect".into(),
                    FreightTable::handling(Mode::Road),
                ],
                hazard(),
                own(&[PROVINCE_FRICTION_KEY, CLUSTER_FRICTION_KEY, sorting]),
                own(&PICKUP_KEYS),
                weighed(),
            ]
            .concat(),
            haul,
        ),
        Figure::TransportCo2 => (
            "kg CO2e/t",
            "(collection t-km x factor + haul t-km x factor) / gross t collected; one family of factors",
            [
                vec![
                    EMISSION_FAMILY_KEY.into(),
                    FreightTable::emission(family, Mode::Road),
                    FreightTable::collection_emission(family),
                ],
                own(&[sorting]),
                weighed(),
            ]
            .concat(),
            haul,
        ),
        Figure::PeopleWithin => (
            "people",
            "people in cells whose road km to the nearest open point is at most the limit",
            own(&[ROAD_FACTOR_KEY, "model.people_per_point.all", PICKUP_FROM_KEY, PICKUP_RADIUS_KEY]),
            &[Roads, Census, Points],
        ),
    }
}
