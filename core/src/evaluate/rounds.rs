//! Collection rounds: what is brought from each prefecture to each collection point, and how far.

use crate::{
    account::Rates,
    catchment::Demands,
    graph::Label,
    model::{Cluster, PerStream, Region, Stream},
    scenario::{Plan, Scenario},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a prefecture brings to one collection point in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Code of the prefecture where the scrap arises.
    pub adcode: u32,
    /// Its cluster.
    pub cluster: Cluster,
    /// Id of the collection point.
    pub point: String,
    /// Tonnes brought, gross.
    pub gross_t: PerStream<f64>,
    /// Metal in them, tonnes.
    pub metal_t: PerStream<f64>,
    /// Gross tonne-kilometres of the way there.
    pub tonne_km: PerStream<f64>,
}

/// The rounds of a plan, by prefecture in table order and then by row of the point. `owners` are those of its demand cells
/// ([`super::Evaluator::owners`]).
#[must_use]
pub fn rounds(region: &Region, plan: &Plan, scenario: &Scenario, owners: &[Option<Label>]) -> Vec<Round> {
    let parameters = &*scenario.parameters(&region.baseline);
    let rates = Rates::new(parameters, &scenario.levers);
    let demands = Demands::new(region, parameters, &scenario.levers);
    let mut sums: BTreeMap<(u32, u32), [PerStream<f64>; 3]> = BTreeMap::new();
    for (cell, owner) in region.ground.cells.iter().zip(owners) {
        let Some(label) = owner else { continue };
        let d = demands.of(cell);
        let km = rates.km(label.distance_m);
        let [gross, metal, tonne_km] = sums.entry((cell.prefecture, label.owner)).or_default();
        for s in Stream::ALL {
            gross[s] += d.gross_t[s];
            metal[s] += d.collected_t[s];
            tonne_km[s] += d.gross_t[s] * km;
        }
    }
    let row = |((home, point), [gross_t, metal_t, tonne_km]): ((u32, u32), [PerStream<f64>; 3])| {
        let home = &region.baseline.prefectures[home as usize];
        let point = &plan.facilities()[point as usize].facility;
        Some(Round { adcode: home.adcode, cluster: home.cluster?, point: point.id.clone(), gross_t, metal_t, tonne_km })
    };
    sums.into_iter().filter_map(row).collect()
}
