//! Primal network simplex on a strongly feasible spanning tree, priced block by block.
//!
//! The tree is kept as parents and a thread (preorder), so that a pivot touches the cycle and the subtree that moves. Every
//! node has an artificial arc to or from a root that no problem has; artificial arcs that carry flow at the end are what
//! cannot be met. After P. Kovács, "Minimum-cost flow algorithms: an experimental evaluation", 2015 (pivot rule and tree),
//! and Ahuja, Magnanti, Orlin, "Network Flows", 1993, chapter 11 (strong feasibility).

use super::{Arc, FlowNetwork, UNBOUNDED};

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The least flow is found.
    Optimal,
    /// No flow meets the supplies.
    Infeasible,
    /// A cycle without limit earns for ever.
    Unbounded,
    /// Out of pivots: run again.
    More,
}

/// Where an arc stands: in the tree, or at one of its bounds. Multiplied with a reduced cost it says if the arc is worth
/// entering (less than 0).
const TREE: i8 = 0;
const LOWER: i8 = 1;
const UPPER: i8 = -1;

/// A spanning tree to start from: what became of each arc and of each node's own artificial arc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Of each arc: 0 in the tree, 1 at its lower bound, -1 at its capacity. Arcs beyond the list are at their lower bound.
    pub arcs: Vec<i8>,
    /// Of each node: 0 where its artificial arc is not in the tree, 1 where it leads to the root, -1 where it comes from it.
    /// Nodes beyond the list have none.
    pub nodes: Vec<i8>,
}

/// What pricing reads of an arc, side by side in memory.
#[derive(Clone, Copy)]
struct Priced {
    cost: i64,
    tail: u32,
    head: u32,
}

/// No node, no arc.
const NONE: u32 = u32::MAX;

/// The solver. It keeps its tree: after a change of costs or with more arcs it goes on where it was.
#[derive(Clone)]
pub struct NetworkSimplex {
    nodes: usize,
    /// Arcs `0..nodes` are the artificial ones, a node's own each; the problem's follow. Flows and capacities count from the
    /// lower bound.
    arcs: Vec<Priced>,
    capacity: Vec<i64>,
    flow: Vec<i64>,
    state: Vec<i8>,
    lower: Vec<i64>,
    artificial_cost: i64,
    potential: Vec<i64>,
    parent: Vec<u32>,
    /// The arc to the parent, and if it points there.
    pred: Vec<u32>,
    pred_up: Vec<bool>,
    thread: Vec<u32>,
    rev_thread: Vec<u32>,
    succ_num: Vec<u32>,
    last_succ: Vec<u32>,
    next_arc: usize,
    block: usize,
    pivots: u64,
    /// Once a start from a basis has taken this many pivots it may be going in circles: it then starts anew, where the
    /// strongly feasible tree rules that out.
    patience: u64,
    supply: Vec<i64>,
    has_lower: bool,
    stem: Vec<Stem>,
}

impl NetworkSimplex {
    /// A solver that starts from nothing. O(nodes + arcs).
    ///
    /// # Panics
    /// Where the network is not valid ([`FlowNetwork::validate`]).
    #[must_use]
    pub fn new(network: &FlowNetwork) -> Self {
        Self::warm(network, &Basis::default())
    }

    /// A solver that starts from the basis of a similar problem: same numbers of nodes and arcs mean the same things. What
    /// does not fit is mended with artificial arcs. O(nodes + arcs).
    ///
    /// # Panics
    /// Where the network is not valid ([`FlowNetwork::validate`]).
    #[must_use]
    pub fn warm(network: &FlowNetwork, basis: &Basis) -> Self {
        network.validate().expect("a valid network");
        let nodes = network.supply().len();
        let arcs = nodes + network.arcs().len();
        let mut s = Self {
            nodes,
            arcs: Vec::with_capacity(arcs),
            capacity: Vec::with_capacity(arcs),
            flow: vec![0; nodes],
            state: vec![LOWER; nodes],
            lower: Vec::with_capacity(network.arcs().len()),
            artificial_cost: 0,
            potential: vec![0; nodes + 1],
            parent: vec![NONE; nodes + 1],
            pred: vec![NONE; nodes + 1],
            pred_up: vec![true; nodes + 1],
            thread: vec![0; nodes + 1],
            rev_thread: vec![0; nodes + 1],
            succ_num: vec![1; nodes + 1],
            last_succ: vec![0; nodes + 1],
            next_arc: 0,
            block: 0,
            pivots: 0,
            patience: u64::MAX,
            supply: network.supply().to_vec(),
            has_lower: network.arcs().iter().any(|a| a.lower != 0),
            stem: Vec::new(),
        };
        for v in 0..nodes as u32 {
            s.arcs.push(Priced { cost: 0, tail: v, head: nodes as u32 });
            s.capacity.push(UNBOUNDED);
        }
        for arc in network.arcs() {
            s.push(arc);
        }
        s.plant(basis);
        if !basis.arcs.is_empty() {
            s.patience = s.longest();
        }
        s
    }

    /// More arcs, at their lower bounds; the next run takes them in.
    ///
    /// # Panics
    /// Where an arc has a lower bound other than 0: it would move flow without being asked.
    pub fn add_arcs(&mut self, arcs: impl IntoIterator<Item = Arc>) {
        for arc in arcs {
            assert!(arc.lower == 0, "an arc that is added later has the lower bound 0");
            self.push(&arc);
        }
        self.raise_artificial_costs();
    }

    /// Other costs for all arcs, in their order; the next run goes on from the same flow.
    pub fn set_costs(&mut self, costs: impl IntoIterator<Item = i64>) {
        for (arc, cost) in self.arcs[self.nodes..].iter_mut().zip(costs) {
            arc.cost = cost;
        }
        self.raise_artificial_costs();
    }

    /// Other capacities for some arcs; the next run goes on from the same tree. O(nodes + arcs), without building anything anew.
    pub fn set_capacities(&mut self, changes: impl IntoIterator<Item = (usize, i64)>) {
        let mut seated = true;
        for (arc, capacity) in changes {
            let e = self.nodes + arc;
            let room = capacity.saturating_sub(self.lower[arc]).max(0);
            self.capacity[e] = if capacity >= UNBOUNDED { UNBOUNDED } else { room };
            if self.state[e] == UPPER && capacity >= UNBOUNDED {
                self.state[e] = LOWER;
                self.flow[e] = 0;
                seated = false;
            }
            seated &= self.state[e] != UPPER && self.flow[e] <= self.capacity[e];
        }
        if !seated {
            let hangs = self.hangs();
            self.seat(&hangs);
            self.patience = self.pivots + self.longest();
        }
    }

    /// Pivots until the answer is known, or for so many pivots at most.
    pub fn run(&mut self, pivots: u64) -> Progress {
        let end = self.pivots.saturating_add(pivots);
        while self.pivots < end {
            let Some(entering) = self.price() else { return self.verdict() };
            if !self.pivot(entering) {
                return Progress::Unbounded;
            }
            self.pivots += 1;
            if self.pivots >= self.patience {
                self.plant(&Basis::default());
                self.patience = u64::MAX;
            }
        }
        Progress::More
    }

    /// Pivots so far.
    #[must_use]
    pub const fn pivots(&self) -> u64 {
        self.pivots
    }

    /// The flow of each arc.
    #[must_use]
    pub fn flow(&self) -> Vec<i64> {
        self.flow[self.nodes..].iter().zip(&self.lower).map(|(f, l)| f + l).collect()
    }

    /// What the flow costs, without what cannot be met.
    #[must_use]
    pub fn objective(&self) -> i128 {
        let real = self.arcs[self.nodes..].iter().zip(&self.flow[self.nodes..]).zip(&self.lower);
        // Most arcs carry nothing.
        let carried = real.filter(|((_, f), l)| **f != 0 || **l != 0);
        carried.map(|((a, f), l)| i128::from(a.cost) * (i128::from(*f) + i128::from(*l))).sum()
    }

    /// The potential of each node. At the optimum `cost + potential(tail) - potential(head)` is 0 or more on every arc that
    /// could carry more, and 0 or less on every arc that could carry less; one more unit supplied at a node costs minus its
    /// potential, up to a constant.
    #[must_use]
    pub fn potentials(&self) -> &[i64] {
        &self.potential[..self.nodes]
    }

    /// What cannot be met: supply left over (positive) or demand unmet (negative) at nodes.
    #[must_use]
    pub fn unmet(&self) -> Vec<(u32, i64)> {
        let at = |v: usize| {
            let up = self.arcs[v].tail == v as u32;
            (v as u32, if up { self.flow[v] } else { -self.flow[v] })
        };
        (0..self.nodes).map(at).filter(|u| u.1 != 0).collect()
    }

    /// The tree as it stands, to start a similar problem from.
    #[must_use]
    pub fn basis(&self) -> Basis {
        Basis { arcs: self.state[self.nodes..].to_vec(), nodes: self.hangs() }
    }

    /// How each node hangs on the root: not at all (0), by an arc to it (1), or from it (-1).
    fn hangs(&self) -> Vec<i8> {
        let hangs = |v: usize| match (self.state[v], self.arcs[v].tail == v as u32) {
            (TREE, true) => 1,
            (TREE, false) => -1,
            _ => 0,
        };
        (0..self.nodes).map(hangs).collect()
    }

    fn push(&mut self, arc: &Arc) {
        self.arcs.push(Priced { cost: arc.cost, tail: arc.tail, head: arc.head });
        let room = arc.capacity.saturating_sub(arc.lower);
        self.capacity.push(if arc.capacity >= UNBOUNDED { UNBOUNDED } else { room });
        self.lower.push(arc.lower);
        self.flow.push(0);
        self.state.push(LOWER);
        self.block = (libm::sqrt((self.arcs.len() - self.nodes) as f64) as usize).max(16);
    }

    /// More pivots than any honest run takes.
    const fn longest(&self) -> u64 {
        20 * (self.arcs.len() as u64 + 100)
    }

    /// No way over all nodes costs more than an artificial arc.
    fn price_of_artificial(&self) -> i64 {
        let dearest = self.arcs[self.nodes..].iter().map(|a| a.cost.abs()).max().unwrap_or(0);
        (dearest + 1).saturating_mul(self.nodes as i64 + 1)
    }

    fn raise_artificial_costs(&mut self) {
        self.artificial_cost = self.artificial_cost.max(self.price_of_artificial());
        for v in 0..self.nodes {
            self.arcs[v].cost = if self.arcs[v].tail == v as u32 { 0 } else { self.artificial_cost };
        }
        self.weigh();
    }

    /// Takes over a basis and builds its tree.
    fn plant(&mut self, basis: &Basis) {
        let n = self.nodes;
        self.artificial_cost = self.price_of_artificial();
        for i in 0..self.arcs.len() - n {
            let hint = basis.arcs.get(i).copied().unwrap_or(LOWER);
            self.flow[n + i] = 0;
            self.state[n + i] = if hint == UPPER && self.capacity[n + i] >= UNBOUNDED { LOWER } else { hint };
        }
        let hangs: Vec<i8> = (0..n).map(|v| basis.nodes.get(v).copied().unwrap_or(0)).collect();
        self.seat(&hangs);
    }

    /// Builds the tree from the states of the arcs, flows and potentials included. Tree arcs that close a circle, or cannot carry
    /// what they would have to, go to a bound, and the root takes what is left. `hangs` says how each node hung on the root before.
    fn seat(&mut self, hangs: &[i8]) {
        let n = self.nodes;
        let root = n as u32;
        // Nodes keep what arcs at their bounds leave them.
        let mut excess = self.supply.clone();
        excess.push(0);
        if self.has_lower {
            for (i, l) in self.lower.iter().enumerate() {
                let a = self.arcs[n + i];
                excess[a.tail as usize] -= l;
                excess[a.head as usize] += l;
            }
        }
        let mut forest = Forest::new(n);
        for e in n..self.arcs.len() {
            match self.state[e] {
                LOWER => {}
                TREE => {
                    let a = self.arcs[e];
                    if forest.join(a.tail, a.head) {
                        forest.arcs.push(e as u32);
                    } else {
                        self.state[e] = LOWER;
                        self.flow[e] = 0;
                    }
                }
                _ => {
                    let a = self.arcs[e];
                    self.flow[e] = self.capacity[e];
                    excess[a.tail as usize] -= self.flow[e];
                    excess[a.head as usize] += self.flow[e];
                }
            }
        }
        let (first, next) = forest.neighbours(&self.arcs);
        // Preorder of each component, from a node that hung on the root before where there is one.
        let hung = |v: usize| hangs[v];
        let starts = (0..n).filter(|v| hung(*v) != 0).chain(0..n);
        let mut order: Vec<u32> = Vec::with_capacity(n);
        let mut seen = vec![false; n];
        let mut stack = Vec::new();
        for start in starts {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            self.parent[start] = root;
            self.pred[start] = start as u32;
            stack.push(start as u32);
            while let Some(v) = stack.pop() {
                order.push(v);
                for &e in &next[first[v as usize] as usize..first[v as usize + 1] as usize] {
                    let a = self.arcs[e as usize];
                    let w = if a.tail == v { a.head } else { a.tail };
                    if !seen[w as usize] {
                        seen[w as usize] = true;
                        self.parent[w as usize] = v;
                        self.pred[w as usize] = e;
                        self.pred_up[w as usize] = a.tail == w;
                        stack.push(w);
                    }
                }
            }
        }
        // Flows from the leaves up. What an arc cannot carry goes to the root at once.
        for &v in order.iter().rev() {
            let v = v as usize;
            let e = self.pred[v] as usize;
            if e >= n {
                let wanted = if self.pred_up[v] { excess[v] } else { -excess[v] };
                let carried = wanted.clamp(0, self.capacity[e]);
                let sent = if self.pred_up[v] { carried } else { -carried };
                self.flow[e] = carried;
                excess[v] -= sent;
                excess[self.parent[v] as usize] += sent;
                if carried == wanted {
                    continue;
                }
                self.state[e] = if carried == 0 { LOWER } else { UPPER };
                self.parent[v] = root;
                self.pred[v] = v as u32;
            }
            // A root's child: positive excess goes up, at 0 as it hung before.
            let up = excess[v] > 0 || (excess[v] == 0 && hung(v) >= 0);
            self.pred_up[v] = up;
            self.flow[v] = excess[v].abs();
        }
        for v in 0..n {
            let own = self.pred[v] == v as u32;
            self.state[v] = if own { TREE } else { LOWER };
            if !own {
                self.flow[v] = 0;
            }
            let up = !own || self.pred_up[v];
            let (tail, head) = if up { (v as u32, root) } else { (root, v as u32) };
            self.arcs[v] = Priced { cost: if up { 0 } else { self.artificial_cost }, tail, head };
        }
        self.string();
        self.weigh();
    }

    /// Thread, sizes and ends of subtrees from the parents.
    fn string(&mut self) {
        let n = self.nodes;
        let root = n as u32;
        let mut first_child = vec![NONE; n + 1];
        let mut sibling = vec![NONE; n + 1];
        for v in (0..n).rev() {
            let p = self.parent[v] as usize;
            sibling[v] = first_child[p];
            first_child[p] = v as u32;
        }
        self.parent[n] = NONE;
        let mut order = Vec::with_capacity(n + 1);
        let mut stack = vec![root];
        while let Some(v) = stack.pop() {
            order.push(v);
            if sibling[v as usize] != NONE {
                stack.push(sibling[v as usize]);
            }
            if first_child[v as usize] != NONE {
                stack.push(first_child[v as usize]);
            }
        }
        for (i, &v) in order.iter().enumerate() {
            let next = order.get(i + 1).copied().unwrap_or(root);
            self.thread[v as usize] = next;
            self.rev_thread[next as usize] = v;
            self.succ_num[v as usize] = 1;
            self.last_succ[v as usize] = v;
        }
        for &v in order[1..].iter().rev() {
            let (v, p) = (v as usize, self.parent[v as usize] as usize);
            self.succ_num[p] += self.succ_num[v];
            // Reverse preorder: the first child seen is the last one.
            if self.last_succ[p] == p as u32 {
                self.last_succ[p] = self.last_succ[v];
            }
        }
    }

    /// Potentials along the thread, the root's being 0.
    fn weigh(&mut self) {
        let mut v = self.thread[self.nodes];
        while v != self.nodes as u32 {
            let i = v as usize;
            let cost = self.arcs[self.pred[i] as usize].cost;
            let up = self.potential[self.parent[i] as usize];
            self.potential[i] = if self.pred_up[i] { up - cost } else { up + cost };
            v = self.thread[i];
        }
    }

    /// The arc that lowers the cost most of the first block that holds one.
    fn price(&mut self) -> Option<usize> {
        let (from, end) = (self.nodes, self.arcs.len());
        if end == from {
            return None;
        }
        let mut at = if (from..end).contains(&self.next_arc) { self.next_arc } else { from };
        let mut left = end - from;
        while left > 0 {
            let (mut least, mut best) = (0, None);
            let mut in_block = self.block.min(left);
            left -= in_block;
            while in_block > 0 {
                let stretch = in_block.min(end - at);
                let slice = self.arcs[at..at + stretch].iter().zip(&self.state[at..at + stretch]);
                for (i, (a, state)) in slice.enumerate() {
                    let reduced = a.cost + self.potential[a.tail as usize] - self.potential[a.head as usize];
                    let worth = i64::from(*state) * reduced;
                    if worth < least {
                        least = worth;
                        best = Some(at + i);
                    }
                }
                in_block -= stretch;
                at += stretch;
                if at == end {
                    at = from;
                }
            }
            if best.is_some() {
                self.next_arc = at;
                return best;
            }
        }
        None
    }

    /// Sends what it can around the cycle that the arc closes, and exchanges it for the arc that blocks. False where nothing
    /// blocks.
    fn pivot(&mut self, entering: usize) -> bool {
        let arc = self.arcs[entering];
        // Flow runs from `first` to `second` on the arc, and back to `first` through the tree.
        let forward = self.state[entering] == LOWER;
        let (first, second) = if forward { (arc.tail, arc.head) } else { (arc.head, arc.tail) };
        let join = self.join(first, second);
        // The last arc on the cycle that blocks, in the direction of flow from the join, leaves.
        let mut delta = self.capacity[entering];
        let mut leaving: Option<(u32, bool)> = None;
        let mut v = first;
        while v != join {
            let e = self.pred[v as usize] as usize;
            let room = if self.pred_up[v as usize] { self.flow[e] } else { self.capacity[e] - self.flow[e] };
            if room < delta {
                delta = room;
                leaving = Some((v, true));
            }
            v = self.parent[v as usize];
        }
        v = second;
        while v != join {
            let e = self.pred[v as usize] as usize;
            let room = if self.pred_up[v as usize] { self.capacity[e] - self.flow[e] } else { self.flow[e] };
            if room <= delta {
                delta = room;
                leaving = Some((v, false));
            }
            v = self.parent[v as usize];
        }
        if delta >= UNBOUNDED / 2 {
            return false;
        }
        if delta > 0 {
            self.flow[entering] += if forward { delta } else { -delta };
            for (start, against) in [(first, true), (second, false)] {
                let mut v = start;
                while v != join {
                    let e = self.pred[v as usize] as usize;
                    // On the first side the flow runs down to `first`: against arcs that point up.
                    let less = self.pred_up[v as usize] == against;
                    self.flow[e] += if less { -delta } else { delta };
                    v = self.parent[v as usize];
                }
            }
        }
        let Some((out, on_first)) = leaving else {
            self.state[entering] = -self.state[entering];
            return true;
        };
        let gone = self.pred[out as usize] as usize;
        self.state[gone] = if self.flow[gone] == 0 { LOWER } else { UPPER };
        self.state[entering] = TREE;
        let (inside, outside) = if on_first { (first, second) } else { (second, first) };
        self.graft(entering, inside, outside, out, join);
        true
    }

    /// The lowest node above both.
    fn join(&self, a: u32, b: u32) -> u32 {
        let (mut u, mut v) = (a, b);
        while u != v {
            if self.succ_num[u as usize] < self.succ_num[v as usize] {
                u = self.parent[u as usize];
            } else {
                v = self.parent[v as usize];
            }
        }
        u
    }

    /// Cuts the subtree of `out` off its parent, makes `inside` its top, and hangs it under `outside` by the entering arc.
    fn graft(&mut self, entering: usize, inside: u32, outside: u32, out: u32, join: u32) {
        // The stem from the new top to the old one, all of which turn around, with the links that are about to go.
        let mut stem = std::mem::take(&mut self.stem);
        stem.clear();
        let mut v = inside;
        loop {
            let i = v as usize;
            let last = self.last_succ[i];
            stem.push(Stem {
                node: v,
                before: self.rev_thread[i],
                last,
                after: self.thread[last as usize],
                size: self.succ_num[i],
            });
            if v == out {
                break;
            }
            v = self.parent[i];
        }
        let top = stem[stem.len() - 1];
        let old_parent = self.parent[out as usize];
        // Take the block of the subtree out of the thread, and out of what its ancestors count.
        self.link(top.before, top.after);
        let mut p = old_parent;
        while p != NONE && self.last_succ[p as usize] == top.last {
            self.last_succ[p as usize] = top.before;
            p = self.parent[p as usize];
        }
        p = old_parent;
        while p != join {
            self.succ_num[p as usize] -= top.size;
            p = self.parent[p as usize];
        }
        // String it anew: the new top's subtree, then what is left of each stem node's, upwards.
        let mut end = stem[0].last;
        for w in stem.windows(2) {
            let (below, node) = (&w[0], &w[1]);
            self.link(end, node.node);
            end = below.before;
            if below.last != node.last {
                self.link(end, below.after);
                end = node.last;
            }
        }
        for w in stem.windows(2).rev() {
            let (below, node) = (w[0].node as usize, w[1].node as usize);
            self.parent[node] = w[0].node;
            self.pred[node] = self.pred[below];
            self.pred_up[node] = !self.pred_up[below];
            self.succ_num[node] = top.size - w[0].size;
        }
        for s in &stem {
            self.last_succ[s.node as usize] = end;
        }
        let arc = self.arcs[entering];
        let i = inside as usize;
        self.parent[i] = outside;
        self.pred[i] = entering as u32;
        self.pred_up[i] = arc.tail == inside;
        self.succ_num[i] = top.size;
        // Hang it under the node outside.
        let next = self.thread[outside as usize];
        self.link(outside, inside);
        self.link(end, next);
        p = outside;
        while p != NONE && self.last_succ[p as usize] == outside {
            self.last_succ[p as usize] = end;
            p = self.parent[p as usize];
        }
        p = outside;
        while p != join {
            self.succ_num[p as usize] += top.size;
            p = self.parent[p as usize];
        }
        self.stem = stem;
        let above = self.potential[outside as usize];
        let shift = if self.pred_up[i] { above - arc.cost } else { above + arc.cost } - self.potential[i];
        let mut v = inside;
        loop {
            self.potential[v as usize] += shift;
            if v == end {
                break;
            }
            v = self.thread[v as usize];
        }
    }

    fn link(&mut self, from: u32, to: u32) {
        self.thread[from as usize] = to;
        self.rev_thread[to as usize] = from;
    }

    /// What it means that no arc is worth entering.
    fn verdict(&self) -> Progress {
        if self.flow[..self.nodes].iter().any(|f| *f != 0) { Progress::Infeasible } else { Progress::Optimal }
    }
}

/// A node that turns around in a pivot: its thread and size before.
#[derive(Clone, Copy)]
struct Stem {
    node: u32,
    before: u32,
    last: u32,
    after: u32,
    size: u32,
}

/// Tree arcs that close no circle.
struct Forest {
    parent: Vec<u32>,
    arcs: Vec<u32>,
}

impl Forest {
    fn new(nodes: usize) -> Self {
        Self { parent: (0..nodes as u32).collect(), arcs: Vec::new() }
    }

    fn top(&mut self, mut v: u32) -> u32 {
        while self.parent[v as usize] != v {
            let above = self.parent[self.parent[v as usize] as usize];
            self.parent[v as usize] = above;
            v = above;
        }
        v
    }

    /// Joins two nodes; false where they hang together already.
    fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.top(a), self.top(b));
        self.parent[a as usize] = b;
        a != b
    }

    /// The arcs at each node: from where in the list each node's begin, and the list.
    fn neighbours(&self, arcs: &[Priced]) -> (Vec<u32>, Vec<u32>) {
        let mut first = vec![0u32; self.parent.len() + 1];
        for &e in &self.arcs {
            let a = arcs[e as usize];
            first[a.tail as usize + 1] += 1;
            first[a.head as usize + 1] += 1;
        }
        for v in 0..self.parent.len() {
            first[v + 1] += first[v];
        }
        let mut at = first.clone();
        let mut list = vec![0; 2 * self.arcs.len()];
        for &e in &self.arcs {
            let a = arcs[e as usize];
            for v in [a.tail, a.head] {
                list[at[v as usize] as usize] = e;
                at[v as usize] += 1;
            }
        }
        (first, list)
    }
}

#[cfg(test)]
mod tests;
