//! Minimum cost flow problems in the DIMACS format (`.min`).
//!
//! `p min NODES ARCS`, `n ID SUPPLY`, `a TAIL HEAD LOWER CAPACITY COST`; nodes count from 1, `c` starts a comment. A negative
//! capacity, and one too large to add up, mean no limit.

use crate::{
    diagnostics::Diagnostic,
    flow::{Arc, FlowNetwork, UNBOUNDED},
};

/// Reads a problem.
///
/// # Errors
/// The first line that cannot be read, with its number.
pub fn read(text: &str) -> Result<FlowNetwork, Diagnostic> {
    let mut problem: Option<(FlowNetwork, usize)> = None;
    for (line, number) in text.lines().zip(1..) {
        let wrong = |what: &str| {
            let remedy = "Correct the line: p min NODES ARCS, then n ID SUPPLY and a TAIL HEAD LOWER CAPACITY COST.";
            Diagnostic::error("dimacs-bad-line", format!("line {number}"), what, remedy)
        };
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or("c");
        if kind == "c" {
            continue;
        }
        if kind == "p" {
            if words.next() != Some("min") || problem.is_some() {
                return Err(wrong("one line `p min` is expected"));
            }
            let mut count = || words.next()?.parse::<u32>().ok();
            let (Some(nodes), Some(arcs)) = (count(), count()) else { return Err(wrong("two counts are expected")) };
            problem = Some((FlowNetwork::new(nodes as usize), arcs as usize));
            continue;
        }
        let Some((network, _)) = &mut problem else { return Err(wrong("the line `p min` must come first")) };
        let mut integers = [0i64; 5];
        let wanted = if kind == "n" { 2 } else { 5 };
        for slot in integers.iter_mut().take(wanted) {
            let Some(value) = words.next().and_then(whole) else {
                return Err(wrong(&format!("{wanted} whole numbers are expected")));
            };
            *slot = value;
        }
        let nodes = network.supply().len() as i64;
        let node = |id: i64| (1..=nodes).contains(&id).then(|| (id - 1) as u32);
        match kind {
            "n" => {
                let Some(id) = node(integers[0]) else { return Err(wrong("there is no such node")) };
                network.set_supply(id, integers[1]);
            }
            "a" => {
                let [tail, head, lower, capacity, cost] = integers;
                let (Some(tail), Some(head)) = (node(tail), node(head)) else {
                    return Err(wrong("there is no such node"));
                };
                let capacity = if (0..UNBOUNDED).contains(&capacity) { capacity } else { UNBOUNDED };
                network.add_arc(Arc { tail, head, lower, capacity, cost });
            }
            _ => return Err(wrong("a line starts with c, p, n or a")),
        }
    }
    let Some((network, arcs)) = problem else {
        let remedy = "Choose a DIMACS .min file.";
        return Err(Diagnostic::error("dimacs-no-problem", "p min", "the file has no line `p min`", remedy));
    };
    if network.arcs().len() != arcs {
        let found = network.arcs().len();
        let remedy = "The file seems to be cut; get it again, or correct the line `p min`.";
        let message = format!("{arcs} arcs are announced, {found} are there");
        return Err(Diagnostic::error("dimacs-arcs-missing", "p min", message, remedy));
    }
    network.validate().map_err(|e| {
        Diagnostic::error(
            "dimacs-not-solvable",
            "",
            e.to_string(),
            "Correct the arc or node, or scale all numbers down.",
        )
    })?;
    Ok(network)
}

/// A whole number, also where a program wrote it as `12.0` or larger than 64 bits hold.
fn whole(word: &str) -> Option<i64> {
    word.parse().ok().or_else(|| {
        let value: f64 = word.parse().ok()?;
        (value == libm::trunc(value)).then_some(value as i64)
    })
}
