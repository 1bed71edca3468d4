//! The things of the planning model: clusters, metals, places, demand cells, facilities and where every number comes from.

mod cluster;
mod facility;
mod place;
mod region;
mod source;
mod stream;
mod unnamed;

pub use cluster::{Cluster, PerCluster};
pub use facility::{Capacity, CapacityUnit, Facility, FacilityKind, LocationPrecision, Status};
pub use place::{DemandCell, Name, Place, PlaceKind, Prefecture};
pub use region::{Baseline, Ground, Region};
pub use source::{Basis, Certainty, Confidence, Origin, Parameter, Parameters};
pub use stream::{Metal, MetalSet, PerStream, Stream};
pub use unnamed::unnamed_capacity;
