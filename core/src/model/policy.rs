//! Keys of the parameters of policy and contracts.

use super::{Cluster, FacilityKind, Mode, Stream};

/// What contracts make of the cost of what they deliver, as the sector report claims it.
pub const CONTRACT_COST_FACTOR_KEY: &str = "policy.contract_cost_factor.all";

/// Which plants a subsidy reaches: 1 every plant, 2 those marked ultra-low-emission.
pub const SUBSIDY_CLASS_KEY: &str = "policy.subsidy_class.all";
/// Share of a change of the product price that is passed on to the price of scrap.
pub const PRICE_LINKAGE_KEY: &str = "policy.price_linkage.all";
/// What the high-purity grade of aluminium is sold for, as a multiple of the ordinary price.
pub const GRADE_PREMIUM_KEY: &str = "price.grade_premium.Al";
/// Share of the aluminium made that is sold at that grade.
pub const GRADE_SHARE_KEY: &str = "policy.grade_share.Al";
/// Up to here people bring their scrap themselves, km by road.
pub const PICKUP_FROM_KEY: &str = "policy.pickup_from.all";
/// So many km beyond it scrap is picked up at the door.
pub const PICKUP_RADIUS_KEY: &str = "policy.pickup_radius.all";
/// What that costs on top, yuan a gross tonne.
pub const PICKUP_COST_KEY: &str = "policy.pickup_cost.all";
/// Whose electricity a plant uses: 1 the national average, 2 the grid of its province.
pub const GRID_MODE_KEY: &str = "process.grid_mode.all";
/// The electricity behind the emission factors of smelting, kg CO2 a kWh.
pub const GRID_REFERENCE_KEY: &str = "process.grid_reference.all";
/// Share of the electricity of plants that is green, per cent.
pub const GREEN_POWER_KEY: &str = "policy.green_power.all";
/// What may be spent on upgrades and new sites, bn yuan; 0: nobody asks.
pub const BUDGET_KEY: &str = "policy.budget.all";

/// Percentage points by which a cluster collects more of a stream than the general rate says.
#[must_use]
pub fn recovery_points_key(stream: Stream, cluster: Cluster) -> String {
    format!("policy.recovery_points.{}.{}", stream.table_key(), cluster.key())
}

/// By how many per cent demand for the recycled metal of a stream grows.
#[must_use]
pub fn demand_growth_key(stream: Stream) -> String {
    format!("policy.demand_growth.{}", stream.table_key())
}

/// Whether a mode may be used, 1 or 2; `None` for the road, which cannot be banned.
#[must_use]
pub fn mode_key(mode: Mode) -> Option<String> {
    (mode != Mode::Road).then(|| format!("policy.mode.all.{}", mode.key()))
}

/// The emission factor of the grid of a province, kg CO2 a kWh; the province in Chinese as the tables write it.
#[must_use]
pub fn grid_key(province: &str) -> String {
    format!("process.grid.all.{province}")
}

/// What building a facility costs: a collection point or hub in m yuan each, a smelter in yuan a tonne of yearly capacity.
#[must_use]
pub fn site_cost_key(kind: FacilityKind) -> Option<String> {
    (!kind.is_terminal()).then(|| format!("policy.site_cost.all.{}", kind.key()))
}

/// The subsidy that plants of a cluster get a tonne of metal they make of the stream, in yuan.
#[must_use]
pub fn subsidy_key(stream: Stream, cluster: Cluster) -> String {
    format!("policy.subsidy.{}.{}", stream.table_key(), cluster.key())
}
