//! Where should sites go: facility location with proof, and the planner's question that leads to it.
//!
//! The lower half knows demand points, sites and costs alone, and nothing of maps: one file a problem, one a method. Most problems are one, [`Problem`]: pay for
//! what is opened, serve every demand point from the cheapest open site, keep count and rows. [`planning`] is the upper half: from a
//! planner's question about the map to a problem, and from its answer back to places.
//!
//! Every solver is a [`Solver`]: it works in slices, has its best answer and a proven bound at hand at any time, and never looks
//! at a clock. The same problem and seed take the same course natively and in Wasm. [`check`] reads an answer without any of
//! the solvers' code.

mod branch;
pub mod capacitated;
pub mod check;
pub mod fixed_charge;
mod interchange;
mod lagrangian;
pub mod mclp;
pub mod p_median;
pub mod lscp;
pub mod p_center;
pub mod planning;
mod pool;
mod problem;
mod reduced;
mod search;
mod random;
mod solver;

pub use problem::{Lists, Lock, Problem, Row, Unfit};
pub use search::{Search, TOLERANCE};
pub use solver::{Answer, NONE, Solver, Status, relative_gap};
