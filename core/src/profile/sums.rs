//! The sums of a territory: what is added up before anything is divided.

use super::Area;
use crate::{
    allocation::Account,
    catchment::Equity,
    footprint::Sums,
    model::{PerCluster, PerStream},
    units::{Amount, Count, KgCo2e, Km, People, TonneKm, Tonnes, Yuan},
};
use serde::{Deserialize, Serialize};

/// Tonnes of every stream.
pub type TonnesByStream = PerStream<Amount<Tonnes>>;

/// What a territory holds and does in a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Which.
    pub area: Area,
    /// How much of the map it is.
    pub extent: Extent,
    /// Residents.
    pub people: Amount<People>,
    /// GDP a year.
    pub gdp_yuan: Amount<Yuan>,
    /// Scrap that arises, metal.
    pub generated_t: TonnesByStream,
    /// Scrap that is collected, metal.
    pub collected_t: TonnesByStream,
    /// Recycled metal made. Without unnamed capacity where the territory is a part of a cluster.
    pub product_t: TonnesByStream,
    /// Demand for recycled metal: a province's is shared out by secondary value added, modelled.
    pub demand_t: TonnesByStream,
    /// Collected, but nobody takes it, metal.
    pub unallocated_t: TonnesByStream,
    /// Collection points and who they reach.
    pub access: Access,
    /// Hauls of scrap that begin at its collection points.
    pub hauls: Hauls,
    /// Hubs.
    pub hubs: Hubs,
    /// Smelters, by the first metal that they make.
    pub smelters: PerStream<Smelters>,
    /// What crosses its border.
    pub trade: Trade,
    /// Cost and emissions of the allocation: hauls where they begin.
    pub account: Account,
    /// The account of carbon and energy: transport, processing, and what is avoided.
    pub carbon: Sums,
    /// Who owns the capacity.
    pub market: Market,
    /// Siting norms that it keeps.
    pub norms: Norms,
    /// How far its data can be trusted.
    pub data: Data,
}

/// How much of the map a territory is: some numbers are known of whole clusters or provinces alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Its prefectures.
    pub prefectures: u32,
    /// True where it holds a part of a cluster and not the whole.
    pub cuts_cluster: bool,
    /// True where it holds a part of a province's prefectures and not all.
    pub cuts_province: bool,
}

/// Collection points, and how far people are from them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// Open collection points of the map; those of the baseline are aggregates.
    pub points: Amount<Count>,
    /// Real street points that they stand for.
    pub real_points: Amount<Count>,
    /// Those that the plan adds.
    pub added: Amount<Count>,
    /// Residents within the question's limit.
    pub within: Amount<People>,
    /// Residents in all, as the question counts them.
    pub asked: Amount<People>,
    /// Gross tonnes within the question's limit.
    pub within_t: Amount<Tonnes>,
    /// Gross tonnes in all, of the question's stream or of all.
    pub asked_t: Amount<Tonnes>,
    /// Gross tonnes that are brought to a point.
    pub brought_t: Amount<Tonnes>,
    /// And how far.
    pub brought_tkm: Amount<TonneKm>,
    /// What bringing them costs.
    pub collection_yuan: Amount<Yuan>,
    /// What bringing them emits.
    pub collection_kg_co2e: Amount<KgCo2e>,
    /// How unequal ways to the point are, km by road, weighed by residents; `None` where nobody reaches one.
    pub equity: Option<Equity>,
}

/// Hauls of scrap from points to smelters, as allocated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hauls {
    /// Gross tonnes that leave points.
    pub hauled_t: Amount<Tonnes>,
    /// Times the whole way to the smelter.
    pub hauled_tkm: Amount<TonneKm>,
    /// 95 % of them go no further.
    pub p95: Option<Amount<Km>>,
}

/// Hubs of a territory. Tonnes are gross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hubs {
    /// How many take part.
    pub count: Amount<Count>,
    /// What they can handle.
    pub capacity_t: Amount<Tonnes>,
    /// What they handle.
    pub used_t: Amount<Tonnes>,
}

/// Smelters of a territory whose first metal is of one stream. Tonnes are of recycled metal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Smelters {
    /// Named plants that run.
    pub count: Amount<Count>,
    /// Of these, those of which nobody knows a capacity: nothing is sent there.
    pub unknown: Amount<Count>,
    /// What named plants can make at the assumed utilisation.
    pub named_t: Amount<Tonnes>,
    /// What nobody named: modelled, by cluster.
    pub unnamed_t: Amount<Tonnes>,
    /// What named plants make, of all metals.
    pub named_used_t: Amount<Tonnes>,
    /// What unnamed capacity makes.
    pub unnamed_used_t: Amount<Tonnes>,
}

/// What crosses the border of a territory. Scrap is gross, each leg of a journey by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trade {
    /// Scrap that comes in from elsewhere in the clusters.
    pub from_clusters_t: Amount<Tonnes>,
    /// Scrap that comes in from the corridor provinces.
    pub from_corridor_t: Amount<Tonnes>,
    /// Scrap that comes in from abroad.
    pub imported_t: Amount<Tonnes>,
    /// Scrap that leaves.
    pub out_t: Amount<Tonnes>,
    /// Recycled metal that its users get from elsewhere.
    pub product_in_t: Amount<Tonnes>,
    /// Recycled metal that goes to users elsewhere.
    pub product_out_t: Amount<Tonnes>,
    /// Recycled metal that leaves for abroad.
    pub exported_t: Amount<Tonnes>,
}

/// Who owns the named smelter capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Market {
    /// Firms with capacity.
    pub firms: Amount<Count>,
    /// Sum of squared shares of the firms, from 0 to 1; `None` without capacity.
    pub hhi: Option<f64>,
    /// The same among smelters of one stream.
    pub hhi_by_stream: PerStream<Option<f64>>,
    /// Firms of at least the leaders' threshold, all their plants on the map together.
    pub leaders: Amount<Count>,
    /// The capacity that these have here.
    pub leaders_t: Amount<Tonnes>,
}

/// Findings of the general profile of norms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Norms {
    /// Kept.
    pub passes: Amount<Count>,
    /// Not kept.
    pub fails: Amount<Count>,
    /// The data do not say.
    pub cannot_say: Amount<Count>,
}

/// How much of the data is published, estimated and modelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Hubs and smelters, unnamed capacity included.
    pub plants: Trust<Amount<Count>>,
    /// Smelter capacity, unnamed included.
    pub capacity_t: Trust<Amount<Tonnes>>,
    /// Values behind the measures: parameters, and the rows of the territory's prefectures.
    pub values: Trust<Amount<Count>>,
}

/// One value a degree of certainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trust<T> {
    /// Published, or set by the user.
    pub known: T,
    /// Claimed, recalled, derived, estimated or of unknown origin.
    pub estimated: T,
    /// Assumed or modelled.
    pub modelled: T,
}

/// All three clusters together, and each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profiles {
    /// All three.
    pub all: Profile,
    /// Each.
    pub by_cluster: PerCluster<Profile>,
}

impl PerStream<Amount<Tonnes>> {
    /// The sum over all streams.
    #[must_use]
    pub fn sum(&self) -> Amount<Tonnes> {
        self.al + self.cu + self.pb + self.zn + self.other
    }
}
