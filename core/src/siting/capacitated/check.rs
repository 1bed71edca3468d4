//! Is an answer what it says? By the definition of the problem alone.

use super::{Answer, CapacitatedProblem, Shares};
use crate::siting::{
    NONE,
    check::{none, opened, proven},
};

/// Checks an answer: locks, count, side limits, each demand served once or paid for, capacities, objective and bound. With
/// `shares` it is one with several sources, without a single-source one. With several sources objective and bound are held
/// to a billionth.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check(problem: &CapacitatedProblem, answer: &Answer, shares: Option<&Shares>) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&problem.locks, problem.count, &problem.rows, answer)?;
    if answer.assignment.len() != problem.customers() || shares.is_some_and(|s| s.len() != problem.customers()) {
        return Err("a demand point without an assignment".into());
    }
    let mut load = vec![0.0; problem.sites()];
    let mut sum: f64 = answer.open.iter().map(|s| problem.opening[*s as usize]).sum();
    for i in 0..problem.customers() {
        let whole = [(answer.assignment[i], problem.demands[i])];
        let parts = match shares {
            Some(shares) => &shares[i][..],
            None if answer.assignment[i] == NONE => &[],
            None => &whole[..],
        };
        let (sites, costs) = problem.lists.of(i);
        let mut got = 0.0;
        let mut paid = 0.0;
        for (at, (s, amount)) in parts.iter().enumerate() {
            let cost = sites.iter().zip(costs).find(|(site, _)| *site == s).map(|(_, c)| *c);
            let cost = cost.filter(|_| open[*s as usize]);
            let cost = cost.ok_or(format!("demand point {i} is served by a site that cannot"))?;
            if shares.is_some() && !(*amount > 0.0 && libm::trunc(*amount) == *amount)
                || (at > 0 && parts[at - 1].0 >= *s)
            {
                return Err(format!("demand point {i} has a bad share"));
            }
            load[*s as usize] += amount;
            got += amount;
            paid += if *amount == problem.demands[i] { cost } else { cost * (amount / problem.demands[i]) };
        }
        if problem.otherwise[i].is_infinite() && parts.is_empty() {
            return Err(format!("demand point {i} is not served"));
        }
        let served = parts.len() == 1 && got == problem.demands[i];
        if got > problem.demands[i] || (problem.otherwise[i].is_infinite() && got < problem.demands[i]) {
            return Err(format!("demand point {i} gets {got} of {}", problem.demands[i]));
        }
        if !served && got < problem.demands[i] {
            paid += problem.otherwise[i] * ((problem.demands[i] - got) / problem.demands[i]);
        } else if parts.is_empty() {
            paid += problem.otherwise[i];
        }
        sum += paid;
    }
    for (s, load) in load.iter().enumerate() {
        if *load > problem.capacities[s] {
            return Err(format!("site {s} serves {load} and holds {}", problem.capacities[s]));
        }
    }
    let near = if shares.is_some() { 1e-9 * objective.abs() } else { 0.0 };
    if (sum - objective).abs() > near {
        return Err(format!("the objective is {sum}, not {objective}"));
    }
    // The sum was held to the objective above.
    proven(objective, objective, 0.0, answer)
}
