//! What the allocation answers: plain data, for files and the worker's border.
//!
//! **Tonnes.** `gross_t` is what is carried, `metal_t` the metal in it, both tonnes a year where the flow begins; `product_t` is
//! the recycled metal that comes of it in the end.

use crate::{
    account::Haul,
    model::{Cluster, PerCluster, PerMode, PerStream, Stream},
};
use serde::{Deserialize, Serialize};

/// How sure an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Proved: objective and bound agree within a relative gap of 1e-6.
    #[default]
    Optimal,
    /// Kept to every rule, but not proved to be the best.
    Feasible,
    /// Some contract or cap cannot be kept: [`Answer::obstacles`] says which and what would help. The flows are the nearest that can be.
    Infeasible,
}

impl Status {
    /// The stable key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Optimal => "Optimal",
            Self::Feasible => "Feasible",
            Self::Infeasible => "Infeasible",
        }
    }
}

/// The stage of the journey that a flow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// Scrap from a point or gateway to a hub.
    ToHub,
    /// Sorted scrap from a hub to a smelter.
    ToSmelter,
    /// Scrap straight to a smelter.
    Direct,
    /// Scrap straight to a smelter under a contract.
    Contract,
    /// Recycled metal to where it is used.
    ToDemand,
    /// Recycled metal to a port, for export.
    Export,
}

impl Leg {
    /// All legs in the order of the journey.
    pub const ALL: [Self; 6] =
        [Self::ToHub, Self::ToSmelter, Self::Direct, Self::Contract, Self::ToDemand, Self::Export];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ToHub => "to_hub",
            Self::ToSmelter => "to_smelter",
            Self::Direct => "direct",
            Self::Contract => "contract",
            Self::ToDemand => "to_demand",
            Self::Export => "export",
        }
    }

    /// True where scrap is carried; else recycled metal.
    #[must_use]
    pub const fn is_scrap(self) -> bool {
        !matches!(self, Self::ToDemand | Self::Export)
    }
}

/// One end of a flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// A collection point, hub, smelter or port, by its id.
    Facility(String),
    /// A prefecture between the clusters that sends scrap in, by its code.
    Corridor(u32),
    /// Imports that arrive at a port, by its id.
    Import(String),
    /// Demand for recycled metal of a province, in Chinese as the tables write it.
    Demand(String),
}

impl End {
    /// How it is called in files: the facility's id, `corridor:410100`, `import:PT001`, `demand:江苏省`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Facility(id) => id.clone(),
            Self::Corridor(code) => format!("corridor:{code}"),
            Self::Import(id) => format!("import:{id}"),
            Self::Demand(province) => format!("demand:{province}"),
        }
    }
}

/// Where ends of flows are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What it is.
    pub end: End,
    /// Its position.
    pub at: crate::geo::LonLat,
    /// Its cluster; none in the corridor and for imports.
    pub cluster: Option<Cluster>,
    /// Its province in Chinese.
    pub province: String,
    /// Code of the prefecture it is in or nearest to.
    pub adcode: u32,
}

/// A flow between two places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// Stage of the journey.
    pub leg: Leg,
    /// Row of [`Answer::places`] where it begins.
    pub from: u32,
    /// Row of [`Answer::places`] where it ends.
    pub to: u32,
    /// Stream.
    pub stream: Stream,
    /// What is carried.
    pub gross_t: f64,
    /// Metal in it.
    pub metal_t: f64,
    /// Recycled metal that comes of it.
    pub product_t: f64,
    /// Kilometres by mode.
    pub km: PerMode<f64>,
    /// What a tonne carried costs, takes and emits on the way, borders included.
    pub haul: Haul,
    /// How often goods board or leave each mode; for trucks how often they are loaded or unloaded. A mean where points of a
    /// prefecture send together.
    pub ends: PerMode<f64>,
}

/// Tonnes of metal a year from where they come to where they end. What enters equals what leaves: see [`Balance::off_t`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// Collected in the clusters, metal.
    pub collected_t: f64,
    /// Sent in by the corridor provinces, metal.
    pub corridor_t: f64,
    /// Imported, metal.
    pub imported_t: f64,
    /// Scrap of cells that no collection point can be reached from, metal.
    pub unreached_t: f64,
    /// Collected, but no hub or smelter takes it: the slack that is minimised first, metal.
    pub unallocated_t: f64,
    /// Lost in sorting, metal.
    pub sorting_loss_t: f64,
    /// Lost in smelting, metal.
    pub smelting_loss_t: f64,
    /// Recycled metal made.
    pub product_t: f64,
    /// Recycled metal used in the clusters.
    pub used_t: f64,
    /// Recycled metal exported.
    pub exported_t: f64,
    /// Demand for recycled metal.
    pub demand_t: f64,
    /// Demand that nothing meets: slack, minimised first.
    pub unmet_t: f64,
    /// What the corridor and imports could still send, metal.
    pub unused_inflow_t: f64,
}

impl Balance {
    /// What enters minus what leaves, is lost or left over: rounding apart 0.
    #[must_use]
    pub fn off_t(&self) -> f64 {
        let entered = self.collected_t + self.corridor_t + self.imported_t;
        let left = self.unreached_t + self.unallocated_t + self.sorting_loss_t + self.smelting_loss_t;
        entered - left - self.product_t
    }
}

/// What the plan costs and emits a year, by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Haul and handling of scrap to hubs and smelters, yuan.
    pub scrap_haul_yuan: f64,
    /// Sorting at hubs, yuan.
    pub sorting_yuan: f64,
    /// Smelting, yuan.
    pub smelting_yuan: f64,
    /// Haul of recycled metal to its users and ports, yuan.
    pub product_haul_yuan: f64,
    /// Part of the hauls that is paid at borders, yuan.
    pub friction_yuan: f64,
    /// Scrap bought from the corridor provinces and abroad, yuan.
    pub inflow_yuan: f64,
    /// Price of the emissions, yuan.
    pub carbon_yuan: f64,
    /// Subsidies received, yuan (positive; they lower the cost).
    pub subsidy_yuan: f64,
    /// Emissions of transport, kg CO2e.
    pub transport_kg_co2e: f64,
    /// Emissions of smelting, kg CO2e.
    pub smelting_kg_co2e: f64,
    /// Tonne-kilometres by mode.
    pub tonne_km: PerMode<f64>,
    /// Gross tonnes of scrap that leave their cluster for another.
    pub cross_cluster_t: f64,
    /// What the metal made sells for, yuan, where it is made; no part of the cost. Streams without a price count nothing.
    #[serde(default)]
    pub product_value_yuan: f64,
    /// What points of the clusters are paid for their scrap, yuan, where it is collected; no part of the cost: whoever pays it
    /// and whoever gets it are both in the plan. Streams without a price count nothing.
    #[serde(default)]
    pub scrap_purchase_yuan: f64,
}

impl Account {
    /// What all of it costs, in yuan a year.
    #[must_use]
    pub fn yuan(&self) -> f64 {
        self.scrap_haul_yuan
            + self.sorting_yuan
            + self.smelting_yuan
            + self.product_haul_yuan
            + self.inflow_yuan
            + self.carbon_yuan
            - self.subsidy_yuan
    }

    /// All emissions in kg CO2e a year.
    #[must_use]
    pub fn kg_co2e(&self) -> f64 {
        self.transport_kg_co2e + self.smelting_kg_co2e
    }
}

/// What one place answers for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// Cost and emissions.
    pub account: Account,
    /// Collected there, but nobody takes it, metal.
    pub unallocated_t: PerStream<f64>,
}

/// What a price is: capacity and scrap are worth the yuan they save, and where something is short also the tonnes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// Yuan a tonne that one more tonne saves.
    pub yuan_per_t: f64,
    /// Tonnes of unallocated scrap or unmet demand that one more tonne removes, in recycled metal; these go before any yuan.
    pub slack_t: f64,
}

/// What a hub or smelter does, and what more of it would be worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacilityUse {
    /// The facility.
    pub id: String,
    /// Capacity in force: gross tonnes at hubs, tonnes of recycled metal at smelters (nameplate x utilisation). `None` where
    /// nobody knows one: nothing is sent there.
    pub capacity_t: Option<f64>,
    /// Used, in the same unit, by stream.
    pub used_t: PerStream<f64>,
    /// What one more tonne of capacity saves. One-sided: it holds for an increase, and only over a range
    /// ([`super::Worth`]).
    pub price: Price,
}

/// What scrap is worth at a place: what one more tonne of metal collected there would save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScrapPrice {
    /// Row of [`Answer::places`].
    pub place: u32,
    /// By stream; `None` where the stream has no supply there.
    pub price: PerStream<Option<Price>>,
}

/// Why a contract or cap cannot be kept, or scrap cannot be taken, and the cheapest way out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// A contract gets less than its minimum: the group's scrap, the plant's capacity or both are too small.
    Contract {
        /// The contract's id.
        id: String,
        /// Tonnes of metal that are missing.
        short_t: f64,
        /// Metal that the group of sources collects of the stream.
        supply_t: f64,
        /// Metal that the plant can take of the stream.
        capacity_t: f64,
    },
    /// Scrap of a stream is left over for want of capacity.
    Unallocated {
        /// The stream.
        stream: Stream,
        /// Tonnes of metal left over.
        short_t: f64,
        /// The facility where one more tonne of capacity helps at least cost, with the yuan a tonne it then costs; `None`
        /// where no facility alone would help.
        way_out: Option<(String, f64)>,
    },
    /// Demand of a stream's metal is unmet.
    Unmet {
        /// The stream.
        stream: Stream,
        /// Tonnes of recycled metal missing.
        short_t: f64,
        /// The facility where one more tonne of capacity helps at least cost, as above; `None` where scrap is what is missing.
        way_out: Option<(String, f64)>,
    },
    /// A cap holds back scrap or demand: with one more tonne of the cap so much slack goes.
    Cap {
        /// `co2` or `cross_cluster`.
        cap: String,
        /// The cap in its tonnes.
        limit_t: f64,
        /// What one more tonne of the cap is worth.
        price: Price,
    },
    /// A plant or hub that no way leads to, or a contract about something that is not in the plan.
    Unusable {
        /// Facility or contract.
        id: String,
        /// `no_way`, `no_capacity`, `unknown_plant`, `not_taken`, `no_source` (stable keys).
        reason: String,
    },
}

/// How large the problem was, and how much work it took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Nodes of all networks.
    pub nodes: u32,
    /// Arcs of all networks.
    pub arcs: u32,
    /// Shared limits.
    pub rows: u32,
    /// Pivots of the network simplex.
    pub pivots: u64,
    /// Rounds of column generation.
    pub rounds: u32,
}

/// Who sends what where, what it costs, and what more would be worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// How sure it is.
    pub status: Status,
    /// What was minimised, without slack: yuan a year for the objective of cost, kg CO2e for that of CO2, their weighted sum
    /// otherwise.
    pub objective: f64,
    /// No plan with as little slack has less.
    pub bound: f64,
    /// (objective - bound) / |objective|.
    pub gap: f64,
    /// Size of the problem.
    pub size: Size,
    /// Places that flows join.
    pub places: Vec<Place>,
    /// Flows above 0, by stage, stream and place.
    pub flows: Vec<Flow>,
    /// All streams' balances: everything together.
    pub balance: PerStream<Balance>,
    /// The same by cluster: scrap where it is collected, product where it is made, demand where it is.
    pub by_cluster: PerCluster<PerStream<Balance>>,
    /// The same by province, in Chinese as the tables write it.
    pub by_province: Vec<(String, PerStream<Balance>)>,
    /// Gross tonnes of scrap from cluster (row) to cluster (column); the fourth row is corridor and imports.
    pub scrap_matrix: [[PerStream<f64>; 3]; 4],
    /// Tonnes of recycled metal from cluster to cluster; the fourth column is export.
    pub product_matrix: [[PerStream<f64>; 4]; 3],
    /// Cost and emissions.
    pub account: Account,
    /// The same by cluster: hauls where they begin.
    pub account_by_cluster: PerCluster<Account>,
    /// What each place answers for, by row of [`Answer::places`]: hauls where they begin. Sums of any territory come from
    /// these; they stay where they were computed and go to no file.
    #[serde(skip)]
    pub ledger: Vec<Entry>,
    /// Hubs and smelters, by id.
    pub facilities: Vec<FacilityUse>,
    /// What scrap is worth where it arises.
    pub scrap_prices: Vec<ScrapPrice>,
    /// What is in the way.
    pub obstacles: Vec<Obstacle>,
}

/// What more capacity of one facility would be worth: the saving, step by step, each by solving again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// The facility.
    pub id: String,
    /// What each tonne of the first kt saves, on the mean.
    pub price: Price,
    /// Up to so many more tonnes a year each saves the same, to a hundredth.
    pub upto_t: f64,
    /// More capacity in tonnes a year, ascending, and what it saves a year.
    pub steps: Vec<WorthStep>,
}

/// A step of [`Worth`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorthStep {
    /// So much more capacity, tonnes a year.
    pub added_t: f64,
    /// Saves so many yuan (or of the objective's unit) a year.
    pub saved_yuan: f64,
    /// And takes away so many tonnes of slack.
    pub slack_t: f64,
}
