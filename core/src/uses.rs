//! What depends on a parameter: the reverse of an explanation.

use crate::{
    account::{EmissionFamily, FreightTable},
    allocation,
    catchment::{HOUSEHOLD_SIZE_KEY, Measure, Question},
    evaluate::{Figure, behind},
    model::{BUDGET_KEY, Effect, FacilityKind, PlantFeature, ScrapModel, Stream},
};
use serde::{Deserialize, Serialize};

/// Something computed from a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// A main figure.
    Figure(Figure),
    /// Distance, cost, time or emissions of a way.
    Routes,
    /// Catchments, coverage and equity.
    Catchments,
    /// The check of siting norms.
    Norms,
    /// Scrap by prefecture.
    Scrap,
    /// Who sends what where, what it costs, and prices.
    Allocation,
    /// What upgrades and new sites cost.
    Bill,
    /// Capacity that nobody named, computed when the map loads: a scenario cannot change it.
    UnnamedCapacity,
    /// Capacity of what has none stated, computed when the map loads.
    DefaultCapacity,
    /// How many collection points there are, fixed when the data was built.
    PointsBuilt,
}

impl Use {
    /// True where a scenario that sets the parameter changes it at once.
    #[must_use]
    pub const fn follows_scenario(self) -> bool {
        matches!(
            self,
            Self::Figure(_)
                | Self::Routes
                | Self::Catchments
                | Self::Norms
                | Self::Scrap
                | Self::Allocation
                | Self::Bill
        )
    }
}

/// What depends on the parameter of a key, in a fixed order; nothing for one that is context so far.
#[must_use]
pub fn uses(key: &str) -> Vec<Use> {
    let has = |keys: &[String]| keys.iter().any(|k| k == key);
    let mut found: Vec<Use> = Figure::ALL
        .into_iter()
        .filter(|f| EmissionFamily::ALL.into_iter().any(|family| has(&behind(*f, family).2)))
        // The build fixed how many points there are; the figure follows the points.
        .filter(|_| key != POINTS_KEY)
        .map(Use::Figure)
        .collect();
    if has(&FreightTable::keys()) && !key.ends_with("truck_collect") {
        found.push(Use::Routes);
    }
    if questions().any(|q| has(&q.parameters())) {
        found.push(Use::Catchments);
    }
    if key == HOUSEHOLD_SIZE_KEY {
        found.push(Use::Norms);
    }
    if ScrapModel::read_key(key).is_some() || Stream::ALL.into_iter().any(|s| has(&ScrapModel::keys(s))) {
        found.push(Use::Scrap);
    }
    if has(&allocation::keys()) || key.starts_with("process.grid.") || PlantFeature::read_key(key).is_some() {
        found.push(Use::Allocation);
    }
    if is_billed(key) {
        found.push(Use::Bill);
    }
    if UNNAMED.iter().any(|prefix| key.starts_with(prefix)) {
        found.push(Use::UnnamedCapacity);
    }
    if DEFAULTS.contains(&key) {
        found.push(Use::DefaultCapacity);
    }
    if [POINTS_KEY, "model.people_per_street_point.all"].contains(&key) {
        found.push(Use::PointsBuilt);
    }
    found
}

/// One question of each kind, measure and stream.
fn questions() -> impl Iterator<Item = Question> {
    let kinds = [FacilityKind::CollectionPoint, FacilityKind::Hub, FacilityKind::Smelter];
    let streams = || Stream::ALL.into_iter().map(Some).chain([None]);
    kinds.into_iter().flat_map(move |of| {
        Measure::ALL
            .into_iter()
            .flat_map(move |measure| streams().map(move |stream| Question { measure, stream, ..Question::usual(of) }))
    })
}

fn is_billed(key: &str) -> bool {
    let paid = [Effect::Investment, Effect::Upkeep].map(Effect::key);
    key == BUDGET_KEY
        || key.starts_with("policy.site_cost.")
        || key.starts_with("technology.") && paid.iter().any(|e| key.ends_with(e))
}

const POINTS_KEY: &str = "model.people_per_point.all";
const UNNAMED: [&str; 5] = [
    "national.recycled_output_target.",
    "national.recycled_output.Zn",
    "national.secondary_value_added.all",
    "model.utilisation.all",
    "process.smelter_yield.",
];
const DEFAULTS: [&str; 2] = ["model.point_capacity.all", "model.hub_throughput_default.all"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{CLUSTER_FRICTION_KEY, EMISSION_FAMILY_KEY, PROVINCE_FRICTION_KEY};

    #[test]
    fn what_is_used_is_told_and_what_is_not_is_context() {
        for key in [PROVINCE_FRICTION_KEY, CLUSTER_FRICTION_KEY, EMISSION_FAMILY_KEY] {
            assert!(uses(key).contains(&Use::Routes), "{key}");
        }
        assert!(uses("model.weights_scrap.Cu.2").contains(&Use::Scrap));
        assert_eq!(uses("model.road_speed.all.class2"), [Use::Catchments]);
        assert_eq!(uses(HOUSEHOLD_SIZE_KEY), [Use::Catchments, Use::Norms]);
        assert!(uses("freight.cost.all.truck_collect").contains(&Use::Figure(Figure::TransportCost)));
        assert!(!uses("freight.cost.all.truck_collect").contains(&Use::Routes), "rounds are no way between places");
        assert_eq!(uses("model.people_per_point.all"), [Use::PointsBuilt]);
        assert!(uses("policy.subsidy.Al.bohai").contains(&Use::Allocation));
        assert_eq!(uses("price.product.Cu"), [Use::Allocation]);
        assert_eq!(uses("technology.ai_sorting.all.investment"), [Use::Bill]);
        assert!(uses("policy.recovery_points.Cu.yrd").contains(&Use::Figure(Figure::Collected)));
        assert_eq!(uses("national.operating_rate.Pb"), []);
    }
}
