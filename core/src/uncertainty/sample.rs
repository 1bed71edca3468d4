//! What runs gave: flat, so that thousands of runs of hundreds of indicators stay small.

use crate::{allocation::Status, profile::NoValue};
use serde::{Deserialize, Serialize};

/// What runs of some plans gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// How many indicators there are.
    pub aims: u32,
    /// The numbers of the runs, in the order in which they were made.
    pub runs: Vec<u64>,
    /// By plan, a row a run, a column an indicator; 0 where there is no number.
    pub values: Vec<Vec<f64>>,
    /// In step with the values: 0, or one more than the row of the reason in [`NoValue::ALL`].
    pub why: Vec<Vec<u8>>,
    /// By plan and run: how sure the allocation is.
    pub status: Vec<Vec<Status>>,
    /// By plan and indicator, at the table's values: by the quick grain, and in full where that was asked for.
    pub central: Vec<Vec<(Option<f64>, Option<f64>)>>,
    /// Runs that were also solved in full: plan, number of the run, value a column.
    pub full: Vec<(u32, u64, Vec<Option<f64>>)>,
}

impl Sample {
    /// Of nothing yet.
    #[must_use]
    pub fn new(plans: usize, aims: usize) -> Self {
        Self {
            aims: aims as u32,
            runs: Vec::new(),
            values: vec![Vec::new(); plans],
            why: vec![Vec::new(); plans],
            status: vec![Vec::new(); plans],
            central: vec![vec![(None, None); aims]; plans],
            full: Vec::new(),
        }
    }

    /// One plan's numbers in the next run.
    pub fn push(&mut self, plan: usize, values: &[Result<f64, NoValue>], status: Status) {
        let row = |why: &NoValue| NoValue::ALL.iter().position(|w| w == why).map_or(u8::MAX, |row| row as u8 + 1);
        self.values[plan].extend(values.iter().map(|v| v.unwrap_or(0.0)));
        self.why[plan].extend(values.iter().map(|v| v.as_ref().err().map_or(0, row)));
        self.status[plan].push(status);
    }

    /// A plan's number of a run, by its row; the reason where there is none.
    ///
    /// # Errors
    /// The reason.
    pub fn value(&self, plan: usize, row: usize, aim: usize) -> Result<f64, NoValue> {
        let at = row * self.aims as usize + aim;
        match self.why[plan][at] {
            0 => Ok(self.values[plan][at]),
            why => Err(NoValue::ALL.get(usize::from(why) - 1).copied().unwrap_or(NoValue::DividesByZero)),
        }
    }

    /// Takes in runs of the same plans, indicators and seed that another worker made. Runs that are here already, whose numbers are
    /// the same, are left out. A sample of other plans or indicators adds nothing.
    pub fn join(&mut self, other: &Self) {
        if self.aims != other.aims || self.values.len() != other.values.len() {
            return;
        }
        let mut known = self.runs.clone();
        known.sort_unstable();
        let aims = self.aims as usize;
        for (row, run) in other.runs.iter().enumerate().filter(|(_, run)| known.binary_search(run).is_err()) {
            let cut = row * aims..(row + 1) * aims;
            for plan in 0..self.values.len() {
                self.values[plan].extend_from_slice(&other.values[plan][cut.clone()]);
                self.why[plan].extend_from_slice(&other.why[plan][cut.clone()]);
                self.status[plan].push(other.status[plan][row]);
            }
            self.runs.push(*run);
        }
        for (plan, (mine, theirs)) in self.central.iter_mut().zip(&other.central).enumerate() {
            debug_assert_eq!(mine.len(), theirs.len(), "plan {plan}");
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine = (mine.0.or(theirs.0), mine.1.or(theirs.1));
            }
        }
        for more in &other.full {
            if !self.full.iter().any(|f| (f.0, f.1) == (more.0, more.1)) {
                self.full.push(more.clone());
            }
        }
    }

    /// Takes the runs out and leaves the rest, so that a worker tells each of them once.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let (plans, aims) = (self.values.len(), self.aims as usize);
        std::mem::replace(self, Self::new(plans, aims))
    }

    /// Rows of the runs in the order of their numbers: what follows from a sample does not depend on who made which run. A run
    /// that not all plans have seen yet waits.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        order.sort_by_key(|row| self.runs[*row]);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(runs: &[u64]) -> Sample {
        let mut sample = Sample::new(1, 2);
        for run in runs {
            sample.push(0, &[Ok(*run as f64), Err(NoValue::NoDemand)], Status::Optimal);
            sample.runs.push(*run);
        }
        sample
    }

    #[test]
    fn runs_are_counted_once_and_stand_in_the_order_of_their_numbers() {
        let mut sample = of(&[3, 1]);
        sample.join(&of(&[1, 2]));
        sample.join(&Sample::new(2, 2));
        assert_eq!(sample.runs, [3, 1, 2]);
        let values: Vec<f64> = sample.order().into_iter().map(|row| sample.value(0, row, 0).unwrap()).collect();
        assert_eq!(values, [1.0, 2.0, 3.0]);
        assert_eq!(sample.value(0, 2, 1), Err(NoValue::NoDemand));
        let taken = sample.take();
        assert_eq!((taken.runs.len(), sample.runs.len(), sample.values.len(), sample.aims), (3, 0, 1, 2));
    }
}
