//! How sure the figures are, on paper: odds, bands of the main indicators, and what to find out first.

use super::{ReportPart, ReportTable};
use crate::{
    i18n::{t, tr},
    state::{
        AppState, BandOf, Futures, better_data_together, indicator_words, moves_words, odds_lines, regret_words,
        sure_number, variance_words,
    },
};
use atlas_core::{model::Stream, profile::Measure, response::Aim};

/// The indicators of the table.
const SHOWN: [Measure; 9] = [
    Measure::Collected(None),
    Measure::Made(None),
    Measure::Cost,
    Measure::CostPerTonne,
    Measure::Emitted,
    Measure::NetAvoided,
    Measure::MeanHaul,
    Measure::SelfSufficiency(Stream::Al),
    Measure::SelfSufficiency(Stream::Cu),
];

/// What drawn futures say of the plan; nothing where none were drawn for it.
pub fn sure(state: &AppState) -> Option<ReportPart> {
    let futures = state.sure.found.as_deref()?;
    let plan = state.futures_row(state.document.scenario())?;
    let runs = futures.runs().to_string();
    let mut text =
        vec![tr(state.lang, "sure-report-note", &[("runs", &runs), ("seed", &futures.outlook.seed.to_string())])];
    let cost = Aim::of(Measure::Cost, None);
    // Of the plan on the map against the first; where it is the first, of the others.
    let lines = odds_lines(state, futures, &cost);
    text.extend(lines.into_iter().filter(|l| l.other == 0 && (plan == 0 || l.plan == plan)).map(|l| l.words));
    text.extend(regret_words(state, futures, &cost));
    let tables = [bands(state, futures, plan), worth(state, futures, plan)];
    Some(ReportPart { key: "sure", text, tables: tables.into_iter().flatten().collect(), ..ReportPart::default() })
}

fn bands(state: &AppState, futures: &Futures, plan: usize) -> Option<ReportTable> {
    let lang = state.lang;
    let row = |m: Measure| {
        let aim = Aim::of(m, None);
        let of = futures.band(plan, &aim).filter(BandOf::moves)?;
        let words = |v: f64| sure_number(lang, &aim, v);
        let [low, _, middle, _, high] = of.band.quantiles;
        let table = of.table.map_or_else(|| "–".into(), words);
        Some(vec![indicator_words(lang, &aim), table, words(low), words(middle), words(high)])
    };
    let rows: Vec<Vec<String>> = SHOWN.into_iter().filter_map(row).collect();
    let head =
        vec![t(lang, "sure-head-indicator"), t(lang, "sure-head-table"), "5 %".into(), "50 %".into(), "95 %".into()];
    (!rows.is_empty()).then(|| ReportTable { caption: t(lang, "sure-dots-title"), head, rows, numbers: 1..5 })
}

fn worth(state: &AppState, futures: &Futures, plan: usize) -> Option<ReportTable> {
    let lang = state.lang;
    let found = better_data_together(state, futures, plan).rows;
    let rows: Vec<Vec<String>> = found
        .into_iter()
        .map(|r| vec![r.name, variance_words(r.share), moves_words(lang, &r.moves), r.range, r.standing])
        .collect();
    let head = ["parameter", "variance", "moves", "range", "source"].map(|k| t(lang, &format!("sure-head-{k}")));
    let caption = format!("{} ({})", t(lang, "sure-worth-title"), t(lang, "sure-worth-together"));
    (!rows.is_empty()).then(|| ReportTable { caption, head: head.into(), rows, numbers: 1..2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Lang, state::sure::drawn::state};

    #[test]
    fn the_part_is_there_where_futures_were_drawn_and_whole() {
        for lang in [Lang::Zh, Lang::En] {
            let state = state(lang);
            let part = sure(&state).expect("drawn");
            assert!(part.text.len() >= 4 && part.tables.len() == 2, "{part:?}");
            assert!(part.tables.iter().all(|t| t.rows.iter().all(|r| r.len() == t.head.len())));
            assert!(!format!("{part:?}").contains("sure-head"), "{part:?}");
            assert_eq!(sure(&AppState { sure: crate::state::Sure::default(), ..state }), None);
        }
    }
}
