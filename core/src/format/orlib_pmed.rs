//! p-median cases of the OR-Library (`pmed`), also used for p-center.
//!
//! `n m p`, then m lines `i j cost`: undirected edges, nodes count from 1, and an edge that occurs again replaces the earlier
//! cost. What serving costs is the length of the shortest way; every node is a demand point of weight 1 and a candidate.

use crate::{diagnostics::Diagnostic, siting::Lists};
use std::{cmp::Reverse, collections::BTreeMap, collections::BinaryHeap};

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Shortest ways between all nodes. Nodes that no way joins are not listed.
    pub lists: Lists,
    /// How many sites are asked for.
    pub p: usize,
}

/// The most nodes that are read: all pairs are held.
const NODES: usize = 20_000;
/// The highest cost of an edge: no way adds up to more than is exact.
const COST: u64 = 1 << 32;

/// Reads a case.
///
/// # Errors
/// The first line that cannot be read, with its number.
pub fn read(text: &str) -> Result<Case, Diagnostic> {
    let wrong = |number: usize, what: String| {
        let remedy = "Correct the line: n m p, then m lines with two nodes from 1 to n and a whole cost.";
        Diagnostic::error("pmed-bad-line", format!("line {number}"), what, remedy)
    };
    let mut lines = text.lines().zip(1usize..).filter(|(line, _)| !line.trim().is_empty());
    let numbers = |(line, number): (&str, usize)| {
        let mut words = line.split_whitespace().map(|w| w.parse::<u64>().ok());
        match (words.next().flatten(), words.next().flatten(), words.next().flatten(), words.next()) {
            (Some(a), Some(b), Some(c), None) => Ok(([a, b, c], number)),
            _ => Err(wrong(number, "three whole numbers of at least 0 are expected".into())),
        }
    };
    let Some(first) = lines.next() else {
        return Err(Diagnostic::error("pmed-empty", "line 1", "the file is empty", "Choose an OR-Library pmed file."));
    };
    let ([n, m, p], number) = numbers(first)?;
    if n == 0 || n > NODES as u64 {
        return Err(wrong(number, format!("{n} nodes; from 1 to {NODES} can be read")));
    }
    if p == 0 || p > n {
        return Err(wrong(number, format!("{p} sites are asked for, and there are {n} candidates")));
    }
    let n = n as usize;
    let mut edges: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let mut found = 0u64;
    for line in lines {
        let ([i, j, cost], number) = numbers(line)?;
        if found == m {
            return Err(wrong(number, format!("{m} edges are announced, and there are more")));
        }
        if !(1..=n as u64).contains(&i) || !(1..=n as u64).contains(&j) {
            return Err(wrong(number, format!("there is no such node; they count from 1 to {n}")));
        }
        if cost > COST {
            return Err(wrong(number, format!("a cost of at most {COST} is expected")));
        }
        let (i, j) = (i as u32 - 1, j as u32 - 1);
        edges.insert((i.min(j), i.max(j)), cost);
        found += 1;
    }
    if found != m {
        let remedy = "The file seems to be cut; get it again, or correct the first line.";
        let message = format!("{m} edges are announced, {found} are there");
        return Err(Diagnostic::error("pmed-edges-missing", format!("line {number}"), message, remedy));
    }
    let mut ways: Vec<Vec<(u32, u64)>> = vec![Vec::new(); n];
    for ((i, j), cost) in edges {
        ways[i as usize].push((j, cost));
        ways[j as usize].push((i, cost));
    }
    Ok(Case { lists: Lists::new((0..n).map(|from| reach(&ways, from))), p: p as usize })
}

/// Shortest ways from a node (Dijkstra).
fn reach(ways: &[Vec<(u32, u64)>], from: usize) -> Vec<(u32, f64)> {
    let mut least = vec![u64::MAX; ways.len()];
    least[from] = 0;
    let mut heap = BinaryHeap::from([Reverse((0u64, from as u32))]);
    while let Some(Reverse((length, v))) = heap.pop() {
        if length > least[v as usize] {
            continue;
        }
        for (w, cost) in &ways[v as usize] {
            let through = length + cost;
            if through < least[*w as usize] {
                least[*w as usize] = through;
                heap.push(Reverse((through, *w)));
            }
        }
    }
    least.iter().zip(0u32..).filter(|(l, _)| **l < u64::MAX).map(|(l, v)| (v, *l as f64)).collect()
}
