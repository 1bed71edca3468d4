//! Makes a covering problem smaller without losing every least cover.
//!
//! A point whose sites include all sites of another point is covered with it. A site whose points are all among those of a site
//! that costs no more, and that is no heavier in any side limit, is not needed. The only site of a point is chosen. What
//! could dominate is looked for in the shortest list alone, and the comparison ends at the first difference. Where all that takes too
//! long, it ends with what was found: a larger problem is no wrong one.

use super::core::{Core, Csr, Sides};
use std::rc::Rc;

/// Comparisons for each pair of the problem.
const EFFORT: i64 = 6;

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Rows,
    Cols,
}

/// How far it is.
pub(super) enum Progress {
    More,
    /// Some row cannot be covered: its demand points.
    Dead(Vec<u32>),
    Done(Rc<Core>),
}

/// A reduction under way, in slices.
pub(super) struct Reduction {
    core: Rc<Core>,
    row: Vec<bool>,
    col: Vec<bool>,
    row_len: Vec<u32>,
    col_len: Vec<u32>,
    fixed: Vec<u32>,
    spent: f64,
    slack: Vec<f64>,
    singles: Vec<u32>,
    dead: Vec<u32>,
    phase: Phase,
    cursor: usize,
    changed: bool,
    passes: u32,
    effort: i64,
}

impl Reduction {
    /// Of a problem in which some columns are taken and some are dropped.
    pub fn new(core: Rc<Core>, sides: &Sides, take: &[u32], drop: &[u32], passes: u32) -> Self {
        let row_len: Vec<u32> = (0..core.rows.len()).map(|r| core.rows.of(r).len() as u32).collect();
        let col_len: Vec<u32> = (0..core.cols.len()).map(|c| core.cols.of(c).len() as u32).collect();
        let mut it = Self {
            row: vec![true; row_len.len()],
            col: col_len.iter().map(|l| *l > 0).collect(),
            dead: (0..row_len.len()).filter(|r| row_len[*r] == 0).map(|r| r as u32).collect(),
            singles: (0..row_len.len()).filter(|r| row_len[*r] == 1).map(|r| r as u32).collect(),
            fixed: core.fixed.clone(),
            spent: core.spent,
            slack: core.slack.clone(),
            phase: Phase::Rows,
            cursor: 0,
            changed: false,
            passes,
            effort: EFFORT * (core.rows.pairs() as i64 + 1_000),
            row_len,
            col_len,
            core,
        };
        for c in drop {
            it.remove(*c);
        }
        for c in take {
            it.take(*c, sides);
        }
        // What costs nothing and stands in nobody's way.
        for c in 0..it.col.len() {
            if it.col[c] && it.core.cost[c] == 0.0 && sides.of(it.core.site[c]).is_empty() {
                it.take(c as u32, sides);
            }
        }
        it.settle(sides);
        it
    }

    /// Works off about so much.
    pub fn step(&mut self, sides: &Sides, budget: &mut i64) -> Progress {
        let before = *budget;
        let progress = self.sweep(sides, budget);
        self.effort -= before - *budget;
        progress
    }

    fn sweep(&mut self, sides: &Sides, budget: &mut i64) -> Progress {
        if self.effort <= 0 {
            self.passes = 0;
        }
        loop {
            if !self.dead.is_empty() {
                let mut points: Vec<u32> = self.dead.iter().map(|r| self.core.demand[*r as usize]).collect();
                points.sort_unstable();
                return Progress::Dead(points);
            }
            if self.passes == 0 {
                return Progress::Done(Rc::new(self.compact()));
            }
            let length = if self.phase == Phase::Rows { self.row.len() } else { self.col.len() };
            while self.cursor < length {
                if *budget <= 0 {
                    return Progress::More;
                }
                match self.phase {
                    Phase::Rows => self.rows_under(self.cursor, budget),
                    Phase::Cols => self.col_under(self.cursor, sides, budget),
                }
                self.cursor += 1;
                if !self.dead.is_empty() {
                    break;
                }
            }
            self.cursor = 0;
            if self.phase == Phase::Rows {
                self.phase = Phase::Cols;
            } else {
                self.phase = Phase::Rows;
                self.passes = if self.changed { self.passes - 1 } else { 0 };
                self.changed = false;
            }
        }
    }

    /// Drops the rows that are covered whenever this one is.
    fn rows_under(&mut self, k: usize, budget: &mut i64) {
        *budget -= 1;
        if !self.row[k] {
            return;
        }
        let core = Rc::clone(&self.core);
        let list = core.rows.of(k);
        *budget -= list.len() as i64;
        let Some(rare) = list.iter().filter(|c| self.col[**c as usize]).min_by_key(|c| self.col_len[**c as usize])
        else {
            return;
        };
        for i in core.cols.of(*rare as usize) {
            let i = *i as usize;
            *budget -= 1;
            if i == k || !self.row[i] || self.row_len[i] < self.row_len[k] {
                continue;
            }
            if within(list, &self.col, &core.rows, i, budget) {
                self.row[i] = false;
                self.changed = true;
                for c in core.rows.of(i) {
                    self.shorten(*c);
                }
            }
        }
    }

    /// Drops a column if another does all it does for no more.
    fn col_under(&mut self, j: usize, sides: &Sides, budget: &mut i64) {
        *budget -= 1;
        if !self.col[j] {
            return;
        }
        let core = Rc::clone(&self.core);
        let list = core.cols.of(j);
        *budget -= list.len() as i64;
        let Some(rare) = list.iter().filter(|r| self.row[**r as usize]).min_by_key(|r| self.row_len[**r as usize])
        else {
            self.col[j] = false;
            return;
        };
        for l in core.rows.of(*rare as usize) {
            let l = *l as usize;
            *budget -= 1;
            let could = l != j && self.col[l] && core.cost[l] <= core.cost[j] && self.col_len[l] >= self.col_len[j];
            if could && within(list, &self.row, &core.cols, l, budget) && sides.no_heavier(core.site[l], core.site[j]) {
                self.remove(j as u32);
                self.changed = true;
                self.settle(sides);
                return;
            }
        }
    }

    fn shorten(&mut self, c: u32) {
        let length = &mut self.col_len[c as usize];
        *length -= 1;
        if *length == 0 {
            self.col[c as usize] = false;
        }
    }

    /// Without this column from now on.
    fn remove(&mut self, c: u32) {
        if !std::mem::replace(&mut self.col[c as usize], false) {
            return;
        }
        let core = Rc::clone(&self.core);
        for r in core.cols.of(c as usize) {
            let length = &mut self.row_len[*r as usize];
            *length -= 1;
            if self.row[*r as usize] {
                match *length {
                    0 => self.dead.push(*r),
                    1 => self.singles.push(*r),
                    _ => {}
                }
            }
        }
    }

    /// With this column from now on. Columns that no longer fit into a side limit go.
    fn take(&mut self, c: u32, sides: &Sides) {
        if !std::mem::replace(&mut self.col[c as usize], false) {
            return;
        }
        let core = Rc::clone(&self.core);
        let site = core.site[c as usize];
        self.fixed.push(site);
        self.spent += core.cost[c as usize];
        for r in core.cols.of(c as usize) {
            if std::mem::replace(&mut self.row[*r as usize], false) {
                for d in core.rows.of(*r as usize) {
                    self.shorten(*d);
                }
            }
        }
        if sides.of(site).is_empty() {
            return;
        }
        for (r, w) in sides.of(site) {
            self.slack[*r as usize] -= w;
        }
        for d in 0..self.col.len() {
            if self.col[d] && !sides.fits(core.site[d], &self.slack) {
                self.remove(d as u32);
            }
        }
    }

    /// Takes the only columns of rows.
    fn settle(&mut self, sides: &Sides) {
        while let Some(r) = self.singles.pop() {
            if !self.row[r as usize] || self.row_len[r as usize] != 1 {
                continue;
            }
            let only = self.core.rows.of(r as usize).iter().copied().find(|c| self.col[*c as usize]);
            if let Some(c) = only {
                self.take(c, sides);
                self.changed = true;
            }
        }
    }

    fn compact(&self) -> Core {
        let core = &self.core;
        let mut number = vec![u32::MAX; self.col.len()];
        let (mut site, mut cost) = (Vec::new(), Vec::new());
        for (c, number) in number.iter_mut().enumerate() {
            if self.col[c] {
                *number = site.len() as u32;
                site.push(core.site[c]);
                cost.push(core.cost[c]);
            }
        }
        let alive: Vec<usize> = (0..self.row.len()).filter(|r| self.row[*r]).collect();
        let mut rows = Csr::new(alive.len(), alive.iter().map(|r| self.row_len[*r] as usize).sum());
        for r in &alive {
            rows.push(core.rows.of(*r).iter().map(|c| number[*c as usize]).filter(|c| *c != u32::MAX));
        }
        Core {
            fixed: self.fixed.clone(),
            spent: self.spent,
            slack: self.slack.clone(),
            cols: rows.turned(site.len()),
            rows,
            demand: alive.iter().map(|r| core.demand[*r]).collect(),
            price: alive.iter().map(|r| core.price[*r]).collect(),
            side_price: core.side_price.clone(),
            site,
            cost,
        }
    }
}

/// Are all of a list that still count in another list?
fn within(list: &[u32], counts: &[bool], lists: &Csr, other: usize, budget: &mut i64) -> bool {
    let mut rest = lists.of(other);
    for item in list {
        if !counts[*item as usize] {
            continue;
        }
        *budget -= 2;
        match rest.binary_search(item) {
            Ok(at) => rest = &rest[at + 1..],
            Err(_) => return false,
        }
    }
    true
}
