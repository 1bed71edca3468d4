//! What holds across Loop Atlas, as one program. One subject: `cargo test --profile fast -p atlas-tests flow::`.

mod allocation;
mod builtin;
mod catchments;
mod claims;
mod cli;
mod distances;
mod flow;
mod footprint;
mod golden;
mod layering;
mod levers;
mod network;
mod norms;
mod profile;
mod reconcile;
mod region;
mod response;
mod routes;
mod schema;
mod siting_capacitated;
mod siting_cover;
mod siting_fixtures;
mod siting_planning;
mod siting_published;
mod stories;
mod uncertainty;
