//! The sums of a territory.

use super::Area;
use crate::{
    allocation::Account,
    comparison::Measured,
    model::{PerCluster, PerStream, Region},
};
use serde::{Deserialize, Serialize};

/// What a territory holds and does in a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Which.
    pub area: Area,
    /// Residents.
    pub people: f64,
    /// GDP, yuan a year.
    pub gdp_yuan: f64,
    /// Scrap that arises, tonnes of metal.
    pub generated_t: PerStream<f64>,
    /// Scrap that is collected, tonnes of metal.
    pub collected_t: PerStream<f64>,
    /// Recycled metal made, tonnes.
    pub product_t: PerStream<f64>,
    /// Demand for recycled metal, tonnes.
    pub demand_t: PerStream<f64>,
    /// Cost and emissions: hauls where they begin.
    pub account: Account,
}

/// All three clusters together, and each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profiles {
    /// All three.
    pub all: Profile,
    /// Each.
    pub by_cluster: PerCluster<Profile>,
}

impl Profiles {
    /// Reads them out of a scenario that has been measured.
    #[must_use]
    pub fn new(region: &Region, of: &Measured) -> Self {
        Self {
            all: profile(region, of, &Area::All),
            by_cluster: PerCluster::from_fn(|c| profile(region, of, &Area::Cluster(c))),
        }
    }
}

/// What a territory amounts to in a scenario that has been measured.
#[must_use]
pub fn profile(region: &Region, of: &Measured, area: &Area) -> Profile {
    let _ = region;
    let outcome = &of.outcome;
    let mut profile = Profile { area: area.clone(), ..Profile::default() };
    if let Area::Cluster(c) = area {
        let figures = &outcome.by_cluster[*c];
        profile.people = figures.people;
        profile.generated_t = figures.generated_t;
        profile.collected_t = figures.collected_t;
        profile.account = outcome.account_by_cluster[*c];
        let balance = &outcome.balance_by_cluster[*c];
        profile.product_t = PerStream::from_fn(|s| balance[s].product_t);
        profile.demand_t = PerStream::from_fn(|s| balance[s].demand_t);
    } else {
        profile.people = outcome.total.people;
        profile.generated_t = outcome.total.generated_t;
        profile.collected_t = outcome.total.collected_t;
        profile.account = outcome.account;
        profile.product_t = PerStream::from_fn(|s| outcome.balance[s].product_t);
        profile.demand_t = PerStream::from_fn(|s| outcome.balance[s].demand_t);
    }
    profile
}
