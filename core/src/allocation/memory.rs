//! How arcs, nodes and prices stood in a solved problem, by what they mean, so that another problem can start there.

use super::{
    answer::End,
    problem::{Kind, Limit, Meaning, Node, Problem},
};
use crate::flow::{
    Basis,
    coupled::{Shared, Start},
};
use std::collections::HashMap;

/// What is left of a solved problem.
#[derive(Default)]
pub(super) struct Memory {
    places: HashMap<End, u32>,
    contracts: HashMap<String, u32>,
    /// Arcs that are in the tree, full, or carry something, by block, kind and ends.
    arcs: HashMap<(u8, Kind, u32, u32), Stood>,
    nodes: HashMap<(u8, Node), i8>,
    /// Of shared limits: their price, and the one where every capacity had a little room.
    prices: Vec<(Limit, f64, f64)>,
}

/// How an arc stood: its state, its flow, and its flow where every capacity had a little room.
type Stood = (i8, f64, f64);

/// What was found where every capacity had a little room.
#[derive(Default)]
pub(super) struct Roomy {
    pub flows: Vec<Vec<f64>>,
    pub prices: Vec<f64>,
}

/// No place or contract of the problem before.
const NEW: u32 = u32::MAX;

impl Memory {
    /// Keeps a solved problem, and the flows that were found with a little room.
    pub(super) fn keep(problem: &Problem, solved: &Start, roomy: &Shared) -> Self {
        let mut memory = Self {
            places: problem.cast.places.iter().map(|p| p.end.clone()).zip(0..).collect(),
            contracts: problem.contracts.iter().map(|c| c.id.clone()).zip(0..).collect(),
            prices: (problem.limits.iter().cloned())
                .zip(solved.prices.iter().zip(&roomy.prices))
                .map(|(limit, (price, roomy))| (limit, *price, *roomy))
                .collect(),
            ..Self::default()
        };
        for (b, block) in (0u8..).zip(&problem.blocks) {
            let basis = &solved.bases[b as usize];
            let flows = solved.flows[b as usize].iter().zip(&roomy.flow[b as usize]);
            for ((m, state), (flow, roomy)) in block.arcs.iter().zip(&basis.arcs).zip(flows) {
                if *state != 1 || *flow != 0.0 || *roomy != 0.0 {
                    memory.arcs.insert((b, m.kind, m.from, m.to), (*state, *flow, *roomy));
                }
            }
            for (node, state) in block.nodes.iter().zip(&basis.nodes).filter(|(_, s)| **s != 0) {
                memory.nodes.insert((b, *node), *state);
            }
        }
        memory
    }

    /// A start for another problem, and flows and prices for when it has a little room; empty ones where nothing is remembered.
    pub(super) fn start(&self, problem: &Problem) -> (Start, Roomy) {
        if self.arcs.is_empty() {
            return Default::default();
        }
        let old = |end: &End| self.places.get(end).copied().unwrap_or(NEW);
        let places: Vec<u32> = problem.cast.places.iter().map(|p| old(&p.end)).collect();
        let contracts: Vec<u32> =
            problem.contracts.iter().map(|c| self.contracts.get(&c.id).copied().unwrap_or(NEW)).collect();
        let place = |row: u32| places[row as usize];
        let contract = |row: u32| contracts[row as usize];
        let arc = |b: u8, m: &Meaning| {
            let (from, to) = match m.kind {
                Kind::ToContract => (place(m.from), contract(m.to)),
                Kind::Owed | Kind::Beyond => (contract(m.from), place(m.to)),
                _ => (place(m.from), place(m.to)),
            };
            self.arcs.get(&(b, m.kind, from, to)).copied().unwrap_or((1, 0.0, 0.0))
        };
        let node = |b: u8, n: &Node| {
            let before = match *n {
                Node::Source(p) => Node::Source(place(p)),
                Node::HubIn(p) => Node::HubIn(place(p)),
                Node::HubOut(p) => Node::HubOut(place(p)),
                Node::SmelterIn(p) => Node::SmelterIn(place(p)),
                Node::SmelterOut(p) => Node::SmelterOut(place(p)),
                Node::Contract(k) => Node::Contract(contract(k)),
                Node::Buyer(p) => Node::Buyer(place(p)),
                Node::Rest => Node::Rest,
            };
            self.nodes.get(&(b, before)).copied().unwrap_or(0)
        };
        let (mut start, mut with_room) = (Start::default(), Vec::new());
        for (b, block) in (0u8..).zip(&problem.blocks) {
            let mut basis = Basis { arcs: vec![], nodes: block.nodes.iter().map(|n| node(b, n)).collect() };
            let (mut flows, mut roomy) = (Vec::new(), Vec::new());
            for m in &block.arcs {
                let (state, flow, with_room) = arc(b, m);
                basis.arcs.push(state);
                flows.push(flow);
                roomy.push(with_room);
            }
            start.bases.push(basis);
            start.flows.push(flows);
            with_room.push(roomy);
        }
        let price = |limit: &Limit| {
            let before = self.prices.iter().find(|(l, ..)| match (l, limit) {
                (Limit::Facility(a), Limit::Facility(b)) => place(*b) == *a,
                (Limit::Co2(_), Limit::Co2(_)) | (Limit::CrossCluster(_), Limit::CrossCluster(_)) => true,
                _ => false,
            });
            before.map_or((0.0, 0.0), |(_, price, roomy)| (*price, *roomy))
        };
        let (prices, roomy) = problem.limits.iter().map(price).unzip();
        start.prices = prices;
        (start, Roomy { flows: with_room, prices: roomy })
    }
}
