//! Choices across futures, by the definition alone.

use super::opened;
use crate::siting::{Answer, Status, TOLERANCE, robust::RobustProblem};

/// Checks an answer: locks, count and side limits; the objective from scratch, by the greatest cost over `low`, in which each future's own best
/// is known to lie (0 for the worst case); the bound not above it; what is called optimal within a millionth of the greatest cost.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check_robust(problem: &RobustProblem, low: &[f64], answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return super::none(answer) };
    let base = &problem.base;
    let open = opened(&base.locks, base.count, &base.rows, answer)?;
    let (mut most, mut dearest) = (f64::NEG_INFINITY, 0.0f64);
    for (k, low) in low.iter().enumerate().take(problem.len()) {
        let mut cost = problem.constant[k];
        for s in &answer.open {
            cost += problem.opening[k] * base.opening[*s as usize];
        }
        for i in 0..base.lists.len() {
            let (sites, lengths) = base.lists.of(i);
            let served = sites.iter().zip(lengths).filter(|(s, _)| open[**s as usize]).map(|(_, l)| *l);
            let least = served.fold(base.otherwise[i], f64::min);
            if least.is_infinite() {
                return Err(format!("demand point {i} must be served and is not"));
            }
            cost += problem.factors[k][i] * least;
        }
        most = most.max(cost - low);
        dearest = dearest.max(cost.abs());
    }
    let noise = 1e-9 * dearest;
    if (most - objective).abs() > noise {
        return Err(format!("the objective is {most}, not {objective}"));
    }
    let bound = answer.bound.unwrap_or(f64::NEG_INFINITY);
    if bound > objective + noise {
        return Err(format!("the bound {bound} is above the objective {objective}"));
    }
    if answer.status == Status::Optimal && objective - bound > TOLERANCE * dearest + noise {
        return Err(format!("called optimal with {bound} to {objective}"));
    }
    Ok(())
}
