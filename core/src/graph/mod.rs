//! Networks and shortest paths on them. Knows lengths in integer metres and nothing of recycling.
//!
//! [`Network`] is a `petgraph` graph: built, validated and split into components there. [`Search`] is its fast path, a
//! bucket-queue search over compact arrays; tests hold it against `petgraph::algo::dijkstra` and against trying all paths.

mod csr;
mod network;
mod search;

pub use csr::Csr;
pub use network::{Access, Component, Link, Network, NetworkError};
pub use search::{Label, Search, Source};
