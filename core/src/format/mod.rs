//! What is read from and written to bytes: the region pack, its sections, tables and scenario files.
//!
//! File types live only here; everything else works on the model.

pub mod about;
pub mod allocation;
pub mod autosave;
pub mod catchments;
pub mod cells;
pub mod claims;
pub mod comparison;
pub mod dimacs;
pub mod export;
pub mod findings;
pub mod footprint;
pub mod futures;
pub mod geojson;
pub mod geometry;
pub mod holmberg;
pub mod link;
pub mod import;
pub mod location;
mod numbers;
pub mod orlib_cap;
pub mod orlib_pmed;
pub mod pack;
pub mod profile;
pub mod reconcile;
pub mod region;
pub mod report;
pub mod response;
pub mod roads;
pub mod scenario;
pub mod siting;
pub mod sjc;
pub mod solved;
pub mod story;
pub mod stress;
pub mod tables;
mod varint;
