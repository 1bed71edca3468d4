//! What the planner gets: sites with their proof, the trade-off, alternatives and reasons.
//!
//! Objectives and bounds are in the unit of the aim: mean km, minutes or yuan/t a unit of demand (nearest), share of demand from 0
//! to 1 (most covered), sites (fewest sites), km, minutes or yuan/t (least longest), yuan a year (least cost). Where futures are asked about
//! they are the mean of all futures, the worst of them, or the most regretted: see [`AcrossFutures`].

use super::By;
use crate::{diagnostics::Diagnostic, geo::LonLat, siting::Status, uncertainty::Band};
use serde::{Deserialize, Serialize};

/// Demand that a site wins from a facility.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Won {
    /// The facility that served it before; `None`: nobody within the limit; [`Won::OTHERS`]: the rest, added up.
    pub from: Option<String>,
    /// How much, in the unit of the question's demand.
    pub demand: f64,
}

impl Won {
    /// Stands for all facilities that are not named.
    pub const OTHERS: &str = "*";
}

/// A proposed site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// `place:<code or row>`, `cell:<h3>`, `list:<row>`, or the id of an existing facility.
    pub id: String,
    /// Name in Chinese, or what the list says.
    pub zh: String,
    /// Name in English, or what the list says.
    pub en: String,
    /// Where.
    pub at: LonLat,
    /// True for a facility that is there already.
    pub existing: bool,
    /// Demand it serves, in the unit of the question's demand.
    pub serves: f64,
    /// By whom that demand was served before, most first; a few, the rest added up under the last.
    pub won: Vec<Won>,
    /// Demand-weighted mean way of those it serves, in the measure's unit.
    pub mean: f64,
    /// By how much the objective worsens without it, all others staying; in the objective's unit. For the fewest sites the
    /// share of demand that would be beyond the limit.
    pub loss: f64,
}

/// The plan so far. Sites are ranked by what is lost without them, most first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What is proved.
    pub status: Status,
    /// See the head of the file.
    pub objective: Option<f64>,
    /// No plan is better than this.
    pub bound: Option<f64>,
    /// Relative gap.
    pub gap: Option<f64>,
    /// The objective as things are, without any new site.
    pub before: Option<f64>,
    /// Sites to open, ranked.
    pub sites: Vec<Site>,
    /// Ids of existing facilities to close.
    pub closes: Vec<String>,
    /// Demand counted, and how much of it stays beyond the limit (0 without a limit).
    pub demand: f64,
    /// See `demand`.
    pub beyond: f64,
    /// Demand that no facility and no candidate can reach, within the limit where there is one: it binds nothing. Part of
    /// `beyond`, where there is a limit.
    pub out_of_reach: f64,
    /// Candidates, cells and pairs that took part.
    pub size: [usize; 3],
    /// What was left out of the question and why: candidates, norms, demand.
    pub notes: Vec<Diagnostic>,
    /// How the plan does in the futures asked about. `None`: none were, or the search has not come to them yet.
    pub futures: Option<Box<AcrossFutures>>,
}

/// How a plan does across futures, beside the plan for the table's values. Numbers are in the unit of the aim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AcrossFutures {
    /// In which sense the plan is to be good. The objective is the mean, the worst or, for regret, the most regretted: the
    /// difference to the best of a future, less of which is better whatever the aim.
    pub by: By,
    /// How many futures.
    pub runs: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// This plan.
    pub plan: FuturesOf,
    /// The plan that is best for the table's values, or the best known of them.
    pub plain: FuturesOf,
    /// Ids of the sites of that plan.
    pub plain_sites: Vec<String>,
    /// True where both have the same sites.
    pub same: bool,
    /// In how many futures this plan is better than the other, as good, and worse.
    pub better: u32,
    /// See `better`.
    pub alike: u32,
    /// See `better`.
    pub worse: u32,
    /// What is given up on the mean of all futures for it: more than 0 where this plan is worse on the mean.
    pub price: f64,
    /// By future, this plan and the other.
    pub values: Vec<[f64; 2]>,
}

/// A plan in all futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FuturesOf {
    /// Where its number lies.
    pub band: Band,
    /// In the worst future: the greatest number, or the least where more is better.
    pub worst: f64,
    /// At the table's values.
    pub table: f64,
    /// The most that is regretted in any future: no less than the first, no more than the second. Known where regret was asked about.
    pub regret: Option<[f64; 2]>,
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Ways from so many of so many candidates are known.
    Ways {
        /// Known.
        done: usize,
        /// All.
        all: usize,
    },
    /// Searching: objective, bound and gap so far. A new plan comes with its proposal, else `None`.
    Searching {
        /// Objective so far.
        objective: Option<f64>,
        /// Bound so far.
        bound: Option<f64>,
        /// Gap so far.
        gap: Option<f64>,
        /// The plan, where it is new.
        plan: Option<Box<Proposal>>,
    },
    /// Over: optimal, or infeasible with the reason.
    Done {
        /// The plan.
        plan: Box<Proposal>,
        /// Which limits clash, where nothing is feasible.
        clash: Option<Clash>,
    },
}

/// A limit of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The number of sites.
    Count,
    /// Nobody further than.
    Limit,
    /// Sites apart.
    Apart,
    /// Budget.
    Budget,
    /// Locks of the user.
    Locks,
    /// Capacity of a site.
    Capacity,
}

/// The least change of one limit that makes the question feasible, others staying.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// Which limit.
    pub limit: Limit,
    /// What it must be instead; `None`: no value of it alone would do.
    pub to: Option<f64>,
    /// True where that is proved to be the least change, false where it is only known to work.
    pub least: bool,
}

/// Which limits clash, and what would help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    /// Limits that cannot be kept together.
    pub limits: Vec<Limit>,
    /// What would help.
    pub relax: Vec<Relaxation>,
    /// Demand that stays beyond the limit whatever is built, and where most of it is.
    pub out_of_reach: f64,
}

/// One number of sites of the trade-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// New sites.
    pub count: usize,
    /// Objective of the best plan known.
    pub objective: Option<f64>,
    /// Bound.
    pub bound: Option<f64>,
    /// Ids of its sites.
    pub sites: Vec<String>,
}

/// Objective against the number of sites.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// By count.
    pub points: Vec<CurvePoint>,
    /// The count with the sharpest bend (furthest from the chord of the curve), where there are three points or more.
    pub elbow: Option<usize>,
}

/// One site in place of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swap {
    /// Gone.
    pub out: String,
    /// In its place.
    pub into: String,
}

/// Another plan that is nearly as good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Its objective.
    pub objective: f64,
    /// Its sites' ids.
    pub sites: Vec<String>,
    /// What differs from the best plan.
    pub swaps: Vec<Swap>,
}

/// Other plans that are nearly as good, best first, and what they have in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alternatives {
    /// The plans; the best one is not among them.
    pub plans: Vec<Alternative>,
    /// In how many of them, the best one counted, each site stands: by how often, then by id.
    pub often: Vec<(String, usize)>,
}

/// A proposed site at another place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The site there; its id and names are those it had.
    pub site: Site,
    /// The plan's objective with it, all others staying.
    pub objective: f64,
    /// Relative gap to the bound of the question. Below 0 where a place that was no candidate beats all plans of candidates.
    pub gap: Option<f64>,
}

/// What forcing a place in costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhyNot {
    /// The candidate that stands for the place.
    pub site: Site,
    /// The best plan with it.
    pub objective: Option<f64>,
    /// No plan with it is better than this.
    pub bound: Option<f64>,
    /// Sites that would go for it.
    pub out: Vec<String>,
    /// Sites that would come with it.
    pub into: Vec<String>,
}
