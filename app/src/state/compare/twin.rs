//! The table that stands beside the map of differences.

use crate::{
    i18n::{Quantity, province, significant, tr},
    state::AppState,
};
use atlas_core::{
    comparison::{ChangedFacility, FacilityChange, FlowChange},
    geo::haversine_m,
    scenario::Plan,
};
use std::collections::BTreeMap;

/// Scrap of a province to a plant.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRow {
    /// Where it comes from, in words.
    pub from: String,
    /// Hub or smelter, by its id.
    pub plant: String,
    /// What that is called.
    pub plant_name: String,
    /// Gross tonnes a year before.
    pub before_t: f64,
    /// After.
    pub after_t: f64,
}

impl FlowRow {
    /// How many tonnes more.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.after_t - self.before_t
    }
}

/// Flows tied by the province where they begin, the largest change first.
#[must_use]
pub fn flow_rows(state: &AppState, flows: &[FlowChange], plans: [&Plan; 2]) -> Vec<FlowRow> {
    let mut sums: BTreeMap<(&str, bool, &str), (f64, f64)> = BTreeMap::new();
    for f in flows {
        let sum = sums.entry((&f.province, f.imported, &f.plant)).or_default();
        sum.0 += f.before_t;
        sum.1 += f.after_t;
    }
    let mut rows: Vec<FlowRow> = sums
        .into_iter()
        .map(|((home, imported, plant), (before_t, after_t))| {
            let home = province(state.lang, home).to_owned();
            let from = if imported { tr(state.lang, "compare-imports", &[("province", &home)]) } else { home };
            FlowRow { from, plant: plant.to_owned(), plant_name: facility_name(state, plans, plant), before_t, after_t }
        })
        .filter(|r| r.difference().abs() >= 1.0)
        .collect();
    rows.sort_by(|a, b| b.difference().abs().total_cmp(&a.difference().abs()));
    rows
}

/// What a facility is called in either plan.
fn facility_name(state: &AppState, plans: [&Plan; 2], id: &str) -> String {
    let found = plans.into_iter().rev().find_map(|p| p.get(id));
    found.map_or_else(|| id.to_owned(), |p| state.lang.name(&p.facility.name).to_owned())
}

/// What became of a facility, with how far or how much.
#[must_use]
pub fn facility_words(state: &AppState, f: &ChangedFacility) -> String {
    let key = format!("compare-{}", f.change.key());
    match &f.change {
        FacilityChange::Opened | FacilityChange::Closed => tr(state.lang, &key, &[]),
        FacilityChange::Moved { from } => {
            let km = significant(haversine_m(*from, f.at) / 1000.0);
            tr(state.lang, &key, &[("km", &km)])
        }
        FacilityChange::Resized { from, to } => {
            let q = Quantity::TonnesPerYear;
            let words = |c: &Option<atlas_core::model::Capacity>| {
                c.map_or_else(|| "–".into(), |c| significant(q.scaled(c.tonnes, state.lang)))
            };
            tr(state.lang, &key, &[("from", &words(from)), ("to", &words(to)), ("unit", q.unit(state.lang))])
        }
    }
}
