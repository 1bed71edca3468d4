//! Minimum cost flows of several networks that share limits: column generation (Dantzig-Wolfe) over network simplex.
//!
//! **Problem.** Blocks, each a [`FlowNetwork`]; rows, each a limit on a weighted sum of flows of any blocks. **Method.** Prices
//! on the rows are added to the costs; every block is solved by itself ([`NetworkSimplex`], going on from where it was); the
//! [`master`](super::master) mixes the flows found so far and sets new prices, smoothed towards the best prices known.
//! **Proof.** What the blocks cost at any prices, less what the prices would pay for the limits, is a lower bound; the mixture
//! is a flow. Both are in the answer. Where no row binds the first flows are the answer, and exact.

use super::{
    Arc, FlowNetwork, NetworkSimplex, Progress, UNBOUNDED,
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
pub const AIM: f64 = 1e-7;
/// How far prices are drawn towards the best ones known.
const SMOOTHING: f64 = 0.5;
/// Steps after which an answer is taken as it is.
const MOST_STEPS: u32 = 2_000;

/// What a solver may begin with: all of it optional, none of it changes the answer.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Bases of the blocks.
    pub bases: Vec<Basis>,
    /// Prices a unit of each row.
    pub prices: Vec<f64>,
    /// A flow of each block. One that does not fit its block is ignored.
    pub flows: Vec<Vec<f64>>,
    /// Of each block's arcs: whether it takes part from the start. The others, which must have the lower bound 0, are priced when
    /// the rest is solved, and join where they would lower the cost.
    pub active: Vec<Vec<bool>>,
}

/// The solver.
#[derive(Clone)]
pub struct Coupled {
    blocks: Vec<FlowNetwork>,
    rows: Vec<Row>,
    /// Scale of each row: its largest weight, so that prices of different rows are alike.
    scale: Vec<f64>,
    /// Rows of each arc that is in any, by block: arc, row, scaled weight.
    terms: Vec<Vec<(usize, usize, f64)>>,
    subs: Vec<Sub>,
    /// Costs inside are so many times the networks', so that rounding a price to whole numbers loses little.
    fine: i64,
    start: Start,
    /// Flows of the master's columns.
    flows: Vec<Vec<(u32, f64)>>,
    master: Option<Master>,
    mixture: Option<Mixture>,
    best: Option<Best>,
    /// The prices that smoothing draws to: those of the best bound.
    centre: Vec<f64>,
    /// True where the next prices are the master's own.
    plain: bool,
    /// True where they are those of the centre.
    at_centre: bool,
    steps: u32,
    breaking: f64,
    /// The relative gap that is aimed at.
    aim: f64,
    /// True where nothing better is left to find, whatever the gap.
    settled: bool,
}

/// The best bound so far and what it follows from.
#[derive(Clone)]
struct Best {
    bound: f64,
    prices: Vec<f64>,
    potentials: Vec<Vec<i64>>,
}

/// A block at work.
#[derive(Clone)]
struct Sub {
    simplex: NetworkSimplex,
    /// The network's arc behind each of the solver's.
    active: Vec<u32>,
    /// Costs of those, rows priced in.
    costs: Vec<i64>,
    /// Arcs that do not take part yet.
    reserve: Vec<u32>,
}

impl Coupled {
    /// A solver. `breaking` is the price of a unit above a limit: more than any honest price.
    ///
    /// # Panics
    /// Where a network is not valid, or a row names what is not there.
    #[must_use]
    pub fn new(blocks: Vec<FlowNetwork>, rows: Vec<Row>, start: Start, breaking: f64) -> Self {
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
        let subs = blocks.iter().enumerate().map(|(b, n)| Sub::new(n, b, fine, &start)).collect();
        let centre = if start.prices.len() == rows.len() {
            start.prices.iter().zip(&scale).map(|(p, s)| p * s).collect()
        } else {
            vec![0.0; rows.len()]
        };
        Self {
            fine,
            scale,
            terms,
            subs,
            start,
            flows: Vec::new(),
            master: None,
            mixture: None,
            best: None,
            centre,
            plain: false,
            at_centre: false,
            steps: 0,
            aim: AIM,
            settled: false,
            breaking,
            blocks,
            rows,
        }
    }

    /// One round: the blocks at new prices, the mixture of what is known.
    pub fn step(&mut self) -> Status {
        self.steps += 1;
        let Some(mixture) = &self.mixture else { return self.begin() };
        let smoothing = match (std::mem::take(&mut self.at_centre), self.plain) {
            (true, _) => 1.0,
            (false, true) => 0.0,
            (false, false) => SMOOTHING,
        };
        let smooth = |(new, old): (&f64, &f64)| smoothing * old + (1.0 - smoothing) * new;
        let prices: Vec<f64> = mixture.prices.iter().zip(&self.centre).map(smooth).collect();
        let at_master = mixture.prices.clone();
        let worth = mixture.worth.clone();
        if let Err(block) = self.price(&prices) {
            return Status::NoFlow(block);
        }
        let mut news = false;
        for (b, worth) in worth.into_iter().enumerate() {
            let flow = sparse(&self.subs[b]);
            let column = self.column(b, &flow);
            let used: f64 = column.usage.iter().zip(&at_master).map(|(u, p)| u * p).sum();
            let reduced = column.cost + used - worth;
            if reduced < -1e-9 * worth.abs().max(1.0) {
                news = true;
                self.flows.push(flow);
                self.master.as_mut().expect("a mixture has a master").add(column);
            }
        }
        let settled = !news && smoothing == 0.0;
        self.plain = !news;
        if news {
            self.mixture = self.master.as_mut().map(Master::solve);
        }
        // At the master's own prices nothing is better: the mixture is the answer, as far as arcs take part.
        self.verdict(settled)
    }

    /// The blocks at the first prices; where they keep every row that is the answer.
    fn begin(&mut self) -> Status {
        let prices = self.centre.clone();
        if let Err(block) = self.price(&prices) {
            return Status::NoFlow(block);
        }
        self.flows = self.subs.iter().map(sparse).collect();
        let columns: Vec<Column> = self.flows.iter().enumerate().map(|(b, f)| self.column(b, f)).collect();
        let limits: Vec<f64> = self.rows.iter().zip(&self.scale).map(|(r, s)| r.limit / s).collect();
        let mut master = Master::new(&limits, self.breaking, columns);
        self.mixture = Some(master.solve());
        self.master = Some(master);
        let known = std::mem::take(&mut self.start.flows);
        self.offer(&known, &[]);
        self.verdict(false)
    }

    /// Flows of the blocks and prices of the rows that may be near the answer. Flows that fit their block are mixed in, prices are
    /// tried next. Does nothing before the first step.
    pub fn offer(&mut self, flows: &[Vec<f64>], prices: &[f64]) {
        let Some(mut master) = self.master.take() else { return };
        if prices.len() == self.rows.len() && !prices.is_empty() {
            self.centre = prices.iter().zip(&self.scale).map(|(p, s)| p * s).collect();
            self.at_centre = true;
        }
        for (b, flow) in flows.iter().enumerate().filter(|(b, f)| fits(&self.blocks[*b], f)) {
            let flow: Vec<(u32, f64)> = (0u32..).zip(flow).filter(|(_, f)| **f != 0.0).map(|(i, f)| (i, *f)).collect();
            master.add(self.column(b, &flow));
            self.flows.push(flow);
        }
        self.mixture = Some(master.solve());
        self.master = Some(master);
    }

    /// Larger capacities of arcs (block, arc, capacity) and wider limits of rows. What is known stays: flows that fitted still
    /// fit. Step on until it is solved again.
    ///
    /// # Panics
    /// Where a capacity or a limit is smaller than before.
    pub fn widen(&mut self, arcs: &[(usize, usize, i64)], limits: &[(usize, f64)]) {
        for (b, arc, capacity) in arcs {
            assert!(*capacity >= self.blocks[*b].arcs()[*arc].capacity, "a capacity can only grow");
            self.blocks[*b].set_capacity(*arc, *capacity);
        }
        for (row, limit) in limits {
            assert!(*limit >= self.rows[*row].limit, "a limit can only grow");
            self.rows[*row].limit = *limit;
        }
        for (b, sub) in self.subs.iter_mut().enumerate() {
            let mut own: Vec<(usize, i64)> = Vec::new();
            for (_, arc, capacity) in arcs.iter().filter(|a| a.0 == b) {
                let slot = sub.active.iter().position(|a| *a as usize == *arc);
                own.extend(slot.map(|slot| (slot, *capacity)));
            }
            sub.simplex.set_capacities(own);
        }
        let scaled: Vec<f64> = self.rows.iter().zip(&self.scale).map(|(r, s)| r.limit / s).collect();
        if let Some(master) = &mut self.master {
            master.set_limits(&scaled);
            self.mixture = Some(master.solve());
        }
        self.best = None;
        self.settled = false;
        self.plain = false;
        self.aim = AIM;
    }

    fn verdict(&mut self, settled: bool) -> Status {
        let gap = self.gap();
        if !(settled || gap <= self.aim || self.steps >= MOST_STEPS) {
            return Status::More;
        }
        if self.steps < MOST_STEPS && self.wake() {
            return Status::More;
        }
        self.settled = settled || self.steps >= MOST_STEPS;
        let mixture = self.mixture.as_ref().expect("a mixture");
        let limit = |r: usize| self.rows[r].limit / self.scale[r];
        if mixture.excess.iter().enumerate().any(|(r, e)| *e > 1e-6 * limit(r).abs().max(1.0)) {
            return Status::Broken;
        }
        Status::Optimal
    }

    /// Lets arcs take part that would lower the cost at the prices of the best bound. Where there are any that bound is none:
    /// it knew nothing of them.
    fn wake(&mut self) -> bool {
        let Some(best) = &self.best else { return false };
        let mut any = false;
        for (b, sub) in self.subs.iter_mut().enumerate() {
            let network = &self.blocks[b];
            let p = &best.potentials[b];
            let (fine, terms, prices) = (self.fine, &self.terms[b], &best.prices);
            let mut woken = Vec::new();
            sub.reserve.retain(|arc| {
                let a = network.arcs()[*arc as usize];
                let own = a.cost * fine + libm::round(added(terms, *arc as usize, prices) * fine as f64) as i64;
                let wakes = own + p[a.tail as usize] - p[a.head as usize] < 0;
                if wakes {
                    woken.push((*arc, own));
                }
                !wakes
            });
            any |= !woken.is_empty();
            let arcs = woken.iter().map(|(arc, own)| Arc { cost: *own, ..network.arcs()[*arc as usize] });
            sub.simplex.add_arcs(arcs);
            sub.active.extend(woken.iter().map(|w| w.0));
            sub.costs.extend(woken.iter().map(|w| w.1));
        }
        if any {
            self.best = None;
            self.plain = false;
        }
        any
    }

    /// Solves every block with the rows priced, and keeps the bound that follows.
    fn price(&mut self, prices: &[f64]) -> Result<(), usize> {
        let mut bound = 0.0;
        for (b, sub) in self.subs.iter_mut().enumerate() {
            let network = &self.blocks[b];
            if !self.terms[b].is_empty() {
                // Costs were rounded: what that can move the bound by on the most each arc can carry.
                let most: i64 = network.supply().iter().map(|s| (*s).max(0)).sum();
                let mut next = 0;
                for (slot, arc) in sub.active.iter().enumerate() {
                    let arc = *arc as usize;
                    // Arcs that were woken are out of order: they are looked up.
                    if next > 0 && self.terms[b][next - 1].0 >= arc {
                        next = self.terms[b].partition_point(|t| t.0 < arc);
                    }
                    while next < self.terms[b].len() && self.terms[b][next].0 < arc {
                        next += 1;
                    }
                    let mut own = 0.0;
                    let mut is_in = false;
                    while next < self.terms[b].len() && self.terms[b][next].0 == arc {
                        let (_, r, weight) = self.terms[b][next];
                        own += prices[r] * weight;
                        is_in = true;
                        next += 1;
                    }
                    if is_in {
                        let a = network.arcs()[arc];
                        let exact = a.cost as f64 * self.fine as f64 + own * self.fine as f64;
                        let rounded = a.cost * self.fine + libm::round(own * self.fine as f64) as i64;
                        sub.costs[slot] = rounded;
                        bound -= (rounded as f64 - exact).max(0.0) / self.fine as f64 * a.capacity.min(most) as f64;
                    }
                }
                sub.simplex.set_costs(sub.costs.iter().copied());
            }
            if sub.simplex.run(u64::MAX) != Progress::Optimal {
                return Err(b);
            }
            bound += sub.simplex.objective() as f64 / self.fine as f64;
        }
        for (r, row) in self.rows.iter().enumerate() {
            bound -= prices[r] * row.limit / self.scale[r];
        }
        if self.best.as_ref().is_none_or(|best| bound > best.bound) {
            let potentials = self.subs.iter().map(|s| s.simplex.potentials().to_vec()).collect();
            self.centre = prices.to_vec();
            self.best = Some(Best { bound, prices: prices.to_vec(), potentials });
        }
        Ok(())
    }

    fn column(&self, b: usize, flow: &[(u32, f64)]) -> Column {
        let network = &self.blocks[b];
        let mut usage = vec![0.0; self.rows.len()];
        let (mut next, terms) = (0, &self.terms[b]);
        for (arc, f) in flow {
            let arc = *arc as usize;
            if next > 0 && terms[next - 1].0 >= arc {
                next = terms.partition_point(|t| t.0 < arc);
            }
            while next < terms.len() && terms[next].0 <= arc {
                if terms[next].0 == arc {
                    usage[terms[next].1] += terms[next].2 * f;
                }
                next += 1;
            }
        }
        let cost = flow.iter().map(|(arc, f)| network.arcs()[*arc as usize].cost as f64 * f).sum();
        Column { block: b, cost, usage }
    }

    /// What is known.
    ///
    /// # Panics
    /// Before the first step, or where a block has no flow.
    #[must_use]
    pub fn answer(&self) -> Shared {
        let mixture = self.mixture.as_ref().expect("at least one step");
        let best = self.best.as_ref().expect("at least one step");
        let mut flow: Vec<Vec<f64>> = self.blocks.iter().map(|n| vec![0.0; n.arcs().len()]).collect();
        let master = self.master.as_ref().expect("at least one step");
        for (column, weight) in &mixture.weights {
            let block = &mut flow[master.block(*column)];
            for (arc, f) in &self.flows[*column] {
                block[*arc as usize] += weight * f;
            }
        }
        let natural = |block: &Vec<i64>| block.iter().map(|p| *p as f64 / self.fine as f64).collect();
        Shared {
            objective: mixture.cost,
            bound: best.bound.min(mixture.cost),
            flow,
            prices: best.prices.iter().zip(&self.scale).map(|(p, s)| p / s).collect(),
            potentials: best.potentials.iter().map(natural).collect(),
            excess: mixture.excess.iter().zip(&self.scale).map(|(e, s)| e * s).collect(),
        }
    }

    /// What a solver of a similar problem may begin with.
    #[must_use]
    pub fn start(&self) -> Start {
        let answer = self.answer();
        let basis = |(sub, network): (&Sub, &FlowNetwork)| {
            let own = sub.simplex.basis();
            let mut arcs = vec![1; network.arcs().len()];
            sub.active.iter().zip(&own.arcs).for_each(|(arc, state)| arcs[*arc as usize] = *state);
            Basis { arcs, nodes: own.nodes }
        };
        let active = |(sub, network): (&Sub, &FlowNetwork)| {
            let mut active = vec![false; network.arcs().len()];
            sub.active.iter().for_each(|arc| active[*arc as usize] = true);
            active
        };
        Start {
            bases: self.subs.iter().zip(&self.blocks).map(basis).collect(),
            active: self.subs.iter().zip(&self.blocks).map(active).collect(),
            prices: answer.prices,
            flows: answer.flow,
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

    /// Aims at a smaller relative gap than usual: where most of the cost is the price of what cannot be, the rest wants a finer
    /// measure. False where nothing better can be found.
    pub fn aim_at(&mut self, gap: f64) -> bool {
        self.aim = gap.min(self.aim);
        !self.settled
    }

    /// The relative gap so far.
    #[must_use]
    pub fn gap(&self) -> f64 {
        match (&self.mixture, &self.best) {
            (Some(m), Some(b)) => (m.cost - b.bound) / m.cost.abs().max(1.0),
            _ => f64::INFINITY,
        }
    }

    /// Rounds so far.
    #[must_use]
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// Pivots of all blocks so far.
    #[must_use]
    pub fn pivots(&self) -> u64 {
        self.subs.iter().map(|s| s.simplex.pivots()).sum()
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
fn sparse(sub: &Sub) -> Vec<(u32, f64)> {
    let flow = sub.simplex.flow();
    sub.active.iter().zip(flow).filter(|(_, f)| *f != 0).map(|(arc, f)| (*arc, f as f64)).collect()
}

/// What the rows add to the cost of an arc at scaled prices.
fn added(terms: &[(usize, usize, f64)], arc: usize, prices: &[f64]) -> f64 {
    let from = terms.partition_point(|t| t.0 < arc);
    terms[from..].iter().take_while(|t| t.0 == arc).map(|(_, r, weight)| prices[*r] * weight).sum()
}

/// True where a flow is one of the network, to within what mixing leaves.
fn fits(network: &FlowNetwork, flow: &[f64]) -> bool {
    if flow.len() != network.arcs().len() {
        return false;
    }
    let mut balance: Vec<f64> = network.supply().iter().map(|s| *s as f64).collect();
    for (arc, f) in network.arcs().iter().zip(flow) {
        if *f < arc.lower as f64 - MIXED || *f > arc.capacity as f64 + MIXED {
            return false;
        }
        balance[arc.tail as usize] -= f;
        balance[arc.head as usize] += f;
    }
    balance.iter().all(|b| b.abs() <= MIXED)
}

/// Units by which a mixture of whole flows may be off.
const MIXED: f64 = 0.01;

impl Sub {
    fn new(network: &FlowNetwork, b: usize, fine: i64, start: &Start) -> Self {
        let takes_part = |arc: usize| start.active.get(b).is_none_or(|a| a.get(arc).copied().unwrap_or(true));
        let (active, reserve): (Vec<u32>, Vec<u32>) =
            (0..network.arcs().len() as u32).partition(|arc| takes_part(*arc as usize));
        let mut own = FlowNetwork::new(0);
        network.supply().iter().for_each(|s| _ = own.add_node(*s));
        for arc in &active {
            let a = network.arcs()[*arc as usize];
            own.add_arc(Arc { cost: a.cost * fine, ..a });
        }
        let simplex = match start.bases.get(b) {
            Some(basis) => {
                let state = |arc: &u32| basis.arcs.get(*arc as usize).copied().unwrap_or(1);
                NetworkSimplex::warm(
                    &own,
                    &Basis { arcs: active.iter().map(state).collect(), nodes: basis.nodes.clone() },
                )
            }
            None => NetworkSimplex::new(&own),
        };
        let costs = own.arcs().iter().map(|a| a.cost).collect();
        Self { simplex, active, costs, reserve }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let mut c = Coupled::new(blocks.to_vec(), rows.to_vec(), Start::default(), 1e6);
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
            // Few arcs to begin with, and the answer as a start: the same.
            let part = |(i, a): (usize, &Arc)| i % 3 != 2 || a.cost == 0 || a.cost >= 1000;
            let active = blocks.iter().map(|n| n.arcs().iter().enumerate().map(part).collect()).collect();
            let mut few = Coupled::new(blocks.clone(), rows.clone(), Start { active, ..Start::default() }, 1e6);
            while few.step() == Status::More {}
            prop_assert!((few.answer().objective - best).abs() <= 1e-6 * best, "{} against {best}", few.answer().objective);
            let mut again = Coupled::new(blocks, rows, few.start(), 1e6);
            while again.step() == Status::More {}
            prop_assert!((again.answer().objective - best).abs() <= 1e-6 * best, "{} against {best}", again.answer().objective);
            prop_assert!(again.answer().bound <= best + 1e-6 * best);
        }
    }
}
