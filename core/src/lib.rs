//! # Loop Atlas core
//!
//! The planning model for recycling non-ferrous metals in China's three clusters, and everything computed from it. A
//! pure library: no clock, no thread, no browser, no path. The same input gives the same bytes natively and in Wasm.
//!
//! Each module uses only modules above it in this list.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod random;

pub mod diagnostics;
pub mod units;
pub mod geo;
pub mod flow;
pub mod graph;
pub mod model;
pub mod scenario;
pub mod account;
pub mod catchment;
pub mod routing;
pub mod evaluate;
pub mod allocation;
pub mod footprint;
pub mod circularity;
pub mod comparison;
pub mod profile;
pub mod levers;
pub mod response;
pub mod uncertainty;
pub mod siting;
pub mod uses;
pub mod format;
