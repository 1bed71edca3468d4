//! All levers, in the order of the page.

use super::{Handle, Kind, LeverInfo, LeverRefusal, Need};
use crate::{
    account::{CLUSTER_FRICTION_KEY, FreightTable, PROVINCE_FRICTION_KEY},
    allocation::{CARBON_PRICE_KEY, SORTING_COST_KEY, SORTING_YIELD_KEY, product_price_key, scrap_price_key},
    model::{
        BUDGET_KEY, Baseline, Basis, Cluster, Effect, FacilityKind, GRADE_PREMIUM_KEY, GRADE_SHARE_KEY,
        GREEN_POWER_KEY, GRID_MODE_KEY, Mode, Origin, PICKUP_COST_KEY, PICKUP_FROM_KEY, PICKUP_RADIUS_KEY,
        PRICE_LINKAGE_KEY, SUBSIDY_CLASS_KEY, Stream, Technology, demand_growth_key, grid_key, mode_key,
        recovery_points_key, site_cost_key, subsidy_key, weight_keys,
    },
    profile::Section::{self, Access, Balance, Capacity, Carbon, Collection, Cost},
    scenario::{Lever, RECOVERY_RATE_KEY},
};

/// No cap that makes sense is wider, tonnes a year.
const MOST_CAP_T: f64 = 5e7;
/// What scrap more or less moves.
const ALL_OF_IT: &[Section] = &[Collection, Capacity, Balance, Cost, Carbon];

/// What scrap of one stream moves: plants stay as full as they were, since what the corridor and imports send fills them.
const OF_A_STREAM: &[Section] = &[Collection, Balance, Cost, Carbon];

/// All levers that the tables of this baseline know.
#[must_use]
pub fn all(baseline: &Baseline) -> Vec<LeverInfo> {
    let mut list = List { baseline, all: Vec::new() };
    list.scrap();
    list.collection();
    list.prices();
    list.freight();
    list.borders();
    list.support();
    list.carbon();
    list.technology();
    list.demand();
    list.budget();
    list.all
}

/// The lever of a name.
///
/// # Errors
/// Where there is none.
pub fn find(baseline: &Baseline, key: &str) -> Result<LeverInfo, LeverRefusal> {
    all(baseline).into_iter().find(|l| l.key == key).ok_or_else(|| LeverRefusal::Unknown(key.to_owned()))
}

struct List<'a> {
    baseline: &'a Baseline,
    all: Vec<LeverInfo>,
}

impl List<'_> {
    fn scrap(&mut self) {
        self.own(Lever::RecoveryRate, "recovery_rate", RECOVERY_RATE_KEY, Kind::Recovery, ALL_OF_IT);
        for (stream, cluster) in by_stream_and_cluster() {
            self.parameter(&recovery_points_key(stream, cluster), Kind::Recovery, OF_A_STREAM);
        }
        for stream in Stream::ALL {
            for key in weight_keys(stream) {
                self.parameter(&key, Kind::Scrap, OF_A_STREAM);
            }
        }
    }

    fn collection(&mut self) {
        self.parameter(PICKUP_RADIUS_KEY, Kind::Collection, &[Access, Cost]);
        for (key, moves) in [(PICKUP_FROM_KEY, &[Access, Cost][..]), (PICKUP_COST_KEY, &[Cost])] {
            self.parameter_needs(key, Kind::Collection, moves, Need::Lever(PICKUP_RADIUS_KEY.into()));
        }
        self.parameter("freight.cost.all.truck_collect", Kind::Collection, &[Cost]);
    }

    fn prices(&mut self) {
        for stream in Stream::ALL {
            if let Some(key) = product_price_key(stream) {
                self.parameter(&key, Kind::Prices, &[Cost]);
            }
        }
        for stream in Stream::ALL {
            self.parameter(&scrap_price_key(stream), Kind::Prices, &[Cost]);
        }
        let need = product_price_key(Stream::Al).map(Need::Lever).expect("aluminium has a price");
        self.parameter_needs(PRICE_LINKAGE_KEY, Kind::Prices, &[Cost], need);
        self.parameter(GRADE_SHARE_KEY, Kind::Prices, &[Cost]);
        self.parameter_needs(GRADE_PREMIUM_KEY, Kind::Prices, &[Cost], Need::Lever(GRADE_SHARE_KEY.into()));
    }

    fn freight(&mut self) {
        let road = FreightTable::cost(Mode::Road);
        self.own(Lever::FreightPrice, "freight_price", &road, Kind::Freight, &[Cost, Carbon]);
        for mode in Mode::ALL {
            self.parameter(&FreightTable::cost(mode), Kind::Freight, &[Cost, Carbon]);
        }
        for key in Mode::ALL.into_iter().filter_map(mode_key) {
            self.parameter(&key, Kind::Freight, &[Cost, Carbon]);
        }
    }

    fn borders(&mut self) {
        self.parameter(PROVINCE_FRICTION_KEY, Kind::Borders, &[Cost]);
        self.parameter(CLUSTER_FRICTION_KEY, Kind::Borders, &[Cost]);
        self.cap("max_cross_cluster", Handle::MaxCrossCluster, Kind::Borders, "t gross/y", &[Balance, Cost]);
    }

    fn support(&mut self) {
        for (stream, cluster) in by_stream_and_cluster() {
            self.parameter(&subsidy_key(stream, cluster), Kind::Support, &[Cost]);
        }
        let need = Need::Lever(subsidy_key(Stream::Al, Cluster::Bohai));
        self.parameter_needs(SUBSIDY_CLASS_KEY, Kind::Support, &[Cost], need);
    }

    fn carbon(&mut self) {
        self.parameter(CARBON_PRICE_KEY, Kind::Carbon, &[Cost]);
        self.cap("max_co2", Handle::MaxCo2, Kind::Carbon, "tCO2e/y", &[Balance, Cost, Carbon]);
        self.parameter(GREEN_POWER_KEY, Kind::Carbon, &[Cost, Carbon]);
        self.parameter(GRID_MODE_KEY, Kind::Carbon, &[Cost, Carbon]);
        // Only where something smelts: elsewhere the grid moves nothing.
        let mut provinces: Vec<&str> = Vec::new();
        for p in self.baseline.facilities.iter().filter(|f| f.kind == FacilityKind::Smelter && f.capacity.is_some()) {
            if !provinces.contains(&p.province.as_str()) {
                provinces.push(&p.province);
            }
        }
        for province in provinces {
            let need = Need::Lever(GRID_MODE_KEY.into());
            self.parameter_needs(&grid_key(province), Kind::Carbon, &[Cost, Carbon], need);
        }
    }

    fn technology(&mut self) {
        self.parameter(SORTING_YIELD_KEY, Kind::Technology, &[Balance, Cost, Carbon]);
        self.parameter(SORTING_COST_KEY, Kind::Technology, &[Cost]);
        for technology in Technology::ALL {
            for effect in Effect::ALL {
                let moves: &[Section] = match effect {
                    Effect::EnergyCut => &[Cost, Carbon],
                    Effect::CostCut | Effect::CostShareCut => &[Cost],
                    Effect::CapacityGain => &[Capacity],
                    Effect::Investment | Effect::Upkeep => &[],
                };
                for metal in ["all", "Al", "Cu", "Pb", "Zn", "Li"] {
                    let key = technology.effect_key(effect, metal);
                    self.parameter_needs(&key, Kind::Technology, moves, Need::Upgrade(technology));
                }
            }
        }
    }

    fn demand(&mut self) {
        for stream in Stream::ALL {
            self.parameter(&demand_growth_key(stream), Kind::Demand, &[Balance]);
        }
        self.parameter("model.utilisation.all", Kind::Capacity, &[Capacity, Balance, Cost]);
    }

    /// What is only ever set against the bill of upgrades and new sites.
    fn budget(&mut self) {
        self.parameter(BUDGET_KEY, Kind::Budget, &[]);
        for kind in [FacilityKind::CollectionPoint, FacilityKind::Hub, FacilityKind::Smelter] {
            let Some(key) = site_cost_key(kind) else { continue };
            self.parameter_needs(&key, Kind::Budget, &[], Need::NewSite(kind));
        }
    }

    fn own(&mut self, lever: Lever, key: &str, source: &str, kind: Kind, moves: &[Section]) {
        let Some(p) = self.baseline.parameters.get(source) else { return };
        let (low, high) = lever.range();
        self.all.push(LeverInfo {
            key: key.into(),
            handle: Handle::Lever(lever),
            kind,
            low,
            high,
            step: 0.01,
            default: Some(lever.default_value(&self.baseline.parameters)),
            unit: if lever == Lever::RecoveryRate { "share" } else { "x" }.into(),
            options: None,
            origin: p.origin.clone(),
            moves: moves.to_vec(),
            needs: None,
        });
    }

    fn parameter(&mut self, key: &str, kind: Kind, moves: &[Section]) {
        let Some(p) = self.baseline.parameters.get(key) else { return };
        let (low, high) = p.range();
        self.all.push(LeverInfo {
            key: key.into(),
            handle: Handle::Parameter(key.into()),
            kind,
            low,
            high,
            step: if p.options().is_some() { 1.0 } else { step(low, high) },
            default: Some(p.value),
            unit: p.unit.clone(),
            options: p.options(),
            origin: p.origin.clone(),
            moves: moves.to_vec(),
            needs: None,
        });
    }

    fn parameter_needs(&mut self, key: &str, kind: Kind, moves: &[Section], needs: Need) {
        let before = self.all.len();
        self.parameter(key, kind, moves);
        self.all[before..].iter_mut().for_each(|l| l.needs = Some(needs.clone()));
    }

    fn cap(&mut self, key: &str, handle: Handle, kind: Kind, unit: &str, moves: &[Section]) {
        self.all.push(LeverInfo {
            key: key.into(),
            handle,
            kind,
            low: 0.0,
            high: MOST_CAP_T,
            step: 1e4,
            default: None,
            unit: unit.into(),
            options: None,
            origin: Origin { table: "scenario".into(), row: key.into(), basis: Basis::Assumed, ..Origin::default() },
            moves: moves.to_vec(),
            needs: None,
        });
    }
}

fn by_stream_and_cluster() -> impl Iterator<Item = (Stream, Cluster)> {
    Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| (s, c)))
}

/// A round step of some two hundred from end to end: 1, 2 or 5 times a power of ten.
fn step(low: f64, high: f64) -> f64 {
    let rough = (high - low) / 200.0;
    if rough <= 0.0 {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let digit = [1.0, 2.0, 5.0].into_iter().find(|d| d * power >= rough * 0.999).unwrap_or(10.0);
    digit * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (low, high, wanted) in [(0.0, 1.0, 0.005), (-40.0, 30.0, 0.5), (0.0, 4000.0, 20.0), (0.0, 100.0, 0.5)] {
            assert!((step(low, high) / wanted - 1.0).abs() < 1e-9, "{low} {high} {}", step(low, high));
        }
    }
}
