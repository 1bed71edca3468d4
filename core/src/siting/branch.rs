//! Branch and bound: what the bound leaves open is decided site by site.
//!
//! A node is a set of settled sites. Its bound starts from its parent's prices; sites that only a plan no better than the best known could
//! use are settled along the way; where the bound stalls below the best known, the node splits on the site about which the mean of the
//! course is least decided. Nodes of least bound come first, so that the proof of the whole rises as fast as it can.

use super::{Lock, lagrangian::Dual, reduced::Reduced};
use std::{cmp::Ordering, collections::BinaryHeap, rc::Rc};

/// Rounds without progress after which a node splits.
const PATIENCE: u32 = 25;
/// Rounds after which a node splits anyway.
const MOST_ROUNDS: u32 = 150;

struct Node {
    bound: f64,
    depth: u32,
    serial: u64,
    locks: Vec<Lock>,
    prices: Rc<Vec<f64>>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    /// The heap gives the greatest: least bound, then deepest, then newest.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = other.bound.total_cmp(&self.bound);
        by_bound.then(self.depth.cmp(&other.depth)).then(self.serial.cmp(&other.serial))
    }
}

/// The node in hand.
struct Work {
    node: Node,
    /// The root's form without what the node has settled, and the root's demand points and sites in it.
    reduced: Reduced,
    demand: Vec<u32>,
    sites: Vec<u32>,
    dual: Dual,
    free: Vec<Lock>,
}

/// Branch and bound over a root.
pub(super) struct Branch {
    root: Reduced,
    heap: BinaryHeap<Node>,
    work: Option<Box<Work>>,
    serial: u64,
    /// The least bound at which a node was given up: no plan below it was overlooked.
    pruned: f64,
    pub nodes: u64,
}

/// A choice that a node suggests, as sites of the root.
pub(super) type Suggestion = Vec<bool>;

impl Branch {
    /// Begins at a root with prices for its demand points and the bound they give.
    pub fn new(root: Reduced, prices: Vec<f64>, bound: f64) -> Self {
        let locks = vec![Lock::Free; root.len()];
        let first = Node { bound, depth: 0, serial: 0, locks, prices: Rc::new(prices) };
        Self { root, heap: BinaryHeap::from([first]), work: None, serial: 0, pruned: f64::INFINITY, nodes: 0 }
    }

    /// The root, whose sites suggestions speak of.
    pub fn root(&self) -> &Reduced {
        &self.root
    }

    /// No plan costs less; infinite where nothing was given up and nothing is left.
    pub fn bound(&self) -> f64 {
        let open = self.heap.peek().map_or(f64::INFINITY, |n| n.bound);
        let work = self.work.as_ref().map_or(f64::INFINITY, |w| w.node.bound);
        open.min(work).min(self.pruned)
    }

    /// Works for about so many visits of pairs. A plan of `goal` or more is not looked for; a step aims at `upper`. Returns
    /// whether there is more to do, and a choice to improve on.
    pub fn run(&mut self, goal: f64, upper: f64, mut budget: i64) -> (bool, Option<Suggestion>) {
        while budget > 0 {
            let Some(work) = self.work.take().or_else(|| self.next(goal)) else {
                return (!self.heap.is_empty(), None);
            };
            if let Some(suggestion) = self.rounds(work, goal, upper, &mut budget) {
                return (true, Some(suggestion));
            }
        }
        (self.work.is_some() || !self.heap.is_empty(), None)
    }

    /// Takes the node of least bound into hand.
    fn next(&mut self, goal: f64) -> Option<Box<Work>> {
        while let Some(node) = self.heap.pop() {
            if node.bound >= goal {
                self.pruned = self.pruned.min(node.bound);
                continue;
            }
            self.nodes += 1;
            let Some(reduced) = self.root.fix(&node.locks) else { continue };
            let demand = reduced.kept.clone();
            let sites = (0..self.root.len() as u32).filter(|s| node.locks[*s as usize] == Lock::Free);
            // Rows may have closed more than the locks did.
            let sites: Vec<u32> = by_name(&self.root, &reduced, sites);
            let prices = demand.iter().map(|i| node.prices[*i as usize]).collect();
            let dual = Dual::new(&reduced, prices);
            let free = vec![Lock::Free; reduced.len()];
            return Some(Box::new(Work { node, reduced, demand, sites, dual, free }));
        }
        None
    }

    /// Rounds on the node in hand until the budget is used, or the node is done with. Returns a choice where it splits.
    fn rounds(&mut self, mut work: Box<Work>, goal: f64, upper: f64, budget: &mut i64) -> Option<Suggestion> {
        let cost = 2_000 + 2 * work.reduced.sites.len() as i64 / 3;
        loop {
            work.node.bound = work.node.bound.max(work.dual.value);
            let settled = work.dual.settle(&work.reduced, goal, &mut work.free);
            if work.dual.value >= goal {
                self.pruned = self.pruned.min(work.dual.value);
                return None;
            }
            let decided = work.free.iter().filter(|l| **l != Lock::Free).count();
            if settled > 0 && (decided * 5 >= work.free.len() || decided == work.free.len()) {
                *budget -= cost;
                if !self.narrow(&mut work, goal) {
                    return None;
                }
                continue;
            }
            if work.reduced.len() == 0 || work.dual.stalled >= PATIENCE || work.dual.rounds >= MOST_ROUNDS {
                return self.split(*work, goal);
            }
            if *budget <= 0 {
                self.work = Some(work);
                return None;
            }
            work.dual.round(&work.reduced, upper);
            *budget -= cost;
        }
    }

    /// Takes what was settled out of the node's form; false where that cannot be, and so no better plan is in the node.
    fn narrow(&mut self, work: &mut Work, goal: f64) -> bool {
        for (s, lock) in work.free.iter().enumerate() {
            if *lock != Lock::Free {
                work.node.locks[work.sites[s] as usize] = *lock;
            }
        }
        let Some(reduced) = work.reduced.fix(&work.free) else {
            // Only plans of `goal` and more were ruled out.
            self.pruned = self.pruned.min(goal);
            return false;
        };
        let mut prices = (*work.node.prices).clone();
        work.demand.iter().zip(&work.dual.prices).for_each(|(i, u)| prices[*i as usize] = *u);
        work.demand = reduced.kept.iter().map(|i| work.demand[*i as usize]).collect();
        work.sites = by_name(&self.root, &reduced, 0..self.root.len() as u32);
        let rounds = work.dual.rounds;
        work.dual = Dual::new(&reduced, work.demand.iter().map(|i| prices[*i as usize]).collect());
        work.dual.rounds = rounds;
        work.node.prices = Rc::new(prices);
        work.free = vec![Lock::Free; reduced.len()];
        work.reduced = reduced;
        true
    }

    /// Splits a node, and suggests what it would open.
    fn split(&mut self, work: Work, goal: f64) -> Option<Suggestion> {
        let mut suggestion = vec![false; self.root.len()];
        for (s, lock) in work.node.locks.iter().enumerate() {
            suggestion[s] = *lock == Lock::Open;
        }
        for (s, chosen) in work.sites.iter().zip(&work.dual.chosen) {
            suggestion[*s as usize] |= chosen;
        }
        if work.reduced.len() == 0 {
            // Everything is decided: the cost is exact.
            self.pruned = self.pruned.min(work.reduced.constant);
            return Some(suggestion);
        }
        let undecided = |s: usize| {
            let share = work.dual.share[s];
            (share - 0.5).abs()
        };
        let mut at = 0;
        for s in 1..work.reduced.len() {
            if undecided(s) < undecided(at) {
                at = s;
            }
        }
        let mut prices = (*work.node.prices).clone();
        work.demand.iter().zip(&work.dual.prices).for_each(|(i, u)| prices[*i as usize] = *u);
        let prices = Rc::new(prices);
        let bound = work.node.bound;
        debug_assert!(bound < goal);
        for lock in [Lock::Closed, Lock::Open] {
            let mut locks = work.node.locks.clone();
            for (s, l) in work.free.iter().enumerate() {
                if *l != Lock::Free {
                    locks[work.sites[s] as usize] = *l;
                }
            }
            if locks[work.sites[at] as usize] != Lock::Free {
                continue;
            }
            locks[work.sites[at] as usize] = lock;
            self.serial += 1;
            self.heap.push(Node {
                bound,
                depth: work.node.depth + 1,
                serial: self.serial,
                locks,
                prices: prices.clone(),
            });
        }
        Some(suggestion)
    }
}

/// The sites of a root that a form made from it still has.
fn by_name(root: &Reduced, reduced: &Reduced, among: impl Iterator<Item = u32>) -> Vec<u32> {
    // Names ascend in both.
    let mut names = reduced.names.iter().peekable();
    among.filter(|s| names.next_if(|n| **n == root.names[*s as usize]).is_some()).collect()
}
