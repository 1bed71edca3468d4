//! From a model to the problem that a solver solves, and from its costs back to the objective's unit.

use super::{Aim, model::Model, ways::FAR};
use crate::siting::{Answer, Lists, Problem, relative_gap};

/// Least cost is counted in hundredths of a yuan.
const FEN: f64 = 100.0;

/// A problem, and what it means.
#[derive(Clone)]
pub(super) struct Posed {
    pub problem: Problem,
    /// The model's row of each demand point of the problem.
    pub rows: Vec<u32>,
    /// What rows that are not in the problem cost, whatever is built.
    pub constant: f64,
    /// Sum of the weights that the mean is taken over.
    pub weight: f64,
}

impl Model {
    /// What serving a row over a length costs, in whole numbers.
    pub fn cost(&self, row: usize, length: u32) -> f64 {
        let r = &self.demand.rows[row];
        if let Some(averaged) = self.averaged.as_ref().filter(|_| !self.covers()) {
            return libm::round(averaged.factors[row] * f64::from(length));
        }
        match self.question.aim {
            Aim::Nearest => r.weight * f64::from(length),
            Aim::LeastCost => libm::round(FEN * r.tonnes * self.yuan * f64::from(length)),
            Aim::LeastLongest => f64::from(length),
            Aim::MostCovered | Aim::FewestSites => 0.0,
        }
    }

    /// What a row counts where it is covered or not.
    pub fn weight(&self, row: usize) -> f64 {
        self.averaged.as_ref().map_or(self.demand.rows[row].weight, |a| libm::round(a.factors[row]))
    }

    /// What a row costs that no site serves.
    pub fn otherwise(&self, row: usize) -> f64 {
        let stay = self.stay.total[row].0;
        let floor = self.floor[row];
        match self.question.aim {
            Aim::MostCovered => self.weight(row),
            Aim::FewestSites => f64::INFINITY,
            Aim::LeastLongest if stay == FAR && floor == FAR => f64::INFINITY,
            _ if self.must[row] && floor == FAR => f64::INFINITY,
            _ if self.must[row] => self.cost(row, floor),
            _ if stay == FAR && floor == FAR => self.cost(row, self.penalty),
            _ => self.cost(row, stay.min(floor)),
        }
    }

    /// What opening a site costs.
    pub fn opening(&self) -> f64 {
        if let Some(averaged) = &self.averaged {
            return averaged.opening;
        }
        match self.question.aim {
            Aim::LeastCost => libm::round(FEN * self.site_cost),
            Aim::FewestSites => 1.0,
            Aim::Nearest | Aim::MostCovered | Aim::LeastLongest => 0.0,
        }
    }

    /// True where a row counts in the objective.
    pub fn counts(&self, row: usize) -> bool {
        if self.skip[row] {
            return false;
        }
        match self.question.aim {
            Aim::MostCovered | Aim::FewestSites => true,
            // As the survey's mean does, without those whom nothing reaches.
            Aim::Nearest | Aim::LeastCost | Aim::LeastLongest => {
                self.stay.total[row].0 != FAR || !self.lists[row].is_empty()
            }
        }
    }

    /// The problem.
    pub fn pose(&self) -> Posed {
        let mut rows = Vec::new();
        let (mut constant, mut weight) = (0.0f64, 0.0);
        for row in 0..self.lists.len() {
            if !self.counts(row) {
                continue;
            }
            weight += self.demand.rows[row].weight;
            if !self.lists[row].is_empty() {
                rows.push(row as u32);
                continue;
            }
            let fixed = match self.question.aim {
                Aim::FewestSites => 0.0,
                Aim::MostCovered if self.is_within(self.stay.near[row]) => 0.0,
                _ => self.otherwise(row),
            };
            constant = if self.question.aim == Aim::LeastLongest { constant.max(fixed) } else { constant + fixed };
        }
        let list = |row: &u32| {
            let row = *row as usize;
            self.lists[row].iter().map(move |(site, way_in)| (*site, self.cost(row, self.total(row, *site, *way_in))))
        };
        if let Some(averaged) = &self.averaged {
            // Of all futures: a cost of `unit` is 1 in the objective's unit.
            weight = averaged.unit * if self.covers() { 1.0 } else { self.metric.each };
        }
        let problem = Problem {
            lists: Lists::new(rows.iter().map(list)),
            otherwise: rows.iter().map(|row| self.otherwise(*row as usize)).collect(),
            opening: vec![self.opening(); self.candidates.len()],
            locks: self.candidates.iter().map(|c| c.lock).collect(),
            count: self.count(),
            rows: self.sides.clone(),
        };
        Posed { problem, rows, constant, weight }
    }

    /// The covering problem of a limit that must hold: fewest sites for all rows it must hold for.
    pub fn pose_cover(&self) -> Problem {
        let rows = (0..self.lists.len()).filter(|row| self.must[*row]);
        let within =
            |row: usize| self.lists[row].iter().filter(|(_, w)| self.is_within(*w)).map(|(site, _)| (*site, 0.0));
        let lists = Lists::new(rows.map(within));
        Problem {
            otherwise: vec![f64::INFINITY; lists.len()],
            lists,
            opening: vec![1.0; self.candidates.len()],
            locks: self.candidates.iter().map(|c| c.lock).collect(),
            count: (0, self.candidates.len()),
            rows: self.sides.clone(),
        }
    }

    /// Costs of a problem, its constant included, in the objective's unit.
    pub fn value(&self, posed: &Posed, cost: f64) -> f64 {
        match self.question.aim {
            Aim::Nearest if posed.weight > 0.0 => cost / posed.weight * self.metric.each,
            Aim::LeastCost => cost / self.averaged.as_ref().map_or(FEN, |a| a.unit),
            Aim::MostCovered if posed.weight > 0.0 => 1.0 - cost / posed.weight,
            Aim::LeastLongest => cost * self.metric.each,
            Aim::Nearest | Aim::MostCovered | Aim::FewestSites => cost,
        }
    }

    /// A solver's number with what is constant.
    pub fn whole(&self, posed: &Posed, cost: f64) -> f64 {
        if self.question.aim == Aim::LeastLongest { cost.max(posed.constant) } else { cost + posed.constant }
    }
}

/// Objective, bound and gap in the objective's unit, where the true cost of the answer is known.
pub(super) fn standing(
    model: &Model,
    posed: &Posed,
    answer: &Answer,
    cost: Option<f64>,
) -> (Option<f64>, Option<f64>, Option<f64>) {
    let objective = cost.map(|c| model.value(posed, c));
    let bound = answer.bound.map(|b| model.value(posed, model.whole(posed, b)));
    let gap = objective.zip(bound).and_then(|(o, b)| relative_gap(o, b));
    (objective, bound, gap)
}
