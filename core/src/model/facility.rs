//! Facilities: collection points, hubs, smelters, ports.

use super::{Certainty, Cluster, MetalSet, ModeSet, Name, Origin, Stream};
use crate::geo::LonLat;
use serde::{Deserialize, Serialize};

/// What a facility does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityKind {
    /// Takes scrap in from people and workshops.
    CollectionPoint,
    /// Moves goods between truck and train.
    RailHub,
    /// Moves goods between truck, train, barge and ship.
    Port,
    /// Dismantles, sorts, dispatches.
    Hub,
    /// Makes metal.
    Smelter,
}

impl FacilityKind {
    /// All kinds: what is rare comes last.
    pub const ALL: [Self; 5] = [Self::CollectionPoint, Self::RailHub, Self::Port, Self::Hub, Self::Smelter];

    /// True where goods change from one mode of transport to another.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::RailHub | Self::Port)
    }

    /// The stable key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::CollectionPoint => "collection_point",
            Self::RailHub => "rail_hub",
            Self::Port => "port",
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
    /// The port, to about 3 km.
    Port,
    /// The freight station, to about 3 km.
    Station,
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
            Self::Port => "port",
            Self::Station => "station",
            Self::County => "county",
            Self::City => "city",
            Self::Modelled => "modelled",
        }
    }

    /// How far the true place may be from the position, in metres: our reading of the words in the tables. 0 where it is the
    /// spot itself.
    #[must_use]
    pub const fn radius_m(self) -> f64 {
        match self {
            Self::Exact => 0.0,
            Self::Park | Self::Port | Self::Station => 3_000.0,
            Self::County => 15_000.0,
            Self::City => 30_000.0,
            Self::Modelled => 6_000.0,
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
    /// Tonnes of goods of every kind that a port handles a year: what it did, not what it could.
    Cargo,
}

/// A capacity in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// Tonnes a year.
    pub tonnes: f64,
    /// Of what.
    pub unit: CapacityUnit,
}

/// A collection point, hub, smelter, port or rail hub.
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
    /// Its cluster; none for ports and rail hubs of the provinces between the clusters.
    pub cluster: Option<Cluster>,
    /// Province in Chinese, as the tables write it.
    pub province: String,
    /// Province and city in Chinese, as far as the table says.
    pub location: String,
    /// Metals it takes. A collection point takes all.
    pub metals: MetalSet,
    /// Modes that a port or rail hub joins to the road.
    pub modes: ModeSet,
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
            FacilityKind::RailHub | FacilityKind::Port => false,
            FacilityKind::Hub => s.via_hub() && self.metals.takes(s),
            FacilityKind::Smelter => self.metals.takes(s),
        }
    }
}
