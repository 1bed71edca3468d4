//! A lower bound by Lagrangian relaxation.
//!
//! Every demand point i is given a price u_i for being served, every side limit r a price m_r >= 0. What is left decomposes by site:
//!
//! ```text
//! L(u, m) = sum_i u_i - sum_r m_r limit_r + least sum_j rho_j y_j over choices of allowed count
//! rho_j   = opening_j + sum_r m_r a_rj + sum_i min(0, cost_ij - u_i)
//! ```
//!
//! Prices rise where too few open sites would serve a demand point, and fall where too many would, along a direction that remembers the
//! last ones (the volume algorithm of Barahona and Anbil, 2000). Any prices give a valid bound; the sites' mean over the course is an
//! estimate of the fractional optimum, which says where to branch. rho says what forcing a site open or closed would cost at least:
//! sites that could only be part of something worse are settled.

use super::{Lock, reduced::Reduced};

const MIX_LOW: f64 = 0.1;
/// Prices on their way up.
#[derive(Clone, Debug)]
pub(super) struct Dual {
    /// The best prices.
    pub prices: Vec<f64>,
    row_prices: Vec<f64>,
    /// The bound they give.
    pub value: f64,
    /// How much of each site is open in the mean of the course.
    pub share: Vec<f64>,
    /// Reduced costs at the last prices tried, with the bound there and the sites chosen.
    pub rho: Vec<f64>,
    pub last: f64,
    pub chosen: Vec<bool>,
    direction: Vec<f64>,
    row_direction: Vec<f64>,
    slope: Vec<f64>,
    row_slope: Vec<f64>,
    trial: Vec<f64>,
    row_trial: Vec<f64>,
    order: Vec<u32>,
    factor: f64,
    mix: f64,
    fails: u32,
    /// Rounds since the bound rose by a part of what is open.
    pub stalled: u32,
    mark: f64,
    pub rounds: u32,
}

impl Dual {
    /// Begins with these prices, one a demand point.
    pub fn new(problem: &Reduced, prices: Vec<f64>) -> Self {
        let (demand, sites, rows) = (problem.demand(), problem.len(), problem.rows.len());
        let mut dual = Self {
            trial: prices.iter().zip(&problem.otherwise).map(|(u, o)| u.clamp(0.0, *o)).collect(),
            prices: Vec::new(),
            row_prices: vec![0.0; rows],
            row_trial: vec![0.0; rows],
            value: f64::NEG_INFINITY,
            share: vec![0.0; sites],
            rho: vec![0.0; sites],
            last: f64::NEG_INFINITY,
            chosen: vec![false; sites],
            slope: vec![0.0; demand],
            row_slope: vec![0.0; rows],
            direction: vec![0.0; demand],
            row_direction: vec![0.0; rows],
            order: (0..sites as u32).collect(),
            factor: 0.3,
            mix: 0.3,
            fails: 0,
            stalled: 0,
            mark: f64::NEG_INFINITY,
            rounds: 0,
        };
        dual.evaluate(problem);
        dual.accept();
        dual.mark = dual.value;
        dual.slopes(problem, 1.0);
        for (s, c) in dual.share.iter_mut().zip(&dual.chosen) {
            *s = f64::from(u8::from(*c));
        }
        dual
    }

    /// The bound at the trial prices.
    fn evaluate(&mut self, problem: &Reduced) {
        self.rho.copy_from_slice(&problem.opening);
        let mut sum = problem.constant;
        for (row, price) in problem.rows.iter().zip(&self.row_trial) {
            sum -= price * row.limit;
            if *price > 0.0 {
                for (s, a) in &row.terms {
                    self.rho[*s as usize] += price * a;
                }
            }
        }
        for (i, price) in self.trial.iter().enumerate() {
            sum += price;
            let (sites, costs) = problem.of(i);
            for (s, c) in sites.iter().zip(costs) {
                if c >= price {
                    break;
                }
                self.rho[*s as usize] += c - price;
            }
        }
        let (least, most) = problem.count;
        let rho = &self.rho;
        let by = |a: &u32, b: &u32| rho[*a as usize].total_cmp(&rho[*b as usize]).then(a.cmp(b));
        // The cheapest `most`, of which those that cost something only as far as they must.
        if most < self.order.len() && most > 0 {
            self.order.select_nth_unstable_by(most - 1, by);
        }
        if least > 0 && least < most {
            self.order[..most].select_nth_unstable_by(least - 1, by);
        }
        self.chosen.fill(false);
        for (k, s) in self.order[..most].iter().enumerate() {
            let cost = self.rho[*s as usize];
            if k < least || cost < 0.0 {
                self.chosen[*s as usize] = true;
                sum += cost;
            }
        }
        self.last = sum;
    }

    fn accept(&mut self) {
        self.value = self.last;
        self.prices.clone_from(&self.trial);
        self.row_prices.clone_from(&self.row_trial);
    }

    /// Mixes the slopes at the trial prices into the direction, at most by `most` and so that the direction becomes short: then the mean
    /// serves everybody nearly once. Returns how the slopes lie to the old direction.
    fn slopes(&mut self, problem: &Reduced, most: f64) -> f64 {
        let (mut along, mut own, mut old) = (0.0, 0.0, 0.0);
        for (i, price) in self.trial.iter().enumerate() {
            let (sites, costs) = problem.of(i);
            let mut slope = 1.0;
            for (s, c) in sites.iter().zip(costs) {
                if c >= price {
                    break;
                }
                if self.chosen[*s as usize] {
                    slope -= 1.0;
                }
            }
            // At its most a price cannot rise: being served otherwise is then as good.
            if *price >= problem.otherwise[i] && slope > 0.0 {
                slope = 0.0;
            }
            self.slope[i] = slope;
            along += slope * self.direction[i];
            own += slope * slope;
            old += self.direction[i] * self.direction[i];
        }
        for (r, row) in problem.rows.iter().enumerate() {
            let used: f64 = row.terms.iter().filter(|(s, _)| self.chosen[*s as usize]).map(|(_, a)| a).sum();
            let over = used - row.limit;
            let slope = if self.row_trial[r] <= 0.0 { over.max(0.0) } else { over };
            self.row_slope[r] = slope;
            along += slope * self.row_direction[r];
            own += slope * slope;
            old += self.row_direction[r] * self.row_direction[r];
        }
        let best = (old - along) / (own + old - 2.0 * along).max(1e-12);
        let mix = if most >= 1.0 { 1.0 } else { best.clamp(most * MIX_LOW, most) };
        for (d, s) in self.direction.iter_mut().zip(&self.slope) {
            *d += mix * (s - *d);
        }
        for (d, s) in self.row_direction.iter_mut().zip(&self.row_slope) {
            *d += mix * (s - *d);
        }
        for (share, chosen) in self.share.iter_mut().zip(&self.chosen) {
            *share += mix * (f64::from(u8::from(*chosen)) - *share);
        }
        along
    }

    /// One round: a step from the best prices towards a bound of `upper`. True where the bound rose.
    pub fn round(&mut self, problem: &Reduced, upper: f64) -> bool {
        self.rounds += 1;
        let norm: f64 = self.direction.iter().chain(&self.row_direction).map(|d| d * d).sum();
        if norm <= 1e-12 {
            // The mean serves everybody once: nothing is left to gain this way.
            self.stalled += 10;
            self.slopes(problem, 1.0);
            return false;
        }
        let step = self.factor * (upper - self.value).max(1e-6 * upper.abs()) / norm;
        for (i, trial) in self.trial.iter_mut().enumerate() {
            *trial = (self.prices[i] + step * self.direction[i]).clamp(0.0, problem.otherwise[i]);
        }
        for (r, trial) in self.row_trial.iter_mut().enumerate() {
            *trial = (self.row_prices[r] + step * self.row_direction[r]).max(0.0);
        }
        self.evaluate(problem);
        let better = self.last > self.value;
        let along = self.slopes(problem, self.mix);
        if better {
            self.accept();
            self.fails = 0;
            if along > 0.0 {
                self.factor = (self.factor * 1.1).min(2.0);
            }
        } else {
            self.fails += 1;
            if self.fails >= 10 {
                self.factor = (self.factor * 0.7).max(1e-4);
                self.fails = 0;
            }
        }
        let open = (upper - self.mark).max(0.0);
        if self.value > self.mark + 0.02 * open {
            self.mark = self.value;
            self.stalled = 0;
        } else {
            self.stalled += 1;
        }
        better
    }

    /// Settles the sites that only a plan of at least `upper` could open or close, by the last prices tried. Returns how many.
    pub fn settle(&self, problem: &Reduced, upper: f64, locks: &mut [Lock]) -> usize {
        let (least, most) = problem.count;
        let chosen = self.chosen.iter().filter(|c| **c).count();
        let rest = |worst: f64, s: usize| if self.chosen[s] { worst.max(self.rho[s]) } else { worst };
        let dearest = (0..problem.len()).fold(f64::NEG_INFINITY, rest);
        let spare = (0..problem.len()).filter(|s| !self.chosen[*s]).fold(f64::INFINITY, |b, s| b.min(self.rho[s]));
        let mut settled = 0;
        for (s, lock) in locks.iter_mut().enumerate() {
            if *lock != Lock::Free {
                continue;
            }
            let rho = self.rho[s];
            if self.chosen[s] {
                // Closed, the next would have to come, or may.
                let instead = if chosen <= least { spare } else { spare.min(0.0) };
                if self.last - rho + instead >= upper {
                    *lock = Lock::Open;
                    settled += 1;
                }
            } else {
                // Open, it may take the place of the dearest, or must.
                let instead = if chosen >= most { -dearest } else { -dearest.max(0.0) };
                if self.last + rho + instead >= upper {
                    *lock = Lock::Closed;
                    settled += 1;
                }
            }
        }
        settled
    }
}
