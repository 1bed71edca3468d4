//! What moving a tonne costs, takes and emits: one place where the freight table is read.
//!
//! Every mode is charged alike. A leg of `km` costs `fixed + km x rate`, takes `km / speed` and emits `km x factor`. Where
//! goods change the mode, the terminal charges handling and dwell of the mode that is boarded or left, and a truck's
//! handling on the road side. Rates of the stream's hazard class multiply what is charged a kilometre.

use crate::{
    model::{Cluster, Facility, Mode, ModeSet, Parameters, PerMode, PerStream, Stream, mode_key},
    scenario::{Lever, Levers},
};
use serde::{Deserialize, Serialize};

/// The factor every computed road length is multiplied with.
pub const ROAD_FACTOR_KEY: &str = "model.road_length_factor.all.truck";
/// Which family of emission factors is used: 1 GLEC, 2 GB/T 51366. The families are never mixed.
pub const EMISSION_FAMILY_KEY: &str = "freight.emission_family.all";
/// Yuan a tonne for a shipment between two provinces.
pub const PROVINCE_FRICTION_KEY: &str = "freight.friction.all.province";
/// Yuan a tonne for a shipment between two clusters, on top of the provinces'.
pub const CLUSTER_FRICTION_KEY: &str = "freight.friction.all.cluster";
const HANDLING_EF_KEY: &str = "freight.handling_ef.all.transfer";
const RAIL_FUND_KEY: &str = "freight.construction_fund.all.rail";
const RAIL_FIXED_KEY: &str = "freight.fixed.all.rail";

/// How the freight table calls what carries goods in a mode.
const fn carrier(mode: Mode) -> &'static str {
    match mode {
        Mode::Road => "truck_full",
        Mode::Rail => "rail",
        Mode::Water => "barge",
        Mode::Sea => "coastal",
    }
}

/// Which parameters stand behind a price, a time or an emission of transport.
pub struct FreightTable;

impl FreightTable {
    /// Factor from network metres to travelled metres.
    #[must_use]
    pub fn length_factor(mode: Mode) -> String {
        match mode {
            Mode::Road => ROAD_FACTOR_KEY.into(),
            other => format!("model.length_factor.all.{}", other.key()),
        }
    }

    /// Yuan a tonne-kilometre.
    #[must_use]
    pub fn cost(mode: Mode) -> String {
        format!("freight.cost.all.{}", carrier(mode))
    }

    /// Yuan a tonne for each loading or unloading.
    #[must_use]
    pub fn handling(mode: Mode) -> String {
        let what = if mode == Mode::Road { "truck" } else { carrier(mode) };
        format!("freight.handling.all.{what}")
    }

    /// Kilometres an hour.
    #[must_use]
    pub fn speed(mode: Mode) -> String {
        format!("freight.speed.all.{}", carrier(mode))
    }

    /// Hours a transfer; trucks do not wait.
    #[must_use]
    pub fn dwell(mode: Mode) -> Option<String> {
        (mode != Mode::Road).then(|| format!("freight.dwell.all.{}", carrier(mode)))
    }

    /// g CO2e a tonne-kilometre of one family.
    #[must_use]
    pub fn emission(family: EmissionFamily, mode: Mode) -> String {
        format!("freight.{}.all.{}", family.group(), carrier(mode))
    }

    /// g CO2e a tonne-kilometre of one family in collection rounds.
    #[must_use]
    pub fn collection_emission(family: EmissionFamily) -> String {
        format!("freight.{}.all.truck_collect", family.group())
    }

    /// By how much the stream's freight is dearer than ordinary goods', where it is.
    #[must_use]
    pub fn hazard(stream: Stream, mode: Mode) -> Option<String> {
        let metal = match stream {
            Stream::Al | Stream::Cu | Stream::Zn => return None,
            Stream::Pb => "Pb",
            // Lithium batteries are the bulk of what is hauled as "other".
            Stream::Other => "Li",
        };
        Some(format!("freight.hazard_multiplier.{metal}.{}", carrier(mode)))
    }

    /// Every parameter a haul in these modes rests on, in a fixed order.
    #[must_use]
    pub fn behind(modes: impl IntoIterator<Item = Mode>, stream: Stream, family: EmissionFamily) -> Vec<String> {
        let mut keys = Vec::new();
        for mode in modes {
            keys.push(Self::length_factor(mode));
            keys.push(Self::cost(mode));
            if mode == Mode::Rail {
                keys.extend([RAIL_FUND_KEY, RAIL_FIXED_KEY].map(str::to_owned));
            }
            keys.extend(Self::hazard(stream, mode));
            keys.extend([Self::handling(mode), Self::speed(mode)]);
            keys.extend(Self::dwell(mode));
            keys.push(Self::emission(family, mode));
            if let Some(key) = family.transfer_key().filter(|_| mode != Mode::Road)
                && !keys.iter().any(|k| k == key)
            {
                keys.push(key.into());
            }
        }
        keys
    }

    /// Every parameter of the table.
    #[must_use]
    pub fn keys() -> Vec<String> {
        let mut keys: Vec<String> = EmissionFamily::ALL
            .into_iter()
            .flat_map(|family| {
                let all = Stream::ALL.into_iter().flat_map(move |s| Self::behind(Mode::ALL, s, family));
                all.chain([Self::collection_emission(family)])
            })
            .chain(["freight.cost.all.truck_collect", "freight.speed.all.truck_collect"].map(str::to_owned))
            .chain([EMISSION_FAMILY_KEY, PROVINCE_FRICTION_KEY, CLUSTER_FRICTION_KEY].map(str::to_owned))
            .collect();
        keys.sort();
        keys.dedup();
        keys
    }
}

/// A family of emission factors with one boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmissionFamily {
    /// GLEC v3 defaults in the structure of ISO 14083, well to wheel, recalled.
    #[default]
    Glec,
    /// GB/T 51366-2019, table E.0.1.
    Gbt51366,
}

impl EmissionFamily {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Glec, Self::Gbt51366];

    /// The family in force.
    #[must_use]
    pub fn of(parameters: &Parameters) -> Self {
        let number = parameters.number(EMISSION_FAMILY_KEY);
        Self::ALL.into_iter().find(|f| f.number() == number).unwrap_or_default()
    }

    /// The value of [`EMISSION_FAMILY_KEY`] that stands for it.
    #[must_use]
    pub const fn number(self) -> f64 {
        match self {
            Self::Glec => 1.0,
            Self::Gbt51366 => 2.0,
        }
    }

    /// The parameter of a transfer's emissions; GB/T 51366 states none, and none is borrowed from elsewhere.
    #[must_use]
    pub const fn transfer_key(self) -> Option<&'static str> {
        match self {
            Self::Glec => Some(HANDLING_EF_KEY),
            Self::Gbt51366 => None,
        }
    }

    const fn group(self) -> &'static str {
        match self {
            Self::Glec => "ef",
            Self::Gbt51366 => "ef_gbt51366",
        }
    }
}

/// What a kilometre and a transfer of one mode cost a gross tonne.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ModeRates {
    /// Travelled metres a metre of the source network, whose shortest paths come out short.
    pub length_factor: f64,
    /// Yuan a tonne-kilometre, hazard multiplier included.
    pub yuan_per_tkm: PerStream<f64>,
    /// Yuan a tonne for a journey of any length.
    pub fixed_yuan_per_t: f64,
    /// Yuan a tonne for one loading or unloading.
    pub handling_yuan_per_t: f64,
    /// kg CO2e a tonne-kilometre.
    pub kg_per_tkm: f64,
    /// Kilometres an hour.
    pub km_per_hour: f64,
    /// Hours of waiting at each end.
    pub dwell_hours: f64,
}

/// Freight rates, levers applied. All tonnes are gross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Each mode.
    pub modes: PerMode<ModeRates>,
    /// The modes that a plan may use; whoever plans one journey picks their own.
    pub allowed: ModeSet,
    /// Yuan a tonne-kilometre in collection rounds.
    pub collect_yuan_per_tkm: f64,
    /// kg CO2e a tonne-kilometre in collection rounds.
    pub collect_kg_per_tkm: f64,
    /// kg CO2e a tonne for one transfer between modes; 0 where the family of factors states none.
    pub transfer_kg_per_t: f64,
    /// Yuan a tonne for a shipment between two provinces.
    pub province_friction_yuan_per_t: f64,
    /// Yuan a tonne for a shipment between two clusters, on top.
    pub cluster_friction_yuan_per_t: f64,
}

impl Rates {
    /// Reads the rates.
    #[must_use]
    pub fn new(parameters: &Parameters, levers: &Levers) -> Self {
        let number = |key: &str| parameters.number(key);
        let price = levers.value(Lever::FreightPrice, parameters);
        let family = EmissionFamily::of(parameters);
        let modes = PerMode::from_fn(|mode| {
            let rail = mode == Mode::Rail;
            let fund = if rail { number(RAIL_FUND_KEY) } else { 0.0 };
            let full = (number(&FreightTable::cost(mode)) + fund) * price;
            ModeRates {
                length_factor: number(&FreightTable::length_factor(mode)),
                yuan_per_tkm: PerStream::from_fn(|s| {
                    full * FreightTable::hazard(s, mode).map_or(1.0, |key| number(&key))
                }),
                fixed_yuan_per_t: if rail { number(RAIL_FIXED_KEY) * price } else { 0.0 },
                handling_yuan_per_t: number(&FreightTable::handling(mode)),
                kg_per_tkm: number(&FreightTable::emission(family, mode)) / 1000.0,
                km_per_hour: number(&FreightTable::speed(mode)),
                dwell_hours: FreightTable::dwell(mode).map_or(0.0, |key| number(&key)),
            }
        });
        let banned = |mode: Mode| mode_key(mode).is_some_and(|key| parameters.number_or(&key, 1.0) >= 2.0);
        Self {
            modes,
            allowed: Mode::ALL.into_iter().filter(|m| !banned(*m)).collect(),
            collect_yuan_per_tkm: number("freight.cost.all.truck_collect") * price,
            collect_kg_per_tkm: number(&FreightTable::collection_emission(family)) / 1000.0,
            transfer_kg_per_t: family.transfer_key().map_or(0.0, number),
            province_friction_yuan_per_t: number(PROVINCE_FRICTION_KEY),
            cluster_friction_yuan_per_t: number(CLUSTER_FRICTION_KEY),
        }
    }

    /// Kilometres on the road for metres of the source network.
    #[must_use]
    pub fn km(&self, network_m: u32) -> f64 {
        self.travelled_km(Mode::Road, f64::from(network_m))
    }

    /// Kilometres travelled in a mode for metres of its source network.
    #[must_use]
    pub fn travelled_km(&self, mode: Mode, network_m: f64) -> f64 {
        network_m * self.modes[mode].length_factor / 1000.0
    }

    /// One haul of a tonne by truck over `km`: loaded, driven, unloaded.
    #[must_use]
    pub fn haul(&self, km: f64, stream: Stream) -> Haul {
        self.moved(Mode::Road, km, stream) + self.handled(Mode::Road, 2.0)
    }

    /// One haul by truck between two facilities over metres of the source network, borders included.
    #[must_use]
    pub fn shipment(&self, from: &Facility, to: &Facility, network_m: u32, stream: Stream) -> Haul {
        let haul = self.haul(self.km(network_m), stream);
        Haul { yuan_per_t: haul.yuan_per_t + self.border_yuan_per_t(from.into(), to.into()), ..haul }
    }

    /// A tonne moved over `km`, without what is paid at the ends.
    #[must_use]
    pub fn moved(&self, mode: Mode, km: f64, stream: Stream) -> Haul {
        let m = &self.modes[mode];
        Haul {
            km,
            hours: km / m.km_per_hour,
            yuan_per_t: km * m.yuan_per_tkm[stream],
            kg_co2e_per_t: km * m.kg_per_tkm,
        }
    }

    /// A tonne loaded or unloaded so many times.
    #[must_use]
    pub fn handled(&self, mode: Mode, times: f64) -> Haul {
        Haul { yuan_per_t: times * self.modes[mode].handling_yuan_per_t, ..Haul::default() }
    }

    /// What borders cost a shipment, in yuan a tonne: once where its two ends lie in different provinces, and again where they
    /// lie in different clusters. The way between does not matter.
    #[must_use]
    pub fn border_yuan_per_t(&self, from: Territory, to: Territory) -> f64 {
        let province = if from.province == to.province { 0.0 } else { self.province_friction_yuan_per_t };
        let cluster = if from.cluster == to.cluster { 0.0 } else { self.cluster_friction_yuan_per_t };
        province + cluster
    }

    /// What a terminal charges when goods board or leave a mode: handling, half of the fixed price, dwell, and the emissions
    /// of one transfer. Both ends of a journey together so pay the fixed price once.
    #[must_use]
    pub fn transfer(&self, mode: Mode) -> Haul {
        let m = &self.modes[mode];
        Haul {
            km: 0.0,
            hours: m.dwell_hours,
            yuan_per_t: m.handling_yuan_per_t + m.fixed_yuan_per_t / 2.0,
            kg_co2e_per_t: if mode == Mode::Road { 0.0 } else { self.transfer_kg_per_t },
        }
    }
}

/// Whose land a place is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Territory<'a> {
    /// Province in Chinese, as the tables write it.
    pub province: &'a str,
    /// Cluster, if any.
    pub cluster: Option<Cluster>,
}

impl<'a> From<&'a Facility> for Territory<'a> {
    fn from(f: &'a Facility) -> Self {
        Self { province: &f.province, cluster: f.cluster }
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
