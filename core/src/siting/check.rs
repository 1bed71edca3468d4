//! Is an answer what it says? By the definition of the problem alone.

mod covering;
mod robust;

pub use covering::{check_center, check_cover};
pub use robust::check_robust;

use super::{Answer, Lock, NONE, Problem, Row, Status, TOLERANCE};

/// Checks an answer to a problem: locks, count, side limits, each demand point served at its least cost, objective and bound.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check(problem: &Problem, answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&problem.locks, problem.count, &problem.rows, answer)?;
    if answer.assignment.len() != problem.lists.len() {
        return Err("a demand point without an assignment".into());
    }
    let mut sum: f64 = answer.open.iter().map(|s| problem.opening[*s as usize]).sum();
    for (i, by) in answer.assignment.iter().enumerate() {
        let (sites, costs) = problem.lists.of(i);
        let pairs = || sites.iter().zip(costs);
        let least = pairs().filter(|(s, _)| open[**s as usize]).map(|(_, c)| *c).fold(problem.otherwise[i], f64::min);
        let paid = if *by == NONE {
            problem.otherwise[i]
        } else {
            let listed = pairs().find(|(s, _)| *s == by).map(|(_, c)| *c);
            listed.filter(|_| open[*by as usize]).ok_or(format!("demand point {i} is served by a site that cannot"))?
        };
        if paid != least {
            return Err(format!("demand point {i} pays {paid} where {least} would do"));
        }
        sum += paid;
    }
    proven(sum, objective, TOLERANCE, answer)
}

/// Without an objective nothing may be open.
pub(super) fn none(answer: &Answer) -> Result<(), String> {
    if answer.open.is_empty() { Ok(()) } else { Err("open sites without an objective".into()) }
}

/// What is open, within locks, count and side limits.
pub(super) fn opened(
    locks: &[Lock],
    (least, most): (usize, usize),
    rows: &[Row],
    answer: &Answer,
) -> Result<Vec<bool>, String> {
    let mut open = vec![false; locks.len()];
    for s in &answer.open {
        match open.get_mut(*s as usize) {
            Some(o) if !*o => *o = true,
            _ => return Err(format!("site {s} is open twice or does not exist")),
        }
    }
    for (s, lock) in locks.iter().enumerate() {
        if (*lock == Lock::Open && !open[s]) || (*lock == Lock::Closed && open[s]) {
            return Err(format!("site {s} does not keep its lock"));
        }
    }
    if answer.open.len() < least || answer.open.len() > most {
        return Err(format!("{} sites are open, not {least} to {most}", answer.open.len()));
    }
    for (r, row) in rows.iter().enumerate() {
        let used: f64 = row.terms.iter().filter(|(s, _)| open[*s as usize]).map(|(_, a)| a).sum();
        if used > row.limit {
            return Err(format!("side limit {r} is broken: {used} > {}", row.limit));
        }
    }
    Ok(open)
}

/// Is the objective what was added up, and does the bound go with what is said? Optimal: within a relative gap of `tolerance`.
pub(super) fn proven(found: f64, objective: f64, tolerance: f64, answer: &Answer) -> Result<(), String> {
    if found != objective {
        return Err(format!("the objective is {found}, not {objective}"));
    }
    let far = |bound: f64| objective - bound > tolerance * objective.abs();
    match (answer.status, answer.bound) {
        (_, Some(bound)) if bound > objective => Err(format!("bound {bound} above objective {objective}")),
        (Status::Optimal, Some(bound)) if far(bound) => {
            Err(format!("called optimal with a bound of {bound} below {objective}"))
        }
        (Status::Optimal, None) => Err("called optimal without a bound".into()),
        (Status::Unknown | Status::Infeasible, _) => Err("an answer that is said not to be there".into()),
        _ => Ok(()),
    }
}
