//! Are answers to covering and to p-center what they say? By the definitions alone.

use super::{none, opened, proven};
use crate::siting::{Answer, NONE, lscp::Cover, p_center::Center};

/// Checks an answer to a covering problem: locks, side limits, every point covered by an open site of its list, objective, bound.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check_cover(cover: &Cover, answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&cover.locks, (0, usize::MAX), &cover.rows, answer)?;
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
    proven(sum, objective, 0.0, answer)
}

/// Checks an answer to a p-center problem: locks, number, side limits, every point served by its nearest open site, longest
/// cost, bound.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn check_center(center: &Center, answer: &Answer) -> Result<(), String> {
    let Some(objective) = answer.objective else { return none(answer) };
    let open = opened(&center.locks, (0, center.p), &center.rows, answer)?;
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
    proven(longest, objective, 0.0, answer)
}
