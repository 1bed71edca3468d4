//! The emission intensities of one family.

use crate::{
    account::{EmissionFamily, FreightTable},
    model::{Mode, Parameters, PerMode},
};
use serde::{Deserialize, Serialize};

/// How much energy a tonne-kilometre takes would stand under such a key, with the carrier behind it. Neither family's rows in the tables
/// state it.
pub const UNSTATED_ENERGY_KEY: &str = "freight.energy.all";

/// An emission intensity and the parameter it is read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Intensity {
    /// The parameter; none where the family does not cover the operation.
    pub key: Option<String>,
    /// g CO2e a tonne-kilometre; for transfers g CO2e a tonne handled. `None` where the family states none.
    pub g: Option<f64>,
}

impl Intensity {
    /// kg a tonne-kilometre, or a tonne; nothing where it is not covered.
    #[must_use]
    pub fn kg(&self) -> f64 {
        self.g.unwrap_or_default() / 1000.0
    }
}

/// One family's intensities.
pub(super) struct Factors {
    pub round: Intensity,
    pub modes: PerMode<Intensity>,
    /// A transfer, the same for every mode but road, where loading belongs to the truck's own factor.
    pub transfer: Intensity,
    /// MJ a tonne-kilometre by mode and of a collection round, where stated.
    pub energy: PerMode<Option<f64>>,
    pub round_energy: Option<f64>,
}

impl Factors {
    pub(super) fn new(parameters: &Parameters, family: EmissionFamily) -> Self {
        let read = |key: String| Intensity { g: parameters.get(&key).map(|p| p.value), key: Some(key) };
        let energy = |key: &str| {
            let carrier = key.rsplit('.').next().unwrap_or_default();
            parameters.get(&format!("{UNSTATED_ENERGY_KEY}.{carrier}")).map(|p| p.value)
        };
        let round = FreightTable::collection_emission(family);
        // A transfer stands in kg, everything else in g.
        let transfer = family
            .transfer_key()
            .map(|key| Intensity { g: parameters.get(key).map(|p| p.value * 1000.0), key: Some(key.into()) });
        Self {
            round_energy: energy(&round),
            energy: PerMode::from_fn(|m: Mode| energy(&FreightTable::emission(family, m))),
            round: read(round),
            modes: PerMode::from_fn(|m| read(FreightTable::emission(family, m))),
            transfer: transfer.unwrap_or_default(),
        }
    }
}
