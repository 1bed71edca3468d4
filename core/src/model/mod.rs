//! The things of the planning model: clusters, metals, places, demand cells, facilities, norms and where every number comes from.

mod claim;
mod cluster;
mod facility;
mod mode;
mod norm;
mod place;
mod plant;
mod policy;
mod region;
mod scrap;
mod source;
mod stream;
mod unnamed;

pub use claim::{CheckedAgainst, Claim, Role, Standing};
pub use cluster::{Cluster, PerCluster};
pub use facility::{Capacity, CapacityUnit, Facility, FacilityKind, LocationPrecision, Status};
pub use mode::{Mode, ModeSet, PerMode};
pub use norm::{HouseholdLimits, Norm, NormMetric};
pub use place::{DemandCell, Name, Place, PlaceKind, Prefecture};
pub use plant::{Effect, PlantFeature, PlantFeatures, Technology, subsidy_yuan_per_t};
pub use policy::{
    BUDGET_KEY, CONTRACT_COST_FACTOR_KEY, GRADE_PREMIUM_KEY, GRADE_SHARE_KEY, GREEN_POWER_KEY, GRID_MODE_KEY,
    GRID_REFERENCE_KEY, PICKUP_COST_KEY, PICKUP_FROM_KEY, PICKUP_RADIUS_KEY, PRICE_LINKAGE_KEY, SUBSIDY_CLASS_KEY,
    demand_growth_key, grid_key, mode_key, recovery_points_key, site_cost_key, subsidy_key,
};
pub use region::{Baseline, Ground, MOST_ACCESS_M, Region};
pub use scrap::{ScrapModel, weight_keys};
pub use source::{Basis, Certainty, Confidence, Origin, Parameter, Parameters};
pub use stream::{Metal, MetalSet, PerStream, Stream};
pub use unnamed::{effective_t, national_target_t, unnamed_capacity};
