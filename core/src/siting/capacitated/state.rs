//! What is decided at a node of the search, and what follows from it.

use super::data::Data;
use crate::siting::{Lock, NONE};

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fix {
    /// A site is open or closed.
    Site(u32, bool),
    /// A pair is not used.
    Never(u32),
    /// A pair is used: single-source alone.
    Always(u32),
}

/// Not decided.
pub(super) const FREE: i8 = -1;

#[derive(Clone, Debug)]
pub(super) struct State {
    /// Of each site: [`FREE`], 0 or 1.
    pub site: Vec<i8>,
    /// Pairs that may be used.
    pub live: Vec<bool>,
    /// The site of customers that are assigned for good.
    pub to: Vec<u32>,
    /// Room that assigned customers leave.
    pub room: Vec<f64>,
    /// What assigned customers cost.
    pub base: f64,
}

impl State {
    pub fn new(data: &Data) -> Self {
        let site = |l: &Lock| match l {
            Lock::Free => FREE,
            Lock::Open => 1,
            Lock::Closed => 0,
        };
        Self {
            site: data.locks.iter().map(site).collect(),
            live: vec![true; data.pairs()],
            to: vec![NONE; data.customers],
            room: data.capacity.clone(),
            base: 0.0,
        }
    }

    /// Takes a decision; false where it contradicts an earlier one.
    pub fn fix(&mut self, data: &Data, fix: Fix) -> bool {
        match fix {
            Fix::Site(j, open) => {
                let j = j as usize;
                if self.site[j] != FREE {
                    return self.site[j] == i8::from(open);
                }
                self.site[j] = i8::from(open);
                true
            }
            Fix::Never(k) => {
                self.live[k as usize] = false;
                let (i, j) = (data.customer[k as usize] as usize, data.site_of[k as usize]);
                self.to[i] != j
            }
            Fix::Always(k) => {
                let k = k as usize;
                let (i, j) = (data.customer[k] as usize, data.site_of[k] as usize);
                if self.to[i] == j as u32 {
                    return true;
                }
                if self.to[i] != NONE || !self.live[k] || self.site[j] == 0 || self.room[j] < data.demand[i] {
                    return false;
                }
                self.site[j] = 1;
                self.to[i] = j as u32;
                self.room[j] -= data.demand[i];
                self.base += data.cost[k];
                true
            }
        }
    }

    /// Draws conclusions until there are no more; false where limits cannot be kept.
    pub fn propagate(&mut self, data: &Data) -> bool {
        loop {
            let Some(sites) = self.sides(data) else { return false };
            let Some(customers) = self.customers(data) else { return false };
            if !sites && !customers {
                return true;
            }
        }
    }

    /// What limits on open sites fix. `None`: they cannot be kept.
    fn sides(&mut self, data: &Data) -> Option<bool> {
        let mut changed = false;
        for side in &data.sides {
            let least = |site: i8, a: f64| match site {
                1 => a,
                FREE => a.min(0.0),
                _ => 0.0,
            };
            let mut used: f64 = side.terms.iter().map(|(j, a)| least(self.site[*j as usize], *a)).sum();
            // Sums in another order differ in their last digits: decide only what is clear.
            let limit = side.limit + 1e-9 * side.scale;
            if used > limit {
                return None;
            }
            for (j, a) in &side.terms {
                let j = *j as usize;
                if self.site[j] == FREE && used + a.abs() > limit {
                    self.site[j] = i8::from(*a < 0.0);
                    used = used.max(side.terms.iter().map(|(j, a)| least(self.site[*j as usize], *a)).sum());
                    changed = true;
                }
            }
        }
        Some(changed)
    }

    /// What customers with few pairs left fix. `None`: one has none.
    fn customers(&mut self, data: &Data) -> Option<bool> {
        let mut changed = false;
        for i in (0..data.customers).filter(|i| data.otherwise[*i].is_infinite()) {
            if self.to[i] != NONE {
                continue;
            }
            let (mut only, mut left) = (0, 0);
            for k in data.of_customer(i) {
                let j = data.site_of[*k as usize] as usize;
                if data.single && self.room[j] < data.demand[i] {
                    self.live[*k as usize] = false;
                }
                if self.live[*k as usize] && self.site[j] != 0 {
                    (only, left) = (*k, left + 1);
                }
            }
            if left == 0 {
                return None;
            }
            if left == 1 {
                let j = data.site_of[only as usize];
                if data.single {
                    if !self.fix(data, Fix::Always(only)) {
                        return None;
                    }
                    changed = true;
                } else if self.site[j as usize] == FREE && data.demand[i] > 0.0 {
                    self.site[j as usize] = 1;
                    changed = true;
                }
            }
        }
        Some(changed)
    }

    /// Is every site decided?
    pub fn sites_decided(&self) -> bool {
        self.site.iter().all(|s| *s != FREE)
    }
}
