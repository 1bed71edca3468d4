//! What may go wrong with a plan.

use super::spread;
use crate::{
    model::{Baseline, FacilityKind, Stream},
    scenario::{Change, Document, Edit, Lever, RECOVERY_RATE_KEY},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Freight under [`Shock::DearFreight`], of what it costs now. Our choice.
pub const DEAR_FREIGHT: f64 = 1.5;
/// The price under [`Shock::CheapMetal`], of what it is now. Our choice.
pub const CHEAP_METAL: f64 = 0.8;
/// Growth of demand that the sector report claims, in percent: aluminium and copper, and the other metals (disputed).
pub const CLAIMED_GROWTH: [(Stream, f64); 3] = [(Stream::Al, 32.0), (Stream::Cu, 32.0), (Stream::Other, 55.0)];

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shock {
    /// A smelter, hub, port or rail hub stands still, by its id.
    Out(String),
    /// No scrap of a metal is imported.
    NoImports(Stream),
    /// Demand grows as the sector report claims: lithium, cobalt and nickel by 55 %, aluminium and copper by 32 % (disputed).
    ClaimedDemand,
    /// Freight costs half as much again.
    DearFreight,
    /// The product of a metal fetches a fifth less.
    CheapMetal(Stream),
    /// So much less is collected as the rate may be off: the low end of its spread, over its value.
    LowRecovery,
    /// So much more is collected, likewise.
    HighRecovery,
}

/// What a shock strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShockKind {
    /// A smelter stands still.
    Smelter,
    /// A hub stands still.
    Hub,
    /// A port stands still.
    Port,
    /// A rail hub stands still.
    RailHub,
    /// Imports are cut.
    Imports,
    /// Demand grows.
    Demand,
    /// Freight grows dearer.
    Freight,
    /// A metal grows cheaper.
    Price,
    /// Less or more is collected.
    Recovery,
}

impl ShockKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Smelter,
        Self::Hub,
        Self::Port,
        Self::RailHub,
        Self::Imports,
        Self::Demand,
        Self::Freight,
        Self::Price,
        Self::Recovery,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Smelter => "smelter",
            Self::Hub => "hub",
            Self::Port => "port",
            Self::RailHub => "rail_hub",
            Self::Imports => "imports",
            Self::Demand => "demand",
            Self::Freight => "freight",
            Self::Price => "price",
            Self::Recovery => "recovery",
        }
    }

    /// True where one facility stands still.
    #[must_use]
    pub const fn is_facility(self) -> bool {
        matches!(self, Self::Smelter | Self::Hub | Self::Port | Self::RailHub)
    }
}

impl Shock {
    /// The stable key in files: `out:SM001`, `no_imports:cu`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Out(id) => format!("out:{id}"),
            Self::NoImports(s) => format!("no_imports:{}", s.key()),
            Self::ClaimedDemand => "claimed_demand".into(),
            Self::DearFreight => "dear_freight".into(),
            Self::CheapMetal(s) => format!("cheap_metal:{}", s.key()),
            Self::LowRecovery => "low_recovery".into(),
            Self::HighRecovery => "high_recovery".into(),
        }
    }

    /// The shock of a key; the bare id of a facility is one, too. Whether a plan can suffer it is another question.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let stream = |key: &str| Stream::ALL.into_iter().find(|s| s.key().eq_ignore_ascii_case(key));
        match key.split_once(':') {
            Some(("out", id)) => Some(Self::Out(id.into())),
            Some(("no_imports", s)) => stream(s).map(Self::NoImports),
            Some(("cheap_metal", s)) => stream(s).map(Self::CheapMetal),
            Some(_) => None,
            None => Some(match key {
                "claimed_demand" => Self::ClaimedDemand,
                "dear_freight" => Self::DearFreight,
                "low_recovery" => Self::LowRecovery,
                "high_recovery" => Self::HighRecovery,
                id => Self::Out(id.into()),
            }),
        }
    }

    /// What it strikes; `None` where the plan has no such facility, or one that only collects.
    #[must_use]
    pub fn kind(&self, document: &Document) -> Option<ShockKind> {
        Some(match self {
            Self::Out(id) => match document.plan().get(id)?.facility.kind {
                FacilityKind::Smelter => ShockKind::Smelter,
                FacilityKind::Hub => ShockKind::Hub,
                FacilityKind::Port => ShockKind::Port,
                FacilityKind::RailHub => ShockKind::RailHub,
                FacilityKind::CollectionPoint => return None,
            },
            Self::NoImports(_) => ShockKind::Imports,
            Self::ClaimedDemand => ShockKind::Demand,
            Self::DearFreight => ShockKind::Freight,
            Self::CheapMetal(_) => ShockKind::Price,
            Self::LowRecovery | Self::HighRecovery => ShockKind::Recovery,
        })
    }

    /// The change of a plan that it is.
    #[must_use]
    pub fn change(&self, baseline: &Baseline, document: &Document) -> Change {
        let parameters = document.scenario().parameters(baseline);
        let set = |pairs: Vec<(String, f64)>| {
            Change::Parameters(pairs.into_iter().map(|(k, v)| (k, Some(v))).collect::<BTreeMap<_, _>>())
        };
        let turned = |lever: Lever, times: f64| {
            let (least, most) = lever.range();
            let now = document.scenario().levers.value(lever, &parameters);
            Change::Lever(lever, Some((times * now).clamp(least, most)))
        };
        // By how much the rate may be off, of its value.
        let rate = || {
            let own = baseline.parameters.get(RECOVERY_RATE_KEY)?;
            spread(own).map(|s| [s.low / own.value, s.high / own.value])
        };
        match self {
            Self::Out(id) => Change::Edit(Edit::Close { id: id.clone() }),
            Self::NoImports(s) => set(vec![(import_key(*s), 0.0)]),
            Self::ClaimedDemand => {
                // A plan that reckons with more already keeps it.
                let grown = |(s, percent): (Stream, f64)| {
                    let key = crate::model::demand_growth_key(s);
                    let now = parameters.get(&key).map_or(0.0, |p| p.value);
                    (key, percent.max(now))
                };
                set(CLAIMED_GROWTH.map(grown).into())
            }
            Self::DearFreight => turned(Lever::FreightPrice, DEAR_FREIGHT),
            Self::CheapMetal(s) => {
                let key = price_key(*s);
                set(parameters.get(&key).map(|p| (key.clone(), CHEAP_METAL * p.value)).into_iter().collect())
            }
            Self::LowRecovery => turned(Lever::RecoveryRate, rate().map_or(1.0, |r| r[0])),
            Self::HighRecovery => turned(Lever::RecoveryRate, rate().map_or(1.0, |r| r[1])),
        }
    }

    /// The plan after it; `None` where the plan cannot suffer it.
    #[must_use]
    pub fn strike(&self, baseline: &Baseline, document: &Document) -> Option<Document> {
        self.kind(document)?;
        let mut struck = document.clone();
        struck.make(baseline, self.change(baseline, document)).ok().map(|()| struck)
    }
}

fn import_key(s: Stream) -> String {
    format!("national.scrap_import_gross.{}", s.table_key())
}

fn price_key(s: Stream) -> String {
    format!("price.product.{}", s.table_key())
}

/// Everything that may go wrong with a plan: every open hub and smelter, what strikes all of it, and every open port and rail hub.
#[must_use]
pub fn shocks(baseline: &Baseline, document: &Document) -> Vec<Shock> {
    let breaks = |k: FacilityKind| k != FacilityKind::CollectionPoint;
    let open = document.plan().facilities().iter().filter(|p| p.open && breaks(p.facility.kind));
    // Terminals last: where one closes ways are searched again, which takes by far the longest.
    let (terminals, mut all): (Vec<_>, Vec<_>) = open.partition(|p| p.facility.kind.is_terminal());
    let out = |p: &crate::scenario::PlanFacility| Shock::Out(p.facility.id.clone());
    let mut found: Vec<Shock> = all.drain(..).map(out).collect();
    found.extend(general(baseline).into_iter().filter(|s| *s != Shock::HighRecovery));
    found.extend(terminals.into_iter().map(out));
    found
}

/// What strikes all of a plan: imports, demand, freight, prices, collection at either end of what is possible.
#[must_use]
pub fn general(baseline: &Baseline) -> Vec<Shock> {
    let has = |key: String| baseline.parameters.get(&key).is_some();
    let imported = Stream::ALL.into_iter().filter(|s| has(import_key(*s))).map(Shock::NoImports);
    let priced = Stream::ALL.into_iter().filter(|s| has(price_key(*s))).map(Shock::CheapMetal);
    imported
        .chain([Shock::ClaimedDemand, Shock::DearFreight])
        .chain(priced)
        .chain([Shock::LowRecovery, Shock::HighRecovery])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let all = [
            Shock::Out("SM001".into()),
            Shock::NoImports(Stream::Cu),
            Shock::ClaimedDemand,
            Shock::DearFreight,
            Shock::CheapMetal(Stream::Other),
            Shock::LowRecovery,
            Shock::HighRecovery,
        ];
        for shock in all {
            assert_eq!(Shock::from_key(&shock.key()), Some(shock));
        }
        assert_eq!(Shock::from_key("SM001"), Some(Shock::Out("SM001".into())));
        assert_eq!(Shock::from_key("no_imports:gold"), None);
        assert_eq!(Shock::from_key("strike:SM001"), None);
    }
}
