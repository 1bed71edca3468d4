//! Networks and shortest paths on them. Knows lengths in integer metres and nothing of recycling.
//!
//! [`Network`] is a `petgraph` graph: built, validated and split into components there. [`Search`] is its fast path, a
//! bucket-queue search over compact arrays; [`Reach`] keeps the two nearest owners of every node while owners move. Tests
//! hold them against `petgraph::algo::dijkstra`, against each other and against trying all paths.

mod csr;
mod network;
mod reach;
mod search;

pub use csr::Csr;
pub use network::{Access, Component, Link, Network, NetworkError};
pub use reach::Reach;
pub use search::{Label, Search, Source};
