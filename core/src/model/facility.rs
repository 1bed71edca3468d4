//! Facilities: collection points, hubs, smelters, ports.

use super::{Certainty, Cluster, MetalSet, Name, Origin, Stream};
use crate::geo::LonLat;
use serde::{Deserialize, Serialize};

/// What a facility does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityKind {
    /// Takes scrap in from people and workshops.
    CollectionPoint,
    /// Dismantles, sorts, dispatches.
    Hub,
    /// Makes metal.
    Smelter,
}

impl FacilityKind {
    /// The stable key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::CollectionPoint => "collection_point",
            Self::Hub => "hub",
            Self::Smelter => "smelter",
        }
    }
}

/// How exactly a facility's position is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LocationPrecision {
    /// The spot itself, set by the user.
    Exact,
    /// Roughly the park.
    Park,
    /// The seat of the county.
    County,
    /// The seat of the city.
    City,
    /// Placed by a model.
    Modelled,
}

impl LocationPrecision {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Park => "park",
            Self::County => "county",
            Self::City => "city",
            Self::Modelled => "modelled",
        }
    }
}

/// Whether a facility runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Runs, as far as anyone knows.
    Operating,
    /// The table doubts that it runs.
    Uncertain,
    /// Announced or being built: on the map, but nothing is sent there.
    Planned,
    /// Stands for plants that nobody named: drawn as modelled, without a place of its own, so nothing is sent to it as the
    /// nearest.
    Unnamed,
}

impl Status {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Operating => "operating",
            Self::Uncertain => "uncertain",
            Self::Planned => "planned",
            Self::Unnamed => "unnamed",
        }
    }

    /// True where scrap can be sent there as the nearest.
    #[must_use]
    pub const fn receives(self) -> bool {
        matches!(self, Self::Operating | Self::Uncertain)
    }
}

/// What a capacity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityUnit {
    /// Tonnes of metal made a year.
    Product,
    /// Tonnes of battery feed a year.
    BatteryFeed,
    /// Tonnes of other feed a year.
    Feed,
    /// Gross tonnes handled a year.
    Gross,
}

/// A capacity in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// Tonnes a year.
    pub tonnes: f64,
    /// Of what.
    pub unit: CapacityUnit,
}

/// A collection point, hub or smelter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facility {
    /// Stable id in files, such as `SM001`; never an index.
    pub id: String,
    /// What it does.
    pub kind: FacilityKind,
    /// Name.
    pub name: Name,
    /// Position.
    pub at: LonLat,
    /// How exactly the position is known.
    pub precision: LocationPrecision,
    /// Its cluster.
    pub cluster: Cluster,
    /// Province and city in Chinese, as far as the table says.
    pub location: String,
    /// Metals it takes. A collection point takes all.
    pub metals: MetalSet,
    /// Capacity, where one is stated or modelled.
    pub capacity: Option<Capacity>,
    /// Real street points that a collection point stands for (people served / 1,650); 1 for one that a planner adds.
    pub street_points: f64,
    /// Whether it runs.
    pub status: Status,
    /// Where it comes from.
    pub origin: Origin,
}

impl Facility {
    /// How it is drawn. A plant whose site and capacity were published is known; one whose capacity is a guess is not.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.origin.basis.certainty()
    }

    /// True where it takes scrap of the stream.
    #[must_use]
    pub fn takes(&self, s: Stream) -> bool {
        match self.kind {
            FacilityKind::CollectionPoint => true,
            FacilityKind::Hub => s.via_hub() && self.metals.takes(s),
            FacilityKind::Smelter => self.metals.takes(s),
        }
    }
}
