//! Are answers to covering and to p-center what they say? By the definitions alone.

use crate::siting::{Answer, Lock, NONE, Row, Status, lscp::Cover, p_center::Center};

/// Checks an answer to a covering problem: locks, side limits, every point covered by an open site of its list, objective, bound.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check_cover(cover: &Cover, answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&cover.locks, &cover.rows, answer)?;
    if answer.assignment.len() != cover.covers.len() {
        return Err("a demand point without an assignment".into());
    }
    for (i, by) in answer.assignment.iter().enumerate() {
        if *by == NONE {
            if !cover.covered[i] {
                return Err(format!("demand point {i} is not covered"));
            }
        } else if !cover.covers[i].contains(by) || !open[*by as usize] {
            return Err(format!("demand point {i} is covered by a site that cannot"));
        }
    }
    let sum: f64 = answer.open.iter().map(|s| cover.cost[*s as usize]).sum();
    proven(sum, objective, answer)
}

/// Checks an answer to a p-center problem: locks, number, side limits, every point served by its nearest open site, longest
/// cost, bound.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check_center(center: &Center, answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&center.locks, &center.rows, answer)?;
    if answer.open.len() > center.p {
        return Err(format!("{} sites are open, not {}", answer.open.len(), center.p));
    }
    if answer.assignment.len() != center.lists.len() {
        return Err("a demand point without an assignment".into());
    }
    let mut longest: f64 = 0.0;
    for (i, by) in answer.assignment.iter().enumerate() {
        let (sites, costs) = center.lists.of(i);
        let near =
            sites.iter().zip(costs).filter(|(s, _)| open[**s as usize]).map(|(_, c)| *c).fold(f64::INFINITY, f64::min);
        if *by == NONE {
            if near < f64::INFINITY || center.weights[i] > 0.0 {
                return Err(format!("demand point {i} is not served"));
            }
            continue;
        }
        let paid = sites.iter().zip(costs).find(|(s, _)| *s == by).map(|(_, c)| *c);
        if !open.get(*by as usize).is_some_and(|o| *o) || paid != Some(near) {
            return Err(format!("demand point {i} is not served by its nearest open site"));
        }
        if center.weights[i] > 0.0 {
            longest = longest.max(near);
        }
    }
    proven(longest, objective, answer)
}

fn none(answer: &Answer) -> Result<(), String> {
    if answer.open.is_empty() { Ok(()) } else { Err("open sites without an objective".into()) }
}

/// What is open, within locks and side limits.
fn opened(locks: &[Lock], rows: &[Row], answer: &Answer) -> Result<Vec<bool>, String> {
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
    for (r, row) in rows.iter().enumerate() {
        let used: f64 = row.terms.iter().filter(|(s, _)| open[*s as usize]).map(|(_, a)| a).sum();
        if used > row.limit {
            return Err(format!("side limit {r} is broken: {used} > {}", row.limit));
        }
    }
    Ok(open)
}

fn proven(found: f64, objective: f64, answer: &Answer) -> Result<(), String> {
    if found != objective {
        return Err(format!("the objective is {found}, not {objective}"));
    }
    match (answer.status, answer.bound) {
        (_, Some(bound)) if bound > objective => Err(format!("bound {bound} above objective {objective}")),
        (Status::Optimal, bound) if bound != Some(objective) => Err("called optimal without the proof".into()),
        (Status::Unknown | Status::Infeasible, _) => Err("an answer that is said not to be there".into()),
        _ => Ok(()),
    }
}
