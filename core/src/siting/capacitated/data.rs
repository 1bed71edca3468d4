//! The problem as the methods read it: pairs by site and by customer, and all limits on what is open as rows.

use super::{CapacitatedProblem, Clash};
use crate::siting::Lock;

/// A limit on what is open: weights of open sites add up to at most the limit. Least counts and room have negative weights.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub terms: Vec<(u32, f64)>,
    pub limit: f64,
    /// The largest weight: multipliers and violations are counted in it.
    pub scale: f64,
}

impl Side {
    fn new(terms: Vec<(u32, f64)>, limit: f64) -> Self {
        let scale = terms.iter().map(|(_, a)| a.abs()).fold(0.0, f64::max).max(1e-9);
        Self { terms, limit, scale }
    }

    /// What of it is used.
    pub fn used(&self, open: &[bool]) -> f64 {
        self.terms.iter().filter(|(j, _)| open[*j as usize]).map(|(_, a)| a).sum()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Data {
    pub single: bool,
    pub sites: usize,
    pub customers: usize,
    /// Pairs of each site: `site_start[j]..site_start[j + 1]`, customers ascending.
    pub site_start: Vec<usize>,
    pub site_of: Vec<u32>,
    pub customer: Vec<u32>,
    pub cost: Vec<f64>,
    /// Pairs of each customer, sites ascending.
    pub customer_start: Vec<usize>,
    pub pair: Vec<u32>,
    pub demand: Vec<f64>,
    pub capacity: Vec<f64>,
    pub opening: Vec<f64>,
    pub otherwise: Vec<f64>,
    pub locks: Vec<Lock>,
    /// Demand that must be served.
    pub must: f64,
    /// Side limits, then most and least sites; these are priced in. Room for what must be served comes last.
    pub sides: Vec<Side>,
    /// How many of the sides have a price.
    pub priced: usize,
    /// Worse than anything: what a customer that must be served costs without a site.
    pub big: f64,
}

impl Data {
    pub fn new(problem: &CapacitatedProblem, single: bool) -> Self {
        let (sites, customers) = (problem.sites(), problem.customers());
        let mut count = vec![0usize; sites + 1];
        let mut total = 0.0;
        for i in 0..customers {
            let (listed, costs) = problem.lists.of(i);
            for j in listed {
                count[*j as usize + 1] += 1;
            }
            total += costs.last().copied().unwrap_or(0.0);
        }
        for j in 0..sites {
            count[j + 1] += count[j];
        }
        let site_start = count.clone();
        let pairs = problem.lists.pairs();
        let (mut customer, mut cost, mut site_of) = (vec![0u32; pairs], vec![0.0; pairs], vec![0u32; pairs]);
        let (mut customer_start, mut pair) = (vec![0], Vec::with_capacity(pairs));
        for i in 0..customers {
            let (listed, costs) = problem.lists.of(i);
            let mut sorted: Vec<(u32, f64)> = listed.iter().copied().zip(costs.iter().copied()).collect();
            sorted.sort_unstable_by_key(|(j, _)| *j);
            for (j, c) in sorted {
                let k = count[j as usize];
                count[j as usize] += 1;
                (customer[k], cost[k], site_of[k]) = (i as u32, c, j);
                pair.push(k as u32);
            }
            customer_start.push(pair.len());
        }
        let mut sides: Vec<Side> = problem.rows.iter().map(|r| Side::new(r.terms.clone(), r.limit)).collect();
        let (least, most) = problem.count;
        let all = |a: f64| (0..sites as u32).map(|j| (j, a)).collect::<Vec<_>>();
        if most < sites {
            sides.push(Side::new(all(1.0), most as f64));
        }
        if least > 0 {
            sides.push(Side::new(all(-1.0), -(least as f64)));
        }
        let priced = sides.len();
        let must: f64 =
            problem.demands.iter().zip(&problem.otherwise).filter(|(_, o)| o.is_infinite()).map(|(d, _)| d).sum();
        sides.push(Side::new((0..sites).map(|j| (j as u32, -problem.capacities[j])).collect(), -must));
        let finite: f64 = problem.otherwise.iter().filter(|o| o.is_finite()).sum();
        Self {
            single,
            sites,
            customers,
            site_start,
            site_of,
            customer,
            cost,
            customer_start,
            pair,
            demand: problem.demands.clone(),
            capacity: problem.capacities.clone(),
            opening: problem.opening.clone(),
            otherwise: problem.otherwise.clone(),
            locks: problem.locks.clone(),
            must,
            sides,
            priced,
            big: 1.0 + total + finite + problem.opening.iter().sum::<f64>(),
        }
    }

    pub fn pairs(&self) -> usize {
        self.cost.len()
    }

    /// Pairs of a customer.
    pub fn of_customer(&self, i: usize) -> &[u32] {
        &self.pair[self.customer_start[i]..self.customer_start[i + 1]]
    }

    /// What serving a customer from a site costs; infinite where it cannot.
    pub fn cost_of(&self, i: usize, j: usize) -> f64 {
        let of = self.of_customer(i);
        let at = if of.len() == self.sites {
            Some(j)
        } else {
            of.binary_search_by_key(&(j as u32), |k| self.site_of[*k as usize]).ok()
        };
        at.map_or(f64::INFINITY, |at| self.cost[of[at] as usize])
    }

    /// How far a choice of sites is from keeping all limits; 0 where it keeps them.
    pub fn violation(&self, open: &[bool]) -> f64 {
        self.sides.iter().map(|s| (s.used(open) - s.limit).max(0.0) / s.scale).sum()
    }

    /// Opens and closes sites that may be until all limits are kept, at each step the one that helps most, and among
    /// those the one of the least price. False where it does not get there.
    pub fn repair(&self, open: &mut [bool], price: &[f64]) -> bool {
        let mut now = self.violation(open);
        for _ in 0..2 * self.sites {
            if now <= 0.0 {
                return true;
            }
            let mut best: Option<(f64, f64, usize)> = None;
            for j in (0..self.sites).filter(|j| self.locks[*j] == Lock::Free) {
                open[j] = !open[j];
                let then = self.violation(open);
                // The price of a unit of violation taken away.
                let pays = if open[j] { price[j].max(0.0) } else { (-price[j]).max(0.0) };
                open[j] = !open[j];
                if then < now {
                    let rate = (pays + 1e-9) / (now - then);
                    if best.is_none_or(|b| (rate, then) < (b.0, b.1)) {
                        best = Some((rate, then, j));
                    }
                }
            }
            let Some((_, then, j)) = best else { return false };
            open[j] = !open[j];
            now = then;
        }
        now <= 0.0
    }

    /// A reason why nothing can be kept that needs no search.
    pub fn clash(&self, problem: &CapacitatedProblem) -> Option<Clash> {
        let may = |j: usize| self.locks[j] != Lock::Closed;
        let mut room: Vec<f64> = (0..self.sites).filter(|j| may(*j)).map(|j| self.capacity[j]).collect();
        let capacity: f64 = room.iter().sum();
        if capacity < self.must {
            return Some(Clash::Capacity { demand: self.must, capacity });
        }
        room.sort_unstable_by(|a, b| b.total_cmp(a));
        let most = problem.count.1;
        let capacity: f64 = room.iter().take(most).sum();
        if capacity < self.must {
            return Some(Clash::Count { demand: self.must, most, capacity });
        }
        let stuck = |i: &usize| {
            self.otherwise[*i].is_infinite()
                && self.of_customer(*i).iter().all(|k| {
                    let j = self.site_of[*k as usize] as usize;
                    !may(j) || self.capacity[j] < self.demand[*i]
                })
        };
        if self.single { (0..self.customers).find(stuck).map(Clash::Customer) } else { None }
    }
}
