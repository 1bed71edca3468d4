//! The printable report as plain words and tables: what the plan is, what comes of it, and where that is known from.

mod comparison;
mod results;
mod scenario;
mod sources;
mod sure;

use super::AppState;

/// A part of the report under a heading of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportPart {
    /// The stable key: of its heading's words and its id.
    pub key: &'static str,
    /// Sentences.
    pub text: Vec<String>,
    /// A numbered list.
    pub list: Vec<String>,
    /// Tables.
    pub tables: Vec<ReportTable>,
}

/// A table of words; its first column names the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportTable {
    /// What it shows.
    pub caption: String,
    /// Headings.
    pub head: Vec<String>,
    /// Rows, as long as the head.
    pub rows: Vec<Vec<String>>,
    /// Which columns hold numbers.
    pub numbers: std::ops::Range<usize>,
}

/// All parts behind the map, in order. What is not computed yet says so, and what nobody asked for is left out.
#[must_use]
pub fn report_parts(state: &AppState) -> Vec<ReportPart> {
    let parts = [
        Some(results::figures(state)),
        results::coverage(state),
        results::balance(state),
        comparison::comparison(state),
        sure::sure(state),
        Some(sources::sources(state)),
        Some(sources::parameters(state)),
    ];
    parts.into_iter().flatten().collect()
}

/// The part before the map: what the plan changes.
#[must_use]
pub fn report_scenario(state: &AppState) -> ReportPart {
    scenario::scenario(state)
}

/// How a language puts a colon between two things.
fn colon(state: &AppState) -> &'static str {
    if state.lang == crate::i18n::Lang::Zh { "：" } else { ": " }
}

#[cfg(test)]
mod tests {
    use super::super::{EditAction, LoadAction, Result, Theme, balance::tests::answer, cells::tests::surveyed};
    use super::*;
    use crate::i18n::{Lang, SOURCES, has};
    use atlas_core::{
        evaluate::Figures,
        format::tables,
        geo::LonLat,
        model::{Baseline, Cluster, FacilityKind, PerCluster, Prefecture},
        scenario::{Change, Edit, Lever, NewFacility},
    };
    use std::rc::Rc;
    use yew::Reducible;

    fn planned() -> Rc<AppState> {
        let (parameters, _) = tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
        let home = Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() };
        let baseline = Baseline { parameters, prefectures: vec![home], ..Baseline::default() };
        let mut state = surveyed();
        let figures = Figures { mean_haul_km: Some(90.0), people: 1.0, ..Figures::default() };
        let by_cluster = PerCluster::from_fn(|_| figures.clone());
        let result = Rc::new(Result { total: figures, by_cluster });
        (state.base, state.result) = (Some(Rc::clone(&result)), Some(result));
        Rc::new(state).reduce(LoadAction::Baseline(Box::new(baseline)).into())
    }

    #[test]
    fn every_part_has_a_heading_and_every_row_its_columns_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let mut state = (*planned()).clone();
            state.lang = lang;
            state.allocation = Some(Rc::new(answer()));
            state.allocated = state.planned;
            let all: Vec<ReportPart> = std::iter::once(report_scenario(&state)).chain(report_parts(&state)).collect();
            let keys: Vec<&str> = all.iter().map(|p| p.key).collect();
            assert_eq!(keys, ["scenario", "figures", "coverage", "balance", "sources", "parameters"]);
            for part in &all {
                assert!(has(lang, &format!("report-{}", part.key)), "{}", part.key);
                for table in &part.tables {
                    assert!(table.rows.iter().all(|r| r.len() == table.head.len()), "{}: {table:?}", part.key);
                    assert!(table.numbers.end <= table.head.len());
                }
                let words = format!("{part:?}");
                let known = SOURCES[0].1.lines().filter_map(|l| l.split(" = ").next()).filter(|k| k.len() > 9);
                for key in known.filter(|k| k.contains('-')) {
                    assert!(!words.contains(&format!("\"{key}\"")), "{key} has no words");
                }
            }
        }
    }

    #[test]
    fn what_was_set_stands_beside_what_the_table_says() {
        let state = planned();
        assert!(report_scenario(&state).tables.is_empty(), "nothing was set");
        let new = NewFacility {
            id: "UC001".into(),
            kind: FacilityKind::CollectionPoint,
            name: atlas_core::model::Name { zh: "甲".into(), en: "Point A".into() },
            at: LonLat::new(121.5, 31.25),
            metals: vec![],
            capacity_t: None,
        };
        let set = Change::Lever(Lever::RecoveryRate, Some(0.85));
        let state = state.reduce(EditAction::Make(set).into());
        let state = state.reduce(EditAction::Make(Change::Edit(Edit::Add(new))).into());
        let part = report_scenario(&state);
        assert_eq!(part.tables[0].rows[0], ["Recovery rate", "85 %", "76 %"]);
        assert_eq!(part.list, ["Added Point A: collection point, 121.5000°E 31.2500°N"]);
        let figures = &report_parts(&state)[0];
        assert!(figures.text[0].contains("has changed"), "older figures say so: {:?}", figures.text);
        let nothing = AppState::new(Lang::En, Theme::Light);
        assert!(!report_parts(&nothing).is_empty(), "a report without figures says so");
    }
}
