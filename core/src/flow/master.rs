//! The small linear programme over whole flows that column generation rests on.
//!
//! Which mixture of known flows of each block (weights 0 or more that sum to 1 a block) keeps every shared row at least cost?
//! Revised simplex with a dense inverse: there are as many rows as shared limits and blocks, a few dozen.

/// A flow of one block, as the rows see it.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub block: usize,
    pub cost: f64,
    /// What it uses of each row.
    pub usage: Vec<f64>,
}

/// What a basic variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    /// A column, by its number.
    Flow(usize),
    /// What is left of a row.
    Slack(usize),
    /// What exceeds a row, at the price of breaking it.
    Excess(usize),
}

/// The programme, with its basis from the last time it was solved. Inside, rows are measured by their limits and costs by the
/// dearest first flow, so that all numbers are about 1.
#[derive(Clone)]
pub(super) struct Master {
    rows: usize,
    blocks: usize,
    limits: Vec<f64>,
    /// What the units of rows and of cost were divided by.
    row_scale: Vec<f64>,
    cost_scale: f64,
    /// What a unit above each limit costs.
    breaking: Vec<f64>,
    columns: Vec<Column>,
    basis: Vec<Variable>,
    inverse: Vec<f64>,
    level: Vec<f64>,
}

/// A solution of the programme.
#[derive(Clone, Debug)]
pub(super) struct Mixture {
    /// Cost, broken rows included.
    pub cost: f64,
    /// Columns with their weights, those above 0.
    pub weights: Vec<(usize, f64)>,
    /// Price of a unit of each row, 0 or more.
    pub prices: Vec<f64>,
    /// What each block's mixture is worth: a column that costs less at these prices would lower the cost.
    pub worth: Vec<f64>,
    /// By how much each row is exceeded.
    pub excess: Vec<f64>,
}

/// A reduced cost above minus this, in shares of the dearest first flow, is no gain.
const TOLERANCE: f64 = 1e-13;
/// Below this a pivot is noise.
const SMALL: f64 = 1e-9;
/// Pivots between two inversions from scratch.
const FRESH: usize = 60;

impl Master {
    /// The programme with one column a block to begin with.
    pub(super) fn new(limits: &[f64], breaking: f64, first: Vec<Column>) -> Self {
        let (rows, blocks) = (limits.len(), first.len());
        let cost_scale = first.iter().map(|c| c.cost.abs()).fold(1.0, f64::max);
        let used = |r: usize| first.iter().map(|c| c.usage[r]).sum::<f64>();
        let row_scale: Vec<f64> = (0..rows).map(|r| limits[r].abs().max(used(r).abs()).max(1.0)).collect();
        let mut m = Self {
            rows,
            blocks,
            limits: limits.iter().zip(&row_scale).map(|(l, s)| l / s).collect(),
            breaking: row_scale.iter().map(|s| breaking * s / cost_scale).collect(),
            row_scale,
            cost_scale,
            columns: Vec::new(),
            basis: Vec::new(),
            inverse: Vec::new(),
            level: Vec::new(),
        };
        first.into_iter().for_each(|c| m.add(c));
        m.start();
        m
    }

    /// Wider limits; the columns stay.
    pub(super) fn set_limits(&mut self, limits: &[f64]) {
        self.limits = limits.iter().zip(&self.row_scale).map(|(l, s)| l / s).collect();
        self.start();
    }

    /// One more column.
    pub(super) fn add(&mut self, mut column: Column) {
        column.cost /= self.cost_scale;
        column.usage.iter_mut().zip(&self.row_scale).for_each(|(u, s)| *u /= s);
        self.columns.push(column);
    }

    /// The block of a column.
    pub(super) fn block(&self, column: usize) -> usize {
        self.columns[column].block
    }

    /// The basis of the first column of each block, with what is left or too much of each row.
    fn start(&mut self) {
        let first: Vec<usize> = (0..self.blocks)
            .map(|b| self.columns.iter().position(|c| c.block == b).expect("a column a block"))
            .collect();
        let used = |r: usize| first.iter().map(|c| self.columns[*c].usage[r]).sum::<f64>();
        self.basis = (0..self.rows)
            .map(|r| if used(r) <= self.limits[r] { Variable::Slack(r) } else { Variable::Excess(r) })
            .chain(first.iter().map(|c| Variable::Flow(*c)))
            .collect();
        self.invert();
    }

    /// The best mixture. Where rounding has spoiled the basis it is sought again from the start.
    pub(super) fn solve(&mut self) -> Mixture {
        let mut found = self.optimise();
        if !self.is_sound() {
            self.start();
            found = self.optimise();
        }
        found
    }

    /// True where the levels of the basis are what the rows say.
    fn is_sound(&self) -> bool {
        let size = self.rows + self.blocks;
        let mut left: Vec<f64> = self.limits.iter().copied().chain(std::iter::repeat_n(1.0, self.blocks)).collect();
        for (v, level) in self.basis.iter().zip(&self.level) {
            if *level < -1e-7 || !level.is_finite() {
                return false;
            }
            self.column(*v).iter().zip(&mut left).for_each(|(a, l)| *l -= a * level);
        }
        left.len() == size && left.iter().all(|l| l.abs() < 1e-7)
    }

    fn optimise(&mut self) -> Mixture {
        let size = self.rows + self.blocks;
        let mut since = 0;
        // Each pivot lowers the cost or is degenerate; after many of the latter the first eligible variable enters
        // (Bland's rule), which ends every circle.
        let mut idle = 0;
        loop {
            let dual = self.duals();
            let Some(entering) = self.entering(&dual, idle > 4 * size) else { break };
            let direction = self.times_inverse(&self.column(entering));
            let mut leaving: Option<(usize, f64)> = None;
            for (i, d) in direction.iter().enumerate() {
                if *d > SMALL {
                    let ratio = self.level[i].max(0.0) / d;
                    let better = match leaving {
                        None => true,
                        Some((j, least)) => {
                            ratio < least - 1e-12 || (ratio <= least + 1e-12 && *d > direction[j] && idle <= 4 * size)
                        }
                    };
                    if better {
                        leaving = Some((i, ratio));
                    }
                }
            }
            let Some((row, step)) = leaving else { break };
            idle = if step > 0.0 { 0 } else { idle + 1 };
            self.basis[row] = entering;
            since += 1;
            if since % FRESH == 0 {
                self.invert();
            } else {
                self.exchange(row, &direction, step);
            }
            if since > 10_000 {
                break;
            }
        }
        self.invert();
        let dual = self.duals();
        let mut mixture = Mixture {
            cost: 0.0,
            weights: Vec::new(),
            prices: dual.iter().zip(&self.row_scale).map(|(y, s)| (-y).max(0.0) * self.cost_scale / s).collect(),
            worth: dual[self.rows..].iter().map(|w| w * self.cost_scale).collect(),
            excess: vec![0.0; self.rows],
        };
        for (v, level) in self.basis.iter().zip(&self.level) {
            let level = level.max(0.0);
            mixture.cost += level * self.cost(*v) * self.cost_scale;
            match *v {
                Variable::Flow(c) if level > 0.0 => mixture.weights.push((c, level)),
                Variable::Excess(r) => mixture.excess[r] = level * self.row_scale[r],
                _ => {}
            }
        }
        mixture.weights.sort_by_key(|w| w.0);
        mixture
    }

    fn cost(&self, v: Variable) -> f64 {
        match v {
            Variable::Flow(c) => self.columns[c].cost,
            Variable::Slack(_) => 0.0,
            Variable::Excess(r) => self.breaking[r],
        }
    }

    fn column(&self, v: Variable) -> Vec<f64> {
        let mut column = vec![0.0; self.rows + self.blocks];
        match v {
            Variable::Flow(c) => {
                column[..self.rows].copy_from_slice(&self.columns[c].usage);
                column[self.rows + self.columns[c].block] = 1.0;
            }
            Variable::Slack(r) => column[r] = 1.0,
            Variable::Excess(r) => column[r] = -1.0,
        }
        column
    }

    /// Cost of the basis times its inverse.
    fn duals(&self) -> Vec<f64> {
        let size = self.rows + self.blocks;
        let mut dual = vec![0.0; size];
        for (i, v) in self.basis.iter().enumerate() {
            let cost = self.cost(*v);
            if cost != 0.0 {
                for (d, a) in dual.iter_mut().zip(&self.inverse[i * size..(i + 1) * size]) {
                    *d += cost * a;
                }
            }
        }
        dual
    }

    fn entering(&self, dual: &[f64], first: bool) -> Option<Variable> {
        let flows = self.columns.iter().enumerate().map(|(i, c)| {
            let used: f64 = c.usage.iter().zip(dual).map(|(u, y)| u * y).sum();
            (Variable::Flow(i), c.cost - used - dual[self.rows + c.block])
        });
        let slacks = (0..self.rows)
            .flat_map(|r| [(Variable::Slack(r), -dual[r]), (Variable::Excess(r), self.breaking[r] + dual[r])]);
        let worth = |(_, reduced): &(Variable, f64)| *reduced < -TOLERANCE;
        let mut eligible = flows.chain(slacks).filter(worth).filter(|(v, _)| !self.basis.contains(v));
        if first {
            return eligible.next().map(|e| e.0);
        }
        eligible.min_by(|a, b| a.1.total_cmp(&b.1)).map(|e| e.0)
    }

    fn times_inverse(&self, column: &[f64]) -> Vec<f64> {
        let size = column.len();
        let row = |i: usize| self.inverse[i * size..(i + 1) * size].iter().zip(column).map(|(a, b)| a * b).sum();
        (0..size).map(row).collect()
    }

    fn exchange(&mut self, row: usize, direction: &[f64], step: f64) {
        let size = direction.len();
        let pivot = direction[row];
        for a in &mut self.inverse[row * size..(row + 1) * size] {
            *a /= pivot;
        }
        let pivoted = self.inverse[row * size..(row + 1) * size].to_vec();
        for (i, d) in direction.iter().enumerate() {
            if i != row && *d != 0.0 {
                for (a, p) in self.inverse[i * size..(i + 1) * size].iter_mut().zip(&pivoted) {
                    *a -= d * p;
                }
                self.level[i] -= step * d;
            }
        }
        self.level[row] = step;
    }

    /// The inverse of the basis from scratch, by elimination with the largest pivot of each column.
    fn invert(&mut self) {
        let size = self.rows + self.blocks;
        let mut left = vec![0.0; size * size];
        for (j, v) in self.basis.iter().enumerate() {
            for (i, a) in self.column(*v).into_iter().enumerate() {
                left[i * size + j] = a;
            }
        }
        let mut right = vec![0.0; size * size];
        (0..size).for_each(|i| right[i * size + i] = 1.0);
        for j in 0..size {
            let largest = (j..size).max_by(|a, b| left[a * size + j].abs().total_cmp(&left[b * size + j].abs()));
            let p = largest.unwrap_or(j);
            for k in 0..size {
                left.swap(j * size + k, p * size + k);
                right.swap(j * size + k, p * size + k);
            }
            let pivot = left[j * size + j];
            if pivot == 0.0 {
                continue;
            }
            for k in 0..size {
                left[j * size + k] /= pivot;
                right[j * size + k] /= pivot;
            }
            for i in 0..size {
                let factor = left[i * size + j];
                if i != j && factor != 0.0 {
                    for k in 0..size {
                        left[i * size + k] -= factor * left[j * size + k];
                        right[i * size + k] -= factor * right[j * size + k];
                    }
                }
            }
        }
        self.inverse = right;
        let mut whole = self.limits.clone();
        whole.extend(std::iter::repeat_n(1.0, self.blocks));
        self.level = self.times_inverse(&whole);
    }
}
