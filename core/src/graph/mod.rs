//! Networks and shortest paths on them. Knows lengths in integer metres and nothing of recycling.
//!
//! [`RoadNetwork`] is a `petgraph` graph: built, validated and split into components there. [`Search`] is its fast path, a
//! bucket-queue search over compact arrays; tests hold it against `petgraph::algo::dijkstra` and against trying all paths.

mod csr;
mod road;
mod search;

pub use csr::Csr;
pub use road::{Access, Component, NetworkError, RoadLink, RoadNetwork};
pub use search::{Label, Search, Source};
