//! What the allocation is asked for: what is least, what may not be exceeded, and contracts.

use super::Plan;
use crate::model::{Baseline, Cluster, FacilityKind, Stream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// What the allocation is asked for. Every field is always written: page and worker talk in a format that skips nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// What is to be least, or most.
    pub objective: Objective,
    /// The most that transport and processing may give off, in tonnes of CO2e a year.
    pub max_co2_t: Option<f64>,
    /// The most scrap that may go from one cluster to another, in gross tonnes a year.
    pub max_cross_cluster_t: Option<f64>,
    /// Contracts between sources and plants, each with an id of its own.
    pub contracts: Vec<Contract>,
}

/// What makes one allocation better than another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// The least cost.
    #[default]
    Cost,
    /// The least emission.
    Co2,
    /// The most metal.
    Metal,
    /// The least weighted sum. Weights are 0 or more, and one is above 0.
    Weighted {
        /// Weight of a yuan spent.
        yuan: f64,
        /// Weight of a kilogram of CO2e given off.
        kg_co2e: f64,
        /// Weight of a kilogram of metal made, which counts against the others.
        metal_kg: f64,
    },
}

/// A directed supply of one plant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// Its id, of its own among the contracts.
    pub id: String,
    /// Its name, in the words of whoever made it.
    #[serde(default)]
    pub name: String,
    /// The scrap it is about.
    pub stream: Stream,
    /// Where the scrap comes from.
    pub from: SourceGroup,
    /// Id of the smelter that it goes to.
    pub plant: String,
    /// The least to be delivered, in tonnes of contained metal a year.
    #[serde(default)]
    pub min_t: Option<f64>,
    /// The most to be delivered, in tonnes of contained metal a year.
    #[serde(default)]
    pub max_t: Option<f64>,
    /// Cost of what it delivers as a multiple of the ordinary one: 1 is ordinary freight, 0.85 what the sector report claims.
    #[serde(default = "ordinary")]
    pub cost_factor: f64,
}

const fn ordinary() -> f64 {
    1.0
}

/// Where the scrap of a contract comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceGroup {
    /// All collection points of a cluster.
    Cluster(Cluster),
    /// All collection points of a province, in Chinese as the tables write it.
    Province(String),
    /// Collection points by id.
    Points(Vec<String>),
}

/// What is wrong with a goal.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum GoalError {
    /// Weights that cannot order allocations.
    #[error("weights must be numbers of 0 or more, and one above 0")]
    BadWeights,
    /// A limit that is negative or no number.
    #[error("{value} t a year is no limit of {what}")]
    BadLimit {
        /// What was to be limited.
        what: Limit,
        /// The value asked for.
        value: f64,
    },
    /// A contract without id, or with another's.
    #[error("the id {0:?} is empty or belongs to another contract")]
    BadId(String),
    /// Amounts that are negative or no numbers, or a least above the most.
    #[error("contract {0} asks for amounts that cannot be")]
    BadAmount(String),
    /// A cost factor that makes no sense.
    #[error("contract {id}: the cost factor {value} is outside of {} to {}", FACTORS.0, FACTORS.1)]
    BadFactor {
        /// The contract.
        id: String,
        /// The factor asked for.
        value: f64,
    },
    /// A contract from nowhere.
    #[error("contract {0} names no source")]
    NoSource(String),
    /// The plan has no such plant.
    #[error("contract {id}: there is no plant {plant}")]
    UnknownPlant {
        /// The contract.
        id: String,
        /// The plant it names.
        plant: String,
    },
    /// The plant is closed, planned, no smelter, or takes other metals.
    #[error("contract {id}: {plant} does not take this scrap")]
    UnfitPlant {
        /// The contract.
        id: String,
        /// The plant it names.
        plant: String,
    },
    /// A province or point that is not there, or no collection point, or closed.
    #[error("contract {id}: no scrap is collected at {source_name}")]
    UnknownSource {
        /// The contract.
        id: String,
        /// The province or the point it names.
        source_name: String,
    },
}

/// A limit of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// See [`Goal::max_co2_t`].
    Co2,
    /// See [`Goal::max_cross_cluster_t`].
    CrossCluster,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Co2 => "emissions",
            Self::CrossCluster => "scrap between clusters",
        })
    }
}

/// Smallest and largest cost factor of a contract that make sense.
const FACTORS: (f64, f64) = (0.1, 3.0);

impl GoalError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadWeights => "goal-bad-weights",
            Self::BadLimit { .. } => "goal-bad-limit",
            Self::BadId(_) => "contract-bad-id",
            Self::BadAmount(_) => "contract-bad-amount",
            Self::BadFactor { .. } => "contract-bad-factor",
            Self::NoSource(_) => "contract-no-source",
            Self::UnknownPlant { .. } => "contract-unknown-plant",
            Self::UnfitPlant { .. } => "contract-unfit-plant",
            Self::UnknownSource { .. } => "contract-unknown-source",
        }
    }
}

impl Goal {
    /// How many things differ from the default: the objective, limits and contracts.
    #[must_use]
    pub fn changes(&self) -> usize {
        let limits = [self.max_co2_t, self.max_cross_cluster_t].into_iter().flatten().count();
        usize::from(self.objective != Objective::default()) + limits + self.contracts.len()
    }

    /// What cannot be, whatever the plan: numbers, ids and contracts from nowhere.
    #[must_use]
    pub fn problems(&self) -> Vec<GoalError> {
        self.clone().sound().1
    }

    /// The goal without what cannot be, and what that was.
    #[must_use]
    pub fn sound(mut self) -> (Self, Vec<GoalError>) {
        let mut problems = Vec::new();
        if !self.objective.is_sound() {
            problems.push(GoalError::BadWeights);
            self.objective = Objective::default();
        }
        for (limit, what) in [(&mut self.max_co2_t, Limit::Co2), (&mut self.max_cross_cluster_t, Limit::CrossCluster)] {
            if let Some(value) = limit.take_if(|t| !is_amount(*t)) {
                problems.push(GoalError::BadLimit { what, value });
            }
        }
        let mut ids = BTreeSet::new();
        self.contracts.retain(|c| {
            let found =
                if c.id.is_empty() || ids.contains(&c.id) { Some(GoalError::BadId(c.id.clone())) } else { c.problem() };
            match found {
                Some(problem) => problems.push(problem),
                None => return ids.insert(c.id.clone()),
            }
            false
        });
        (self, problems)
    }

    /// What contracts ask of plants and points that the plan does not have, or not any more. They stay in the goal: the plan may
    /// change again.
    #[must_use]
    pub fn astray(&self, baseline: &Baseline, plan: &Plan) -> Vec<GoalError> {
        self.contracts.iter().flat_map(|c| c.astray(baseline, plan)).collect()
    }
}

impl Objective {
    /// True where it can order allocations.
    #[must_use]
    pub fn is_sound(self) -> bool {
        match self {
            Self::Cost | Self::Co2 | Self::Metal => true,
            Self::Weighted { yuan, kg_co2e, metal_kg } => {
                let weights = [yuan, kg_co2e, metal_kg];
                weights.into_iter().all(is_amount) && weights.into_iter().any(|w| w > 0.0)
            }
        }
    }
}

impl Contract {
    fn problem(&self) -> Option<GoalError> {
        let id = || self.id.clone();
        let amounts = [self.min_t, self.max_t];
        let crossed = self.min_t.zip(self.max_t).is_some_and(|(min, max)| min > max);
        let from_nowhere = match &self.from {
            SourceGroup::Cluster(_) => false,
            SourceGroup::Province(name) => name.is_empty(),
            SourceGroup::Points(ids) => ids.is_empty(),
        };
        if crossed || !amounts.into_iter().flatten().all(is_amount) {
            Some(GoalError::BadAmount(id()))
        } else if !(FACTORS.0..=FACTORS.1).contains(&self.cost_factor) {
            Some(GoalError::BadFactor { id: id(), value: self.cost_factor })
        } else {
            from_nowhere.then(|| GoalError::NoSource(id()))
        }
    }

    fn astray(&self, baseline: &Baseline, plan: &Plan) -> Vec<GoalError> {
        let mut found = Vec::new();
        let (id, plant) = (|| self.id.clone(), || self.plant.clone());
        match plan.get(&self.plant) {
            None => found.push(GoalError::UnknownPlant { id: id(), plant: plant() }),
            Some(p) => {
                let fits = p.facility.kind == FacilityKind::Smelter && p.facility.takes(self.stream) && p.takes_scrap();
                if !fits {
                    found.push(GoalError::UnfitPlant { id: id(), plant: plant() });
                }
            }
        }
        let is_point = |id: &str| {
            plan.get(id).is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint && p.takes_scrap())
        };
        let missing: Vec<&String> = match &self.from {
            SourceGroup::Cluster(_) => Vec::new(),
            SourceGroup::Province(name) if baseline.prefectures.iter().any(|p| p.province == *name) => Vec::new(),
            SourceGroup::Province(name) => vec![name],
            SourceGroup::Points(ids) => ids.iter().filter(|i| !is_point(i)).collect(),
        };
        found.extend(missing.into_iter().map(|s| GoalError::UnknownSource { id: id(), source_name: s.clone() }));
        found
    }
}

fn is_amount(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract(id: &str) -> Contract {
        Contract {
            id: id.into(),
            name: String::new(),
            stream: Stream::Al,
            from: SourceGroup::Cluster(Cluster::Yrd),
            plant: "SM001".into(),
            min_t: Some(1.0),
            max_t: Some(2.0),
            cost_factor: 0.85,
        }
    }

    #[test]
    fn what_cannot_be_is_left_out_and_the_rest_stays() {
        let goal = Goal {
            objective: Objective::Weighted { yuan: 0.0, kg_co2e: 0.0, metal_kg: 0.0 },
            max_co2_t: Some(f64::NAN),
            max_cross_cluster_t: Some(0.0),
            contracts: vec![
                contract("a"),
                contract("a"),
                contract(""),
                Contract { min_t: Some(3.0), ..contract("b") },
                Contract { max_t: Some(f64::INFINITY), ..contract("c") },
                Contract { cost_factor: 0.0, ..contract("d") },
                Contract { from: SourceGroup::Points(vec![]), ..contract("e") },
                Contract { min_t: None, max_t: None, ..contract("f") },
            ],
        };
        assert_eq!(goal.changes(), 11);
        let codes: Vec<_> = goal.problems().iter().map(GoalError::code).collect();
        assert_eq!(
            codes,
            [
                "goal-bad-weights",
                "goal-bad-limit",
                "contract-bad-id",
                "contract-bad-id",
                "contract-bad-amount",
                "contract-bad-amount",
                "contract-bad-factor",
                "contract-no-source"
            ]
        );
        let (sound, _) = goal.sound();
        assert_eq!((sound.objective, sound.max_co2_t, sound.max_cross_cluster_t), (Objective::Cost, None, Some(0.0)));
        assert_eq!(sound.contracts.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a", "f"]);
        assert!(sound.problems().is_empty());
    }

    #[test]
    fn weights_order_allocations_where_one_is_above_nothing() {
        let weighted = |yuan, kg_co2e, metal_kg| Objective::Weighted { yuan, kg_co2e, metal_kg }.is_sound();
        assert!(weighted(1.0, 0.0, 0.0) && weighted(0.0, 0.0, 2.0));
        assert!(!weighted(1.0, -1.0, 0.0) && !weighted(f64::NAN, 1.0, 1.0) && !weighted(f64::INFINITY, 0.0, 0.0));
    }
}
