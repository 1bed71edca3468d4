//! The table of indicators: a row each, a cell a scenario, with what differs from the one compared with.

use super::Compare;
use crate::{
    i18n::{Lang, Quantity, limit_words, t, tr},
    state::{BalanceFigure, Basis},
};
use atlas_core::{
    catchment::{Demand, Question},
    comparison::{Indicator, Outcome},
    evaluate::{BANDS_KM, Figure},
    model::{Cluster, FacilityKind, Stream},
};

/// One scenario's value of an indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompareCell {
    /// The value; `None` where there is none, or it is not known yet.
    pub value: Option<f64>,
    /// How much more than in the reference; `None` for the reference itself and where it is no more than rounding.
    pub difference: Option<f64>,
    /// The difference as a share of the reference's value, where that is not 0.
    pub share: Option<f64>,
    /// True where it is for the better, false where for the worse.
    pub better: Option<bool>,
}

/// An indicator of all scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareRow {
    /// Which.
    pub indicator: Indicator,
    /// Its unit.
    pub quantity: Quantity,
    /// A cell a scenario.
    pub cells: Vec<CompareCell>,
}

/// Where an indicator is explained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// A main figure.
    Figure(Figure),
    /// Coverage.
    Coverage(Basis),
    /// The allocation.
    Balance(BalanceFigure),
}

impl Why {
    /// The explanation of an indicator.
    #[must_use]
    pub const fn of(indicator: Indicator) -> Self {
        match indicator {
            Indicator::Collected => Self::Figure(Figure::Collected),
            Indicator::PeopleWithin(_) => Self::Figure(Figure::PeopleWithin),
            Indicator::MeanCollection => Self::Figure(Figure::MeanCollectionKm),
            Indicator::MeanHaul => Self::Figure(Figure::MeanHaulKm),
            Indicator::P95Haul => Self::Figure(Figure::P95HaulKm),
            Indicator::TonneKm => Self::Figure(Figure::TonneKm),
            Indicator::TransportCost => Self::Figure(Figure::TransportCost),
            Indicator::TransportCo2 => Self::Figure(Figure::TransportCo2),
            Indicator::Covered | Indicator::CoveredShare => Self::Coverage(Basis::Share),
            Indicator::Gini => Self::Coverage(Basis::Equity),
            Indicator::Made | Indicator::Unallocated => Self::Balance(BalanceFigure::Conservation),
            Indicator::Unmet | Indicator::SelfSufficiency(_) => Self::Balance(BalanceFigure::Surplus),
            Indicator::Cost => Self::Balance(BalanceFigure::Cost),
            Indicator::Co2 => Self::Balance(BalanceFigure::Co2),
            Indicator::Crossing => Self::Balance(BalanceFigure::Crossing),
        }
    }
}

/// What an indicator counts in.
#[must_use]
pub const fn quantity(indicator: Indicator, demand: Demand) -> Quantity {
    match indicator {
        Indicator::Covered => match demand {
            Demand::People => Quantity::People,
            Demand::Households => Quantity::Households,
            Demand::Tonnes => Quantity::TonnesPerYear,
        },
        Indicator::CoveredShare | Indicator::PeopleWithin(_) | Indicator::SelfSufficiency(_) => Quantity::Percent,
        Indicator::Gini => Quantity::Number,
        Indicator::Collected | Indicator::Made | Indicator::Unallocated => Quantity::TonnesPerYear,
        Indicator::Unmet | Indicator::Crossing => Quantity::TonnesPerYear,
        Indicator::MeanCollection | Indicator::MeanHaul | Indicator::P95Haul => Quantity::Km,
        Indicator::TonneKm => Quantity::TonneKm,
        Indicator::TransportCost => Quantity::YuanPerTonne,
        Indicator::TransportCo2 => Quantity::KgPerTonne,
        Indicator::Cost => Quantity::YuanPerYear,
        Indicator::Co2 => Quantity::Co2PerYear,
    }
}

/// What an indicator is called.
#[must_use]
pub fn indicator_name(lang: Lang, indicator: Indicator, question: &Question) -> String {
    let word = |key: &str| t(lang, key);
    match indicator {
        Indicator::Collected => word("figure-collected"),
        Indicator::PeopleWithin(0) => word("figure-within-5"),
        Indicator::PeopleWithin(1) => word("figure-within-10"),
        Indicator::PeopleWithin(_) => word("figure-within-20"),
        Indicator::MeanCollection => word("figure-mean-collection"),
        Indicator::MeanHaul => word("figure-mean-haul"),
        Indicator::P95Haul => word("figure-p95-haul"),
        Indicator::TonneKm => word("figure-tonne-km"),
        Indicator::TransportCost => word("figure-cost"),
        Indicator::TransportCo2 => word("figure-co2"),
        Indicator::Covered | Indicator::CoveredShare => {
            let demand = word(&format!("compare-demand-{}", question.demand.key()));
            let limit = limit_words(lang, question.measure, question.limit);
            let what = word(&format!("kind-{}", question.of.key()));
            let key = if indicator == Indicator::Covered { "compare-covered" } else { "compare-covered-share" };
            tr(lang, key, &[("demand", &demand), ("limit", &limit), ("what", &what)])
        }
        Indicator::Gini => word("compare-gini"),
        Indicator::Made => word("balance-made"),
        Indicator::Unallocated => word("compare-unallocated"),
        Indicator::Unmet => word("compare-unmet"),
        Indicator::Cost => word("balance-cost"),
        Indicator::Co2 => word("balance-co2"),
        Indicator::Crossing => word("balance-crossing"),
        Indicator::SelfSufficiency(s) => tr(lang, "compare-self", &[("metal", &stream_word(lang, s))]),
    }
}

/// A stream in words.
pub(super) fn stream_word(lang: Lang, stream: Stream) -> String {
    let key = match stream {
        Stream::Other => "compare-metal-other".to_owned(),
        s => format!("metal-{}", super::super::symbol(s).unwrap_or_default()),
    };
    t(lang, &key)
}

/// The rows in the order of the table. Nothing before anything is asked.
#[must_use]
pub fn rows(compare: &Compare, cluster: Option<Cluster>) -> Vec<CompareRow> {
    let Some(question) = &compare.question else { return Vec::new() };
    let outcome = |row: usize| compare.all.get(row).and_then(|c| c.outcome.as_deref());
    let base = outcome(compare.reference);
    let row = |indicator: Indicator| {
        let cell = |i: usize| {
            let base = base.filter(|_| i != compare.reference);
            outcome(i).map_or(NOTHING, |o| cell(indicator, base, o, cluster))
        };
        CompareRow {
            indicator,
            quantity: quantity(indicator, question.demand),
            cells: (0..compare.all.len()).map(cell).collect(),
        }
    };
    let is_there = |i: &Indicator| (cluster.is_none() || *i != Indicator::Gini) && !is_twice(*i, question);
    Indicator::ALL.into_iter().filter(is_there).map(row).collect()
}

/// True where the question's own limit says the same as a main figure.
#[must_use]
pub fn is_twice(indicator: Indicator, question: &Question) -> bool {
    let Indicator::PeopleWithin(band) = indicator else { return false };
    let usual = Question::usual(FacilityKind::CollectionPoint);
    let limit = BANDS_KM.get(usize::from(band)).copied().unwrap_or_default();
    Question { limit, bands: question.bands.clone(), ..usual } == *question
}

const NOTHING: CompareCell = CompareCell { value: None, difference: None, share: None, better: None };

fn cell(indicator: Indicator, base: Option<&Outcome>, of: &Outcome, cluster: Option<Cluster>) -> CompareCell {
    let value = indicator.value(of, cluster);
    let before = base.and_then(|b| indicator.value(b, cluster));
    let difference = value.zip(before).filter(|(v, b)| (v - b).abs() > indicator.noise(*v, *b)).map(|(v, b)| v - b);
    CompareCell {
        value,
        difference,
        share: difference.zip(before).filter(|(_, b)| *b != 0.0).map(|(d, b)| d / b.abs()),
        better: difference.and_then(|d| indicator.less_is_better().map(|less| (d < 0.0) == less)),
    }
}
