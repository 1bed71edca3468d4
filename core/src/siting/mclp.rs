//! Maximal covering (MCLP): open p sites so that most demand has one within reach (Church and ReVelle, 1974).
//!
//! As a [`Problem`]: serving within reach costs nothing, and demand that is left uncovered costs its weight. The least cost is then
//! what stays uncovered, and all weights less that are covered.

use super::{Answer, Lists, Problem};

/// From the sites that reach each demand point, and what the demand points weigh (whole numbers).
#[must_use]
pub fn mclp<I: IntoIterator<Item = u32>>(
    sites: usize,
    reach: impl IntoIterator<Item = I>,
    weights: Vec<f64>,
    p: usize,
) -> Problem {
    let lists = Lists::new(reach.into_iter().map(|sites| sites.into_iter().map(|s| (s, 0.0))));
    Problem { otherwise: weights, ..Problem::plain(sites, lists, 0.0, (p, p)) }
}

/// An answer with demand covered as its objective, where more is better.
#[must_use]
pub fn covered(problem: &Problem, answer: &Answer) -> Answer {
    let all: f64 = problem.otherwise.iter().sum();
    Answer {
        objective: answer.objective.map(|uncovered| all - uncovered),
        bound: answer.bound.map(|uncovered| all - uncovered),
        ..answer.clone()
    }
}
