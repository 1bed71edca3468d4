//! Who makes which run, where several workers share them.
//!
//! Whoever is idle is given the next few. A worker that is lost gives back what it had; and who finds nothing left takes what
//! others have not told yet, from the end: no run waits for a worker that has stopped without a word. A run made twice is the
//! same twice, and counts once ([`super::Sample::join`]).

use std::{collections::BTreeMap, ops::Range};

/// Runs handed out to workers, who are known by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handout {
    all: u64,
    next: u64,
    /// Given back, or never told.
    back: Vec<u64>,
    /// Who has what.
    out: BTreeMap<u32, Vec<u64>>,
    told: Vec<bool>,
}

impl Handout {
    /// So many runs, from 0.
    #[must_use]
    pub fn new(all: u64) -> Self {
        Self { all, next: 0, back: Vec::new(), out: BTreeMap::new(), told: vec![false; all as usize] }
    }

    /// The next runs for a worker, at most so many, one after the other; `None` where every run is told or at work. What the worker had and did
    /// not tell is given back first.
    pub fn give(&mut self, worker: u32, most: u64) -> Option<Range<u64>> {
        self.lost(worker);
        let range = if let Some(run) = self.back.pop() {
            run..run + 1
        } else {
            let range = self.next..(self.next + most.max(1)).min(self.all);
            self.next = range.end;
            range
        };
        if range.is_empty() {
            return None;
        }
        self.out.insert(worker, range.clone().collect());
        Some(range)
    }

    /// One of the runs that others have at work, the last of them, for a worker that would be idle.
    pub fn second(&mut self, worker: u32) -> Option<u64> {
        let others = self.out.iter().filter(|(w, _)| **w != worker).flat_map(|(_, runs)| runs);
        others.filter(|run| !self.told[**run as usize]).max().copied()
    }

    /// A run has been told, by whomever.
    pub fn told(&mut self, run: u64) {
        if let Some(told) = self.told.get_mut(run as usize) {
            *told = true;
        }
        for runs in self.out.values_mut() {
            runs.retain(|r| *r != run);
        }
        self.out.retain(|_, runs| !runs.is_empty());
        self.back.retain(|r| *r != run);
    }

    /// A worker will not tell what it had.
    pub fn lost(&mut self, worker: u32) {
        if let Some(runs) = self.out.remove(&worker) {
            self.back.extend(runs.into_iter().rev().filter(|r| !self.told[*r as usize]));
        }
    }

    /// How many runs are told.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.told.iter().filter(|t| **t).count() as u64
    }

    /// True where every run is told.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.told.iter().all(|t| *t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_lost_worker_had_is_made_by_another() {
        let mut h = Handout::new(5);
        assert_eq!((h.give(0, 1), h.give(1, 3)), (Some(0..1), Some(1..4)));
        h.told(0);
        h.told(1);
        h.lost(1);
        let next: Vec<_> = (0..3)
            .map(|_| {
                let r = h.give(0, 4).unwrap();
                h.told(r.start);
                r
            })
            .collect();
        assert_eq!(next, [2..3, 3..4, 4..5]);
        assert!(h.is_over() && h.give(0, 1).is_none());
    }

    proptest! {
        /// Whoever stops without a word, in whatever order news comes: one worker that goes on makes every run.
        #[test]
        fn one_worker_that_goes_on_is_enough(all in 1u64..40, news in proptest::collection::vec((1u32..4, 0u8..3), 0..60)) {
            let mut h = Handout::new(all);
            let mut at: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
            for (worker, what) in news {
                match what {
                    0 => { if let Some(r) = h.give(worker, 4) { at.insert(worker, r.collect()); } }
                    1 => { if let Some(run) = at.get_mut(&worker).and_then(Vec::pop) { h.told(run); } }
                    _ => h.lost(worker),
                }
            }
            let mut steps = 0;
            while !h.is_over() {
                let run = h.give(0, 1).map(|r| r.start).or_else(|| h.second(0));
                prop_assert!(run.is_some(), "stuck at {} of {all}", h.done());
                h.told(run.unwrap());
                steps += 1;
                prop_assert!(steps <= all, "every step tells a new run");
            }
            prop_assert_eq!(h.done(), all);
        }
    }
}
