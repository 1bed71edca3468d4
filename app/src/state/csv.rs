//! Coverage as tables for a spreadsheet: every digit that means something, units in the headings.

use super::{
    AppState, Sort,
    coverage::{AreaColumn, AreaLevel, AreaRow, BandRow, ServedColumn, area_rows, band_rows, fraction, served_rows},
};
use crate::i18n::{Quantity, province, t};
use atlas_core::{
    catchment::{Amount, CurvePoint, Gap, Served, Share, Survey},
    format::export::{Cell, Sheet},
};

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageTable {
    /// Demand by travel band.
    Bands,
    /// A row a facility.
    Facilities,
    /// A row a prefecture.
    Areas,
    /// Uncovered places.
    Gaps,
    /// Share against way.
    Curve,
}

impl CoverageTable {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 5] = [Self::Bands, Self::Facilities, Self::Areas, Self::Gaps, Self::Curve];

    /// The stable key for translations and file names.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bands => "bands",
            Self::Facilities => "facilities",
            Self::Areas => "prefectures",
            Self::Gaps => "gaps",
            Self::Curve => "curve",
        }
    }
}

/// The table as a file.
#[must_use]
pub fn coverage_csv(state: &AppState, survey: &Survey, table: CoverageTable) -> String {
    let (head, rows) = match table {
        CoverageTable::Bands => bands(state, survey),
        CoverageTable::Facilities => facilities(state, survey),
        CoverageTable::Areas => areas(state, survey),
        CoverageTable::Gaps => gaps(state, survey),
        CoverageTable::Curve => curve(state, survey),
    };
    file(head, rows)
}

/// A table as a file.
pub(super) fn file(columns: Vec<String>, rows: Vec<Vec<Cell>>) -> String {
    Sheet { name: String::new(), columns, rows }.csv()
}

type Table = (Vec<String>, Vec<Vec<Cell>>);

fn word(state: &AppState, key: &str) -> String {
    t(state.lang, key)
}

/// A heading with the measure's unit.
fn way(state: &AppState, survey: &Survey, words: &str) -> String {
    let unit = Quantity::of_measure(survey.measure()).unit(state.lang);
    let modelled = survey.measure().is_modelled().then(|| format!(", {}", word(state, "basis-modelled")));
    format!("{words} ({unit}{})", modelled.unwrap_or_default())
}

/// A heading of a catchment's number.
fn served(state: &AppState, survey: &Survey, column: ServedColumn) -> String {
    column.words(state.lang, survey.measure())
}

/// Headings of an amount: residents and tonnes are modelled by cell, and the headings say so.
fn amount_heads(state: &AppState) -> [String; 3] {
    ["csv-people", "csv-households", "csv-tonnes"].map(|k| word(state, k))
}

fn amounts(a: &Amount) -> [Cell; 3] {
    [Cell::rounded(Some(a.people), 0), Cell::rounded(Some(a.households), 0), Cell::rounded(Some(a.tonnes), 3)]
}

fn bands(state: &AppState, survey: &Survey) -> Table {
    let head = [way(state, survey, &word(state, "csv-from")), way(state, survey, &word(state, "csv-upto"))]
        .into_iter()
        .chain(amount_heads(state));
    let head = head.chain([word(state, "csv-share"), word(state, "csv-within")]).collect();
    let row = |b: BandRow| {
        let mut row = vec![Cell::rounded(Some(b.from), 3), Cell::rounded(b.upto, 3)];
        row.extend(amounts(&b.demand));
        row.extend([Cell::rounded(Some(b.share * 100.0), 3), Cell::rounded(Some(b.within * 100.0), 3)]);
        row
    };
    let mut rows: Vec<Vec<Cell>> = band_rows(survey).into_iter().map(row).collect();
    let mut last = vec![Cell::words(word(state, "coverage-unreachable")), Cell::Empty];
    last.extend(amounts(&survey.unreachable));
    let unreachable = fraction(&Share { total: survey.total, within: survey.unreachable }, survey.question.demand);
    last.extend([Cell::rounded(unreachable.map(|v| v * 100.0), 3), Cell::Empty]);
    rows.push(last);
    (head, rows)
}

fn facilities(state: &AppState, survey: &Survey) -> Table {
    let mut head = vec![word(state, "csv-id"), word(state, "table-name")];
    head.extend(amount_heads(state));
    let ways = [ServedColumn::Mean, ServedColumn::P95, ServedColumn::Longer];
    head.extend(ways.map(|c| way(state, survey, &served(state, survey, c))));
    head.extend([served(state, survey, ServedColumn::Uncovered), word(state, "served-stranded")]);
    let row = |(name, s): (String, &Served)| {
        let mut row = vec![Cell::words(s.id.clone()), Cell::words(name)];
        row.extend(amounts(&s.demand));
        row.extend([s.mean, s.p95, s.loss.added_mean].map(|v| Cell::rounded(v, 3)));
        row.extend([s.loss.uncovered.people, s.loss.stranded.people].map(|v| Cell::rounded(Some(v), 0)));
        row
    };
    let rows = served_rows(state, survey, Sort { by: ServedColumn::People, down: true });
    (head, rows.into_iter().map(row).collect())
}

fn areas(state: &AppState, survey: &Survey) -> Table {
    let head = [
        "csv-adcode",
        "scrap-prefecture",
        "scrap-province",
        "csv-people",
        "csv-tonnes",
        "csv-people-within",
        "csv-share",
    ];
    let sort = Sort { by: AreaColumn::Uncovered, down: true };
    let row = |r: AreaRow| {
        let home = state.baseline.prefectures.iter().find(|p| p.adcode.to_string() == r.key);
        let within = fraction(&r.share, survey.question.demand).map(|v| v * 100.0);
        vec![
            Cell::words(r.key),
            Cell::words(r.name),
            Cell::words(home.map_or_else(String::new, |p| province(state.lang, &p.province).to_owned())),
            Cell::rounded(Some(r.share.total.people), 0),
            Cell::rounded(Some(r.share.total.tonnes), 3),
            Cell::rounded(Some(r.share.within.people), 0),
            Cell::rounded(within, 3),
        ]
    };
    let rows = area_rows(state, survey, AreaLevel::Prefecture, sort).into_iter().map(row).collect();
    (head.map(|k| word(state, k)).to_vec(), rows)
}

fn gaps(state: &AppState, survey: &Survey) -> Table {
    let mut head = ["csv-rank", "table-name", "csv-adcode", "csv-lon", "csv-lat"].map(|k| word(state, k)).to_vec();
    head.extend(amount_heads(state));
    head.extend([way(state, survey, &served(state, survey, ServedColumn::Mean)), word(state, "coverage-nearest")]);
    let row = |(i, g): (usize, &Gap)| {
        let mut row = vec![
            Cell::rounded(Some((i + 1) as f64), 0),
            Cell::words(state.lang.name(&g.name).to_owned()),
            Cell::words(g.adcode.to_string()),
            Cell::rounded(Some(g.at.lon), 5),
            Cell::rounded(Some(g.at.lat), 5),
        ];
        row.extend(amounts(&g.demand));
        row.extend([Cell::rounded(g.mean, 3), Cell::words(g.nearest.clone().unwrap_or_default())]);
        row
    };
    (head, survey.coverage.gaps.iter().enumerate().map(row).collect())
}

fn curve(state: &AppState, survey: &Survey) -> Table {
    let head = vec![
        way(state, survey, &word(state, "csv-upto")),
        word(state, "csv-curve-people"),
        word(state, "csv-curve-tonnes"),
    ];
    let row = |p: &CurvePoint| {
        vec![
            Cell::rounded(Some(p.upto), 3),
            Cell::rounded(Some(p.people * 100.0), 3),
            Cell::rounded(Some(p.tonnes * 100.0), 3),
        ]
    };
    (head, survey.coverage.curve.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::super::cells::tests::{survey, surveyed};
    use super::*;
    use atlas_core::{catchment::Band, geo::LonLat, model::Name};

    #[test]
    fn every_row_has_as_many_fields_as_the_head() {
        let (state, mut s) = (surveyed(), survey());
        s.bands = vec![Band { upto: None, demand: s.total, within: s.total }];
        s.coverage.curve = vec![CurvePoint { upto: 5.0, people: 0.5, tonnes: 0.25 }];
        s.coverage.gaps = vec![Gap {
            at: LonLat::new(118.0, 32.0),
            name: Name { zh: "甲".into(), en: "A".into() },
            adcode: 320_100,
            demand: s.unreachable,
            mean: None,
            nearest: None,
        }];
        s.coverage.by_prefecture = vec![(320_100, Share::default())];
        for table in CoverageTable::ALL {
            let csv = coverage_csv(&state, &s, table);
            let lines: Vec<&str> = csv.lines().collect();
            let fields = |l: &str| {
                let quoted: usize = l.split('"').skip(1).step_by(2).map(|q| q.matches(',').count()).sum();
                l.matches(',').count() - quoted
            };
            assert!(lines.len() > 1, "{table:?}");
            assert!(lines.iter().all(|l| fields(l) == fields(lines[0])), "{table:?}: {csv}");
        }
        let curve = coverage_csv(&state, &s, CoverageTable::Curve);
        assert!(curve.starts_with('\u{feff}') && curve.ends_with("5,50,25\r\n"), "{curve}");
    }
}
