//! What is asked about catchments: of which facilities, by which measure, counted in what.

use super::{FacilitySet, HOUSEHOLD_SIZE_KEY, ROAD_SPEED_KEYS};
use crate::{
    account::{FreightTable, ROAD_FACTOR_KEY},
    model::{Cluster, FacilityKind, Mode, PICKUP_FROM_KEY, PICKUP_RADIUS_KEY, ScrapModel, Stream, recovery_points_key},
    scenario::RECOVERY_RATE_KEY,
};
use serde::{Deserialize, Serialize};

/// What "near" is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Kilometres by road.
    #[default]
    Km,
    /// Minutes by road at the speeds of modelled road classes: modelled.
    Minutes,
    /// Yuan a gross tonne: road kilometres x rate: modelled.
    Yuan,
    /// Kilometres in a straight line.
    Line,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 4] = [Self::Km, Self::Minutes, Self::Yuan, Self::Line];

    /// The stable key in files and translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Km => "km",
            Self::Minutes => "minutes",
            Self::Yuan => "yuan",
            Self::Line => "line",
        }
    }

    /// The unit of its values.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Km | Self::Line => "km",
            Self::Minutes => "min",
            Self::Yuan => "yuan/t",
        }
    }

    /// True where no data state it: class and speed of roads, and so minutes and yuan, are modelled.
    #[must_use]
    pub const fn is_modelled(self) -> bool {
        matches!(self, Self::Minutes | Self::Yuan)
    }

    /// Upper ends of travel bands that suit the measure and the kind of facility, ascending.
    #[must_use]
    pub const fn usual_bands(self, of: FacilityKind) -> [f64; 4] {
        match (self, matches!(of, FacilityKind::CollectionPoint)) {
            (Self::Km | Self::Line, true) => [5.0, 10.0, 20.0, 40.0],
            (Self::Km | Self::Line, false) => [50.0, 100.0, 200.0, 400.0],
            (Self::Minutes, true) => [10.0, 20.0, 40.0, 60.0],
            (Self::Minutes, false) => [60.0, 120.0, 240.0, 480.0],
            (Self::Yuan, true) => [5.0, 10.0, 20.0, 40.0],
            (Self::Yuan, false) => [20.0, 50.0, 100.0, 200.0],
        }
    }
}

/// What demand is counted in where places are weighed against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Demand {
    /// Residents.
    #[default]
    People,
    /// Residents over the household size in force.
    Households,
    /// Gross tonnes of collected scrap a year, of the question's stream or of all.
    Tonnes,
}

impl Demand {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::People, Self::Households, Self::Tonnes];

    /// The stable key in files and translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Households => "households",
            Self::Tonnes => "tonnes",
        }
    }
}

/// A question about catchments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Kind of the facilities: collection points, hubs or smelters.
    pub of: FacilityKind,
    /// Only those that take the stream, and tonnes of that stream alone; `None`: any, and all streams together.
    pub stream: Option<Stream>,
    /// Only those of one cluster.
    pub cluster: Option<Cluster>,
    /// Only these ids, where there are any.
    pub only: Vec<String>,
    /// What "near" is measured in.
    pub measure: Measure,
    /// Upper ends of the travel bands in the measure's unit, ascending; what lies beyond the last is a band of its own.
    pub bands: Vec<f64>,
    /// What is near enough to be covered, in the measure's unit.
    pub limit: f64,
    /// What demand is counted in.
    pub demand: Demand,
}

impl Question {
    /// The question a person most likely has about a kind: road kilometres, usual bands, covered within the second of them.
    #[must_use]
    pub fn usual(of: FacilityKind) -> Self {
        let bands = Measure::Km.usual_bands(of);
        Self {
            of,
            stream: None,
            cluster: None,
            only: Vec::new(),
            measure: Measure::Km,
            bands: bands.to_vec(),
            limit: bands[1],
            demand: Demand::People,
        }
    }

    /// The facilities asked about.
    #[must_use]
    pub fn set(&self) -> FacilitySet {
        FacilitySet { kind: self.of, stream: self.stream, cluster: self.cluster, only: self.only.clone() }
    }

    /// The parameters that the question's answer rests on.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        self.parameters_of(&Demand::ALL)
    }

    /// The parameters behind its ways, and behind demand counted so.
    #[must_use]
    pub fn parameters_of(&self, counted: &[Demand]) -> Vec<String> {
        let mut keys = Vec::new();
        if self.measure != Measure::Line {
            keys.push(ROAD_FACTOR_KEY.to_owned());
        }
        match (self.measure, self.of) {
            (Measure::Minutes, _) => keys.extend(ROAD_SPEED_KEYS.map(str::to_owned)),
            (Measure::Yuan, FacilityKind::CollectionPoint) => keys.push("freight.cost.all.truck_collect".into()),
            (Measure::Yuan, _) => {
                keys.push(FreightTable::cost(Mode::Road));
                keys.extend(self.stream.and_then(|s| FreightTable::hazard(s, Mode::Road)));
            }
            (Measure::Km, FacilityKind::CollectionPoint) => {
                keys.extend([PICKUP_FROM_KEY, PICKUP_RADIUS_KEY].map(str::to_owned));
            }
            (Measure::Km | Measure::Line, _) => {}
        }
        if counted.contains(&Demand::Households) {
            keys.push(HOUSEHOLD_SIZE_KEY.into());
        }
        if counted.contains(&Demand::Tonnes) {
            keys.push(RECOVERY_RATE_KEY.into());
            for stream in Stream::ALL.into_iter().filter(|s| self.stream.is_none_or(|asked| asked == *s)) {
                keys.push(stream.content_key().into());
                keys.extend(Cluster::ALL.map(|c| recovery_points_key(stream, c)));
                keys.extend(ScrapModel::keys(stream));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        keys.retain(|k| seen.insert(k.clone()));
        keys
    }
}
