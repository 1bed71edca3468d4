//! What no flow can undercut.

use super::{FlowNetwork, UNBOUNDED};

/// A lower bound of the cost of any flow, from any potentials: the Lagrangian of conservation. With the potentials of an
/// optimum it is the optimum. `None` where an arc without limit would lower it for ever.
///
/// # Panics
/// Where there are fewer potentials than nodes.
#[must_use]
pub fn bound(network: &FlowNetwork, potentials: &[i64]) -> Option<i128> {
    let of = |node: u32| i128::from(potentials[node as usize]);
    let supplied = network.supply().iter().zip(potentials).map(|(s, p)| i128::from(*s) * i128::from(*p));
    let mut sum = -supplied.sum::<i128>();
    for arc in network.arcs() {
        let reduced = i128::from(arc.cost) + of(arc.tail) - of(arc.head);
        let most = if reduced < 0 { arc.capacity } else { arc.lower };
        if reduced < 0 && most >= UNBOUNDED {
            return None;
        }
        sum += reduced * i128::from(most);
    }
    Some(sum)
}
