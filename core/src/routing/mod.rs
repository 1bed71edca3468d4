//! Ways through the networks: between two places by any modes, and from a collection point to its smelter.
//!
//! **Problem.** From one place to another at least generalised cost, which is a weighted sum of yuan, hours and kg CO2e a
//! tonne ([`Aim`]). **Network** ([`Router`]): the four networks side by side, joined at ports and rail hubs. There goods pay
//! handling, wait, and change the mode; a truck brings them there and fetches them.
//!
//! **Method.** One bucket-queue search over all of it. The aim sets the weight of every arc, so levers and parameters need no
//! preprocessing. Without road, trucks reach the first terminal and leave the last, and are kept short. Alternatives come from searching again with the corridor of what was found made dearer, and are kept only
//! where they hold up with the true prices.

mod alternatives;
mod chain;
mod corridor;
mod find;
mod rides;
mod router;

pub use alternatives::{Alternative, Fewer};
pub use chain::{point_route, stream_of};
pub use find::{FindError, Found, find_place};
pub use rides::{MeanRide, Ride, Rider, Stop, Terminals};
pub use router::{Answer, NoWay, Query, Router};

use crate::{
    account::{CLUSTER_FRICTION_KEY, EMISSION_FAMILY_KEY, EmissionFamily, FreightTable, Haul, PROVINCE_FRICTION_KEY},
    geo::LonLat,
    model::{Mode, ModeSet, Name, Parameters, Stream},
};
use serde::{Deserialize, Serialize};

/// What a way is chosen by: the weights of a sum. Weights are not negative, and not all 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aim {
    /// Weight of a yuan.
    pub yuan: f64,
    /// Weight of an hour.
    pub hours: f64,
    /// Weight of a kg CO2e.
    pub kg_co2e: f64,
}

impl Aim {
    /// The cheapest way.
    pub const COST: Self = Self { yuan: 1.0, hours: 0.0, kg_co2e: 0.0 };
    /// The quickest way.
    pub const HOURS: Self = Self { yuan: 0.0, hours: 1.0, kg_co2e: 0.0 };
    /// The way with the least emissions.
    pub const CO2: Self = Self { yuan: 0.0, hours: 0.0, kg_co2e: 1.0 };

    /// What a haul weighs.
    #[must_use]
    pub fn of(&self, haul: &Haul) -> f64 {
        self.yuan * haul.yuan_per_t + self.hours * haul.hours + self.kg_co2e * haul.kg_co2e_per_t
    }

    /// True where the weights can order ways.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let all = [self.yuan, self.hours, self.kg_co2e];
        all.iter().all(|w| w.is_finite() && *w >= 0.0) && all.iter().any(|w| *w > 0.0)
    }
}

/// One leg of a way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    /// How it is travelled.
    pub mode: Mode,
    /// Where it begins.
    pub from: Name,
    /// Where it ends.
    pub to: Name,
    /// Distance, time, cost and CO2 of a tonne, both ends included.
    pub haul: Haul,
    /// The part of it that is paid, waited and emitted at the two ends: handling, dwell, fixed prices.
    pub at_ends: Haul,
    /// Its line on the map, straight access legs included.
    pub path: Vec<LonLat>,
}

/// A way of one or more legs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Sum of the legs, and of the borders.
    pub total: Haul,
    /// Legs in order of travel.
    pub legs: Vec<Leg>,
    /// Yuan a tonne that borders between provinces and clusters cost the shipment; part of the total.
    pub border_yuan_per_t: f64,
}

impl Route {
    fn of(legs: Vec<Leg>, border_yuan_per_t: f64) -> Self {
        let mut total = legs.iter().fold(Haul::default(), |sum, leg| sum + leg.haul);
        total.yuan_per_t += border_yuan_per_t;
        Self { total, legs, border_yuan_per_t }
    }
}

/// Keys of the parameters that an answer rests on: those of every mode that it uses, and of the borders.
#[must_use]
pub fn behind(answer: &Answer, stream: Stream, parameters: &Parameters) -> Vec<String> {
    let routes = [&answer.best].into_iter().chain(answer.alternatives.iter().map(|a| &a.route));
    let used: ModeSet = routes.flat_map(|r| &r.legs).map(|l| l.mode).collect();
    let mut keys = FreightTable::behind(used.iter(), stream, EmissionFamily::of(parameters));
    keys.extend([EMISSION_FAMILY_KEY, PROVINCE_FRICTION_KEY, CLUSTER_FRICTION_KEY].map(str::to_owned));
    keys
}
