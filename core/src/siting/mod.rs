//! Where should sites go: facility location with proof, and the planner's question that leads to it.
//!
//! The lower half knows demand points, sites and costs alone, and nothing of maps: one file or folder a problem. Most problems are one,
//! [`Problem`]: pay for what is opened, serve every demand point from the cheapest open site, keep count and side limits. [`Search`] solves it,
//! a method a file. [`robust`] asks for choices that are good in several futures. Covering ([`lscp`], [`p_center`]) and capacities ([`capacitated`]) have solvers of their own. [`planning`] is the upper half:
//! from a planner's question about the map to a problem, and from its answer back to places.
//!
//! Every solver is a [`Solver`]: it works in slices, has its best answer and a proven bound at hand at any time, and never looks
//! at a clock. The same problem and seed take the same course natively and in Wasm. [`check`] reads an answer without any of
//! the solvers' code.

pub mod capacitated;
pub mod check;
pub mod fixed_charge;
pub mod lscp;
pub mod mclp;
pub mod p_center;
pub mod p_median;
pub mod planning;
mod problem;
pub mod robust;
mod search;
mod solver;

pub use problem::{Lists, Lock, Problem, Row, Unfit};
pub use search::{Search, TOLERANCE};
pub use solver::{Answer, NONE, Solver, Status, relative_gap};
