//! What a plan leaves undone and what it costs: of a plan, or as a difference between two.

use super::ALIKE;
use crate::{
    allocation::Answer,
    model::{PerStream, Stream},
};
use serde::{Deserialize, Serialize};

/// What is short, and what the rest costs. Of a plan: amounts a year. As the harm of a shock: how much more than without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// Scrap that nobody takes, tonnes of metal a year.
    pub unallocated_t: f64,
    /// Demand that nothing meets, tonnes of recycled metal a year.
    pub unmet_t: f64,
    /// Cost, yuan a year.
    pub yuan: f64,
    /// Emissions, kg CO2e a year.
    pub kg_co2e: f64,
    /// Value of what is made, yuan a year. Of this less is worse.
    pub value_yuan: f64,
    /// Recycled metal made, tonnes a year. Of this less is worse.
    pub made_t: f64,
}

/// A tonne of scrap that nobody takes counts as much as so many of demand that nothing meets: the allocation weighs them so.
const LEFT_OVER: f64 = 4.0;

/// Less than this many tonnes is rounding.
const NOTHING_T: f64 = 2.0;

impl Toll {
    /// That of an allocated plan.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        let sum = |of: fn(&crate::allocation::Balance) -> f64| -> f64 {
            Stream::ALL.into_iter().map(|s| of(&answer.balance[s])).sum()
        };
        Self {
            unallocated_t: sum(|b| b.unallocated_t),
            unmet_t: sum(|b| b.unmet_t),
            yuan: answer.account.yuan(),
            kg_co2e: answer.account.kg_co2e(),
            value_yuan: answer.account.product_value_yuan,
            made_t: sum(|b| b.product_t),
        }
    }

    /// How much more this is.
    #[must_use]
    pub fn above(&self, other: &Self) -> Self {
        Self {
            unallocated_t: self.unallocated_t - other.unallocated_t,
            unmet_t: self.unmet_t - other.unmet_t,
            yuan: self.yuan - other.yuan,
            kg_co2e: self.kg_co2e - other.kg_co2e,
            value_yuan: self.value_yuan - other.value_yuan,
            made_t: self.made_t - other.made_t,
        }
    }

    /// A harm without what is rounding beside the plan's own toll.
    #[must_use]
    pub fn settled(&self, plan: &Self) -> Self {
        let tonnes = |t: f64| if t.abs() < NOTHING_T { 0.0 } else { t };
        let share = |v: f64, of: f64| if v.abs() < ALIKE * of.abs() { 0.0 } else { v };
        Self {
            unallocated_t: tonnes(self.unallocated_t),
            unmet_t: tonnes(self.unmet_t),
            yuan: share(self.yuan, plan.yuan),
            kg_co2e: share(self.kg_co2e, plan.kg_co2e),
            value_yuan: share(self.value_yuan, plan.value_yuan),
            made_t: tonnes(self.made_t),
        }
    }

    /// What is short, as the allocation weighs it.
    #[must_use]
    pub fn short_t(&self) -> f64 {
        LEFT_OVER * self.unallocated_t + self.unmet_t
    }

    /// True where nothing is worse, and nothing better.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Demand that nothing meets, by stream.
pub(super) fn unmet(answer: &Answer) -> PerStream<f64> {
    PerStream::from_fn(|s| answer.balance[s].unmet_t)
}
