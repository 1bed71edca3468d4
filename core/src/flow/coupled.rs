//! Minimum cost flows of several networks that share limits: column generation (Dantzig-Wolfe) over network simplex.
//!
//! **Problem.** Blocks, each a [`FlowNetwork`]; rows, each a limit on a weighted sum of flows of any blocks. **Method.** Prices
//! on the rows are added to the costs; every block is solved by itself ([`NetworkSimplex`], going on from where it was); the
//! [`master`](super::master) mixes the flows found so far and sets new prices, smoothed towards the best prices known.
//! **Proof.** What the blocks cost at any prices, less what the prices would pay for the limits, is a lower bound; the mixture
//! is a flow. Both are in the answer. Where no row binds the first flows are the answer, and exact.

use super::{
    FlowNetwork, NetworkSimplex, Progress, UNBOUNDED,
    master::{Column, Master, Mixture},
    simplex::Basis,
};

/// A limit shared by blocks: the sum of `weight x flow` over the terms is at most `limit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Most that the sum may be.
    pub limit: f64,
    /// Block, arc of the block, weight of a unit of its flow.
    pub terms: Vec<(usize, usize, f64)>,
}

/// Where the solver stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Objective and bound agree within the tolerance.
    Optimal,
    /// The rows cannot all be kept.
    Broken,
    /// A block alone has no flow, or one that earns for ever.
    NoFlow(usize),
    /// Not done: step again.
    More,
}

/// What is known of the least cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// Cost of the flow, in the networks' units.
    pub objective: f64,
    /// No flow costs less.
    pub bound: f64,
    /// Flows of each block's arcs; whole numbers where no row binds.
    pub flow: Vec<Vec<f64>>,
    /// Price of a unit of each row, 0 or more.
    pub prices: Vec<f64>,
    /// Potentials of each block's nodes at these prices, in the networks' units.
    pub potentials: Vec<Vec<f64>>,
    /// By how much each row is exceeded.
    pub excess: Vec<f64>,
}

/// The relative gap within which an answer is called optimal.
pub const TOLERANCE: f64 = 1e-6;
/// The solver aims below it, so that rounding does not spoil it.
const AIM: f64 = 1e-8;
/// How far prices are drawn towards the best ones known.
const SMOOTHING: f64 = 0.5;
/// Steps after which an answer is taken as it is.
const MOST_STEPS: u32 = 2_000;

/// The solver.
pub struct Coupled {
    blocks: Vec<FlowNetwork>,
    rows: Vec<Row>,
    /// Scale of each row: its largest weight, so that prices of different rows are alike.
    scale: Vec<f64>,
    /// Rows of each arc that is in any, by block.
    terms: Vec<Vec<(usize, usize, f64)>>,
    simplex: Vec<NetworkSimplex>,
    costs: Vec<Vec<i64>>,
    /// Costs inside are so many times the networks', so that rounding a price to whole numbers loses little.
    fine: i64,
    flows: Vec<Vec<(u32, i64)>>,
    master: Option<Master>,
    mixture: Option<Mixture>,
    best: Option<(f64, Vec<f64>, Vec<Vec<i64>>)>,
    /// True where the next prices are the master's own.
    plain: bool,
    steps: u32,
    breaking: f64,
}

impl Coupled {
    /// A solver; `bases` start the blocks where there are any. `breaking` is the price of a unit above a limit: more than any
    /// honest price.
    ///
    /// # Panics
    /// Where a network is not valid, or a row names what is not there.
    #[must_use]
    pub fn new(blocks: Vec<FlowNetwork>, rows: Vec<Row>, bases: &[Basis], breaking: f64) -> Self {
        let mut terms = vec![Vec::new(); blocks.len()];
        let mut scale = Vec::with_capacity(rows.len());
        for (r, row) in rows.iter().enumerate() {
            let largest = row.terms.iter().map(|t| t.2.abs()).fold(0.0, f64::max);
            scale.push(if largest > 0.0 { largest } else { 1.0 });
            for &(block, arc, weight) in &row.terms {
                assert!(arc < blocks[block].arcs().len(), "a row is about arcs that are there");
                terms[block].push((arc, r, weight / scale[r]));
            }
        }
        for list in &mut terms {
            list.sort_by_key(|t| (t.0, t.1));
        }
        let fine = blocks.iter().map(|n| fineness(n, if rows.is_empty() { 0.0 } else { breaking })).min().unwrap_or(1);
        let simplex = blocks.iter().enumerate().map(|(b, n)| {
            let mut n = n.clone();
            for arc in 0..n.arcs().len() {
                n.set_cost(arc, n.arcs()[arc].cost * fine);
            }
            match bases.get(b) {
                Some(basis) => NetworkSimplex::warm(&n, basis),
                None => NetworkSimplex::new(&n),
            }
        });
        let simplex = simplex.collect();
        Self {
            fine,
            scale,
            terms,
            simplex,
            costs: blocks.iter().map(|n| n.arcs().iter().map(|a| a.cost * fine).collect()).collect(),
            flows: Vec::new(),
            master: None,
            mixture: None,
            best: None,
            plain: false,
            steps: 0,
            breaking,
            blocks,
            rows,
        }
    }

    /// One round: the blocks at new prices, the mixture of what is known.
    pub fn step(&mut self) -> Status {
        self.steps += 1;
        let Some(master) = &self.master else { return self.begin() };
        let mixture = self.mixture.as_ref().expect("a master has been solved");
        let _ = master;
        let (_, best, _) = self.best.as_ref().expect("a master follows a bound");
        let smoothing = if self.plain { 0.0 } else { SMOOTHING };
        let prices: Vec<f64> =
            mixture.prices.iter().zip(best).map(|(new, old)| smoothing * old + (1.0 - smoothing) * new).collect();
        let at_master = mixture.prices.clone();
        let worth = mixture.worth.clone();
        if let Err(block) = self.price(&prices) {
            return Status::NoFlow(block);
        }
        let mut news = false;
        for b in 0..self.blocks.len() {
            let column = self.column(b);
            let used: f64 = column.usage.iter().zip(&at_master).map(|(u, p)| u * p).sum();
            let reduced = column.cost + used - worth[b];
            if reduced < -1e-9 * worth[b].abs().max(1.0) {
                news = true;
                self.flows.push(sparse(&self.simplex[b]));
                self.master.as_mut().expect("just there").add(column);
            }
        }
        if news {
            self.plain = false;
            self.mixture = self.master.as_mut().map(Master::solve);
        } else if self.plain {
            // At the master's own prices nothing is better: the mixture is the answer.
            return self.verdict(true);
        } else {
            self.plain = true;
        }
        self.verdict(false)
    }

    /// The blocks by themselves; where they keep every row that is the answer.
    fn begin(&mut self) -> Status {
        let prices = vec![0.0; self.rows.len()];
        if let Err(block) = self.price(&prices) {
            return Status::NoFlow(block);
        }
        let columns: Vec<Column> = (0..self.blocks.len()).map(|b| self.column(b)).collect();
        self.flows = self.simplex.iter().map(sparse).collect();
        let limits: Vec<f64> = self.rows.iter().zip(&self.scale).map(|(r, s)| r.limit / s).collect();
        let mut master = Master::new(&limits, self.breaking, columns);
        self.mixture = Some(master.solve());
        self.master = Some(master);
        self.verdict(false)
    }

    fn verdict(&self, done: bool) -> Status {
        let mixture = self.mixture.as_ref().expect("a mixture");
        let bound = self.best.as_ref().map_or(f64::NEG_INFINITY, |b| b.0);
        let gap = (mixture.cost - bound) / mixture.cost.abs().max(1.0);
        if !(done || gap <= AIM || self.steps >= MOST_STEPS) {
            return Status::More;
        }
        let limit = |r: usize| self.rows[r].limit / self.scale[r];
        if mixture.excess.iter().enumerate().any(|(r, e)| *e > 1e-6 * limit(r).abs().max(1.0)) {
            return Status::Broken;
        }
        Status::Optimal
    }

    /// Solves every block with the rows priced, and keeps the bound that follows.
    fn price(&mut self, prices: &[f64]) -> Result<(), usize> {
        let mut bound = 0.0;
        for b in 0..self.blocks.len() {
            let simplex = &mut self.simplex[b];
            if !self.terms[b].is_empty() && self.steps > 1 {
                let costs = &mut self.costs[b];
                for chunk in self.terms[b].chunk_by(|x, y| x.0 == y.0) {
                    let arc = chunk[0].0;
                    let added: f64 = chunk.iter().map(|(_, r, weight)| prices[*r] * weight).sum();
                    let own = self.blocks[b].arcs()[arc].cost * self.fine;
                    costs[arc] = own + libm::round(added * self.fine as f64) as i64;
                }
                simplex.set_costs(costs.iter().copied());
            }
            if simplex.run(u64::MAX) != Progress::Optimal {
                return Err(b);
            }
            bound += simplex.objective() as f64 / self.fine as f64;
            // Costs were rounded: what that can move the bound by, either way, on the most each arc can carry.
            bound -= self.rounding(b, prices);
        }
        for (r, row) in self.rows.iter().enumerate() {
            bound -= prices[r] * row.limit / self.scale[r];
        }
        if self.best.as_ref().is_none_or(|best| bound > best.0) {
            let potentials = self.simplex.iter().map(|s| s.potentials().to_vec()).collect();
            self.best = Some((bound, prices.to_vec(), potentials));
        }
        Ok(())
    }

    /// By how much the true cost of any flow of a block could be below the one with rounded costs.
    fn rounding(&self, b: usize, prices: &[f64]) -> f64 {
        let network = &self.blocks[b];
        let most: i64 = network.supply().iter().map(|s| (*s).max(0)).sum();
        let chunks = self.terms[b].chunk_by(|x, y| x.0 == y.0);
        let off = chunks.map(|chunk| {
            let arc = chunk[0].0;
            let added: f64 = chunk.iter().map(|(_, r, weight)| prices[*r] * weight).sum();
            let up = self.costs[b][arc] as f64 / self.fine as f64 - (network.arcs()[arc].cost as f64 + added);
            up.max(0.0) * network.arcs()[arc].capacity.min(most) as f64
        });
        if self.steps > 1 { off.sum() } else { 0.0 }
    }

    fn column(&self, b: usize) -> Column {
        let flow = self.simplex[b].flow();
        let network = &self.blocks[b];
        let mut usage = vec![0.0; self.rows.len()];
        for (arc, r, weight) in &self.terms[b] {
            usage[*r] += weight * flow[*arc] as f64;
        }
        Column { block: b, cost: network.cost(&flow) as f64, usage }
    }

    /// What is known.
    ///
    /// # Panics
    /// Before the first step, or where a block has no flow.
    #[must_use]
    pub fn answer(&self) -> Shared {
        let mixture = self.mixture.as_ref().expect("at least one step");
        let (bound, prices, potentials) = self.best.as_ref().expect("at least one step");
        let mut flow: Vec<Vec<f64>> = self.blocks.iter().map(|n| vec![0.0; n.arcs().len()]).collect();
        let master = self.master.as_ref().expect("at least one step");
        for (column, weight) in &mixture.weights {
            let block = &mut flow[master.block(*column)];
            for (arc, f) in &self.flows[*column] {
                block[*arc as usize] += weight * *f as f64;
            }
        }
        Shared {
            objective: mixture.cost,
            bound: bound.min(mixture.cost),
            flow,
            prices: prices.iter().zip(&self.scale).map(|(p, s)| p / s).collect(),
            potentials: potentials
                .iter()
                .map(|block| block.iter().map(|p| *p as f64 / self.fine as f64).collect())
                .collect(),
            excess: mixture.excess.iter().zip(&self.scale).map(|(e, s)| e * s).collect(),
        }
    }

    /// The networks.
    #[must_use]
    pub fn blocks(&self) -> &[FlowNetwork] {
        &self.blocks
    }

    /// The shared limits.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What the rows add to the cost of an arc at prices a unit of each row.
    #[must_use]
    pub fn priced(&self, block: usize, arc: usize, prices: &[f64]) -> f64 {
        let terms = &self.terms[block];
        let from = terms.partition_point(|t| t.0 < arc);
        terms[from..].iter().take_while(|t| t.0 == arc).map(|(_, r, weight)| prices[*r] * weight * self.scale[*r]).sum()
    }

    /// The relative gap so far.
    #[must_use]
    pub fn gap(&self) -> f64 {
        match (&self.mixture, &self.best) {
            (Some(m), Some(b)) => (m.cost - b.0) / m.cost.abs().max(1.0),
            _ => f64::INFINITY,
        }
    }

    /// Rounds so far.
    #[must_use]
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// The blocks' bases, to start a similar problem from.
    #[must_use]
    pub fn bases(&self) -> Vec<Basis> {
        self.simplex.iter().map(NetworkSimplex::basis).collect()
    }

    /// Pivots of all blocks so far.
    #[must_use]
    pub fn pivots(&self) -> u64 {
        self.simplex.iter().map(NetworkSimplex::pivots).sum()
    }
}

/// How many times finer costs can be without overflow, a power of 2. An arc may be in a few rows at the highest price.
fn fineness(n: &FlowNetwork, breaking: f64) -> i64 {
    let dearest = n.arcs().iter().map(|a| a.cost.unsigned_abs()).max().unwrap_or(0) + 1;
    let whole = (u128::from(dearest) + 4 * breaking as u128) * (n.supply().len() as u128 + 2);
    let room = (UNBOUNDED as u128 / whole).clamp(1, 1 << 20) as i64;
    1 << room.ilog2()
}

/// A flow without its zeros.
fn sparse(simplex: &NetworkSimplex) -> Vec<(u32, i64)> {
    simplex.flow().into_iter().zip(0u32..).filter(|(f, _)| *f != 0).map(|(f, i)| (i, f)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Arc;
    use proptest::prelude::*;

    /// A block that sends `amount` from 0 to 1: at cost 1 by the shared arc, at `dear` by the other.
    fn block(amount: i64, dear: i64) -> FlowNetwork {
        let mut n = FlowNetwork::new(0);
        n.add_node(amount);
        n.add_node(-amount);
        for cost in [1, dear] {
            n.add_arc(Arc { tail: 0, head: 1, lower: 0, capacity: 100, cost });
        }
        n
    }

    fn solve(blocks: &[FlowNetwork], rows: &[Row]) -> (Status, Shared) {
        let mut c = Coupled::new(blocks.to_vec(), rows.to_vec(), &[], 1e6);
        loop {
            let status = c.step();
            if status != Status::More {
                return (status, c.answer());
            }
        }
    }

    /// By hand: 10 + 10 want the shared arc, which takes 12; who saves 9 a unit goes first, the other gets 2.
    #[test]
    fn who_saves_most_goes_first() {
        let blocks = [block(10, 10), block(10, 5)];
        let rows = [Row { limit: 12.0, terms: vec![(0, 0, 1.0), (1, 0, 1.0)] }];
        let (status, a) = solve(&blocks, &rows);
        assert_eq!(status, Status::Optimal);
        assert!((a.objective - 52.0).abs() < 1e-6 && (a.bound - 52.0).abs() < 1e-6, "{a:?}");
        assert!((a.prices[0] - 4.0).abs() < 1e-6 && (a.flow[1][0] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_row_that_binds_nothing_leaves_whole_numbers_and_one_that_cannot_be_kept_is_broken() {
        let blocks = [block(10, 10)];
        let rows = [Row { limit: 50.0, terms: vec![(0, 0, 2.0)] }];
        let (status, a) = solve(&blocks, &rows);
        assert_eq!((status, a.objective, a.bound, a.prices[0]), (Status::Optimal, 10.0, 10.0, 0.0));
        let rows = [Row { limit: 5.0, terms: vec![(0, 0, 1.0), (0, 1, 1.0)] }];
        let (status, a) = solve(&blocks, &rows);
        assert_eq!(status, Status::Broken);
        assert!((a.excess[0] - 5.0).abs() < 1e-6);
    }

    /// Two transport problems over the same warehouses: against the same thing as one network, in which the shared capacity
    /// is an arc. That is possible where both blocks end in one sink.
    fn shared() -> impl Strategy<Value = (Vec<FlowNetwork>, Vec<Row>, FlowNetwork)> {
        (2usize..6, 2usize..5, any::<u64>()).prop_map(|(sources, houses, seed)| {
            let mut state = seed | 1;
            let mut random = |below: i64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state % below as u64) as i64
            };
            let supplies: Vec<Vec<i64>> = (0..2).map(|_| (0..sources).map(|_| 1 + random(9)).collect()).collect();
            let total: i64 = supplies.iter().flatten().sum();
            let limits: Vec<i64> = (0..houses).map(|_| 1 + random(2 * total / houses as i64)).collect();
            let mut one = FlowNetwork::new(0);
            let house: Vec<u32> = (0..houses).map(|_| one.add_node(0)).collect();
            let sink = one.add_node(-total);
            for (h, limit) in house.iter().zip(&limits) {
                one.add_arc(Arc { tail: *h, head: sink, lower: 0, capacity: *limit, cost: 0 });
            }
            let mut blocks = Vec::new();
            let mut rows: Vec<Row> = limits.iter().map(|l| Row { limit: *l as f64, terms: vec![] }).collect();
            for (b, supply) in supplies.iter().enumerate() {
                let mut own = FlowNetwork::new(0);
                let own_house: Vec<u32> = house.iter().map(|_| own.add_node(0)).collect();
                let own_sink = own.add_node(-supply.iter().sum::<i64>());
                for (h, row) in own_house.iter().zip(&mut rows) {
                    let arc = own.add_arc(Arc { tail: *h, head: own_sink, lower: 0, capacity: total, cost: 0 });
                    row.terms.push((b, arc, 1.0));
                }
                for s in supply {
                    let (a, b) = (one.add_node(*s), own.add_node(*s));
                    let aside = 1000 + random(100);
                    one.add_arc(Arc { tail: a, head: sink, lower: 0, capacity: total, cost: aside });
                    own.add_arc(Arc { tail: b, head: own_sink, lower: 0, capacity: total, cost: aside });
                    for (h, own_h) in house.iter().zip(&own_house) {
                        let cost = random(90);
                        one.add_arc(Arc { tail: a, head: *h, lower: 0, capacity: total, cost });
                        own.add_arc(Arc { tail: b, head: *own_h, lower: 0, capacity: total, cost });
                    }
                }
                blocks.push(own);
            }
            (blocks, rows, one)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn as_cheap_as_the_one_network_that_says_the_same((blocks, rows, one) in shared()) {
            let mut s = NetworkSimplex::new(&one);
            prop_assert_eq!(s.run(u64::MAX), Progress::Optimal);
            let best = s.objective() as f64;
            let (status, a) = solve(&blocks, &rows);
            prop_assert_eq!(status, Status::Optimal);
            prop_assert!((a.objective - best).abs() <= 1e-6 * best, "{} against {}", a.objective, best);
            prop_assert!(a.bound <= best + 1e-6 * best && a.bound >= best - 1e-2 * best, "{} below {}", a.bound, best);
            for (r, row) in rows.iter().enumerate() {
                let used: f64 = row.terms.iter().map(|(b, arc, w)| w * a.flow[*b][*arc]).sum();
                prop_assert!(used <= row.limit + 1e-6, "row {r}");
            }
        }
    }
}
