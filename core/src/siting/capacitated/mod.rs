//! Capacitated fixed-charge location: sites with a price and a capacity, customers with a demand.
//!
//! ```text
//! minimise    sum_j opening_j y_j + sum_ij cost_ij x_ij + sum_i otherwise_i z_i
//! subject to  sum_j x_ij + z_i = 1,   sum_i demand_i x_ij <= capacity_j y_j,   x_ij <= y_j,
//!             count and rows on y, y_j = 1 / 0 where locked,   y binary
//! ```
//!
//! `cost_ij` is the cost of serving *all* of the customer. **Multi-source** ([`Capacitated::multi`]): `x` between 0 and 1, so
//! that a customer's demand may come from several sites, in whole units. **Single-source** ([`Capacitated::single`]): `x` and
//! `z` binary.
//!
//! **Units and exactness.** Demands, capacities and costs are whole numbers (a reader scales decimals and tells by how much).
//! Single-source objectives are exact. With several sources a unit costs `cost_ij / demand_i`, which need not be whole: the
//! allocation is computed with unit costs times a whole scale, which makes them whole where such a scale is small enough,
//! and else rounds them to less than a billionth; what is reported is the exact cost of the flow found, and `Optimal` means
//! that no plan is cheaper by more than a billionth of the objective.
//!
//! **Bound.** Lagrangian relaxation of the assignment constraints (Geoffrion and McBride 1978; Holmberg, Rönnqvist and Yuan
//! 1999): a knapsack a site, continuous or binary, and over the sites the redundant constraint that their capacities hold all
//! demand, solved as a knapsack too. Side limits are priced in. Multipliers by the volume algorithm (Barahona and Anbil 2000),
//! whose averages tell where to branch. **Fixing** of sites and pairs by reduced cost. **Plans**: transportation by shortest
//! paths over the open sites, by warm network simplex where these are many, or shift, swap and ejection for single sources; opening, closing and swapping sites in the order
//! of a bound of what each could bring. **Proof** by branch and bound, best bound first.

mod allocate;
mod assign;
mod check;
mod data;
mod knapsack;
mod lagrangian;
mod local;
mod search;
mod state;
mod transport;

pub use check::check;
pub use search::Capacitated;

use super::{Answer, Lists, Lock, Row, Unfit};
use std::fmt;

/// Where each customer's demand comes from: sites with amounts, ascending by site.
pub type Shares = Vec<Vec<(u32, f64)>>;

/// A capacitated location problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacitatedProblem {
    /// Cost of serving all of each customer, by customer; a pair that is not listed cannot be.
    pub lists: Lists,
    /// Demand of each customer; whole.
    pub demands: Vec<f64>,
    /// The most that each site can serve; whole.
    pub capacities: Vec<f64>,
    /// What opening each site costs; whole.
    pub opening: Vec<f64>,
    /// What leaving all of a customer's demand unserved costs; `INFINITY`: it must be served.
    pub otherwise: Vec<f64>,
    /// Whether each site may be chosen.
    pub locks: Vec<Lock>,
    /// Least and most open sites, locked ones counted.
    pub count: (usize, usize),
    /// Side limits.
    pub rows: Vec<Row>,
}

/// Why no plan keeps all limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clash {
    /// The sites that may be open together hold less than what must be served.
    Capacity {
        /// What must be served.
        demand: f64,
        /// What the sites hold.
        capacity: f64,
    },
    /// As many sites as may be open, the largest ones, hold less than what must be served.
    Count {
        /// What must be served.
        demand: f64,
        /// The most sites.
        most: usize,
        /// What they hold.
        capacity: f64,
    },
    /// A customer that one site must serve is larger than each that could.
    Customer(usize),
    /// Each limit can be kept alone, not all together: found by search.
    Together,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Capacity { demand, capacity } => {
                write!(f, "demand of {demand} must be served, and all sites that may be open hold {capacity}")
            }
            Self::Count { demand, most, capacity } => {
                write!(f, "demand of {demand} must be served, and the {most} largest sites hold {capacity}")
            }
            Self::Customer(i) => write!(f, "demand point {} is larger than every site that could serve it", i + 1),
            Self::Together => f.write_str("capacities, locks, count and side limits cannot be kept together"),
        }
    }
}

impl CapacitatedProblem {
    /// How many sites.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.opening.len()
    }

    /// How many customers.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.demands.len()
    }

    /// A problem without locks, count and side limits, where everybody must be served.
    #[must_use]
    pub fn plain(lists: Lists, demands: Vec<f64>, capacities: Vec<f64>, opening: Vec<f64>) -> Self {
        Self {
            otherwise: vec![f64::INFINITY; demands.len()],
            locks: vec![Lock::Free; opening.len()],
            count: (0, opening.len()),
            rows: Vec::new(),
            lists,
            demands,
            capacities,
            opening,
        }
    }

    /// The same without capacities.
    #[must_use]
    pub fn uncapacitated(&self) -> super::Problem {
        super::Problem {
            lists: self.lists.clone(),
            otherwise: self.otherwise.clone(),
            opening: self.opening.clone(),
            locks: self.locks.clone(),
            count: self.count,
            rows: self.rows.clone(),
        }
    }

    /// Is it well posed? Whether some plan keeps all limits together is the solver's to find out.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Unfit> {
        if self.capacities.len() != self.sites() || self.demands.len() != self.lists.len() {
            return Err(Unfit::BadNumber("the number of capacities and of demands".into()));
        }
        let whole = |v: &f64| *v >= 0.0 && v.is_finite() && libm::trunc(*v) == *v;
        if let Some(i) = self.demands.iter().position(|v| !whole(v)) {
            return Err(Unfit::BadNumber(format!("the demand of demand point {}", i + 1)));
        }
        if let Some(j) = self.capacities.iter().position(|v| !whole(v)) {
            return Err(Unfit::BadNumber(format!("the capacity of site {}", j + 1)));
        }
        if self.demands.iter().sum::<f64>() >= EXACT || self.capacities.iter().sum::<f64>() >= EXACT {
            return Err(Unfit::BadNumber("demands or capacities are too large to add up; scaled down, each".into()));
        }
        let dearest = |i: usize| self.lists.of(i).1.last().copied().unwrap_or(0.0);
        let left = |i: usize| if self.otherwise[i].is_finite() { self.otherwise[i] } else { 0.0 };
        if self.otherwise.len() == self.customers() {
            let most: f64 = (0..self.customers()).map(|i| dearest(i).max(left(i))).sum();
            if most + self.opening.iter().sum::<f64>() >= EXACT {
                return Err(Unfit::BadNumber("costs are too large to add up; scaled down, each".into()));
            }
        }
        self.uncapacitated().validate()
    }
}

/// Sums below are exact in `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;
