//! The numbers that territories are compared by.

use crate::model::{Certainty, Mode, Stream};
use serde::{Deserialize, Serialize};

/// A number of a territory. Where a stream may be named, `None` is all of them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Scrap that arises, metal.
    Generated(Option<Stream>),
    /// Scrap that is collected, metal.
    Collected(Option<Stream>),
    /// Collected over generated.
    CollectionRate,
    /// Open collection points of the map.
    Points,
    /// Real street points that they stand for.
    RealPoints,
    /// Points that the plan adds.
    AddedPoints,
    /// Residents a real point.
    PeoplePerPoint,
    /// Share of residents within the question's limit.
    CoveredPeople,
    /// Share of tonnes within the question's limit.
    CoveredTonnes,
    /// Mean way to the point by road, weighed by gross tonnes.
    MeanWay,
    /// Gini coefficient of the way, weighed by residents.
    Gini,
    /// Mean way of the tenth of residents that has it worst, over that of the tenth that has it best.
    WorstToBest,
    /// Share of findings that pass, of those that say something, under the general norms.
    NormScore,
    /// Findings on which the data say nothing.
    NormsUnsaid,
    /// Mean haul from point to smelter as allocated, by gross tonnes.
    MeanHaul,
    /// 95 % of gross tonnes go no further.
    P95Haul,
    /// Tonne-kilometres of hauls that begin here, all modes or one.
    TonneKm(Option<Mode>),
    /// The share of a mode in them.
    ModeShare(Mode),
    /// What hubs can handle, gross.
    HubCapacity,
    /// What they handle, gross.
    HubUsed,
    /// The one over the other.
    HubUse,
    /// Smelter capacity of named plants by their first metal, recycled metal.
    NamedCapacity(Option<Stream>),
    /// Smelter capacity that nobody named.
    UnnamedCapacity(Option<Stream>),
    /// What named smelters make over what they can make.
    NamedUse(Option<Stream>),
    /// What unnamed capacity makes over what it could make.
    UnnamedUse(Option<Stream>),
    /// Recycled metal made.
    Made(Option<Stream>),
    /// Demand for recycled metal.
    Demand(Option<Stream>),
    /// Recycled metal made over the demand for it.
    SelfSufficiency(Stream),
    /// Own scrap collected over the demand for recycled metal.
    OwnScrap(Stream),
    /// Named capacity less scrap collected: a surplus of capacity, or where negative a deficit.
    CapacityOverCollected(Stream),
    /// Recycled metal made less the demand for it: surplus, or where negative deficit.
    MadeOverDemand(Stream),
    /// Collected, but nobody takes it.
    Unallocated,
    /// Scrap that comes in from elsewhere in the clusters, gross.
    FromClusters,
    /// Scrap that comes in from the corridor provinces, gross.
    FromCorridor,
    /// Scrap that comes in from abroad, gross.
    Imported,
    /// Scrap that leaves, gross.
    Outflow,
    /// Recycled metal from elsewhere.
    ProductIn,
    /// Recycled metal to users elsewhere.
    ProductOut,
    /// Recycled metal that leaves for abroad.
    Exported,
    /// What a stage costs.
    Stage(Stage),
    /// What all of it costs, collection included, subsidies taken off.
    Cost,
    /// The same by tonne of metal collected.
    CostPerTonne,
    /// Emissions of collection rounds.
    CollectionCo2,
    /// Emissions of hauls.
    HaulCo2,
    /// Emissions of smelting.
    SmeltingCo2,
    /// Emissions of sorting, as far as its electricity is stated.
    SortingCo2,
    /// All of these.
    Emitted,
    /// What as much primary metal would have given off.
    Avoided,
    /// Avoided less emitted.
    NetAvoided,
    /// All of transport over what is avoided.
    TransportShare,
    /// Electricity of sorting and smelting, as far as it is stated.
    Electricity,
    /// Energy of smelting, as far as a norm states it.
    Energy,
    /// Herfindahl-Hirschman index of named smelter capacity.
    Hhi(Option<Stream>),
    /// Firms above the leaders' threshold.
    Leaders,
    /// Their share of the named capacity.
    LeaderShare,
    /// Share of hubs and smelters of a degree of certainty.
    PlantsOf(Certainty),
    /// Share of smelter capacity of a degree of certainty.
    CapacityOf(Certainty),
    /// Share of the values behind the measures of a degree of certainty.
    ValuesOf(Certainty),
}

/// A stage of the cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From homes and works to the points.
    Collection,
    /// Haul and handling of scrap to hubs and smelters, borders included.
    Haul,
    /// Sorting at hubs.
    Sorting,
    /// Smelting.
    Smelting,
    /// Haul of recycled metal to its users and ports.
    ProductHaul,
    /// Scrap bought from the corridor and abroad.
    Inflow,
    /// Price of the emissions.
    Carbon,
    /// Subsidies received; they lower the cost.
    Subsidy,
}

/// What a measure is about: a part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Scrap that arises and is collected.
    Collection,
    /// Points, who they reach, and how evenly.
    Access,
    /// How far scrap goes, and by what.
    Haul,
    /// Hubs and smelters: capacity and use.
    Capacity,
    /// Self-sufficiency, surplus and deficit, inflow and outflow.
    Balance,
    /// Cost by stage.
    Cost,
    /// Energy and emissions, given off and avoided.
    Carbon,
    /// Concentration.
    Structure,
    /// How far the data can be trusted.
    Data,
}

/// What a measure counts, before it is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Tonnes a year.
    Tonnes,
    /// Yuan a year.
    Yuan,
    /// kg CO2e a year.
    KgCo2e,
    /// Tonne-kilometres a year.
    TonneKm,
    /// Kilowatt-hours a year.
    Kwh,
    /// kg of coal equivalent a year.
    Kgce,
    /// Kilometres.
    Km,
    /// Things.
    Count,
    /// Residents a point.
    PeoplePerPoint,
    /// Yuan a tonne.
    YuanPerTonne,
    /// A share from 0 to 1, or more where it is a ratio.
    Share,
    /// So many times as much.
    Times,
    /// A number of its own, from 0 to 1.
    Index,
}

impl Unit {
    /// Its symbol in files.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Tonnes => "t/y",
            Self::Yuan => "yuan/y",
            Self::KgCo2e => "kg CO2e/y",
            Self::TonneKm => "t-km/y",
            Self::Kwh => "kWh/y",
            Self::Kgce => "kgce/y",
            Self::Km => "km",
            Self::Count => "1",
            Self::PeoplePerPoint => "people/point",
            Self::YuanPerTonne => "yuan/t",
            Self::Share => "share",
            Self::Times => "times",
            Self::Index => "index",
        }
    }

    /// True where it is a sum, which can be told by person, by tonne or by GDP; a ratio cannot.
    #[must_use]
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Tonnes | Self::Yuan | Self::KgCo2e | Self::TonneKm | Self::Kwh | Self::Kgce | Self::Count)
    }
}

/// What a measure is told of: one metal, mode or degree of certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A stream.
    Stream(Stream),
    /// A mode of transport.
    Mode(Mode),
    /// A stage of the cost.
    Stage(Stage),
    /// A degree of certainty.
    Certainty(Certainty),
}

impl Part {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stream(s) => s.key(),
            Self::Mode(m) => m.key(),
            Self::Stage(s) => s.key(),
            Self::Certainty(Certainty::Known) => "known",
            Self::Certainty(Certainty::Estimated) => "estimated",
            Self::Certainty(Certainty::Modelled) => "modelled",
        }
    }
}

impl Stage {
    /// All, in the order of the journey.
    pub const ALL: [Self; 8] = [
        Self::Collection,
        Self::Haul,
        Self::Sorting,
        Self::Smelting,
        Self::ProductHaul,
        Self::Inflow,
        Self::Carbon,
        Self::Subsidy,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Haul => "haul",
            Self::Sorting => "sorting",
            Self::Smelting => "smelting",
            Self::ProductHaul => "product_haul",
            Self::Inflow => "inflow",
            Self::Carbon => "carbon",
            Self::Subsidy => "subsidy",
        }
    }
}

impl Section {
    /// All, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Collection,
        Self::Access,
        Self::Haul,
        Self::Capacity,
        Self::Balance,
        Self::Cost,
        Self::Carbon,
        Self::Structure,
        Self::Data,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Access => "access",
            Self::Haul => "haul",
            Self::Capacity => "capacity",
            Self::Balance => "balance",
            Self::Cost => "cost",
            Self::Carbon => "carbon",
            Self::Structure => "structure",
            Self::Data => "data",
        }
    }
}

/// The degrees of certainty, in the order of the legend.
pub const CERTAINTIES: [Certainty; 3] = [Certainty::Known, Certainty::Estimated, Certainty::Modelled];

/// All streams together, then each.
fn by_stream(of: fn(Option<Stream>) -> Measure) -> impl Iterator<Item = Measure> {
    std::iter::once(None).chain(Stream::ALL.map(Some)).map(of)
}

impl Measure {
    /// All, in the order of the table.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = by_stream(Self::Generated).chain(by_stream(Self::Collected)).collect();
        all.push(Self::CollectionRate);
        all.extend([Self::Points, Self::RealPoints, Self::AddedPoints, Self::PeoplePerPoint]);
        all.extend([Self::CoveredPeople, Self::CoveredTonnes, Self::MeanWay, Self::Gini, Self::WorstToBest]);
        all.extend([Self::NormScore, Self::NormsUnsaid]);
        all.extend([Self::MeanHaul, Self::P95Haul, Self::TonneKm(None)]);
        all.extend(Mode::ALL.map(|m| Self::TonneKm(Some(m))));
        all.extend(Mode::ALL.map(Self::ModeShare));
        all.extend([Self::HubCapacity, Self::HubUsed, Self::HubUse]);
        for of in [Self::NamedCapacity, Self::UnnamedCapacity, Self::NamedUse, Self::UnnamedUse] {
            all.extend(by_stream(of));
        }
        all.extend(by_stream(Self::Made).chain(by_stream(Self::Demand)));
        for of in [Self::SelfSufficiency, Self::OwnScrap, Self::CapacityOverCollected, Self::MadeOverDemand] {
            all.extend(Stream::ALL.map(of));
        }
        all.extend([Self::Unallocated, Self::FromClusters, Self::FromCorridor, Self::Imported, Self::Outflow]);
        all.extend([Self::ProductIn, Self::ProductOut, Self::Exported]);
        all.extend([Self::Cost, Self::CostPerTonne]);
        all.extend(Stage::ALL.map(Self::Stage));
        all.extend([Self::Avoided, Self::Emitted, Self::NetAvoided, Self::TransportShare, Self::CollectionCo2]);
        all.extend([Self::HaulCo2, Self::SortingCo2, Self::SmeltingCo2, Self::Electricity, Self::Energy]);
        all.extend(by_stream(Self::Hhi));
        all.extend([Self::Leaders, Self::LeaderShare]);
        for of in [Self::PlantsOf, Self::CapacityOf, Self::ValuesOf] {
            all.extend(CERTAINTIES.map(of));
        }
        all
    }

    /// The stable key in files and translations: the family's, and the part's behind it.
    #[must_use]
    pub fn key(self) -> String {
        self.part().map_or_else(|| self.family().to_owned(), |part| format!("{}_{}", self.family(), part.key()))
    }

    /// The key without the part: measures of one family share name, formula and unit.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::Generated(_) => "generated_t",
            Self::Collected(_) => "collected_t",
            Self::CollectionRate => "collection_rate",
            Self::Points => "points",
            Self::RealPoints => "real_points",
            Self::AddedPoints => "added_points",
            Self::PeoplePerPoint => "people_per_point",
            Self::CoveredPeople => "covered_people",
            Self::CoveredTonnes => "covered_tonnes",
            Self::MeanWay => "mean_way_km",
            Self::Gini => "gini",
            Self::WorstToBest => "worst_to_best",
            Self::NormScore => "norm_score",
            Self::NormsUnsaid => "norms_unsaid",
            Self::MeanHaul => "mean_haul_km",
            Self::P95Haul => "p95_haul_km",
            Self::TonneKm(_) => "tonne_km",
            Self::ModeShare(_) => "mode_share",
            Self::HubCapacity => "hub_capacity_t",
            Self::HubUsed => "hub_used_t",
            Self::HubUse => "hub_use",
            Self::NamedCapacity(_) => "named_capacity_t",
            Self::UnnamedCapacity(_) => "unnamed_capacity_t",
            Self::NamedUse(_) => "named_use",
            Self::UnnamedUse(_) => "unnamed_use",
            Self::Made(_) => "made_t",
            Self::Demand(_) => "demand_t",
            Self::SelfSufficiency(_) => "self_sufficiency",
            Self::OwnScrap(_) => "own_scrap",
            Self::CapacityOverCollected(_) => "capacity_over_collected_t",
            Self::MadeOverDemand(_) => "made_over_demand_t",
            Self::Unallocated => "unallocated_t",
            Self::FromClusters => "from_clusters_t",
            Self::FromCorridor => "from_corridor_t",
            Self::Imported => "imported_t",
            Self::Outflow => "outflow_t",
            Self::ProductIn => "product_in_t",
            Self::ProductOut => "product_out_t",
            Self::Exported => "exported_t",
            Self::Stage(_) => "stage_yuan",
            Self::Cost => "cost_yuan",
            Self::CostPerTonne => "cost_yuan_per_t",
            Self::CollectionCo2 => "collection_kg_co2e",
            Self::HaulCo2 => "haul_kg_co2e",
            Self::SmeltingCo2 => "smelting_kg_co2e",
            Self::SortingCo2 => "sorting_kg_co2e",
            Self::Avoided => "avoided_kg_co2e",
            Self::NetAvoided => "net_avoided_kg_co2e",
            Self::TransportShare => "transport_share",
            Self::Electricity => "electricity_kwh",
            Self::Energy => "energy_kgce",
            Self::Emitted => "emitted_kg_co2e",
            Self::Hhi(_) => "hhi",
            Self::Leaders => "leaders",
            Self::LeaderShare => "leader_share",
            Self::PlantsOf(_) => "plants",
            Self::CapacityOf(_) => "capacity",
            Self::ValuesOf(_) => "values",
        }
    }

    /// What it is told of.
    #[must_use]
    pub const fn part(self) -> Option<Part> {
        match self {
            Self::Generated(Some(s)) | Self::Collected(Some(s)) | Self::NamedCapacity(Some(s)) => Some(Part::Stream(s)),
            Self::UnnamedCapacity(Some(s)) | Self::NamedUse(Some(s)) | Self::UnnamedUse(Some(s)) => {
                Some(Part::Stream(s))
            }
            Self::Made(Some(s)) | Self::Demand(Some(s)) | Self::Hhi(Some(s)) => Some(Part::Stream(s)),
            Self::SelfSufficiency(s) | Self::OwnScrap(s) => Some(Part::Stream(s)),
            Self::CapacityOverCollected(s) | Self::MadeOverDemand(s) => Some(Part::Stream(s)),
            Self::TonneKm(Some(m)) | Self::ModeShare(m) => Some(Part::Mode(m)),
            Self::Stage(s) => Some(Part::Stage(s)),
            Self::PlantsOf(c) | Self::CapacityOf(c) | Self::ValuesOf(c) => Some(Part::Certainty(c)),
            _ => None,
        }
    }

    /// The measure of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|m| m.key() == key)
    }

    /// What it is about.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Generated(_) | Self::Collected(_) | Self::CollectionRate => Section::Collection,
            Self::Points | Self::RealPoints | Self::AddedPoints | Self::PeoplePerPoint => Section::Access,
            Self::CoveredPeople | Self::CoveredTonnes | Self::MeanWay | Self::Gini => Section::Access,
            Self::WorstToBest | Self::NormScore | Self::NormsUnsaid => Section::Access,
            Self::MeanHaul | Self::P95Haul | Self::TonneKm(_) | Self::ModeShare(_) => Section::Haul,
            Self::HubCapacity | Self::HubUsed | Self::HubUse | Self::NamedCapacity(_) => Section::Capacity,
            Self::UnnamedCapacity(_) | Self::NamedUse(_) | Self::UnnamedUse(_) => Section::Capacity,
            Self::Made(_) | Self::Demand(_) | Self::SelfSufficiency(_) | Self::OwnScrap(_) => Section::Balance,
            Self::CapacityOverCollected(_) | Self::MadeOverDemand(_) | Self::Unallocated => Section::Balance,
            Self::FromClusters | Self::FromCorridor | Self::Imported | Self::Outflow => Section::Balance,
            Self::ProductIn | Self::ProductOut | Self::Exported => Section::Balance,
            Self::Stage(_) | Self::Cost | Self::CostPerTonne => Section::Cost,
            Self::CollectionCo2 | Self::HaulCo2 | Self::SmeltingCo2 | Self::SortingCo2 => Section::Carbon,
            Self::Emitted | Self::Avoided | Self::NetAvoided | Self::TransportShare => Section::Carbon,
            Self::Electricity | Self::Energy => Section::Carbon,
            Self::Hhi(_) | Self::Leaders | Self::LeaderShare => Section::Structure,
            Self::PlantsOf(_) | Self::CapacityOf(_) | Self::ValuesOf(_) => Section::Data,
        }
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Generated(_) | Self::Collected(_) | Self::Made(_) | Self::Demand(_) | Self::Unallocated => {
                Unit::Tonnes
            }
            Self::HubCapacity | Self::HubUsed | Self::NamedCapacity(_) | Self::UnnamedCapacity(_) => Unit::Tonnes,
            Self::CapacityOverCollected(_) | Self::MadeOverDemand(_) => Unit::Tonnes,
            Self::FromClusters | Self::FromCorridor | Self::Imported | Self::Outflow => Unit::Tonnes,
            Self::ProductIn | Self::ProductOut | Self::Exported => Unit::Tonnes,
            Self::Points | Self::RealPoints | Self::AddedPoints | Self::NormsUnsaid | Self::Leaders => Unit::Count,
            Self::PeoplePerPoint => Unit::PeoplePerPoint,
            Self::MeanWay | Self::MeanHaul | Self::P95Haul => Unit::Km,
            Self::TonneKm(_) => Unit::TonneKm,
            Self::Gini | Self::Hhi(_) => Unit::Index,
            Self::WorstToBest => Unit::Times,
            Self::CollectionRate | Self::CoveredPeople | Self::CoveredTonnes | Self::NormScore => Unit::Share,
            Self::ModeShare(_) | Self::HubUse | Self::NamedUse(_) | Self::UnnamedUse(_) => Unit::Share,
            Self::SelfSufficiency(_) | Self::OwnScrap(_) | Self::LeaderShare => Unit::Share,
            Self::PlantsOf(_) | Self::CapacityOf(_) | Self::ValuesOf(_) => Unit::Share,
            Self::Stage(_) | Self::Cost => Unit::Yuan,
            Self::CostPerTonne => Unit::YuanPerTonne,
            Self::CollectionCo2 | Self::HaulCo2 | Self::SmeltingCo2 | Self::SortingCo2 => Unit::KgCo2e,
            Self::Emitted | Self::Avoided | Self::NetAvoided => Unit::KgCo2e,
            Self::TransportShare => Unit::Share,
            Self::Electricity => Unit::Kwh,
            Self::Energy => Unit::Kgce,
        }
    }

    /// True where less is better, false where more is; `None` where neither is a merit by itself.
    #[must_use]
    pub const fn less_is_better(self) -> Option<bool> {
        match self {
            Self::Made(_) | Self::SelfSufficiency(_) | Self::CollectionRate => Some(false),
            Self::CoveredPeople | Self::CoveredTonnes | Self::NormScore => Some(false),
            Self::PlantsOf(Certainty::Known) | Self::CapacityOf(Certainty::Known) => Some(false),
            Self::ValuesOf(Certainty::Known) => Some(false),
            Self::PeoplePerPoint | Self::MeanWay | Self::Gini | Self::WorstToBest => Some(true),
            Self::MeanHaul | Self::P95Haul | Self::TonneKm(None) | Self::Unallocated => Some(true),
            Self::Cost | Self::CostPerTonne | Self::Emitted => Some(true),
            Self::CollectionCo2 | Self::HaulCo2 | Self::SmeltingCo2 | Self::SortingCo2 => Some(true),
            Self::Avoided | Self::NetAvoided => Some(false),
            Self::TransportShare | Self::Electricity | Self::Energy => Some(true),
            Self::Stage(stage) if !matches!(stage, Stage::Subsidy) => Some(true),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_are_unique_and_sections_stand_together() {
        let all = Measure::all();
        let keys: BTreeSet<String> = all.iter().map(|m| m.key()).collect();
        assert_eq!(keys.len(), all.len());
        let mut sections: Vec<Section> = all.iter().map(|m| m.section()).collect();
        sections.dedup();
        assert_eq!(sections, Section::ALL);
        for m in all {
            assert_eq!(Measure::from_key(&m.key()), Some(m));
        }
    }
}
