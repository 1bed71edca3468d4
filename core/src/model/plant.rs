//! What a person sets of one plant or hub: technology that it gets, and whether it is ultra-low-emission.
//!
//! Nobody publishes either for all plants, so that no table has a row for it: the key names the facility.

use super::{Facility, FacilityKind, Metal, Parameters, Stream};
use std::collections::BTreeMap;

/// What keys of a plant begin with.
const PLANT: &str = "plant.";

/// An upgrade that a hub or smelter can get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Technology {
    /// A smelter that controls its furnaces by itself: less energy, and for aluminium less cost.
    SmartSmelting,
    /// A digital platform of a smelter: more feed goes through, at less energy.
    DigitalPlatform,
    /// Cathodes of lithium batteries are regenerated without being dissolved.
    DirectLithium,
    /// Sorting by camera and model at a hub.
    AiSorting,
}

/// What an upgrade changes, each a parameter `technology.<technology>.<metal or all>.<effect>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Energy saved, per cent.
    EnergyCut,
    /// Cost of processing saved, yuan a tonne of product.
    CostCut,
    /// Cost of processing saved, per cent.
    CostShareCut,
    /// Capacity won, per cent.
    CapacityGain,
    /// What it costs once, yuan a tonne of yearly capacity.
    Investment,
    /// What it costs each year beside, yuan a tonne of yearly capacity.
    Upkeep,
}

/// What a key of a plant says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlantFeature {
    /// It has the upgrade: 1.
    Upgrade(Technology),
    /// It is an ultra-low-emission plant (1), or is known not to be (0). Unknown until somebody says so.
    UltraLowEmission,
}

impl Technology {
    /// All, smelters' first.
    pub const ALL: [Self; 4] = [Self::SmartSmelting, Self::DigitalPlatform, Self::DirectLithium, Self::AiSorting];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::SmartSmelting => "smart_smelting",
            Self::DigitalPlatform => "digital_platform",
            Self::DirectLithium => "direct_lithium",
            Self::AiSorting => "ai_sorting",
        }
    }

    /// True where the facility can get it.
    #[must_use]
    pub fn fits(self, f: &Facility) -> bool {
        match self {
            Self::SmartSmelting | Self::DigitalPlatform => f.kind == FacilityKind::Smelter,
            Self::DirectLithium => f.kind == FacilityKind::Smelter && f.metals.contains(Metal::Li),
            Self::AiSorting => f.kind == FacilityKind::Hub,
        }
    }

    /// The parameter of an effect, for a metal of the smelting tables or for `all`.
    #[must_use]
    pub fn effect_key(self, effect: Effect, metal: &str) -> String {
        format!("technology.{}.{metal}.{}", self.key(), effect.key())
    }

    /// An effect on a metal: that of the metal, else that of all, else none.
    #[must_use]
    pub fn effect(self, effect: Effect, metal: &str, parameters: &Parameters) -> f64 {
        let found = [metal, "all"].into_iter().find_map(|m| parameters.get(&self.effect_key(effect, m)));
        found.map_or(0.0, |p| p.value)
    }
}

impl Effect {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::EnergyCut, Self::CostCut, Self::CostShareCut, Self::CapacityGain, Self::Investment, Self::Upkeep];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::EnergyCut => "energy_cut",
            Self::CostCut => "cost_cut",
            Self::CostShareCut => "cost_share_cut",
            Self::CapacityGain => "capacity_gain",
            Self::Investment => "investment",
            Self::Upkeep => "upkeep",
        }
    }
}

impl PlantFeature {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Upgrade(Technology::SmartSmelting),
        Self::Upgrade(Technology::DigitalPlatform),
        Self::Upgrade(Technology::DirectLithium),
        Self::Upgrade(Technology::AiSorting),
        Self::UltraLowEmission,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upgrade(technology) => technology.key(),
            Self::UltraLowEmission => "ultra_low_emission",
        }
    }

    /// The key by which a scenario sets it of a facility: 1 yes, 0 no.
    #[must_use]
    pub fn key_of(self, id: &str) -> String {
        format!("{PLANT}{}.{id}", self.key())
    }

    /// What such a key sets, and of which facility.
    #[must_use]
    pub fn read_key(key: &str) -> Option<(Self, &str)> {
        let (feature, id) = key.strip_prefix(PLANT)?.split_once('.')?;
        let found = Self::ALL.into_iter().find(|f| f.key() == feature)?;
        (!id.is_empty()).then_some((found, id))
    }

    /// True where it can be said of the facility.
    #[must_use]
    pub fn fits(self, f: &Facility) -> bool {
        match self {
            Self::Upgrade(technology) => technology.fits(f),
            Self::UltraLowEmission => f.kind == FacilityKind::Smelter,
        }
    }
}

/// What parameters say of single plants, read once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlantFeatures<'a> {
    set: BTreeMap<&'a str, BTreeMap<PlantFeature, bool>>,
}

impl<'a> PlantFeatures<'a> {
    /// Reads the keys of plants.
    #[must_use]
    pub fn new(parameters: &'a Parameters) -> Self {
        let mut set = BTreeMap::<&str, BTreeMap<PlantFeature, bool>>::new();
        for p in parameters.rows() {
            if let Some((feature, id)) = PlantFeature::read_key(&p.key) {
                set.entry(id).or_default().insert(feature, p.value > 0.0);
            }
        }
        Self { set }
    }

    /// What is said of a facility; `None` where nothing is.
    #[must_use]
    pub fn get(&self, id: &str, feature: PlantFeature) -> Option<bool> {
        self.set.get(id)?.get(&feature).copied()
    }

    /// The upgrades of a facility, in their order. One that does not fit changes nothing.
    pub fn upgrades(&self, f: &'a Facility) -> impl Iterator<Item = Technology> + '_ {
        Technology::ALL
            .into_iter()
            .filter(move |t| self.get(&f.id, PlantFeature::Upgrade(*t)) == Some(true) && t.fits(f))
    }

    /// What capacity in force is of the facility's own.
    #[must_use]
    pub fn capacity_factor(&self, f: &'a Facility, parameters: &Parameters) -> f64 {
        let gain = |t: Technology| t.effect(Effect::CapacityGain, "all", parameters) / 100.0;
        self.upgrades(f).fold(1.0, |factor, t| factor * (1.0 + gain(t)))
    }

    /// What energy is of that without upgrades, for a metal of the smelting tables.
    #[must_use]
    pub fn energy_factor(&self, f: &'a Facility, metal: &str, parameters: &Parameters) -> f64 {
        let cut = |t: Technology| t.effect(Effect::EnergyCut, metal, parameters) / 100.0;
        self.upgrades(f).fold(1.0, |factor, t| factor * (1.0 - cut(t)).max(0.0))
    }

    /// What processing costs with the upgrades, where without them it costs `yuan` a tonne; never less than nothing.
    #[must_use]
    pub fn cost(&self, f: &'a Facility, metal: &str, yuan: f64, parameters: &Parameters) -> f64 {
        self.upgrades(f).fold(yuan, |yuan, t| {
            let share = t.effect(Effect::CostShareCut, metal, parameters) / 100.0;
            (yuan * (1.0 - share) - t.effect(Effect::CostCut, metal, parameters)).max(0.0)
        })
    }

    /// True where the subsidy of a class reaches the plant: 1 every plant, 2 those marked ultra-low-emission.
    #[must_use]
    pub fn is_subsidised(&self, f: &Facility, parameters: &Parameters) -> bool {
        let class = parameters.number_or(super::SUBSIDY_CLASS_KEY, 1.0);
        class < 2.0 || self.get(&f.id, PlantFeature::UltraLowEmission) == Some(true)
    }
}

/// The subsidy in force at a plant, yuan a tonne of metal of the stream.
#[must_use]
pub fn subsidy_yuan_per_t(f: &Facility, stream: Stream, features: &PlantFeatures<'_>, parameters: &Parameters) -> f64 {
    match f.cluster {
        Some(cluster) if features.is_subsidised(f, parameters) => {
            parameters.number(&super::subsidy_key(stream, cluster))
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_what_is_set_and_of_whom() {
        for feature in PlantFeature::ALL {
            let key = feature.key_of("SM001");
            assert_eq!(PlantFeature::read_key(&key), Some((feature, "SM001")));
        }
        assert_eq!(PlantFeature::read_key("plant.smart_smelting."), None);
        assert_eq!(PlantFeature::read_key("plant.magic.SM001"), None);
        assert_eq!(PlantFeature::read_key("price.carbon.all"), None);
        // Ids that people choose may hold points.
        let own = PlantFeature::UltraLowEmission.key_of("a.b");
        assert_eq!(PlantFeature::read_key(&own), Some((PlantFeature::UltraLowEmission, "a.b")));
    }
}
