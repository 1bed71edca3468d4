//! What the roads are measured in: metres as the source states them, or time by the speeds of modelled classes.

use crate::{account::Rates, graph::Link, model::Parameters};

/// Speeds of the three road classes, in km/h. Classes are modelled by betweenness, so times are modelled.
pub const ROAD_SPEED_KEYS: [&str; 3] =
    ["model.road_speed.all.class1", "model.road_speed.all.class2", "model.road_speed.all.class3"];

/// The lengths of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lengths {
    /// Metres of the source network.
    Metres,
    /// Tenths of a second.
    Time(Speeds),
}

/// Tenths of a second that 1,000 metres of the source network take, by road class, length factor included. Whole numbers, so
/// that equal settings are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speeds([u32; 3]);

impl Lengths {
    /// Time at the speeds in force.
    #[must_use]
    pub fn time(parameters: &Parameters, rates: &Rates) -> Self {
        let tenths = |key: &str| {
            let km = rates.km(1000);
            libm::round(km / parameters.number(key) * 36_000.0).clamp(1.0, 1e7) as u32
        };
        Self::Time(Speeds(ROAD_SPEED_KEYS.map(tenths)))
    }

    /// The length of a link.
    #[must_use]
    pub const fn link(self, link: Link) -> u32 {
        match self {
            Self::Metres => link.length_m,
            Self::Time(speeds) => speeds.tenths(link.length_m, link.class),
        }
    }

    /// The length of a straight leg between a place and the nearest road: travelled like the least class.
    #[must_use]
    pub const fn leg(self, leg_m: u32) -> u32 {
        match self {
            Self::Metres => leg_m,
            Self::Time(speeds) => speeds.tenths(leg_m, 3),
        }
    }
}

impl Speeds {
    const fn tenths(self, metres: u32, class: u8) -> u32 {
        let pace = match class {
            1 => self.0[0],
            2 => self.0[1],
            _ => self.0[2],
        };
        // Rounded to the nearest, never 0: a link leads somewhere.
        let tenths = (metres as u64 * pace as u64 + 500) / 1000;
        if tenths == 0 {
            1
        } else if tenths > 1 << 30 {
            1 << 30
        } else {
            tenths as u32
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_takes_the_time_of_its_class() {
        // 60, 40 and 30 km/h: 600, 900 and 1,200 tenths a km.
        let time = Lengths::Time(Speeds([600, 900, 1200]));
        let link = |class| Link { length_m: 2_500, class };
        assert_eq!([1, 2, 3].map(|c| time.link(link(c))), [1500, 2250, 3000]);
        assert_eq!(time.leg(100), 120);
        assert_eq!(Lengths::Metres.link(link(2)), 2_500);
    }
}
