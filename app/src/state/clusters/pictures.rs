//! The pictures beside the table, and their files.

use super::{ClusterColumn, cluster_columns, digits, profile_name, profile_unit};
use crate::{
    i18n::{Lang, t},
    state::{AppState, csv::file},
};
use atlas_core::{
    format::{export::Cell, profile::shown},
    model::{Cluster, Stream},
    profile::{Measure, Normal, Profile, Unit},
};

/// Capacity of named plants and scrap collected of a stream, in the unit shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityBar {
    /// Which.
    pub stream: Stream,
    /// Capacity; `None` where nobody knows.
    pub capacity: Option<f64>,
    /// Collected.
    pub collected: f64,
}

/// Capacity against collected, a row a stream, and the largest number of all columns.
#[must_use]
pub fn capacity_bars(lang: Lang, columns: &[ClusterColumn]) -> (Vec<Vec<CapacityBar>>, f64) {
    let (times, _) = profile_unit(lang, Unit::Tonnes, Normal::Absolute);
    let told = |m: Measure, c: &ClusterColumn| m.value(c.plan, Normal::Absolute).ok().map(|v| v * times);
    let bars: Vec<Vec<CapacityBar>> = columns
        .iter()
        .map(|c| {
            let bar = |stream| CapacityBar {
                stream,
                capacity: told(Measure::NamedCapacity(Some(stream)), c),
                collected: told(Measure::Collected(Some(stream)), c).unwrap_or(0.0),
            };
            Stream::ALL.map(bar).into()
        })
        .collect();
    let most = bars.iter().flatten().fold(0.0, |m: f64, b| m.max(b.collected).max(b.capacity.unwrap_or(0.0)));
    (bars, most)
}

/// A measure from the baseline to the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// The unit shown.
    pub unit: String,
    /// A line a territory.
    pub lines: Vec<SlopeLine>,
}

/// One territory of a [`Slope`].
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeLine {
    /// What it is called.
    pub name: String,
    /// Its cluster, where it is one.
    pub cluster: Option<Cluster>,
    /// In the baseline and under the plan, in the unit shown.
    pub ends: [Option<f64>; 2],
    /// In the baseline.
    pub before_words: String,
    /// Under the plan.
    pub after_words: String,
    /// Heights of both ends and of their words; `None` where one of them has no value.
    pub drawn: Option<[f64; 4]>,
}

/// Upper and lower end of the picture, and the least distance of two words.
const SLOPE: (f64, f64, f64) = (36.0, 228.0, 15.0);

/// The measure from baseline to plan, with heights that leave room for words.
#[must_use]
pub fn slope_of(lang: Lang, columns: &[ClusterColumn], measure: Measure, normal: Normal) -> Slope {
    let (times, unit) = profile_unit(lang, measure.unit(), normal);
    let told = |p: &Profile| shown(measure, p, normal).ok().map(|v| v * times);
    let ends: Vec<_> = columns.iter().map(|c| (c.base.and_then(told), told(c.plan))).collect();
    let all: Vec<f64> = ends.iter().flat_map(|(a, b)| [*a, *b]).flatten().collect();
    let low = all.iter().copied().fold(f64::INFINITY, f64::min);
    let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (top, bottom, least) = SLOPE;
    let y = |v: f64| if high > low { bottom - (v - low) / (high - low) * (bottom - top) } else { (top + bottom) / 2.0 };
    // Words of one side, from the top down, none nearer to the one above than there is room for.
    let spread = |side: &[Option<f64>]| -> Vec<f64> {
        let mut order: Vec<usize> = (0..side.len()).filter(|i| side[*i].is_some()).collect();
        let at = |i: usize| side[i].map_or(0.0, y);
        order.sort_by(|a, b| at(*a).total_cmp(&at(*b)));
        let mut out = vec![0.0; side.len()];
        let mut last = f64::NEG_INFINITY;
        for i in order {
            last = at(i).max(last + least);
            out[i] = last;
        }
        out
    };
    let left = spread(&ends.iter().map(|e| e.0).collect::<Vec<_>>());
    let right = spread(&ends.iter().map(|e| e.1).collect::<Vec<_>>());
    let words = |v: Option<f64>| v.map_or_else(|| "–".into(), |v| digits(measure, normal, v));
    let line = |(i, c): (usize, &ClusterColumn)| SlopeLine {
        name: c.name.clone(),
        cluster: c.cluster,
        ends: [ends[i].0, ends[i].1],
        before_words: words(ends[i].0),
        after_words: words(ends[i].1),
        drawn: ends[i].0.zip(ends[i].1).map(|(a, b)| [y(a), y(b), left[i], right[i]]),
    };
    Slope { unit, lines: columns.iter().enumerate().map(line).collect() }
}

/// The slopes of a measure as a file.
#[must_use]
pub fn slope_csv(state: &AppState, measure: Measure, normal: Normal) -> String {
    let lang = state.lang;
    let slope = slope_of(lang, &cluster_columns(lang, &state.baseline, &state.insights), measure, normal);
    let head =
        ["clusters-area-head", "compare-indicator", "compare-unit", "clusters-slope-base", "clusters-slope-plan"];
    let line = |l: &SlopeLine| {
        let words = [l.name.clone(), profile_name(lang, measure), slope.unit.clone()];
        words.into_iter().map(Cell::words).chain(l.ends.map(Cell::exact)).collect()
    };
    file(head.map(|k| t(lang, k)).into(), slope.lines.iter().map(line).collect())
}

/// Capacity against collected as a file.
#[must_use]
pub fn capacity_csv(state: &AppState) -> String {
    let lang = state.lang;
    let columns = cluster_columns(lang, &state.baseline, &state.insights);
    let (bars, _) = capacity_bars(lang, &columns);
    let (_, unit) = profile_unit(lang, Unit::Tonnes, Normal::Absolute);
    let head = [
        "clusters-area-head",
        "carbon-head-metal",
        "compare-unit",
        "clusters-multiples-capacity",
        "clusters-multiples-collected",
    ];
    let line = |name: &str, b: &CapacityBar| {
        let words = [name.to_owned(), t(lang, &format!("measure-part-{}", b.stream.key())), unit.clone()];
        words.into_iter().map(Cell::words).chain([Cell::exact(b.capacity), Cell::exact(b.collected)]).collect()
    };
    let lines = columns.iter().zip(&bars).flat_map(|(c, own)| own.iter().map(move |b| line(&c.name, b)));
    file(head.map(|k| t(lang, k)).into(), lines.collect())
}
