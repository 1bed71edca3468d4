//! Scenarios side by side on paper: what was last compared on its page.

use super::{ReportPart, ReportTable};
use crate::{
    i18n::{significant, small_change, t, tr},
    state::{
        AppState, Piece,
        compare::{difference_unit, indicator_name, letter, most_changed, rows},
    },
};

/// The comparison, where one was made and all of it is measured.
pub fn comparison(state: &AppState) -> Option<ReportPart> {
    let (compare, lang) = (&state.compare, state.lang);
    let question = compare.question.as_ref()?;
    if compare.all.len() < 2 || compare.all.iter().any(|c| c.outcome.is_none()) {
        return None;
    }
    let named = |i: usize| format!("{} {}", letter(i), state.compare_name(&compare.all[i].choice));
    let mut text = Vec::new();
    if let Some((from, to)) = compare.pair()
        && let (Some(before), Some(after)) = (&compare.all[from].outcome, &compare.all[to].outcome)
    {
        let words = |pieces: Vec<Piece>| -> String {
            pieces
                .into_iter()
                .map(|p| match p {
                    Piece::Words(w) | Piece::Number(_, w) => w,
                })
                .collect()
        };
        text.extend(most_changed(lang, before, after, None).map(words));
    }
    text.push(tr(lang, "report-compared-with", &[("name", &named(compare.reference))]));
    if compare.is_stale() {
        text.push(t(lang, "report-stale"));
    }
    let line = |row: &crate::state::CompareRow| {
        let q = row.quantity;
        let mut cells = vec![format!("{} ({})", indicator_name(lang, row.indicator, question), q.unit(lang))];
        cells.extend(row.cells.iter().map(|c| {
            let value = c.value.map_or_else(|| "–".to_owned(), |v| significant(q.scaled(v, lang)));
            match c.difference {
                Some(d) if difference_unit(lang, q) == q.unit(lang) => {
                    format!("{value} ({})", small_change(q.scaled(d, lang)))
                }
                Some(d) => format!("{value} ({} {})", small_change(q.scaled(d, lang)), difference_unit(lang, q)),
                None => value,
            }
        }));
        cells
    };
    let mut head = vec![t(lang, "compare-indicator")];
    head.extend((0..compare.all.len()).map(named));
    let numbers = 1..head.len();
    let table = ReportTable {
        caption: t(lang, "compare-table"),
        head,
        rows: rows(compare, None).iter().map(line).collect(),
        numbers,
    };
    Some(ReportPart { key: "comparison", text, tables: vec![table], ..ReportPart::default() })
}
