//! The allocation as tables for a spreadsheet.

use super::{AppState, balance::together, csv::file, matching::place_name};
use crate::i18n::{province, t};
use atlas_core::{
    allocation::{Answer, Balance, Flow, Place},
    format::export::Cell,
    model::{Cluster, Mode, PerStream, Stream},
};

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllocationTable {
    /// A row a flow.
    Flows,
    /// A row an area and metal.
    Balance,
}

impl AllocationTable {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Flows, Self::Balance];

    /// The stable key for translations and file names.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Flows => "flows",
            Self::Balance => "balance",
        }
    }
}

/// The table, with a mark at its beginning that tells spreadsheets that it is UTF-8.
#[must_use]
pub fn allocation_csv(state: &AppState, answer: &Answer, table: AllocationTable) -> String {
    let (head, rows) = match table {
        AllocationTable::Flows => flows(state, answer),
        AllocationTable::Balance => balances(state, answer),
    };
    file(head, rows)
}

const FLOW_HEADS: [&str; 25] = [
    "csv-leg",
    "csv-stream",
    "csv-from-id",
    "csv-from-name",
    "csv-from-cluster",
    "csv-from-province",
    "csv-from-lon",
    "csv-from-lat",
    "csv-to-id",
    "csv-to-name",
    "csv-to-cluster",
    "csv-to-province",
    "csv-to-lon",
    "csv-to-lat",
    "csv-gross",
    "csv-metal",
    "csv-product",
    "csv-road-km",
    "csv-rail-km",
    "csv-water-km",
    "csv-sea-km",
    "csv-hours",
    "csv-yuan-per-t",
    "csv-kg-per-t",
    "csv-yuan",
];

fn flows(state: &AppState, answer: &Answer) -> (Vec<String>, Vec<Vec<Cell>>) {
    let word = |key: &str| t(state.lang, key);
    let end = |p: &Place| {
        [
            Cell::words(p.end.key()),
            Cell::words(place_name(state, p)),
            Cell::words(p.cluster.map_or_else(String::new, |c| word(&format!("cluster-{}", c.key())))),
            Cell::words(province(state.lang, &p.province).to_owned()),
            Cell::rounded(Some(p.at.lon), 5),
            Cell::rounded(Some(p.at.lat), 5),
        ]
    };
    let row = |f: &Flow| {
        let mut row = vec![
            Cell::words(word(&format!("leg-{}", f.leg.key()))),
            Cell::words(word(&format!("stream-{}", f.stream.key()))),
        ];
        row.extend(end(&answer.places[f.from as usize]));
        row.extend(end(&answer.places[f.to as usize]));
        row.extend([f.gross_t, f.metal_t, f.product_t].map(|v| Cell::rounded(Some(v), 3)));
        row.extend([Mode::Road, Mode::Rail, Mode::Water, Mode::Sea].map(|m| Cell::rounded(Some(f.km[m]), 3)));
        row.extend([
            Cell::rounded(Some(f.haul.hours), 2),
            Cell::rounded(Some(f.haul.yuan_per_t), 3),
            Cell::rounded(Some(f.haul.kg_co2e_per_t), 3),
            Cell::rounded(Some(f.haul.yuan_per_t * f.gross_t), 0),
        ]);
        row
    };
    (FLOW_HEADS.map(word).to_vec(), answer.flows.iter().map(row).collect())
}

/// The columns of a balance: what they are called and read.
type Column = (&'static str, fn(&Balance) -> f64);

const COLUMNS: [Column; 14] = [
    ("collected", |b| b.collected_t),
    ("corridor", |b| b.corridor_t),
    ("imported", |b| b.imported_t),
    ("made", |b| b.product_t),
    ("sorting-loss", |b| b.sorting_loss_t),
    ("smelting-loss", |b| b.smelting_loss_t),
    ("unreached", |b| b.unreached_t),
    ("left", |b| b.unallocated_t),
    ("used", |b| b.used_t),
    ("exported", |b| b.exported_t),
    ("demand", |b| b.demand_t),
    ("unmet", |b| b.unmet_t),
    ("unused-inflow", |b| b.unused_inflow_t),
    ("surplus-metal", |b| b.product_t - b.demand_t),
];

fn balances(state: &AppState, answer: &Answer) -> (Vec<String>, Vec<Vec<Cell>>) {
    let word = |key: &str| t(state.lang, key);
    let mut head = ["csv-level", "csv-area", "csv-stream"].map(word).to_vec();
    head.extend(COLUMNS.map(|(key, _)| format!("{} ({})", word(&format!("balance-{key}")), word("csv-unit-t"))));
    let mut rows = Vec::new();
    let mut area = |level: &str, name: &str, of: &PerStream<Balance>| {
        let all = (word("balance-all-metals"), together(of));
        let each = Stream::ALL.map(|s| (word(&format!("stream-{}", s.key())), of[s]));
        for (stream, b) in each.into_iter().chain([all]) {
            let mut row = vec![Cell::words(word(level)), Cell::words(name.to_owned()), Cell::words(stream)];
            row.extend(COLUMNS.map(|(_, of)| Cell::rounded(Some(of(&b)), 3)));
            rows.push(row);
        }
    };
    area("csv-level-all", &word("cluster-all"), &answer.balance);
    for c in Cluster::ALL {
        area("csv-level-cluster", &word(&format!("cluster-{}", c.key())), &answer.by_cluster[c]);
    }
    for (name, of) in &answer.by_province {
        area("csv-level-province", province(state.lang, name), of);
    }
    (head, rows)
}

#[cfg(test)]
mod tests {
    use super::{super::Theme, super::balance::tests::answer, *};
    use crate::i18n::Lang;

    #[test]
    fn every_row_has_as_many_fields_as_the_head_and_every_head_is_a_word() {
        for lang in [Lang::Zh, Lang::En] {
            let state = AppState::new(lang, Theme::Light);
            for table in AllocationTable::ALL {
                let csv = allocation_csv(&state, &answer(), table);
                assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"));
                let lines: Vec<&str> = csv.trim_end().split("\r\n").collect();
                let fields = |l: &str| {
                    let quoted: usize = l.split('"').skip(1).step_by(2).map(|q| q.matches(',').count()).sum();
                    l.matches(',').count() - quoted
                };
                assert!(lines.len() > 1 && lines.iter().all(|l| fields(l) == fields(lines[0])), "{table:?}: {csv}");
                assert!(["csv-", "balance-", "leg-", "stream-"].iter().all(|k| !csv.contains(k)), "{csv}");
            }
        }
    }
}
