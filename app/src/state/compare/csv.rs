//! The table as a file: every digit that means something, all clusters and each of them.

use super::{indicator_name, letter, rows, sentence::difference_unit};
use crate::{
    i18n::t,
    state::{AppState, csv::file},
};
use atlas_core::{format::export::Cell, model::Cluster};

/// The comparison as a table for a spreadsheet.
#[must_use]
pub fn compare_csv(state: &AppState) -> String {
    let (compare, lang) = (&state.compare, state.lang);
    let Some(question) = &compare.question else { return String::new() };
    let word = |key: &str| t(lang, key);
    let named = |i: usize| format!("{} {}", letter(i), state.compare_name(&compare.all[i].choice));
    let mut head = vec![word("csv-area"), word("compare-indicator"), word("compare-unit")];
    head.extend((0..compare.all.len()).map(named));
    let others: Vec<usize> = (0..compare.all.len()).filter(|i| *i != compare.reference).collect();
    head.extend(others.iter().map(|i| format!("{} − {}", letter(*i), letter(compare.reference))));
    let mut lines = Vec::new();
    for cluster in [None].into_iter().chain(Cluster::ALL.map(Some)) {
        let area = cluster.map_or_else(|| word("cluster-all"), |c| word(&format!("cluster-{}", c.key())));
        for row in rows(compare, cluster) {
            let number = |v: Option<f64>| Cell::rounded(v.map(|v| row.quantity.scaled(v, lang)), 6);
            let mut unit = row.quantity.unit(lang).to_owned();
            if difference_unit(lang, row.quantity) != unit {
                unit = format!("{unit} ({})", difference_unit(lang, row.quantity));
            }
            let name = indicator_name(lang, row.indicator, question);
            let mut line = vec![Cell::words(area.clone()), Cell::words(name), Cell::words(unit)];
            line.extend(row.cells.iter().map(|c| number(c.value)));
            let base = row.cells.get(compare.reference).and_then(|c| c.value);
            // In a file what is no more than rounding is a number, too.
            line.extend(others.iter().map(|i| number(row.cells[*i].value.zip(base).map(|(v, b)| v - b))));
            lines.push(line);
        }
    }
    file(head, lines)
}
