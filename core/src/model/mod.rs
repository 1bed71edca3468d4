//! The things of the planning model: clusters, metals, places, demand cells, facilities and where every number comes from.

mod cluster;
mod facility;
mod place;
mod source;
mod stream;

pub use cluster::{Cluster, PerCluster};
pub use facility::{Capacity, CapacityUnit, Facility, FacilityKind, LocationPrecision};
pub use place::{DemandCell, Name, Place, PlaceKind, Prefecture};
pub use source::{Basis, Certainty, Confidence, Origin, Parameter, Parameters};
pub use stream::{Metal, MetalSet, PerStream, Stream};
