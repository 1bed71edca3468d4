//! Who is near enough, where not, and how unequal ways are.

use super::{Amount, Coverage, CurvePoint, Equity, Gap, Question, Share, survey::Row};
use crate::{
    geo::NearestIndex,
    model::{PerCluster, Region},
};
use std::collections::BTreeMap;

/// Steps of the coverage curve.
const STEPS: usize = 60;

impl Share {
    fn add(&mut self, amount: &Amount, covered: bool) {
        self.total.add(amount);
        if covered {
            self.within.add(amount);
        }
    }
}

/// Sums up the rows of all cells. `id` names a facility by its row of the plan.
pub(super) fn coverage(region: &Region, question: &Question, rows: &[Row], id: impl Fn(u32) -> String) -> Coverage {
    let sums = sums(region, question, rows);
    let mut ways: Vec<(f64, f64, &Amount)> =
        rows.iter().filter_map(|r| r.near[0].map(|(_, value)| (value, r.weight, &r.amount))).collect();
    ways.sort_by(|a, b| a.0.total_cmp(&b.0));
    let weighed: Vec<(f64, f64)> = ways.iter().map(|w| (w.0, w.1)).collect();
    Coverage {
        gaps: gaps(region, question, rows, id),
        curve: curve(&ways, &sums.all.total, question),
        equity: equity(&weighed),
        ..sums
    }
}

/// The shares alone: no list of gaps, no curve, nothing of how unequal ways are.
pub(super) fn sums(region: &Region, question: &Question, rows: &[Row]) -> Coverage {
    let prefectures = &region.baseline.prefectures;
    let mut all = Share::default();
    let mut by_cluster = PerCluster::<Share>::default();
    let mut by_prefecture = vec![Share::default(); prefectures.len()];
    for (cell, row) in region.ground.cells.iter().zip(rows) {
        let covered = row.is_covered(question.limit);
        all.add(&row.amount, covered);
        by_cluster[cell.cluster].add(&row.amount, covered);
        by_prefecture[cell.prefecture as usize].add(&row.amount, covered);
    }
    let mut by_province: Vec<(String, Share)> = Vec::new();
    for (home, share) in prefectures.iter().zip(&by_prefecture).filter(|(_, s)| s.total.cells > 0) {
        let i = by_province.iter().position(|(name, _)| *name == home.province).unwrap_or_else(|| {
            by_province.push((home.province.clone(), Share::default()));
            by_province.len() - 1
        });
        by_province[i].1.total.add(&share.total);
        by_province[i].1.within.add(&share.within);
    }
    Coverage {
        all,
        by_cluster,
        by_province,
        by_prefecture: prefectures
            .iter()
            .zip(by_prefecture)
            .filter(|(_, s)| s.total.cells > 0)
            .map(|(p, s)| (p.adcode, s))
            .collect(),
        gaps: Vec::new(),
        curve: Vec::new(),
        equity: None,
    }
}

/// Cells that are not covered, put together by their nearest populated place.
fn gaps(region: &Region, question: &Question, rows: &[Row], id: impl Fn(u32) -> String) -> Vec<Gap> {
    let places = &region.ground.places;
    let index = NearestIndex::new(places.iter().map(|p| p.at));
    struct Draft {
        amount: Amount,
        worst: f64,
        cell: usize,
        way: f64,
        reached: f64,
    }
    let mut drafts: BTreeMap<(u32, u32), Draft> = BTreeMap::new();
    for (i, (cell, row)) in region.ground.cells.iter().zip(rows).enumerate() {
        if row.is_covered(question.limit) {
            continue;
        }
        let place = index.nearest(cell.at).unwrap_or(u32::MAX);
        let draft = drafts.entry((cell.prefecture, place)).or_insert(Draft {
            amount: Amount::default(),
            worst: -1.0,
            cell: i,
            way: 0.0,
            reached: 0.0,
        });
        draft.amount.add(&row.amount);
        if let Some((_, value)) = row.near[0] {
            draft.way += value * row.weight;
            draft.reached += row.weight;
        }
        if row.weight > draft.worst {
            (draft.worst, draft.cell) = (row.weight, i);
        }
    }
    let mut found: Vec<((u32, u32), Draft)> = drafts.into_iter().collect();
    let size = |d: &Draft| d.amount.of(question.demand);
    found.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    found.truncate(Coverage::MOST_GAPS);
    found
        .into_iter()
        .map(|((prefecture, place), d)| Gap {
            at: region.ground.cells[d.cell].at,
            name: places.get(place as usize).map(|p| p.name.clone()).unwrap_or_default(),
            adcode: region.baseline.prefectures[prefecture as usize].adcode,
            demand: d.amount,
            mean: (d.reached > 0.0).then(|| d.way / d.reached),
            nearest: rows[d.cell].near[0].map(|(owner, _)| id(owner)),
        })
        .collect()
}

/// Even steps up to the way that all but a hundredth do not exceed, at least to the last band, and the longest way.
fn curve(ways: &[(f64, f64, &Amount)], total: &Amount, question: &Question) -> Vec<CurvePoint> {
    let Some(longest) = ways.last().map(|w| w.0) else { return Vec::new() };
    let people: Vec<(f64, f64)> = ways.iter().map(|w| (w.0, w.2.people)).collect();
    let most = quantile(&people, 0.99).unwrap_or(longest).max(question.bands.last().copied().unwrap_or(0.0));
    let share = |sum: f64, of: f64| if of > 0.0 { sum / of } else { 0.0 };
    let mut at = 0;
    let (mut p, mut t) = (0.0, 0.0);
    let mut steps: Vec<f64> = (0..=STEPS).map(|k| most * k as f64 / STEPS as f64).collect();
    if longest > most {
        steps.push(longest);
    }
    steps
        .into_iter()
        .map(|upto| {
            while at < ways.len() && ways[at].0 <= upto {
                p += ways[at].2.people;
                t += ways[at].2.tonnes;
                at += 1;
            }
            CurvePoint { upto, people: share(p, total.people), tonnes: share(t, total.tonnes) }
        })
        .collect()
}

/// The mean of values by weight.
pub(super) fn mean(ways: &[(f64, f64)]) -> Option<f64> {
    let weight: f64 = ways.iter().map(|w| w.1).sum();
    (weight > 0.0).then(|| ways.iter().map(|w| w.0 * w.1).sum::<f64>() / weight)
}

/// The least value such that a share `q` of the weight lies at or below it. Values ascend.
pub(crate) fn quantile(ways: &[(f64, f64)], q: f64) -> Option<f64> {
    let total: f64 = ways.iter().map(|w| w.1).sum();
    let mut below = 0.0;
    let reached = ways.iter().find(|w| {
        below += w.1;
        below >= q * total
    });
    (total > 0.0).then(|| reached.or(ways.last()).map(|w| w.0)).flatten()
}

/// Inequality of ways in ascending order.
///
/// Gini coefficient by weight: `sum w_i w_j |x_i - x_j| / (2 W^2 mean)`, from sums over the sorted ways. A way is a burden:
/// 0 where all ways are alike.
pub(crate) fn equity(ways: &[(f64, f64)]) -> Option<Equity> {
    let mean = mean(ways)?;
    let total: f64 = ways.iter().map(|w| w.1).sum();
    let (mut weight, mut sum, mut differences) = (0.0, 0.0, 0.0);
    for (x, w) in ways {
        differences += w * (x * weight - sum);
        weight += w;
        sum += w * x;
    }
    let gini = if mean > 0.0 { differences / (total * total * mean) } else { 0.0 };
    let tenth = |ways: &mut dyn Iterator<Item = &(f64, f64)>| {
        let (mut left, mut sum) = (total / 10.0, 0.0);
        for (x, w) in ways {
            let take = w.min(left);
            sum += take * x;
            left -= take;
            if left <= 0.0 {
                break;
            }
        }
        sum / (total / 10.0)
    };
    Some(Equity {
        gini,
        best_tenth: tenth(&mut ways.iter()),
        worst_tenth: tenth(&mut ways.iter().rev()),
        mean,
        median: quantile(ways, 0.5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition: all pairs.
    fn gini(ways: &[(f64, f64)]) -> f64 {
        let total: f64 = ways.iter().map(|w| w.1).sum();
        let mean = mean(ways).unwrap();
        let pairs: f64 = ways.iter().flat_map(|a| ways.iter().map(move |b| a.1 * b.1 * (a.0 - b.0).abs())).sum();
        pairs / (2.0 * total * total * mean)
    }

    #[test]
    fn inequality_of_a_case_done_by_hand() {
        // Nine people at 1 km, one at 11: mean 2, half of the ways' sum with one tenth.
        let ways = [(1.0, 9.0), (11.0, 1.0)];
        let e = equity(&ways).unwrap();
        assert!((e.gini - 0.45).abs() < 1e-12, "{}", e.gini);
        assert!((gini(&ways) - 0.45).abs() < 1e-12);
        assert_eq!((e.best_tenth, e.worst_tenth, e.mean, e.median), (1.0, 11.0, 2.0, 1.0));
        assert!(equity(&[(3.0, 2.0), (3.0, 5.0)]).unwrap().gini.abs() < 1e-12);
        assert_eq!(equity(&[]), None);
    }

    #[test]
    fn sums_over_sorted_ways_are_sums_over_pairs() {
        let ways: Vec<(f64, f64)> = (0..40).map(|i| (f64::from(i * i) / 7.0, f64::from(i % 5))).collect();
        assert!((equity(&ways).unwrap().gini - gini(&ways)).abs() < 1e-12);
    }

    #[test]
    fn quantiles_by_weight() {
        assert_eq!(quantile(&[], 0.95), None);
        assert_eq!(quantile(&[(10.0, 94.0), (20.0, 1.0), (30.0, 5.0)], 0.95), Some(20.0));
        assert_eq!(quantile(&[(10.0, 94.0), (20.0, 1.0), (30.0, 5.0)], 0.96), Some(30.0));
    }
}
