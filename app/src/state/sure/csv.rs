//! What the drawn futures say as files: every digit that counts, in the indicator's own unit.

use super::{Futures, odds_lines, plan_called, regrets, worth};
use crate::state::{AppState, measure_name, where_name};
use atlas_core::{
    format::export::{Cell, Sheet},
    response::Aim,
};

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SureTable {
    /// Every indicator of every plan.
    Bands,
    /// Dots and single futures of the chosen indicator.
    Dots,
    /// Odds of the plans.
    Odds,
    /// Which parameters move the chosen indicator.
    Worth,
    /// Regret of the plans.
    Regret,
}

/// A file of what was drawn: its name and its bytes. `plan` is the one that is looked at.
#[must_use]
pub fn sure_csv(state: &AppState, table: SureTable, plan: usize) -> Option<(String, String)> {
    let futures = state.sure.found.as_deref()?;
    let aim = futures.nearest(&state.sure.aim)?;
    let sheet = match table {
        SureTable::Bands => bands(state, futures),
        SureTable::Dots => dots(state, futures, &aim),
        SureTable::Odds => odds(state, futures, &aim),
        SureTable::Worth => worth_sheet(state, futures, plan, &aim),
        SureTable::Regret => regret(state, futures, &aim),
    };
    Some((format!("{}.csv", sheet.name), sheet.csv()))
}

/// A table whose rows begin as [`of`] has them.
fn sheet(name: &str, more: &[&str]) -> Sheet {
    Sheet::new(name, &[&["plan", "key", "indicator", "place", "unit"], more].concat())
}

/// Plan, indicator, its name, place, unit.
fn of(state: &AppState, futures: &Futures, plan: usize, aim: &Aim) -> Vec<Cell> {
    vec![
        Cell::words(plan_called(state, futures, plan)),
        Cell::words(aim.key()),
        Cell::words(measure_name(state.lang, aim.measure)),
        Cell::words(where_name(state.lang, aim.cluster)),
        Cell::words(aim.measure.unit().symbol()),
    ]
}

fn bands(state: &AppState, futures: &Futures) -> Sheet {
    let heads = ["runs", "mean", "standard_error", "p5", "p25", "p50", "p75", "p95", "table_value"];
    let mut sheet = sheet("uncertainty-bands", &heads);
    for plan in 0..futures.count() {
        for aim in &futures.outlook.aims {
            let Some(found) = futures.band(plan, aim) else { continue };
            let mut row = of(state, futures, plan, aim);
            let band = &found.band;
            row.extend([Cell::exact(f64::from(band.runs)), Cell::exact(band.mean), Cell::exact(band.error)]);
            row.extend(band.quantiles.map(Cell::exact));
            row.push(Cell::exact(found.table));
            sheet.rows.push(row);
        }
    }
    sheet
}

fn dots(state: &AppState, futures: &Futures, aim: &Aim) -> Sheet {
    let mut sheet = sheet("uncertainty-dots", &["what", "number", "value"]);
    for plan in 0..futures.count() {
        let mut push = |what: &str, i: usize, value: f64| {
            let mut row = of(state, futures, plan, aim);
            row.extend([Cell::words(what), Cell::exact(i as f64), Cell::exact(value)]);
            sheet.rows.push(row);
        };
        if let Some(found) = futures.band(plan, aim) {
            found.band.dots.iter().enumerate().for_each(|(i, v)| push("quantile_dot", i + 1, *v));
        }
        futures.outcomes(aim).iter().enumerate().for_each(|(i, run)| push("single_future", i + 1, run[plan]));
    }
    sheet
}

fn odds(state: &AppState, futures: &Futures, aim: &Aim) -> Sheet {
    let heads = ["compared_with", "runs", "below", "alike", "share_below", "low_95", "high_95"];
    let mut sheet = sheet("uncertainty-odds", &heads);
    for line in odds_lines(state, futures, aim) {
        let mut row = of(state, futures, line.plan, &line.aim);
        row.push(Cell::words(plan_called(state, futures, line.other)));
        row.extend([line.odds.runs, line.odds.below, line.odds.alike].map(|n| Cell::exact(f64::from(n))));
        row.extend([line.odds.share, line.odds.low, line.odds.high].map(Cell::exact));
        sheet.rows.push(row);
    }
    sheet
}

fn worth_sheet(state: &AppState, futures: &Futures, plan: usize, aim: &Aim) -> Sheet {
    let heads = [
        "parameter",
        "name",
        "first_order_index",
        "grows",
        "low",
        "mode",
        "high",
        "parameter_unit",
        "range_stated",
        "basis_confidence",
        "source",
    ];
    let mut sheet = sheet("value-of-better-data", &heads);
    for r in worth(state, futures, plan, aim).unwrap_or_default().rows {
        let mut row = of(state, futures, plan, aim);
        let yes = |b: bool| Cell::words(if b { "yes" } else { "no" });
        row.extend([Cell::words(r.key), Cell::words(r.name), Cell::rounded(r.share, 4)]);
        row.push(r.grows.map_or(Cell::Empty, yes));
        row.extend(r.ends.map(Cell::exact));
        row.extend([Cell::words(r.unit), yes(r.stated), Cell::words(r.standing), Cell::words(r.source)]);
        sheet.rows.push(row);
    }
    sheet
}

fn regret(state: &AppState, futures: &Futures, aim: &Aim) -> Sheet {
    let heads = ["mean_regret", "most_regret", "value_in_worst_future", "loses_least"];
    let mut sheet = sheet("uncertainty-regret", &heads);
    let (all, least) = regrets(futures, aim);
    for (plan, r) in all {
        let mut row = of(state, futures, plan, aim);
        row.extend([r.mean, r.most, r.worst].map(Cell::exact));
        row.push(Cell::words(if Some(plan) == least { "yes" } else { "no" }));
        sheet.rows.push(row);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::drawn::state;
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_file_has_a_row_for_all_that_is_shown() {
        let state = state(Lang::Zh);
        let lines = |table: SureTable| sure_csv(&state, table, 0).expect("drawn").1.lines().count() - 1;
        // Two plans by five indicators; twenty dots and twenty futures each; three pairs; two plans.
        assert_eq!(lines(SureTable::Bands), 2 * 5);
        assert_eq!(lines(SureTable::Dots), 2 * (20 + 20));
        assert_eq!(lines(SureTable::Odds), 3);
        assert_eq!(lines(SureTable::Regret), 2);
        let (name, worth) = sure_csv(&state, SureTable::Worth, 0).expect("drawn");
        assert_eq!(name, "value-of-better-data.csv");
        assert!(worth.contains("freight.cost.all.truck_full") && worth.contains("cost_yuan"), "{worth}");
    }
}
