//! What can be taken out of the plan as files: which, how much, and why not where it cannot.

use super::AppState;
use crate::i18n::{Lang, province, t};
use atlas_core::{
    format::export::{self, Cell, Sheet},
    model::{FacilityKind, Name},
};

/// A table that can be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportTable {
    /// Every facility of the plan.
    Facilities,
    /// Those of one kind.
    Kind(FacilityKind),
    /// Who sends what where.
    Flows,
    /// Whom each facility serves.
    Catchments,
    /// Demand by travel band.
    Bands,
    /// The main figures.
    Indicators,
}

impl ExportTable {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 8] = [
        Self::Facilities,
        Self::Kind(FacilityKind::CollectionPoint),
        Self::Kind(FacilityKind::Hub),
        Self::Kind(FacilityKind::Smelter),
        Self::Indicators,
        Self::Catchments,
        Self::Bands,
        Self::Flows,
    ];

    /// The stable key: part of ids and file names.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Facilities => "facilities",
            Self::Kind(kind) => kind.key(),
            Self::Flows => "flows",
            Self::Catchments => "catchments",
            Self::Bands => "bands",
            Self::Indicators => "indicators",
        }
    }

    /// True where its rows have places.
    #[must_use]
    pub const fn has_places(self) -> bool {
        matches!(self, Self::Facilities | Self::Kind(_) | Self::Flows | Self::Catchments)
    }
}

/// A line of the list: how many rows there are, or the key of why there are none.
pub fn export_rows(state: &AppState, table: ExportTable) -> Result<usize, &'static str> {
    if !state.has_baseline() {
        return Err("export-wait");
    }
    let all = state.document.plan().facilities();
    match table {
        ExportTable::Facilities => Ok(all.len()),
        ExportTable::Kind(kind) => match all.iter().filter(|p| p.facility.kind == kind).count() {
            0 => Err("export-nothing"),
            n => Ok(n),
        },
        ExportTable::Flows if state.is_allocation_stale() => {
            Err(if state.wants_allocation() { "export-wait" } else { "export-not-allocated" })
        }
        ExportTable::Flows => Ok(state.allocation.as_ref().map_or(0, |a| a.flows.len())),
        _ if state.is_stale() => Err("export-wait"),
        ExportTable::Catchments => state.survey.as_ref().map(|s| s.survey.facilities.len()).ok_or("export-wait"),
        ExportTable::Bands => state.survey.as_ref().map(|s| s.survey.bands.len() + 1).ok_or("export-wait"),
        ExportTable::Indicators => state.result.as_ref().map(|_| INDICATORS * 4).ok_or("export-wait"),
    }
}

/// How many indicators there are.
const INDICATORS: usize = 14;

/// A table as it is written; `None` where there is nothing yet.
#[must_use]
pub fn export_sheet(state: &AppState, table: ExportTable) -> Option<Sheet> {
    export_rows(state, table).ok()?;
    let plan = state.document.plan();
    // What is handled belongs to the plan that was answered last.
    let handled: &[_] = if state.is_stale() { &[] } else { &state.handled };
    Some(match table {
        ExportTable::Facilities => export::facilities(plan, None, handled),
        ExportTable::Kind(kind) => export::facilities(plan, Some(kind), handled),
        ExportTable::Flows => {
            let english = |p: &str| province(Lang::En, p).to_owned();
            export::flows(state.allocation.as_deref()?, plan, &state.baseline, english)
        }
        ExportTable::Catchments => export::catchments(plan, &state.survey.as_ref()?.survey),
        ExportTable::Bands => export::bands(&state.survey.as_ref()?.survey),
        ExportTable::Indicators => {
            let (result, base) = (state.result.as_ref()?, state.base.as_ref());
            let name = |key: &str| {
                let key = format!("indicator-{}", key.replace('_', "-"));
                Name { zh: t(Lang::Zh, &key), en: t(Lang::En, &key) }
            };
            let base = base.map(|b| (&b.total, &b.by_cluster));
            export::indicators((&result.total, &result.by_cluster), base, &state.parameters(), name)
        }
    })
}

/// All tables that are there, with what they are of, for a workbook.
#[must_use]
pub fn export_book(state: &AppState, date: &str) -> Vec<Sheet> {
    let tables = ExportTable::ALL.into_iter().filter(|t| !matches!(t, ExportTable::Kind(_)));
    // What it is of comes last: whoever reads the first page reads rows.
    tables.filter_map(|t| export_sheet(state, t)).chain(std::iter::once(about(state, date))).collect()
}

/// What the workbook is of, in both languages where it speaks itself.
fn about(state: &AppState, date: &str) -> Sheet {
    let scenario = state.document.scenario();
    let mut sheet = Sheet::new("about", &["item", "value"]);
    let mut line = |item: &str, value: &str| sheet.rows.push(vec![Cell::words(item), Cell::words(value)]);
    line("scenario", &scenario_title(state));
    line("note", &scenario.note);
    line("author", &scenario.author);
    line("exported", date);
    line("datum", export::DATUM);
    line("changes", &scenario.changes().to_string());
    for key in CREDITS {
        line("credits", &t(state.lang, key));
    }
    line("terms", &t(state.lang, "export-terms"));
    sheet
}

/// Credits of every data set, as the sources page has them.
pub const CREDITS: [&str; 6] =
    ["credit-osm", "credit-searoute", "credit-ne", "credit-gshhg", "credit-geonames", "credit-census"];

/// What the plan is called on pictures and reports: its name, or what it is.
#[must_use]
pub fn scenario_title(state: &AppState) -> String {
    let scenario = state.document.scenario();
    match scenario.name.trim() {
        "" if scenario.is_untouched() => t(state.lang, "results-baseline"),
        "" => t(state.lang, "scenario-untitled"),
        name => name.to_owned(),
    }
}

/// The longest beginning of a file's name, in characters.
const LONGEST_NAME: usize = 60;

/// The name of a file: the scenario's, without what file systems refuse, then what it is and its ending.
#[must_use]
pub fn file_name(state: &AppState, what: &str, ending: &str) -> String {
    let clean = |c: char| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c };
    let name: String = state.document.scenario().name.trim().chars().map(clean).take(LONGEST_NAME).collect();
    let name = name.trim_matches([' ', '.', '-']);
    format!("{}-{what}.{ending}", if name.is_empty() { "loop-atlas" } else { name })
}

#[cfg(test)]
mod tests {
    use super::super::{EditAction, Theme, cells::tests::surveyed};
    use super::*;
    use crate::i18n::has;
    use std::rc::Rc;
    use yew::Reducible;

    #[test]
    fn a_table_has_as_many_rows_as_the_list_says_or_a_reason_in_words() {
        let state = surveyed();
        for table in ExportTable::ALL {
            match (export_rows(&state, table), export_sheet(&state, table)) {
                (Ok(rows), Some(sheet)) => {
                    assert_eq!(rows, sheet.rows.len(), "{table:?}");
                    assert!(sheet.rows.iter().all(|r| r.len() == sheet.columns.len()), "{table:?}");
                }
                (Err(why), None) => assert!(has(Lang::En, why) && has(Lang::Zh, why), "{why}"),
                other => panic!("{table:?}: {other:?}"),
            }
            for lang in [Lang::En, Lang::Zh] {
                assert!(has(lang, &format!("export-table-{}", table.key())), "{table:?}");
            }
        }
        let nothing = AppState::new(Lang::En, Theme::Light);
        assert!(ExportTable::ALL.iter().all(|t| export_rows(&nothing, *t).is_err()));
        assert_eq!(export_book(&nothing, "2026-01-02").len(), 1, "what it is of is always told");
    }

    #[test]
    fn a_file_is_called_after_the_scenario_and_by_no_forbidden_name() {
        let state = Rc::new(surveyed());
        assert_eq!(file_name(&state, "map", "png"), "loop-atlas-map.png");
        let named = |name: &str| Rc::clone(&state).reduce(EditAction::Rename(name.into()).into());
        assert_eq!(file_name(&named("长三角 2030"), "map", "png"), "长三角 2030-map.png");
        assert_eq!(file_name(&named("../a:b\\c\u{7}"), "flows", "csv"), "a-b-c-flows.csv");
        assert_eq!(scenario_title(&named("  x ")), "x");
    }
}
