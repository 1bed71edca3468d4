//! All levers, in the order of the panel.

use super::{Handle, Kind, LeverInfo, LeverRefusal};
use crate::{
    account::{CLUSTER_FRICTION_KEY, FreightTable, PROVINCE_FRICTION_KEY},
    allocation::CARBON_PRICE_KEY,
    model::{Baseline, Cluster, Mode, Stream, subsidy_key},
    profile::Section,
    scenario::{Lever, RECOVERY_RATE_KEY},
};

/// All levers that the tables of this baseline know.
#[must_use]
pub fn all(baseline: &Baseline) -> Vec<LeverInfo> {
    let mut all = Vec::new();
    own(&mut all, baseline, Lever::RecoveryRate, "recovery_rate", RECOVERY_RATE_KEY, Kind::Recovery);
    own(&mut all, baseline, Lever::FreightPrice, "freight_price", &FreightTable::cost(Mode::Road), Kind::Freight);
    for mode in Mode::ALL {
        parameter(&mut all, baseline, &FreightTable::cost(mode), Kind::Freight);
    }
    parameter(&mut all, baseline, PROVINCE_FRICTION_KEY, Kind::Borders);
    parameter(&mut all, baseline, CLUSTER_FRICTION_KEY, Kind::Borders);
    for (stream, cluster) in Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| (s, c))) {
        parameter(&mut all, baseline, &subsidy_key(stream, cluster), Kind::Support);
    }
    parameter(&mut all, baseline, CARBON_PRICE_KEY, Kind::Carbon);
    parameter(&mut all, baseline, "model.utilisation.all", Kind::Capacity);
    all
}

/// The lever of a name.
///
/// # Errors
/// Where there is none.
pub fn find(baseline: &Baseline, key: &str) -> Result<LeverInfo, LeverRefusal> {
    all(baseline).into_iter().find(|l| l.key == key).ok_or_else(|| LeverRefusal::Unknown(key.to_owned()))
}

fn own(all: &mut Vec<LeverInfo>, baseline: &Baseline, lever: Lever, key: &str, source: &str, kind: Kind) {
    let Some(p) = baseline.parameters.get(source) else { return };
    let (low, high) = lever.range();
    all.push(LeverInfo {
        key: key.into(),
        handle: Handle::Lever(lever),
        kind,
        low,
        high,
        step: 0.01,
        default: Some(lever.default_value(&baseline.parameters)),
        unit: if lever == Lever::RecoveryRate { "share" } else { "x" }.into(),
        origin: p.origin.clone(),
        moves: moves(kind),
    });
}

fn parameter(all: &mut Vec<LeverInfo>, baseline: &Baseline, key: &str, kind: Kind) {
    let Some(p) = baseline.parameters.get(key) else { return };
    let (low, high) = p.range();
    all.push(LeverInfo {
        key: key.into(),
        handle: Handle::Parameter(key.into()),
        kind,
        low,
        high,
        step: (high - low) / 200.0,
        default: Some(p.value),
        unit: p.unit.clone(),
        origin: p.origin.clone(),
        moves: moves(kind),
    });
}

fn moves(kind: Kind) -> Vec<Section> {
    match kind {
        Kind::Recovery | Kind::Scrap => {
            vec![Section::Collection, Section::Capacity, Section::Balance, Section::Cost, Section::Carbon]
        }
        Kind::Collection => vec![Section::Access, Section::Cost],
        Kind::Prices | Kind::Budget => vec![Section::Cost],
        Kind::Freight | Kind::Borders | Kind::Support | Kind::Carbon => vec![Section::Cost, Section::Carbon],
        Kind::Technology => vec![Section::Capacity, Section::Cost, Section::Carbon],
        Kind::Demand | Kind::Capacity => vec![Section::Capacity, Section::Balance, Section::Cost],
    }
}
