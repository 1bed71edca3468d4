//! That a flow is one, and the least: by its definition alone.

use super::FlowNetwork;
use thiserror::Error;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Not one flow an arc, or not one potential a node.
    #[error("the answer has another size than the problem")]
    Size,
    /// Flow outside of an arc's bounds.
    #[error("arc {0} carries less than its lower bound or more than its capacity")]
    Bounds(usize),
    /// What leaves a node is not what arrives and what it supplies.
    #[error("node {0} does not balance: {1} units too many")]
    Conservation(usize, i128),
    /// An arc that could be used to lower the cost: complementary slackness does not hold.
    #[error("arc {0} could lower the cost by {1} a unit")]
    Slackness(usize, i128),
}

/// Confirms bounds and conservation of a flow, and with potentials (one a node) that it is the least: every arc whose reduced
/// cost `cost + potential(tail) - potential(head)` is positive carries its lower bound, every arc where it is negative its
/// capacity.
///
/// # Errors
/// The first fault.
pub fn check(network: &FlowNetwork, flow: &[i64], potentials: Option<&[i64]>) -> Result<(), Fault> {
    let nodes = network.supply().len();
    if flow.len() != network.arcs().len() || potentials.is_some_and(|p| p.len() != nodes) {
        return Err(Fault::Size);
    }
    let mut balance: Vec<i128> = network.supply().iter().map(|s| i128::from(*s)).collect();
    for (i, (arc, f)) in network.arcs().iter().zip(flow).enumerate() {
        if !(arc.lower..=arc.capacity).contains(f) {
            return Err(Fault::Bounds(i));
        }
        balance[arc.tail as usize] -= i128::from(*f);
        balance[arc.head as usize] += i128::from(*f);
    }
    if let Some((node, excess)) = balance.iter().enumerate().find(|(_, b)| **b != 0) {
        return Err(Fault::Conservation(node, *excess));
    }
    let Some(potentials) = potentials else { return Ok(()) };
    for (i, (arc, f)) in network.arcs().iter().zip(flow).enumerate() {
        let of = |node: u32| i128::from(potentials[node as usize]);
        let reduced = i128::from(arc.cost) + of(arc.tail) - of(arc.head);
        let could = if reduced > 0 { *f > arc.lower } else { reduced < 0 && *f < arc.capacity };
        if could {
            return Err(Fault::Slackness(i, reduced.abs()));
        }
    }
    Ok(())
}
