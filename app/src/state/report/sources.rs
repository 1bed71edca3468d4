//! Where everything is known from: data sets, credits, and every parameter behind the main figures.

use super::{
    super::{AppState, CREDITS},
    ReportPart, ReportTable,
};
use crate::i18n::{exact, parameter_name, source_words, t, unit_words};
use atlas_core::{
    evaluate::{DataSet, Figure, explain},
    model::Parameter,
};
use std::collections::BTreeMap;

const DATA: [DataSet; 5] = [DataSet::Scrap, DataSet::Census, DataSet::Roads, DataSet::Points, DataSet::Plants];

pub fn sources(state: &AppState) -> ReportPart {
    let lang = state.lang;
    let data = DATA.map(|d| t(lang, &format!("data-{}", d.key())));
    let list = data.into_iter().chain(CREDITS.map(|k| t(lang, k))).collect();
    let text = ["report-data-date", "report-signs"].map(|k| t(lang, k)).to_vec();
    ReportPart { key: "sources", text, list, tables: vec![] }
}

pub fn parameters(state: &AppState) -> ReportPart {
    let mut part = ReportPart { key: "parameters", ..ReportPart::default() };
    if !state.has_baseline() {
        return part;
    }
    let lang = state.lang;
    let parameters = state.parameters();
    // One parameter is behind many figures.
    let behind: BTreeMap<String, Parameter> = Figure::ALL
        .into_iter()
        .flat_map(|f| explain(f, &parameters).inputs)
        .map(|p| (parameter_name(lang, &p.key), p))
        .collect();
    let row = |(name, p): (String, Parameter)| {
        let disputed = state.baseline.is_disputed(&p.key).then(|| format!(" · {}", t(lang, "standing-disputed")));
        let basis = t(lang, &format!("basis-{}", p.origin.basis.key()));
        vec![
            name,
            format!("{} {}", exact(p.value), unit_words(lang, &p.unit)),
            format!("{basis}{}", disputed.unwrap_or_default()),
            source_words(lang, &p.origin.source),
            p.origin.year.clone(),
        ]
    };
    let head = ["report-parameter", "report-value", "report-how", "report-source", "report-year"];
    part.text.push(t(lang, "report-parameters-text"));
    part.tables.push(ReportTable {
        caption: t(lang, "report-parameters"),
        head: head.map(|k| t(lang, k)).to_vec(),
        rows: behind.into_iter().map(row).collect(),
        numbers: 1..2,
    });
    part
}
