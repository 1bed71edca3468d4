//! Which measure says the same as a figure of another part: what is known of the one, such as its band, holds for the other.
//!
//! A figure by another rule has none: hauls by the rule of the nearest are not those of the allocation, and the allocation's own
//! cost and emissions leave out collection. A test on the real region (`tests/bands.rs`) holds every pair to be the same number.

use super::Aim;
use crate::{
    comparison::Indicator,
    evaluate::{BANDS_KM, Figure},
    model::Cluster,
    profile::Measure,
};

/// The limit of the usual question about catchments, in km, by which [`Measure::CoveredPeople`] counts.
const USUAL_KM: f64 = BANDS_KM[1];

impl Aim {
    /// The measure that is a main figure; people are near enough within so many km, where the figure asks for it.
    #[must_use]
    pub fn of_figure(figure: Figure, within_km: Option<f64>, cluster: Option<Cluster>) -> Option<Self> {
        let measure = match figure {
            Figure::Collected => Measure::Collected(None),
            Figure::MeanCollectionKm => Measure::MeanWay,
            Figure::PeopleWithin if within_km == Some(USUAL_KM) => Measure::CoveredPeople,
            Figure::PeopleWithin => return None,
            Figure::MeanHaulKm | Figure::P95HaulKm | Figure::TonneKm => return None,
            Figure::TransportCost | Figure::TransportCo2 => return None,
        };
        Some(Self::of(measure, cluster))
    }

    /// The measure that is an indicator of a comparison.
    #[must_use]
    pub fn of_indicator(indicator: Indicator, cluster: Option<Cluster>) -> Option<Self> {
        let measure = match indicator {
            Indicator::Collected => Measure::Collected(None),
            Indicator::MeanCollection => Measure::MeanWay,
            Indicator::PeopleWithin(band) => {
                let km = BANDS_KM.get(usize::from(band)).copied();
                return Self::of_figure(Figure::PeopleWithin, km, cluster);
            }
            Indicator::Made => Measure::Made(None),
            Indicator::Unallocated => Measure::Unallocated,
            // Nothing leaves all clusters together; what crosses between them is another sum.
            Indicator::Crossing if cluster.is_some() => Measure::Outflow,
            Indicator::SelfSufficiency(s) => Measure::SelfSufficiency(s),
            Indicator::Crossing | Indicator::Unmet | Indicator::Cost | Indicator::Co2 => return None,
            // Of whatever question was asked.
            Indicator::Covered | Indicator::CoveredShare | Indicator::Gini => return None,
            Indicator::MeanHaul | Indicator::P95Haul | Indicator::TonneKm => return None,
            Indicator::TransportCost | Indicator::TransportCo2 => return None,
        };
        Some(Self::of(measure, cluster))
    }
}
