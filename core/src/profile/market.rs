//! Concentration: who owns the named smelter capacity.
//!
//! Herfindahl-Hirschman index `sum over firms (capacity of the firm / capacity of all)^2`, between 1/n and 1. Plants count for
//! their operator where the table names one, else each by itself. Unnamed capacity has no owners and is left out, so that the
//! index is an upper end.

use super::sums::Market;
use crate::{
    comparison::Measured,
    model::{Baseline, Facility, FacilityKind, Parameters, PerStream, Status, Stream},
    units::{Amount, Tonnes},
};
use std::collections::BTreeMap;

/// From how many kt a year on a firm is a leader, as the sector report claims.
pub const LEADER_KEY: &str = "policy.leader_threshold.all";

type Firms<'a> = BTreeMap<&'a str, Amount<Tonnes>>;

/// Named capacity in force of plants, by firm.
fn firms<'a>(
    baseline: &'a Baseline,
    of: &Measured,
    plants: impl Iterator<Item = &'a Facility>,
    stream: Option<Stream>,
) -> Firms<'a> {
    let mut firms = Firms::new();
    let named = plants.filter(|f| f.kind == FacilityKind::Smelter && f.status != Status::Unnamed);
    let main = |f: &Facility| f.metals.iter().next().map(|m| m.stream());
    for plant in named.filter(|f| stream.is_none() || main(f) == stream) {
        let uses = &of.allocation.facilities;
        let found = uses.binary_search_by(|u| u.id.as_str().cmp(&plant.id)).ok();
        let capacity = found.and_then(|i| uses[i].capacity_t).unwrap_or(0.0);
        if capacity > 0.0 {
            let firm = baseline.operators.get(&plant.id).unwrap_or(&plant.id);
            *firms.entry(firm).or_default() += Amount::new(capacity);
        }
    }
    firms
}

fn hhi(firms: &Firms) -> Option<f64> {
    let all: Amount<Tonnes> = firms.values().copied().sum();
    firms.values().map(|f| f.share_of(all).map(|s| s * s)).sum()
}

/// Firms of at least the threshold, all their plants on the map together.
pub(super) fn leaders(baseline: &Baseline, of: &Measured, parameters: &Parameters) -> Vec<String> {
    let Some(threshold) = parameters.get(LEADER_KEY) else { return Vec::new() };
    let least = Amount::new(threshold.value * 1000.0);
    let plants = of.plan.facilities().iter().filter(|p| p.open).map(|p| &p.facility);
    // Facilities of a plan outlive the sums: names are copied.
    let held: Vec<&Facility> = plants.collect();
    let all = firms(baseline, of, held.into_iter(), None);
    all.into_iter().filter(|(_, t)| *t >= least).map(|(firm, _)| firm.to_owned()).collect()
}

/// The market of a territory's plants.
pub(super) fn market(baseline: &Baseline, of: &Measured, held: &[&Facility], leaders: &[String]) -> Market {
    let all = firms(baseline, of, held.iter().copied(), None);
    let led = all.iter().filter(|(firm, _)| leaders.iter().any(|l| l == *firm));
    Market {
        firms: Amount::new(all.len() as f64),
        hhi: if all.is_empty() { None } else { hhi(&all) },
        hhi_by_stream: PerStream::from_fn(|s| {
            let own = firms(baseline, of, held.iter().copied(), Some(s));
            if own.is_empty() { None } else { hhi(&own) }
        }),
        leaders: Amount::new(led.clone().count() as f64),
        leaders_t: led.map(|(_, t)| *t).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_firms_give_one_over_their_number() {
        let of = |t: &[f64]| {
            let names = ["a", "b", "c", "d"];
            hhi(&names.into_iter().zip(t.iter().map(|t| Amount::new(*t))).collect())
        };
        assert_eq!(of(&[5.0, 5.0, 5.0, 5.0]), Some(0.25));
        // 60, 30 and 10 %: 0.36 + 0.09 + 0.01.
        assert!((of(&[60.0, 30.0, 10.0]).unwrap() - 0.46).abs() < 1e-12);
        assert_eq!(of(&[7.0]), Some(1.0));
    }
}
