//! What a planner asks: what, how many, where, for whom, under which limits.

use crate::{
    catchment::{Demand, Measure},
    geo::LonLat,
    model::{FacilityKind, Stream},
};
use serde::{Deserialize, Serialize};

/// What is made best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Least demand-weighted way to the nearest open facility, with a given number of new sites: p-median.
    #[default]
    Nearest,
    /// Most demand within [`Question::limit`], with a given number of new sites: maximal covering (MCLP).
    MostCovered,
    /// Fewest new sites so that all demand that can be is within the limit: set covering (LSCP).
    FewestSites,
    /// Least longest way, with a given number of new sites: p-center.
    LeastLongest,
    /// Least yuan a year for sites and hauls together, with any number of new sites: fixed charge, capacitated where
    /// [`Question::capacity_t`] is given.
    LeastCost,
}

/// Parts of the map. Empty: everywhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Area {
    /// Codes of prefectures or of provinces (ending in `0000`), or keys of clusters (`yrd`, `prd`, `bohai`): the union of them.
    pub within: Vec<String>,
    /// A ring drawn on the map, first point not repeated; cuts the union down where it is given.
    pub ring: Vec<LonLat>,
}

/// A place from an imported list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Its name in the list, or empty.
    #[serde(default)]
    pub name: String,
    /// Where.
    pub at: LonLat,
}

/// Where new sites may go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Candidates {
    /// The populated places of the area.
    #[default]
    Places,
    /// The demand cells of the area that have people: their centres.
    Cells,
    /// A list of the user's own.
    List(Vec<Spot>),
    /// No new places: only existing facilities that are closed or open to closing.
    None,
}

/// What becomes of the facilities that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Existing {
    /// They stay.
    #[default]
    Keep,
    /// Those in the area may be closed: the number asked for is then that of all open ones in the area.
    MayClose,
    /// Those in the area are not counted: a plan on a clean sheet.
    Ignore,
}

/// In which sense sites are good across futures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The mean of all futures is made best.
    #[default]
    Mean,
    /// The worst of all futures is made best.
    WorstCase,
    /// The most that is lost in any future against the sites that would be best in it is made least: minimax regret.
    Regret,
}

/// Futures to be good in: parameters drawn from their spreads, as `uncertainty` draws them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Futures {
    /// How many, from 1 to [`Futures::MOST`].
    pub runs: u32,
    /// Seed of the draws: the same seed and number give the same future.
    pub seed: u64,
    /// In which sense.
    #[serde(default)]
    pub by: By,
}

impl Futures {
    /// The most futures that can be asked for.
    pub const MOST: u32 = 500;
}

/// A planner's question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// Collection points or hubs.
    pub kind: FacilityKind,
    /// What they take; `None`: any.
    pub stream: Option<Stream>,
    /// What is made best.
    pub aim: Aim,
    /// How many new sites, where the aim needs a number.
    pub count: usize,
    /// Where new sites may go.
    pub area: Area,
    /// Whose way counts; `None`: that of the same area.
    pub serves: Option<Area>,
    /// What "near" is measured in.
    pub measure: Measure,
    /// What demand is counted in.
    pub demand: Demand,
    /// Where candidates come from.
    pub candidates: Candidates,
    /// What becomes of existing facilities.
    pub existing: Existing,
    /// Ids of existing facilities, or of candidates as [`super::Site::id`] has them, that must be open.
    pub open: Vec<String>,
    /// Ids that must be closed.
    pub closed: Vec<String>,
    /// Nobody further than this, in the measure's unit. Also the covering radius.
    pub limit: Option<f64>,
    /// New sites at least so many km from each other and from existing ones, in a straight line.
    pub apart_km: Option<f64>,
    /// Rings drawn on the map in which no new site may stand.
    pub forbidden: Vec<Vec<LonLat>>,
    /// Yuan a year that all new sites together may cost.
    pub budget: Option<f64>,
    /// Yuan a year that one new site costs; `None`: the table's default of its kind.
    pub site_cost: Option<f64>,
    /// Gross tonnes a year that one new site takes; `None`: capacities do not bind.
    pub capacity_t: Option<f64>,
    /// Candidates that would break a siting norm of the profile in force are left out.
    pub norms: Option<String>,
    /// Starts the random choices of the search.
    pub seed: u64,
    /// Futures that the sites are to be good in; `None`: the table's values alone.
    pub futures: Option<Futures>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            kind: FacilityKind::CollectionPoint,
            stream: None,
            aim: Aim::Nearest,
            count: 10,
            area: Area::default(),
            serves: None,
            measure: Measure::Km,
            demand: Demand::People,
            candidates: Candidates::Places,
            existing: Existing::Keep,
            open: Vec::new(),
            closed: Vec::new(),
            limit: None,
            apart_km: None,
            forbidden: Vec::new(),
            budget: None,
            site_cost: None,
            capacity_t: None,
            norms: None,
            seed: 1,
            futures: None,
        }
    }
}
