//! The rows of the table of sums, and what elements are called.

use super::CarbonPer;
use crate::i18n::{Lang, Quantity, significant, t, tr};
use atlas_core::{
    footprint::{Element, ElementKind, Sums},
    profile::Measure,
};

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarbonRow {
    /// Collection rounds.
    Rounds,
    /// Hauls of scrap.
    Scrap,
    /// Delivery of metal.
    Delivery,
    /// Transfers between modes.
    Transfers,
    /// The four together.
    Transport,
    /// Sorting.
    Sorting,
    /// Smelting but for electricity.
    Fuel,
    /// Electricity of smelting.
    Electricity,
    /// Both together.
    Smelting,
    /// All that is given off.
    Emitted,
    /// Primary metal avoided.
    Avoided,
    /// Avoided less given off.
    Net,
    /// Transport over avoided.
    Share,
    /// Electricity.
    Kwh,
    /// Energy of smelting.
    Kgce,
    /// Energy saved.
    Saved,
}

/// What a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarbonUnit {
    /// kg CO2e.
    Co2,
    /// A share.
    Share,
    /// kWh.
    Kwh,
    /// kg of coal equivalent.
    Kgce,
}

impl CarbonRow {
    /// All, in the order of the table.
    pub const ALL: [Self; 16] = [
        Self::Rounds,
        Self::Scrap,
        Self::Delivery,
        Self::Transfers,
        Self::Transport,
        Self::Sorting,
        Self::Fuel,
        Self::Electricity,
        Self::Smelting,
        Self::Emitted,
        Self::Avoided,
        Self::Net,
        Self::Share,
        Self::Kwh,
        Self::Kgce,
        Self::Saved,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rounds => "rounds",
            Self::Scrap => "scrap",
            Self::Delivery => "delivery",
            Self::Transfers => "transfers",
            Self::Transport => "transport",
            Self::Sorting => "sorting",
            Self::Fuel => "fuel",
            Self::Electricity => "electricity",
            Self::Smelting => "smelting",
            Self::Emitted => "emitted",
            Self::Avoided => "avoided",
            Self::Net => "net",
            Self::Share => "share",
            Self::Kwh => "kwh",
            Self::Kgce => "kgce",
            Self::Saved => "saved",
        }
    }

    /// Id of its row.
    #[must_use]
    pub fn id(self) -> String {
        format!("carbon-row-{}", self.key())
    }

    /// True for rows that sum up those above.
    #[must_use]
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Transport | Self::Smelting | Self::Emitted | Self::Net)
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> CarbonUnit {
        match self {
            Self::Share => CarbonUnit::Share,
            Self::Kwh => CarbonUnit::Kwh,
            Self::Kgce | Self::Saved => CarbonUnit::Kgce,
            _ => CarbonUnit::Co2,
        }
    }

    /// The measure that it is, with the plan's own factors and the usual boundary; `None` where it is none.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::Rounds => Some(Measure::CollectionCo2),
            Self::Sorting => Some(Measure::SortingCo2),
            Self::Smelting => Some(Measure::SmeltingCo2),
            Self::Emitted => Some(Measure::Emitted),
            Self::Avoided => Some(Measure::Avoided),
            Self::Net => Some(Measure::NetAvoided),
            Self::Share => Some(Measure::TransportShare),
            Self::Kwh => Some(Measure::Electricity),
            Self::Kgce => Some(Measure::Energy),
            Self::Scrap | Self::Delivery | Self::Transfers | Self::Transport => None,
            Self::Fuel | Self::Electricity | Self::Saved => None,
        }
    }

    /// True where less is better.
    #[must_use]
    pub const fn less_is_better(self) -> bool {
        !matches!(self, Self::Avoided | Self::Net | Self::Saved)
    }

    /// The number in kg, kWh or as a share; `None` where there is none.
    #[must_use]
    pub fn value(self, s: &Sums, per: CarbonPer) -> Option<f64> {
        let sum = match self {
            Self::Rounds => s.rounds_kg,
            Self::Scrap => s.scrap_kg,
            Self::Delivery => s.delivery_kg,
            Self::Transfers => s.transfers_kg,
            Self::Transport => s.transport_kg(),
            Self::Sorting => s.sorting_kg,
            Self::Fuel => s.fuel_kg,
            Self::Electricity => s.electricity_kg,
            Self::Smelting => s.smelting_kg(),
            Self::Emitted => s.emitted_kg(),
            Self::Avoided => s.avoided_kg,
            Self::Net => s.net_kg(),
            Self::Share => return s.transport_share(),
            Self::Kwh => s.kwh,
            Self::Kgce => s.kgce,
            Self::Saved => s.saved_kgce,
        };
        match per {
            CarbonPer::Year => Some(sum),
            CarbonPer::Tonne => (s.product_t > 0.0).then(|| sum / s.product_t),
        }
    }
}

/// The unit's words.
#[must_use]
pub const fn carbon_unit(lang: Lang, unit: CarbonUnit, per: CarbonPer) -> &'static str {
    match (unit, per, lang) {
        (CarbonUnit::Share, ..) => "%",
        (CarbonUnit::Co2, CarbonPer::Year, _) => Quantity::Co2PerYear.unit(lang),
        (CarbonUnit::Co2, CarbonPer::Tonne, _) => Quantity::KgPerTonne.unit(lang),
        (CarbonUnit::Kwh, CarbonPer::Year, Lang::Zh) => "亿千瓦时/年",
        (CarbonUnit::Kwh, CarbonPer::Year, Lang::En) => "GWh/y",
        (CarbonUnit::Kwh, CarbonPer::Tonne, Lang::Zh) => "千瓦时/吨",
        (CarbonUnit::Kwh, CarbonPer::Tonne, Lang::En) => "kWh/t",
        (CarbonUnit::Kgce, CarbonPer::Year, Lang::Zh) => "万吨标准煤/年",
        (CarbonUnit::Kgce, CarbonPer::Year, Lang::En) => "kt coal eq./y",
        (CarbonUnit::Kgce, CarbonPer::Tonne, Lang::Zh) => "千克标准煤/吨",
        (CarbonUnit::Kgce, CarbonPer::Tonne, Lang::En) => "kg coal eq./t",
    }
}

/// A number in the unit of [`carbon_unit`].
#[must_use]
pub const fn carbon_cell(lang: Lang, unit: CarbonUnit, per: CarbonPer, value: f64) -> f64 {
    match (unit, per, lang) {
        (CarbonUnit::Share, ..) => 100.0 * value,
        (_, CarbonPer::Tonne, _) => value,
        (CarbonUnit::Co2, ..) => Quantity::Co2PerYear.scaled(value, lang),
        (CarbonUnit::Kwh, _, Lang::Zh) => value / 1e8,
        (CarbonUnit::Kwh, _, Lang::En) => value / 1e6,
        (CarbonUnit::Kgce, _, Lang::Zh) => value / 1e7,
        (CarbonUnit::Kgce, _, Lang::En) => value / 1e6,
    }
}

/// A number with its unit.
#[must_use]
pub(super) fn with_unit(lang: Lang, row: CarbonRow, per: CarbonPer, s: &Sums) -> String {
    row.value(s, per).map_or_else(
        || "–".into(),
        |v| {
            let unit = row.unit();
            format!("{} {}", significant(carbon_cell(lang, unit, per, v)), carbon_unit(lang, unit, per))
        },
    )
}

/// Id of an element's row.
#[must_use]
pub fn element_id(e: &Element) -> String {
    format!("carbon-element-{}-{}-{}", e.stage.key(), e.kind.key(), e.mode.key())
}

/// What an element is called: "scrap, main leg by rail".
#[must_use]
pub fn element_words(lang: Lang, e: &Element) -> String {
    if e.kind == ElementKind::Round {
        return t(lang, "carbon-element-round");
    }
    let (stage, mode) =
        (t(lang, &format!("carbon-stage-{}", e.stage.key())), t(lang, &format!("mode-{}", e.mode.key())));
    tr(lang, &format!("carbon-element-{}", e.kind.key()), &[("stage", &stage), ("mode", &mode)])
}
