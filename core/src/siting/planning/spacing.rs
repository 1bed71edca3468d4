//! Sites that stand too near to each other, as side limits "at most one of these".
//!
//! Pairs alone would make a weak relaxation: each side limit is a clique, all of whose members are too near to each other. A pair
//! that no clique holds yet starts one, and takes in whoever is near to all of it; so every pair lies in some clique.

use super::candidates::{Candidate, near};
use crate::siting::Row;

/// Cells of a grid of latitude bands keep the search for neighbours short.
fn neighbours(candidates: &[Candidate], km: f64) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..candidates.len() as u32).collect();
    let at = |i: u32| candidates[i as usize].at;
    order.sort_by(|a, b| at(*a).lat.total_cmp(&at(*b).lat).then(a.cmp(b)));
    let mut found = vec![Vec::new(); candidates.len()];
    for (k, a) in order.iter().enumerate() {
        for b in &order[k + 1..] {
            if (at(*b).lat - at(*a).lat) * 111.0 >= km {
                break;
            }
            // Facilities that are there need not keep their distance from each other.
            let there = |i: u32| candidates[i as usize].open_now;
            if !(there(*a) && there(*b)) && near(at(*a), at(*b), km) {
                found[*a as usize].push(*b);
                found[*b as usize].push(*a);
            }
        }
    }
    found.iter_mut().for_each(|n| n.sort_unstable());
    found
}

/// The cliques.
pub(super) fn cliques(candidates: &[Candidate], km: f64) -> Vec<Row> {
    let neighbours = neighbours(candidates, km);
    let mut held: Vec<Vec<bool>> = neighbours.iter().map(|n| vec![false; n.len()]).collect();
    let place = |a: u32, b: u32| neighbours[a as usize].binary_search(&b).ok();
    let mut rows = Vec::new();
    for a in 0..candidates.len() as u32 {
        for k in 0..neighbours[a as usize].len() {
            let b = neighbours[a as usize][k];
            if b < a || held[a as usize][k] {
                continue;
            }
            let mut clique = vec![a, b];
            // Pairs not held yet first: they are what the clique is for.
            for fresh in [true, false] {
                for (i, c) in neighbours[a as usize].iter().enumerate() {
                    if held[a as usize][i] != fresh
                        && !clique.contains(c)
                        && clique[1..].iter().all(|member| place(*member, *c).is_some())
                    {
                        clique.push(*c);
                    }
                }
            }
            for (i, x) in clique.iter().enumerate() {
                for y in &clique[i + 1..] {
                    for (x, y) in [(*x, *y), (*y, *x)] {
                        if let Some(at) = place(x, y) {
                            held[x as usize][at] = true;
                        }
                    }
                }
            }
            clique.sort_unstable();
            rows.push(Row { terms: clique.into_iter().map(|s| (s, 1.0)).collect(), limit: 1.0 });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geo::LonLat, graph::Access, model::Name, siting::Lock};
    use proptest::prelude::*;

    proptest! {
        /// Two sites share a clique exactly where they are too near to each other.
        #[test]
        fn cliques_hold_every_pair_and_no_other(
            places in prop::collection::vec((110.0..110.5f64, 30.0..30.5f64, prop::bool::weighted(0.2)), 1..40),
            km in 1.0..40.0f64,
        ) {
            let all: Vec<Candidate> = places
                .iter()
                .map(|(lon, lat, open_now)| Candidate {
                    id: String::new(),
                    name: Name::default(),
                    at: LonLat::new(*lon, *lat),
                    access: Access { node: 0, leg_m: 0 },
                    existing: None,
                    open_now: *open_now,
                    capacity_t: None,
                    lock: Lock::Free,
                    onward: vec![0],
                })
                .collect();
            let rows = cliques(&all, km);
            for a in 0..all.len() {
                for b in 0..a {
                    let apart = !near(all[a].at, all[b].at, km) || (all[a].open_now && all[b].open_now);
                    let holds = |r: &Row, s: usize| r.terms.iter().any(|t| t.0 as usize == s);
                    prop_assert_eq!(rows.iter().any(|r| holds(r, a) && holds(r, b)), !apart);
                }
            }
        }
    }
}
