//! Online booking: somebody comes to the door where people live too far to bring their scrap themselves.

use super::{Measure, Question};
use crate::model::{FacilityKind, PICKUP_COST_KEY, PICKUP_FROM_KEY, PICKUP_RADIUS_KEY, Parameters};

/// Doors that pick-up reaches: further than the ordinary service radius, up to so much beyond it, by road.
///
/// Such a door counts like one at the ordinary radius: within every distance that reaches that far. Where scrap goes and how
/// far it is carried stays the same; what is picked up costs more a tonne.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pickup {
    from_km: f64,
    upto_km: f64,
    /// What it costs on top, yuan a gross tonne.
    pub yuan_per_t: f64,
}

impl Pickup {
    /// Reads the parameters.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        let from_km = parameters.number_or(PICKUP_FROM_KEY, 0.0);
        Self {
            from_km,
            upto_km: from_km + parameters.number_or(PICKUP_RADIUS_KEY, 0.0),
            yuan_per_t: parameters.number_or(PICKUP_COST_KEY, 0.0),
        }
    }

    /// The pick-up that bears on a question: ways to collection points in km. Minutes, yuan and straight lines know none.
    #[must_use]
    pub fn of(parameters: &Parameters, question: &Question) -> Self {
        let bears = question.of == FacilityKind::CollectionPoint && question.measure == Measure::Km;
        if bears { Self::new(parameters) } else { Self::default() }
    }

    /// True where a door so many km by road from its point is picked up.
    #[must_use]
    pub fn reaches(&self, km: f64) -> bool {
        km > self.from_km && km <= self.upto_km
    }

    /// What a way counts as where it is asked who is near enough.
    #[must_use]
    pub fn counted(&self, way: f64) -> f64 {
        if self.reaches(way) { self.from_km } else { way }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_beyond_the_ordinary_radius_count_like_those_at_it() {
        let pickup = Pickup { from_km: 10.0, upto_km: 15.0, yuan_per_t: 24.0 };
        assert_eq!([8.0, 10.0, 12.0, 15.0, 16.0].map(|km| pickup.counted(km)), [8.0, 10.0, 10.0, 10.0, 16.0]);
        // Without a radius nobody is picked up.
        assert_eq!([0.0, 10.0, 12.0].map(|km| Pickup { upto_km: 10.0, ..pickup }.counted(km)), [0.0, 10.0, 12.0]);
        assert_eq!([0.0, 10.0].map(|km| Pickup::default().counted(km)), [0.0, 10.0]);
    }
}
