//! Local search on the maximum over futures itself: open a site, close one, or exchange two.
//!
//! One pass over all pairs tells what every exchange changes in every future, as Whitaker (1983) does for one.

use super::RobustProblem;
use crate::siting::{Lock, NONE};

/// Sites times futures up to which the search is worth its memory.
const MOST: usize = 2_000_000;
/// A length that stands for not being served at all.
const UNSERVED: f64 = 1e9;

/// The best move from a choice: what is open then. `None` where no move betters the greatest of `cost_k - from_k`, which is `now`.
pub(super) fn improved(problem: &RobustProblem, from: &[f64], open: &[u32], now: f64) -> Option<Vec<u32>> {
    let (base, futures) = (&problem.base, problem.len());
    let sites = base.sites();
    if sites * futures > MOST {
        return None;
    }
    let mut is_open = vec![false; sites];
    open.iter().for_each(|s| is_open[*s as usize] = true);
    let mut cost: Vec<f64> = problem.constant.iter().zip(from).map(|(c, r)| c - r).collect();
    let opened: f64 = open.iter().map(|s| base.opening[*s as usize]).sum();
    cost.iter_mut().zip(&problem.opening).for_each(|(c, o)| *c += o * opened);
    // What opening a site saves in each future, and who serves whom.
    let mut gain = vec![0.0; sites * futures];
    let mut rows_of: Vec<Vec<u32>> = vec![Vec::new(); sites];
    let mut two = Vec::with_capacity(base.lists.len());
    for i in 0..base.lists.len() {
        let (listed, lengths) = base.lists.of(i);
        let otherwise = base.otherwise[i].min(UNSERVED);
        let mut serving = listed.iter().zip(lengths).filter(|(s, l)| is_open[**s as usize] && **l < otherwise);
        let first = serving.next();
        let (a, b) = (first.map_or(otherwise, |f| *f.1), serving.next().map_or(otherwise, |f| *f.1));
        let by = first.map_or(NONE, |f| *f.0);
        if by != NONE {
            rows_of[by as usize].push(i as u32);
        }
        two.push((a, b));
        cost.iter_mut().zip(&problem.factors).for_each(|(c, f)| *c += f[i] * a);
        for (s, l) in listed.iter().zip(lengths).take_while(|(_, l)| **l < a) {
            let at = *s as usize * futures;
            gain[at..at + futures].iter_mut().zip(&problem.factors).for_each(|(g, f)| *g += f[i] * (a - l));
        }
    }
    let opening = |s: u32, k: usize| base.opening[s as usize] * problem.opening[k];
    let fits = |out: Option<u32>, into: u32| {
        base.rows.iter().all(|row| {
            let weight = |s: &u32| row.terms.iter().find(|t| t.0 == *s).map_or(0.0, |t| t.1);
            let more = weight(&into);
            more == 0.0 || open.iter().filter(|s| Some(**s) != out).map(weight).sum::<f64>() + more <= row.limit
        })
    };
    // A move must better the maximum by more than rounding.
    let mut least = now - 1e-9 * now.abs().max(cost.iter().map(|c| c.abs()).fold(0.0, f64::max) * 1e-3);
    let mut best: Option<(Option<u32>, Option<u32>)> = None;
    let free = |s: u32| base.locks[s as usize] == Lock::Free;
    let closed: Vec<u32> = (0..sites as u32).filter(|s| !is_open[*s as usize] && free(*s)).collect();
    let worst =
        |change: &dyn Fn(usize) -> f64| (0..futures).map(|k| cost[k] + change(k)).fold(f64::NEG_INFINITY, f64::max);
    if open.len() < base.count.1 {
        for j in &closed {
            let value = worst(&|k| opening(*j, k) - gain[*j as usize * futures + k]);
            if value < least && fits(None, *j) {
                (least, best) = (value, Some((None, Some(*j))));
            }
        }
    }
    let mut extra = vec![0.0; sites * futures];
    for out in open.iter().copied().filter(|s| free(*s)) {
        let mut loss: Vec<f64> = (0..futures).map(|k| -opening(out, k)).collect();
        extra.fill(0.0);
        for i in &rows_of[out as usize] {
            let i = *i as usize;
            let (a, b) = two[i];
            loss.iter_mut().zip(&problem.factors).for_each(|(l, f)| *l += f[i] * (b - a));
            let (listed, lengths) = base.lists.of(i);
            for (s, l) in listed.iter().zip(lengths).take_while(|(_, l)| **l < b) {
                let at = *s as usize * futures;
                let both = b - a.max(*l);
                extra[at..at + futures].iter_mut().zip(&problem.factors).for_each(|(e, f)| *e += f[i] * both);
            }
        }
        if open.len() > base.count.0 {
            let value = worst(&|k| loss[k]);
            if value < least {
                (least, best) = (value, Some((Some(out), None)));
            }
        }
        for j in &closed {
            let at = *j as usize * futures;
            let value = worst(&|k| loss[k] + opening(*j, k) - gain[at + k] - extra[at + k]);
            if value < least && fits(Some(out), *j) {
                (least, best) = (value, Some((Some(out), Some(*j))));
            }
        }
    }
    let (out, into) = best?;
    let mut next: Vec<u32> = open.iter().copied().filter(|s| Some(*s) != out).chain(into).collect();
    next.sort_unstable();
    Some(next)
}
