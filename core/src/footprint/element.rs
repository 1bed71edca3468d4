//! Elements of transport chains (ISO 14083: transport chain elements).

use super::factors::{Factors, Intensity};
use crate::{
    allocation::Flow,
    model::{Cluster, Mode, PerCluster},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From homes and works to collection points.
    Collection,
    /// Scrap to hubs and smelters.
    Scrap,
    /// Recycled metal to its users and to ports.
    Delivery,
}

impl Stage {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Scrap => "scrap",
            Self::Delivery => "delivery",
        }
    }
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// A collection round with small trucks.
    Round,
    /// The road before and behind a main leg by another mode.
    PreCarriage,
    /// The main leg.
    Main,
    /// Goods board or leave a train, barge or ship: a hub operation.
    Transfer,
}

impl ElementKind {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::PreCarriage => "pre_carriage",
            Self::Main => "main",
            Self::Transfer => "transfer",
        }
    }
}

/// How much of it there is in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Gross tonnes carried; for a transfer tonnes times how often they are handled.
    pub gross_t: f64,
    /// Transport activity, gross tonne-kilometres; none for a transfer.
    pub tonne_km: f64,
    /// What it gives off, kg CO2e; nothing where the family does not cover it.
    pub kg: f64,
}

/// All elements of one kind, mode and stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// What is carried.
    pub stage: Stage,
    /// What it is.
    pub kind: ElementKind,
    /// By what; for a transfer the mode that is boarded or left.
    pub mode: Mode,
    /// What a tonne-kilometre, or a tonne handled, gives off.
    pub intensity: Intensity,
    /// MJ of energy, where the family states it.
    pub energy_mj: Option<f64>,
    /// All of it.
    pub total: Amount,
    /// By cluster.
    pub by_cluster: PerCluster<Amount>,
}

impl Element {
    /// Kilometres a tonne is carried on the mean; `None` for transfers and where nothing is carried.
    #[must_use]
    pub fn mean_km(&self) -> Option<f64> {
        let carried = self.kind != ElementKind::Transfer && self.total.gross_t > 0.0;
        carried.then(|| self.total.tonne_km / self.total.gross_t)
    }

    /// kg CO2e; `None` where the family does not cover it.
    #[must_use]
    pub fn kg(&self) -> Option<f64> {
        self.intensity.g.map(|_| self.total.kg)
    }
}

/// Elements on the way to a table.
pub(super) struct Elements<'a> {
    factors: &'a Factors,
    rows: BTreeMap<(Stage, ElementKind, Mode), (Amount, PerCluster<Amount>)>,
}

impl<'a> Elements<'a> {
    pub(super) const fn new(factors: &'a Factors) -> Self {
        Self { factors, rows: BTreeMap::new() }
    }

    fn add(&mut self, key: (Stage, ElementKind, Mode), cluster: Option<Cluster>, amount: Amount) {
        let (total, by_cluster) = self.rows.entry(key).or_default();
        let own = cluster.map(|c| &mut by_cluster[c]);
        for sum in [Some(total), own].into_iter().flatten() {
            sum.gross_t += amount.gross_t;
            sum.tonne_km += amount.tonne_km;
            sum.kg += amount.kg;
        }
    }

    /// A collection round.
    pub(super) fn round(&mut self, cluster: Cluster, gross_t: f64, tonne_km: f64) {
        let kg = tonne_km * self.factors.round.kg();
        let key = (Stage::Collection, ElementKind::Round, Mode::Road);
        self.add(key, Some(cluster), Amount { gross_t, tonne_km, kg });
    }

    /// A flow of an allocation, as elements; kg CO2e of what is moved, and of what is handled.
    pub(super) fn flow(&mut self, flow: &Flow, cluster: Option<Cluster>) -> [f64; 2] {
        let stage = if flow.leg.is_scrap() { Stage::Scrap } else { Stage::Delivery };
        let by_other = Mode::ALL.into_iter().any(|m| m != Mode::Road && flow.km[m] > 0.0);
        let [mut moved, mut handled] = [0.0; 2];
        for mode in Mode::ALL {
            let tonne_km = flow.km[mode] * flow.gross_t;
            if tonne_km > 0.0 {
                let kind = if mode == Mode::Road && by_other { ElementKind::PreCarriage } else { ElementKind::Main };
                let kg = tonne_km * self.factors.modes[mode].kg();
                self.add((stage, kind, mode), cluster, Amount { gross_t: flow.gross_t, tonne_km, kg });
                moved += kg;
            }
            // Loading of trucks is part of no factor of either family, and of no account here.
            let times = flow.ends[mode];
            if mode != Mode::Road && times > 0.0 {
                let gross_t = times * flow.gross_t;
                let kg = gross_t * self.factors.transfer.kg();
                let key = (stage, ElementKind::Transfer, mode);
                self.add(key, cluster, Amount { gross_t, tonne_km: 0.0, kg });
                handled += kg;
            }
        }
        [moved, handled]
    }

    pub(super) fn finish(self) -> Vec<Element> {
        let factors = self.factors;
        let row = |((stage, kind, mode), (total, by_cluster))| {
            let (intensity, energy): (_, Option<f64>) = match kind {
                ElementKind::Round => (factors.round.clone(), factors.round_energy),
                ElementKind::Transfer => (factors.transfer.clone(), None),
                ElementKind::PreCarriage | ElementKind::Main => (factors.modes[mode].clone(), factors.energy[mode]),
            };
            let total: Amount = total;
            let energy_mj = energy.map(|mj| mj * total.tonne_km);
            Element { stage, kind, mode, intensity, energy_mj, total, by_cluster }
        };
        self.rows.into_iter().map(row).collect()
    }
}
