//! What is found out about catchments. Everything is plain data: it goes to files and over the worker's border.

use super::{Measure, Question};
use crate::{
    geo::LonLat,
    model::{Name, PerCluster},
};
use serde::{Deserialize, Serialize};

/// Demand of some cells, in every unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Demand cells.
    pub cells: u32,
    /// Residents (modelled by cell).
    pub people: f64,
    /// Residents over the household size in force.
    pub households: f64,
    /// Gross tonnes of collected scrap a year, of the question's stream or of all.
    pub tonnes: f64,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// What was asked.
    pub question: Question,
    /// Each open facility asked about, by id.
    pub facilities: Vec<Served>,
    /// Demand by travel band, nearest first; the last one is open.
    pub bands: Vec<Band>,
    /// Demand in all.
    pub total: Amount,
    /// Demand that no facility can be reached from. It is in no band.
    pub unreachable: Amount,
    /// Who is near enough.
    pub coverage: Coverage,
}

/// The catchment of one facility. Means are `None` where nobody belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Served {
    /// The facility.
    pub id: String,
    /// Demand for which it is the nearest.
    pub demand: Amount,
    /// Mean way, weighted by the question's demand, in the measure's unit.
    pub mean: Option<f64>,
    /// The least way that 95 % of demand do not exceed.
    pub p95: Option<f64>,
    /// What would be lost if it closed.
    pub loss: Loss,
}

/// What would be lost if a facility closed: all of its demand would go to its second-nearest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// Sum of demand x longer way, in the question's demand x the measure's unit (person-km, tonne-km a year).
    pub added: f64,
    /// How much longer the mean way of its demand would be, in the measure's unit; `None` where nobody has another.
    pub added_mean: Option<f64>,
    /// Demand that is covered now and would not be.
    pub uncovered: Amount,
    /// Demand that has no other facility at all.
    pub stranded: Amount,
}

/// Demand between two limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Upper end in the measure's unit; `None` for all beyond the last.
    pub upto: Option<f64>,
    /// Demand of this band alone.
    pub demand: Amount,
    /// Demand of this band and all nearer ones.
    pub within: Amount,
}

/// Who is near enough, where, and how unequal that is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// All cells.
    pub all: Share,
    /// By cluster.
    pub by_cluster: PerCluster<Share>,
    /// By province in Chinese as the tables write it, in order of its code.
    pub by_province: Vec<(String, Share)>,
    /// By prefecture: its code, in table order. Only those with demand cells.
    pub by_prefecture: Vec<(u32, Share)>,
    /// Places that are not covered, most demand first: cells of one prefecture with the same nearest populated place are one.
    /// At most [`Coverage::MOST_GAPS`].
    pub gaps: Vec<Gap>,
    /// Share of demand against distance, from nothing to everything.
    pub curve: Vec<CurvePoint>,
    /// How unequal ways are; `None` where nobody can reach anything.
    pub equity: Option<Equity>,
}

impl Coverage {
    /// Longest list of uncovered places.
    pub const MOST_GAPS: usize = 200;
}

/// Demand, and how much of it is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Demand in all.
    pub total: Amount,
    /// Demand that is covered.
    pub within: Amount,
}

/// A place that is not covered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The cell of most demand in it.
    pub at: LonLat,
    /// The nearest populated place.
    pub name: Name,
    /// Code of its prefecture.
    pub adcode: u32,
    /// Its demand.
    pub demand: Amount,
    /// Its mean way in the measure's unit; `None` where nothing can be reached.
    pub mean: Option<f64>,
    /// The facility it goes to, where there is one.
    pub nearest: Option<String>,
}

/// One point of the coverage curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Way in the measure's unit.
    pub upto: f64,
    /// Share of all residents that are no further away.
    pub people: f64,
    /// Share of all tonnes that are no further away.
    pub tonnes: f64,
}

/// How unequal ways are, weighted by the question's demand. Demand that reaches nothing is left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Equity {
    /// Gini coefficient of the way: 0 where all are alike.
    pub gini: f64,
    /// Mean way of the nearest tenth.
    pub best_tenth: f64,
    /// Mean way of the furthest tenth.
    pub worst_tenth: f64,
    /// Mean way.
    pub mean: f64,
    /// The median way.
    pub median: f64,
}

/// How a plan's coverage differs from another's, cell by cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Covered now, not before.
    pub gained: Amount,
    /// Covered before, not now.
    pub lost: Amount,
    /// Served by another facility than before; gained and lost demand is not counted again here.
    pub moved: Amount,
}

/// For one demand cell: whose it is and how far. The page looks these up under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellAnswer {
    /// Row of the facility in [`Survey::facilities`].
    pub owner: u32,
    /// The way in the measure's unit.
    pub value: f64,
}

impl Survey {
    /// A facility by its id.
    #[must_use]
    pub fn served(&self, id: &str) -> Option<&Served> {
        self.facilities.binary_search_by(|s| s.id.as_str().cmp(id)).ok().map(|i| &self.facilities[i])
    }

    /// The measure that was asked for.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.question.measure
    }
}
