//! Minimum cost flow, and minimum cost flows that share capacities. Domain-free: nodes, arcs, integers.
//!
//! **Problem.** Nodes with a supply (negative: a demand), arcs with a lower bound, a capacity and a cost a unit, all integers.
//! Find a flow that meets every supply within the bounds at least cost ([`FlowNetwork`]). **Method.** Primal network simplex
//! ([`NetworkSimplex`]), started anew or from the basis of a similar problem. **Proof.** [`bound`] turns any potentials into
//! a lower bound, and [`check`] confirms flow and potentials without a line of the solver's code.
//!
//! Several networks whose arcs share capacities are solved by [`coupled`]: column generation over network simplex.

mod bound;
mod check;
pub mod coupled;
mod master;
mod network;
mod simplex;

pub use bound::bound;
pub use check::{Fault, check};
pub use network::{Arc, FlowNetwork, NetworkError, UNBOUNDED};
pub use simplex::{Basis, NetworkSimplex, Progress};
