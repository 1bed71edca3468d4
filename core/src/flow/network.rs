//! A network with supplies, bounds and costs.

use thiserror::Error;

/// A capacity that never binds. Larger ones mean the same.
pub const UNBOUNDED: i64 = i64::MAX / 8;

/// An arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Where flow leaves.
    pub tail: u32,
    /// Where it arrives.
    pub head: u32,
    /// Least flow.
    pub lower: i64,
    /// Most flow; [`UNBOUNDED`] where nothing limits it.
    pub capacity: i64,
    /// Cost of a unit of flow.
    pub cost: i64,
}

/// Why something is no flow problem.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// An arc leads from or to a node that is not there.
    #[error("arc {0} leads to a node that is not there")]
    NoSuchNode(usize),
    /// Least flow above most flow.
    #[error("arc {0} must carry more than it can")]
    EmptyRange(usize),
    /// A lower bound, cost or supply so large that sums overflow.
    #[error("arc {0} has a bound or a cost too large to add up; scale the problem down")]
    TooLarge(usize),
    /// A supply so large that sums overflow.
    #[error("node {0} has a supply too large to add up; scale the problem down")]
    SupplyTooLarge(usize),
}

/// A minimum cost flow problem. Supplies need not add up to 0; where they do not, no flow meets them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowNetwork {
    supply: Vec<i64>,
    arcs: Vec<Arc>,
}

impl FlowNetwork {
    /// A network of so many nodes without supply and without arcs.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { supply: vec![0; nodes], arcs: Vec::new() }
    }

    /// One more node; returns its number.
    pub fn add_node(&mut self, supply: i64) -> u32 {
        self.supply.push(supply);
        self.supply.len() as u32 - 1
    }

    /// One more arc; returns its number.
    pub fn add_arc(&mut self, arc: Arc) -> usize {
        self.arcs.push(arc);
        self.arcs.len() - 1
    }

    /// What each node gives, or takes where it is negative.
    #[must_use]
    pub fn supply(&self) -> &[i64] {
        &self.supply
    }

    /// All arcs.
    #[must_use]
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// Sets what a node gives.
    pub fn set_supply(&mut self, node: u32, supply: i64) {
        self.supply[node as usize] = supply;
    }

    /// Sets what an arc can carry.
    pub fn set_capacity(&mut self, arc: usize, capacity: i64) {
        self.arcs[arc].capacity = capacity;
    }

    /// Sets what a unit on an arc costs.
    pub fn set_cost(&mut self, arc: usize, cost: i64) {
        self.arcs[arc].cost = cost;
    }

    /// What a flow costs.
    ///
    /// # Panics
    /// Where there are more flows than arcs.
    #[must_use]
    pub fn cost(&self, flow: &[i64]) -> i128 {
        flow.iter().enumerate().map(|(i, f)| i128::from(*f) * i128::from(self.arcs[i].cost)).sum()
    }

    /// That the numbers make a problem which the solver can add up without overflow.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), NetworkError> {
        let nodes = self.supply.len();
        let dearest = self.arcs.iter().map(|a| a.cost.unsigned_abs()).max().unwrap_or(0);
        for (i, a) in self.arcs.iter().enumerate() {
            if a.tail as usize >= nodes || a.head as usize >= nodes {
                return Err(NetworkError::NoSuchNode(i));
            }
            if a.lower > a.capacity {
                return Err(NetworkError::EmptyRange(i));
            }
            // A detour over all nodes must cost less than an i64 can hold.
            let detour = u128::from(dearest) * (nodes as u128 + 2);
            if a.lower.unsigned_abs() >= UNBOUNDED as u64 || detour >= UNBOUNDED as u128 {
                return Err(NetworkError::TooLarge(i));
            }
        }
        let mut sum = 0u128;
        for (i, s) in self.supply.iter().enumerate() {
            sum += u128::from(s.unsigned_abs());
            if sum >= UNBOUNDED as u128 {
                return Err(NetworkError::SupplyTooLarge(i));
            }
        }
        let lowers: u128 = self.arcs.iter().map(|a| u128::from(a.lower.unsigned_abs())).sum();
        if lowers + sum >= UNBOUNDED as u128 {
            return Err(NetworkError::TooLarge(0));
        }
        Ok(())
    }
}
