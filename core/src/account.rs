//! What moving a tonne costs and emits: one place where the freight table is read.

use crate::{
    model::{Parameters, PerStream, Stream},
    scenario::{Lever, Levers},
};
use serde::{Deserialize, Serialize};

/// The factor every computed road length is multiplied with.
pub const ROAD_FACTOR_KEY: &str = "model.road_length_factor.all.truck";

/// Freight rates by road, levers applied. All tonnes are gross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Road metres a metre of the source network, whose shortest paths come out short.
    pub road_factor: f64,
    /// Yuan a tonne-kilometre in a full truck, hazard multiplier of the stream included.
    pub haul_yuan_per_tkm: PerStream<f64>,
    /// Yuan a tonne-kilometre in collection rounds.
    pub collect_yuan_per_tkm: f64,
    /// Yuan a tonne for one loading or unloading.
    pub handling_yuan_per_t: f64,
    /// kg CO2e a tonne-kilometre in a full truck, well to wheel.
    pub haul_kg_per_tkm: f64,
    /// kg CO2e a tonne-kilometre in collection rounds, well to wheel.
    pub collect_kg_per_tkm: f64,
    /// Kilometres an hour, door to door.
    pub haul_km_per_hour: f64,
}

impl Rates {
    /// Reads the rates.
    #[must_use]
    pub fn new(parameters: &Parameters, levers: &Levers) -> Self {
        let number = |key: &str| parameters.number(key);
        let price = levers.value(Lever::FreightPrice, parameters);
        let full = number("freight.cost.all.truck_full") * price;
        Self {
            road_factor: number(ROAD_FACTOR_KEY),
            haul_yuan_per_tkm: PerStream::from_fn(|s| full * hazard_key(s).map_or(1.0, number)),
            collect_yuan_per_tkm: number("freight.cost.all.truck_collect") * price,
            handling_yuan_per_t: number("freight.handling.all.truck"),
            haul_kg_per_tkm: number("freight.ef.all.truck_full") / 1000.0,
            collect_kg_per_tkm: number("freight.ef.all.truck_collect") / 1000.0,
            haul_km_per_hour: number("freight.speed.all.truck_full"),
        }
    }

    /// Kilometres on the road for metres of the source network.
    #[must_use]
    pub fn km(&self, network_m: u32) -> f64 {
        f64::from(network_m) * self.road_factor / 1000.0
    }

    /// One haul of a tonne over `km`: loaded, driven, unloaded.
    #[must_use]
    pub fn haul(&self, km: f64, stream: Stream) -> Haul {
        Haul {
            km,
            hours: km / self.haul_km_per_hour,
            yuan_per_t: km * self.haul_yuan_per_tkm[stream] + 2.0 * self.handling_yuan_per_t,
            kg_co2e_per_t: km * self.haul_kg_per_tkm,
        }
    }
}

/// The parameter by which a stream's freight is dearer than ordinary goods, if it is.
#[must_use]
pub const fn hazard_key(stream: Stream) -> Option<&'static str> {
    match stream {
        Stream::Al | Stream::Cu | Stream::Zn => None,
        Stream::Pb => Some("freight.hazard_multiplier.Pb.truck_full"),
        // Lithium batteries are the bulk of what is hauled as "other".
        Stream::Other => Some("freight.hazard_multiplier.Li.truck_full"),
    }
}

/// One haul of one tonne.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Haul {
    /// Kilometres.
    pub km: f64,
    /// Hours.
    pub hours: f64,
    /// Yuan a gross tonne.
    pub yuan_per_t: f64,
    /// kg CO2e a gross tonne.
    pub kg_co2e_per_t: f64,
}

impl std::ops::Add for Haul {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self {
            km: self.km + o.km,
            hours: self.hours + o.hours,
            yuan_per_t: self.yuan_per_t + o.yuan_per_t,
            kg_co2e_per_t: self.kg_co2e_per_t + o.kg_co2e_per_t,
        }
    }
}
