//! How arcs and nodes stood in a solved problem, by what they mean, so that another problem can start there.

use super::{
    answer::End,
    problem::{Kind, Meaning, Node, Problem},
};
use crate::flow::Basis;
use std::collections::HashMap;

/// A solved problem's bases, without the problem.
#[derive(Default)]
pub(super) struct Memory {
    places: HashMap<End, u32>,
    contracts: HashMap<String, u32>,
    arcs: HashMap<(u8, Kind, u32, u32), i8>,
    nodes: HashMap<(u8, Node), i8>,
}

/// No place or contract of the problem before.
const NEW: u32 = u32::MAX;

impl Memory {
    pub(super) fn keep(problem: &Problem, bases: &[Basis]) -> Self {
        let mut memory = Self {
            places: problem.cast.places.iter().map(|p| p.end.clone()).zip(0..).collect(),
            contracts: problem.contracts.iter().map(|c| c.id.clone()).zip(0..).collect(),
            ..Self::default()
        };
        for ((block, basis), b) in problem.blocks.iter().zip(bases).zip(0u8..) {
            for (m, state) in block.arcs.iter().zip(&basis.arcs).filter(|(_, s)| **s != 1) {
                memory.arcs.insert((b, m.kind, m.from, m.to), *state);
            }
            for (node, state) in block.nodes.iter().zip(&basis.nodes).filter(|(_, s)| **s != 0) {
                memory.nodes.insert((b, *node), *state);
            }
        }
        memory
    }

    /// Bases for another problem; none where nothing is remembered.
    pub(super) fn bases(&self, problem: &Problem) -> Vec<Basis> {
        if self.arcs.is_empty() {
            return Vec::new();
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
            self.arcs.get(&(b, m.kind, from, to)).copied().unwrap_or(1)
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
        let bases = problem.blocks.iter().zip(0u8..).map(|(block, b)| Basis {
            arcs: block.arcs.iter().map(|m| arc(b, m)).collect(),
            nodes: block.nodes.iter().map(|n| node(b, n)).collect(),
        });
        bases.collect()
    }
}
