//! From sums to a number, or to the reason why there is none.

use super::{Measure, Profile, Stage, sums::Smelters};
use crate::{
    model::{Mode, PerStream, Stream},
    units::{Amount, Count, KgCo2e, Kgce, Kwh, Per, TonneKm, Tonnes, Unit, Yuan},
};
use serde::{Deserialize, Serialize};

/// What a measure is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Normal {
    /// Nothing.
    #[default]
    Absolute,
    /// Residents.
    PerPerson,
    /// Tonnes of metal collected.
    PerTonne,
    /// Yuan of GDP.
    PerGdp,
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoValue {
    /// It would be divided by nothing.
    DividesByZero,
    /// A ratio already: dividing it again means nothing.
    NotDivisible,
    /// Nobody lives there.
    Nobody,
    /// No scrap arises, or none is collected.
    NoScrap,
    /// The GDP is not known.
    NoGdp,
    /// No demand for the metal.
    NoDemand,
    /// No plant of the kind, or none of the metal.
    NoPlants,
    /// Plants, but nobody knows their capacity.
    UnknownCapacity,
    /// No open collection point, or nobody reaches one.
    NoPoints,
    /// Nothing is hauled from there.
    NothingHauled,
    /// No norm says anything about it.
    NothingChecked,
    /// Known of whole clusters alone: unnamed capacity has no place inside of one.
    PartOfCluster,
    /// Known of whole provinces alone: so is demand in the allocation.
    PartOfProvince,
}

impl NoValue {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::DividesByZero,
        Self::NotDivisible,
        Self::Nobody,
        Self::NoScrap,
        Self::NoGdp,
        Self::NoDemand,
        Self::NoPlants,
        Self::UnknownCapacity,
        Self::NoPoints,
        Self::NothingHauled,
        Self::NothingChecked,
        Self::PartOfCluster,
        Self::PartOfProvince,
    ];

    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DividesByZero => "no-value-divides-by-zero",
            Self::NotDivisible => "no-value-not-divisible",
            Self::Nobody => "no-value-nobody",
            Self::NoScrap => "no-value-no-scrap",
            Self::NoGdp => "no-value-no-gdp",
            Self::NoDemand => "no-value-no-demand",
            Self::NoPlants => "no-value-no-plants",
            Self::UnknownCapacity => "no-value-unknown-capacity",
            Self::NoPoints => "no-value-no-points",
            Self::NothingHauled => "no-value-nothing-hauled",
            Self::NothingChecked => "no-value-nothing-checked",
            Self::PartOfCluster => "no-value-part-of-cluster",
            Self::PartOfProvince => "no-value-part-of-province",
        }
    }
}

impl Normal {
    /// All, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Absolute, Self::PerPerson, Self::PerTonne, Self::PerGdp];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Absolute => "absolute",
            Self::PerPerson => "per_person",
            Self::PerTonne => "per_tonne",
            Self::PerGdp => "per_gdp",
        }
    }
}

type Told = Result<f64, NoValue>;

/// A profile, read in a normal form.
struct Reading<'a> {
    of: &'a Profile,
    normal: Normal,
}

impl Reading<'_> {
    /// A sum, divided by what the normal form asks for.
    fn sum<U: Unit>(&self, amount: Amount<U>) -> Told {
        match self.normal {
            Normal::Absolute => Ok(amount.value()),
            Normal::PerPerson => amount.over(self.of.people).map(Per::value).ok_or(NoValue::Nobody),
            Normal::PerTonne => amount.over(self.of.collected_t.sum()).map(Per::value).ok_or(NoValue::NoScrap),
            Normal::PerGdp => amount.over(self.of.gdp_yuan).map(Per::value).ok_or(NoValue::NoGdp),
        }
    }

    /// A ratio, which is not divided again.
    fn ratio(&self, value: Option<f64>, reason: NoValue) -> Told {
        let value = value.ok_or(reason)?;
        if self.normal == Normal::Absolute { Ok(value) } else { Err(NoValue::NotDivisible) }
    }

    fn of_stream(&self, values: &PerStream<Amount<Tonnes>>, s: Option<Stream>) -> Told {
        self.sum(s.map_or_else(|| values.sum(), |s| values[s]))
    }

    /// Smelters of a stream, or all.
    fn smelters(&self, s: Option<Stream>) -> Smelters {
        let all = Stream::ALL.into_iter().filter(|x| s.is_none_or(|s| s == *x)).map(|s| self.of.smelters[s]);
        all.fold(Smelters::default(), |mut sum, more| {
            sum.count += more.count;
            sum.unknown += more.unknown;
            sum.named_t += more.named_t;
            sum.unnamed_t += more.unnamed_t;
            sum.named_used_t += more.named_used_t;
            sum.unnamed_used_t += more.unnamed_used_t;
            sum
        })
    }

    /// Named capacity: nothing where there is no plant, unknown where plants are but nobody knows of any.
    fn named(&self, s: Option<Stream>) -> Result<Amount<Tonnes>, NoValue> {
        let plants = self.smelters(s);
        if plants.count > Amount::ZERO && plants.unknown == plants.count {
            return Err(NoValue::UnknownCapacity);
        }
        Ok(plants.named_t)
    }

    fn whole_cluster(&self) -> Result<(), NoValue> {
        if self.of.extent.cuts_cluster { Err(NoValue::PartOfCluster) } else { Ok(()) }
    }

    fn whole_province(&self) -> Result<(), NoValue> {
        if self.of.extent.cuts_province { Err(NoValue::PartOfProvince) } else { Ok(()) }
    }

    fn stage(&self, stage: Stage) -> Amount<Yuan> {
        let a = &self.of.account;
        match stage {
            Stage::Collection => self.of.access.collection_yuan,
            Stage::Haul => Amount::new(a.scrap_haul_yuan),
            Stage::Sorting => Amount::new(a.sorting_yuan),
            Stage::Smelting => Amount::new(a.smelting_yuan),
            Stage::ProductHaul => Amount::new(a.product_haul_yuan),
            Stage::Inflow => Amount::new(a.inflow_yuan),
            Stage::Carbon => Amount::new(a.carbon_yuan),
            Stage::Subsidy => Amount::new(a.subsidy_yuan),
        }
    }

    /// All stages; the price of the emissions of collection is in no stage.
    fn cost(&self) -> Amount<Yuan> {
        self.of.access.collection_yuan + Amount::new(self.of.account.yuan())
    }

    /// Collection, hauls, sorting, smelting.
    fn emitted(&self) -> Amount<KgCo2e> {
        let (account, sorting) = (self.of.account.kg_co2e(), Amount::new(self.of.carbon.sorting_kg));
        self.of.access.collection_kg_co2e + Amount::new(account) + sorting
    }

    fn avoided(&self) -> Amount<KgCo2e> {
        Amount::new(self.of.carbon.avoided_kg)
    }

    fn tonne_km(&self, mode: Option<Mode>) -> Amount<TonneKm> {
        let all = Mode::ALL.into_iter().filter(|m| mode.is_none_or(|x| x == *m));
        all.map(|m| Amount::new(self.of.account.tonne_km[m])).sum()
    }
}

impl Measure {
    /// The number of a territory, in [`Measure::unit`] over what the normal form divides by.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(self, of: &Profile, normal: Normal) -> Told {
        let r = Reading { of, normal };
        let (access, trade, account) = (&of.access, &of.trade, &of.account);
        match self {
            Self::Generated(s) => r.of_stream(&of.generated_t, s),
            Self::Collected(s) => r.of_stream(&of.collected_t, s),
            Self::CollectionRate => r.ratio(of.collected_t.sum().share_of(of.generated_t.sum()), NoValue::NoScrap),
            Self::Points => r.sum(access.points),
            Self::RealPoints => r.sum(access.real_points),
            Self::AddedPoints => r.sum(access.added),
            Self::PeoplePerPoint => r.ratio(of.people.over(access.real_points).map(Per::value), NoValue::NoPoints),
            Self::CoveredPeople => r.ratio(access.within.share_of(access.asked), NoValue::Nobody),
            Self::CoveredTonnes => r.ratio(access.within_t.share_of(access.asked_t), NoValue::NoScrap),
            Self::MeanWay => r.ratio(access.brought_tkm.over(access.brought_t).map(Per::value), NoValue::NoPoints),
            Self::Gini => r.ratio(access.equity.map(|e| e.gini), NoValue::NoPoints),
            Self::WorstToBest => {
                let e = access.equity.ok_or(NoValue::NoPoints)?;
                r.ratio((e.best_tenth > 0.0).then(|| e.worst_tenth / e.best_tenth), NoValue::DividesByZero)
            }
            Self::NormScore => {
                let said = of.norms.passes + of.norms.fails;
                r.ratio(of.norms.passes.share_of(said), NoValue::NothingChecked)
            }
            Self::NormsUnsaid => r.sum(of.norms.cannot_say),
            Self::MeanHaul => {
                r.ratio(of.hauls.hauled_tkm.over(of.hauls.hauled_t).map(Per::value), NoValue::NothingHauled)
            }
            Self::P95Haul => r.ratio(of.hauls.p95.map(Amount::value), NoValue::NothingHauled),
            Self::TonneKm(mode) => r.sum(r.tonne_km(mode)),
            Self::ModeShare(mode) => r.ratio(r.tonne_km(Some(mode)).share_of(r.tonne_km(None)), NoValue::NothingHauled),
            Self::HubCapacity => r.sum(of.hubs.capacity_t),
            Self::HubUsed => r.sum(of.hubs.used_t),
            Self::HubUse => r.ratio(of.hubs.used_t.share_of(of.hubs.capacity_t), no_plants(of.hubs.count)),
            Self::NamedCapacity(s) => r.sum(r.named(s)?),
            Self::UnnamedCapacity(s) => r.whole_cluster().and_then(|()| r.sum(r.smelters(s).unnamed_t)),
            Self::NamedUse(s) => {
                let plants = r.smelters(s);
                r.ratio(plants.named_used_t.share_of(r.named(s)?), no_plants(plants.count))
            }
            Self::UnnamedUse(s) => {
                r.whole_cluster()?;
                let plants = r.smelters(s);
                r.ratio(plants.unnamed_used_t.share_of(plants.unnamed_t), NoValue::NoPlants)
            }
            Self::Made(s) => r.of_stream(&of.product_t, s),
            Self::Demand(s) => r.of_stream(&of.demand_t, s),
            Self::SelfSufficiency(s) => {
                r.whole_cluster()?;
                r.ratio(of.product_t[s].share_of(of.demand_t[s]), NoValue::NoDemand)
            }
            Self::OwnScrap(s) => r.ratio(of.collected_t[s].share_of(of.demand_t[s]), NoValue::NoDemand),
            Self::CapacityOverCollected(s) => r.sum(r.named(Some(s))? - of.collected_t[s]),
            Self::MadeOverDemand(s) => r.whole_cluster().and_then(|()| r.sum(of.product_t[s] - of.demand_t[s])),
            Self::Unallocated => r.sum(of.unallocated_t.sum()),
            Self::FromClusters => r.sum(trade.from_clusters_t),
            Self::FromCorridor => r.sum(trade.from_corridor_t),
            Self::Imported => r.sum(trade.imported_t),
            Self::Outflow => r.sum(trade.out_t),
            Self::ProductIn => r.whole_province().and_then(|()| r.sum(trade.product_in_t)),
            Self::ProductOut => r.whole_province().and_then(|()| r.sum(trade.product_out_t)),
            Self::Exported => r.sum(trade.exported_t),
            Self::Stage(stage) => r.sum(r.stage(stage)),
            Self::Cost => r.sum(r.cost()),
            Self::CostPerTonne => r.ratio(r.cost().over(of.collected_t.sum()).map(Per::value), NoValue::NoScrap),
            Self::CollectionCo2 => r.sum(access.collection_kg_co2e),
            Self::HaulCo2 => r.sum(Amount::<KgCo2e>::new(account.transport_kg_co2e)),
            Self::SmeltingCo2 => r.sum(Amount::<KgCo2e>::new(account.smelting_kg_co2e)),
            Self::SortingCo2 => r.sum(Amount::<KgCo2e>::new(of.carbon.sorting_kg)),
            Self::Emitted => r.sum(r.emitted()),
            Self::Avoided => r.whole_cluster().and_then(|()| r.sum(r.avoided())),
            Self::NetAvoided => r.whole_cluster().and_then(|()| r.sum(r.avoided() - r.emitted())),
            Self::TransportShare => {
                r.whole_cluster()?;
                let moved = access.collection_kg_co2e + Amount::new(account.transport_kg_co2e);
                r.ratio(moved.share_of(r.avoided()), NoValue::DividesByZero)
            }
            Self::Electricity => r.whole_cluster().and_then(|()| r.sum(Amount::<Kwh>::new(of.carbon.kwh))),
            Self::Energy => r.whole_cluster().and_then(|()| r.sum(Amount::<Kgce>::new(of.carbon.kgce))),
            Self::Hhi(None) => r.ratio(of.market.hhi, no_capacity(&r.smelters(None))),
            Self::Hhi(Some(s)) => r.ratio(of.market.hhi_by_stream[s], no_capacity(&r.smelters(Some(s)))),
            Self::Leaders => r.sum(of.market.leaders),
            Self::LeaderShare => {
                let plants = r.smelters(None);
                r.ratio(of.market.leaders_t.share_of(plants.named_t), no_capacity(&plants))
            }
            Self::PlantsOf(c) => r.ratio(of.data.plants.of(c).share_of(of.data.plants.all()), NoValue::NoPlants),
            Self::CapacityOf(c) => {
                let capacity = &of.data.capacity_t;
                r.ratio(capacity.of(c).share_of(capacity.all()), no_capacity(&r.smelters(None)))
            }
            Self::ValuesOf(c) => r.ratio(of.data.values.of(c).share_of(of.data.values.all()), NoValue::DividesByZero),
        }
    }
}

/// Capacity of nothing: there is no plant, or what there is can do nothing.
fn no_plants(count: Amount<Count>) -> NoValue {
    if count > Amount::ZERO { NoValue::DividesByZero } else { NoValue::NoPlants }
}

fn no_capacity(plants: &Smelters) -> NoValue {
    if plants.unknown > Amount::ZERO { NoValue::UnknownCapacity } else { NoValue::NoPlants }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Area;

    #[test]
    fn an_empty_territory_has_a_reason_for_every_ratio_and_no_number_is_infinite() {
        let nothing = Profile { area: Area::Prefectures(vec![1]), ..Profile::default() };
        for m in Measure::all() {
            for normal in Normal::ALL {
                match m.value(&nothing, normal) {
                    Ok(value) => assert!(value.is_finite(), "{}", m.key()),
                    Err(why) => assert!(why.code().starts_with("no-value-")),
                }
            }
            let plain = m.value(&nothing, Normal::Absolute);
            assert_eq!(plain.is_ok(), m.unit().is_sum(), "{}: {plain:?}", m.key());
        }
        let told = |m: Measure| m.value(&nothing, Normal::Absolute).unwrap_err();
        assert_eq!(told(Measure::HubUse), NoValue::NoPlants);
        assert_eq!(told(Measure::MeanWay), NoValue::NoPoints);
        assert_eq!(told(Measure::SelfSufficiency(Stream::Al)), NoValue::NoDemand);
        assert_eq!(Measure::Cost.value(&nothing, Normal::PerPerson), Err(NoValue::Nobody));
        assert_eq!(Measure::Cost.value(&nothing, Normal::PerGdp), Err(NoValue::NoGdp));
    }

    #[test]
    fn sums_are_divided_and_ratios_say_that_they_are_not() {
        let mut p = Profile { people: Amount::new(200.0), gdp_yuan: Amount::new(1e6), ..Profile::default() };
        p.generated_t.al = Amount::new(50.0);
        p.collected_t.al = Amount::new(40.0);
        p.access.collection_yuan = Amount::new(800.0);
        let of = |m: Measure, n| m.value(&p, n);
        assert_eq!(of(Measure::Collected(None), Normal::PerPerson), Ok(0.2));
        assert_eq!(of(Measure::Cost, Normal::PerTonne), Ok(20.0));
        assert_eq!(of(Measure::Cost, Normal::PerGdp), Ok(0.0008));
        assert_eq!(of(Measure::CollectionRate, Normal::Absolute), Ok(0.8));
        assert_eq!(of(Measure::CollectionRate, Normal::PerPerson), Err(NoValue::NotDivisible));
        assert_eq!(of(Measure::CostPerTonne, Normal::Absolute), Ok(20.0));
    }

    #[test]
    fn what_is_known_of_wholes_alone_is_not_told_of_parts() {
        let mut p = Profile::default();
        p.demand_t.cu = Amount::new(10.0);
        p.product_t.cu = Amount::new(5.0);
        assert_eq!(Measure::SelfSufficiency(Stream::Cu).value(&p, Normal::Absolute), Ok(0.5));
        p.extent.cuts_cluster = true;
        p.extent.cuts_province = true;
        for m in
            [Measure::SelfSufficiency(Stream::Cu), Measure::UnnamedCapacity(None), Measure::MadeOverDemand(Stream::Cu)]
        {
            assert_eq!(m.value(&p, Normal::Absolute), Err(NoValue::PartOfCluster));
        }
        assert_eq!(Measure::ProductIn.value(&p, Normal::Absolute), Err(NoValue::PartOfProvince));
        p.smelters.cu.count = Amount::new(2.0);
        p.smelters.cu.unknown = Amount::new(2.0);
        for m in [
            Measure::NamedCapacity(Some(Stream::Cu)),
            Measure::NamedUse(Some(Stream::Cu)),
            Measure::Hhi(Some(Stream::Cu)),
        ] {
            assert_eq!(m.value(&p, Normal::Absolute), Err(NoValue::UnknownCapacity), "{}", m.key());
        }
    }
}
