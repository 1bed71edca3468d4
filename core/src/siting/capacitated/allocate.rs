//! Allocation to given open sites, customers divisible: shortest paths over few sites, network simplex over many.

use super::{Shares, data::Data, transport::Transport};
use crate::flow::{Arc, FlowNetwork, NetworkSimplex, Progress, UNBOUNDED};

/// From so many open sites on the general method is the faster one.
const FEW: usize = 100;

/// Allocation to one choice of sites after the other.
#[derive(Clone)]
pub(super) struct Allocate {
    /// Unit costs are these times the true ones.
    scale: f64,
    /// Unit costs of the pairs.
    units: Vec<i64>,
    /// Unit costs of leaving customers unserved.
    otherwise: Vec<i64>,
    few: Transport,
    /// With many sites, built when first needed, then warm.
    many: Option<Many>,
    was_many: bool,
}

#[derive(Clone)]
struct Many {
    simplex: NetworkSimplex,
    /// Sites open in the network as it stands.
    open: Vec<bool>,
}

impl Allocate {
    pub fn new(data: &Data) -> Self {
        let scale = scale(data);
        let unit = |cost: f64, i: usize| libm::rint(cost / data.demand[i].max(1.0) * scale) as i64;
        let otherwise = |i: usize| if data.otherwise[i].is_finite() { unit(data.otherwise[i], i) } else { i64::MAX };
        Self {
            scale,
            units: (0..data.pairs()).map(|k| unit(data.cost[k], data.customer[k] as usize)).collect(),
            otherwise: (0..data.customers).map(otherwise).collect(),
            few: Transport::default(),
            many: None,
            was_many: false,
        }
    }

    /// Allocates to the open sites. False where they cannot serve what must be served.
    pub fn solve(&mut self, data: &Data, open: &[bool]) -> bool {
        self.was_many = open.iter().filter(|o| **o).count() > FEW;
        if !self.was_many {
            return self.few.solve(data, &self.units, &self.otherwise, open);
        }
        if self.many.is_none() {
            let network = network(data, &self.units, &self.otherwise, open);
            self.many = Some(Many { simplex: NetworkSimplex::new(&network), open: open.to_vec() });
        }
        let Some(many) = &mut self.many else { return false };
        let changes: Vec<(usize, i64)> = (0..data.sites)
            .filter(|j| open[*j] != many.open[*j])
            .map(|j| (j, if open[j] { data.capacity[j] as i64 } else { 0 }))
            .collect();
        many.simplex.set_capacities(changes);
        many.open.copy_from_slice(open);
        many.simplex.run(u64::MAX) == Progress::Optimal
    }

    /// Who serves whom with how much.
    pub fn shares(&self, data: &Data) -> Shares {
        let Some(many) = self.many.as_ref().filter(|_| self.was_many) else {
            return self.few.shares(data);
        };
        let flow = many.simplex.flow();
        let mut shares = vec![Vec::new(); data.customers];
        for (k, f) in flow[data.sites..data.sites + data.pairs()].iter().enumerate() {
            if *f > 0 {
                shares[data.customer[k] as usize].push((data.site_of[k], *f as f64));
            }
        }
        shares
    }

    /// What one more of each customer would cost: multipliers that prove the allocation.
    pub fn prices(&self, data: &Data) -> Vec<f64> {
        let units: Vec<i64> = match self.many.as_ref().filter(|_| self.was_many) {
            Some(many) => {
                let potentials = many.simplex.potentials();
                let source = data.customers + data.sites;
                (0..data.customers).map(|i| potentials[i] - potentials[source]).collect()
            }
            None => self.few.prices(),
        };
        let price = |i: usize| units[i] as f64 / self.scale * data.demand[i];
        (0..data.customers).map(|i| price(i).clamp(0.0, data.otherwise[i])).collect()
    }
}

/// Nodes: customers, sites, the source. Arcs: to the sites, the pairs, and past the sites what may stay unserved.
fn network(data: &Data, units: &[i64], otherwise: &[i64], open: &[bool]) -> FlowNetwork {
    let (n, m) = (data.customers, data.sites);
    let mut network = FlowNetwork::new(n + m + 1);
    let source = (n + m) as u32;
    let total: f64 = data.demand.iter().sum();
    network.set_supply(source, total as i64);
    for (j, open) in open.iter().enumerate() {
        let capacity = if *open { data.capacity[j] as i64 } else { 0 };
        network.add_arc(Arc { tail: source, head: (n + j) as u32, lower: 0, capacity, cost: 0 });
    }
    for (k, cost) in units.iter().enumerate() {
        let (i, j) = (data.customer[k], data.site_of[k]);
        network.add_arc(Arc { tail: n as u32 + j, head: i, lower: 0, capacity: UNBOUNDED, cost: *cost });
    }
    for (i, cost) in otherwise.iter().enumerate() {
        network.set_supply(i as u32, -(data.demand[i] as i64));
        if *cost < i64::MAX {
            network.add_arc(Arc { tail: source, head: i as u32, lower: 0, capacity: UNBOUNDED, cost: *cost });
        }
    }
    network
}

/// The least whole scale that makes all unit costs whole, or as large a one as the simplex can add up.
fn scale(data: &Data) -> f64 {
    let dearest = (0..data.pairs())
        .map(|k| data.cost[k] / data.demand[data.customer[k] as usize].max(1.0))
        .chain((0..data.customers).map(|i| data.otherwise[i] / data.demand[i].max(1.0)).filter(|c| c.is_finite()))
        .fold(1.0, f64::max);
    // The simplex adds costs along a way over all nodes, with room to spare.
    let most = UNBOUNDED as f64 / 16.0 / (dearest + 1.0) / (data.customers + data.sites + 3) as f64;
    let mut common = 1u64;
    let gcd = |mut a: u64, mut b: u64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let pairs = (0..data.pairs()).map(|k| (data.cost[k], data.demand[data.customer[k] as usize]));
    let left = (0..data.customers).map(|i| (data.otherwise[i], data.demand[i])).filter(|(c, _)| c.is_finite());
    for (cost, demand) in pairs.chain(left) {
        let (cost, demand) = (cost as u64, demand.max(1.0) as u64);
        let part = demand / gcd(cost, demand);
        if !common.is_multiple_of(part) {
            let more = part / gcd(common, part);
            match common.checked_mul(more) {
                Some(next) if (next as f64) < most => common = next,
                _ => return libm::exp2(libm::floor(libm::log2(most.max(1.0))).min(52.0)),
            }
        }
    }
    common as f64
}

/// What shares cost: whole parts are summed apart from fractions, so that nothing is lost.
pub(super) fn cost(data: &Data, shares: &Shares) -> f64 {
    let (mut whole, mut part) = (0i128, 0.0);
    for (i, list) in shares.iter().enumerate() {
        let demand = (data.demand[i] as i128).max(1);
        let mut left = demand;
        let mut sum = 0i128;
        for (j, amount) in list {
            let amount = *amount as i128;
            left -= amount;
            sum += data.cost_of(i, *j as usize) as i128 * amount;
        }
        if left > 0 && data.otherwise[i].is_finite() {
            sum += data.otherwise[i] as i128 * left;
        }
        whole += sum / demand;
        part += (sum % demand) as f64 / demand as f64;
    }
    whole as f64 + part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::{Lists, capacitated::CapacitatedProblem};

    /// Both methods find the same least cost, and the prices of both prove it.
    #[test]
    fn shortest_paths_and_network_simplex_agree() {
        let mut seed = 5u64;
        let mut random = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for case in 0..60 {
            let (m, n) = (2 + case % 9, 5 + case);
            let demands: Vec<f64> = (0..n).map(|_| 1.0 + random(30) as f64).collect();
            let room = demands.iter().sum::<f64>() * 1.2 / m as f64;
            let capacities = (0..m).map(|_| libm::floor(room) + random(20) as f64).collect();
            let lists: Vec<Vec<(u32, f64)>> =
                (0..n).map(|_| (0..m as u32).map(|j| (j, random(900) as f64)).collect()).collect();
            let mut problem = CapacitatedProblem::plain(Lists::new(lists), demands, capacities, vec![0.0; m]);
            if case % 3 == 0 {
                problem.otherwise = (0..n).map(|_| 200.0 + random(500) as f64).collect();
            }
            let data = Data::new(&problem, false);
            let open = vec![true; m];
            let mut few = Allocate::new(&data);
            assert!(few.solve(&data, &open), "case {case}");
            let network = network(&data, &few.units, &few.otherwise, &open);
            let mut many = few.clone();
            many.many = Some(Many { simplex: NetworkSimplex::new(&network), open: open.clone() });
            many.was_many = true;
            let Some(inner) = &mut many.many else { unreachable!() };
            assert_eq!(inner.simplex.run(u64::MAX), Progress::Optimal, "case {case}");
            let (a, b) = (cost(&data, &few.shares(&data)), cost(&data, &many.shares(&data)));
            assert!((a - b).abs() < 1e-6, "case {case}: {a} and {b}");
            for prices in [few.prices(&data), many.prices(&data)] {
                let mut relaxed = super::super::lagrangian::Relaxed::default();
                relaxed.evaluate(&data, &super::super::state::State::new(&data), &prices);
                assert!((relaxed.value - a).abs() < 1e-6, "case {case}: {} proves {a}", relaxed.value);
            }
        }
    }
}
