//! What stands behind a measure: its formula, the parameters in it, the tables, and how certain it is at best.

use super::{GENERAL_NORMS, LEADER_KEY, Measure, Stage};
use crate::{
    account::{EMISSION_FAMILY_KEY, EmissionFamily, FreightTable, ROAD_FACTOR_KEY},
    allocation,
    catchment::HOUSEHOLD_SIZE_KEY,
    evaluate::{DataSet, Figure, behind},
    footprint,
    model::{Certainty, Mode, Stream},
};

/// What stands behind a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// Formula in plain notation; the app puts it into words by the measure's family.
    pub formula: &'static str,
    /// Keys of its parameters.
    pub parameters: Vec<String>,
    /// Tables and data sets.
    pub data: &'static [DataSet],
    /// How certain it is at best: modelled as soon as something modelled is in it.
    pub certainty: Certainty,
}

impl Measure {
    /// What stands behind it, with one family of emission factors in force.
    #[must_use]
    pub fn behind(self, family: EmissionFamily) -> Behind {
        let formula = self.formula();
        let figure = |f| behind(f, family).2;
        let own = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>();
        let parameters = match self {
            Self::Generated(_) | Self::Collected(_) | Self::CollectionRate | Self::CoveredTonnes => {
                figure(Figure::Collected)
            }
            Self::Points | Self::AddedPoints => Vec::new(),
            Self::RealPoints | Self::PeoplePerPoint => own(&["model.people_per_street_point.all"]),
            Self::CoveredPeople | Self::Gini | Self::WorstToBest => own(&[ROAD_FACTOR_KEY]),
            Self::MeanWay => figure(Figure::MeanCollectionKm),
            Self::NormScore | Self::NormsUnsaid => own(&[HOUSEHOLD_SIZE_KEY]),
            Self::HubCapacity => own(&["model.hub_throughput_default.all"]),
            Self::NamedCapacity(_) | Self::Hhi(_) => own(&["model.utilisation.all"]),
            Self::Leaders | Self::LeaderShare => own(&["model.utilisation.all", LEADER_KEY]),
            Self::UnnamedCapacity(_) | Self::Demand(_) => demand_keys(),
            Self::Stage(Stage::Collection) => {
                [own(&["freight.cost.all.truck_collect"]), figure(Figure::MeanCollectionKm)].concat()
            }
            Self::CollectionCo2 => [
                own(&[EMISSION_FAMILY_KEY]),
                vec![FreightTable::collection_emission(family)],
                figure(Figure::MeanCollectionKm),
            ]
            .concat(),
            Self::HaulCo2 => {
                let mut keys = own(&[EMISSION_FAMILY_KEY]);
                keys.extend(Mode::ALL.map(|m| FreightTable::emission(family, m)));
                keys
            }
            Self::SmeltingCo2 => {
                allocation::keys().into_iter().filter(|k| k.starts_with("process.co2_recycled")).collect()
            }
            Self::Avoided => Stream::ALL.map(primary_key).into(),
            Self::Emitted | Self::NetAvoided | Self::TransportShare => {
                let mut keys = own(&[EMISSION_FAMILY_KEY]);
                keys.extend(Mode::ALL.map(|m| FreightTable::emission(family, m)));
                keys.push(FreightTable::collection_emission(family));
                keys.extend(allocation::keys().into_iter().filter(|k| k.starts_with("process.co2_recycled")));
                if self != Self::Emitted {
                    keys.extend(Stream::ALL.map(primary_key));
                }
                keys
            }
            Self::SortingCo2 => own(&[footprint::SORTING_ELECTRICITY_KEY]),
            Self::Electricity => own(&[footprint::SORTING_ELECTRICITY_KEY]),
            Self::Energy => Vec::new(),
            Self::Stage(Stage::Sorting) => own(&[allocation::SORTING_COST_KEY, allocation::SORTING_YIELD_KEY]),
            Self::Stage(Stage::Smelting) => {
                allocation::keys().into_iter().filter(|k| k.starts_with("process.processing_cost")).collect()
            }
            Self::Stage(Stage::Subsidy) => {
                allocation::keys().into_iter().filter(|k| k.starts_with("policy.subsidy")).collect()
            }
            Self::Stage(Stage::Inflow) => {
                allocation::keys().into_iter().filter(|k| k.starts_with("price.scrap")).collect()
            }
            Self::Stage(Stage::Carbon) => own(&[allocation::CARBON_PRICE_KEY]),
            Self::PlantsOf(_) | Self::CapacityOf(_) | Self::ValuesOf(_) => Vec::new(),
            _ => allocation::keys(),
        };
        Behind { formula, parameters, data: self.data(), certainty: self.certainty() }
    }

    const fn formula(self) -> &'static str {
        match self {
            Self::Generated(_) => {
                "sum over prefectures of national total x (a people + b town people + c industry) / base rate"
            }
            Self::Collected(_) => "generated x recovery rate",
            Self::CollectionRate => "collected / generated",
            Self::Points => "open collection points of the map; each of the baseline's is an aggregate",
            Self::RealPoints => "sum over open points of the street points that they stand for",
            Self::AddedPoints => "open points that the plan adds",
            Self::PeoplePerPoint => "residents / real street points",
            Self::CoveredPeople => "residents within the limit / residents",
            Self::CoveredTonnes => "gross t collected within the limit / gross t collected",
            Self::MeanWay => "sum (gross t x road km from cell to its point) / sum gross t",
            Self::Gini => "sum of p_i p_j |x_i - x_j| / (2 P^2 mean), x road km to the point, p residents",
            Self::WorstToBest => "mean way of the furthest tenth of residents / mean way of the nearest tenth",
            Self::NormScore => "findings kept / (kept + not kept), norms of the general profile",
            Self::NormsUnsaid => "findings of the general profile on which the data say nothing",
            Self::MeanHaul => "sum (gross t x km from point over hub to smelter) / sum gross t, as allocated",
            Self::P95Haul => "least km such that 95 % of gross t are hauled no further, as allocated",
            Self::TonneKm(_) => "sum over flows that begin here (gross t x km)",
            Self::ModeShare(_) => "tonne-km of the mode / tonne-km",
            Self::HubCapacity => "sum over hubs of throughput; a stated default where none is known",
            Self::HubUsed => "sum over hubs of gross t handled, as allocated",
            Self::HubUse => "handled / throughput",
            Self::NamedCapacity(_) => "sum over named plants of nameplate x utilisation, by first metal",
            Self::UnnamedCapacity(_) => "the cluster's share of the national target - named capacity, never negative",
            Self::NamedUse(_) => "made by named plants / named capacity",
            Self::UnnamedUse(_) => "made by unnamed capacity / unnamed capacity",
            Self::Made(_) => {
                "sum over smelters of recycled metal made, as allocated; of a part of a cluster named plants alone"
            }
            Self::Demand(_) => "national target x secondary value added / national secondary value added",
            Self::SelfSufficiency(_) => "made / demand",
            Self::OwnScrap(_) => "own scrap collected / demand",
            Self::CapacityOverCollected(_) => "named capacity - collected",
            Self::MadeOverDemand(_) => "made - demand",
            Self::Unallocated => "collected at points - taken by hubs and smelters",
            Self::FromClusters => "sum of gross t of legs that begin elsewhere in the clusters and end here",
            Self::FromCorridor => "sum of gross t of legs that begin in the corridor provinces and end here",
            Self::Imported => "sum of gross t of legs that begin with imports at a port and end here",
            Self::Outflow => "sum of gross t of legs of scrap that begin here and end elsewhere",
            Self::ProductIn => "recycled metal made elsewhere and used here",
            Self::ProductOut => "recycled metal made here and used elsewhere in the clusters",
            Self::Exported => "recycled metal made here that leaves by a port",
            Self::Stage(_) => "cost of the stage: hauls where they begin, scrap bought where it arrives",
            Self::Cost => "collection + haul + sorting + smelting + product haul + inflow + carbon - subsidy",
            Self::CostPerTonne => "cost / t of metal collected",
            Self::CollectionCo2 => "collection t-km x factor",
            Self::HaulCo2 => "sum over flows that begin here (gross t x kg CO2e a tonne)",
            Self::SmeltingCo2 => "sum over smelters (t made x kg CO2e a tonne)",
            Self::SortingCo2 => "gross t sorted x kWh a tonne x kg CO2e a kWh of the province, where stated",
            Self::Emitted => "collection + hauls + sorting + smelting",
            Self::Avoided => "t made x kg CO2e a tonne of primary metal, within the boundary of the carbon account",
            Self::NetAvoided => "avoided - emitted",
            Self::TransportShare => "(collection + hauls) / avoided",
            Self::Electricity => "sum (gross t sorted, t made) x kWh a tonne, where stated",
            Self::Energy => "sum (t made x kgce a tonne of the norm), where stated",
            Self::Hhi(_) => "sum over firms (capacity of the firm / named capacity)^2",
            Self::Leaders => "firms with a plant here whose named capacity on the whole map is at least the threshold",
            Self::LeaderShare => "capacity of leaders here / named capacity",
            Self::PlantsOf(_) => "hubs and smelters of that certainty / all, unnamed capacity included",
            Self::CapacityOf(_) => "smelter capacity of that certainty / all, unnamed included",
            Self::ValuesOf(_) => "values of that certainty behind the measures / all",
        }
    }

    const fn data(self) -> &'static [DataSet] {
        use DataSet::{Census, Plants, Points, Roads, Scrap};
        match self {
            Self::Generated(_) | Self::Collected(_) | Self::CollectionRate => &[Scrap, Census],
            Self::Points | Self::RealPoints | Self::AddedPoints => &[Points],
            Self::PeoplePerPoint | Self::NormScore | Self::NormsUnsaid => &[Points, Census],
            Self::CoveredPeople | Self::Gini | Self::WorstToBest => &[Roads, Census, Points],
            Self::CoveredTonnes | Self::MeanWay => &[Roads, Census, Points, Scrap],
            Self::Stage(Stage::Collection) | Self::CollectionCo2 => &[Roads, Census, Points, Scrap],
            Self::HubCapacity | Self::NamedCapacity(_) | Self::UnnamedCapacity(_) => &[Plants],
            Self::Hhi(_) | Self::Leaders | Self::LeaderShare => &[Plants],
            Self::PlantsOf(_) | Self::CapacityOf(_) => &[Plants],
            Self::Demand(_) | Self::ValuesOf(_) => &[Census],
            _ => &[Roads, Points, Plants, Scrap],
        }
    }

    const fn certainty(self) -> Certainty {
        match self {
            // Counted, not modelled.
            Self::AddedPoints | Self::PlantsOf(_) | Self::CapacityOf(_) | Self::ValuesOf(_) => Certainty::Known,
            Self::HubCapacity | Self::NamedCapacity(_) => Certainty::Estimated,
            Self::Hhi(_) | Self::Leaders | Self::LeaderShare => Certainty::Estimated,
            _ => Certainty::Modelled,
        }
    }
}

/// The key of the set of norms that territories are held to.
#[must_use]
pub const fn norms_key() -> &'static str {
    GENERAL_NORMS
}

fn primary_key(s: Stream) -> String {
    format!("process.co2_primary.{}", allocation::metal_key(s))
}

fn demand_keys() -> Vec<String> {
    let is = |k: &String| k.starts_with("national.recycled_output") || k == "national.secondary_value_added.all";
    allocation::keys().into_iter().filter(is).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_one_family_share_a_formula_and_have_parameters_of_the_table() {
        for m in Measure::all() {
            let behind = m.behind(EmissionFamily::Glec);
            assert!(!behind.formula.is_empty());
            let same = Measure::all().into_iter().find(|x| x.family() == m.family()).unwrap();
            assert_eq!(same.behind(EmissionFamily::Glec).formula, behind.formula, "{}", m.key());
        }
        let carbon = Measure::HaulCo2.behind(EmissionFamily::Gbt51366);
        assert!(carbon.parameters.iter().all(|k| k.contains("gbt51366") || k.as_str() == EMISSION_FAMILY_KEY));
    }
}
