//! The indicators that scenarios are compared by, and which of them changed most.

use super::Outcome;
use crate::{
    allocation::Balance,
    evaluate::Figures,
    model::{Cluster, PerStream, Stream},
};
use serde::{Deserialize, Serialize};

/// A number of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Indicator {
    /// Scrap that is collected, tonnes of metal a year.
    Collected,
    /// Share of residents within 5, 10 or 20 km of a collection point, by its row.
    PeopleWithin(u8),
    /// Mean way from home to collection point, km.
    MeanCollection,
    /// Mean haul from point to smelter, km.
    MeanHaul,
    /// 95th percentile of the haul, km.
    P95Haul,
    /// Tonne-kilometres a year.
    TonneKm,
    /// Transport cost, yuan a tonne.
    TransportCost,
    /// Transport emissions, kg CO2e a tonne.
    TransportCo2,
    /// Demand within the question's limit, in the question's unit of demand.
    Covered,
    /// The same as a share of all.
    CoveredShare,
    /// Gini coefficient of the way; of all clusters together alone.
    Gini,
    /// Recycled metal made, tonnes a year.
    Made,
    /// Collected, but nobody takes it, tonnes of metal a year.
    Unallocated,
    /// Demand for recycled metal that nothing meets, tonnes a year.
    Unmet,
    /// What the allocation costs, yuan a year.
    Cost,
    /// What it emits, kg CO2e a year.
    Co2,
    /// Gross scrap that leaves its cluster for another, tonnes a year.
    Crossing,
    /// Recycled metal made over the demand for it, by metal.
    SelfSufficiency(Stream),
}

/// What an indicator is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Group {
    /// Collection and haul by the rule of the nearest: capacities do not bind.
    Haul,
    /// Catchments.
    Coverage,
    /// Who sends what where: capacities bind.
    Allocation,
}

impl Group {
    /// All, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Coverage, Self::Haul, Self::Allocation];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Haul => "haul",
            Self::Coverage => "coverage",
            Self::Allocation => "allocation",
        }
    }
}

impl Indicator {
    /// All, in the order of the table.
    pub const ALL: [Self; 24] = [
        Self::Covered,
        Self::CoveredShare,
        Self::Gini,
        Self::PeopleWithin(0),
        Self::PeopleWithin(1),
        Self::PeopleWithin(2),
        Self::Collected,
        Self::MeanCollection,
        Self::MeanHaul,
        Self::P95Haul,
        Self::TonneKm,
        Self::TransportCost,
        Self::TransportCo2,
        Self::Made,
        Self::Unallocated,
        Self::Unmet,
        Self::Cost,
        Self::Co2,
        Self::Crossing,
        Self::SelfSufficiency(Stream::Al),
        Self::SelfSufficiency(Stream::Cu),
        Self::SelfSufficiency(Stream::Pb),
        Self::SelfSufficiency(Stream::Zn),
        Self::SelfSufficiency(Stream::Other),
    ];

    /// The stable key in files and translations.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Collected => "collected".into(),
            Self::PeopleWithin(0) => "people_within_5".into(),
            Self::PeopleWithin(1) => "people_within_10".into(),
            Self::PeopleWithin(_) => "people_within_20".into(),
            Self::MeanCollection => "mean_collection_km".into(),
            Self::MeanHaul => "mean_haul_km".into(),
            Self::P95Haul => "p95_haul_km".into(),
            Self::TonneKm => "tonne_km".into(),
            Self::TransportCost => "transport_yuan_per_t".into(),
            Self::TransportCo2 => "transport_kg_co2e_per_t".into(),
            Self::Covered => "covered".into(),
            Self::CoveredShare => "covered_share".into(),
            Self::Gini => "gini".into(),
            Self::Made => "made_t".into(),
            Self::Unallocated => "unallocated_t".into(),
            Self::Unmet => "unmet_t".into(),
            Self::Cost => "cost_yuan".into(),
            Self::Co2 => "kg_co2e".into(),
            Self::Crossing => "cross_cluster_t".into(),
            Self::SelfSufficiency(s) => format!("self_sufficiency_{}", s.key()),
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::PeopleWithin(_) | Self::Covered | Self::CoveredShare | Self::Gini => Group::Coverage,
            Self::Collected | Self::MeanCollection | Self::MeanHaul | Self::P95Haul => Group::Haul,
            Self::TonneKm | Self::TransportCost | Self::TransportCo2 => Group::Haul,
            Self::Made | Self::Unallocated | Self::Unmet | Self::Cost | Self::Co2 | Self::Crossing => Group::Allocation,
            Self::SelfSufficiency(_) => Group::Allocation,
        }
    }

    /// True where less is better, false where more is, `None` where it is neither: how much scrap there is and who sells to
    /// whom is no merit by itself.
    #[must_use]
    pub const fn less_is_better(self) -> Option<bool> {
        match self {
            Self::Collected | Self::Crossing => None,
            Self::PeopleWithin(_) | Self::Covered | Self::CoveredShare => Some(false),
            Self::Made | Self::SelfSufficiency(_) => Some(false),
            Self::MeanCollection | Self::MeanHaul | Self::P95Haul | Self::TonneKm => Some(true),
            Self::TransportCost | Self::TransportCo2 | Self::Gini => Some(true),
            Self::Unallocated | Self::Unmet | Self::Cost | Self::Co2 => Some(true),
        }
    }

    /// The value in all clusters together, or in one. `None` where there is nothing to take a mean or share of.
    #[must_use]
    pub fn value(self, of: &Outcome, cluster: Option<Cluster>) -> Option<f64> {
        let figures: &Figures = cluster.map_or(&of.total, |c| &of.by_cluster[c]);
        let share = cluster.map_or(&of.coverage, |c| &of.coverage_by_cluster[c]);
        let balance = cluster.map_or(&of.balance, |c| &of.balance_by_cluster[c]);
        let account = cluster.map_or(&of.account, |c| &of.account_by_cluster[c]);
        let demand = of.question.demand;
        match self {
            Self::Collected => Some(figures.collected_t.total()),
            Self::PeopleWithin(band) => {
                let within = figures.people_within.get(usize::from(band))?;
                (figures.people > 0.0).then(|| within / figures.people)
            }
            Self::MeanCollection => figures.mean_collection_km,
            Self::MeanHaul => figures.mean_haul_km,
            Self::P95Haul => figures.p95_haul_km,
            Self::TonneKm => Some(figures.tonne_km),
            Self::TransportCost => figures.transport_yuan_per_t,
            Self::TransportCo2 => figures.transport_kg_co2e_per_t,
            Self::Covered => Some(share.within.of(demand)),
            Self::CoveredShare => {
                let all = share.total.of(demand);
                (all > 0.0).then(|| share.within.of(demand) / all)
            }
            Self::Gini => of.gini.filter(|_| cluster.is_none()),
            Self::Made => Some(sum(balance, |b| b.product_t)),
            Self::Unallocated => Some(sum(balance, |b| b.unallocated_t)),
            Self::Unmet => Some(sum(balance, |b| b.unmet_t)),
            Self::Cost => Some(account.yuan()),
            Self::Co2 => Some(account.kg_co2e()),
            Self::Crossing => Some(account.cross_cluster_t),
            Self::SelfSufficiency(s) => {
                let b = &balance[s];
                (b.demand_t > 0.0).then(|| b.product_t / b.demand_t)
            }
        }
    }

    /// A difference of this or less is no difference: the rounding of tonnes to kilograms, and the millionth to which an
    /// allocation is proved.
    #[must_use]
    pub fn noise(self, a: f64, b: f64) -> f64 {
        let large = a.abs().max(b.abs());
        match self.group() {
            Group::Allocation => match self {
                Self::Made | Self::Unallocated | Self::Unmet | Self::Crossing => (4e-6 * large).max(1.0),
                _ => 4e-6 * large,
            },
            Group::Haul | Group::Coverage => 1e-9 * large,
        }
    }
}

fn sum(balances: &PerStream<Balance>, of: fn(&Balance) -> f64) -> f64 {
    balances.values().into_iter().map(of).sum()
}

/// An indicator that differs between two scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub indicator: Indicator,
    /// In the scenario that is compared with.
    pub before: f64,
    /// In the other.
    pub after: f64,
    /// How much it changed beside its size: the difference over the mean of the two sizes, from 0 to 2. So it is the same
    /// whichever of the two is compared with which, and a number that begins at 0 has one too.
    pub relative: f64,
}

impl Changed {
    /// How much more it is.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.after - self.before
    }

    /// True where it is for the better, false where for the worse; `None` where it is neither.
    #[must_use]
    pub fn is_better(&self) -> Option<bool> {
        self.indicator.less_is_better().map(|less| (self.difference() < 0.0) == less)
    }
}

/// The indicators that differ, the most changed first, by [`Changed::relative`]; of equals the one higher up in the table.
#[must_use]
pub fn changes(before: &Outcome, after: &Outcome, cluster: Option<Cluster>) -> Vec<Changed> {
    let mut all: Vec<Changed> = Indicator::ALL
        .into_iter()
        .filter_map(|indicator| {
            let (a, b) = (indicator.value(before, cluster)?, indicator.value(after, cluster)?);
            let changed = (b - a).abs() > indicator.noise(a, b);
            let relative = 2.0 * (b - a).abs() / (a.abs() + b.abs());
            changed.then_some(Changed { indicator, before: a, after: b, relative })
        })
        .collect();
    all.sort_by(|x, y| y.relative.total_cmp(&x.relative));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catchment::Question, model::FacilityKind};
    use std::collections::BTreeSet;

    fn outcome() -> Outcome {
        Outcome {
            total: Figures::default(),
            by_cluster: Default::default(),
            question: Question::usual(FacilityKind::CollectionPoint),
            coverage: Default::default(),
            coverage_by_cluster: Default::default(),
            gini: Some(0.4),
            status: Default::default(),
            gap: 0.0,
            balance: Default::default(),
            balance_by_cluster: Default::default(),
            account: Default::default(),
            account_by_cluster: Default::default(),
        }
    }

    #[test]
    fn keys_are_unique_and_groups_stand_together() {
        let keys: BTreeSet<String> = Indicator::ALL.into_iter().map(Indicator::key).collect();
        assert_eq!(keys.len(), Indicator::ALL.len());
        let mut groups: Vec<Group> = Indicator::ALL.into_iter().map(Indicator::group).collect();
        groups.dedup();
        assert_eq!(groups, Group::ALL);
    }

    #[test]
    fn the_most_changed_comes_first_and_rounding_is_no_change() {
        let (mut a, mut b) = (outcome(), outcome());
        a.account.smelting_yuan = 1e9;
        b.account.smelting_yuan = 1e9 + 100.0;
        a.total.mean_haul_km = Some(100.0);
        b.total.mean_haul_km = Some(110.0);
        b.balance.al.unmet_t = 5.0;
        b.balance.cu.unallocated_t = 0.4;
        let all = changes(&a, &b, None);
        let told: Vec<_> = all.iter().map(|c| (c.indicator, c.is_better())).collect();
        assert_eq!(told, [(Indicator::Unmet, Some(false)), (Indicator::MeanHaul, Some(false))]);
        assert_eq!(all[0].relative, 2.0);
        assert!((all[1].relative - 10.0 / 105.0).abs() < 1e-12);
        let back = changes(&b, &a, None);
        assert_eq!(
            back.iter().map(|c| c.relative).collect::<Vec<_>>(),
            all.iter().map(|c| c.relative).collect::<Vec<_>>()
        );
        assert!(back.iter().all(|c| c.is_better() == Some(true)));
        assert!(changes(&a, &a, None).is_empty());
    }

    #[test]
    fn a_cluster_has_its_own_values_and_no_gini() {
        let mut a = outcome();
        a.by_cluster[Cluster::Prd].mean_haul_km = Some(7.0);
        a.balance_by_cluster[Cluster::Prd].al = Balance { product_t: 30.0, demand_t: 60.0, ..Balance::default() };
        assert_eq!(Indicator::MeanHaul.value(&a, Some(Cluster::Prd)), Some(7.0));
        assert_eq!(Indicator::MeanHaul.value(&a, None), None);
        assert_eq!(Indicator::SelfSufficiency(Stream::Al).value(&a, Some(Cluster::Prd)), Some(0.5));
        assert_eq!(Indicator::SelfSufficiency(Stream::Al).value(&a, Some(Cluster::Yrd)), None);
        assert_eq!((Indicator::Gini.value(&a, None), Indicator::Gini.value(&a, Some(Cluster::Prd))), (Some(0.4), None));
    }
}
